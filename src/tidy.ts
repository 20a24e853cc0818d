import { KEY_LIFE_MS } from '../db/queries/idempotency.ts'
import { filesToForget, forgetSamples } from '../db/queries/imports.ts'
import { removeIdempotencyKeys, removeSentRequests } from '../db/queries/tidy.ts'
import { removeOldBackups } from './backup/remove-old-backups.ts'
import type { Config } from './config.ts'
import type { Deps } from './deps.ts'
import { tidyDeliveries } from './exchange/webhooks/tidy-deliveries.ts'
import { removeDeadRuns } from './imports/remove-dead-runs.ts'
import { forgetFile, importDirOf } from './imports/stored-file.ts'
import { tidyMessages } from './messages/tidy-messages.ts'

const HOUR_MS = 60 * 60_000
const OUTBOX_MS = 7 * 24 * HOUR_MS

/** An uploaded register that nobody imports holds people's data for no purpose. */
const UPLOAD_MS = 7 * 24 * HOUR_MS

/**
 * Removes what may go: idempotency keys older than 48 hours, outbox rows done a week ago, old messages of webhooks,
 * backups past their time, uploaded registers that are imported or left alone for a week, and what imports that died
 * had written ahead; address and text of old messages to citizens.
 */
export function tidy(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { backupDir }: Pick<Config, 'backupDir'>,
): { readonly rows: number } {
  const now = clock.now()
  const keys = removeIdempotencyKeys(db, now - KEY_LIFE_MS)
  const requests = removeSentRequests(db, now - OUTBOX_MS)
  removeDeadRuns({ db, clock })
  for (const sha256 of filesToForget(db, now - UPLOAD_MS)) forgetFile(importDirOf(db), sha256)
  forgetSamples(db, now - UPLOAD_MS)
  const deliveries = tidyDeliveries({ db, clock })
  const messages = tidyMessages({ db, clock })
  return { rows: keys + requests + deliveries + messages + removeOldBackups(backupDir) }
}
