import { type Alarm, clearAlarm, raiseAlarm } from '../../db/queries/alarms.ts'
import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { failedMessages } from '../../db/queries/messages.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { unitName } from '../catalogue/unit-choices.ts'
import type { Deps } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { formatCount } from '../domain/counting/rate-format.ts'

/** For how long address and text of a settled message are kept. In ms. */
export const KEPT_MS = 30 * 24 * 60 * 60_000

/** The alarm of a unit stands while messages about what it received lie failed, and nobody has sent or passed them over. */
export function settleFailed(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { receivingUnitId }: Pick<StoredDossier, 'receivingUnitId'>,
): void {
  const now = clock.now()
  const unit = catalogueOf(db).unitById.get(receivingUnitId)
  const alarm: Pick<Alarm, 'kind' | 'subject'> = { kind: 'message_failed', subject: unit?.key ?? '' }
  const failed = failedMessages(db, receivingUnitId, now - 2 * KEPT_MS)
  if (failed === 0) {
    clearAlarm(db, alarm, now)
    return
  }
  const detail = `${unitName(unit, localDayOf(now))}: ${formatCount(failed)} tin cho người dân không gửi được.`
  raiseAlarm(db, { ...alarm, detail, raisedAt: now })
}
