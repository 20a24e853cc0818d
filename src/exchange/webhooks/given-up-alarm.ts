import type { Db } from '../../../db/open.ts'
import { type Alarm, clearAlarm, raiseAlarm } from '../../../db/queries/alarms.ts'
import { webhookStanding } from '../../../db/queries/webhook-deliveries.ts'
import type { Webhook } from '../../../db/queries/webhooks.ts'
import type { Instant } from '../../domain/calendar/day.ts'
import { formatCount } from '../../domain/counting/rate-format.ts'

/** The alarm about an address stands while messages lie given up and nobody has sent them again. */
export function settleGivenUp(
  db: Db,
  { id, label, url }: Pick<Webhook, 'id' | 'label' | 'url'>,
  now: Instant,
): void {
  const alarm = givenUpAlarm({ id, url })
  const { givenUp } = webhookStanding(db, id)
  if (givenUp === 0) {
    clearAlarm(db, alarm, now)
    return
  }
  const detail = `“${label}” không nhận ${formatCount(givenUp)} tin sau mọi lần thử; các tin này không được gửi lại tự động nữa.`
  raiseAlarm(db, { ...alarm, detail, raisedAt: now })
}

export function givenUpAlarm({ id, url }: Pick<Webhook, 'id' | 'url'>): Pick<Alarm, 'kind' | 'subject'> {
  return { kind: 'webhook_given_up', subject: `${url} (số ${id})` }
}
