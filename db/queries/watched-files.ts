import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

/** A register that came by itself; one row for each content and folder. */
export interface WatchedFile {
  readonly id: number
  readonly folder: string
  readonly name: string
  readonly sha256: string
  readonly foundAt: number
  /** `waiting`: its import is under way, or died. */
  readonly outcome: 'waiting' | 'applied' | 'refused'
  /** JSON of what became of it. */
  readonly report: string | null
}

const ROW = 'id, folder, name, sha256, found_at AS foundAt, outcome, report'

export function findWatchedFile(db: Db, folder: string, sha256: string): WatchedFile | null {
  return (
    prepared<WatchedFile>(db, `SELECT ${ROW} FROM watched_files WHERE folder = ? AND sha256 = ?`).get(
      folder,
      sha256,
    ) ?? null
  )
}

/** Notes a file, or what has become of it. */
export function putWatchedFile(db: Db, file: Omit<WatchedFile, 'id'>): void {
  prepared(
    db,
    `INSERT INTO watched_files (folder, name, sha256, found_at, outcome, report)
       VALUES (@folder, @name, @sha256, @foundAt, @outcome, @report)
       ON CONFLICT (folder, sha256) DO UPDATE SET name = excluded.name, found_at = excluded.found_at,
         outcome = excluded.outcome, report = excluded.report`,
  ).run(file)
}

/** The newest first, of one folder or of all. */
export function newestWatchedFiles(
  db: Db,
  limit: number,
  folder: string | null = null,
): readonly WatchedFile[] {
  return prepared<WatchedFile>(
    db,
    `SELECT ${ROW} FROM watched_files WHERE folder = coalesce(?, folder) ORDER BY found_at DESC, id DESC LIMIT ?`,
  ).all(folder, limit)
}

/** Takes the sentence about one row out of the reports; how many rows there were stays. */
export function cutWatchedReports(db: Db): void {
  prepared(
    db,
    `UPDATE watched_files SET report = json_set(report, '$.problem', NULL)
       WHERE report IS NOT NULL AND outcome <> 'waiting' AND json_extract(report, '$.problem') IS NOT NULL`,
  ).run()
}
