import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CALENDAR_DAYS } from '../../../db/seeds/calendar-days.ts'
import { dayRule, isWorkingDay, makeCalendar } from '../../../src/domain/calendar/calendar.ts'
import { solarDayOf } from '../../../src/domain/calendar/lunar.ts'
import { projectedYear } from '../../../src/domain/calendar/projected-year.ts'
import { VIETNAM, VIETNAM_INPUT } from './vietnam-calendar.ts'

const LUNAR = [
  [1985, '1985-01-21', 'a month before the Chinese new year'],
  [2007, '2007-02-17', 'a day before the Chinese new year'],
  [2018, '2018-02-16', ''],
  [2023, '2023-01-22', ''],
  [2024, '2024-02-10', ''],
  [2026, '2026-02-17', ''],
  [2027, '2027-02-06', ''],
  [2030, '2030-02-02', 'a day before the Chinese new year'],
] as const

test('Tết is the first new moon of the lunar year at UTC+7', () => {
  for (const [year, tet, why] of LUNAR) assert.equal(solarDayOf({ day: 1, month: 1, year }), tet, why)
})

test('Giỗ Tổ falls on 10/3 lunar, after a leap second month too', () => {
  const days = [
    '2018-04-25',
    '2019-04-14',
    '2020-04-02',
    '2021-04-21',
    '2022-04-10',
    '2023-04-29',
    '2024-04-18',
    '2025-04-07',
    '2026-04-26',
    '2027-04-16',
  ]
  for (const [place, day] of days.entries())
    assert.equal(solarDayOf({ day: 10, month: 3, year: 2018 + place }), day)
})

test('a projection gives the days off that were decided for every year so far, but for swaps', () => {
  for (let year = 2018; year <= 2027; year += 1) {
    const known = CALENDAR_DAYS.filter(
      ({ date, kind }) => date.startsWith(`${year}`) && kind !== 'swap_off' && kind !== 'make_up',
    )
    const bare = (days: readonly { date: string; kind: string; name: string }[]) =>
      days.map(({ date, kind, name }) => `${date} ${kind} ${name}`)
    assert.deepEqual(bare(projectedYear(year)), bare(known), String(year))
  }
})

test('a year not decided is projected, and every day of it is provisional', () => {
  assert.equal(isWorkingDay(VIETNAM, '2028-01-03'), false)
  assert.equal(dayRule(VIETNAM, '2028-01-03').name, 'Nghỉ bù Tết Dương lịch')
  assert.equal(dayRule(VIETNAM, '2028-03-15').provisional, true)
  assert.equal(dayRule(VIETNAM, '2027-03-13').provisional, true)
  assert.equal(dayRule(VIETNAM, '2026-12-31').provisional, undefined)
})

test('a decision entered for an undecided year replaces the projected days of that occasion only', () => {
  const early = makeCalendar({
    ...VIETNAM_INPUT,
    days: [
      ...VIETNAM_INPUT.days.filter(({ date }) => date < '2027-01-01'),
      { date: '2027-02-04', kind: 'holiday', name: 'Tết Nguyên đán' },
      { date: '2027-02-05', kind: 'holiday', name: 'Tết Nguyên đán' },
    ],
  })
  assert.equal(dayRule(early, '2027-02-04').provisional, undefined)
  assert.equal(isWorkingDay(early, '2027-02-09'), true, 'the projected compensatory day is gone')
  assert.equal(isWorkingDay(early, '2027-09-02'), false, 'the other occasions are still projected')
})

test('a decided year without a single day off is projected rather than taken as all work', () => {
  const hole = makeCalendar({
    ...VIETNAM_INPUT,
    days: VIETNAM_INPUT.days.filter(({ date }) => !date.startsWith('2022')),
  })
  assert.equal(isWorkingDay(hole, '2022-02-01'), false)
  assert.equal(dayRule(hole, '2022-02-01').provisional, true)
})

test('every year to 2100 can be projected, each date once', () => {
  for (let year = 2027; year <= 2100; year += 1) {
    const dates = projectedYear(year).map(({ date }) => date)
    assert.equal(new Set(dates).size, dates.length, String(year))
    assert.ok(dates.every((date) => date.startsWith(`${year}-`)))
  }
})
