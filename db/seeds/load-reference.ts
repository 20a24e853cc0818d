import { createHash } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { bumpCatalogue } from '../../src/catalogue/catalogue.ts'
import type { Db } from '../open.ts'
import * as table from '../schema/catalogue.ts'
import { criteriaSets } from '../schema/reform-index.ts'
import { CALENDAR_DAYS, CALENDAR_VERSION, DECIDED_THROUGH } from './calendar-days.ts'
import { CRITERIA_SET_TK_XA_2022 } from './criteria-set-tk-xa-2022.ts'
import { OFFICE_HOURS } from './office-hours.ts'
import { RATE_VARIANTS } from './rate-variants.ts'
import { regimes } from './regimes.ts'
import { fields } from './tu-ky/fields.ts'
import { officers } from './tu-ky/officers.ts'
import { procedures } from './tu-ky/procedures.ts'
import { units } from './tu-ky/units.ts'

type Orm = ReturnType<typeof drizzle>
type Ids = ReadonlyMap<string, number>

/** What every installation starts with: calendars, regimes, rate definitions, the model criteria set. */
export function loadRules(db: Db, recordedAt: number): void {
  const orm = drizzle(db)
  orm
    .insert(table.calendarVersions)
    .values({
      id: 1,
      label: CALENDAR_VERSION,
      document: 'Lịch ban đầu của phần mềm',
      decidedThrough: DECIDED_THROUGH,
      recordedAt,
    })
    .run()
  const days = CALENDAR_DAYS.map((day) => ({ ...day, provisional: day.provisional ?? false, addedIn: 1 }))
  orm.insert(table.calendarDays).values(days).run()
  const hours = OFFICE_HOURS.map(({ from, week, reception }) => ({
    validFrom: from,
    week,
    reception: reception ?? null,
  }))
  orm.insert(table.officeHours).values(hours).run()
  const regimeRows = regimes.map(({ supplementExpiryWorkingDays, ...regime }) => ({
    ...regime,
    supplementExpiryDays: supplementExpiryWorkingDays,
  }))
  orm.insert(table.regimes).values(regimeRows).run()
  const variants = Object.values(RATE_VARIANTS).map((definition, position) => ({
    code: definition.code,
    position,
    definition,
  }))
  orm.insert(table.rateVariants).values(variants).run()
  const definition = JSON.stringify(CRITERIA_SET_TK_XA_2022)
  const { setId, year, unitLevel } = CRITERIA_SET_TK_XA_2022
  const hash = createHash('sha256').update(definition).digest('hex')
  orm
    .insert(criteriaSets)
    .values({ setId, version: 1, year, unitLevel, status: 'issued', definition, hash })
    .run()
  bumpCatalogue(db)
}

/** Units, procedures and officers of Tứ Kỳ, as of 2021–2025: the demonstration and the tests. */
export function loadTuKy(db: Db): void {
  const orm = drizzle(db)
  const unitIds = loadUnits(orm)
  const fieldIds = idsOf(
    orm
      .insert(table.fields)
      .values([...fields])
      .returning()
      .all(),
    (row) => row.slug,
  )
  loadProcedures(orm, unitIds, fieldIds)
  loadOfficers(orm, unitIds)
  bumpCatalogue(db)
}

/** Rules and Tứ Kỳ in one transaction. */
export function loadReference(db: Db, recordedAt: number): void {
  db.transaction(() => {
    loadRules(db, recordedAt)
    loadTuKy(db)
  }).immediate()
}

function loadUnits(orm: Orm): Ids {
  const rows = units.map(({ key, kind, vertical }) => ({ key, kind, vertical: vertical ?? false }))
  const ids = idsOf(orm.insert(table.units).values(rows).returning().all(), (row) => row.key)
  const versions = units.flatMap((unit) =>
    unit.versions.map(({ parent, ...version }) => ({
      ...version,
      unitId: idOf(ids, unit.key),
      parentUnitId: parent === null ? null : idOf(ids, parent),
    })),
  )
  orm.insert(table.unitVersions).values(versions).run()
  for (const { key, receivingShop } of units) {
    if (receivingShop === null) continue
    orm
      .update(table.units)
      .set({ receivingShopId: idOf(ids, receivingShop) })
      .where(eq(table.units.key, key))
      .run()
  }
  return ids
}

function loadProcedures(orm: Orm, unitIds: Ids, fieldIds: Ids): void {
  for (const { field, resolver, versions, ...procedure } of procedures) {
    const fieldId = idOf(fieldIds, field)
    const resolverUnitId = resolver === null ? null : idOf(unitIds, resolver)
    const { id } = orm
      .insert(table.procedures)
      .values({ ...procedure, fieldId, resolverUnitId })
      .returning()
      .get()
    for (const { components, steps, clockPolicies, limit, cutoff, regime: _, ...version } of versions) {
      const row = {
        ...version,
        procedureId: id,
        limitText: limit,
        cutoffMinute: cutoff === null ? null : Number(cutoff.slice(0, 2)) * 60 + Number(cutoff.slice(3)),
        supplementPolicy: clockPolicies.supplement,
        paymentPolicy: clockPolicies.payment,
        verificationPolicy: clockPolicies.verification,
        consultationPolicy: clockPolicies.consultation,
      }
      const stored = orm.insert(table.procedureVersions).values(row).returning().get()
      const at = (index: number) => ({ procedureVersionId: stored.id, position: index + 1 })
      const parts = components.map((component, index) => ({ ...component, ...at(index) }))
      if (parts.length > 0) orm.insert(table.procedureComponents).values(parts).run()
      const walk = steps.map(({ name, unit, limit: limitText }, index) => ({
        name,
        actor: unit,
        limitText,
        ...at(index),
      }))
      if (walk.length > 0) orm.insert(table.procedureSteps).values(walk).run()
    }
  }
}

function loadOfficers(orm: Orm, unitIds: Ids): void {
  const people = officers.map(({ key, name }) => ({ key, name }))
  const ids = idsOf(orm.insert(table.officers).values(people).returning().all(), (row) => row.key)
  const posts = officers.flatMap(({ key, memberships }) =>
    memberships.map(({ unit, role, title, from, to, fields: fieldSlugs }) => ({
      officerId: idOf(ids, key),
      unitId: idOf(unitIds, unit),
      role,
      title,
      validFrom: from,
      validTo: to,
      fieldSlugs,
    })),
  )
  orm.insert(table.memberships).values(posts).run()
}

function idsOf<Row extends { id: number }>(rows: readonly Row[], keyOf: (row: Row) => string): Ids {
  return new Map(rows.map((row) => [keyOf(row), row.id]))
}

function idOf(ids: Ids, key: string): number {
  const id = ids.get(key)
  if (id === undefined) throw new Error(`reference data names an unknown key: ${key}`)
  return id
}
