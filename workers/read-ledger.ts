import { ledgerRows } from '../db/queries/job-ledger.ts'
import { askedRetries } from '../db/queries/job-retries.ts'
import { type OutboxRow, waitingInOutbox } from '../db/queries/outbox.ts'
import { closedPeriodKeys } from '../db/queries/periods.ts'
import type { Instant } from '../src/domain/calendar/day.ts'
import { jobMinutes } from '../src/job-times.ts'
import { feedWork } from './feed-work.ts'
import type { JobDeps } from './job-deps.ts'
import { type Ledger, runKey, type Work } from './schedule.ts'

/** Runs older than this decide nothing any more, closings excepted. */
const LOOK_BACK_MS = 3 * 24 * 60 * 60_000

export function readLedger(deps: Pick<JobDeps, 'db' | 'clock' | 'config'>, now: Instant): Ledger {
  const { db } = deps
  return {
    runs: ledgerRows(db, now - LOOK_BACK_MS),
    closedPeriods: closedPeriodKeys(db),
    requests: [...waitingInOutbox(db).map(requestOf), ...feedWork(deps, now)],
    atOnce: new Set(askedRetries(db).map(runKey)),
    minutes: jobMinutes(db),
  }
}

/** Work asked for by hand runs beside that of the schedule, once for each row of the outbox. */
function requestOf({ id, job, payload: text }: OutboxRow): Work {
  const payload = JSON.parse(text) as Work['payload']
  return { job, subject: subjectOf(payload), version: id + 1, payload, outboxId: id } as Work
}

function subjectOf(payload: Work['payload']): string {
  if ('periodKey' in payload) return payload.periodKey
  if ('register' in payload) return payload.register
  return 'day' in payload ? payload.day : String(payload.importId)
}
