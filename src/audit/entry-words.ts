import type { EntryFilter } from '../../db/queries/audit.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Deps } from '../deps.ts'
import { parseDay } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'
import { findDossier } from '../dossiers/act-on-dossier.ts'
import { whichAt } from '../dossiers/dossier-at.ts'
import { fold } from '../fold.ts'
import { AUDIT_KINDS } from './kinds.ts'

/** Which entries are wanted, in words; an empty one says nothing. */
export interface EntryWords {
  readonly kind?: string | undefined
  /** Key or full name of an officer, or `SYSTEM_WORD`. */
  readonly person?: string | undefined
  /** Code, or `so-` and the number of a dossier without one. */
  readonly dossier?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/** What stands for nobody in the place of a person. */
export const SYSTEM_WORD = 'hệ thống'

/** The filter these words mean; refuses what nobody can be and days that are none. */
export function entryFilter(
  deps: Pick<Deps, 'db'>,
  { kind, person, dossier, from, to }: EntryWords,
): EntryFilter {
  const days = { ...(from && { from: parseDay(from) }), ...(to && { to: parseDay(to) }) }
  if (from && to && from > to) throw new RuleError('days_reversed', { from, to })
  return {
    ...(kind && Object.hasOwn(AUDIT_KINDS, kind) && { kind }),
    ...(person && { actorIds: officersOf(deps, person) }),
    ...(dossier && { dossierId: findDossier(deps, whichAt(dossier)).id }),
    ...days,
  }
}

/** Everybody of that key or name; null: the machine itself. */
function officersOf({ db }: Pick<Deps, 'db'>, person: string): readonly number[] | null {
  if (fold(person) === fold(SYSTEM_WORD)) return null
  const { officers, officerByKey } = catalogueOf(db)
  const key = officerByKey.get(person)
  if (key !== undefined) return [key.id]
  const found = officers.filter(({ name }) => fold(name) === fold(person)).map(({ id }) => id)
  if (found.length === 0) throw new RuleError('unknown_officer', { officer: person })
  return found
}
