import { frequentProcedures } from '../../db/queries/intake.ts'
import { catalogueOf, type Unit, versionOn } from '../catalogue/catalogue.ts'
import type { ReceivedProcedure } from '../catalogue/received-procedures.ts'
import type { Deps } from '../deps.ts'
import { addDays, type LocalDay, localDayOf } from '../domain/calendar/day.ts'

/** The keys F1–F8. */
export const CHIPS = 8
const LOOKBACK_DAYS = 90
const LOOKBACK_ELSEWHERE_DAYS = 30

/**
 * What a unit received most in the last 90 days, the commonest first, of what it receives today. Today's own intakes do
 * not count: the keys stand still through a day. Where that makes fewer than eight, as at a new desk, what the other
 * units of its level received most in the last 30 days comes behind.
 */
export function frequentOf(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  unit: Unit,
  received: readonly ReceivedProcedure[],
  most: number,
): readonly ReceivedProcedure[] {
  const byId = new Map(received.map((each) => [each.procedure.id, each]))
  const today = localDayOf(clock.now())
  const frequentAt = (unitIds: readonly number[], days: number) =>
    frequentProcedures(db, unitIds, { since: addDays(today, -days), before: today }).flatMap(
      (id) => byId.get(id) ?? [],
    )
  const own = frequentAt([unit.id], LOOKBACK_DAYS)
  if (own.length >= Math.min(CHIPS, received.length)) return own.slice(0, most)
  const others = frequentAt(othersOfLevel({ db }, unit, today), LOOKBACK_ELSEWHERE_DAYS)
  return [...own, ...others.filter((each) => !own.includes(each)).slice(0, CHIPS - own.length)].slice(0, most)
}

function othersOfLevel({ db }: Pick<Deps, 'db'>, unit: Unit, day: LocalDay): readonly number[] {
  const level = versionOn(unit.versions, day)?.level
  return catalogueOf(db)
    .units.filter(({ id, versions }) => id !== unit.id && versionOn(versions, day)?.level === level)
    .map(({ id }) => id)
}
