import { findDossierByCode, findDossierById, type StoredDossier } from '../../db/queries/dossiers.ts'
import { pausesOf } from '../../db/queries/timeline.ts'
import {
  catalogueOf,
  type ProcedureVersion,
  type Unit,
  type UnitVersion,
  versionOn,
} from '../catalogue/catalogue.ts'
import type { Actor, Deps } from '../deps.ts'
import { ACT_RULES } from '../domain/act-rules.ts'
import type { ActInput } from '../domain/acts.ts'
import type { Act } from '../domain/life-cycle.ts'
import { RuleError } from '../domain/refusals.ts'
import { actContext } from './act-context.ts'
import { acceptanceCode, assigneeOf } from './log-dossier.ts'
import { finishRunningStep, startSteps } from './steps.ts'
import { storeChange } from './store-change.ts'

export interface ActRequest extends Partial<Omit<ActInput, 'hasReason' | 'assigneeId'>> {
  readonly act: Exclude<Act, 'submit'>
  /** The version the actor saw (`If-Match`); a dossier changed since then is refused as stale. */
  readonly version?: number | undefined
  readonly assignee?: string | undefined
  readonly reason?: string | undefined
  readonly note?: string | undefined
}

/** Does one act of the life cycle on a dossier, found by code or id. Run it inside a write. */
export function actOnDossier(deps: Deps, actor: Actor, which: string | number, request: ActRequest): StoredDossier {
  const { db, clock } = deps
  const dossier = findDossier(deps, which)
  if (request.version !== undefined && request.version !== dossier.version) throw new RuleError('stale')
  const now = clock.now()
  const at = request.at ?? now
  const catalogue = catalogueOf(db)
  const procedureVersion = catalogue.procedureVersionById.get(dossier.procedureVersionId) as ProcedureVersion
  const context = actContext(deps, {
    actor,
    at,
    now,
    receivingUnitId: dossier.receivingUnitId,
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
  const desk = newlyAccepted === null ? {} : { code: codeOf(deps, dossier, newlyAccepted) }
  const happening = { act: request.act, at, recordedAt: now, actor, reason: request.reason, note: request.note }
  const stored = storeChange(db, dossier, result, happening, desk)
  if (newlyAccepted !== null && procedureVersion.steps.length > 0) {
    startSteps(db, dossier.id, procedureVersion.steps, at, context.calendar)
  }
  if (request.act === 'finish_step') finishRunningStep(db, dossier.id, at, context.calendar)
  return stored
}

export function findDossier({ db }: Pick<Deps, 'db'>, which: string | number): StoredDossier {
  const dossier = typeof which === 'number' ? findDossierById(db, which) : findDossierByCode(db, which)
  if (dossier === null) throw new RuleError('unknown_dossier', { dossier: which })
  return dossier
}

function codeOf({ db }: Deps, dossier: StoredDossier, acceptedOn: string): string {
  const unit = catalogueOf(db).unitById.get(dossier.receivingUnitId) as Unit
  return acceptanceCode(db, versionOn(unit.versions, acceptedOn) as UnitVersion, acceptedOn)
}

function definedOnly(request: ActRequest): Partial<ActInput> {
  return Object.fromEntries(Object.entries(request).filter(([, value]) => value !== undefined)) as Partial<ActInput>
}
