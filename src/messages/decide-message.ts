import { findDossierById, type StoredDossier } from '../../db/queries/dossiers.ts'
import {
  endMessage,
  findMessage,
  insertMessage,
  type MessageRow,
  reviveMessage,
} from '../../db/queries/messages.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Actor, Deps } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'
import { standFor } from '../dossiers/own-unit.ts'
import { settleFailed } from './failed-alarm.ts'
import { sendMoment } from './message-moments.ts'
import { newAddressOf } from './recipient.ts'

/** Stops a message that waits, or passes over one that failed. Run it inside a write. */
export function stopMessage(deps: Deps, actor: Actor, id: number): void {
  const { message, dossier } = mine(deps, actor, id)
  const { status } = message
  if (status !== 'held' && status !== 'failed') throw new RuleError('message_gone')
  const error = status === 'held' ? 'by_hand' : 'dismissed'
  endMessage(deps.db, id, { status: 'stopped', at: deps.clock.now(), error })
  settleFailed(deps, dossier)
  audit(deps, actor, message, 'stopped')
}

/**
 * Sends one that failed again at the next office hour: the same with the same id; where the applicant has another address
 * now, a new one to that, in whose favour the failed one ends. Run it inside a write.
 */
export function resendMessage(deps: Deps, actor: Actor, id: number): void {
  const { db, clock } = deps
  const { message, dossier } = mine(deps, actor, id)
  if (message.status !== 'failed') throw new RuleError('message_not_failed')
  if (message.toSealed === null || message.textSealed === null) throw new RuleError('message_erased')
  const calendar = catalogueOf(db).calendar(dossier.receivingUnitId)
  const [now, to] = [clock.now(), newAddressOf(deps, message, dossier)]
  const sendAt = sendMoment(calendar, now)
  if (to === null) reviveMessage(db, id, sendAt)
  else {
    endMessage(db, id, { status: 'stopped', at: now, error: 'readdressed' })
    const again = { ...message, toSealed: deps.vault.seal(to), createdAt: now, createdById: actor.officerId }
    insertMessage(db, { ...again, sendAt })
  }
  settleFailed(deps, dossier)
  audit(deps, actor, message, 'resent')
}

interface Mine {
  readonly message: MessageRow
  readonly dossier: StoredDossier
}

/** Whoever may work on the dossier decides about its messages. */
function mine({ db, clock }: Deps, actor: Actor, id: number): Mine {
  const message = findMessage(db, id)
  if (message === null) throw new RuleError('unknown_message', { message: id })
  const dossier = findDossierById(db, message.dossierId) as StoredDossier
  const now = clock.now()
  const unitIds = [dossier.unitId, dossier.receivingUnitId, dossier.holderUnitId]
  standFor(catalogueOf(db), { actor, permission: 'dossiers_write', unitIds, day: localDayOf(now), now })
  return { message, dossier }
}

function audit(deps: Deps, actor: Actor, { id, dossierId }: MessageRow, what: 'stopped' | 'resent'): void {
  const data = { message: id, what }
  recordAudit(deps, { kind: 'message_changed', actorId: actor.officerId, dossierId, data })
}
