import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

export interface IndexRun {
  readonly id: number
  readonly criteriaSetId: number
  readonly setId: string
  readonly year: number
  /** The night whose figures these are. */
  readonly asOf: string
  readonly computedAt: number
  readonly formulaVersion: string
  /** Hash of the set and of all evidence. */
  readonly checksum: string
}

export interface IndexSheet {
  readonly unitId: number
  readonly points: number
  readonly max: number
  readonly score: number | null
  readonly rescaled: boolean
  readonly rank: number | null
  readonly grade: string | null
}

export interface IndexScore {
  readonly unitId: number
  readonly criterion: string
  readonly numerator: number | null
  readonly denominator: number | null
  readonly points: number | null
  readonly max: number
  readonly explanation: string
}

const RUN = `SELECT r.id, r.criteria_set_id AS criteriaSetId, s.set_id AS setId, s.year, r.as_of AS asOf,
  r.computed_at AS computedAt, r.formula_version AS formulaVersion, r.checksum
  FROM index_runs r JOIN criteria_sets s ON s.id = r.criteria_set_id`

/** The newest run of a year's set, or null. */
export function latestIndexRun(db: Db, year: number): IndexRun | null {
  return (
    prepared<IndexRun>(db, `${RUN} WHERE s.year = ? ORDER BY r.as_of DESC, s.version DESC LIMIT 1`).get(
      year,
    ) ?? null
  )
}

/** The newest run of one issued set, or null. */
export function latestRunOfSet(db: Db, criteriaSetId: number): IndexRun | null {
  const row = prepared<IndexRun>(db, `${RUN} WHERE r.criteria_set_id = ? ORDER BY r.as_of DESC LIMIT 1`)
  return row.get(criteriaSetId) ?? null
}

/** The sheets of a run, best first; those without a score at the end. */
export function sheetsOf(db: Db, runId: number): readonly IndexSheet[] {
  return prepared<Omit<IndexSheet, 'rescaled'> & { rescaled: number }>(
    db,
    `SELECT unit_id AS unitId, points, max, score, rescaled, rank, grade FROM index_sheets
       WHERE run_id = ? ORDER BY rank IS NULL, rank, unit_id`,
  )
    .all(runId)
    .map((row) => ({ ...row, rescaled: row.rescaled === 1 }))
}

/** The automatic criteria of a run, by unit and code (as text: the set has their order); of one unit if given. */
export function scoresOf(db: Db, runId: number, unitId: number | null = null): readonly IndexScore[] {
  return prepared<IndexScore>(
    db,
    `SELECT unit_id AS unitId, criterion, numerator, denominator, points, max, explanation FROM index_scores
       WHERE run_id = @runId AND (@unitId IS NULL OR unit_id = @unitId) ORDER BY unit_id, criterion`,
  ).all({ runId, unitId })
}

export interface IndexResult {
  readonly run: Pick<IndexRun, 'criteriaSetId' | 'asOf' | 'computedAt' | 'formulaVersion' | 'checksum'>
  readonly sheets: readonly IndexSheet[]
  readonly scores: readonly IndexScore[]
}

/** Stores a night's run in the place of the one of the same set and night, if any; returns its id. */
export function upsertIndexRun(db: Db, { run, sheets, scores }: IndexResult): number {
  const { id } = prepared<{ id: number }>(
    db,
    `INSERT INTO index_runs (criteria_set_id, as_of, computed_at, formula_version, checksum) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (criteria_set_id, as_of) DO UPDATE SET computed_at = excluded.computed_at,
         formula_version = excluded.formula_version, checksum = excluded.checksum RETURNING id`,
  ).get(run.criteriaSetId, run.asOf, run.computedAt, run.formulaVersion, run.checksum)!
  prepared(db, 'DELETE FROM index_scores WHERE run_id = ?').run(id)
  prepared(db, 'DELETE FROM index_sheets WHERE run_id = ?').run(id)
  const addSheet = prepared(
    db,
    'INSERT INTO index_sheets (run_id, unit_id, points, max, score, rescaled, rank, grade) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  )
  for (const s of sheets)
    addSheet.run(id, s.unitId, s.points, s.max, s.score, Number(s.rescaled), s.rank, s.grade)
  const addScore = prepared(
    db,
    `INSERT INTO index_scores (run_id, unit_id, criterion, numerator, denominator, points, max, explanation)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  for (const s of scores) {
    addScore.run(id, s.unitId, s.criterion, s.numerator, s.denominator, s.points, s.max, s.explanation)
  }
  return id
}
