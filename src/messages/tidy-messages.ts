import { openAlarms } from '../../db/queries/alarms.ts'
import { forgetOldMessages } from '../../db/queries/messages.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Deps } from '../deps.ts'
import { KEPT_MS, settleFailed } from './failed-alarm.ts'

const AT_ONCE = 1_000

/** Takes address and text away from messages settled 30 days ago; that they were, when and how they ended stays. */
export function tidyMessages(deps: Pick<Deps, 'db' | 'clock'>): number {
  const { db, clock } = deps
  const before = clock.now() - KEPT_MS
  let forgotten = 0
  for (let n = AT_ONCE; n === AT_ONCE; forgotten += n) n = forgetOldMessages(db, before, AT_ONCE)
  const settle = db.transaction(() => {
    for (const { kind, subject } of openAlarms(db)) {
      const unit = catalogueOf(db).unitByKey.get(subject)
      if (kind === 'message_failed' && unit !== undefined) settleFailed(deps, { receivingUnitId: unit.id })
    }
  })
  settle.immediate()
  return forgotten
}
