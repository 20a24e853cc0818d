import { linkPeople, writeStaged } from '../../db/queries/import-flip.ts'
import { PEOPLE_AT_ONCE, piecesOf, removePiece, writePeople } from '../../db/queries/import-pieces.ts'
import { closeStage, inStage, openStage } from '../../db/queries/import-stage.ts'
import { endImport, startImport, tellProgress } from '../../db/queries/imports.ts'
import { closedThrough } from '../../db/queries/late-changes.ts'
import { closedPeriodKeys } from '../../db/queries/periods.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { Actor, Deps } from '../deps.ts'
import { RuleError } from '../domain/refusals.ts'
import { runnerName } from '../runner-name.ts'
import type { FileTable } from './read-table.ts'
import { removeDeadRuns } from './remove-dead-runs.ts'
import type { ImportReport } from './report.ts'
import { type Stager, stager } from './stage-row.ts'
import { type WalkOptions, type Wanted, walkRegister } from './walk-register.ts'

export interface ImportRun {
  /** Row of `imports`. */
  readonly id: number
  readonly sha256: string
  readonly table: FileTable
  readonly actor: Actor
}

/** Rows between two words about the progress. */
const TELL_EVERY = 5_000

/** A dossier of the file that somebody changes meanwhile is read again. */
const ATTEMPTS = 3

/**
 * Imports a register whole or not at all. Everything is read, judged and put together outside the database's lock;
 * people are written ahead in short transactions, in no list as long as no dossier is theirs; then one transaction
 * of statements over whole tables writes the rest. Killed before its commit, a run leaves nothing that anybody sees,
 * and the next run takes its people away. Throws `import_has_problems` with nothing written, and `import_overtaken`.
 */
export function importRegister(deps: Deps, run: ImportRun, options: WalkOptions): ImportReport {
  removeDeadRuns(deps)
  for (let attempt = 1; ; attempt += 1) {
    try {
      return importOnce(deps, run, options)
    } catch (error) {
      const overtaken = error instanceof RuleError && error.code === 'import_overtaken'
      if (!overtaken || attempt === ATTEMPTS) throw error
    }
  }
}

function importOnce(deps: Deps, run: ImportRun, options: WalkOptions): ImportReport {
  const { db, clock } = deps
  db.transaction(() => startImport(db, run.id, runnerName(), clock.now())).immediate()
  const closed = closedPeriodKeys(db).size
  openStage(db)
  try {
    const source = run.sha256.slice(0, 12)
    const staged = stager(deps, { actor: run.actor, source, closedThrough: closedThrough(db) })
    const tell = progressOf(db, run.id)
    const onProgress = (done: number, total: number) => {
      options.onProgress?.(done, total)
      tell(done, total)
    }
    const report = walkRegister(deps, run.table, { ...options, onProgress }, (batch) =>
      stageBatch(deps, staged, batch),
    )
    if (report.errors > 0) return refuse(deps, run, report)
    let people = 0
    inStage(db, () => {
      people = staged.finish().people
    })
    writeAllPeople(deps, run.id, people)
    linkPeople(db)
    return flip(deps, run, { ...report, applied: true }, closed)
  } catch (error) {
    giveUp(deps, run)
    throw error
  } finally {
    closeStage(db)
  }
}

/** Tells those who watch how far a run is, from time to time. */
export function progressOf(db: Deps['db'], importId: number): (done: number, total: number) => void {
  return (done, total) => {
    if (done % TELL_EVERY === 0) tellProgress(db, importId, done, total)
  }
}

function stageBatch({ db }: Deps, staged: Stager, batch: readonly Wanted[]): void {
  staged.explain(batch.map(({ plan }) => (plan.kind === 'new' ? plan.life : plan.change.life)))
  inStage(db, () => {
    for (const { row, plan } of batch) {
      if (plan.kind === 'new') staged.addNew(row, plan.life)
      else staged.addChange(row, plan.change)
    }
  })
}

function writeAllPeople({ db }: Deps, importId: number, people: number): void {
  const write = db.transaction((from: number, to: number) => writePeople(db, importId, from, to))
  for (let from = 1; from <= people; from += PEOPLE_AT_ONCE) {
    write.immediate(from, Math.min(from + PEOPLE_AT_ONCE - 1, people))
  }
}

/** The one moment in which the import happens. */
function flip({ db, clock }: Deps, run: ImportRun, report: ImportReport, closed: number): ImportReport {
  const write = db.transaction(() => {
    // A period closed meanwhile has figures without this file: what it changes there would be missing.
    if (closedPeriodKeys(db).size !== closed) throw new RuleError('import_overtaken')
    writeStaged(db)
    endImport(db, run.id, 'done', JSON.stringify(report), clock.now())
    const { added, changed } = report
    const data = { import: run.id, file: run.sha256.slice(0, 12), added, changed }
    recordAudit({ db, clock }, { kind: 'imported', actorId: run.actor.officerId, data })
    db.prepare('DELETE FROM import_pieces WHERE import_id = ?').run(run.id)
  })
  write.immediate()
  return report
}

function refuse(deps: Deps, run: ImportRun, report: ImportReport): never {
  const { db, clock } = deps
  db.transaction(() => endImport(db, run.id, 'refused', JSON.stringify(report), clock.now())).immediate()
  throw new RuleError('import_has_problems', { problems: report.errors })
}

/** Takes away what was written ahead; the run is refused unless it has said so already. */
function giveUp({ db, clock }: Deps, run: ImportRun): void {
  const remove = db.transaction((piece: ReturnType<typeof piecesOf>[number]) =>
    removePiece(db, run.id, piece),
  )
  for (const piece of piecesOf(db, run.id)) remove.immediate(piece)
  db.transaction(() => endImport(db, run.id, 'refused', null, clock.now())).immediate()
}
