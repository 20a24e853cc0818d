import type { Db } from '../../db/open.ts'
import {
  detachPerson,
  type ErasureCandidate,
  eraseBeside,
  erasePerson,
  forgetStatisticsOfPeople,
  neededElsewhere,
  peopleOf,
  rewriteNameIndex,
} from '../../db/queries/erasure.ts'
import { eraseMessages } from '../../db/queries/messages.ts'
import { removeAttachmentsOf } from '../attachments/remove-attachments.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { PaperDeps } from '../deps.ts'
import { RuleError } from '../domain/refusals.ts'
import { eraseBooks } from './erase-books.ts'
import { eraseFromImports, importsUnderWay, marksOf } from './erase-imports.ts'
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
  /** The log of writes could not be emptied: what was erased may be read from its bytes until it can. */
  readonly isInLog: boolean
}

/** What stands in place of a name. */
const ERASED_NAME = 'Đã xoá theo quy định'

/** Dossiers in one transaction: nobody waits for long. */
const AT_ONCE = 500

/**
 * Takes the people out of dossiers that need them no more: names, numbers, addresses, what was written about them, papers,
 * attached files, registers that were uploaded. Codes, timelines, figures and reports stay as they are. What a run that died
 * in between has left is finished first, whatever the next one is asked for. `dryRun` counts and undoes everything.
 */
export function erasePeople(
  deps: PaperDeps,
  target: ErasureTarget,
  { reason, dryRun }: { readonly reason: ErasureReason; readonly dryRun: boolean },
): Erasure {
  const { db } = deps
  if (importsUnderWay(db)) throw new RuleError('erasure_import_runs')
  if (!dryRun) finishErasure(deps, () => eraseBooks(deps, []))
  const { dossiers, kept } = erasable(deps, target)
  const ids = dossiers.map(({ id }) => id)
  // While it is known who they are: rows of files are found by names and numbers only.
  const marks = marksOf(deps, dossiers, peopleOf(db, ids))
  const imports = inWrite(deps, dryRun, () => eraseFromImports(deps, marks, dryRun))
  let counts: ErasureCounts = { ...NOTHING, imports }
  for (let from = 0; from < dossiers.length; from += AT_ONCE) {
    const batch = dossiers.slice(from, from + AT_ONCE)
    counts = sumOf(
      counts,
      inWrite(deps, dryRun, () => eraseBatch(deps, batch, reason)),
    )
  }
  const finish = () => {
    const { erased, naming } = eraseBooks(deps, ids)
    const whole = sumOf(counts, { ...NOTHING, documents: erased })
    const data = { by: target.by, reason, kept: kept.length, ...whole }
    if (dossiers.length > 0) recordAudit(deps, { kind: 'erased', actorId: null, data })
    return { ...whole, books: naming }
  }
  if (dryRun) return { ...inWrite(deps, dryRun, finish), kept, isInLog: false }
  return { ...finishErasure(deps, finish), kept }
}

/** What comes after the last dossier; asks the tables what there is to do, so that it is safe twice. */
function finishErasure<T>(deps: PaperDeps, last: () => T): T & Pick<Erasure, 'isInLog'> {
  const { db } = deps
  const done = inWrite(deps, false, () => {
    forgetStatisticsOfPeople(db)
    return last()
  })
  inWrite(deps, false, () => rewriteNameIndex(db))
  // Within a write, for nobody may refer to these bytes anew in between.
  inWrite(deps, false, () => forgetErasedFiles(deps))
  return { ...done, isInLog: !emptyLog(db) }
}

/** Empties the log of writes (`-wal`), where pages stand as they were; not while somebody reads from it. */
function emptyLog(db: Db): boolean {
  const [result] = db.pragma('wal_checkpoint(TRUNCATE)') as readonly { readonly busy: number }[]
  return result?.busy === 0
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
): ErasureCounts {
  const { db, clock } = deps
  const left = { words: ERASED_NAME, at: clock.now() }
  const ids = batch.map(({ id }) => id)
  const people = peopleOf(db, ids).map(({ id }) => id)
  const needed = neededElsewhere(db, people, ids)
  for (const id of people) {
    if (needed.has(id)) detachPerson(db, id, ids, left)
    else erasePerson(db, id, left)
  }
  for (const id of ids) removeAttachmentsOf(deps, id)
  const beside = eraseBeside(db, ids, left.at)
  eraseMessages(db, ids, left.at)
  for (const { id } of batch)
    recordAudit(deps, { kind: 'erased', actorId: null, dossierId: id, data: { reason } })
  const persons = people.length - needed.size
  return { ...NOTHING, ...beside, dossiers: batch.length, persons, shared: needed.size }
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
