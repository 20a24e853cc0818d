import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseInstant, printInstant } from '../../../src/domain/calendar/day.ts'
import { type DeadlineRule, dueDate, type Pause, resumedDue } from '../../../src/domain/deadlines/deadline.ts'
import { parseLimit } from '../../../src/domain/deadlines/time-limit.ts'
import { VIETNAM } from '../calendar/vietnam-calendar.ts'

function resumed(
  acceptedAt: string,
  limit: string,
  pauses: readonly Pause[],
  mode: DeadlineRule['mode'] = 'day_end',
) {
  const rule: DeadlineRule = { limit: parseLimit(limit), cutoffMinute: null, mode }
  const base = dueDate(VIETNAM, rule, parseInstant(acceptedAt))
  return { base, due: resumedDue(VIETNAM, base, rule, pauses) }
}

function pause(from: string, to: string): Pause {
  return { from: parseInstant(from), to: parseInstant(to) }
}

const RESUMED = [
  [
    'E15c',
    '2023-02-06T09:00',
    '10wd',
    [pause('2023-02-09T10:00', '2023-02-14T09:00')],
    '2023-02-20',
    '2023-02-24',
  ],
  [
    'E16',
    '2023-03-01T09:00',
    '10wd',
    [pause('2023-03-07T09:00', '2023-03-10T15:00')],
    '2023-03-15',
    '2023-03-21',
  ],
  [
    'E17',
    '2025-03-03T09:00',
    '3wd',
    [pause('2025-03-04T09:00', '2025-03-07T15:00')],
    '2025-03-06',
    '2025-03-12',
  ],
  [
    'same working day',
    '2023-03-01T09:00',
    '10wd',
    [pause('2023-03-07T08:00', '2023-03-07T16:59')],
    '2023-03-15',
    '2023-03-15',
  ],
  [
    'over a weekend',
    '2023-03-01T09:00',
    '10wd',
    [pause('2023-03-10T16:00', '2023-03-13T08:00')],
    '2023-03-15',
    '2023-03-17',
  ],
  [
    'only a weekend',
    '2023-03-01T09:00',
    '10wd',
    [pause('2023-03-11T08:00', '2023-03-12T08:00')],
    '2023-03-15',
    '2023-03-15',
  ],
  [
    'meeting on a day',
    '2023-03-01T09:00',
    '10wd',
    [pause('2023-03-06T09:00', '2023-03-07T10:00'), pause('2023-03-07T14:00', '2023-03-08T10:00')],
    '2023-03-15',
    '2023-03-20',
  ],
  [
    'nested',
    '2023-03-01T09:00',
    '10wd',
    [pause('2023-03-06T09:00', '2023-03-09T10:00'), pause('2023-03-07T14:00', '2023-03-08T10:00')],
    '2023-03-15',
    '2023-03-21',
  ],
  [
    'same-day beside a longer one',
    '2023-03-01T09:00',
    '10wd',
    [pause('2023-03-06T08:00', '2023-03-06T09:00'), pause('2023-03-06T10:00', '2023-03-07T10:00')],
    '2023-03-15',
    '2023-03-17',
  ],
  [
    'begun on the due date',
    '2023-03-06T09:00',
    '3wd',
    [pause('2023-03-09T16:00', '2023-03-10T08:00')],
    '2023-03-09',
    '2023-03-13',
  ],
  [
    'calendar days',
    '2023-03-31T09:00',
    '30d',
    [pause('2023-04-03T09:00', '2023-04-04T09:00')],
    '2023-05-04',
    '2023-05-08',
  ],
  ['none', '2023-03-01T09:00', '10wd', [], '2023-03-15', '2023-03-15'],
] as const

for (const [name, acceptedAt, limit, pauses, baseOn, dueOn] of RESUMED)
  test(`${name}: ${limit} from ${acceptedAt}, due ${baseOn}, is due ${dueOn} after ${pauses.length} pauses`, () => {
    const { base, due } = resumed(acceptedAt, limit, pauses)
    assert.deepEqual([base.dueOn, due.dueOn], [baseOn, dueOn])
    assert.equal(printInstant(due.dueAt).slice(11, 16), '17:00')
    assert.deepEqual(resumed(acceptedAt, limit, pauses.toReversed()).due, due, 'in any order')
  })

test('with nothing paused the due date is the very same', () => {
  const { base, due } = resumed('2023-03-01T09:00', '10wd', [pause('2023-03-07T08:00', '2023-03-07T16:00')])
  assert.equal(due, base)
})

test('paused days are shown and not numbered; the counted ones still end at the limit', () => {
  const { due } = resumed('2025-03-03T09:00', '3wd', [pause('2025-03-04T09:00', '2025-03-07T15:00')])
  assert.deepEqual(
    due.strip.map(({ date, kind, n }) => [date.slice(8), kind, n]),
    [
      ['03', 'counted', undefined],
      ['04', 'paused', undefined],
      ['05', 'paused', undefined],
      ['06', 'paused', undefined],
      ['07', 'paused', undefined],
      ['08', 'weekend', undefined],
      ['09', 'weekend', undefined],
      ['10', 'counted', 1],
      ['11', 'counted', 2],
      ['12', 'counted', 3],
    ],
  )
})

const BY_MINUTE = [
  ['an hour', [pause('2023-03-03T16:00', '2023-03-03T17:00')], '2023-03-06T11:30'],
  [
    'overlapping pauses count once',
    [pause('2023-03-03T16:00', '2023-03-03T16:40'), pause('2023-03-03T16:20', '2023-03-03T17:00')],
    '2023-03-06T11:30',
  ],
  ['nights and lunch are not paused', [pause('2023-03-03T16:30', '2023-03-06T07:30')], '2023-03-06T11:00'],
  ['a whole day', [pause('2023-03-06T07:30', '2023-03-07T07:30')], '2023-03-07T10:30'],
] as const

for (const [name, pauses, end] of BY_MINUTE)
  test(`4 working hours from Friday 03/03/2023 16:00, ${name}: until ${end}`, () => {
    assert.equal(printInstant(resumed('2023-03-03T16:00', '4wh', pauses).due.dueAt).slice(0, 16), end)
  })

test('hour_exact working days move by minutes, and a wholly paused day is shown as paused', () => {
  const { base, due } = resumed(
    '2023-03-06T09:00',
    '3wd',
    [pause('2023-03-07T07:00', '2023-03-08T08:30')],
    'hour_exact',
  )
  assert.equal(printInstant(base.dueAt).slice(0, 16), '2023-03-09T09:00')
  assert.equal(printInstant(due.dueAt).slice(0, 16), '2023-03-10T10:00')
  assert.deepEqual(
    due.strip.map(({ kind, n }) => `${kind} ${n ?? ''}`.trim()),
    ['counted 1', 'paused', 'counted 2', 'counted 3', 'counted 4'],
  )
})
