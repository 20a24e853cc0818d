import { findHandOver, type HandOverRow } from '../../db/queries/hand-overs.ts'
import { seenUnits } from '../accounts/seen-units.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Actor, Deps } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'
import { unitsCameTo } from './standing.ts'

/** The sheet an address means. Refuses one that neither came from nor went to a unit of theirs. */
export function sheetAt(deps: Pick<Deps, 'db' | 'clock'>, actor: Actor, number: string): HandOverRow {
  const sheet = findHandOver(deps.db, number)
  const seen = sheetUnits(deps, actor)
  const isSeen =
    sheet !== null && (seen === null || [sheet.fromUnitId, sheet.toUnitId].some((id) => seen.includes(id)))
  if (!isSeen) throw new RuleError('unknown_hand_over', { sheet: number })
  return sheet
}

/** The units whose sheets somebody sees, with those that became one of them; null: all. */
export function sheetUnits(deps: Pick<Deps, 'db' | 'clock'>, actor: Actor): readonly number[] | null {
  const seen = seenUnits(deps, actor)
  if (seen === null) return null
  const { lineage } = catalogueOf(deps.db)
  const today = localDayOf(deps.clock.now())
  return [...new Set([...seen].flatMap((id) => unitsCameTo(lineage, id, today)))]
}
