import type { RegisterScope } from '../../db/queries/register-dossiers.ts'
import { must } from '../accounts/access.ts'
import { seenUnits } from '../accounts/seen-units.ts'
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
 * Refuses who may not export, for a register is full of people; and whose posts do not cover all of `unitIds` (null: all
 * there are).
 */
export function checkMayExport(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  unitIds: readonly number[] | null,
): void {
  must(actor, 'exports')
  checkCovers({ db, clock }, actor, unitIds)
}

/** Refuses (`export_of_own_unit`) whose posts do not cover all of `unitIds`; null: all there are. */
export function checkCovers(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  unitIds: readonly number[] | null,
): void {
  const seen = seenUnits({ db, clock }, actor)
  if (seen === null) return
  const asked = unitIds ?? catalogueOf(db).units.map(({ id }) => id)
  if (!asked.every((unitId) => seen.has(unitId))) throw new RuleError('export_of_own_unit')
}
