import type { LocalDay } from './day.ts'
import { dayNumber, dayOfNumber } from './day-number.ts'

/**
 * The solar day of a day of the Vietnamese lunar calendar, months 1…10, never the leap month.
 * Computed from new moons and the sun's longitude at UTC+7 (Hồ Ngọc Đức's method, after Meeus), good
 * for 1968…2199; the Chinese calendar, at UTC+8, differs in some years (2007, 2030).
 * Example: solarDayOf({ day: 1, month: 1, year: 2023 }) = '2023-01-22' (mùng 1 Tết Quý Mão).
 */
export function solarDayOf(lunar: {
  readonly day: number
  readonly month: number
  readonly year: number
}): LocalDay {
  const eleventh = eleventhMonth(lunar.year - 1)
  const isLeapYear = eleventhMonth(lunar.year) - eleventh > 365
  const monthsAfter = lunar.month + 1
  const passesLeapMonth = isLeapYear && monthsAfter >= leapMonthAfter(eleventh)
  const start = newMoon(moonNumber(eleventh) + monthsAfter + (passesLeapMonth ? 1 : 0))
  return dayOfNumber(start + lunar.day - 1 - JULIAN_EPOCH)
}

const UTC_OFFSET_DAYS = 7 / 24
const JULIAN_EPOCH = 2_440_588 // Julian day number of 1970-01-01
const SYNODIC_MONTH = 29.530588853
const RADIANS = Math.PI / 180

/** Julian day number on which the eleventh lunar month, the one with the winter solstice, begins. */
function eleventhMonth(year: number): number {
  const lastDay = dayNumber(`${year}-12-31`) + JULIAN_EPOCH
  const moon = Math.floor((lastDay - 2_415_021) / SYNODIC_MONTH)
  const start = newMoon(moon)
  return sunSign(start) >= 9 ? newMoon(moon - 1) : start
}

/** How many months after the eleventh the leap month lies: the first month without a change of sign. */
function leapMonthAfter(eleventh: number): number {
  const moon = moonNumber(eleventh)
  let months = 1
  let sign = sunSign(newMoon(moon + months))
  let before: number
  do {
    before = sign
    months += 1
    sign = sunSign(newMoon(moon + months))
  } while (sign !== before && months < 14)
  return months - 1
}

function moonNumber(julianDay: number): number {
  return Math.floor((julianDay - 2_415_021.076998695) / SYNODIC_MONTH + 0.5)
}

/** Julian day number, in Vietnam, of the k-th new moon after 1 January 1900. */
function newMoon(k: number): number {
  const t = k / 1236.85
  const t2 = t * t
  const t3 = t2 * t
  const mean =
    2_415_020.75933 +
    29.53058868 * k +
    0.0001178 * t2 -
    0.000000155 * t3 +
    0.00033 * sine(166.56 + 132.87 * t - 0.009173 * t2)
  const sun = 359.2242 + 29.10535608 * k - 0.0000333 * t2 - 0.00000347 * t3
  const moon = 306.0253 + 385.81691806 * k + 0.0107306 * t2 + 0.00001236 * t3
  const node = 21.2964 + 390.67050646 * k - 0.0016528 * t2 - 0.00000239 * t3
  const correction =
    (0.1734 - 0.000393 * t) * sine(sun) +
    0.0021 * sine(2 * sun) -
    0.4068 * sine(moon) +
    0.0161 * sine(2 * moon) -
    0.0004 * sine(3 * moon) +
    0.0104 * sine(2 * node) -
    0.0051 * sine(sun + moon) -
    0.0074 * sine(sun - moon) +
    0.0004 * sine(2 * node + sun) -
    0.0004 * sine(2 * node - sun) -
    0.0006 * sine(2 * node + moon) +
    0.001 * sine(2 * node - moon) +
    0.0005 * sine(2 * moon + sun)
  const slowing = -0.000278 + 0.000265 * t + 0.000262 * t2
  return Math.floor(mean + correction - slowing + 0.5 + UTC_OFFSET_DAYS)
}

/** The twelfth of the sun's circle (0…11) at the start of a day in Vietnam; 9 begins at the winter solstice. */
function sunSign(julianDay: number): number {
  const t = (julianDay - 2_451_545.5 - UTC_OFFSET_DAYS) / 36_525
  const t2 = t * t
  const anomaly = 357.5291 + 35_999.0503 * t - 0.0001559 * t2 - 0.00000048 * t * t2
  const longitude =
    280.46645 +
    36_000.76983 * t +
    0.0003032 * t2 +
    (1.9146 - 0.004817 * t - 0.000014 * t2) * sine(anomaly) +
    (0.019993 - 0.000101 * t) * sine(2 * anomaly) +
    0.00029 * sine(3 * anomaly)
  return Math.floor((longitude - 360 * Math.floor(longitude / 360)) / 30)
}

function sine(degrees: number): number {
  return Math.sin(degrees * RADIANS)
}
