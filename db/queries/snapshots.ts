import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

export interface SnapshotRow {
  readonly unitId: number
  readonly revision: number
  readonly kind: 'full' | 'difference'
  /** Last late change that is in it. */
  readonly throughChange: number
  readonly closedAt: number
  readonly takenAt: number
  readonly formulaVersion: string
  readonly calendarVersion: string
  readonly figures: string
  readonly breakdown: string
  readonly hash: string
  readonly cause: string | null
}

export type SnapshotHead = Omit<SnapshotRow, 'breakdown'>

const HEAD = `unit_id AS unitId, revision, kind, through_change AS throughChange, closed_at AS closedAt, taken_at AS takenAt, formula_version AS formulaVersion,
  calendar_version AS calendarVersion, figures, hash, cause`

/** One revision of a period, every unit that has it or, failing that, its newest one below. */
export function snapshotsOf(db: Db, periodKey: string, revision: number): readonly SnapshotHead[] {
  return prepared<SnapshotHead>(
    db,
    `SELECT ${HEAD}, max(revision) FROM snapshots WHERE period_key = ? AND revision <= ? GROUP BY unit_id`,
  ).all(periodKey, revision)
}

/** The same with the breakdown by procedure, channel, officer and receiving unit. */
export function snapshotsWithBreakdown(db: Db, periodKey: string, revision: number): readonly SnapshotRow[] {
  return prepared<SnapshotRow>(
    db,
    `SELECT ${HEAD}, breakdown, max(revision) FROM snapshots WHERE period_key = ? AND revision <= ? GROUP BY unit_id`,
  ).all(periodKey, revision)
}

export function insertSnapshot(db: Db, periodKey: string, row: SnapshotRow): void {
  prepared(
    db,
    `INSERT INTO snapshots (period_key, unit_id, revision, kind, through_change, closed_at, taken_at, formula_version,
       calendar_version, figures, breakdown, hash, cause) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    periodKey,
    row.unitId,
    row.revision,
    row.kind,
    row.throughChange,
    row.closedAt,
    row.takenAt,
    row.formulaVersion,
    row.calendarVersion,
    row.figures,
    row.breakdown,
    row.hash,
    row.cause,
  )
}

/** Every revision there is, period by period, one row after the other. */
export function* allSnapshots(db: Db): Generator<SnapshotRow & { readonly periodKey: string }> {
  const rows = prepared<SnapshotRow & { periodKey: string }>(
    db,
    `SELECT period_key AS periodKey, ${HEAD}, breakdown FROM snapshots ORDER BY id`,
  )
  yield* rows.iterate()
}
