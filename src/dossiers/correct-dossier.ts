import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { closedThrough } from '../../db/queries/late-changes.ts'
import {
  eventsOf,
  pausesOf,
  removeOverdueSpells,
  removeUnitStays,
  replaceStays,
} from '../../db/queries/timeline.ts'
import { voidDocuments } from '../../db/queries/void-documents.ts'
import { catalogueOf, type Procedure, type ProcedureVersion } from '../catalogue/catalogue.ts'
import type { Actor, Deps } from '../deps.ts'
import { type Instant, localDayOf } from '../domain/calendar/day.ts'
import type { Channel } from '../domain/counting/tally.ts'
import { correct, type Right } from '../domain/life-cycle/correction.ts'
import { RuleError } from '../domain/refusals.ts'
import { tellCitizen } from '../messages/tell-citizen.ts'
import { actContext, correctionRight } from './act-context.ts'
import { findDossier } from './act-on-dossier.ts'
import { channelOf, isOnlineLevel } from './blank-dossier.ts'
import { clockPast } from './clock-past.ts'
import { correctedUnits } from './corrected-units.ts'
import { procedureOn } from './intake-place.ts'
import { actingOf, standFor } from './own-unit.ts'
import { staysOfTimeline } from './stays-of-timeline.ts'
import { layStepsAnew } from './steps.ts'
import { storeChange } from './store-change.ts'

/** What should have been said at intake; what is left out was right. */
export interface CorrectionRequest {
  /** The version the actor saw (`If-Match`). */
  readonly version?: number | undefined
  readonly acceptedAt?: Instant | undefined
  readonly procedure?: string | undefined
  readonly channel?: Channel | 'online' | undefined
  readonly receivingUnit?: string | undefined
  readonly resolvingUnit?: string | undefined
  readonly reason?: string | undefined
  readonly note?: string | undefined
}

/** Corrects a dossier from acceptance; its receipt slip becomes void. Run it inside a write. */
export function correctDossier(
  deps: Deps,
  actor: Actor,
  which: string | number,
  request: CorrectionRequest,
): StoredDossier {
  const { db, clock } = deps
  const dossier = findDossier(deps, which)
  if (request.version !== undefined && request.version !== dossier.version) throw new RuleError('stale')
  if (dossier.acceptedAt === null) throw new RuleError('never_accepted')
  const now = clock.now()
  const { right, version } = rightOf(deps, dossier, dossier.acceptedAt, request)
  const pauses = pausesOf(db, dossier.id)
  const { receivingUnitId } = right
  const day = localDayOf(now)
  const unitIds = [dossier.unitId, dossier.receivingUnitId, dossier.holderUnitId]
  const standing = standFor(catalogueOf(db), { actor, permission: 'corrections_ask', unitIds, day, now })
  const context = {
    ...actContext(deps, {
      role: standing.role,
      leave: actor.leave,
      at: now,
      now,
      receivingUnitId,
      version,
      pauses,
    }),
    ...correctionRight(deps, { role: standing.role, leave: actor.leave }, closedThrough(db)),
  }
  const events = eventsOf(db, dossier.id)
  const input = { at: now, hasReason: Boolean(request.reason) }
  const result = correct(dossier, right, clockPast(events, pauses), input, context)
  const { reason, note } = request
  const happening = {
    act: 'correct',
    at: now,
    recordedAt: now,
    actor: actingOf(actor, standing),
    reason,
    note,
  } as const
  const corrected = storeChange(db, dossier, result, happening, {}, () => {
    if (right.unitSince !== dossier.unitSince) removeUnitStays(db, dossier.id)
    if (result.due !== undefined) removeOverdueSpells(db, dossier.id)
    const { acceptedOn } = result.next
    if (acceptedOn !== null && acceptedOn !== dossier.acceptedOn)
      replaceStays(db, dossier.id, staysOfTimeline(events, acceptedOn))
  })
  voidDocuments(db, { dossierId: dossier.id, kind: 'receipt-slip', cause: 'corrected', at: now })
  if (result.due !== undefined) {
    const sameSteps = right.procedureVersionId === dossier.procedureVersionId
    const done = sameSteps
      ? events.filter(({ act }) => act === 'finish_step').map(({ occurredAt }) => occurredAt)
      : []
    layStepsAnew(db, corrected, version.steps, done, context.calendar)
  }
  tellCitizen(deps, actor, corrected, happening)
  return corrected
}

function rightOf(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  dossier: StoredDossier,
  acceptedBefore: Instant,
  request: CorrectionRequest,
): { right: Right; version: ProcedureVersion } {
  const catalogue = catalogueOf(db)
  const acceptedAt = request.acceptedAt ?? acceptedBefore
  const day = localDayOf(acceptedAt)
  const before = catalogue.procedureById.get(dossier.procedureId) as Procedure
  const isOther = request.procedure !== undefined && request.procedure !== before.code
  const isMoved = acceptedAt !== acceptedBefore
  const { procedure, version } =
    isOther || isMoved
      ? procedureOn(catalogue, request.procedure ?? before.code, day)
      : {
          procedure: before,
          version: catalogue.procedureVersionById.get(dossier.procedureVersionId) as ProcedureVersion,
        }
  const isOtherVersion = version.id !== dossier.procedureVersionId
  const asked = request.channel ?? dossier.channel
  const right = {
    acceptedAt,
    procedureId: procedure.id,
    procedureVersionId: version.id,
    channel:
      isOtherVersion || asked !== dossier.channel ? channelOf(asked, procedure, version) : dossier.channel,
    eligible: isOtherVersion ? isOnlineLevel(version.onlineLevel) : dossier.eligible,
    fee: isOtherVersion && dossier.feePaidAt === null ? version.fee * dossier.quantity : dossier.fee,
    ...correctedUnits(catalogue, dossier, request, {
      before,
      procedure,
      day,
      today: localDayOf(clock.now()),
    }),
  }
  return { right, version }
}
