import { hostname } from 'node:os'
import type { JobRun } from '../db/queries/job-ledger.ts'
import type { Instant } from './domain/calendar/day.ts'

/** Who claims a run: host and process. */
export function runnerName(): string {
  return `${hostname()}/${process.pid}`
}

/**
 * Whether the runner that claimed `run` is certainly no more: a process of this host that does not exist, or one
 * that had our process id before us. Of other hosts nothing is known; their runs go stale in time.
 */
export function isGone({ runner, startedAt }: Pick<JobRun, 'runner' | 'startedAt'>, now: Instant): boolean {
  const [host, pid] = runner.split('/')
  if (host !== hostname()) return false
  if (Number(pid) === process.pid) return startedAt < now - process.uptime() * 1000
  return !isAlive(Number(pid))
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
