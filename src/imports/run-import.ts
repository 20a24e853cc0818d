import { endImport, findImport, type ImportRow } from '../../db/queries/imports.ts'
import type { Actor, Deps } from '../deps.ts'
import { RuleError } from '../domain/refusals.ts'
import type { ImportOptions } from './import-options.ts'
import { importRegister, progressOf } from './import-register.ts'
import { readTable } from './read-table.ts'
import { howRead } from './report.ts'
import { sampleOf } from './sample.ts'
import { importableUnits } from './seen-imports.ts'
import { forgetFile, importDirOf, storedFile } from './stored-file.ts'
import type { Refusal } from './stored-report.ts'
import { walkRegister } from './walk-register.ts'

export interface RanImport {
  /** Dossiers added or changed. */
  readonly written: number
  /** Why nothing was written; null: it was. */
  readonly refusal: string | null
}

/**
 * Does what was asked of an upload: reads it, or writes it. What is done already is left as it is; what the rules
 * refuse is over too, and says why: trying again does not make it better. The file is forgotten once it is in.
 */
export function runImport(deps: Deps, id: number): RanImport {
  const row = findImport(deps.db, id)
  if (row === null) throw new RuleError('unknown_import', { id })
  try {
    if (row.status === 'uploaded') return checkUpload(deps, row)
    if (row.status === 'waiting' || row.status === 'running') return writeUpload(deps, row)
    return { written: 0, refusal: null }
  } catch (error) {
    if (!(error instanceof RuleError)) throw error
    if (error.code !== 'import_has_problems') end(deps, id, 'refused', { refusal: error.message, read: null })
    return { written: 0, refusal: error.message }
  }
}

function checkUpload(deps: Deps, { id, sha256, options: text, uploadedBy }: ImportRow): RanImport {
  const units = importableUnits(deps, uploadedBy)
  const options = JSON.parse(text) as ImportOptions
  const table = readTable(storedFile(importDirOf(deps.db), sha256), options)
  try {
    const onProgress = progressOf(deps.db, id)
    const report = walkRegister(deps, table, {
      defaults: options.defaults,
      acceptChanges: false,
      units,
      onProgress,
    })
    end(deps, id, 'checked', { ...report, sample: sampleOf(table, report.problems) })
    return { written: 0, refusal: null }
  } catch (error) {
    if (!(error instanceof RuleError)) throw error
    end(deps, id, 'refused', { refusal: error.message, read: howRead(table) } satisfies Refusal)
    return { written: 0, refusal: error.message }
  }
}

function writeUpload(
  deps: Deps,
  { id, sha256, options: text, acceptChanges, uploadedBy }: ImportRow,
): RanImport {
  const folder = importDirOf(deps.db)
  const options = JSON.parse(text) as ImportOptions
  const table = readTable(storedFile(folder, sha256), options)
  const actor: Actor = { officerId: uploadedBy, role: 'system' }
  const units = importableUnits(deps, uploadedBy)
  const walk = { defaults: options.defaults, acceptChanges: acceptChanges === 1, units }
  const report = importRegister(deps, { id, sha256, table, actor }, walk)
  forgetFile(folder, sha256)
  return { written: report.added + report.changed, refusal: null }
}

function end({ db, clock }: Deps, id: number, status: 'checked' | 'refused', report: object | null): void {
  const text = report === null ? null : JSON.stringify(report)
  db.transaction(() => endImport(db, id, status, text, clock.now())).immediate()
}
