import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import type { JobRun } from '../db/queries/job-ledger.ts'

/** Of this thread's life: a process id may come again, and a process may start its worker thread again. */
const LIFE = randomBytes(4).toString('hex')

/** Who claims a run: host, process, and which life of it. */
export function runnerName(): string {
  return `${hostname()}/${process.pid}/${LIFE}`
}

/**
 * Whether the runner that claimed a run is certainly no more: a process of this host that does not exist, or an
 * earlier life of our own. Of other hosts nothing is known; their runs go stale in time.
 */
export function isGone({ runner }: Pick<JobRun, 'runner'>): boolean {
  const [host, pid, life] = runner.split('/')
  if (host !== hostname()) return false
  return Number(pid) === process.pid ? life !== LIFE : !isAlive(Number(pid))
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
