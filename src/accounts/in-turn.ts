import { TransportError } from '../web/problems.ts'

/**
 * Lets work be done `atOnce` at a time, in the order of asking. Refuses (`busy`) once `waiting` wait already: who comes
 * after them would be gone before the answer.
 */
export function inTurn({ atOnce, waiting }: { readonly atOnce: number; readonly waiting: number }) {
  const queue: (() => void)[] = []
  let running = 0
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running < atOnce) running += 1
    else if (queue.length >= waiting) throw new TransportError('busy')
    // Whoever finishes hands over the place, so it is not counted anew.
    else await new Promise<void>((go) => queue.push(go))
    try {
      return await work()
    } finally {
      const next = queue.shift()
      if (next === undefined) running -= 1
      else next()
    }
  }
}
