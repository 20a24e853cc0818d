import { join } from 'node:path'
import type { Db } from '../../db/open.ts'
import { clearAlarm, raiseAlarm } from '../../db/queries/alarms.ts'
import { upsertSetting } from '../../db/queries/settings.ts'
import { type TableCounts, tableCounts } from '../../db/queries/table-counts.ts'
import type { Config } from '../config.ts'
import type { Deps } from '../deps.ts'
import { missingDocument } from '../documents/missing-documents.ts'
import type { Instant } from '../domain/calendar/day.ts'
import { verifyDatabase } from '../verify.ts'
import { makeBackupFile } from './backup-file.ts'
import { backupName } from './backup-names.ts'
import { LAST_BACKUP } from './backup-standing.ts'

export interface Backup {
  readonly file: string
  readonly rows: number
  readonly sha256: string
  /** What is wrong with the files of the documents that the backup names, null when all are in the store. */
  readonly documentProblem: string | null
}

/**
 * Online backup to `DATA_DIR/backups/motcua-YYYYMMDD-HHmmss.db` while the service works on: the copy and everything
 * that is looked at in it leave the writer alone. Only a copy that adds up is called a backup. The key that seals ID
 * and phone numbers is not in it, nor are the files of the documents.
 */
export function backupDatabase(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { backupDir, ...folders }: Pick<Config, 'backupDir' | 'documentsDir' | 'attachmentsDir'>,
): Backup {
  const at = clock.now()
  const file = join(backupDir, backupName(at))
  const before = tableCounts(db)
  let rows = 0
  let missing: string | null = null
  const sha256 = makeBackupFile(db, file, (copy) => {
    const counts = tableCounts(copy)
    missing = missingDocument(copy, folders)
    rows = Object.values(counts).reduce((sum, n) => sum + n, 0)
    return missingRows(counts, before, tableCounts(db)) ?? whatDoesNotAddUp(copy)
  })
  const tell = db.transaction(() => {
    upsertSetting(db, LAST_BACKUP, { at })
    settleDocuments(db, missing, at)
  })
  tell.immediate()
  return { file, rows, sha256, documentProblem: missing }
}

function missingRows(counts: TableCounts, before: TableCounts, after: TableCounts): string | null {
  for (const table of Object.keys(counts) as (keyof TableCounts)[]) {
    if (counts[table] >= before[table] && counts[table] <= after[table]) continue
    return `bảng ${table} có ${counts[table]} dòng, cần ${before[table]}`
  }
  return null
}

/**
 * Everything `verify` looks at, but gaps among the codes (the office's affair, not the copy's) and closed periods held
 * against the cells (the same night's recount does that for the recent ones; for all of them it takes long).
 */
function whatDoesNotAddUp(copy: Db): string | null {
  const wrong = verifyDatabase({ db: copy }, ['codes', 'revisions']).find(({ problem }) => problem !== null)
  return wrong === undefined ? null : `${wrong.label}: ${wrong.problem}`
}

/** Documents that are missing make a backup no worse than it is; somebody must know all the same. */
function settleDocuments(db: Db, problem: string | null, at: Instant): void {
  const alarm = { kind: 'documents_missing', subject: 'documents' } as const
  if (problem === null) clearAlarm(db, alarm, at)
  else raiseAlarm(db, { ...alarm, detail: `Kho tệp đính kèm ${problem}`, raisedAt: at })
}
