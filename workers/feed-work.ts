import { type Instant, localDayOf } from '../src/domain/calendar/day.ts'
import { feedWaits, wavesSent } from '../src/feed/feed-upward.ts'
import { NIGHT, nightOf } from '../src/recurring.ts'
import type { JobDeps } from './job-deps.ts'
import type { Work } from './schedule.ts'

/**
 * The work of installations that feed each other. A parent tells its children once a night what it holds: restored
 * from a backup it finds that night undone and asks again at once. A child sends whenever something waits; each run
 * is the next wave, so that one that failed is tried again in the ledger's time.
 */
export function feedWork(deps: Pick<JobDeps, 'db' | 'clock' | 'config'>, now: Instant): readonly Work[] {
  const { feedUrl, feedReceiveUrl } = deps.config
  const held = feedReceiveUrl === null ? [] : [workOf('feed-held', nightOf(now, NIGHT), 1)]
  if (feedUrl === null || !feedWaits(deps)) return held
  return [...held, workOf('feed-upward', localDayOf(now), wavesSent(deps) + 1)]
}

function workOf(job: 'feed-upward' | 'feed-held', day: string, version: number): Work {
  return { job, subject: day, version, payload: { day }, outboxId: null }
}
