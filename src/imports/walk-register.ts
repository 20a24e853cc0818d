import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Deps } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { computedDue } from './computed-due.ts'
import { knownDossiers } from './find-known.ts'
import { placeBook } from './find-place.ts'
import { type Plan, type PlanContext, planRow } from './plan-row.ts'
import { notesFor, type RowProblem } from './problems.ts'
import { cellsOf, checkColumns, type Defaults, earlierPauses, isNoDossier } from './read-register.ts'
import { type RowReader, readRow } from './read-row.ts'
import type { FileTable } from './read-table.ts'
import type { RegisterRow } from './register-row.ts'
import {
  type DueDifference,
  howRead,
  type ImportReport,
  LISTED_AT_MOST,
  type RowContradiction,
} from './report.ts'

export interface WalkOptions {
  readonly defaults?: Defaults | undefined
  readonly acceptChanges: boolean
  /** Into which units its rows may go; left out or null: into all. */
  readonly units?: ReadonlySet<number> | null
  readonly onProgress?: (done: number, total: number) => void
}

/** A row that is to be written. */
export interface Wanted {
  readonly row: RegisterRow
  readonly plan: Extract<Plan, { kind: 'new' | 'changed' }>
}

/** Rows handed on at once. */
const BATCH = 500

/**
 * Reads every row of a register, holds it against the database and hands on what is to be written, batch by batch.
 * Writes nothing itself. Throws `import_columns_missing` and `import_too_long`.
 */
export function walkRegister(
  deps: Pick<Deps, 'db' | 'vault' | 'clock'>,
  table: FileTable,
  { defaults = {}, acceptChanges, units = null, onProgress = () => {} }: WalkOptions,
  take: (batch: readonly Wanted[]) => void = () => {},
): ImportReport {
  checkColumns(table, defaults)
  const { db, vault, clock } = deps
  const [started, now] = [performance.now(), clock.now()]
  const catalogue = catalogueOf(db)
  const problems: RowProblem[] = []
  const reader: RowReader = {
    places: placeBook(catalogue),
    now,
    earlierPauses: earlierPauses(table, problems),
  }
  const context: PlanContext = { db, vault, catalogue, now, acceptChanges, units, known: knownDossiers(db) }
  const counts = { new: 0, same: 0, changed: 0, contradicting: 0, broken: 0, skipped: 0, rows: 0 }
  const contradictions: RowContradiction[] = []
  const due: { count: number; first: DueDifference[] } = { count: 0, first: [] }
  const seen = new Map<string, number>()
  const total = table.rows.length
  let batch: Wanted[] = []
  for (let index = table.mapping.headerRow; index < total; index += 1) {
    if (index % BATCH === 0) onProgress(index, total)
    const cells = cellsOf(table.mapping, table.rows[index] ?? [], defaults)
    if (cells === null) continue
    const notes = notesFor(index + 1, problems)
    if (isNoDossier(cells)) {
      counts.skipped += 1
      notes.warn(null, cells.code || cells.applicant, 'bỏ qua vì dòng này không phải hồ sơ')
      continue
    }
    counts.rows += 1
    const row = readRow(reader, index + 1, cells, notes)
    const number = row?.code ?? row?.slipNumber
    const before = number ? seen.get(number) : undefined
    if (number && before !== undefined)
      notes.error('code', number, `mỗi mã một dòng; mã này đã có ở dòng ${before}`)
    if (number) seen.set(number, index + 1)
    const plan: Plan =
      row === null || before !== undefined ? { kind: 'broken' } : planRow(context, row, notes)
    counts[plan.kind] += 1
    if (row === null) continue
    if ('contradictions' in plan)
      contradictions.push(...plan.contradictions.map((each) => ({ row: row.row, code: row.code, ...each })))
    if (plan.kind !== 'new' && plan.kind !== 'changed') continue
    const computed = plan.kind === 'new' ? computedDue(context, row, plan.life) : null
    if (computed !== null && row.dueAt !== null && localDayOf(computed) !== row.dueAt.day) {
      due.count += 1
      due.first.push({ row: row.row, code: row.code, given: row.dueAt.day, computed: localDayOf(computed) })
    }
    batch.push({ row, plan })
    if (batch.length < BATCH) continue
    take(batch)
    batch = []
  }
  take(batch)
  onProgress(total, total)
  const errors = problems.filter(({ weight }) => weight === 'error').length
  return {
    applied: false,
    ...howRead(table),
    rows: counts.rows,
    added: counts.new,
    unchanged: counts.same,
    changed: counts.changed,
    contradicting: counts.contradicting,
    skipped: counts.skipped,
    errors,
    warnings: problems.length - errors,
    problems: problems
      .toSorted((a, b) => weightOf(a) - weightOf(b) || a.row - b.row)
      .slice(0, LISTED_AT_MOST),
    contradictions: contradictions.slice(0, LISTED_AT_MOST),
    dueDifferences: { count: due.count, first: due.first.slice(0, LISTED_AT_MOST) },
    seconds: (performance.now() - started) / 1000,
  }
}

/** Errors first. */
function weightOf({ weight }: RowProblem): number {
  return weight === 'error' ? 0 : 1
}
