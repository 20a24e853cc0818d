import { setTimeout as sleep } from 'node:timers/promises'

/** Resolves as soon as `condition` holds; fails after `withinMs`, naming what was waited for. */
export async function waitFor(
  what: string,
  condition: () => boolean | Promise<boolean>,
  withinMs = 10_000,
): Promise<void> {
  const until = performance.now() + withinMs
  while (!(await condition())) {
    if (performance.now() > until) throw new Error(`waited ${withinMs} ms for: ${what}`)
    await sleep(25)
  }
}
