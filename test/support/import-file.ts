import { insertImport } from '../../db/queries/imports.ts'
import { SYSTEM_ACTOR } from '../../src/deps.ts'
import { exportRegister } from '../../src/imports/export-register.ts'
import { importRegister } from '../../src/imports/import-register.ts'
import { type ReadOptions, readTable } from '../../src/imports/read-table.ts'
import type { ImportReport } from '../../src/imports/report.ts'
import { sha256Of } from '../../src/imports/stored-file.ts'
import { type WalkOptions, walkRegister } from '../../src/imports/walk-register.ts'
import { pausesCsv, registerCsv } from '../../src/imports/write-csv.ts'
import { workbookPieces } from '../../src/imports/write-workbook.ts'
import type { TestInstallation } from './test-installation.ts'

export type FileOptions = ReadOptions & Partial<WalkOptions> & { readonly pauses?: Buffer }

export const EVERYTHING = { unitIds: null, from: null, to: null, withNumbers: true } as const

/** What an import of the file would do. */
export function check(
  installation: TestInstallation,
  bytes: Buffer | string,
  options: FileOptions = {},
): ImportReport {
  const { acceptChanges = false, ...rest } = options
  return walkRegister(installation, readTable(Buffer.from(bytes), rest, options.pauses), {
    ...rest,
    acceptChanges,
  })
}

/** Imports the file. */
export function importFile(
  installation: TestInstallation,
  bytes: Buffer | string,
  options: FileOptions = {},
): ImportReport {
  const { acceptChanges = false, ...rest } = options
  const file = Buffer.from(bytes)
  const sha256 = sha256Of(file)
  const id = insertImport(installation.db, {
    sha256,
    name: 'so-theo-doi.csv',
    bytes: file.length,
    uploadedAt: installation.clock.now(),
    uploadedBy: null,
    options: '{}',
    acceptChanges: acceptChanges ? 1 : 0,
    status: 'checked',
  })
  const table = readTable(file, rest, options.pauses)
  return importRegister(installation, { id, sha256, table, actor: SYSTEM_ACTOR }, { ...rest, acceptChanges })
}

/** The whole register as the product exports it: CSV with a second file of pauses, or a workbook. */
export function exported(installation: TestInstallation): { csv: Buffer; pauses: Buffer; excel: Buffer } {
  const slices = () => exportRegister(installation, EVERYTHING)
  const text = (pieces: Iterable<string>) => Buffer.from([...pieces].join(''))
  return {
    csv: text(registerCsv(slices())),
    pauses: text(pausesCsv(slices())),
    excel: Buffer.concat([...workbookPieces(slices())]),
  }
}
