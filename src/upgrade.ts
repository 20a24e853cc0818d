import { join } from 'node:path'
import type { Logger } from 'pino'
import { isNewer, migrateDatabase } from '../db/migrate.ts'
import type { Db } from '../db/open.ts'
import { danglingRow, fileProblem, rowsByTable } from '../db/queries/table-counts.ts'
import { makeBackupFile } from './backup/backup-file.ts'
import { backupName } from './backup/backup-names.ts'
import { removeOldBackups } from './backup/remove-old-backups.ts'
import type { Clock } from './clock.ts'
import { RuleError } from './domain/refusals.ts'

export interface UpgradeSetting {
  readonly backupDir: string
  readonly clock: Clock
  readonly log: Logger
  /** Where the migrations are, if not where this code keeps them. */
  readonly migrations?: string
}

/**
 * Brings an older database up to what this code expects, after keeping it as it was:
 * `DATA_DIR/backups/motcua-…-before-upgrade-NNNN.db`. Without that copy nothing is changed
 * (`upgrade_without_backup`), a migration that fails changes nothing (`upgrade_failed`), and a database of newer code
 * is left alone (`database_newer`). Says whether it was an older one.
 */
export function upgradeDatabase(db: Db, { backupDir, clock, log, migrations }: UpgradeSetting): boolean {
  if (isNewer(db, migrations)) throw new RuleError('database_newer', { file: db.name })
  let kept: string | null = null
  try {
    migrateDatabase(db, {
      ...(migrations !== undefined && { folder: migrations }),
      beforeUpgrade: ({ to }) => {
        kept = join(backupDir, backupName(clock.now(), to))
        log.info({ backup: kept }, 'older database: backup before the upgrade')
        keepAsItIs(db, kept)
      },
    })
  } catch (error) {
    if (error instanceof RuleError || kept === null) throw error
    throw new RuleError('upgrade_failed', { problem: (error as Error).message, file: kept })
  }
  if (kept !== null) log.info({ backup: kept }, 'database upgraded')
  return kept !== null
}

/** What the copy says cannot be recounted by code of another schema: it is held against the original, row for row. */
function keepAsItIs(db: Db, file: string): void {
  const rows = rowsByTable(db)
  try {
    makeBackupFile(
      db,
      file,
      (copy) => fileProblem(copy) ?? danglingRow(copy) ?? difference(rowsByTable(copy), rows),
    )
  } catch (error) {
    const problem = (error instanceof RuleError && error.params['problem']) || (error as Error).message
    throw new RuleError('upgrade_without_backup', { file, problem })
  }
  // A migration that fails at every start must not fill the disk.
  removeOldBackups(join(file, '..'))
}

function difference(copy: ReadonlyMap<string, number>, original: ReadonlyMap<string, number>): string | null {
  for (const [table, rows] of original) {
    if (copy.get(table) !== rows) return `bảng ${table} có ${copy.get(table) ?? 0} dòng, cần ${rows}`
  }
  return null
}
