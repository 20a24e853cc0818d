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
  /** JSON of the ids of the events it takes up; null in revision 1. */
  readonly cause: string | null
}

export interface SnapshotQuery {
  readonly periodKey: string
  /** This revision or, where a unit has not got it, its newest one below. */
  readonly revision: number
  /** One unit; undefined: all. */
  readonly unitId?: number | undefined
  readonly withBreakdown: boolean
}

/** Whatever the newest revision of a unit is. */
export const NEWEST_REVISION = Number.MAX_SAFE_INTEGER

/** The columns of a snapshot but its breakdown, of the table known as `of` in the query. */
export function snapshotHead(of = 'snapshots'): string {
  return `${of}.unit_id AS unitId, ${of}.revision, ${of}.kind, ${of}.through_change AS throughChange,
  ${of}.closed_at AS closedAt, ${of}.taken_at AS takenAt, ${of}.formula_version AS formulaVersion,
  ${of}.calendar_version AS calendarVersion, ${of}.figures, ${of}.hash, ${of}.cause`
}

const HEAD = snapshotHead()
/** A unit whose figures of the period another installation has sent. */
const FED = `EXISTS (SELECT 1 FROM feed_received r INDEXED BY feed_received_period
  WHERE r.period_key = snapshots.period_key AND r.unit_id = snapshots.unit_id)`

/** Of each unit the last full snapshot up to a revision and the differences since, unit by unit, oldest first. */
export function snapshotChains(db: Db, query: SnapshotQuery): readonly SnapshotRow[] {
  const { periodKey, revision, unitId, withBreakdown } = query
  const unit = unitId === undefined ? '' : 'AND unit_id = @unitId'
  return prepared<SnapshotRow>(
    db,
    `WITH base AS MATERIALIZED (SELECT unit_id AS unit, max(revision) AS full_one FROM snapshots INDEXED BY snapshots_revision
         WHERE period_key = @periodKey AND revision <= @revision AND kind = 'full' ${unit} GROUP BY unit_id)
       SELECT ${HEAD}, ${withBreakdown ? 'breakdown' : `'[]'`} AS breakdown
       FROM base CROSS JOIN snapshots INDEXED BY snapshots_revision
         ON period_key = @periodKey AND unit_id = unit AND revision BETWEEN full_one AND @revision
       ORDER BY unit_id, revision`,
  ).all({ periodKey, revision, ...(unitId !== undefined && { unitId }) })
}

export type RevisionHead = Pick<
  SnapshotRow,
  'unitId' | 'revision' | 'kind' | 'throughChange' | 'takenAt' | 'hash' | 'cause'
>

/** Every revision of a period, the first one of each unit too, oldest first. */
export function revisionHeads(db: Db, periodKey: string): readonly RevisionHead[] {
  return prepared<RevisionHead>(
    db,
    `SELECT unit_id AS unitId, revision, kind, through_change AS throughChange, taken_at AS takenAt, hash, cause
       FROM snapshots INDEXED BY snapshots_revision WHERE period_key = ? ORDER BY revision, unit_id`,
  ).all(periodKey)
}

/**
 * Number of a period's newest revision and the last late change in it; null when it has none. `own`: of the units
 * whose dossiers lie here; those that feed us count their revisions themselves.
 */
export function newestRevision(
  db: Db,
  periodKey: string,
  whose: 'all' | 'own' = 'all',
): Pick<SnapshotRow, 'revision' | 'throughChange'> | null {
  const own = whose === 'own' ? `AND NOT ${FED}` : ''
  const row = prepared<Pick<SnapshotRow, 'revision' | 'throughChange'>>(
    db,
    `SELECT revision, max(through_change) AS throughChange FROM snapshots INDEXED BY snapshots_revision
       WHERE period_key = @periodKey ${own} AND revision =
         (SELECT max(revision) FROM snapshots INDEXED BY snapshots_revision WHERE period_key = @periodKey ${own})
       GROUP BY revision`,
  ).get({ periodKey })
  return row ?? null
}

/** What all first revisions of a period have in common: those of our own units where there are any. */
export function closingOf(
  db: Db,
  periodKey: string,
): Pick<SnapshotRow, 'throughChange' | 'closedAt' | 'formulaVersion'> | null {
  const row = prepared<Pick<SnapshotRow, 'throughChange' | 'closedAt' | 'formulaVersion'>>(
    db,
    `SELECT through_change AS throughChange, closed_at AS closedAt, formula_version AS formulaVersion
       FROM snapshots INDEXED BY snapshots_revision WHERE period_key = ? AND revision = 1
       ORDER BY ${FED} LIMIT 1`,
  ).get(periodKey)
  return row ?? null
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

/** Every revision there is: period by period, unit by unit, oldest first. */
export function* allSnapshots(db: Db): Generator<SnapshotRow & { readonly periodKey: string }> {
  const rows = prepared<SnapshotRow & { periodKey: string }>(
    db,
    `SELECT period_key AS periodKey, ${HEAD}, breakdown FROM snapshots INDEXED BY snapshots_revision
       ORDER BY period_key, unit_id, revision`,
  )
  yield* rows.iterate()
}
