import { fold } from '../fold.ts'

const MOST = 3

/** The names most like `text`, the nearest first: what was probably meant. */
export function nearest(text: string, names: readonly string[]): readonly string[] {
  const wanted = pairsOf(text)
  return names
    .map((name) => ({ name, likeness: likeness(wanted, pairsOf(name)) }))
    .filter(({ likeness }) => likeness > 0.3)
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, MOST)
    .map(({ name }) => name)
}

function pairsOf(text: string): ReadonlySet<string> {
  const letters = ` ${fold(text)} `
  return new Set(Array.from({ length: letters.length - 1 }, (_, index) => letters.slice(index, index + 2)))
}

/** Dice's coefficient of two sets. */
function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  return (2 * a.intersection(b).size) / (a.size + b.size)
}
