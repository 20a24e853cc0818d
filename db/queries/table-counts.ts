import type { Db } from '../open.ts'

/** Tables that only grow, so that a copy has at least what was there before it and at most what is there after. */
const GROWING = ['dossiers', 'events', 'snapshots', 'job_runs'] as const

export type TableCounts = Readonly<Record<(typeof GROWING)[number], number>>

export function tableCounts(db: Db): TableCounts {
  const counts = GROWING.map((table) => [
    table,
    db.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number,
  ])
  return Object.fromEntries(counts) as TableCounts
}

/** What SQLite finds wrong with the file, null when it is sound. */
export function fileProblem(db: Db): string | null {
  freshenWords(db)
  const found = db.pragma('integrity_check(1)', { simple: true }) as string
  return found === 'ok' ? null : found
}

/** The first row that points at nothing, null when there is none. */
export function danglingRow(db: Db): string | null {
  const [found] = db.pragma('foreign_key_check') as { table: string; rowid: number | null; parent: string }[]
  return found === undefined ? null : `${found.table} #${found.rowid} → ${found.parent}`
}

export function hasTable(db: Db, table: string): boolean {
  return db.prepare(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?`).get(table) !== undefined
}

/** Rows of every table, whatever the schema: two copies of one moment tell the same. */
export function rowsByTable(db: Db): ReadonlyMap<string, number> {
  const tables = db
    .prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`)
    .pluck()
    .all()
  return new Map(
    tables.map((table) => [table, db.prepare<[], number>(`SELECT count(*) FROM "${table}"`).pluck().get()!]),
  )
}

/**
 * A connection keeps what it last knew of the words of names, and the check of the file takes that for the truth: after
 * other connections have written it would find faults that are none. A search makes it look again.
 */
function freshenWords(db: Db): void {
  if (hasTable(db, 'persons_words'))
    db.prepare(`SELECT rowid FROM persons_words WHERE persons_words MATCH 'a' LIMIT 1`).get()
}
