import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openAlarms } from '../../db/queries/alarms.ts'
import { claimRun, failRun, finishRun, lastGoodRuns } from '../../db/queries/job-ledger.ts'
import { addToOutbox, waitingInOutbox } from '../../db/queries/outbox.ts'
import { upsertPeriod } from '../../db/queries/periods.ts'
import { parsePeriod } from '../../src/domain/calendar/periods.ts'
import { runnerName } from '../../src/runner-name.ts'
import { beatOnce } from '../../workers/embedded-runner.ts'
import { runJob } from '../../workers/run-job.ts'
import type { Work } from '../../workers/schedule.ts'
import { randomHistory } from '../support/random-history.ts'
import { type TempInstallation, tempInstallation } from '../support/temp-installation.ts'

const HALF_HOUR = 30 * 60_000

const WEEK: Work = {
  job: 'close-period',
  subject: '2023-W10',
  version: 1,
  payload: { periodKey: '2023-W10' },
  outboxId: null,
}

function withHistory(moment: string): TempInstallation {
  const installation = tempInstallation('2023-03-06T08:00')
  randomHistory(installation, { from: '2023-03-06', days: 5, perDay: 10, seed: 31 })
  installation.at(moment)
  return installation
}

const runs = ({ db }: TempInstallation) =>
  db
    .prepare(`SELECT job || ' ' || subject || ' ' || outcome || ' ' || attempts FROM job_runs ORDER BY id`)
    .pluck()
    .all()

const revisions = ({ db }: TempInstallation) =>
  db.prepare('SELECT period_key, max(revision) FROM snapshots GROUP BY 1').raw().all()

test('a run is claimed once, and what was done is never claimed again', () => {
  const { db, close } = tempInstallation('2023-03-13T06:00')
  const claim = (runner: string, now: number) => claimRun(db, { ...WEEK, runner, now })
  const run = claim('a/1', 1_000)
  assert.equal(run?.attempts, 1)
  assert.equal(claim('b/2', 2_000), null)
  assert.equal(claim('b/2', 1_000 + HALF_HOUR)?.attempts, 2, 'a stale run may be claimed')
  assert.equal(
    finishRun(db, run!, { rows: 1, checksum: null }, 3_000),
    false,
    'the first runner comes too late',
  )
  const again = claim('c/3', 1_001 + 2 * HALF_HOUR)
  assert.equal(failRun(db, again!, 'x', 5_000), true)
  const last = claim('c/3', 6_000)
  assert.equal(last?.attempts, 4)
  assert.equal(finishRun(db, last!, { rows: 35, checksum: 'abc' }, 7_000), true)
  assert.equal(claim('d/4', Number.MAX_SAFE_INTEGER), null)
  const [good] = lastGoodRuns(db)
  assert.equal(good?.rows, 35)
  assert.equal(good?.checksum, 'abc')
  close()
})

test('one beat closes what is due, recounts, scores, backs up and tidies, the next one copies the backup, and then there is nothing to do', async () => {
  const installation = withHistory('2023-03-13T06:00')
  await beatOnce(installation)
  const first = runs(installation)
  assert.deepEqual(first, [
    'apply-reorganisation 2023-03-13 done 1',
    'close-period 2023-W10 done 1',
    'seal-audit 2023-03-13 done 1',
    'import-folder 2023-03-13 done 1',
    'revise-periods 2023-03-13 done 1',
    'recount 2023-03-13 done 1',
    'recompute-index 2023-03-13 done 1',
    'backup 2023-03-13 done 1',
    'tidy 2023-03-13 done 1',
  ])
  await beatOnce(installation)
  assert.deepEqual(runs(installation), [...first, 'copy-backup 2023-03-13 done 1'])
  const ledger = installation.db.prepare('SELECT * FROM job_runs').all()
  await beatOnce(installation)
  assert.deepEqual(installation.db.prepare('SELECT * FROM job_runs').all(), ledger)
  assert.deepEqual(revisions(installation), [['2023-W10', 1]])
  assert.deepEqual(openAlarms(installation.db), [])
  installation.close()
})

test('a failed job raises an alarm that says why, is tried again, and clears it when it works', async () => {
  const installation = withHistory('2023-03-13T06:00')
  const { db } = installation
  db.exec('ALTER TABLE snapshots RENAME TO snapshots_gone')
  assert.equal(await runJob(installation, WEEK), 'failed')
  const [alarm] = openAlarms(db)
  assert.equal(alarm?.kind, 'job_failed')
  assert.match(alarm!.detail, /^Chốt kỳ báo cáo \(2023-W10\), lần thứ 1: .*snapshots/)
  assert.equal(db.prepare('SELECT count(*) FROM periods').pluck().get(), 0, 'nothing of the closing is left')
  db.exec('ALTER TABLE snapshots_gone RENAME TO snapshots')
  assert.equal(await runJob(installation, WEEK), 'done')
  assert.deepEqual(openAlarms(db), [])
  assert.deepEqual(runs(installation), ['close-period 2023-W10 done 2'])
  installation.close()
})

test('a period that cannot be closed raises closing_late after an hour, not before, and closing it clears the alarm', async () => {
  const installation = withHistory('2023-03-13T06:00')
  const { db } = installation
  db.exec('ALTER TABLE snapshots RENAME TO snapshots_gone')
  const kinds = () =>
    openAlarms(db)
      .map(({ kind, subject }) => `${kind} ${subject}`)
      .filter((text) => text.startsWith('closing'))
  await beatOnce(installation)
  installation.at('2023-03-13T06:59')
  await beatOnce(installation)
  assert.deepEqual(kinds(), [])
  installation.at('2023-03-13T07:00')
  await beatOnce(installation)
  assert.deepEqual(kinds(), ['closing_late 2023-W10'])
  db.exec('ALTER TABLE snapshots_gone RENAME TO snapshots')
  installation.at('2023-03-13T09:00')
  await beatOnce(installation)
  assert.deepEqual(openAlarms(db), [])
  installation.close()
})

test('three weeks missed are caught up in one beat without an alarm', async () => {
  const installation = withHistory('2023-03-27T09:00')
  await beatOnce(installation)
  const closed = installation.db.prepare('SELECT key FROM periods ORDER BY closed_at, rowid').pluck().all()
  assert.deepEqual(closed, ['2023-W10', '2023-03@15-14', '2023-Q1@15-14', '2023-W11', '2023-W12'])
  assert.deepEqual(openAlarms(installation.db), [])
  assert.equal(installation.db.prepare('SELECT count(*) FROM alarms').pluck().get(), 0)
  installation.close()
})

test('a run left behind by a dead process is done at the next beat: before its effect, and after it', async () => {
  for (const isClosed of [false, true]) {
    const installation = withHistory('2023-03-13T06:00')
    const { db, clock } = installation
    const host = runnerName().split('/')[0]
    if (isClosed) await runJob(installation, WEEK)
    db.prepare('DELETE FROM job_runs').run()
    claimRun(db, { ...WEEK, runner: `${host}/999999999`, now: clock.now() })
    await beatOnce(installation)
    assert.deepEqual(revisions(installation), [['2023-W10', 1]], `closed before: ${isClosed}`)
    assert.equal(runs(installation)[0], 'close-period 2023-W10 done 2')
    assert.deepEqual(openAlarms(db), [])
    installation.close()
  }
})

test('a run of a living process, or of another host, is left alone', async () => {
  const installation = withHistory('2023-03-13T06:00')
  const { db, clock } = installation
  claimRun(db, { ...WEEK, runner: 'another-host/999999999', now: clock.now() })
  await beatOnce(installation)
  assert.equal(runs(installation)[0], 'close-period 2023-W10 running 1')
  db.prepare('UPDATE job_runs SET runner = ?').run(runnerName())
  await beatOnce(installation)
  assert.equal(runs(installation)[0], 'close-period 2023-W10 running 1')
  installation.close()
})

test('a run that an earlier life of this process left behind is done at the next beat', async () => {
  const installation = withHistory('2023-03-13T06:00')
  const { db, clock } = installation
  const [host, pid] = runnerName().split('/')
  claimRun(db, { ...WEEK, runner: `${host}/${pid}/another`, now: clock.now() })
  await beatOnce(installation)
  assert.equal(runs(installation)[0], 'close-period 2023-W10 done 2')
  assert.deepEqual(openAlarms(db), [])
  installation.close()
})

test('a run that another host claimed in the future, before the clock was set back, does not stop the work', async () => {
  const installation = withHistory('2023-03-13T06:00')
  const { db, clock } = installation
  claimRun(db, { ...WEEK, runner: 'another-host/1/x', now: clock.now() + HALF_HOUR })
  await beatOnce(installation)
  assert.equal(runs(installation)[0], 'close-period 2023-W10 done 2')
  installation.close()
})

test('work asked for through the outbox is done once beside the schedule’s, and its row is marked', async () => {
  const installation = withHistory('2023-03-10T12:00')
  const { db, clock } = installation
  await beatOnce(installation)
  addToOutbox(db, { job: 'recount', payload: JSON.stringify({ day: '2023-03-10' }) }, clock.now())
  addToOutbox(db, { job: 'recount', payload: JSON.stringify({ day: '2023-03-10' }) }, clock.now())
  await beatOnce(installation)
  await beatOnce(installation)
  assert.deepEqual(waitingInOutbox(db), [])
  assert.equal(
    db.prepare(`SELECT count(*) FROM job_runs WHERE job = 'recount' AND outcome = 'done'`).pluck().get(),
    3,
  )
  installation.close()
})

test('a period closed outside the ledger is no longer due', async () => {
  const installation = withHistory('2023-03-13T06:00')
  const { db } = installation
  upsertPeriod(db, parsePeriod('2023-W10'))
  db.prepare('UPDATE periods SET closed_at = 1').run()
  await beatOnce(installation)
  assert.ok(!runs(installation).some((run) => String(run).startsWith('close-period')))
  installation.close()
})

test('from 1 October the missing calendar of next year is an alarm, until it is entered', async () => {
  const installation = tempInstallation('2023-03-06T08:00')
  const { db } = installation
  const decided = db.prepare('SELECT decided_through FROM calendar_versions').pluck().get() as number
  const kinds = () => openAlarms(db).map(({ kind, subject }) => `${kind} ${subject}`)
  installation.at(`${decided}-09-30T09:00`)
  await beatOnce(installation)
  assert.deepEqual(kinds(), [])
  installation.at(`${decided}-10-01T09:00`)
  await beatOnce(installation)
  assert.deepEqual(kinds(), [`calendar_undecided ${decided + 1}`])
  installation.close()
})
