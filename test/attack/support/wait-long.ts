import { waitFor } from '../../support/wait-for.ts'

/** What an attack waits for comes within seconds; on a machine with much else to do, within minutes. */
export function waitLong(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  return waitFor(what, condition, 180_000)
}
