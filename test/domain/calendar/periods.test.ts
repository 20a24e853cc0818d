import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addDays, printInstant } from '../../../src/domain/calendar/day.ts'
import {
  closesAt,
  nextPeriod,
  parsePeriod,
  periodOf,
  previousPeriod,
} from '../../../src/domain/calendar/periods.ts'
import { RuleError } from '../../../src/domain/refusals.ts'
import { VIETNAM } from './vietnam-calendar.ts'

const PERIODS = [
  ['2023-W10', 'week', 'iso_week', '2023-03-06', '2023-03-12', 'Tuần 10/2023 (06/03/2023 – 12/03/2023)'],
  ['2020-W53', 'week', 'iso_week', '2020-12-28', '2021-01-03', 'Tuần 53/2020 (28/12/2020 – 03/01/2021)'],
  ['2025-W01', 'week', 'iso_week', '2024-12-30', '2025-01-05', 'Tuần 1/2025 (30/12/2024 – 05/01/2025)'],
  ['2026-W53', 'week', 'iso_week', '2026-12-28', '2027-01-03', 'Tuần 53/2026 (28/12/2026 – 03/01/2027)'],
  ['2024-02', 'month', 'calendar', '2024-02-01', '2024-02-29', 'Tháng 2/2024'],
  ['2023-03@15-14', 'month', 'cutoff', '2023-02-15', '2023-03-14', 'Tháng 3/2023 (15/02/2023 – 14/03/2023)'],
  ['2023-01@15-14', 'month', 'cutoff', '2022-12-15', '2023-01-14', 'Tháng 1/2023 (15/12/2022 – 14/01/2023)'],
  ['2021-08@21-20', 'month', 'cutoff', '2021-07-21', '2021-08-20', 'Tháng 8/2021 (21/07/2021 – 20/08/2021)'],
  ['2023-Q1', 'quarter', 'calendar', '2023-01-01', '2023-03-31', 'Quý I/2023'],
  ['2023-Q1@15-14', 'quarter', 'cutoff', '2022-12-15', '2023-03-14', 'Quý I/2023 (15/12/2022 – 14/03/2023)'],
  ['2023-Q4@15-14', 'quarter', 'cutoff', '2023-09-15', '2023-12-14', 'Quý IV/2023 (15/09/2023 – 14/12/2023)'],
  ['2023-H1', 'half_year', 'calendar', '2023-01-01', '2023-06-30', '6 tháng đầu năm 2023'],
  ['2023-H2', 'half_year', 'calendar', '2023-07-01', '2023-12-31', '6 tháng cuối năm 2023'],
  [
    '2023-H1@15-14',
    'half_year',
    'cutoff',
    '2022-12-15',
    '2023-06-14',
    '6 tháng đầu năm 2023 (15/12/2022 – 14/06/2023)',
  ],
  ['2023', 'year', 'calendar', '2023-01-01', '2023-12-31', 'Năm 2023'],
  ['2023@15-14', 'year', 'cutoff', '2022-12-15', '2023-12-14', 'Năm 2023 (15/12/2022 – 14/12/2023)'],
  ['2023-03-06..2023-03-12', 'range', 'free', '2023-03-06', '2023-03-12', 'Từ 06/03/2023 đến 12/03/2023'],
  ['2023-03-06..2023-03-06', 'range', 'free', '2023-03-06', '2023-03-06', 'Từ 06/03/2023 đến 06/03/2023'],
] as const

test('a period is read from its key', () => {
  for (const [key, kind, scheme, from, to, label] of PERIODS)
    assert.deepEqual(parsePeriod(key), { key, kind, scheme, from, to, label })
})

const NEIGHBOURS = [
  ['2020-W53', '2021-W01'],
  ['2022-12', '2023-01'],
  ['2022-12@15-14', '2023-01@15-14'],
  ['2022-Q4@15-14', '2023-Q1@15-14'],
  ['2022-H2', '2023-H1'],
  ['2022@15-14', '2023@15-14'],
  ['2023-02-27..2023-03-05', '2023-03-06..2023-03-12'],
] as const

test('periods of one kind follow each other without a gap', () => {
  for (const [before, after] of NEIGHBOURS) {
    assert.equal(nextPeriod(parsePeriod(before)).key, after)
    assert.equal(previousPeriod(parsePeriod(after)).key, before)
    assert.equal(addDays(parsePeriod(before).to, 1), parsePeriod(after).from)
  }
})

const anyDay = fc.integer({ min: 1, max: 38_000 }).map((days) => addDays('1992-01-01', days))
const anyKind = fc.constantFrom('week', 'month', 'quarter', 'half_year', 'year')
const anyCutoff = fc.option(fc.integer({ min: 2, max: 28 }), { nil: undefined })

test('every day lies in exactly one period of each kind and cut-off', () => {
  fc.assert(
    fc.property(anyKind, anyDay, anyCutoff, (kind, day, cutoffDay) => {
      const period = periodOf(kind, day, cutoffDay)
      assert.ok(period.from <= day && day <= period.to)
      assert.deepEqual(parsePeriod(period.key), period)
      assert.equal(nextPeriod(period).from, addDays(period.to, 1))
      assert.deepEqual(previousPeriod(nextPeriod(period)), period)
      assert.equal(periodOf(kind, period.from, cutoffDay).key, period.key)
      assert.equal(periodOf(kind, period.to, cutoffDay).key, period.key)
    }),
    { numRuns: 1000 },
  )
})

test('on the cut-off day the next statutory month begins', () => {
  assert.equal(periodOf('month', '2023-03-14', 15).key, '2023-03@15-14')
  assert.equal(periodOf('month', '2023-03-15', 15).key, '2023-04@15-14')
  assert.equal(periodOf('year', '2022-12-15', 15).key, '2023@15-14')
  assert.equal(periodOf('month', '2023-01-31', 21).key, '2023-02@21-20')
})

const CLOSINGS = [
  ['2023-W10', '2023-03-13T06:00:00+07:00', 'Monday'],
  ['2023-W17', '2023-05-01T06:00:00+07:00', 'Monday, though a holiday'],
  ['2023-04', '2023-05-05T06:00:00+07:00', 'second working day after 30/4'],
  ['2023-03@15-14', '2023-03-16T06:00:00+07:00', 'second working day after 14/3'],
  ['2022', '2023-01-04T06:00:00+07:00', 'second working day of 2023'],
  ['2023-03-06..2023-03-10', '2023-03-11T06:00:00+07:00', 'the day after'],
] as const

test('a week is closed on Monday at six, longer periods on the second working day after them', () => {
  for (const [key, at, why] of CLOSINGS)
    assert.equal(printInstant(closesAt(VIETNAM, parsePeriod(key))), at, why)
})

const NOT_PERIODS = [
  '2021-W53',
  '2023-W00',
  '2023-W54',
  '2023-W1',
  '2023-W10@15-14',
  '2023-00',
  '2023-13',
  '2023-3',
  '2023-Q0',
  '2023-Q5',
  '2023-H3',
  '2023-h1',
  '1989',
  '2101',
  '20231',
  '2023-03@15-15',
  '2023-03@14-15',
  '2023-03@1-31',
  '2023-03@1-0',
  '2023-03@29-28',
  '2023-03@015-14',
  '2023-03@15',
  '2023-03-06',
  '2023-03-12..2023-03-06',
  '2023-02-29..2023-03-06',
  '2023-03-06...2023-03-12',
  '2013-01-01..2023-03-12',
  '1989-12-31..1990-01-02',
  '2023-03 ',
  '',
]

test('anything else is refused', () => {
  for (const text of NOT_PERIODS)
    assert.throws(
      () => parsePeriod(text),
      (error) => error instanceof RuleError && error.code === 'invalid_period',
      text,
    )
  assert.throws(() => periodOf('month', '2023-03-06', 29), RuleError)
})

test('garbage is always refused with a code, and what is read is canonical', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^(19|20)[0-9]{2}[-WQH@.0-9]{0,12}$/)), (text) => {
      try {
        const period = parsePeriod(text)
        assert.equal(period.key, text)
        assert.ok(period.from <= period.to)
      } catch (error) {
        assert.ok(error instanceof RuleError && error.code === 'invalid_period')
      }
    }),
    { numRuns: 3000 },
  )
})
