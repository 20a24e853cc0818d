import type { LocalDay } from './day.ts'
import { dayNumber, dayOfNumber } from './day-number.ts'

/**
 * The corresponding day `months` later (earlier when negative), or the last day of that month if it is
 * shorter: Bộ luật Dân sự 2015 art. 148.3.
 * Example: ('2023-01-31', 1) → '2023-02-28'; ('2022-12-01', 1) → '2023-01-01'.
 */
export function addMonths(day: LocalDay, months: number): LocalDay {
  const month = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months
  const first = dayNumber(firstOf(month))
  const length = dayNumber(firstOf(month + 1)) - first
  return dayOfNumber(first + Math.min(Number(day.slice(8)), length) - 1)
}

function firstOf(month: number): LocalDay {
  const year = Math.floor(month / 12)
  return `${String(year).padStart(4, '0')}-${String(month - year * 12 + 1).padStart(2, '0')}-01`
}
