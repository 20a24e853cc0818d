import {
  type CorrectionRow,
  decidedCorrections,
  waitingCorrections,
} from '../../db/queries/correction-requests.ts'
import { findDossierById } from '../../db/queries/dossiers.ts'
import { may } from '../accounts/access.ts'
import { maySee, seenUnits } from '../accounts/seen-units.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Actor, Deps } from '../deps.ts'
import { stands } from '../dossiers/own-unit.ts'
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

/** Whether they may approve or reject it: head or supervisor of its unit. */
export function decides({ db, clock }: Reading, actor: Actor, { unitId, day }: CorrectionRow): boolean {
  const permission = 'corrections_decide'
  return stands(catalogueOf(db), { actor, permission, unitIds: [unitId], day, now: clock.now() })
}

function seenBy(deps: Reading, actor: Actor): (row: CorrectionRow) => boolean {
  const units = seenUnits(deps, actor)
  return ({ unitId, requestedBy, dossierId }) => {
    if (units === null || units.has(unitId)) return true
    if (requestedBy !== null && requestedBy === actor.officerId) return true
    const dossier = dossierId === null ? null : findDossierById(deps.db, dossierId)
    return dossier !== null && maySee(deps, actor, dossier)
  }
}
