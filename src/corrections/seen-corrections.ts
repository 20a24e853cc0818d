import {
  type CorrectionRow,
  decidedCorrections,
  waitingCorrections,
} from '../../db/queries/correction-requests.ts'
import { findDossierById } from '../../db/queries/dossiers.ts'
import { may } from '../accounts/access.ts'
import { maySee, unitsGranted } from '../accounts/seen-units.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Actor, Deps } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { unitByMap } from '../domain/counting/unit-map.ts'
import { type OwnUnitQuestion, stands } from '../dossiers/own-unit.ts'
import { decidedSince } from './decided-since.ts'

type Reading = Pick<Deps, 'db' | 'clock'>

/** What waits of the units somebody sees, and what they asked for themselves, the oldest first; nothing for who may not read it. */
export function waitingFor(deps: Reading, actor: Actor): readonly CorrectionRow[] {
  if (!may(actor, 'corrections_read')) return []
  return waitingCorrections(deps.db).filter(seenBy(deps, actor))
}

/** What was decided in the last 90 days of the same, the newest first. */
export function decidedFor(deps: Reading, actor: Actor): readonly CorrectionRow[] {
  return decidedCorrections(deps.db, decidedSince(deps)).filter(seenBy(deps, actor))
}

/** Whether they may approve or reject it: head or supervisor of its unit today. */
export function decides(deps: Reading, actor: Actor, row: CorrectionRow): boolean {
  return stands(catalogueOf(deps.db), deciding(deps, actor, row))
}

/** By which right they decide it: in the unit it was asked for, or in the one that took that over. */
export function deciding({ db, clock }: Reading, actor: Actor, row: CorrectionRow): OwnUnitQuestion {
  const now = clock.now()
  const day = localDayOf(now)
  const dossier = row.dossierId === null ? null : findDossierById(db, row.dossierId)
  const successor = dossier?.unitId ?? unitByMap(catalogueOf(db).lineage, row.unitId, day)
  return { actor, permission: 'corrections_decide', unitIds: [row.unitId, successor], day, now }
}

function seenBy(deps: Reading, actor: Actor): (row: CorrectionRow) => boolean {
  const units = unitsGranted(deps, actor, 'corrections_read')
  return ({ unitId, requestedBy, dossierId }) => {
    if (units === null || units.has(unitId)) return true
    if (requestedBy !== null && requestedBy === actor.officerId) return true
    const dossier = dossierId === null ? null : findDossierById(deps.db, dossierId)
    return dossier !== null && maySee(deps, actor, dossier)
  }
}
