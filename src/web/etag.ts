import { RuleError } from '../domain/refusals.ts'

/** The ETag of a record: its version. Example: `etagOf(3)` is `'"3"'`. */
export function etagOf(version: number): string {
  return `"${version}"`
}

/** The version a caller says it has seen; undefined when it does not care. Throws `invalid_if_match`. */
export function versionSeen(ifMatch: string | undefined): number | undefined {
  if (ifMatch === undefined || ifMatch.trim() === '*') return undefined
  const written = /^"(\d{1,9})"$/.exec(ifMatch.trim())
  if (written === null) throw new RuleError('invalid_if_match')
  return Number(written[1])
}
