import { RuleError } from '../refusals.ts'

/**
 * The number of days from 1970-01-01 to `day` ('YYYY-MM-DD', proleptic Gregorian, any time zone).
 * Throws RuleError('invalid_day') when the text has no digits where they belong.
 * Example: dayNumber('2023-03-06') = 19422.
 */
export function dayNumber(day: string): number {
  const year = digitsAt(day, 0) * 100 + digitsAt(day, 2)
  const month = digitsAt(day, 5)
  const number = daysBeforeYear(month > 2 ? year : year - 1) + daysBeforeMonth(month) + digitsAt(day, 8) - 1
  if (Number.isNaN(number)) throw new RuleError('invalid_day', { value: day })
  return number
}

/**
 * The day ('YYYY-MM-DD') that is `number` days after 1970-01-01; the inverse of dayNumber.
 * Years 1900 to 2100 are remembered: every dossier asks for the same few thousand days.
 * Example: dayOfNumber(19422) = '2023-03-06'.
 */
export function dayOfNumber(number: number): string {
  const place = number - FIRST_REMEMBERED
  if (place < 0 || place >= REMEMBERED_DAYS) return printDay(number)
  let day = remembered[place]
  if (day === undefined) {
    day = printDay(number)
    remembered[place] = day
  }
  return day
}

const FIRST_REMEMBERED = -25_567 // 1900-01-01
const REMEMBERED_DAYS = 73_415 // through 2100-12-31
const remembered: string[] = []

// Years are counted from 1 March, so that the leap day is the last of its year and months follow a
// fixed pattern of 153 days in five (the usual arithmetic of the civil calendar; 719468 days lie between
// 0000-03-01 and 1970-01-01).
const DAYS_IN_ERA = 146_097
const EPOCH_SHIFT = 719_468

function digitsAt(text: string, at: number): number {
  return (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48
}

function daysBeforeYear(year: number): number {
  return year * 365 + Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400) - EPOCH_SHIFT
}

function daysBeforeMonth(month: number): number {
  const fromMarch = month > 2 ? month - 3 : month + 9
  return Math.floor((153 * fromMarch + 2) / 5)
}

function printDay(number: number): string {
  const shifted = number + EPOCH_SHIFT
  const era = Math.floor(shifted / DAYS_IN_ERA)
  const dayOfEra = shifted - era * DAYS_IN_ERA
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const fromMarch = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * fromMarch + 2) / 5) + 1
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}
