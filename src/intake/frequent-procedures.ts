import { frequentProcedures } from '../../db/queries/intake.ts'
import type { Unit } from '../catalogue/catalogue.ts'
import type { ReceivedProcedure } from '../catalogue/received-procedures.ts'
import type { Deps } from '../deps.ts'
import { addDays, localDayOf } from '../domain/calendar/day.ts'

const LOOKBACK_DAYS = 90

/** What a unit received most in the last 90 days, the commonest first, of what it receives today. */
export function frequentOf(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  unit: Unit,
  received: readonly ReceivedProcedure[],
  most: number,
): readonly ReceivedProcedure[] {
  const byId = new Map(received.map((each) => [each.procedure.id, each]))
  const since = addDays(localDayOf(clock.now()), -LOOKBACK_DAYS)
  return frequentProcedures(db, unit.id, since)
    .flatMap((id) => byId.get(id) ?? [])
    .slice(0, most)
}
