import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { insertMessage } from '../../db/queries/messages.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Actor, Deps } from '../deps.ts'
import { type Instant, localDayOf } from '../domain/calendar/day.ts'
import type { Act } from '../domain/life-cycle/life-cycle.ts'
import { MESSAGE_OF_ACT, type MessageTemplate } from '../domain/messages/message-rules.ts'
import { lastWorkingDay, sendMoment } from './message-moments.ts'
import { messageSettings, WAYS } from './message-settings.ts'
import { channelsOf } from './messaging.ts'
import { recipientOf } from './recipient.ts'
import { renderMessage } from './render-message.ts'
import { reviewHeld } from './review-message.ts'

const MINUTE_MS = 60_000
const TOLD: Partial<Record<Act, MessageTemplate>> = MESSAGE_OF_ACT

/**
 * Keeps ready what the citizen is told of an act, and looks at what waits about the same dossier: it must be true of what
 * the act has made of it. Within the write of the act; what imports, seeds and jobs do is told to nobody, nor what was
 * over before the last working day.
 */
export function tellCitizen(
  deps: Deps,
  actor: Actor,
  dossier: StoredDossier,
  { act, at }: { readonly act: Act; readonly at: Instant },
): void {
  const { db, clock, vault, messages: messaging } = deps
  if (messaging == null) return
  reviewHeld(deps, messaging, dossier)
  const template = TOLD[act]
  const calendar = catalogueOf(db).calendar(dossier.receivingUnitId)
  const now = clock.now()
  if (template === undefined || actor.role === 'system') return
  if (localDayOf(at) < lastWorkingDay(calendar, localDayOf(now))) return
  const { holdMinutes, ways } = messageSettings(db)
  const there = channelsOf(messaging)
  const wanted = WAYS[ways[template]].channels.filter((channel) => there.includes(channel))
  const recipient = recipientOf(deps, dossier, wanted)
  if (recipient === null) return
  const { channel, to, name } = recipient
  const text = renderMessage(deps, messaging, dossier, { template, channel, name })
  insertMessage(db, {
    ...{ dossierId: dossier.id, template, channel, dossierVersion: dossier.version },
    toSealed: vault.seal(to),
    textSealed: vault.seal(JSON.stringify(text)),
    createdAt: now,
    createdById: actor.officerId,
    sendAt: sendMoment(calendar, now + holdMinutes * MINUTE_MS),
  })
}
