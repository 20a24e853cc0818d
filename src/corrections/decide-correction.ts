import { type CorrectionRow, decideCorrection, findCorrection } from '../../db/queries/correction-requests.ts'
import { readSetting } from '../../db/queries/settings.ts'
import { eventIdOf } from '../../db/queries/timeline.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Actor, Deps } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import type { ActorRole } from '../domain/life-cycle/acts.ts'
import { RuleError } from '../domain/refusals.ts'
import { SECOND_PERSON } from '../dossiers/act-context.ts'
import { roleFor } from '../dossiers/own-unit.ts'
import { perform } from './entry.ts'
import { openEntry } from './sealed-entry.ts'

/**
 * Approves a request: what was asked for is done exactly so, in the name of who asked, at its own time. What the rules
 * refuse by now stays waiting. Run it inside a write.
 */
export function approveCorrection(deps: Deps, actor: Actor, id: number, note?: string): CorrectionRow {
  const { db } = deps
  const { request } = toDecide(deps, actor, id)
  const asked = openEntry(deps, request)
  const dossier = perform(deps, { ...asked.actor, leave: 'approved' }, asked.entry)
  return settle(deps, actor, id, {
    status: 'approved',
    decisionNote: note || null,
    dossierId: dossier.id,
    eventId: eventIdOf(db, dossier.id, dossier.version),
  })
}

/** Rejects a request with a word to who asked; nothing is done. Run it inside a write. */
export function rejectCorrection(deps: Deps, actor: Actor, id: number, note: string): CorrectionRow {
  toDecide(deps, actor, id)
  if (note.trim() === '') throw new RuleError('reason_required', { act: 'Từ chối đề nghị' })
  return settle(deps, actor, id, { status: 'rejected', decisionNote: note, dossierId: null, eventId: null })
}

type Outcome = Omit<Parameters<typeof decideCorrection>[2], 'decidedBy' | 'decidedAt'>

function settle(deps: Deps, actor: Actor, id: number, outcome: Outcome): CorrectionRow {
  const { db, clock } = deps
  decideCorrection(db, id, { ...outcome, decidedBy: actor.officerId, decidedAt: clock.now() })
  const row = findCorrection(db, id) as CorrectionRow
  recordAudit(deps, {
    ...{ kind: 'correction_decided', actorId: actor.officerId, dossierId: row.dossierId ?? undefined },
    data: { request: id, outcome: outcome.status },
  })
  return row
}

const DECIDERS: ReadonlySet<ActorRole> = new Set(['head', 'supervisor', 'operator', 'system'])
const DECIDED = { approved: 'duyệt', rejected: 'từ chối' } as const

/** The request, if it still waits and this person may decide it. */
function toDecide(
  { db, clock }: Deps,
  actor: Actor,
  id: number,
): CorrectionRow & { readonly request: Buffer } {
  const row = findCorrection(db, id)
  if (row === null) throw new RuleError('unknown_request', { request: id })
  if (row.status !== 'waiting' || row.request === null) {
    throw new RuleError('request_decided', { decided: row.status === 'waiting' ? '' : DECIDED[row.status] })
  }
  const own = { actor, unitIds: [row.unitId], day: row.day, today: localDayOf(clock.now()) }
  if (!DECIDERS.has(roleFor(catalogueOf(db), own))) throw new RuleError('not_a_decider')
  if (row.requestedBy === actor.officerId && readSetting(db, SECOND_PERSON) === true) {
    throw new RuleError('own_request')
  }
  return { ...row, request: row.request }
}
