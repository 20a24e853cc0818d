import type { CalendarDay } from './calendar-day.ts'
import { addDays, isoWeekday, type LocalDay } from './day.ts'
import { solarDayOf } from './lunar.ts'

/**
 * The public holidays of a year nobody has decided yet, with their compensatory days, in order of
 * date, every row provisional. Swaps are the government's choice and are never projected.
 * Fixed days, Tết and Giỗ Tổ: Bộ luật Lao động 2019 art. 112 (before 2021: 2012 art. 115, Quốc khánh one
 * day); a holiday on the weekly rest day moves to the next working day: art. 111.3; 24/11 from 2026:
 * Nghị quyết 28/2026/QH16.
 * Example: projectedYear(2028) begins with Saturday 2028-01-01 and 'Nghỉ bù Tết Dương lịch' on 2028-01-03.
 */
export function projectedYear(year: number): readonly CalendarDay[] {
  const holidays = holidaysOf(year)
  const taken = new Set(holidays.map((holiday) => holiday.date))
  const compensatory = holidays
    .filter((holiday) => isRestDay(holiday.date))
    .map((holiday): CalendarDay => {
      const date = nextFreeWeekday(holiday.date, taken)
      taken.add(date)
      return {
        date,
        kind: 'compensatory',
        name: `${COMPENSATORY}${holiday.name}`,
        document: compensationLaw(year),
        provisional: true,
      }
    })
  return [...holidays, ...compensatory].sort(byDate)
}

/** The occasion a row belongs to: its name without 'Nghỉ bù'. Example: 'Nghỉ bù Quốc khánh' → 'Quốc khánh'. */
export function occasionOf(day: CalendarDay): string {
  return day.name.startsWith(COMPENSATORY) ? day.name.slice(COMPENSATORY.length) : day.name
}

const COMPENSATORY = 'Nghỉ bù '

function holidaysOf(year: number): CalendarDay[] {
  const tet = solarDayOf({ day: 1, month: 1, year })
  const lastDaysOfOldYear = isoWeekday(tet) <= 2 ? 1 : 2
  const days: [LocalDay, string][] = [
    [`${year}-01-01`, 'Tết Dương lịch'],
    // Two days of the old year and three of the new (one and four when mùng 1 is a Monday or Tuesday)
    // give the breaks decided for every year from 2018 to 2026.
    ...[0, 1, 2, 3, 4].map((n): [LocalDay, string] => [
      addDays(tet, n - lastDaysOfOldYear),
      'Tết Nguyên đán',
    ]),
    [solarDayOf({ day: 10, month: 3, year }), 'Giỗ Tổ Hùng Vương'],
    [`${year}-04-30`, 'Ngày Chiến thắng'],
    [`${year}-05-01`, 'Ngày Quốc tế lao động'],
    [`${year}-09-02`, 'Quốc khánh'],
  ]
  if (year >= 2021) days.push([besideNationalDay(year), 'Quốc khánh'])
  if (year >= 2026) days.push([`${year}-11-24`, 'Ngày Văn hóa Việt Nam'])
  return days
    .map(
      ([date, name]): CalendarDay => ({
        date,
        kind: 'holiday',
        name,
        document: holidayLaw(year, name),
        provisional: true,
      }),
    )
    .sort(byDate)
}

/** The second day of Quốc khánh, by the weekday of 2/9, as decided for 2021 to 2026: the longer break wins. */
function besideNationalDay(year: number): LocalDay {
  const nationalDay = `${year}-09-02`
  return addDays(nationalDay, NATIONAL_DAY_NEIGHBOUR[isoWeekday(nationalDay)] ?? 1)
}

const NATIONAL_DAY_NEIGHBOUR: Readonly<Record<number, 1 | -1>> = {
  1: 1,
  2: -1,
  3: -1,
  4: 1,
  5: -1,
  6: -1,
  7: 1,
}

function nextFreeWeekday(day: LocalDay, taken: ReadonlySet<LocalDay>): LocalDay {
  let next = addDays(day, 1)
  while (isRestDay(next) || taken.has(next)) next = addDays(next, 1)
  return next
}

function isRestDay(day: LocalDay): boolean {
  return isoWeekday(day) >= 6
}

function holidayLaw(year: number, name: string): string {
  if (name === 'Ngày Văn hóa Việt Nam') return 'Nghị quyết 28/2026/QH16'
  return year >= 2021 ? 'Bộ luật Lao động 2019, Điều 112' : 'Bộ luật Lao động 2012, Điều 115'
}

function compensationLaw(year: number): string {
  return year >= 2021 ? 'Bộ luật Lao động 2019, khoản 3 Điều 111' : 'Bộ luật Lao động 2012, khoản 3 Điều 115'
}

function byDate(a: CalendarDay, b: CalendarDay): number {
  return a.date < b.date ? -1 : a.date > b.date ? 1 : 0
}
