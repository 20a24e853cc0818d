import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

/** The value of a setting, undefined where nobody has set it. */
export function readSetting(db: Db, key: string): unknown {
  const row = prepared<{ value: string }>(db, 'SELECT value FROM settings WHERE key = ?').get(key)
  return row === undefined ? undefined : (JSON.parse(row.value) as unknown)
}

export function upsertSetting(db: Db, key: string, value: unknown): void {
  prepared(
    db,
    'INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
  ).run(key, JSON.stringify(value))
}
