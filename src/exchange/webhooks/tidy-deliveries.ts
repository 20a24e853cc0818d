import { removeOldDeliveries } from '../../../db/queries/tidy.ts'
import { listWebhooks } from '../../../db/queries/webhooks.ts'
import type { Deps } from '../../deps.ts'
import { settleGivenUp } from './given-up-alarm.ts'

const KEPT_MS = 30 * 24 * 60 * 60_000

/** Removes messages delivered 30 days ago, and those given up; what waits is never removed. */
export function tidyDeliveries({ db, clock }: Pick<Deps, 'db' | 'clock'>): number {
  const now = clock.now()
  const removed = removeOldDeliveries(db, now - KEPT_MS)
  const settle = db.transaction(() => {
    for (const webhook of listWebhooks(db)) settleGivenUp(db, webhook, now)
  })
  settle.immediate()
  return removed
}
