import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Instant, parseInstant } from '../../src/domain/calendar/day.ts'
import { dueJobs, type Ledger, type Work } from '../../workers/schedule.ts'
import { VIETNAM as calendar } from '../domain/calendar/vietnam-calendar.ts'

const EMPTY: Ledger = { runs: [], closedPeriods: new Set(), requests: [] }

function due(now: string, firstDay: string, ledger: Ledger = EMPTY): readonly Work[] {
  return dueJobs(parseInstant(now), ledger, { calendar, firstDay })
}

const closings = (work: readonly Work[]) =>
  work.filter(({ job }) => job === 'close-period').map(({ subject }) => subject)
const others = (work: readonly Work[]) =>
  work.filter(({ job }) => job !== 'close-period').map(({ job, subject }) => `${job} ${subject}`)

/** A ledger in which this work was done. */
function after(work: readonly Work[], at: Instant): Ledger {
  const runs = work.map(({ job, subject, version }) => ({
    job,
    subject,
    version,
    outcome: 'done' as const,
    startedAt: at,
    finishedAt: at,
    attempts: 1,
  }))
  return { ...EMPTY, runs }
}

const MOMENTS: readonly (readonly [now: string, firstDay: string, closed: readonly string[], why: string])[] =
  [
    ['2023-03-12T23:59', '2023-03-06', [], 'Sunday night: the week is not over'],
    ['2023-03-13T05:59', '2023-03-06', [], 'Monday before 06:00'],
    ['2023-03-13T06:00', '2023-03-06', ['2023-W10'], 'Monday 06:00'],
    [
      '2023-03-16T06:00',
      '2023-03-13',
      ['2023-03@15-14', '2023-Q1@15-14'],
      'the second working day after 14/3',
    ],
    [
      '2023-04-03T06:00',
      '2023-03-27',
      ['2023-W13'],
      'Monday 3/4 is the first working day of April: the month waits',
    ],
    ['2023-04-04T06:00', '2023-03-27', ['2023-W13', '2023-03', '2023-Q1'], 'the second working day'],
    ['2024-02-12T06:00', '2024-02-05', ['2024-W06'], 'a Monday of Tết closes the week'],
    ['2024-02-16T05:59', '2024-02-05', ['2024-W06'], 'statutory February ends on 14/2, the last day of Tết'],
    [
      '2024-02-16T06:00',
      '2024-02-05',
      ['2024-W06', '2024-02@15-14'],
      'worked on the 15th, closed on the 16th',
    ],
    ['2023-05-04T06:00', '2023-04-24', ['2023-W17'], 'April is not closed on its first working day'],
    ['2023-05-05T06:00', '2023-04-24', ['2023-W17', '2023-04'], 'after 30/4–3/5 off, April is closed on 5/5'],
    [
      '2021-01-05T06:00',
      '2020-12-28',
      ['2020-W53', '2020-12', '2020-Q4', '2020-H2', '2020'],
      'a year ends in every kind at once',
    ],
  ]

for (const [now, firstDay, expected, why] of MOMENTS) {
  test(`at ${now}, counting since ${firstDay}: ${expected.join(', ') || 'nothing'} (${why})`, () => {
    assert.deepEqual(closings(due(now, firstDay)), expected)
  })
}

test('after three weeks without a worker every missed period is due, the oldest first, and one night only', () => {
  const work = due('2023-03-27T08:00', '2023-02-27')
  assert.deepEqual(closings(work), [
    '2023-02',
    '2023-W09',
    '2023-W10',
    '2023-03@15-14',
    '2023-Q1@15-14',
    '2023-W11',
    '2023-W12',
  ])
  assert.deepEqual(others(work), [
    'apply-reorganisation 2023-03-27',
    'seal-audit 2023-03-27',
    'import-folder 2023-03-27',
    'revise-periods 2023-03-27',
    'recount 2023-03-27',
    'recompute-index 2023-03-27',
    'backup 2023-03-27',
    'tidy 2023-03-27',
  ])
})

test('before one in the morning the latest night is that of the day before', () => {
  assert.deepEqual(others(due('2023-03-27T00:59', '2023-03-27'))[3], 'revise-periods 2023-03-26')
  assert.deepEqual(others(due('2023-03-27T01:00', '2023-03-27'))[3], 'revise-periods 2023-03-27')
})

test('watched folders are looked through at 00:30, or at the minute a setting gives', () => {
  const nightsAt = (now: string, minutes = {}) =>
    others(due(now, '2023-03-27', { ...EMPTY, minutes })).find((work) => work.startsWith('import-folder'))
  assert.equal(nightsAt('2023-03-27T00:29'), 'import-folder 2023-03-26')
  assert.equal(nightsAt('2023-03-27T00:30'), 'import-folder 2023-03-27')
  const evening = { 'import-folder': 20 * 60 + 15 }
  assert.equal(nightsAt('2023-03-27T20:14', evening), 'import-folder 2023-03-26')
  assert.equal(nightsAt('2023-03-27T20:15', evening), 'import-folder 2023-03-27')
})

test('dossiers of reorganised units move at 00:05 of the day, and before any period is closed', () => {
  assert.deepEqual(others(due('2023-03-27T00:04', '2023-03-20'))[0], 'apply-reorganisation 2023-03-26')
  assert.deepEqual(others(due('2023-03-27T00:05', '2023-03-20'))[0], 'apply-reorganisation 2023-03-27')
  const [first, second] = due('2023-03-27T08:00', '2023-03-20')
  assert.deepEqual([first?.job, second?.job], ['apply-reorganisation', 'close-period'])
})

test('what was done in this minute is not due again in it', () => {
  const now = '2023-03-27T08:00'
  const work = due(now, '2023-02-27')
  const copy = due(now, '2023-02-27', after(work, parseInstant(now)))
  assert.deepEqual(others(copy), ['copy-backup 2023-03-27'], 'only what waits for another one')
  assert.deepEqual(due(now, '2023-02-27', after([...work, ...copy], parseInstant(now))), [])
})

test('a backup is copied only after it was made that night', () => {
  const now = '2023-03-27T08:00'
  const at = parseInstant(now)
  const copied = (outcome: 'running' | 'failed' | 'done', subject: string) => {
    const run = { job: 'backup' as const, subject, version: 1, outcome, attempts: 1 }
    const ledger = {
      ...EMPTY,
      runs: [{ ...run, startedAt: at, finishedAt: outcome === 'running' ? null : at }],
    }
    return others(due(now, '2023-03-27', ledger)).includes('copy-backup 2023-03-27')
  }
  assert.deepEqual(
    [copied('running', '2023-03-27'), copied('failed', '2023-03-27'), copied('done', '2023-03-26')],
    [false, false, false],
  )
  assert.equal(copied('done', '2023-03-27'), true)
})

test('a period closed by hand is not closed again', () => {
  assert.deepEqual(
    closings(due('2023-03-13T06:00', '2023-03-06', { ...EMPTY, closedPeriods: new Set(['2023-W10']) })),
    [],
  )
})

test('a failed run is due again at once, then after 1, 5, 15 and 60 minutes', () => {
  const at = parseInstant('2023-03-13T06:00')
  const waits = [0, 1, 5, 15, 60, 60]
  for (const [index, wait] of waits.entries()) {
    const run = { job: 'close-period' as const, subject: '2023-W10', version: 1, outcome: 'failed' as const }
    const ledger = { ...EMPTY, runs: [{ ...run, startedAt: at, finishedAt: at, attempts: index + 1 }] }
    const isDue = (minutes: number) =>
      closings(dueJobs(at + minutes * 60_000, ledger, { calendar, firstDay: '2023-03-06' }))
    assert.deepEqual(isDue(wait), ['2023-W10'], `attempt ${index + 1}`)
    if (wait > 0) assert.deepEqual(isDue(wait - 0.1), [], `attempt ${index + 1}`)
  }
})

test('a run in progress is left alone for half an hour, then taken to be dead', () => {
  const at = parseInstant('2023-03-13T06:00')
  const run = { job: 'close-period' as const, subject: '2023-W10', version: 1, outcome: 'running' as const }
  const ledger = { ...EMPTY, runs: [{ ...run, startedAt: at, finishedAt: null, attempts: 1 }] }
  const closingsAfter = (minutes: number) =>
    closings(dueJobs(at + minutes * 60_000, ledger, { calendar, firstDay: '2023-03-06' }))
  assert.deepEqual(closingsAfter(29), [])
  assert.deepEqual(closingsAfter(30), ['2023-W10'])
})

test('an installation without a dossier closes nothing and still has its nights', () => {
  const work = dueJobs(parseInstant('2023-03-27T08:00'), EMPTY, null)
  assert.deepEqual(closings(work), [])
  assert.equal(others(work).length, 8)
})

test('dossiers from before the calendar begins close nothing before it', () => {
  const first = closings(due('2019-01-10T08:00', '1999-05-01'))[0]
  assert.equal(first, '2018-W01')
})
