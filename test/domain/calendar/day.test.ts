import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  addDays,
  daysBetween,
  instantAt,
  isoWeekday,
  localDayOf,
  minuteOfDay,
  parseDay,
  parseInstant,
  printInstant,
  TIME_ZONE,
} from '../../../src/domain/calendar/day.ts'
import { RuleError } from '../../../src/domain/refusals.ts'

const anyInstant = fc.integer({
  min: parseInstant('1990-01-01T00:00'),
  max: parseInstant('2100-12-31T23:59:59.999'),
})
const anyDay = anyInstant.map(localDayOf)

function refuses(code: string, read: () => unknown): void {
  assert.throws(read, (error) => error instanceof RuleError && error.code === code)
}

test('days and minutes in Vietnam agree with the time zone database', () => {
  fc.assert(
    fc.property(anyInstant, (at) => {
      const zoned = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(TIME_ZONE)
      assert.equal(localDayOf(at), zoned.toPlainDate().toString())
      assert.equal(minuteOfDay(at), zoned.hour * 60 + zoned.minute)
      assert.equal(isoWeekday(localDayOf(at)), zoned.dayOfWeek)
    }),
    { numRuns: 500 },
  )
})

test('adding days agrees with the ISO calendar, also across years and leap days', () => {
  fc.assert(
    fc.property(anyDay, fc.integer({ min: -40_000, max: 40_000 }), (day, days) => {
      const later = Temporal.PlainDate.from(day).add({ days }).toString()
      assert.equal(addDays(day, days), later)
      assert.equal(daysBetween(day, later), days)
    }),
    { numRuns: 500 },
  )
})

test('a day begins at midnight in Vietnam, not in Greenwich', () => {
  assert.equal(localDayOf(parseInstant('2023-03-09T16:59:59.999Z')), '2023-03-09')
  assert.equal(localDayOf(parseInstant('2023-03-09T17:00:00Z')), '2023-03-10')
  assert.equal(printInstant(instantAt('2023-03-09', 1020)), '2023-03-09T17:00:00+07:00')
})

test('an instant is printed with its offset and read back unchanged', () => {
  fc.assert(fc.property(anyInstant, (at) => assert.equal(parseInstant(printInstant(at)), at)))
  assert.equal(printInstant(parseInstant('2023-03-09T17:00:00.05')), '2023-03-09T17:00:00.050+07:00')
})

test('an instant without an offset is Vietnamese time, whatever its precision', () => {
  const five = parseInstant('2023-03-09T10:00:00Z')
  for (const text of [
    '2023-03-09T17:00',
    '2023-03-09T17:00:00',
    '2023-03-09T17:00:00.000',
    '2023-03-09T17:00:00.000999',
    '2023-03-09T17:00:00+07:00',
    '2023-03-09T04:30-05:30',
  ])
    assert.equal(parseInstant(text), five, text)
})

test('seconds are dropped: 15:00:59 is the minute 15:00', () => {
  assert.equal(minuteOfDay(parseInstant('2023-03-09T15:00:59.999')), 900)
})

test('days that do not exist are refused', () => {
  assert.equal(parseDay('2024-02-29'), '2024-02-29')
  for (const text of [
    '2023-02-29',
    '2023-13-01',
    '2023-00-10',
    '2023-04-31',
    '2023-3-9',
    '09/03/2023',
    '1899-12-31',
    '2101-01-01',
    '2023-03-09 ',
    '',
    '２０２３-03-09',
  ])
    refuses('invalid_day', () => parseDay(text))
})

test('instants that do not exist or lie outside 1990…2100 are refused', () => {
  for (const text of [
    '2023-02-29T08:00',
    '2023-03-09',
    '2023-03-09 08:00',
    '2023-03-09T24:00',
    '2023-03-09T08:60',
    '2023-03-09T08:00:60',
    '2023-03-09T08:00+7',
    '2023-03-09T08:00+15:00',
    '2023-03-09T08:00:00.Z',
    '1989-12-31T23:59',
    '2101-01-01T00:00',
    '2100-12-31T23:00-07:00',
    '',
  ])
    refuses('invalid_instant', () => parseInstant(text))
})

test('garbage is always refused with a code, never read as something', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9TZ:.+-]{0,25}$/)), (text) => {
      for (const [code, read] of [
        ['invalid_day', parseDay],
        ['invalid_instant', parseInstant],
      ] as const)
        try {
          read(text)
        } catch (error) {
          assert.ok(error instanceof RuleError && error.code === code)
        }
    }),
    { numRuns: 2000 },
  )
})
