import { drizzle } from 'drizzle-orm/better-sqlite3'
import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'
import { officeHours } from '../schema/catalogue.ts'

export type OfficeHoursRow = typeof officeHours.$inferSelect

/** All of them, each unit's in the order of their days; those of every unit first. */
export function listOfficeHours(db: Db): readonly OfficeHoursRow[] {
  return drizzle(db).select().from(officeHours).orderBy(officeHours.unitId, officeHours.validFrom).all()
}

export function insertOfficeHours(db: Db, row: Omit<OfficeHoursRow, 'id'>): number {
  return drizzle(db).insert(officeHours).values(row).returning().get().id
}

export interface PromisedFrom {
  /** Open dossiers whose result is promised from then on. */
  readonly promised: number
  /** Of these, with a limit in hours. */
  readonly byHours: number
}

/** What new hours find promised already; `unitIds` null: everywhere. */
export function promisedFrom(db: Db, unitIds: readonly number[] | null, at: number): PromisedFrom {
  return prepared<PromisedFrom>(
    db,
    `SELECT count(*) AS promised,
       coalesce(sum(v.mode = 'hour_exact' OR v.limit_text LIKE '%wh'), 0) AS byHours
       FROM dossiers d JOIN procedure_versions v ON v.id = d.procedure_version_id
       WHERE d.accepted_at IS NOT NULL AND d.ended_at IS NULL AND d.state <> 'voided' AND d.due_at >= @at
         AND (@units IS NULL OR d.unit_id IN (SELECT value FROM json_each(@units)))`,
  ).get({ at, units: unitIds === null ? null : JSON.stringify(unitIds) }) as PromisedFrom
}
