import { drizzle } from 'drizzle-orm/better-sqlite3'
import type { Db } from '../../db/open.ts'
import { prepared } from '../../db/prepared.ts'
import { installationRoles, substitutions } from '../../db/schema/accounts.ts'
import * as table from '../../db/schema/catalogue.ts'
import type { WorkCalendar } from '../domain/calendar/calendar.ts'
import type { LocalDay } from '../domain/calendar/day.ts'
import type { RateVariant } from '../domain/counting/rates.ts'
import { type Placement, procedurePlacements } from './procedure-placements.ts'
import { calendarRows, unitCalendars } from './unit-calendars.ts'

type Row<T extends { $inferSelect: unknown }> = T['$inferSelect']

export interface UnitVersion extends Row<typeof table.unitVersions> {}
export interface Unit extends Row<typeof table.units> {
  readonly versions: readonly UnitVersion[]
}
export interface ProcedureVersion extends Row<typeof table.procedureVersions> {
  readonly components: readonly Row<typeof table.procedureComponents>[]
  readonly steps: readonly Row<typeof table.procedureSteps>[]
}
export interface Procedure extends Row<typeof table.procedures> {
  readonly versions: readonly ProcedureVersion[]
  /** Who resolves it since a reorganisation, oldest first; before the first one what the row says. */
  readonly placements: readonly Placement[]
}
export interface Officer extends Row<typeof table.officers> {
  readonly memberships: readonly Membership[]
  /** Held for the whole installation. */
  readonly installationRoles: readonly Row<typeof installationRoles>[]
}
export interface Membership extends Row<typeof table.memberships> {}
export interface Substitution extends Row<typeof substitutions> {}
export interface Lineage extends Row<typeof table.unitLineage> {}
export type Field = Row<typeof table.fields>
export type Regime = Row<typeof table.regimes>

/** All reference data, parsed once for each change of it. Days decide which version is meant. */
export interface Catalogue {
  readonly version: number
  readonly units: readonly Unit[]
  readonly unitById: ReadonlyMap<number, Unit>
  readonly unitByKey: ReadonlyMap<string, Unit>
  /** Which unit became which, and when. */
  readonly lineage: readonly Lineage[]
  readonly fields: readonly Field[]
  readonly fieldById: ReadonlyMap<number, Field>
  readonly procedures: readonly Procedure[]
  readonly procedureById: ReadonlyMap<number, Procedure>
  readonly procedureByCode: ReadonlyMap<string, Procedure>
  readonly procedureVersionById: ReadonlyMap<number, ProcedureVersion>
  readonly officers: readonly Officer[]
  readonly officerById: ReadonlyMap<number, Officer>
  readonly officerByKey: ReadonlyMap<string, Officer>
  /** Who stands in for whom, and on which days. */
  readonly substitutions: readonly Substitution[]
  readonly regimes: readonly Regime[]
  readonly variants: readonly RateVariant[]
  /** The working calendar of a unit (its closures and hours included); the national one for null. */
  calendar(unitId: number | null): WorkCalendar
}

const cache = new WeakMap<Db, Catalogue>()

/** The reference data in force in this file, re-read when another connection or process has changed it. */
export function catalogueOf(db: Db): Catalogue {
  const version = catalogueVersion(db)
  const cached = cache.get(db)
  if (cached !== undefined && cached.version === version) return cached
  const fresh = load(db, version)
  cache.set(db, fresh)
  return fresh
}

function catalogueVersion(db: Db): number {
  const row = prepared<{ value: string }>(
    db,
    `SELECT value FROM settings WHERE key = 'catalogue_version'`,
  ).get()
  return row === undefined ? 0 : Number(row.value)
}

/** Tells every connection that reference data has changed; call it in the transaction that changes them. */
export function bumpCatalogue(db: Db): void {
  prepared(
    db,
    `INSERT INTO settings (key, value) VALUES ('catalogue_version', '1')
       ON CONFLICT DO UPDATE SET value = CAST(value AS INTEGER) + 1`,
  ).run()
}

function load(db: Db, version: number): Catalogue {
  const orm = drizzle(db)
  const versionsInOrder = orm.select().from(table.unitVersions).orderBy(table.unitVersions.validFrom).all()
  const unitVersions = groupBy(versionsInOrder, (v) => v.unitId)
  const units = orm
    .select()
    .from(table.units)
    .all()
    .map((u) => ({ ...u, versions: unitVersions.get(u.id) ?? [] }))
  const components = groupBy(orm.select().from(table.procedureComponents).all(), (c) => c.procedureVersionId)
  const steps = groupBy(orm.select().from(table.procedureSteps).all(), (s) => s.procedureVersionId)
  const versionRows = orm
    .select()
    .from(table.procedureVersions)
    .orderBy(table.procedureVersions.validFrom)
    .all()
  const procedureVersions = versionRows.map((v) => ({
    ...v,
    components: components.get(v.id) ?? [],
    steps: steps.get(v.id) ?? [],
  }))
  const versionsByProcedure = groupBy(procedureVersions, (v) => v.procedureId)
  const placements = procedurePlacements(
    db,
    indexBy(units, (u) => u.key),
  )
  const procedures = orm
    .select()
    .from(table.procedures)
    .all()
    .map((p) => ({
      ...p,
      versions: versionsByProcedure.get(p.id) ?? [],
      placements: placements.get(p.code) ?? [],
    }))
  const memberships = groupBy(orm.select().from(table.memberships).all(), (m) => m.officerId)
  const wideRoles = groupBy(orm.select().from(installationRoles).all(), (role) => role.officerId)
  const officers = orm
    .select()
    .from(table.officers)
    .all()
    .map((o) => ({
      ...o,
      memberships: memberships.get(o.id) ?? [],
      installationRoles: wideRoles.get(o.id) ?? [],
    }))
  const fields = orm.select().from(table.fields).all()
  const variants = orm.select().from(table.rateVariants).orderBy(table.rateVariants.position).all()
  return {
    version,
    units,
    unitById: indexBy(units, (u) => u.id),
    unitByKey: indexBy(units, (u) => u.key),
    lineage: orm
      .select()
      .from(table.unitLineage)
      .orderBy(table.unitLineage.onDay, table.unitLineage.id)
      .all(),
    fields,
    fieldById: indexBy(fields, (f) => f.id),
    procedures,
    procedureById: indexBy(procedures, (p) => p.id),
    procedureByCode: indexBy(procedures, (p) => p.code),
    procedureVersionById: indexBy(procedureVersions, (v) => v.id),
    officers,
    officerById: indexBy(officers, (o) => o.id),
    officerByKey: indexBy(officers, (o) => o.key),
    substitutions: orm.select().from(substitutions).orderBy(substitutions.id).all(),
    regimes: orm.select().from(table.regimes).all(),
    variants: variants.map((row) => row.definition as RateVariant),
    calendar: unitCalendars(calendarRows(db)),
  }
}

/** The version in force on `day`, or undefined. Versions do not overlap. */
export function versionOn<T extends { validFrom: LocalDay; validTo: LocalDay | null }>(
  versions: readonly T[],
  day: LocalDay,
): T | undefined {
  return versions.find((v) => v.validFrom <= day && (v.validTo === null || day <= v.validTo))
}

/**
 * The version in the words of `day`: the one in force, else the last one that had begun by then, else the first.
 * Versions are in the order of their days.
 */
export function versionBy<T extends { validFrom: LocalDay }>(
  versions: readonly T[],
  day: LocalDay,
): T | undefined {
  return versions.findLast(({ validFrom }) => validFrom <= day) ?? versions[0]
}

function groupBy<T, K>(rows: readonly T[], keyOf: (row: T) => K): ReadonlyMap<K, readonly T[]> {
  return Map.groupBy(rows, keyOf)
}

function indexBy<T, K>(rows: readonly T[], keyOf: (row: T) => K): ReadonlyMap<K, T> {
  return new Map(rows.map((row) => [keyOf(row), row]))
}
