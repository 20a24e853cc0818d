import { KEY_LIFE_MS } from '../db/queries/idempotency.ts'
import { filesToForget, forgetSamples } from '../db/queries/imports.ts'
import { removeDeadSessions, removeOldFailures } from '../db/queries/sessions.ts'
import {
  forgetRejectedEntries,
  removeIdempotencyKeys,
  removeOldTrainings,
  removeSentRequests,
  removeUnnamedPeople,
} from '../db/queries/tidy.ts'
import { FAILURE_LIFE_MS } from './accounts/lock-out.ts'
import { idleSince } from './accounts/session.ts'
import { sweepAttachments } from './attachments/sweep-attachments.ts'
import { removeOldBackups } from './backup/remove-old-backups.ts'
import type { Config } from './config.ts'
import { decidedSince } from './corrections/decided-since.ts'
import type { Deps } from './deps.ts'
import { fillTails } from './dossiers/fill-tails.ts'
import { tidyDeliveries } from './exchange/webhooks/tidy-deliveries.ts'
import { removeDeadRuns } from './imports/remove-dead-runs.ts'
import { forgetFile, importDirOf } from './imports/stored-file.ts'
import { tidyMessages } from './messages/tidy-messages.ts'

const HOUR_MS = 60 * 60_000
const OUTBOX_MS = 7 * 24 * HOUR_MS

/** What was typed to practise may have been true. */
const TRAINING_MS = 7 * 24 * HOUR_MS

/** An uploaded register that nobody imports holds people's data for no purpose. */
const UPLOAD_MS = 7 * 24 * HOUR_MS

/**
 * Removes what may go: idempotency keys older than 48 hours, outbox rows done a week ago, old messages of webhooks,
 * sessions that are over, failed sign-ins a day old, intakes of training a week old, backups past their time, uploaded
 * registers that are imported or left alone for a week, what imports that died had written ahead, people and attached
 * files that no dossier has any more. The words of rejected requests for new dossiers go when they are shown no more.
 * Address and text of old messages to citizens go; numbers recorded before their last digits were kept get them.
 */
export function tidy(
  { db, clock, vault }: Pick<Deps, 'db' | 'clock' | 'vault'>,
  { backupDir, attachmentsDir }: Pick<Config, 'backupDir' | 'attachmentsDir'>,
): { readonly rows: number } {
  const now = clock.now()
  const keys = removeIdempotencyKeys(db, now - KEY_LIFE_MS)
  const requests = removeSentRequests(db, now - OUTBOX_MS)
  removeDeadRuns({ db, clock })
  for (const sha256 of filesToForget(db, now - UPLOAD_MS)) forgetFile(importDirOf(db), sha256)
  forgetSamples(db, now - UPLOAD_MS)
  sweepAttachments({ db }, attachmentsDir)
  const deliveries = tidyDeliveries({ db, clock })
  const sessions =
    removeDeadSessions(db, now, idleSince({ db }, now)) + removeOldFailures(db, now - FAILURE_LIFE_MS)
  const trainings = removeOldTrainings(db, now - TRAINING_MS)
  const messages = tidyMessages({ db, clock })
  const people = removeUnnamedPeople(db)
  forgetRejectedEntries(db, decidedSince({ clock }))
  const own = keys + requests + deliveries + messages + sessions + trainings + people
  const removed = own + removeOldBackups(backupDir)
  return { rows: removed + fillTails({ db, vault }) }
}
