import type { LocalDay } from '../calendar/day.ts'
import { RuleError } from '../refusals.ts'

const TT01_2018 = /^[0-9A-Z]{3}\.[0-9A-Z]{2}\.[0-9A-Z]{2}\.[A-Z][0-9]{2}-\d{6}-\d{4,7}$/
const QD20_2020 = /^[A-Z][0-9]{2}(\.[0-9A-Z]{2}){0,6}-\d{6}-\d{4,7}$/

/**
 * The dossier code: agency code, day of receipt, number of the day in at least four digits
 * (TT 01/2018/TT-VPCP art 19; from 9999 on it widens and never wraps).
 * Example: `dossierCode('000.28.15.H23', '2023-03-24', 7)` is `'000.28.15.H23-230324-0007'`.
 */
export function dossierCode(agencyCode: string, day: LocalDay, number: number): string {
  return `${agencyCode}-${day.slice(2, 4)}${day.slice(5, 7)}${day.slice(8, 10)}-${String(number).padStart(4, '0')}`
}

/**
 * A typed or scanned code in its stored form: trimmed, upper case; throws `invalid_code` unless it is a whole code of
 * one of the two official formats (codes of ministry systems have six or seven digits at the end).
 */
export function normalizeCode(text: string): string {
  const code = text.trim().toUpperCase()
  if (code.length > 60 || !(TT01_2018.test(code) || QD20_2020.test(code))) throw new RuleError('invalid_code')
  return code
}
