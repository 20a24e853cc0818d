import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeCalendar } from '../../../src/domain/calendar/calendar.ts'
import { parseInstant, printInstant } from '../../../src/domain/calendar/day.ts'
import {
  apologyDueOn,
  type DeadlineRule,
  dueDate,
  overdueWorkingDays,
  receivingDueAt,
  type StripDay,
  transferDueAt,
  workingDaysLeft,
} from '../../../src/domain/deadlines/deadline.ts'
import { parseLimit } from '../../../src/domain/deadlines/time-limit.ts'
import { RuleError } from '../../../src/domain/refusals.ts'
import { STAFFED_SATURDAY, VIETNAM, VIETNAM_INPUT } from '../calendar/vietnam-calendar.ts'

const at15 = 15 * 60

function rule(limit: string, more: Partial<DeadlineRule> = {}): DeadlineRule {
  return { limit: parseLimit(limit), cutoffMinute: null, mode: 'day_end', ...more }
}

function due(acceptedAt: string, limit: string, more: Partial<DeadlineRule> = {}): string {
  return printInstant(dueDate(VIETNAM, rule(limit, more), parseInstant(acceptedAt)).dueAt).slice(0, 16)
}

const BY_DAY = [
  ['E1: from Monday 06/03/2023', '2023-03-06T09:00', '3wd', '2023-03-09'],
  ['E2: over a weekend', '2023-03-10T10:00', '3wd', '2023-03-15'],
  ['E3: over Tết, 20–26/1', '2023-01-18T14:00', '5wd', '2023-02-01'],
  ['E4: over 29/4–3/5', '2023-04-27T09:00', '3wd', '2023-05-05'],
  ['E5a: over the swapped Monday 29/4/2024', '2024-04-25T09:00', '3wd', '2024-05-03'],
  ['E5b: onto the make-up Saturday', '2024-04-25T09:00', '4wd', '2024-05-04'],
  ['E6: onto the make-up Saturday 26/4/2025', '2025-04-24T09:00', '2wd', '2025-04-26'],
  ['E7: over a make-up Saturday and 31/8–2/9', '2026-08-20T09:00', '10wd', '2026-09-07'],
  ['E8: over 24/11', '2026-11-20T09:00', '3wd', '2026-11-26'],
  ['E10: submitted on Sunday, accepted on Monday', '2023-03-13T08:10', '3wd', '2023-03-16'],
  ['E12: accepted by staff on Saturday', '2023-03-18T09:00', '3wd', '2023-03-22'],
  ['E12 likewise on Sunday', '2023-03-19T09:00', '3wd', '2023-03-22'],
  ['E13: 30 calendar days end on a Sunday before holidays', '2023-03-31T09:00', '30d', '2023-05-04'],
  ['E14: a month ends on the last day of a shorter month', '2023-01-31T09:00', '1m', '2023-02-28'],
  ['E14b: a month ends on a Sunday before a compensatory day', '2022-12-01T09:00', '1m', '2023-01-03'],
  ['E15a: ten working days', '2023-02-06T09:00', '10wd', '2023-02-20'],
  ['E15b: restarted on the day of the supplement', '2023-02-14T09:00', '10wd', '2023-02-28'],
  ['E21: over a year end swapped with 5/1/2019', '2018-12-27T09:00', '3wd', '2019-01-03'],
  ['E22: onto the make-up Saturday 5/1/2019', '2018-12-27T09:00', '5wd', '2019-01-05'],
  ['E23: over 1–2/1/2026', '2025-12-31T09:00', '3wd', '2026-01-07'],
  ['E23: onto the make-up Saturday 10/1/2026', '2025-12-31T09:00', '6wd', '2026-01-10'],
  ['E24: over the day off for Giỗ Tổ on a Sunday', '2026-04-23T09:00', '3wd', '2026-04-29'],
  ['E27: over 1–2/9/2022', '2022-08-30T09:00', '3wd', '2022-09-06'],
  ['at lunch is the same day', '2023-03-06T12:10', '3wd', '2023-03-09'],
  ['before opening is the same day', '2023-03-06T06:50', '3wd', '2023-03-09'],
  ['by staff after closing is the same day', '2023-03-06T18:30', '3wd', '2023-03-09'],
] as const

for (const [name, acceptedAt, limit, dueOn] of BY_DAY)
  test(`${name}: ${limit} from ${acceptedAt} is due on ${dueOn} at 17:00`, () => {
    assert.equal(due(acceptedAt, limit), `${dueOn}T17:00`)
  })

const CUT_OFF = [
  ['E9a: before 15:00, same day', '2023-03-14T14:20', 'same-day', '2023-03-14'],
  ['E9b: at 15:00 exactly, same day', '2023-03-14T15:00:00', 'same-day', '2023-03-14'],
  ['E9b: at 15:00:59, still the minute 15:00', '2023-03-14T15:00:59', 'same-day', '2023-03-14'],
  ['a minute later, the next working day', '2023-03-14T15:01', 'same-day', '2023-03-15'],
  ['E9c: after 15:00 on a Friday', '2023-03-17T15:10', 'same-day', '2023-03-20'],
  ['E25: the cut-off moves the receipt day', '2023-03-09T15:30', '3wd', '2023-03-15'],
  ['E25: calendar days run from the moved receipt day', '2023-03-09T15:30', '3d', '2023-03-13'],
] as const

for (const [name, acceptedAt, limit, dueOn] of CUT_OFF)
  test(`${name}: ${limit} from ${acceptedAt} with cut-off 15:00 is due on ${dueOn}`, () => {
    assert.equal(due(acceptedAt, limit, { cutoffMinute: at15 }), `${dueOn}T17:00`)
  })

test('a same-day limit begun on a Saturday ends on Monday; after closing it ends with the day', () => {
  assert.equal(due('2023-03-18T09:00', 'same-day'), '2023-03-20T17:00')
  assert.equal(due('2023-03-17T17:30', 'same-day'), '2023-03-17T17:00')
})

const AUTOMATIC = [
  ['E11: Friday after closing', '2023-03-17T18:30', '2023-03-20', '2023-03-23'],
  ['Friday at 17:00 exactly', '2023-03-17T17:00:30', '2023-03-17', '2023-03-22'],
  ['Friday at lunch', '2023-03-17T12:00', '2023-03-17', '2023-03-22'],
  ['Friday before opening', '2023-03-17T05:00', '2023-03-17', '2023-03-22'],
  ['E10: on a Sunday without staff', '2023-03-12T21:00', '2023-03-13', '2023-03-16'],
  ['on a holiday', '2023-05-02T10:00', '2023-05-04', '2023-05-09'],
] as const

test('an automatic acceptance outside hours is received on the next working day', () => {
  for (const [name, acceptedAt, receiptDay, dueOn] of AUTOMATIC) {
    const found = dueDate(VIETNAM, rule('3wd'), parseInstant(acceptedAt), { attended: false })
    assert.deepEqual([found.receiptDay, found.dueOn], [receiptDay, dueOn], name)
  }
})

test('a staffed Saturday receives, automatically too, until it closes; it does not count', () => {
  const receipt = (acceptedAt: string) =>
    dueDate(STAFFED_SATURDAY, rule('3wd'), parseInstant(acceptedAt), { attended: false })
  assert.deepEqual(
    [receipt('2023-03-18T09:00').receiptDay, receipt('2023-03-18T09:00').dueOn],
    ['2023-03-18', '2023-03-22'],
  )
  assert.equal(receipt('2023-03-18T11:31').receiptDay, '2023-03-20')
  assert.equal(dueDate(STAFFED_SATURDAY, rule('2wd'), parseInstant('2023-03-17T09:00')).dueOn, '2023-03-21')
})

const BY_MINUTE = [
  ['H1', '2023-03-03T10:30', '4wh', '2023-03-03T16:00'],
  ['H2', '2023-03-03T16:00', '4wh', '2023-03-06T10:30'],
  ['H3', '2023-03-03T16:00', '8wh', '2023-03-06T16:00'],
  ['H6', '2023-04-28T15:00', '4wh', '2023-05-04T09:30'],
  ['half a working day', '2023-03-03T10:30', '0.5wd', '2023-03-03T16:00'],
  ['ends at the end of a shift', '2023-03-03T07:30', '4wh', '2023-03-03T11:30'],
  ['from before opening', '2023-03-03T06:00', '1wh', '2023-03-03T08:30'],
  ['from lunch', '2023-03-03T12:00', '1wh', '2023-03-03T14:00'],
  ['from a Saturday', '2023-03-04T09:00', '1wh', '2023-03-06T08:30'],
] as const

for (const [name, acceptedAt, limit, end] of BY_MINUTE)
  test(`${name}: ${limit} from ${acceptedAt} ends at ${end}`, () => {
    assert.equal(due(acceptedAt, limit), end)
  })

test('H4, H5: hour_exact reckons working days as 8 hours, and ends a day earlier from the very opening', () => {
  assert.equal(due('2023-03-06T09:00', '3wd', { mode: 'hour_exact' }), '2023-03-09T09:00')
  assert.equal(due('2023-03-06T07:30', '3wd', { mode: 'hour_exact' }), '2023-03-08T17:00')
  assert.equal(due('2023-03-06T07:30', '3wd'), '2023-03-09T17:00')
})

test('hours after the cut-off begin when the next working day opens', () => {
  assert.equal(due('2023-03-17T15:10', '2wh', { cutoffMinute: at15 }), '2023-03-20T09:30')
})

function drawn(strip: readonly StripDay[]): string {
  const signs = { counted: '', off: '-', weekend: '~', paused: '=', reception_only: '+' } as const
  return strip
    .map((day) => `${Number(day.date.slice(8))}${signs[day.kind]}${day.n ? `(${day.n})` : ''}`)
    .join(' ')
}

const STRIPS = [
  ['2023-04-27T09:00', '3wd', '27 28(1) 29- 30- 1- 2- 3- 4(2) 5(3)'],
  ['2024-04-25T09:00', '4wd', '25 26(1) 27~ 28~ 29- 30- 1- 2(2) 3(3) 4(4)'],
  ['2023-03-18T09:00', '2wd', '18+ 19~ 20(1) 21(2)'],
  ['2023-05-02T09:00', '1wd', '2+ 3- 4(1)'],
  ['2023-03-14T09:00', 'same-day', '14'],
  ['2023-03-18T09:00', 'same-day', '18+ 19~ 20'],
  ['2023-04-27T09:00', '3d', '27 28(1) 29(2) 30(3) 1- 2- 3- 4'],
  ['2023-03-03T16:00', '4wh', '3(1) 4~ 5~ 6(2)'],
  ['2023-03-03T17:30', '4wh', '3 4~ 5~ 6(1)'],
] as const

test('the strip shows every day from receipt to due, numbering those the limit counts', () => {
  for (const [acceptedAt, limit, days] of STRIPS)
    assert.equal(
      drawn(dueDate(VIETNAM, rule(limit), parseInstant(acceptedAt)).strip),
      days,
      `${limit} ${acceptedAt}`,
    )
})

test('a staffed Saturday inside a strip is for reception only', () => {
  assert.equal(
    drawn(dueDate(STAFFED_SATURDAY, rule('1wd'), parseInstant('2023-03-17T09:00')).strip),
    '17 18+ 19~ 20(1)',
  )
})

test('a strip names the holiday, the make-up day and the document', () => {
  const { strip } = dueDate(VIETNAM, rule('4wd'), parseInstant('2024-04-25T09:00'))
  const document = 'Công văn 2450/VPCP-KGVX ngày 12/4/2024'
  assert.deepEqual(strip[4], {
    date: '2024-04-29',
    kind: 'off',
    name: 'Nghỉ hoán đổi (làm bù 04/05/2024)',
    document,
  })
  assert.deepEqual(strip.at(-1), {
    date: '2024-05-04',
    kind: 'counted',
    n: 4,
    name: 'Làm bù ngày 29/04/2024',
    document,
  })
})

test('a due date that crosses an undecided year is marked, others are not', () => {
  const crossing = dueDate(VIETNAM, rule('5wd'), parseInstant('2026-12-29T09:00'))
  assert.equal(crossing.dueOn, '2027-01-06')
  assert.equal(crossing.provisional, true)
  assert.deepEqual(
    crossing.strip.map((day) => day.provisional ?? false),
    [false, false, false, true, true, true, true, true, true],
  )
  assert.equal(dueDate(VIETNAM, rule('2wd'), parseInstant('2026-12-29T09:00')).provisional, false)
})

test('a due date beyond the calendar is refused', () => {
  assert.throws(
    () => dueDate(VIETNAM, rule('5wd'), parseInstant('2030-12-30T09:00')),
    (error) =>
      error instanceof RuleError &&
      error.code === 'calendar_year_missing' &&
      error.message.includes('31/12/2030'),
  )
})

test('a due date is frozen and shared, and another calendar gives its own', () => {
  const first = dueDate(VIETNAM, rule('3wd'), parseInstant('2023-03-06T09:00'))
  assert.equal(dueDate(VIETNAM, rule('3wd'), parseInstant('2023-03-06T16:00')), first)
  assert.ok(Object.isFrozen(first) && Object.isFrozen(first.strip) && first.strip.every(Object.isFrozen))
  const closed = makeCalendar({
    ...VIETNAM_INPUT,
    version: 'unit 7',
    unitDays: [{ date: '2023-03-08', kind: 'closure', name: 'Mất điện', document: 'TB 5/TB-UBND' }],
  })
  const later = dueDate(closed, rule('3wd'), parseInstant('2023-03-06T09:00'))
  assert.deepEqual(
    [later.dueOn, later.calendarVersion, drawn(later.strip)],
    ['2023-03-10', 'unit 7', '6 7(1) 8- 9(2) 10(3)'],
  )
})

test('the dossier is transferred the same day, or when the next working day opens if accepted after 15:00', () => {
  const transfer = (acceptedAt: string) =>
    printInstant(transferDueAt(VIETNAM, parseInstant(acceptedAt))).slice(0, 16)
  assert.equal(transfer('2023-03-14T14:40'), '2023-03-14T17:00')
  assert.equal(transfer('2023-03-14T15:00:59'), '2023-03-14T17:00')
  assert.equal(transfer('2023-03-17T15:05'), '2023-03-20T07:30')
  assert.equal(transfer('2023-03-18T09:00'), '2023-03-20T07:30')
})

test('an online submission is received within 8 working hours, without the time it waits for the applicant', () => {
  const pause = (from: string, to: string) => ({ from: parseInstant(from), to: parseInstant(to) })
  const receiving = (...pauses: { from: number; to: number }[]) =>
    printInstant(receivingDueAt(VIETNAM, parseInstant('2023-03-03T16:00'), pauses)).slice(0, 16)
  assert.equal(receiving(), '2023-03-06T16:00')
  assert.equal(receiving(pause('2023-03-06T09:00', '2023-03-06T10:00')), '2023-03-06T17:00')
  assert.equal(receiving(pause('2023-03-06T09:00', '2023-03-07T09:00')), '2023-03-07T16:00')
  assert.equal(
    receiving(pause('2023-03-06T09:00', '2023-03-06T10:00'), pause('2023-03-06T16:30', '2023-03-07T16:30')),
    '2023-03-07T17:00',
  )
  assert.equal(receiving(pause('2023-03-06T16:01', '2023-03-07T16:01')), '2023-03-06T16:00', 'asked too late')
})

test('E19, E20: an apology is in time until the working day before the due date', () => {
  assert.equal(apologyDueOn(VIETNAM, '2023-03-27'), '2023-03-24')
  assert.equal(apologyDueOn(VIETNAM, '2023-05-04'), '2023-04-28')
})

test('E18, E26: lateness is counted in working days after the due date', () => {
  assert.equal(overdueWorkingDays(VIETNAM, '2023-03-15', '2023-03-17'), 2)
  assert.equal(overdueWorkingDays(VIETNAM, '2023-03-15', '2023-03-15'), 0)
  assert.equal(overdueWorkingDays(VIETNAM, '2023-03-15', '2023-03-10'), 0)
})

const LEFT = [
  ['2023-03-07', '2023-03-09', 2],
  ['2023-03-10', '2023-03-13', 1],
  ['2023-03-09', '2023-03-09', 0],
  ['2023-03-11', '2023-03-10', -1],
  ['2023-03-13', '2023-03-10', -1],
  ['2023-03-14', '2023-03-10', -2],
] as const

test('working days left are 0 on the due date and negative from the day after', () => {
  for (const [today, dueOn, days] of LEFT)
    assert.equal(workingDaysLeft(VIETNAM, today, dueOn), days, `${today} ${dueOn}`)
})
