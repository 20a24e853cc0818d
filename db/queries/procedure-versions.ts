import { eq, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'
import * as table from '../schema/catalogue.ts'

type NewProcedure = Omit<typeof table.procedures.$inferInsert, 'id'>
type NewVersion = Omit<typeof table.procedureVersions.$inferInsert, 'id'>
type Part<T extends { $inferInsert: unknown }> = Omit<
  T['$inferInsert'],
  'id' | 'procedureVersionId' | 'position'
>

export interface VersionParts {
  readonly components: readonly Part<typeof table.procedureComponents>[]
  readonly steps: readonly Part<typeof table.procedureSteps>[]
}

export function insertProcedure(db: Db, row: NewProcedure): number {
  return drizzle(db).insert(table.procedures).values(row).returning().get().id
}

export function renameProcedure(db: Db, id: number, name: string): void {
  drizzle(db).update(table.procedures).set({ name }).where(eq(table.procedures.id, id)).run()
}

/** Adds a version with its papers and steps in their order; returns its id. */
export function insertVersion(db: Db, row: NewVersion, { components, steps }: VersionParts): number {
  const orm = drizzle(db)
  const { id } = orm.insert(table.procedureVersions).values(row).returning().get()
  const at = (index: number) => ({ procedureVersionId: id, position: index + 1 })
  if (components.length > 0)
    orm
      .insert(table.procedureComponents)
      .values(components.map((part, index) => ({ ...part, ...at(index) })))
      .run()
  if (steps.length > 0)
    orm
      .insert(table.procedureSteps)
      .values(steps.map((step, index) => ({ ...step, ...at(index) })))
      .run()
  return id
}

/** The last day of a version. */
export function endVersion(db: Db, id: number, validTo: string | null): void {
  drizzle(db).update(table.procedureVersions).set({ validTo }).where(eq(table.procedureVersions.id, id)).run()
}

/** Somebody has held a version against its source. */
export function verifyVersion(db: Db, id: number, source: string): void {
  drizzle(db)
    .update(table.procedureVersions)
    .set({ verified: sql`1`, source })
    .where(eq(table.procedureVersions.id, id))
    .run()
}

/** Open dossiers of a procedure, by version: they keep it. */
export function openByVersion(db: Db, procedureId: number): ReadonlyMap<number, number> {
  const rows = prepared<{ version: number; n: number }>(
    db,
    `SELECT procedure_version_id AS version, count(*) AS n FROM dossiers
       WHERE procedure_id = ? AND accepted_at IS NOT NULL AND ended_at IS NULL AND state <> 'voided'
       GROUP BY procedure_version_id`,
  ).all(procedureId)
  return new Map(rows.map(({ version, n }) => [version, n]))
}
