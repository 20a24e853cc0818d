import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findImport, type ImportRow, insertImport } from '../../db/queries/imports.ts'
import { findWatchedFile, putWatchedFile, type WatchedFile } from '../../db/queries/watched-files.ts'
import type { Config, ImportFolder } from '../config.ts'
import type { Deps } from '../deps.ts'
import { printInstant } from '../domain/calendar/day.ts'
import type { ImportOptions } from './import-options.ts'
import { putAside } from './put-aside.ts'
import { readyFiles, standOf } from './ready-files.ts'
import { runImport } from './run-import.ts'
import { importDirOf, sha256Of, storeFile } from './stored-file.ts'
import { storedReport } from './stored-report.ts'
import { reportOf, watchedReport } from './watched-report.ts'

export interface TakenFiles {
  readonly applied: number
  readonly refused: number
}

/**
 * Imports every register that lies ready in the watched folders, as by hand and without changing what contradicts;
 * then moves it aside. The same content is imported once. Killed anywhere, the next run goes on: an import is whole
 * or nothing, and what was imported already is only moved. A file that fails stops no other.
 */
export function importFolders(
  deps: Deps,
  { importFolders: folders }: Pick<Config, 'importFolders'>,
): TakenFiles {
  const outcomes: WatchedFile['outcome'][] = []
  const failures: unknown[] = []
  for (const folder of folders) {
    for (const name of readyFiles(folder, deps.clock.now()) ?? []) {
      try {
        outcomes.push(...takeFile(deps, folder, name))
      } catch (error) {
        failures.push(error)
      }
    }
  }
  if (failures.length > 0) throw failures[0]
  const count = (wanted: WatchedFile['outcome']) => outcomes.filter((outcome) => outcome === wanted).length
  return { applied: count('applied'), refused: count('refused') }
}

/** What became of the file; nothing where it changed while it was read. */
function takeFile(deps: Deps, folder: ImportFolder, name: string): readonly WatchedFile['outcome'][] {
  const { db } = deps
  const file = join(folder.path, name)
  const before = standOf(file)
  const bytes = readFileSync(file)
  if (standOf(file) !== before) return []
  const sha256 = sha256Of(bytes)
  const known = findWatchedFile(db, folder.path, sha256)
  const isKnown = known?.outcome === 'applied'
  const row = isKnown ? importOf(deps, known) : importNow(deps, folder, { name, sha256, bytes }, known)
  const outcome = isKnown || row.status === 'done' ? 'applied' : 'refused'
  putAside(folder.path, name, outcome, {
    file: name,
    sha256,
    outcome,
    ...(isKnown && { note: 'Nội dung này đã được nhập từ trước nên không nhập lại.' }),
    finishedAt: row.finishedAt === null ? null : printInstant(row.finishedAt),
    report: storedReport(row),
  })
  return [outcome]
}

interface FoundFile {
  readonly name: string
  readonly sha256: string
  readonly bytes: Buffer
}

/** Imports the file, or ends the import of it that a killed run has left. */
function importNow(
  deps: Deps,
  { path, unit }: ImportFolder,
  { name, sha256, bytes }: FoundFile,
  known: WatchedFile | null,
): ImportRow {
  const { db, clock } = deps
  storeFile(importDirOf(db), bytes)
  const foundAt = clock.now()
  const watched = { folder: path, name, sha256, foundAt }
  const note = (outcome: WatchedFile['outcome'], row: ImportRow) =>
    putWatchedFile(db, { ...watched, outcome, report: JSON.stringify(reportOf(row)) })
  const begin = db.transaction((): ImportRow => {
    if (known?.outcome === 'waiting') return importOf(deps, known)
    const options: ImportOptions = { defaults: unit === null ? {} : { unit } }
    const id = insertImport(db, {
      ...{ sha256, name, bytes: bytes.length, uploadedAt: foundAt, uploadedBy: null, acceptChanges: 0 },
      options: JSON.stringify(options),
      status: 'waiting',
    })
    const row = findImport(db, id) as ImportRow
    note('waiting', row)
    return row
  })
  const { id } = begin.immediate()
  runImport(deps, id)
  const row = findImport(db, id) as ImportRow
  db.transaction(() => note(row.status === 'done' ? 'applied' : 'refused', row)).immediate()
  return row
}

function importOf({ db }: Deps, known: WatchedFile): ImportRow {
  return findImport(db, watchedReport(known)?.importId ?? 0) as ImportRow
}
