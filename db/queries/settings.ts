import type { SettingKey } from '../../src/settings/settings.ts'
import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

/** The value of a setting, undefined where nobody has set it. */
export function readSetting(db: Db, key: SettingKey): unknown {
  const row = prepared<{ value: string }>(db, 'SELECT value FROM settings WHERE key = ?').get(key)
  return row === undefined ? undefined : (JSON.parse(row.value) as unknown)
}

export function upsertSetting(db: Db, key: SettingKey, value: unknown): void {
  prepared(
    db,
    'INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
  ).run(key, JSON.stringify(value))
}

/** Forgets a setting; says whether there was one. */
export function removeSetting(db: Db, key: SettingKey): boolean {
  return prepared(db, 'DELETE FROM settings WHERE key = ?').run(key).changes > 0
}
