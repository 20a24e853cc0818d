import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { clearAlarm, raiseAlarm } from '../../db/queries/alarms.ts'
import { removedHashes } from '../../db/queries/attachments.ts'
import { addToOutbox } from '../../db/queries/outbox.ts'
import { upsertSetting } from '../../db/queries/settings.ts'
import { ROOTS_FILE, rootsFileIn } from '../audit/roots-file.ts'
import type { Config } from '../config.ts'
import type { Deps } from '../deps.ts'
import { type Instant, localDayOf } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'
import { backupProblem, hashFileOf, recordedHash } from './backup-file.ts'
import { type BackupName, backupName, backupsAmong, backupsToRemove } from './backup-names.ts'
import { LAST_BACKUP_COPY } from './backup-standing.ts'
import { copyRoots } from './copy-roots.ts'
import { type SecondPlace, secondPlace } from './second-place.ts'

/** A file taken away from a dossier stays in the second place so long: backups of those weeks still name it. */
const REMOVED_KEPT_MS = 35 * 24 * 60 * 60_000
/** Open while the second place keeps a file of roots that is not the beginning of the one here. */
const OTHER_ROOTS_ALARM = { kind: 'audit_broken', subject: 'second-place' } as const

/** Open while the second place does not have what it should. */
export const COPY_ALARM = { kind: 'backup_copy_failed', subject: 'copy-backup' } as const

/**
 * Brings the second place up to date: the newest backup and those made before an upgrade, the roots of the audit, then
 * the documents and attachments that are missing there; what the rule no longer keeps goes. Each copy is read back and its hash compared. Returns the number
 * of backups copied; what cannot be done is thrown, in words that say what to do. Safe to repeat.
 */
export async function copyBackups(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  {
    backupDir,
    dataDir,
    documentsDir,
    attachmentsDir,
  }: Pick<Config, 'backupDir' | 'dataDir' | 'documentsDir' | 'attachmentsDir'>,
  to: string,
): Promise<number> {
  const place = secondPlace(to)
  const there = await place.list()
  const complete = new Set(backupsThere(there).map(({ name }) => name))
  const here = backupsAmong(readdirSync(backupDir))
  const newest = here.find((backup) => backup.beforeUpgrade === null)
  const missing = here
    .filter((backup) => backup === newest || backup.beforeUpgrade !== null)
    .filter(({ name }) => !complete.has(name))
  for (const { name } of missing) await copyBackup(place, join(backupDir, name), name)
  const now = clock.now()
  const otherRoots = await copyRoots(place, rootsFileIn(dataDir), { there, stamp: stampOf(now) })
  await place.putFiles('documents', documentsDir)
  await place.putFiles('attachments', attachmentsDir)
  await place.removeFiles('attachments', removedHashes(db, now - REMOVED_KEPT_MS))
  for (const name of backupsToRemove([...there, ...missing.map(({ name }) => name)])) {
    await place.remove(name)
    if (complete.has(name)) await place.remove(hashFileOf(name))
  }
  const tell = db.transaction(() => {
    if (newest !== undefined) upsertSetting(db, LAST_BACKUP_COPY, { at: newest.at, to })
    clearAlarm(db, COPY_ALARM, now)
    settleRoots(db, otherRoots, now)
  })
  tell.immediate()
  return missing.length
}

/** A copy that was asked for by hand and could not be made: an alarm, and the workers try it again. */
export function copyLater({ db, clock }: Pick<Deps, 'db' | 'clock'>, problem: string): void {
  const now = clock.now()
  const store = db.transaction(() => {
    raiseAlarm(db, { ...COPY_ALARM, detail: problem, raisedAt: now })
    addToOutbox(db, { job: 'copy-backup', payload: JSON.stringify({ day: localDayOf(now) }) }, now)
  })
  store.immediate()
}

/** The backups of a second place that are whole, the newest first. */
export function backupsThere(files: readonly string[]): readonly BackupName[] {
  return backupsAmong(files).filter(({ name }) => files.includes(hashFileOf(name)))
}

/** Brings a backup back from the second place into `file`, with its hash beside it. */
export async function fetchBackup(place: SecondPlace, name: string, file: string): Promise<void> {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  await place.get(hashFileOf(name), hashFileOf(file))
  await place.get(name, file)
  const problem = backupProblem(file)
  if (problem === null) return
  for (const path of [file, hashFileOf(file)]) rmSync(path, { force: true })
  throw new RuleError('damaged_copy', { file: name, problem })
}

/** Open until somebody has looked at what is kept there and has taken it away. */
function settleRoots(db: Deps['db'], kept: readonly string[], at: Instant): void {
  if (kept.length === 0) {
    clearAlarm(db, OTHER_ROOTS_ALARM, at)
    return
  }
  const detail = `Tệp ${ROOTS_FILE} từng có ở nơi thứ hai không phải phần đầu của tệp tại máy; được giữ ở đó: ${kept.join(', ')}.`
  raiseAlarm(db, { ...OTHER_ROOTS_ALARM, detail, raisedAt: at })
}

/** `20230306-010000` */
function stampOf(at: Instant): string {
  return backupName(at).slice('motcua-'.length, -'.db'.length)
}

async function copyBackup(place: SecondPlace, file: string, name: string): Promise<void> {
  await place.put(file, name)
  if ((await place.hash(name)) !== recordedHash(file)) {
    await place.remove(name)
    throw new RuleError('damaged_copy', { file: name, problem: 'đọc lại thấy sai mã SHA-256' })
  }
  await place.put(hashFileOf(file), hashFileOf(name))
}
