import { copyFileSync, existsSync, renameSync, writeFileSync } from 'node:fs'
import type { Db } from '../../db/open.ts'
import { lastRoot } from '../../db/queries/audit-roots.ts'
import { hasTable } from '../../db/queries/table-counts.ts'
import { appendRoots, dayOfLine, fileText, rootLines } from './roots-file.ts'

/**
 * Brings the file of the roots to where a restored database ends, so that its days are sealed anew from there; what the
 * file had is kept at `aside`. A database from before the audit had roots leaves none.
 */
export function restoreRoots(db: Db, file: string, aside: string): void {
  const known = hasTable(db, 'audit_roots')
  const last = known ? (lastRoot(db)?.day ?? '') : ''
  if (existsSync(file)) {
    const lines = rootLines(file)
    const kept = lines.filter((line) => dayOfLine(line) <= last)
    if (kept.length < lines.length) {
      copyFileSync(file, aside)
      writeFileSync(`${file}.part`, fileText(kept), { mode: 0o600 })
      renameSync(`${file}.part`, file)
    }
  }
  if (known) appendRoots(db, file)
}
