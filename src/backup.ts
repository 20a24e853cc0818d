import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { foldIntoOneFile } from '../db/one-file.ts'
import { type Db, openDatabase } from '../db/open.ts'
import { fileProblem, type TableCounts, tableCounts } from '../db/queries/table-counts.ts'
import { backupName } from './backup-keep.ts'
import type { Config } from './config.ts'
import type { Deps } from './deps.ts'
import { printInstant } from './domain/calendar/day.ts'
import { fileHash } from './file-hash.ts'

export interface Backup {
  readonly file: string
  readonly rows: number
  readonly sha256: string
}

/** All pages in one step: a copy of one moment, whatever is written meanwhile. */
const ALL_PAGES = 0x7fffffff

/**
 * Online backup to `DATA_DIR/backups/motcua-YYYYMMDD-HHmmss.db` while the service works on. The copy is opened and
 * checked before it gets its name; its SHA-256 stands beside it in a file that `sha256sum -c` reads. The key that
 * seals ID and phone numbers is not in it.
 */
export async function backupDatabase(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { backupDir }: Pick<Config, 'backupDir'>,
): Promise<Backup> {
  mkdirSync(backupDir, { recursive: true })
  const file = join(backupDir, backupName(printInstant(clock.now())))
  const part = `${file}.part`
  try {
    const before = tableCounts(db)
    await db.backup(part, { progress: () => ALL_PAGES })
    settleFile(part)
    const rows = checkCopy(part, before, tableCounts(db))
    const sha256 = fileHash(part)
    renameSync(part, file)
    writeFileSync(`${file}.sha256`, `${sha256}  ${basename(file)}\n`)
    return { file, rows, sha256 }
  } finally {
    rmSync(part, { force: true })
  }
}

/** What is wrong with a backup, null when it is sound: its hash (where one stands beside it) and its content. */
export function backupProblem(file: string): string | null {
  const recorded = `${file}.sha256`
  if (existsSync(recorded) && readFileSync(recorded, 'utf8').split(' ')[0] !== fileHash(file))
    return 'sai mã SHA-256'
  let copy: Db | undefined
  try {
    copy = openDatabase(file, { busyTimeoutMs: 0, readOnly: true })
    tableCounts(copy)
    return fileProblem(copy)
  } catch (error) {
    return (error as Error).message
  } finally {
    copy?.close()
  }
}

/** Makes the copy one file without a journal beside it, and on disk. */
function settleFile(file: string): void {
  const copy = openDatabase(file, { busyTimeoutMs: 0 })
  foldIntoOneFile(copy)
  copy.close()
  const handle = openSync(file, 'r+')
  fsyncSync(handle)
  closeSync(handle)
}

function checkCopy(file: string, before: TableCounts, after: TableCounts): number {
  const copy = openDatabase(file, { busyTimeoutMs: 0, readOnly: true })
  try {
    const problem = fileProblem(copy)
    if (problem !== null) throw new Error(`Bản sao lưu hỏng: ${problem}`)
    const counts = tableCounts(copy)
    for (const table of Object.keys(counts) as (keyof TableCounts)[]) {
      if (counts[table] >= before[table] && counts[table] <= after[table]) continue
      throw new Error(
        `Bản sao lưu thiếu dữ liệu: bảng ${table} có ${counts[table]} dòng, cần ${before[table]}`,
      )
    }
    return Object.values(counts).reduce((sum, n) => sum + n, 0)
  } finally {
    copy.close()
  }
}
