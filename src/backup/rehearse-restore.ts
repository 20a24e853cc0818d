import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Db, openDatabase } from '../../db/open.ts'
import { lastRecordedAt } from '../../db/queries/last-event.ts'
import { type TableCounts, tableCounts } from '../../db/queries/table-counts.ts'
import { rootsFileIn } from '../audit/roots-file.ts'
import type { Config } from '../config.ts'
import type { Deps } from '../deps.ts'
import type { Instant } from '../domain/calendar/day.ts'
import { upgradeDatabase } from '../upgrade.ts'
import { openVault } from '../vault.ts'
import { type Finding, verifyInstallation } from '../verify.ts'
import { configuredPlace, findBackup, type Wanted } from './find-backup.ts'
import { restoreBackup } from './restore.ts'

export interface Rehearsal {
  /** The backup that was rehearsed. */
  readonly file: string
  readonly findings: readonly Finding[]
  readonly rows: TableCounts
  /** When the newest change of a dossier was recorded, null without any. */
  readonly newest: Instant | null
  readonly keyProblem: string | null
}

/**
 * Restores a backup into a scratch folder beside the backups as it would be restored in earnest, up to the first start with
 * this version, looks at everything there, and removes the folder. The installation is not touched.
 */
export async function rehearseRestore(
  { clock, log }: Pick<Deps, 'clock' | 'log'>,
  config: Config,
  wanted: Wanted & { readonly documents: boolean },
): Promise<Rehearsal> {
  mkdirSync(config.backupDir, { recursive: true, mode: 0o700 })
  const scratch = mkdtempSync(join(config.backupDir, 'rehearsal-'))
  let db: Db | undefined
  try {
    const file = await findBackup(config, wanted, scratch)
    const here = { ...config, dataDir: scratch, databaseFile: join(scratch, 'motcua.db') }
    const { keyProblem } = restoreBackup(here, { clock, file })
    const folders = wanted.documents
      ? { documentsDir: join(scratch, 'documents'), attachmentsDir: join(scratch, 'attachments') }
      : config
    if (wanted.documents) {
      const { place } = configuredPlace(config)
      await place.getFiles('documents', folders.documentsDir)
      await place.getFiles('attachments', folders.attachmentsDir)
    }
    db = openDatabase(here.databaseFile, { busyTimeoutMs: 0 })
    upgradeDatabase(db, { backupDir: join(scratch, 'backups'), clock, log })
    const vault = keyProblem === null && existsSync(config.keyFile) ? openVault(config.keyFile) : null
    const { documentsDir, attachmentsDir } = folders
    const rootsFile = rootsFileIn(config.dataDir)
    const findings = verifyInstallation(db, { documentsDir, attachmentsDir, rootsFile, vault, copy: true })
    return { file, findings, rows: tableCounts(db), newest: lastRecordedAt(db), keyProblem }
  } finally {
    db?.close()
    rmSync(scratch, { recursive: true, force: true })
  }
}
