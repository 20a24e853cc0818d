import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { stepsOf } from '../../db/queries/steps.ts'
import { catalogueOf, type ProcedureVersion } from '../catalogue/catalogue.ts'
import type { Actor, Deps } from '../deps.ts'
import { type PossibleActs, possibleActs } from './possible-acts.ts'
import { standingOn } from './standing-on.ts'

export interface OfferedActs extends PossibleActs {
  /** Why this person does nothing here, in words; null for who may work on the dossier. */
  readonly barred: string | null
}

/** What this person may do with the dossier now. */
export function offeredActs(deps: Deps, actor: Actor, dossier: StoredDossier): OfferedActs {
  const standing = standingOn(deps, actor, 'dossiers_write', dossier)
  if (standing === null) return { next: null, others: [], barred: ONLY_READS }
  const { procedureVersionById } = catalogueOf(deps.db)
  const version = procedureVersionById.get(dossier.procedureVersionId) as ProcedureVersion
  const around = { version, steps: stepsOf(deps.db, dossier.id), now: deps.clock.now() }
  return { ...possibleActs(dossier, standing.role, around), barred: null }
}

const ONLY_READS = 'Ông/bà chỉ xem hồ sơ này; việc trên hồ sơ do cán bộ của đơn vị xử lý thực hiện.'
