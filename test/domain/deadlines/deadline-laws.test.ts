import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  countWorkingDays,
  isWorkingDay,
  workingMinutesBetween,
} from '../../../src/domain/calendar/calendar.ts'
import { addDays, daysBetween, localDayOf, parseInstant } from '../../../src/domain/calendar/day.ts'
import { type DeadlineRule, dueDate, resumedDue } from '../../../src/domain/deadlines/deadline.ts'
import type { TimeLimit } from '../../../src/domain/deadlines/time-limit.ts'
import { STAFFED_SATURDAY, VIETNAM } from '../calendar/vietnam-calendar.ts'

const MINUTE = 60_000
const first = parseInstant('2018-01-02T00:00')
const last = parseInstant('2028-06-30T00:00')
const anyInstant = fc.integer({ min: first, max: last })
const anyLimit: fc.Arbitrary<TimeLimit> = fc.oneof(
  fc.record({ amount: fc.integer({ min: 1, max: 60 }), unit: fc.constant('working_day' as const) }),
  fc.record({ amount: fc.integer({ min: 1, max: 300 }), unit: fc.constant('working_hour' as const) }),
  fc.record({ amount: fc.integer({ min: 1, max: 90 }), unit: fc.constant('calendar_day' as const) }),
  fc.record({ amount: fc.integer({ min: 1, max: 12 }), unit: fc.constant('month' as const) }),
  fc.constant({ amount: 1, unit: 'same_day' as const }),
)
const anyRule: fc.Arbitrary<DeadlineRule> = fc.record({
  limit: anyLimit,
  cutoffMinute: fc.option(fc.integer({ min: 480, max: 1020 })),
  mode: fc.constantFrom('day_end', 'hour_exact'),
})
const anyCalendar = fc.constantFrom(VIETNAM, STAFFED_SATURDAY)

test('a due date is a working day, and its strip runs from the receipt day to it, numbered 1 to N', () => {
  fc.assert(
    fc.property(anyCalendar, anyRule, anyInstant, fc.boolean(), (cal, rule, at, attended) => {
      const due = dueDate(cal, rule, at, { attended })
      assert.ok(isWorkingDay(cal, due.dueOn))
      assert.equal(localDayOf(due.dueAt), due.dueOn)
      assert.ok(due.receiptDay >= localDayOf(at))
      assert.equal(due.strip.length, daysBetween(due.receiptDay, due.dueOn) + 1)
      assert.deepEqual([due.strip[0]?.date, due.strip.at(-1)?.date], [due.receiptDay, due.dueOn])
      const numbers = due.strip.flatMap(({ n }) => n ?? [])
      assert.deepEqual(
        numbers,
        numbers.map((_, place) => place + 1),
      )
      if (rule.limit.unit === 'working_day' && rule.mode === 'day_end')
        assert.equal(numbers.length, rule.limit.amount)
    }),
    { numRuns: 500 },
  )
})

// On a weekend the two readings of the law part: staff receive on the day itself, a cut-off or an automatic
// acceptance after closing moves to Monday. So the law holds for each reading by itself.
test('a later acceptance by staff is never due earlier', () => {
  fc.assert(
    fc.property(
      anyCalendar,
      anyRule,
      anyInstant,
      fc.integer({ min: 0, max: 20_000 }),
      (cal, rule, at, minutes) => {
        const plain = { ...rule, cutoffMinute: null }
        assert.ok(dueDate(cal, plain, at).dueAt <= dueDate(cal, plain, at + minutes * MINUTE).dueAt)
      },
    ),
    { numRuns: 500 },
  )
})

test('a later automatic acceptance is never due earlier, with or without a cut-off', () => {
  fc.assert(
    fc.property(anyRule, anyInstant, fc.integer({ min: 0, max: 20_000 }), (rule, at, minutes) => {
      const due = (moment: number) => dueDate(VIETNAM, rule, moment, { attended: false }).dueAt
      assert.ok(due(at) <= due(at + minutes * MINUTE))
    }),
    { numRuns: 500 },
  )
})

test('a longer limit is never due earlier', () => {
  fc.assert(
    fc.property(anyRule, anyInstant, fc.integer({ min: 1, max: 10 }), (rule, at, more) => {
      const longer = { ...rule, limit: { ...rule.limit, amount: rule.limit.amount + more } }
      assert.ok(dueDate(VIETNAM, rule, at).dueAt <= dueDate(VIETNAM, longer, at).dueAt)
    }),
  )
})

test('after a resume by the day exactly the working days paused lie between the two due dates', () => {
  fc.assert(
    fc.property(anyRule, anyInstant, pausesAfter(), (rule, at, pausesOf) => {
      const byDay = { ...rule, mode: 'day_end' as const, limit: { amount: 10, unit: 'working_day' as const } }
      const pauses = pausesOf(at)
      const base = dueDate(VIETNAM, byDay, at)
      const due = resumedDue(VIETNAM, base, byDay, pauses)
      const paused = new Set<string>()
      for (const { from, to } of pauses)
        for (
          let day = localDayOf(from);
          day <= localDayOf(to) && localDayOf(from) < localDayOf(to);
          day = addDays(day, 1)
        )
          if (isWorkingDay(VIETNAM, day)) paused.add(day)
      assert.equal(countWorkingDays(VIETNAM, addDays(base.dueOn, 1), due.dueOn), paused.size)
    }),
  )
})

test('after a resume by the minute exactly the working minutes paused lie between the two due dates', () => {
  fc.assert(
    fc.property(anyInstant, pausesAfter(), (at, pausesOf) => {
      const byMinute: DeadlineRule = {
        limit: { amount: 24, unit: 'working_hour' },
        cutoffMinute: null,
        mode: 'day_end',
      }
      const pauses = pausesOf(at)
      const base = dueDate(VIETNAM, byMinute, at)
      const due = resumedDue(VIETNAM, base, byMinute, pauses)
      const each = pauses.map(({ from, to }) => workingMinutesBetween(VIETNAM, from, to))
      const moved = workingMinutesBetween(VIETNAM, base.dueAt, due.dueAt)
      assert.ok(moved >= Math.max(0, ...each) && moved <= each.reduce((sum, minutes) => sum + minutes, 0))
    }),
  )
})

/** Up to four pauses within some three weeks after a moment, in any order, overlapping or not. */
function pausesAfter() {
  const span = fc.tuple(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 0, max: 8000 }))
  return fc
    .array(span, { maxLength: 4 })
    .map(
      (spans) => (at: number) =>
        spans.map(([start, length]) => ({ from: at + start * MINUTE, to: at + (start + length) * MINUTE })),
    )
}
