import { clockTime } from '../domain/calendar/clock-time.ts'
import { type Instant, isoWeekday, type LocalDay, localDayOf, minuteOfDay } from '../domain/calendar/day.ts'

const WEEKDAYS = ['thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy', 'Chủ nhật'] as const
const WEEKDAYS_SHORT = ['T2', 'T3', 'T4', 'T5', 'T6', 'T7', 'CN'] as const

/** 'thứ Năm 09/03/2023' */
export function longDay(day: LocalDay): string {
  return `${WEEKDAYS[isoWeekday(day) - 1]} ${fullDay(day)}`
}

/** '09/03/2023' */
export function fullDay(day: LocalDay): string {
  return `${shortDay(day)}/${day.slice(0, 4)}`
}

/** '09/03': where the year stands nearby. */
export function shortDay(day: LocalDay): string {
  return `${day.slice(8)}/${day.slice(5, 7)}`
}

/** 'T5', 'CN' */
export function shortWeekday(day: LocalDay): string {
  return WEEKDAYS_SHORT[isoWeekday(day) - 1] as string
}

/** '08:05' */
export function timeOfDay(at: Instant): string {
  return clockTime(minuteOfDay(at))
}

/** '09/03/2023 08:05' */
export function moment(at: Instant): string {
  return `${fullDay(localDayOf(at))} ${timeOfDay(at)}`
}

/** '13/03 06:00': where the year stands nearby. */
export function shortMoment(at: Instant): string {
  return `${shortDay(localDayOf(at))} ${timeOfDay(at)}`
}

/** '09/03' in the year of `today`, '09/03/2022' in another. */
export function nearDay(day: LocalDay, today: LocalDay): string {
  return day.slice(0, 4) === today.slice(0, 4) ? shortDay(day) : fullDay(day)
}

/** As `shortMoment` in the year of `today`, with its year in another: '13/03/2022 06:00'. */
export function nearMoment(at: Instant, today: LocalDay): string {
  return `${nearDay(localDayOf(at), today)} ${timeOfDay(at)}`
}

/** 'còn 2 ngày làm việc', 'hết hạn hôm nay', 'quá hạn 1 ngày làm việc', from the working days left. */
export function distance(daysLeft: number): string {
  if (daysLeft === 0) return 'hết hạn hôm nay'
  return daysLeft > 0 ? `còn ${daysLeft} ngày làm việc` : `quá hạn ${-daysLeft} ngày làm việc`
}

/** The first letter in upper case: a sentence begins. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
