import {
  findImport,
  type ImportRow,
  insertImport,
  requestCheck,
  requestImport,
} from '../../db/queries/imports.ts'
import { addToOutbox } from '../../db/queries/outbox.ts'
import { must } from '../accounts/access.ts'
import type { Actor, Deps } from '../deps.ts'
import { RuleError } from '../domain/refusals.ts'
import { wholeSetting } from '../settings/setting-value.ts'
import { fileKind } from './file-kind.ts'
import { fileNameOf } from './file-name.ts'
import type { ImportOptions } from './import-options.ts'
import { seenImport } from './seen-imports.ts'
import { importDirOf, storeFile } from './stored-file.ts'

export interface Upload {
  readonly name: string
  readonly bytes: Buffer
  readonly options: ImportOptions
}

/** The largest file taken, in MiB. */
export function importLimitMib({ db }: Pick<Deps, 'db'>): number {
  return wholeSetting(db, 'import_max_mib')
}

/** Keeps a file and hands it to the workers to be read; nothing is imported. Run it inside a write. */
export function uploadRegister(deps: Deps, actor: Actor, { name, bytes, options }: Upload): ImportRow {
  must(actor, 'imports')
  const { db, clock } = deps
  const most = importLimitMib(deps)
  if (bytes.length > most * 1024 * 1024) throw new RuleError('import_file_too_large', { most })
  if (bytes.length === 0) throw new RuleError('empty_file')
  if (fileKind(bytes) === null) throw new RuleError('unknown_file_kind')
  const sha256 = storeFile(importDirOf(db), bytes)
  const row = { sha256, name: fileNameOf(name), bytes: bytes.length, options: JSON.stringify(options) }
  const id = insertImport(db, {
    ...row,
    uploadedAt: clock.now(),
    uploadedBy: actor.officerId,
    acceptChanges: 0,
    status: 'uploaded',
  })
  return askWorkers(deps, id)
}

/** Has an upload read again, with what was corrected. Run it inside a write. */
export function recheckRegister(deps: Deps, actor: Actor, id: number, options: ImportOptions): ImportRow {
  must(actor, 'imports')
  seenImport(deps, actor, id)
  if (!requestCheck(deps.db, id, JSON.stringify(options))) throw new RuleError('import_under_way')
  return askWorkers(deps, id)
}

/** Has an upload written by the workers. Run it inside a write. */
export function applyRegister(deps: Deps, actor: Actor, id: number, acceptChanges: boolean): ImportRow {
  must(actor, 'imports')
  seenImport(deps, actor, id)
  if (!requestImport(deps.db, id, acceptChanges)) throw new RuleError('import_under_way')
  return askWorkers(deps, id)
}

/** Throws `unknown_import`. */
export function existingImport({ db }: Pick<Deps, 'db'>, id: number): ImportRow {
  const row = findImport(db, id)
  if (row === null) throw new RuleError('unknown_import', { id })
  return row
}

function askWorkers(deps: Deps, id: number): ImportRow {
  const { db, clock } = deps
  addToOutbox(db, { job: 'import-register', payload: JSON.stringify({ importId: id }) }, clock.now())
  return existingImport(deps, id)
}
