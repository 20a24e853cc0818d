import assert from 'node:assert/strict'
import type { Db } from '../../../db/open.ts'
import { openAlarms } from '../../../db/queries/alarms.ts'
import { firstCellDay } from '../../../db/queries/cells.ts'
import { lastRecordedAt } from '../../../db/queries/last-event.ts'
import { waitingInOutbox } from '../../../db/queries/outbox.ts'
import { closedPeriodKeys } from '../../../db/queries/periods.ts'
import { localDayOf } from '../../../src/domain/calendar/day.ts'
import { parsePeriod } from '../../../src/domain/calendar/periods.ts'
import { RECURRING } from '../../../src/recurring.ts'
import { periodsToClose } from '../../../src/reports/closed-kinds.ts'
import { closingSpan } from '../../../src/reports/late-closings.ts'
import { report } from '../../../src/reports/report.ts'
import { verifyDatabase } from '../../../src/verify.ts'
import { livesOf, naiveTally } from '../../support/naive-recount.ts'
import type { TestInstallation } from '../../support/test-installation.ts'
import type { Acknowledged } from './clients.ts'

const NIGHT_JOBS = RECURRING.filter((entry) => 'atMinute' in entry).length

/** What every attack must leave: all that was acknowledged, once, and figures that say so. */
export function assertNothingLost(
  installation: TestInstallation,
  acknowledged: readonly Acknowledged[],
  before: number,
): void {
  const { db, clock } = installation
  clock.set(Math.max(clock.now(), lastRecordedAt(db) ?? 0))
  assertKept(db, acknowledged, 'and nothing else')
  assert.equal(dossiersIn(db), before + acknowledged.length, 'no dossier but those acknowledged')
  assertCodesRunOn(db)
  for (const { check, problem } of verifyDatabase(installation)) assert.equal(problem, null, check)
  assertCountedOnce(installation)
}

/** The jobs have done all that was due, each thing once, and no alarm is open. */
export function assertWorkDoneOnce(installation: TestInstallation): void {
  const { db } = installation
  assert.ok(isAllDone(installation))
  const twice =
    'SELECT period_key, unit_id FROM snapshots GROUP BY 1, 2 HAVING count(*) > 1 OR max(revision) > 1'
  assert.deepEqual(db.prepare(twice).all(), [])
  assert.deepEqual(db.prepare(`SELECT * FROM job_runs WHERE outcome <> 'done'`).all(), [])
  assert.deepEqual(openAlarms(db), [])
}

/** Whether every period due at the installation's clock is closed, the night is done, and the ledger says so. */
export function isAllDone(installation: TestInstallation): boolean {
  const { db, clock } = installation
  const span = closingSpan(installation)
  const closed = closedPeriodKeys(db)
  if (span === null || periodsToClose(clock.now(), span).some(({ key }) => !closed.has(key))) return false
  const open = db.prepare(`SELECT count(*) FROM job_runs WHERE outcome <> 'done'`).pluck().get()
  const night = `SELECT count(*) FROM job_runs WHERE subject = ? AND version = 1 AND job <> 'close-period'`
  return (
    open === 0 &&
    waitingInOutbox(db).length === 0 &&
    db.prepare(night).pluck().get(localDayOf(clock.now())) === NIGHT_JOBS
  )
}

export function dossiersIn(db: Db): number {
  return db.prepare('SELECT count(*) FROM dossiers').pluck().get() as number
}

/** Every acknowledged dossier has its code and the acknowledged acts in order, and no act but those not answered yet. */
export function assertKept(
  db: Db,
  acknowledged: readonly Acknowledged[],
  rest: 'and nothing else' | 'and what was not answered',
): void {
  const codeOf = db.prepare('SELECT code FROM dossiers WHERE id = ?').pluck()
  const actsOf = db.prepare('SELECT act FROM events WHERE dossier_id = ? ORDER BY seq').pluck()
  for (const { id, code, acts } of acknowledged) {
    assert.equal(codeOf.get(id), code)
    const stored = actsOf.all(id)
    assert.deepEqual(rest === 'and nothing else' ? stored : stored.slice(0, acts.length), acts, code)
  }
}

/** The codes of each agency and day run 1, 2 … n. */
function assertCodesRunOn(db: Db): void {
  const codes = db.prepare('SELECT code FROM dossiers WHERE code IS NOT NULL').pluck().all() as string[]
  for (const [day, ofDay] of Map.groupBy(codes, (code) => code.slice(0, code.lastIndexOf('-')))) {
    const numbers = ofDay.map((code) => Number(code.slice(day.length + 1))).sort((a, b) => a - b)
    assert.deepEqual(
      numbers,
      numbers.map((_, index) => index + 1),
      day,
    )
  }
}

/** The product's figures of all days are those of the plain recount of the timelines. */
function assertCountedOnce(installation: TestInstallation): void {
  const { db, clock } = installation
  const today = localDayOf(clock.now())
  const days = { from: firstCellDay(db) ?? today, to: today }
  const period = parsePeriod(`${days.from}..${days.to}`)
  const { total, broken } = report(installation, {
    period,
    by: 'unit',
    attribution: 'resolving',
    reading: 'current',
  })
  assert.deepEqual(broken, [])
  assert.deepEqual(total.tally, naiveTally(livesOf(db, today), days))
}
