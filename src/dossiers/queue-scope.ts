import type { QueueScope } from '../../db/queries/queue-scope.ts'
import { hasWork } from '../../db/queries/work-queue.ts'
import { absentOn, postsOn } from '../accounts/posts.ts'
import { seenDossiers, unitsAbove } from '../accounts/seen-units.ts'
import { type Catalogue, catalogueOf } from '../catalogue/catalogue.ts'
import type { Actor, Deps } from '../deps.ts'
import { type LocalDay, localDayOf } from '../domain/calendar/day.ts'

/** Whose work somebody looks at. */
export const SCOPES = ['mine', 'units', 'all'] as const
export type ScopeName = (typeof SCOPES)[number]

type Reading = Pick<Deps, 'db' | 'clock'>

/**
 * The scopes somebody has a use for: their own work (and that of whoever they stand in for) and their units', where
 * they hold a post; everything they may see.
 */
export function scopesOf(deps: Reading, actor: Actor): Readonly<Partial<Record<ScopeName, QueueScope>>> {
  const catalogue = catalogueOf(deps.db)
  const today = localDayOf(deps.clock.now())
  if (actor.officerId === null) return { all: { kind: 'all' } }
  const officerIds = [actor.officerId, ...absentOn(catalogue, actor.officerId, today)]
  const seen = seenDossiers(deps, actor)
  const all: QueueScope = seen === null ? { kind: 'all' } : { kind: 'seen', ...seen }
  const unitIds = ownUnits(catalogue, actor.officerId, today)
  if (unitIds.length === 0) return { all }
  return {
    mine: { kind: 'officers', officerIds, unitIds },
    units: { kind: 'units', unitIds, through: resolversFor(catalogue, new Set(unitIds), today) },
    all,
  }
}

/** Where somebody begins: with their own work where they have any, else with that of their unit. */
export function firstScope(deps: Reading, scopes: ReturnType<typeof scopesOf>): ScopeName {
  const { mine, units } = scopes
  if (mine?.kind === 'officers' && hasWork(deps.db, mine.officerIds)) return 'mine'
  return units === undefined ? 'all' : 'units'
}

/** The units of their posts; for heads and supervisors with everything below. */
export function ownUnits(catalogue: Catalogue, officerId: number, today: LocalDay): readonly number[] {
  const posts = postsOn(catalogue, officerId, today)
  const own = new Set(posts.map(({ unitId }) => unitId))
  const led = new Set(
    posts.filter(({ role }) => role === 'head' || role === 'supervisor').map(({ unitId }) => unitId),
  )
  const below = catalogue.units.filter(({ id }) =>
    unitsAbove(catalogue, id, today).some((each) => led.has(each)),
  )
  return [...own.union(new Set(below.map(({ id }) => id)))]
}

/** Units that resolve what these receive: those a shop serves, and the departments with procedures of their own. */
function resolversFor(
  { units, procedures }: Catalogue,
  own: ReadonlySet<number>,
  today: LocalDay,
): readonly number[] {
  const served = units.filter(({ receivingShopId }) => own.has(receivingShopId ?? 0)).map(({ id }) => id)
  const placed = procedures.flatMap(({ resolverUnitId, placements }) => [
    resolverUnitId,
    ...placements.filter(({ from }) => from <= today).map((placement) => placement.resolverUnitId),
  ])
  return [...new Set([...served, ...placed])].filter((id): id is number => id !== null && !own.has(id))
}
