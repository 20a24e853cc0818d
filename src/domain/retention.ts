import type { LocalDay } from './calendar/day.ts'

/**
 * The last day on which a dossier must be kept: terms are counted in whole years from the end of the year in which the
 * work ended (Thông tư 10/2022/TT-BNV; from memory, to be confirmed).
 * Example: ended on 2014-03-09, 10 years → '2024-12-31'.
 */
export function keptThrough(endedOn: LocalDay, years: number): LocalDay {
  return `${String(Number(endedOn.slice(0, 4)) + years).padStart(4, '0')}-12-31`
}
