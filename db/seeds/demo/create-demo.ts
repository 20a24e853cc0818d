import { renameSync, rmSync } from 'node:fs'
import type { Deps } from '../../../src/deps.ts'
import { instantAt } from '../../../src/domain/calendar/day.ts'
import { migrateDatabase } from '../../migrate.ts'
import { openDatabase } from '../../open.ts'
import { upsertSetting } from '../../queries/settings.ts'
import { loadReference } from '../load-reference.ts'
import { type DemoSpan, loadDemo } from './load-demo.ts'

const REFERENCE_RECORDED_AT = instantAt('2021-11-01', 8 * 60)
const BUSY_TIMEOUT_MS = 5_000

/**
 * Makes the demonstration's database in `file`. It is built beside it and moved there when it is whole, so that an
 * interrupted run leaves nothing behind that looks finished.
 */
export function createDemo(
  file: string,
  { vault, log }: Pick<Deps, 'vault' | 'log'>,
  span: DemoSpan,
  onProgress: (done: number, total: number) => void,
): { readonly dossiers: number; readonly acts: number } {
  const unfinished = `${file}.unfinished`
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${unfinished}${suffix}`, { force: true })
  const db = openDatabase(unfinished, { busyTimeoutMs: BUSY_TIMEOUT_MS })
  // A crash starts it over: nothing here needs to survive one.
  db.pragma('synchronous = OFF')
  migrateDatabase(db)
  loadReference(db, REFERENCE_RECORDED_AT)
  upsertSetting(db, 'demo', true)
  const counts = loadDemo({ db, vault, log }, span, onProgress)
  db.pragma('optimize')
  db.close()
  renameSync(unfinished, file)
  return counts
}
