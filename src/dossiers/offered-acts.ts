import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { stepsOf } from '../../db/queries/steps.ts'
import { may } from '../accounts/access.ts'
import { catalogueOf, type ProcedureVersion } from '../catalogue/catalogue.ts'
import type { Actor, Deps } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { isHead } from '../domain/life-cycle/acts.ts'
import { type Act, TRANSITIONS } from '../domain/life-cycle/life-cycle.ts'
import { RuleError } from '../domain/refusals.ts'
import { type PossibleActs, possibleActs } from './possible-acts.ts'
import { standOn } from './stand-on-dossier.ts'

export interface OfferedActs extends PossibleActs {
  /** Why this person does nothing here, in words; null for who may work on the dossier. */
  readonly barred: string | null
}

/** What this person may do with the dossier now. */
export function offeredActs(deps: Deps, actor: Actor, dossier: StoredDossier): OfferedActs {
  const { db, clock } = deps
  const catalogue = catalogueOf(db)
  const version = catalogue.procedureVersionById.get(dossier.procedureVersionId) as ProcedureVersion
  const possible = possibleActs(dossier, version, stepsOf(db, dossier.id))
  if (!may(actor, 'dossiers_write')) return { ...NOTHING_OFFERED, barred: ONLY_READS }
  try {
    const { role } = standOn(deps, actor, dossier, localDayOf(clock.now()))
    const isOpen = (act: Act) => TRANSITIONS[act].role !== 'head' || isHead(role)
    return { next: possible.next, others: possible.others.filter(isOpen), barred: null }
  } catch (error) {
    if (!(error instanceof RuleError)) throw error
    return { ...NOTHING_OFFERED, barred: error.message }
  }
}

const NOTHING_OFFERED = { next: null, others: [] } as const
const ONLY_READS = 'Ông/bà xem được hồ sơ này; việc xử lý do cán bộ của đơn vị đang giữ hồ sơ làm.'
