import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { OFFICE_HOURS } from '../../../db/seeds/office-hours.ts'
import {
  addWorkingDays,
  addWorkingMinutes,
  closingAt,
  countWorkingDays,
  dayRule,
  isWorkingDay,
  makeCalendar,
  nextWorkingDay,
  previousWorkingDay,
  workingMinutesBetween,
} from '../../../src/domain/calendar/calendar.ts'
import { addDays, isoWeekday, parseInstant, printInstant } from '../../../src/domain/calendar/day.ts'
import { RuleError } from '../../../src/domain/refusals.ts'
import { STAFFED_SATURDAY, VIETNAM, VIETNAM_INPUT } from './vietnam-calendar.ts'

const WORKING_DAYS = {
  2018: 250,
  2019: 252,
  2020: 252,
  2021: 250,
  2022: 249,
  2023: 249,
  2024: 251,
  2025: 250,
  2026: 249,
  2027: 249,
} as const

test('each year has the working days of the decided calendar', () => {
  for (const [year, days] of Object.entries(WORKING_DAYS))
    assert.equal(countWorkingDays(VIETNAM, `${year}-01-01`, `${year}-12-31`), days, year)
})

// Weekdays off, and Saturdays worked, as decided year by year.
const EXCEPTIONS = {
  2018: ['01-01 02-14 02-15 02-16 02-19 02-20 04-25 04-30 05-01 09-03 12-31', ''],
  2019: ['01-01 02-04 02-05 02-06 02-07 02-08 04-15 04-29 04-30 05-01 09-02', '01-05 05-04'],
  2020: ['01-01 01-23 01-24 01-27 01-28 01-29 04-02 04-30 05-01 09-02', ''],
  2021: ['01-01 02-10 02-11 02-12 02-15 02-16 04-21 04-30 05-03 09-02 09-03', ''],
  2022: ['01-03 01-31 02-01 02-02 02-03 02-04 04-11 05-02 05-03 09-01 09-02', ''],
  2023: ['01-02 01-20 01-23 01-24 01-25 01-26 05-01 05-02 05-03 09-01 09-04', ''],
  2024: ['01-01 02-08 02-09 02-12 02-13 02-14 04-18 04-29 04-30 05-01 09-02 09-03', '05-04'],
  2025: ['01-01 01-27 01-28 01-29 01-30 01-31 04-07 04-30 05-01 05-02 09-01 09-02', '04-26'],
  2026: [
    '01-01 01-02 02-16 02-17 02-18 02-19 02-20 04-27 04-30 05-01 08-31 09-01 09-02 11-24',
    '01-10 08-22',
  ],
  2027: ['01-01 02-04 02-05 02-08 02-09 02-10 04-16 04-30 05-03 09-02 09-03 11-24', ''],
} as const

test('the weekdays off and the Saturdays worked are those decided, and no others', () => {
  for (const [year, [off, worked]] of Object.entries(EXCEPTIONS)) {
    const found: { off: string[]; worked: string[] } = { off: [], worked: [] }
    for (let day = `${year}-01-01`; day <= `${year}-12-31`; day = addDays(day, 1)) {
      const isWeekday = isoWeekday(day) <= 5
      if (isWeekday && !isWorkingDay(VIETNAM, day)) found.off.push(day.slice(5))
      if (!isWeekday && isWorkingDay(VIETNAM, day)) found.worked.push(day.slice(5))
    }
    assert.deepEqual(found, { off: off.split(' '), worked: worked.split(' ').filter(Boolean) }, year)
  }
})

test('a day off says why, by which document', () => {
  assert.deepEqual(dayRule(VIETNAM, '2024-04-29'), {
    working: false,
    reception: false,
    shifts: [],
    receptionShifts: [],
    name: 'Nghỉ hoán đổi (làm bù 04/05/2024)',
    kind: 'swap_off',
    document: 'Công văn 2450/VPCP-KGVX ngày 12/4/2024',
  })
  assert.equal(dayRule(VIETNAM, '2023-05-02').name, 'Nghỉ bù Giỗ Tổ Hùng Vương')
})

test('a make-up Saturday is a full working day with the hours of Friday', () => {
  const shortFriday = makeCalendar({
    ...VIETNAM_INPUT,
    hours: OFFICE_HOURS.map((row) => ({ ...row, week: { ...row.week, 5: [[420, 900]] } })),
  })
  assert.deepEqual(dayRule(VIETNAM, '2024-05-04').shifts, [
    [450, 690],
    [780, 1020],
  ])
  assert.deepEqual(dayRule(shortFriday, '2024-05-04').shifts, [[420, 900]])
})

test('a staffed Saturday receives and does not work, except on a holiday', () => {
  const { working, reception, receptionShifts } = dayRule(STAFFED_SATURDAY, '2023-03-18')
  assert.deepEqual(
    { working, reception, receptionShifts },
    { working: false, reception: true, receptionShifts: [[450, 690]] },
  )
  assert.equal(dayRule(STAFFED_SATURDAY, '2023-04-29').reception, false)
  assert.equal(dayRule(STAFFED_SATURDAY, '2024-05-04').working, true)
})

test('an exception of one unit wins over the national calendar', () => {
  const unit = makeCalendar({
    ...VIETNAM_INPUT,
    unitDays: [
      { date: '2024-09-09', kind: 'closure', name: 'Đóng cửa do bão số 3', document: 'Thông báo 12/TB-UBND' },
      { date: '2024-09-03', kind: 'make_up', name: 'Trực giải quyết hồ sơ' },
    ],
  })
  assert.equal(dayRule(unit, '2024-09-09').name, 'Đóng cửa do bão số 3')
  assert.equal(isWorkingDay(unit, '2024-09-09'), false)
  assert.equal(isWorkingDay(unit, '2024-09-03'), true)
  assert.equal(isWorkingDay(VIETNAM, '2024-09-09'), true)
})

test('summer hours apply from their day until the next row', () => {
  const summer = makeCalendar({
    ...VIETNAM_INPUT,
    hours: [
      ...OFFICE_HOURS,
      {
        from: '2023-04-15',
        week: {
          ...OFFICE_HOURS[0]!.week,
          1: [
            [420, 690],
            [810, 1020],
          ],
        },
      },
      { from: '2023-10-15', week: OFFICE_HOURS[0]!.week },
    ],
  })
  assert.deepEqual(dayRule(summer, '2023-04-10').shifts[0], [450, 690])
  assert.deepEqual(dayRule(summer, '2023-04-17').shifts[0], [420, 690])
  assert.deepEqual(dayRule(summer, '2023-10-16').shifts[0], [450, 690])
})

test('the closing time is that of the last shift; a day off has none', () => {
  assert.equal(printInstant(closingAt(VIETNAM, '2023-03-09')), '2023-03-09T17:00:00+07:00')
  refuses('not_working_day', () => closingAt(VIETNAM, '2023-03-11'))
})

test('a day the calendar has no data for is refused, not guessed', () => {
  for (const ask of [
    () => isWorkingDay(VIETNAM, '2017-12-29'),
    () => isWorkingDay(VIETNAM, '2031-01-01'),
    () => addWorkingDays(VIETNAM, '2030-12-30', 5),
    () => addWorkingDays(VIETNAM, '2018-01-02', -1),
    () => countWorkingDays(VIETNAM, '2017-01-01', '2018-02-01'),
    () => addWorkingMinutes(VIETNAM, parseInstant('2030-12-31T16:00'), 120),
    () => workingMinutesBetween(VIETNAM, parseInstant('2017-12-31T16:00'), parseInstant('2018-01-02T08:00')),
  ])
    refuses('calendar_year_missing', ask)
})

test('a calendar with one day twice, or hours that overlap, is refused', () => {
  const twice = VIETNAM_INPUT.days[0]!
  refuses('duplicate_calendar_day', () =>
    makeCalendar({ ...VIETNAM_INPUT, days: [...VIETNAM_INPUT.days, twice] }),
  )
  refuses('invalid_day', () =>
    makeCalendar({ ...VIETNAM_INPUT, unitDays: [{ ...twice, date: '2023-02-29' }] }),
  )
  refuses('invalid_office_hours', () => makeCalendar({ ...VIETNAM_INPUT, hours: [] }))
  refuses('invalid_office_hours', () =>
    makeCalendar({ ...VIETNAM_INPUT, hours: [...OFFICE_HOURS, ...OFFICE_HOURS] }),
  )
  for (const shifts of [
    [[690, 450]],
    [
      [450, 700],
      [690, 1020],
    ],
    [[450, 1440]],
    [[450.5, 690]],
  ] as const)
    refuses('invalid_office_hours', () =>
      makeCalendar({
        ...VIETNAM_INPUT,
        hours: [{ from: '2018-01-01', week: { ...OFFICE_HOURS[0]!.week, 3: shifts } }],
      }),
    )
})

const anyDay = fc.integer({ min: 0, max: 3600 }).map((days) => addDays('2018-07-01', days))

test('adding and counting working days agree with a walk day by day', () => {
  fc.assert(
    fc.property(anyDay, fc.integer({ min: 1, max: 60 }), (day, n) => {
      let walked = day
      for (let left = n; left > 0; ) {
        walked = addDays(walked, 1)
        if (isWorkingDay(VIETNAM, walked)) left -= 1
      }
      assert.equal(addWorkingDays(VIETNAM, day, n), walked)
      assert.equal(countWorkingDays(VIETNAM, addDays(day, 1), walked), n)
    }),
  )
})

test('taking working days back undoes adding them', () => {
  fc.assert(
    fc.property(anyDay, fc.integer({ min: 1, max: 60 }), (day, n) => {
      const later = addWorkingDays(VIETNAM, day, n)
      const back = addWorkingDays(VIETNAM, later, -n)
      assert.equal(back, isWorkingDay(VIETNAM, day) ? day : previousWorkingDay(VIETNAM, day))
      assert.equal(previousWorkingDay(VIETNAM, nextWorkingDay(VIETNAM, back)), back)
    }),
  )
})

const anyInstant = fc
  .integer({ min: parseInstant('2018-07-01T00:00') / 60_000, max: parseInstant('2027-06-30T00:00') / 60_000 })
  .map((minute) => minute * 60_000)

test('working minutes added are working minutes counted, and end at the end of a shift', () => {
  fc.assert(
    fc.property(anyInstant, fc.integer({ min: 1, max: 5000 }), (from, minutes) => {
      const end = addWorkingMinutes(VIETNAM, from, minutes)
      assert.equal(workingMinutesBetween(VIETNAM, from, end), minutes)
      assert.equal(workingMinutesBetween(VIETNAM, from, end - 60_000), minutes - 1)
    }),
  )
})

function refuses(code: string, ask: () => unknown): void {
  assert.throws(ask, (error) => error instanceof RuleError && error.code === code)
}
