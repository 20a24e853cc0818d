import { type LoggedDelivery, webhookStanding } from '../../../db/queries/webhook-deliveries.ts'
import type { Webhook } from '../../../db/queries/webhooks.ts'
import { catalogueOf } from '../../catalogue/catalogue.ts'
import type { Deps } from '../../deps.ts'
import { type Instant, localDayOf, printInstant } from '../../domain/calendar/day.ts'
import { rowLabel } from '../../reports/row-label.ts'
import type { DeliveryJson, WebhookJson } from './webhook-schemas.ts'

/** A webhook and how it stands, without its secret. */
export function webhookJson({ db, clock }: Pick<Deps, 'db' | 'clock'>, webhook: Webhook): WebhookJson {
  const { id, label, url, acts, unitId, createdAt, pausedAt } = webhook
  const standing = webhookStanding(db, id)
  return {
    id,
    label,
    url,
    acts,
    unit: unitId === null ? null : rowLabel(catalogueOf(db), 'unit', unitId, localDayOf(clock.now())),
    createdAt: printInstant(createdAt),
    pausedAt: printed(pausedAt),
    lastDeliveredAt: printed(standing.lastDeliveredAt),
    waiting: standing.waiting,
    givenUp: standing.givenUp,
    failingSince: printed(standing.failingSince),
  }
}

export function deliveryJson(delivery: LoggedDelivery): DeliveryJson {
  const { id, body, act, dossierId, code, status, attempts, lastStatus, lastError } = delivery
  return {
    id,
    messageId: (JSON.parse(body) as { id: string }).id,
    act,
    dossierId,
    dossierCode: code,
    status,
    attempts,
    nextAt: printed(delivery.nextAt),
    lastStatus,
    lastError,
    createdAt: printInstant(delivery.createdAt),
    deliveredAt: printed(delivery.deliveredAt),
  }
}

function printed(at: Instant | null): string | null {
  return at === null ? null : printInstant(at)
}
