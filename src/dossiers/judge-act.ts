import type { Db } from '../../db/open.ts'
import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { receiptsOf } from '../../db/queries/fee-receipts.ts'
import { pausesOf } from '../../db/queries/timeline.ts'
import type { ProcedureVersion } from '../catalogue/catalogue.ts'
import { type Catalogue, catalogueOf, type Procedure, versionOn } from '../catalogue/catalogue.ts'
import type { Actor, Deps } from '../deps.ts'
import { type Instant, type LocalDay, localDayOf } from '../domain/calendar/day.ts'
import { ACT_RULES } from '../domain/life-cycle/act-rules.ts'
import type { ActContext, ActInput, ActResult } from '../domain/life-cycle/acts.ts'
import type { Dossier } from '../domain/life-cycle/dossier.ts'
import type { Act, PlainAct } from '../domain/life-cycle/life-cycle.ts'
import { RuleError } from '../domain/refusals.ts'
import { validReceipt } from '../fees/owes-receipt.ts'
import { actContext } from './act-context.ts'
import { isOnlineLevel } from './blank-dossier.ts'
import { assigneeOf } from './intake-place.ts'
import { type Standing, standFor } from './own-unit.ts'
import { placeOn, unitsOn } from './units-on.ts'

export interface ActRequest extends Partial<Omit<ActInput, 'hasReason' | 'assigneeId'>> {
  readonly act: PlainAct
  /** The version the actor saw (`If-Match`); a dossier changed since then is refused as stale. */
  readonly version?: number | undefined
  readonly assignee?: string | undefined
  readonly reason?: string | undefined
  readonly note?: string | undefined
}

/** An act as the rules see it, and what they make of it. */
export interface JudgedAct {
  readonly at: Instant
  /** As it was before: a submission stands under the law of the day on which it is received. */
  readonly dossier: StoredDossier
  readonly version: ProcedureVersion
  readonly receivingUnitId: number
  readonly standing: Standing
  readonly context: ActContext
  readonly result: ActResult
}

/** Judges an act on a dossier without doing it: for the act itself, and to show beforehand what it would do. */
export function judgeAct(deps: Deps, actor: Actor, stored: StoredDossier, request: ActRequest): JudgedAct {
  const { db, clock } = deps
  const now = clock.now()
  const at = request.at ?? now
  const day = localDayOf(at)
  const catalogue = catalogueOf(db)
  const dossier = RECEIVING_ACTS.has(request.act) ? underLawOf(catalogue, stored, day) : stored
  const version = catalogue.procedureVersionById.get(dossier.procedureVersionId) as ProcedureVersion
  const { receivingUnitId } = placeOn(deps, dossier, day)
  const unitIds = unitsOn(deps, dossier, day)
  const standing = standFor(catalogue, { actor, permission: 'dossiers_write', unitIds, day, now })
  const context = actContext(deps, {
    role: standing.role,
    leave: actor.leave,
    at,
    now,
    receivingUnitId,
    version,
    pauses: pausesOf(db, dossier.id),
  })
  const input: ActInput = {
    ...definedOnly(request),
    at,
    hasReason: Boolean(request.reason),
    ...(request.assignee !== undefined && { assigneeId: assigneeOf(catalogue, request.assignee) }),
  }
  const result = ACT_RULES[request.act](dossier, input, context)
  checkReceipt(db, dossier, result.next)
  return { at, dossier, version, receivingUnitId, standing, context, result }
}

/** What a valid receipt says of the money stays so until it is voided. */
function checkReceipt(db: Db, before: StoredDossier, { fee, feePaidAt, feePayment }: Dossier): void {
  if (fee === before.fee && feePaidAt === before.feePaidAt && feePayment === before.feePayment) return
  const valid = validReceipt(receiptsOf(db, before.id))
  if (valid !== undefined)
    throw new RuleError('fee_receipted', { dossier: before.code ?? before.id, receipt: valid.number })
}

const RECEIVING_ACTS: ReadonlySet<Act> = new Set(['accept', 'resolve_at_once'])

/** A submission under the law of the day it is received: a new version of the procedure may have come in between. */
function underLawOf(catalogue: Catalogue, dossier: StoredDossier, day: LocalDay): StoredDossier {
  if (dossier.acceptedAt !== null) return dossier
  const procedure = catalogue.procedureById.get(dossier.procedureId) as Procedure
  const version = versionOn(procedure.versions, day)
  if (version === undefined) throw new RuleError('procedure_not_in_force', { procedure: procedure.code, day })
  return { ...dossier, procedureVersionId: version.id, eligible: isOnlineLevel(version.onlineLevel) }
}

function definedOnly(request: ActRequest): Partial<ActInput> {
  return Object.fromEntries(
    Object.entries(request).filter(([, value]) => value !== undefined),
  ) as Partial<ActInput>
}
