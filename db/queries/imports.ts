import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

export const IMPORT_STATUSES = ['uploaded', 'checked', 'waiting', 'running', 'done', 'refused'] as const
export type ImportStatus = (typeof IMPORT_STATUSES)[number]

export interface ImportRow {
  readonly id: number
  readonly sha256: string
  readonly name: string
  readonly bytes: number
  readonly uploadedAt: number
  readonly uploadedBy: number | null
  /** JSON of how the file is to be read. */
  readonly options: string
  readonly status: ImportStatus
  readonly acceptChanges: 0 | 1
  readonly runner: string | null
  readonly startedAt: number | null
  readonly finishedAt: number | null
  readonly rowsDone: number
  readonly rowsTotal: number
  /** JSON of the newest report. */
  readonly report: string | null
}

const COLUMNS = `id, sha256, name, bytes, uploaded_at AS uploadedAt, uploaded_by AS uploadedBy, options, status,
  accept_changes AS acceptChanges, runner, started_at AS startedAt, finished_at AS finishedAt, rows_done AS rowsDone,
  rows_total AS rowsTotal, report`

export function insertImport(
  db: Db,
  row: Pick<
    ImportRow,
    'sha256' | 'name' | 'bytes' | 'uploadedAt' | 'uploadedBy' | 'options' | 'acceptChanges' | 'status'
  >,
): number {
  const { sha256, name, bytes, uploadedAt, uploadedBy, options, acceptChanges, status } = row
  const insert = prepared(
    db,
    `INSERT INTO imports (sha256, name, bytes, uploaded_at, uploaded_by, options, accept_changes, status, rows_done, rows_total)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, 0)`,
  )
  return Number(
    insert.run(sha256, name, bytes, uploadedAt, uploadedBy, options, acceptChanges, status).lastInsertRowid,
  )
}

/** Whose imports are meant: of these officers, and of folders for these units. */
export interface Importers {
  readonly officerIds: readonly number[]
  readonly unitKeys: readonly string[]
}

const OF_IMPORTERS = `(@all OR uploaded_by IN (SELECT value FROM json_each(@officers))
  OR (uploaded_by IS NULL AND json_extract(options, '$.defaults.unit') IN (SELECT value FROM json_each(@units))))`

function importersArgs(of: Importers | null) {
  const { officerIds = [], unitKeys = [] } = of ?? {}
  return { all: Number(of === null), officers: JSON.stringify(officerIds), units: JSON.stringify(unitKeys) }
}

export function findImport(db: Db, id: number, of: Importers | null = null): ImportRow | null {
  const find = prepared<ImportRow>(db, `SELECT ${COLUMNS} FROM imports WHERE id = @id AND ${OF_IMPORTERS}`)
  return find.get({ id, ...importersArgs(of) }) ?? null
}

/** The newest imports first, without their reports' weight deciding anything. */
export function newestImports(db: Db, of: Importers | null, limit: number): readonly ImportRow[] {
  return prepared<ImportRow>(
    db,
    `SELECT ${COLUMNS} FROM imports WHERE ${OF_IMPORTERS} ORDER BY id DESC LIMIT @limit`,
  ).all({ limit, ...importersArgs(of) })
}

/** The last time the same file was imported, or null. */
export function importedBefore(db: Db, sha256: string): ImportRow | null {
  return (
    prepared<ImportRow>(
      db,
      `SELECT ${COLUMNS} FROM imports INDEXED BY imports_file WHERE sha256 = ? AND status = 'done' ORDER BY id DESC LIMIT 1`,
    ).get(sha256) ?? null
  )
}

export function runningImports(db: Db): readonly ImportRow[] {
  return prepared<ImportRow>(
    db,
    `SELECT ${COLUMNS} FROM imports INDEXED BY imports_running WHERE status = 'running'`,
  ).all()
}

/** Hands an import that was read to the workers, to be written; says whether it was still to be had. */
export function requestImport(db: Db, id: number, acceptChanges: boolean): boolean {
  const update = prepared(
    db,
    `UPDATE imports SET status = 'waiting', accept_changes = ? WHERE id = ? AND status IN ('checked', 'refused')`,
  )
  return update.run(Number(acceptChanges), id).changes === 1
}

/** Hands an import to the workers, to be read again with other options; says whether it was still to be had. */
export function requestCheck(db: Db, id: number, options: string): boolean {
  const update = prepared(
    db,
    `UPDATE imports SET status = 'uploaded', options = ? WHERE id = ? AND status IN ('checked', 'refused')`,
  )
  return update.run(options, id).changes === 1
}

export function startImport(db: Db, id: number, runner: string, at: number): void {
  prepared(
    db,
    `UPDATE imports SET status = 'running', runner = ?, started_at = ?, finished_at = NULL, rows_done = 0 WHERE id = ?`,
  ).run(runner, at, id)
}

export function tellProgress(db: Db, id: number, done: number, total: number): void {
  prepared(db, 'UPDATE imports SET rows_done = ?, rows_total = ? WHERE id = ?').run(done, total, id)
}

export function endImport(db: Db, id: number, status: ImportStatus, report: string | null, at: number): void {
  prepared(
    db,
    `UPDATE imports SET status = ?, report = coalesce(?, report), finished_at = ?, runner = NULL WHERE id = ?`,
  ).run(status, report, at, id)
}

/** Files that no import needs any more: done, or left alone since `before`. */
export function filesToForget(db: Db, before: number): readonly string[] {
  return prepared<{ sha256: string }>(
    db,
    `SELECT DISTINCT sha256 FROM imports i WHERE NOT EXISTS (SELECT 1 FROM imports o WHERE o.sha256 = i.sha256
       AND (o.status IN ('uploaded', 'waiting', 'running') OR (o.status <> 'done' AND o.uploaded_at >= ?)))`,
  )
    .all(before)
    .map(({ sha256 }) => sha256)
}

/** Takes the rows of the file out of reports on uploads that were left alone since `before`. */
export function forgetSamples(db: Db, before: number): void {
  prepared(
    db,
    `UPDATE imports SET report = json_remove(report, '$.sample')
       WHERE uploaded_at < ? AND report IS NOT NULL AND json_extract(report, '$.sample') IS NOT NULL`,
  ).run(before)
}

/** Every import there was, oldest first. */
export function allImports(db: Db): readonly ImportRow[] {
  return prepared<ImportRow>(db, `SELECT ${COLUMNS} FROM imports ORDER BY id`).all()
}

export function setReport(db: Db, id: number, report: string): void {
  prepared(db, 'UPDATE imports SET report = ? WHERE id = ?').run(report, id)
}
