import { askRetry } from '../../db/queries/job-retries.ts'
import { laterRun, runById } from '../../db/queries/job-runs.ts'
import { must } from '../accounts/access.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { Actor, Deps } from '../deps.ts'
import { RuleError } from '../domain/refusals.ts'
import { RECURRING } from '../recurring.ts'

/** What only the latest night does: an earlier one is made good by it. */
const NIGHTLY: ReadonlySet<string> = new Set(
  RECURRING.filter((entry) => 'atMinute' in entry).map(({ job }) => job),
)

/**
 * Asks the workers to try a failed run now instead of at its turn; asked twice it is asked once. Throws `unknown_run`,
 * `run_not_failed`, `run_overtaken`. Run it inside a write.
 */
export function retryRun(deps: Pick<Deps, 'db' | 'clock'>, actor: Actor, id: number): void {
  must(actor, 'jobs')
  const { db, clock } = deps
  const run = runById(db, id)
  if (run === null) throw new RuleError('unknown_run', { run: id })
  const { job, subject, outcome } = run
  if (outcome !== 'failed')
    throw new RuleError('run_not_failed', { state: outcome === 'done' ? 'đã xong' : 'đang chạy' })
  const later = NIGHTLY.has(job) ? laterRun(db, run) : null
  if (later !== null) throw new RuleError('run_overtaken', { subject: later.subject })
  if (!askRetry(db, run, clock.now())) return
  recordAudit(deps, {
    kind: 'job_run',
    actorId: actor.officerId,
    data: { job, subject, outcome: 'retry_asked' },
  })
}
