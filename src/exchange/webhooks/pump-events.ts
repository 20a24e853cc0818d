import type { StoredDossier } from '../../../db/queries/dossiers.ts'
import { insertDelivery } from '../../../db/queries/webhook-deliveries.ts'
import {
  advanceWebhook,
  type EventAfter,
  eventsAfter,
  listWebhooks,
  type Webhook,
} from '../../../db/queries/webhooks.ts'
import { catalogueOf, type Unit } from '../../catalogue/catalogue.ts'
import type { Deps } from '../../deps.ts'
import { localDayOf } from '../../domain/calendar/day.ts'
import { scopeUnits } from '../../reports/scope.ts'
import { dossierAfter, eventMessage } from './event-message.ts'

/** Events looked at before anybody else gets the database. */
const SLICE = 200

/**
 * Makes messages of the events that were recorded since, a slice for each address that is not paused; says whether
 * there are more. Messages are composed before the transaction: it only writes them and how far it got, or nothing
 * where somebody else has been faster.
 */
export function pumpEvents(deps: Pick<Deps, 'db' | 'clock'>): boolean {
  const { db, clock } = deps
  let more = false
  for (const webhook of listWebhooks(db)) {
    if (webhook.pausedAt !== null) continue
    const events = eventsAfter(db, webhook.lastEventId, SLICE)
    const last = events.at(-1)
    if (last === undefined) continue
    const messages = messagesFor(deps, webhook, events)
    const store = db.transaction(() => {
      if (!advanceWebhook(db, webhook.id, webhook.lastEventId, last.id)) return
      for (const [eventId, body] of messages) insertDelivery(db, webhook.id, eventId, body, clock.now())
    })
    store.immediate()
    more ||= events.length === SLICE
  }
  return more
}

function messagesFor(
  deps: Pick<Deps, 'db' | 'clock'>,
  { acts, unitId }: Webhook,
  events: readonly EventAfter[],
): readonly (readonly [eventId: number, body: string])[] {
  const units = unitId === null ? null : unitsOf(deps, unitId)
  const concerns = ({ unitId, receivingUnitId }: StoredDossier) =>
    units === null || units.has(unitId) || units.has(receivingUnitId)
  return events.flatMap((event) => {
    if (acts !== null && !acts.includes(event.act)) return []
    const dossier = dossierAfter(deps, event)
    return concerns(dossier) ? [[event.id, eventMessage(deps, event, dossier)] as const] : []
  })
}

/** The unit and all below it today. */
function unitsOf({ db, clock }: Pick<Deps, 'db' | 'clock'>, unitId: number): ReadonlySet<number> {
  const catalogue = catalogueOf(db)
  const { key } = catalogue.unitById.get(unitId) as Unit
  return new Set(scopeUnits(catalogue, key, localDayOf(clock.now())))
}
