import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import type { Db } from '../../db/open.ts'
import { type AuditRoot, auditRoots } from '../../db/queries/audit-roots.ts'

/** The roots outside the database, a line each: who writes the whole database anew is seen by it. */
export const ROOTS_FILE = 'audit-roots.txt'

const HEADING = '# day last-entry hash last-event events-hash seal'

export function rootsFileIn(dataDir: string): string {
  return join(dataDir, ROOTS_FILE)
}

/** Makes the file before there is a root, so that one which is not there later was taken away. */
export function startRoots(file: string): void {
  if (!existsSync(file)) writeFileSync(file, fileText([]), { mode: 0o600 })
}

/**
 * What the file lacks, in words; null: nothing but the roots of the last run, which may have died before it came to the
 * file. What is lacking is never made up for by itself: who took it away would have it back unseen.
 */
export function lackingRoot(db: Db, file: string): string | null {
  const roots = auditRoots(db)
  if (!existsSync(file)) return roots.length === 0 ? null : `Thiếu tệp ${ROOTS_FILE}. ${WHAT_TO_DO}`
  const told = new Set(rootLines(file).map(dayOfLine))
  const lastRun = roots.at(-1)?.recordedAt
  const lacking = roots.find(({ day, recordedAt }) => !told.has(day) && recordedAt !== lastRun)
  return lacking === undefined ? null : `Tệp ${ROOTS_FILE} thiếu gốc ngày ${lacking.day}. ${WHAT_TO_DO}`
}

const WHAT_TO_DO =
  'Hãy tìm lại tệp; khi đã rõ vì sao thiếu, chạy “motcua audit renew-roots” để lập lại từ cơ sở dữ liệu.'

/** Adds to the file what of the database's roots is newer than its last line. Safe twice. */
export function appendRoots(db: Db, file: string): void {
  const isNew = !existsSync(file)
  if (!isNew) dropTornLine(file)
  const last = isNew ? '' : dayOfLine(rootLines(file).at(-1) ?? '')
  const lines = auditRoots(db)
    .filter(({ day }) => day > last)
    .map(lineOf)
  if (lines.length === 0) return
  const handle = openSync(file, 'a', 0o600)
  writeFileSync(handle, isNew ? fileText(lines) : `${lines.join('\n')}\n`)
  fsyncSync(handle)
  closeSync(handle)
}

/**
 * What the file lacks, or its first line that the database does not have, in words; null: they agree. `copy`: an older copy of the
 * database, whose roots end earlier.
 */
export function missingRoot(db: Db, file: string, { copy = false } = {}): string | null {
  const roots = new Map(auditRoots(db).map((root) => [root.day, root]))
  const lacking = copy ? null : lackingRoot(db, file)
  if (lacking !== null || !existsSync(file)) return lacking
  const last = [...roots.keys()].at(-1) ?? ''
  for (const line of rootLines(file)) {
    const day = dayOfLine(line)
    if (copy && day > last) return null
    const root = roots.get(day)
    if (root === undefined)
      return `Gốc ngày ${day} có trong tệp ${ROOTS_FILE} mà không có trong cơ sở dữ liệu.`
    if (factsIn(lineOf(root)) !== factsIn(line))
      return `Gốc ngày ${day} khác với dòng của nó trong tệp ${ROOTS_FILE}.`
  }
  return null
}

/** The lines of a file of roots. */
export function rootLines(file: string): readonly string[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
}

export function dayOfLine(line: string): string {
  return line.split(' ')[0] ?? ''
}

/** A whole file of these lines. */
export function fileText(lines: readonly string[]): string {
  return [HEADING, ...lines].map((line) => `${line}\n`).join('')
}

function lineOf({ day, lastId, hash, lastEventId, eventsHash, seal }: AuditRoot): string {
  return [day, lastId, hex(hash), lastEventId, hex(eventsHash), hex(seal)].join(' ')
}

/** What a power cut left of a line. */
function dropTornLine(file: string): void {
  const text = readFileSync(file)
  const end = text.lastIndexOf('\n') + 1
  if (end < text.length) truncateSync(file, end)
}

/** Without the seal: it is another one where a key was lost and given up. */
function factsIn(line: string): string {
  return line.split(' ').slice(0, -1).join(' ')
}

function hex(bytes: Buffer): string {
  return bytes.toString('hex')
}
