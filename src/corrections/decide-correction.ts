import { type CorrectionRow, decideCorrection, findCorrection } from '../../db/queries/correction-requests.ts'
import { readSetting } from '../../db/queries/settings.ts'
import { eventIdOf } from '../../db/queries/timeline.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Actor, Deps } from '../deps.ts'
import { RuleError } from '../domain/refusals.ts'
import { SECOND_PERSON } from '../dossiers/act-context.ts'
import { type Standing, standFor } from '../dossiers/own-unit.ts'
import { perform } from './entry.ts'
import { openEntry } from './sealed-entry.ts'
import { deciding } from './seen-corrections.ts'

/**
 * Approves a request: what was asked for is done exactly so, in the name of who asked, at its own time. What the rules
 * refuse by now stays waiting. Run it inside a write.
 */
export function approveCorrection(deps: Deps, actor: Actor, id: number, note?: string): CorrectionRow {
  const { db } = deps
  const request = toDecide(deps, actor, id)
  const asked = openEntry(deps, request.request)
  const by = { ...asked.actor, leave: 'approved', askedAt: request.requestedAt } as const
  const dossier = perform(deps, by, asked.entry)
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

const DECIDED = { approved: 'duyệt', rejected: 'từ chối' } as const

interface WaitingRow extends CorrectionRow {
  readonly request: Buffer
}

/** The request, if it still waits and this person may decide it. */
function toDecide(deps: Deps, actor: Actor, id: number): WaitingRow {
  const { db } = deps
  const row = findCorrection(db, id)
  if (row === null) throw new RuleError('unknown_request', { request: id })
  if (row.status !== 'waiting' || row.request === null) {
    throw new RuleError('request_decided', { decided: row.status === 'waiting' ? '' : DECIDED[row.status] })
  }
  const waiting = { ...row, request: row.request }
  mustBeAnother(deps, waiting, actor, standFor(catalogueOf(db), deciding(deps, actor, row)))
  return waiting
}

/**
 * Refuses (`own_request`) whoever would answer themselves: the person who asked, or one of the two where one stands in
 * for the other. A head may without a second person, unless that is asked for; a substitute never, for the right is not
 * their own.
 */
function mustBeAnother(deps: Deps, row: WaitingRow, { officerId }: Actor, { onBehalfOfId }: Standing): void {
  const asked = [row.requestedBy, inWhoseName(deps, row)]
  const isOwn = [officerId, onBehalfOfId].some((id) => id !== null && asked.includes(id))
  const needsAnother = onBehalfOfId !== null || readSetting(deps.db, SECOND_PERSON) === true
  if (isOwn && needsAnother) throw new RuleError('own_request')
}

/** What can no longer be opened can still be rejected. */
function inWhoseName(deps: Deps, { request }: WaitingRow): number | null {
  try {
    return openEntry(deps, request).onBehalfOfId ?? null
  } catch (error) {
    if (error instanceof RuleError) return null
    throw error
  }
}
