export interface Random {
  /** 0 ≤ x < 1 */
  next(): number
  /** An integer, both ends included. */
  between(low: number, high: number): number
  chance(probability: number): boolean
  pick<T>(list: readonly T[]): T
  /** An index of `weights`, drawn by weight. */
  weighted(weights: readonly number[]): number
  /** Exponential with the given mean. */
  waiting(mean: number): number
  /** How many of something happen when `mean` are expected. */
  count(mean: number): number
}

/**
 * A stream of random numbers (sfc32) that depends on nothing but its seeds: the same seeds give the same
 * stream on every machine, and streams of different seeds don't disturb each other.
 */
export function random(...seeds: readonly number[]): Random {
  let a = 0x9e3779b9 ^ (seeds[0] ?? 0)
  let b = 0x243f6a88 ^ Math.imul(seeds[1] ?? 0, 0x85ebca6b)
  let c = 0xb7e15162 ^ Math.imul(seeds[2] ?? 0, 0xc2b2ae35)
  let counter = 1 + Math.imul(seeds[3] ?? 0, 0x27d4eb2f)
  const next = (): number => {
    const sum = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    c |= 0
    return (sum >>> 0) / 4_294_967_296
  }
  for (let round = 0; round < 15; round += 1) next()
  return {
    next,
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
    chance: (probability) => next() < probability,
    pick: (list) => list[Math.floor(next() * list.length)]!,
    weighted: (weights) => weightedIndex(weights, next()),
    waiting: (mean) => -Math.log(1 - next()) * mean,
    count: (mean) => poisson(mean, next),
  }
}

function weightedIndex(weights: readonly number[], at: number): number {
  let rest = at * weights.reduce((sum, weight) => sum + weight, 0)
  const found = weights.findIndex((weight) => {
    rest -= weight
    return rest < 0
  })
  return found === -1 ? weights.length - 1 : found
}

/** Knuth's method; good for the small means of one unit's day. */
function poisson(mean: number, next: () => number): number {
  const limit = Math.exp(-mean)
  let product = next()
  let count = 0
  while (product > limit) {
    product *= next()
    count += 1
  }
  return count
}
