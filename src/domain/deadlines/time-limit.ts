import { RuleError } from '../refusals.ts'

export type LimitUnit = 'working_day' | 'working_hour' | 'calendar_day' | 'month' | 'same_day'

/** A time limit of a procedure or a step: a whole number of its unit, at least 1 (1 for 'same_day'). */
export interface TimeLimit {
  readonly amount: number
  readonly unit: LimitUnit
}

/**
 * Reads a limit: '3wd' working days, '24wh' working hours, '30d' calendar days, '1m' months, 'same-day'.
 * A fraction of a working day becomes hours of 8 to the day, if these are whole: '0.5wd' is 4 hours.
 * Throws RuleError('invalid_limit') for anything else, for 0 and beyond two years.
 * Example: parseLimit('3wd') = { amount: 3, unit: 'working_day' }.
 */
export function parseLimit(text: string): TimeLimit {
  if (text === 'same-day') return { amount: 1, unit: 'same_day' }
  const [, digits = '', fraction, suffix = ''] = /^(\d{1,4})(\.\d{1,3})?(wd|wh|d|m)$/.exec(text) ?? []
  const amount = Number(`${digits}${fraction ?? ''}`)
  const limit: TimeLimit =
    suffix === 'wd' && !Number.isInteger(amount)
      ? { amount: amount * HOURS_PER_WORKING_DAY, unit: 'working_hour' }
      : { amount, unit: UNIT_OF_SUFFIX[suffix] ?? 'same_day' }
  if (
    limit.unit === 'same_day' ||
    !Number.isInteger(limit.amount) ||
    limit.amount < 1 ||
    limit.amount > MOST[limit.unit]
  )
    throw new RuleError('invalid_limit', { value: text })
  return limit
}

/** Writes a limit as parseLimit reads it. Example: { amount: 24, unit: 'working_hour' } → '24wh'. */
export function printLimit(limit: TimeLimit): string {
  return limit.unit === 'same_day' ? 'same-day' : `${limit.amount}${SUFFIX[limit.unit]}`
}

/** Says a limit in Vietnamese. Example: '3 ngày làm việc', '30 ngày', 'trong ngày'. */
export function describeLimit(limit: TimeLimit): string {
  return limit.unit === 'same_day' ? 'trong ngày' : `${limit.amount} ${WORDS[limit.unit]}`
}

/** A working day is 8 hours: internal procedures published by provinces reckon '25 ngày làm việc = 200 giờ'. */
export const HOURS_PER_WORKING_DAY = 8

type Counted = Exclude<LimitUnit, 'same_day'>

const SUFFIX = {
  working_day: 'wd',
  working_hour: 'wh',
  calendar_day: 'd',
  month: 'm',
} as const satisfies Record<Counted, string>

const UNIT_OF_SUFFIX: Readonly<Record<string, Counted>> = {
  wd: 'working_day',
  wh: 'working_hour',
  d: 'calendar_day',
  m: 'month',
}

const WORDS = {
  working_day: 'ngày làm việc',
  working_hour: 'giờ làm việc',
  calendar_day: 'ngày',
  month: 'tháng',
} as const satisfies Record<Counted, string>

/** About two years each: a longer limit is a slip of the pen. */
const MOST = { working_day: 500, working_hour: 4000, calendar_day: 731, month: 24 } as const satisfies Record<
  Counted,
  number
>
