import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { KEY_LIFE_MS } from '../db/queries/idempotency.ts'
import { removeIdempotencyKeys, removeSentRequests } from '../db/queries/tidy.ts'
import { backupsToRemove, unfinishedBackups } from './backup-keep.ts'
import type { Config } from './config.ts'
import type { Deps } from './deps.ts'
import { localDayOf } from './domain/calendar/day.ts'

const HOUR_MS = 60 * 60_000
const OUTBOX_MS = 7 * 24 * HOUR_MS

/** Removes what may go: idempotency keys older than 48 hours, outbox rows done a week ago, backups past their time. */
export function tidy(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { backupDir }: Pick<Config, 'backupDir'>,
): { readonly rows: number } {
  const now = clock.now()
  const keys = removeIdempotencyKeys(db, now - KEY_LIFE_MS)
  const requests = removeSentRequests(db, now - OUTBOX_MS)
  const kept = existsSync(backupDir) ? readdirSync(backupDir) : []
  const files = [...backupsToRemove(kept), ...unfinishedBackups(kept, localDayOf(now))]
  for (const file of files) {
    rmSync(join(backupDir, file), { force: true })
    rmSync(join(backupDir, `${file}.sha256`), { force: true })
  }
  return { rows: keys + requests + files.length }
}
