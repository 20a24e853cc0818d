import { hasFreshRequest } from '../db/queries/outbox.ts'
import type { JobDeps } from './job-deps.ts'

/** What drives the work: BullMQ on Redis, or a timer of our own. */
export interface Runner {
  /** Lets the piece of work at hand finish, takes no more, and resolves. */
  stop(): Promise<void>
}

/** Every minute. */
export const EVERY_MINUTE = '* * * * *'

/** How often a runner looks for work that a person asked for, in ms: they are waiting. */
export const LISTEN_MS = 1_000

/** Whether the outbox has work that nobody has tried yet; what failed waits for its turn at the next minute. */
export function isAskedFor({ db }: Pick<JobDeps, 'db'>): boolean {
  return hasFreshRequest(db)
}
