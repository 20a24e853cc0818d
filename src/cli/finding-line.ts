import type { Finding } from '../verify.ts'

/** One line of what was looked at: in order, or what is wrong. */
export function findingLine({ label, problem }: Finding): string {
  return problem === null ? `✔ ${label}\n` : `✘ ${label}: ${problem}\n`
}
