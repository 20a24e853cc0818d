import { waitingForUnit } from '../../db/queries/coordination-queue.ts'
import { findDossierById } from '../../db/queries/dossiers.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { catalogueOf, type Unit, versionOn } from '../catalogue/catalogue.ts'
import type { Actor, Deps } from '../deps.ts'
import { addDays, type LocalDay, localDayOf } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'
import { standFor } from '../dossiers/own-unit.ts'
import { prepareMoves, writeMoves } from './move-dossiers.ts'
import { moveTo } from './planned-moves.ts'

/** What may be given out in one go: more would hold other work up. */
export const ASSIGNED_AT_ONCE = 2_000

/**
 * Gives dossiers of units that are no more to one that goes on, as from the day on which their unit ended, so that
 * the figures read as if it had been decided in time. Run it inside a write. Refuses a dossier that does not wait
 * (`not_waiting_for_unit`) and a unit that could not have had it on that day (`not_a_successor`).
 */
export function assignUnit(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  { unit: key, dossiers }: { readonly unit: string; readonly dossiers: readonly number[] },
): { readonly moved: number } {
  const { db, clock } = deps
  const catalogue = catalogueOf(db)
  const unit = catalogue.unitByKey.get(key)
  if (unit === undefined) throw new RuleError('unknown_unit', { unit: key })
  const waiting = new Map(waitingForUnit(db, localDayOf(clock.now())).map((row) => [row.id, row]))
  const byDay = Map.groupBy(dossiers, (id) => {
    const row = waiting.get(id)
    if (row === undefined) throw new RuleError('not_waiting_for_unit', { dossier: codeOf(deps, id) })
    return dayAfter(catalogue.unitById.get(row.unitId)!)
  })
  const now = clock.now()
  const today = localDayOf(now)
  let moved = 0
  for (const [on, ids] of byDay) {
    requireSuccessor(unit, on)
    const receivingUnitId = unit.receivingShopId ?? unit.id
    const found = ids.map((id) => findDossierById(db, id)!)
    for (const { holderUnitId, receivingUnitId, unitId } of found) {
      // Whoever leads the unit that holds it meanwhile, or one above.
      const unitIds = [holderUnitId, receivingUnitId, unitId]
      standFor(catalogue, { actor, permission: 'units_assign', unitIds, day: today, now })
    }
    const prepared = prepareMoves(deps, on, found, ({ assigneeId }) =>
      moveTo(catalogue, on, assigneeId, { unitId: unit.id, receivingUnitId, holderUnitId: unit.id }),
    )
    moved += writeMoves(deps, actor.officerId, prepared)
  }
  const data = { what: 'assigned', unit: unit.id, moved }
  recordAudit(deps, { kind: 'units_reorganised', actorId: actor.officerId, data })
  return { moved }
}

function codeOf({ db }: Pick<Deps, 'db'>, id: number): string {
  return findDossierById(db, id)?.code ?? `#${id}`
}

/** The first day on which the unit was no more. */
function dayAfter({ versions }: Unit): LocalDay {
  return addDays(versions.at(-1)!.validTo!, 1)
}

function requireSuccessor(unit: Unit, on: LocalDay): void {
  const resolves = unit.kind === 'resolver' || unit.kind === 'shop_and_resolver'
  const version = versionOn(unit.versions, on)
  if (!resolves || version === undefined) throw new RuleError('not_a_successor', { unit: unit.key, on })
}
