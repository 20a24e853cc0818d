import { endVersion, insertVersion } from '../../db/queries/procedure-versions.ts'
import { must } from '../accounts/access.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { bumpCatalogue, catalogueOf, type Procedure, type ProcedureVersion } from '../catalogue/catalogue.ts'
import type { Actor, Deps } from '../deps.ts'
import { addDays, type LocalDay, localDayOf, parseDay } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'
import { differences, factsOf, type VersionFacts } from './facts.ts'

type VersionDeps = Pick<Deps, 'db' | 'clock'>

/** Where a new version comes to stand among those there are. */
export interface VersionPlace {
  /** In force the day before; null: none. */
  readonly before: ProcedureVersion | null
  /** The next one that is recorded already; null: none. */
  readonly after: ProcedureVersion | null
  /** The last day of the new one. */
  readonly validTo: LocalDay | null
}

/**
 * Adds a version from a day on; the one before ends the day before. What was received keeps the version it was received
 * under, so the day is today or later. Returns the id. Throws `unknown_procedure`, `version_in_past`, `version_exists`,
 * `version_unchanged`. Run it inside a write.
 */
export function addVersion(
  deps: VersionDeps,
  actor: Actor,
  code: string,
  { from, facts }: { readonly from: LocalDay; readonly facts: VersionFacts },
): number {
  must(actor, 'catalogue_write')
  const procedure = knownProcedure(deps, code)
  const place = placeFor(deps, procedure, from)
  if (place.before !== null && isSame(place.before, facts)) throw new RuleError('version_unchanged')
  const id = storeVersion(deps.db, procedure.id, { from, facts, place })
  bumpCatalogue(deps.db)
  const data = { what: 'procedure_version', procedure: procedure.id, version: id, from }
  recordAudit(deps, { kind: 'reference_changed', actorId: actor.officerId, data })
  return id
}

/** Throws `unknown_procedure`. */
export function knownProcedure({ db }: Pick<Deps, 'db'>, code: string): Procedure {
  const procedure = catalogueOf(db).procedureByCode.get(code)
  if (procedure === undefined) throw new RuleError('unknown_procedure', { procedure: code })
  return procedure
}

/** Where a version from `from` on stands; throws where it may not. */
export function placeFor({ clock }: Pick<Deps, 'clock'>, procedure: Procedure, from: LocalDay): VersionPlace {
  const today = localDayOf(clock.now())
  const { versions } = procedure
  if (versions.some(({ validFrom }) => validFrom === parseDay(from)))
    throw new RuleError('version_exists', { day: from })
  if (versions.length > 0 && from < today) throw new RuleError('version_in_past', { today })
  const before = versions.findLast(({ validFrom }) => validFrom < from) ?? null
  const after = versions.find(({ validFrom }) => validFrom > from) ?? null
  return { before, after, validTo: after === null ? null : addDays(after.validFrom, -1) }
}

/** Writes a version and ends the one before it. */
export function storeVersion(
  db: Deps['db'],
  procedureId: number,
  {
    from,
    facts,
    place,
  }: {
    readonly from: LocalDay
    readonly facts: VersionFacts
    readonly place: {
      readonly before: Pick<ProcedureVersion, 'id' | 'validTo'> | null
      readonly validTo: LocalDay | null
    }
  },
): number {
  const { limit, components, steps, ...rest } = facts
  const { before, validTo } = place
  const isOpenUntil = before !== null && (before.validTo === null || before.validTo >= from)
  if (isOpenUntil) endVersion(db, before.id, addDays(from, -1))
  const row = { ...rest, procedureId, validFrom: from, validTo, limitText: limit }
  return insertVersion(db, row, { components, steps })
}

function isSame(version: ProcedureVersion, facts: VersionFacts): boolean {
  return differences(factsOf(version), facts).length === 0
}
