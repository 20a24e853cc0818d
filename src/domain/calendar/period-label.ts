import type { LocalDay } from './day.ts'
import type { Period, PeriodKind } from './periods.ts'

/**
 * The Vietnamese name of a period. Days are added where the name alone does not tell them: for weeks, and with
 * a cut-off.
 * Example: '2023-Q1@15-14' → 'Quý I/2023 (15/12/2022 – 14/03/2023)'.
 */
export function periodLabel(period: Omit<Period, 'label'>): string {
  const days = `${printDay(period.from)} – ${printDay(period.to)}`
  if (period.kind === 'range') return `Từ ${printDay(period.from)} đến ${printDay(period.to)}`
  const name = NAMES[period.kind](
    period.key.slice(0, 4),
    Number(/[WQH-](\d+)(@|$)/.exec(period.key.slice(4))?.[1] ?? 0),
  )
  return period.scheme === 'calendar' ? name : `${name} (${days})`
}

const ROMAN = ['', 'I', 'II', 'III', 'IV']

const NAMES = {
  week: (year, n) => `Tuần ${n}/${year}`,
  month: (year, n) => `Tháng ${n}/${year}`,
  quarter: (year, n) => `Quý ${ROMAN[n]}/${year}`,
  half_year: (year, n) => `6 tháng ${n === 1 ? 'đầu' : 'cuối'} năm ${year}`,
  year: (year) => `Năm ${year}`,
} as const satisfies Record<Exclude<PeriodKind, 'range'>, (year: string, n: number) => string>

function printDay(day: LocalDay): string {
  return `${day.slice(8)}/${day.slice(5, 7)}/${day.slice(0, 4)}`
}
