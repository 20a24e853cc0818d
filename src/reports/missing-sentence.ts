import type { Report } from './report.ts'

/** Names told one by one; of more the number is told. */
const NAMED = 12

/** Which units have sent nothing for a table; null: all have. */
export function missingSentence({ missing }: Pick<Report, 'missing'>): string | null {
  if (missing.length === 0) return null
  return `Chưa có số liệu của: ${namesOf(missing)}. Các dòng và tổng dưới đây không gồm những đơn vị này.`
}

/** Which units the period before lacks, with which this one is compared; null: none. */
export function missingBefore({ missing, period }: Pick<Report, 'missing' | 'period'>): string | null {
  if (missing.length === 0) return null
  return `Kỳ trước, ${period.label}, thiếu số liệu của: ${namesOf(missing)}; phần so với kỳ trước chưa đúng.`
}

function namesOf(missing: Report['missing']): string {
  const names = missing.slice(0, NAMED).map(({ label }) => label)
  const more = missing.length - names.length
  return `${names.join(', ')}${more > 0 ? ` và ${more} đơn vị khác` : ''}`
}
