import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Db } from '../../db/open.ts'
import type { ErasureCandidate, NamedPerson } from '../../db/queries/erasure.ts'
import { allImports, type ImportRow, setReport } from '../../db/queries/imports.ts'
import { cutWatchedReports } from '../../db/queries/watched-files.ts'
import type { Deps } from '../deps.ts'
import { fold } from '../fold.ts'
import type { ImportOptions } from '../imports/import-options.ts'
import { readTable } from '../imports/read-table.ts'
import { forgetFile, importDirOf, storedFile } from '../imports/stored-file.ts'
import { storedReport } from '../imports/stored-report.ts'
import { isPhone, phoneDigits } from '../person-numbers.ts'

/** By what a row of a file is known to be about somebody: codes, names, numbers. */
export interface Marks {
  isIn(cell: string): boolean
  isEmpty(): boolean
}

export function marksOf(
  { vault }: Pick<Deps, 'vault'>,
  dossiers: readonly ErasureCandidate[],
  people: readonly NamedPerson[],
): Marks {
  const marks = new Set<string>()
  for (const { code } of dossiers) if (code !== null) marks.add(markOf(code))
  for (const { name, idNumberSealed, phoneSealed } of people) {
    marks.add(markOf(name))
    for (const sealed of [idNumberSealed, phoneSealed]) if (sealed !== null) marks.add(opened(vault, sealed))
  }
  return {
    isIn: (cell) => cell !== '' && marks.has(markOf(cell)),
    isEmpty: () => marks.size === 0,
  }
}

/** Whether a register is being read or written: what is erased now would be written again. */
export function importsUnderWay(db: Db): boolean {
  return allImports(db).some(({ status }) => UNDER_WAY.has(status))
}

const UNDER_WAY: ReadonlySet<ImportRow['status']> = new Set(['uploaded', 'waiting', 'running'])

/**
 * Throws away uploaded registers that have a row about any of these, with what reports say of single rows; of imports that
 * are over for good no report needs its rows. Returns how many. Run it inside a write.
 */
export function eraseFromImports({ db }: Pick<Deps, 'db'>, marks: Marks, dryRun: boolean): number {
  if (marks.isEmpty()) return 0
  const folder = importDirOf(db)
  let cut = 0
  for (const row of allImports(db)) {
    const isThere = existsSync(join(folder, row.sha256))
    const names = isThere && hasMarkedRow(folder, row, marks)
    if (names && !dryRun) forgetFile(folder, row.sha256)
    if (isThere && !names) continue
    const report = withoutRows(row)
    if (report !== null) setReport(db, row.id, report)
    if (names || report !== null) cut += 1
  }
  cutWatchedReports(db)
  return cut
}

/** A file that cannot be read cannot be kept either. */
function hasMarkedRow(folder: string, { sha256, options }: ImportRow, marks: Marks): boolean {
  try {
    const { rows, pauses } = readTable(storedFile(folder, sha256), JSON.parse(options) as ImportOptions)
    return [...rows, ...(pauses?.rows ?? [])].some((cells) => cells.some(marks.isIn))
  } catch {
    return true
  }
}

/** The report with its counts and without its rows; null where there is nothing to cut. */
function withoutRows(row: ImportRow): string | null {
  const report = storedReport(row)
  if (report === null || 'refusal' in report) return null
  const { sample: _, ...rest } = report
  const bare = {
    ...rest,
    problems: [],
    contradictions: [],
    dueDifferences: { ...report.dueDifferences, first: [] },
  }
  const text = JSON.stringify(bare)
  return text === row.report ? null : text
}

function opened(vault: Deps['vault'], sealed: Buffer): string {
  try {
    return markOf(vault.open(sealed))
  } catch {
    return ''
  }
}

function markOf(text: string): string {
  const bare = phoneDigits(text)
  return isPhone(bare) ? bare : fold(text)
}
