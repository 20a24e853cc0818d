import {
  detachPerson,
  type ErasureCandidate,
  eraseBeside,
  erasePerson,
  forgetStatisticsOfPeople,
  neededElsewhere,
  peopleOf,
} from '../../db/queries/erasure.ts'
import { eraseMessages } from '../../db/queries/messages.ts'
import { forgetBytes, removeAttachmentsOf } from '../attachments/remove-attachments.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { PaperDeps } from '../deps.ts'
import { RuleError } from '../domain/refusals.ts'
import { eraseBooks } from './erase-books.ts'
import { eraseFromImports, importsUnderWay, noteMarks } from './erase-imports.ts'
import { type ErasureTarget, erasable, type KeptDossier } from './erasure-target.ts'
import { forgetErasedFiles } from './forget-erased-files.ts'

/** Why data are taken away; kept in the audit, so it is chosen and not typed. */
export const ERASURE_REASONS = {
  'het-han': 'hết thời hạn lưu',
  'theo-yeu-cau': 'theo yêu cầu của chủ thể dữ liệu',
  'theo-quyet-dinh': 'theo quyết định của cơ quan có thẩm quyền',
} as const satisfies Record<string, string>

export type ErasureReason = keyof typeof ERASURE_REASONS

export interface ErasureCounts {
  readonly dossiers: number
  /** People of whom nothing is left. */
  readonly persons: number
  /** People taken out of these dossiers and kept for others. */
  readonly shared: number
  readonly texts: number
  readonly documents: number
  readonly requests: number
  /** Uploaded registers thrown away, and reports on imports cut down. */
  readonly imports: number
}

export interface Erasure extends ErasureCounts {
  readonly kept: readonly KeptDossier[]
  /** Books of registers that still name some of these people, as long as others in them must be kept. */
  readonly books: readonly string[]
}

/** What stands in place of a name. */
const ERASED_NAME = 'Đã xoá theo quy định'

/** Dossiers in one transaction: nobody waits for long. */
const AT_ONCE = 500

/**
 * Takes the people out of dossiers that need them no more: names, numbers, addresses, what was written about them, papers,
 * attached files, registers that were uploaded. Codes, timelines, figures and reports stay as they are. Safe to repeat: killed in
 * between, the next run goes on. `dryRun` counts and undoes everything.
 */
export function erasePeople(
  deps: PaperDeps,
  target: ErasureTarget,
  { reason, dryRun }: { readonly reason: ErasureReason; readonly dryRun: boolean },
): Erasure {
  const { db, folders } = deps
  const { dossiers, kept } = erasable(deps, target)
  if (importsUnderWay(db)) throw new RuleError('erasure_import_runs')
  // What is overwritten is gone from the file, not only from the tables.
  db.pragma('secure_delete = ON')
  let counts = NOTHING
  const attached: string[] = []
  const marks = noteMarks()
  for (let from = 0; from < dossiers.length; from += AT_ONCE) {
    const batch = dossiers.slice(from, from + AT_ONCE)
    const ids = batch.map(({ id }) => id)
    marks.add(deps, batch, peopleOf(db, ids))
    const done = inWrite(deps, dryRun, () => eraseBatch(deps, batch, reason))
    counts = sumOf(counts, done.counts)
    attached.push(...done.attached)
  }
  const finish = () => {
    const { erased, naming } = eraseBooks(
      deps,
      dossiers.map(({ id }) => id),
    )
    const imports = eraseFromImports(deps, marks, dryRun)
    const whole = sumOf(counts, { ...NOTHING, documents: erased, imports })
    const data = { by: target.by, reason, kept: kept.length, ...whole }
    if (dossiers.length > 0) recordAudit(deps, { kind: 'erased', actorId: null, data })
    forgetStatisticsOfPeople(db)
    return { ...whole, books: naming }
  }
  const done = inWrite(deps, dryRun, finish)
  if (!dryRun) {
    forgetErasedFiles(db, folders.documentsDir)
    forgetBytes(deps, attached)
    db.pragma('wal_checkpoint(TRUNCATE)')
  }
  return { ...done, kept }
}

const NOTHING: ErasureCounts = {
  dossiers: 0,
  persons: 0,
  shared: 0,
  texts: 0,
  documents: 0,
  requests: 0,
  imports: 0,
}

function sumOf(a: ErasureCounts, b: ErasureCounts): ErasureCounts {
  const names = Object.keys(NOTHING) as (keyof ErasureCounts)[]
  return Object.fromEntries(names.map((name) => [name, a[name] + b[name]])) as unknown as ErasureCounts
}

function eraseBatch(
  deps: Pick<PaperDeps, 'db' | 'clock'>,
  batch: readonly ErasureCandidate[],
  reason: ErasureReason,
): { readonly counts: ErasureCounts; readonly attached: readonly string[] } {
  const { db, clock } = deps
  const left = { words: ERASED_NAME, at: clock.now() }
  const ids = batch.map(({ id }) => id)
  const people = peopleOf(db, ids).map(({ id }) => id)
  const needed = neededElsewhere(db, people, ids)
  for (const id of people) {
    if (needed.has(id)) detachPerson(db, id, ids, left)
    else erasePerson(db, id, left)
  }
  const attached = ids.flatMap((id) => removeAttachmentsOf(deps, id))
  const beside = eraseBeside(db, ids, left.at)
  eraseMessages(db, ids, left.at)
  for (const { id } of batch)
    recordAudit(deps, { kind: 'erased', actorId: null, dossierId: id, data: { reason } })
  const persons = people.length - needed.size
  return {
    counts: { ...NOTHING, ...beside, dossiers: batch.length, persons, shared: needed.size },
    attached,
  }
}

/** One transaction; a dry run is undone. */
function inWrite<T>({ db }: Pick<PaperDeps, 'db'>, dryRun: boolean, work: () => T): T {
  let done: T | undefined
  const undo = new Error('dry run')
  const write = db.transaction(() => {
    done = work()
    if (dryRun) throw undo
  })
  try {
    write.immediate()
  } catch (error) {
    if (error !== undo) throw error
  }
  return done as T
}
