import { setImmediate } from 'node:timers/promises'

/** Work that pauses now and then; what it returns in the end is its result. */
export type Sliced<T> = Generator<void, T>

/** Runs sliced work with the event loop free between its slices. */
export async function inSlices<T>(work: Sliced<T>): Promise<T> {
  for (;;) {
    const step = work.next()
    if (step.done) return step.value
    await setImmediate()
  }
}
