import {
  type Instant,
  instantAt,
  type LocalDay,
  localDayOf,
  parseDay,
  parseInstant,
} from '../domain/calendar/day.ts'
import { dayOfNumber } from '../domain/calendar/day-number.ts'

/** A moment as a file gives it: with a time, or only the day. */
export interface Moment {
  readonly day: LocalDay
  /** Null: only the day was given. */
  readonly at: Instant | null
}

const DAY_FIRST = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/
const WITH_TIME = /^(\S+)[ ,]+(\d{1,2})[:hg](\d{2})(?::\d{2})?$/i
const TIME_FIRST = /^(\d{1,2})(?:[:hg]|\s*giờ\s*)(\d{2})(?:\s*phút)?[,\s]+(?:ngày\s+)?(\S+)$/i
const SERIAL = /^\d{5}(\.\d+)?$/

/** Excel's day 0 in days since 1970, for numbers of cells that were not formatted as dates. */
const EXCEL_EPOCH = -25_569

/**
 * Reads a day or a moment as registers write them: ISO, `09/03/2023`, `9/3/2023 08:30`, `08:30 09/03/2023`, or
 * Excel's number of days. The day always stands before the month. Null for anything else, also for days that do not
 * exist.
 */
export function readMoment(text: string): Moment | null {
  const serial = SERIAL.test(text) ? ofSerial(Number(text)) : null
  if (serial !== null) return serial
  const apart = WITH_TIME.exec(text)
  if (apart !== null) return withTime(apart[1] as string, apart[2] as string, apart[3] as string)
  const first = TIME_FIRST.exec(text)
  if (first !== null) return withTime(first[3] as string, first[1] as string, first[2] as string)
  const day = readDay(text)
  return day === null ? ofInstant(text) : { day, at: null }
}

/** The moment, with `minute` of the day where the file gives none. */
export function momentAt({ day, at }: Moment, minute: number): Instant {
  return at ?? instantAt(day, minute)
}

function readDay(text: string): LocalDay | null {
  const parts = DAY_FIRST.exec(text)
  const iso =
    parts === null ? text : `${parts[3]}-${parts[2]?.padStart(2, '0')}-${parts[1]?.padStart(2, '0')}`
  return orNull(() => parseDay(iso))
}

function withTime(dayText: string, hour: string, minute: string): Moment | null {
  const day = readDay(dayText)
  if (day === null || Number(hour) > 23 || Number(minute) > 59) return null
  return { day, at: instantAt(day, Number(hour) * 60 + Number(minute)) }
}

function ofInstant(text: string): Moment | null {
  const at = orNull(() => parseInstant(text.replace(' ', 'T')))
  return at === null ? null : { day: localDayOf(at), at }
}

function ofSerial(serial: number): Moment | null {
  const days = Math.floor(serial)
  const day = orNull(() => parseDay(dayOfNumber(days + EXCEL_EPOCH)))
  if (day === null) return null
  const minute = Math.round((serial - days) * 1440)
  return { day, at: minute === 0 ? null : instantAt(day, minute) }
}

function orNull<T>(read: () => T): T | null {
  try {
    return read()
  } catch {
    return null
  }
}
