import type { RegisterScope } from '../../db/queries/register-dossiers.ts'
import { must } from '../accounts/access.ts'
import { unitsGranted } from '../accounts/seen-units.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Actor, Deps } from '../deps.ts'
import { type LocalDay, localDayOf, parseDay } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'
import { scopeUnits } from '../reports/scope.ts'

/** What of the register is wanted, in words; an empty one says nothing. */
export interface ExportWords {
  readonly unit?: string | undefined
  readonly year?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/** The dossiers meant: of a unit and all below it, that came in a year or on certain days. Refuses what nobody can read. */
export function exportScope(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { unit, year, from, to }: ExportWords,
): RegisterScope {
  if (year && (from || to)) throw new RuleError('year_or_days')
  const days = year ? yearDays(year) : { from: from ? parseDay(from) : null, to: to ? parseDay(to) : null }
  if (days.from !== null && days.to !== null && days.from > days.to)
    throw new RuleError('days_reversed', days as Days)
  return { unitIds: scopeUnits(catalogueOf(db), unit, days.to ?? localDayOf(clock.now())), ...days }
}

type Days = { readonly from: LocalDay; readonly to: LocalDay }

/** First and last day of a year written with four digits. */
export function yearDays(year: string): Days {
  if (!/^20\d\d$/.test(year)) throw new RuleError('invalid_year', { value: year })
  return { from: `${year}-01-01`, to: `${year}-12-31` }
}

/**
 * The same as somebody may have it: without a unit, of all the units from which they may take it out. Refuses
 * (`export_of_own_unit`) a unit that is not wholly among these.
 */
export function exportScopeOf(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  words: ExportWords,
): RegisterScope {
  // A register is full of people.
  must(actor, 'exports')
  const scope = exportScope(deps, words)
  const granted = unitsGranted(deps, actor, 'exports')
  if (granted === null) return scope
  if (scope.unitIds === null) return { ...scope, unitIds: [...granted] }
  if (!scope.unitIds.every((unitId) => granted.has(unitId))) throw new RuleError('export_of_own_unit')
  return scope
}
