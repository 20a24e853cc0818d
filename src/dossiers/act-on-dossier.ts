import { voidDocumentsOf } from '../../db/queries/documents.ts'
import { findDossierByCode, findDossierById, type StoredDossier } from '../../db/queries/dossiers.ts'
import { pausesOf, unitStaysOf } from '../../db/queries/timeline.ts'
import {
  type Catalogue,
  catalogueOf,
  type Procedure,
  type ProcedureVersion,
  type Unit,
  versionOn,
} from '../catalogue/catalogue.ts'
import type { Actor, Deps } from '../deps.ts'
import { type LocalDay, localDayOf } from '../domain/calendar/day.ts'
import { unitOn } from '../domain/counting/stays.ts'
import { ACT_RULES } from '../domain/life-cycle/act-rules.ts'
import type { ActInput } from '../domain/life-cycle/acts.ts'
import type { Act, PlainAct } from '../domain/life-cycle/life-cycle.ts'
import { RuleError } from '../domain/refusals.ts'
import { tellCitizen } from '../messages/tell-citizen.ts'
import { actContext } from './act-context.ts'
import { isOnlineLevel } from './blank-dossier.ts'
import { acceptanceCode } from './dossier-numbers.ts'
import { assigneeOf } from './intake-place.ts'
import { actingOf, standFor } from './own-unit.ts'
import { endRunningStep, finishRunningStep, startSteps } from './steps.ts'
import { storeChange } from './store-change.ts'

export interface ActRequest extends Partial<Omit<ActInput, 'hasReason' | 'assigneeId'>> {
  readonly act: PlainAct
  /** The version the actor saw (`If-Match`); a dossier changed since then is refused as stale. */
  readonly version?: number | undefined
  readonly assignee?: string | undefined
  readonly reason?: string | undefined
  readonly note?: string | undefined
}

/** Does one act of the life cycle on a dossier, found by code or id. Run it inside a write. */
export function actOnDossier(
  deps: Deps,
  actor: Actor,
  which: string | number,
  request: ActRequest,
): StoredDossier {
  const { db, clock } = deps
  const stored = findDossier(deps, which)
  if (request.version !== undefined && request.version !== stored.version) throw new RuleError('stale')
  const now = clock.now()
  const at = request.at ?? now
  const catalogue = catalogueOf(db)
  const dossier = RECEIVING_ACTS.has(request.act) ? underLawOf(catalogue, stored, localDayOf(at)) : stored
  const procedureVersion = catalogue.procedureVersionById.get(dossier.procedureVersionId) as ProcedureVersion
  const day = localDayOf(at)
  const place = placeOn(deps, dossier, day)
  const unitIds = [
    place.unitId,
    place.receivingUnitId,
    place.holderUnitId,
    ...stepUnits(catalogue, procedureVersion),
  ]
  const standing = standFor(catalogue, { actor, permission: 'dossiers_write', unitIds, day, now })
  const context = actContext(deps, {
    role: standing.role,
    leave: actor.leave,
    at,
    now,
    receivingUnitId: place.receivingUnitId,
    version: procedureVersion,
    pauses: pausesOf(db, dossier.id),
  })
  const input: ActInput = {
    ...definedOnly(request),
    at,
    hasReason: Boolean(request.reason),
    ...(request.assignee !== undefined && { assigneeId: assigneeOf(catalogue, request.assignee) }),
  }
  const result = ACT_RULES[request.act](dossier, input, context)
  const newlyAccepted = dossier.acceptedOn === null ? result.next.acceptedOn : null
  const desk = newlyAccepted === null ? {} : { code: codeOf(deps, place.receivingUnitId, newlyAccepted) }
  const happening = {
    act: request.act,
    at,
    recordedAt: now,
    actor: actingOf(actor, standing),
    reason: request.reason,
    note: request.note,
  }
  const changed = storeChange(db, stored, result, happening, desk)
  if (request.act === 'finish_step') finishRunningStep(db, dossier.id, at, context.calendar)
  if (procedureVersion.steps.length > 0) {
    if (newlyAccepted !== null) startSteps(db, dossier.id, procedureVersion.steps, at, context.calendar)
    if (changed.endedOn !== null || changed.state === 'voided') endRunningStep(db, dossier.id, at)
  }
  if (changed.state === 'voided') voidDocumentsOf(db, dossier.id, now)
  tellCitizen(deps, actor, changed, happening)
  return changed
}

export function findDossier({ db }: Pick<Deps, 'db'>, which: string | number): StoredDossier {
  const dossier = typeof which === 'number' ? findDossierById(db, which) : findDossierByCode(db, which)
  if (dossier === null) throw new RuleError('unknown_dossier', { dossier: which })
  return dossier
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

/** Where the dossier was on `day`: what is dated before a reorganisation is its old unit's doing, under its code. */
function placeOn({ db }: Deps, dossier: StoredDossier, day: LocalDay) {
  if (dossier.unitSince === null || day >= dossier.unitSince) return dossier
  const { unitId, receivingUnitId } = unitOn(dossier, unitStaysOf(db, dossier.id), day)
  return { unitId, receivingUnitId, holderUnitId: unitId }
}

/** Units that have a step of their own in an inter-agency procedure. */
function stepUnits({ unitByKey }: Catalogue, { steps }: ProcedureVersion): readonly number[] {
  return steps.flatMap(({ actor }) => unitByKey.get(actor)?.id ?? [])
}

function codeOf({ db }: Deps, receivingUnitId: number, acceptedOn: LocalDay): string {
  const unit = catalogueOf(db).unitById.get(receivingUnitId) as Unit
  const version = versionOn(unit.versions, acceptedOn)
  if (version === undefined) throw new RuleError('unit_not_in_force', { unit: unit.key, day: acceptedOn })
  return acceptanceCode(db, version, acceptedOn)
}

function definedOnly(request: ActRequest): Partial<ActInput> {
  return Object.fromEntries(
    Object.entries(request).filter(([, value]) => value !== undefined),
  ) as Partial<ActInput>
}
