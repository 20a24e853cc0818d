import { voidDocumentsOf } from '../../db/queries/documents.ts'
import { findDossierByCode, findDossierById, type StoredDossier } from '../../db/queries/dossiers.ts'
import { catalogueOf, type Unit, versionOn } from '../catalogue/catalogue.ts'
import type { Actor, Deps } from '../deps.ts'
import type { LocalDay } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'
import { tellCitizen } from '../messages/tell-citizen.ts'
import { acceptanceCode } from './dossier-numbers.ts'
import { type ActRequest, judgeAct } from './judge-act.ts'
import { actingOf } from './own-unit.ts'
import { endRunningStep, finishRunningStep, startSteps } from './steps.ts'
import { storeChange } from './store-change.ts'

export type { ActRequest } from './judge-act.ts'

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
  const judged = judgeAct(deps, actor, stored, request)
  const { at, dossier, version, receivingUnitId, standing, context, result } = judged
  const newlyAccepted = dossier.acceptedOn === null ? result.next.acceptedOn : null
  const desk = newlyAccepted === null ? {} : { code: codeOf(deps, receivingUnitId, newlyAccepted) }
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
  if (version.steps.length > 0) {
    if (newlyAccepted !== null) startSteps(db, dossier.id, version.steps, at, context.calendar)
    if (changed.endedOn !== null || changed.state === 'voided') endRunningStep(db, dossier.id, at)
  }
  if (changed.state === 'voided') voidDocumentsOf(db, dossier.id, now)
  tellCitizen(deps, actor, changed, happening)
  return changed
}

/** For operations that ask who may work on it themselves; doors that show it ask `seenDossier`. */
export function findDossier({ db }: Pick<Deps, 'db'>, which: string | number): StoredDossier {
  const dossier = typeof which === 'number' ? findDossierById(db, which) : findDossierByCode(db, which)
  if (dossier === null) throw new RuleError('unknown_dossier', { dossier: which })
  return dossier
}

function codeOf({ db }: Deps, receivingUnitId: number, acceptedOn: LocalDay): string {
  const unit = catalogueOf(db).unitById.get(receivingUnitId) as Unit
  const version = versionOn(unit.versions, acceptedOn)
  if (version === undefined) throw new RuleError('unit_not_in_force', { unit: unit.key, day: acceptedOn })
  return acceptanceCode(db, version, acceptedOn)
}
