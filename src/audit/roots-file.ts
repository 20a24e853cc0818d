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
 * The first line of the file that the database does not have, in words; null: it has them all. `copy`: an older copy of the
 * database, whose roots end earlier.
 */
export function missingRoot(db: Db, file: string, { copy = false } = {}): string | null {
  const roots = new Map(auditRoots(db).map((root) => [root.day, root]))
  if (!existsSync(file)) return copy || roots.size === 0 ? null : `Thiếu tệp ${ROOTS_FILE}.`
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
