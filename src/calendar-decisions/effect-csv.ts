import { type Catalogue, catalogueOf } from '../catalogue/catalogue.ts'
import type { Deps } from '../deps.ts'
import { printInstant } from '../domain/calendar/day.ts'
import { csvLine } from '../imports/write-csv.ts'
import type { Effect } from './effect.ts'
import type { ShownMove } from './show-decision.ts'
import { LEFT_WHY } from './since-decision.ts'

/** The lines of a preview for a spreadsheet: which dossier, which unit, from when to when. */
export function effectCsv({ db }: Pick<Deps, 'db'>, { lines }: Effect): string {
  const catalogue = catalogueOf(db)
  const rows = lines.map(({ effect, dossierId, code, unitId, from, to }) => [
    effect,
    code ?? `so-${dossierId}`,
    unitKey(catalogue, unitId),
    printInstant(from),
    printInstant(to),
  ])
  return csvOf(['effect', 'code', 'unit', 'due_before', 'due_after'], rows)
}

/** The dossiers a decision moved, and what became of them when it was undone. */
export function movesCsv({ db }: Pick<Deps, 'db'>, moves: readonly ShownMove[]): string {
  const catalogue = catalogueOf(db)
  const rows = moves.map(({ dossier, dueBefore, dueAfter, undo, leftWhy }) => [
    dossier.code ?? `so-${dossier.id}`,
    unitKey(catalogue, dossier.unitId),
    printInstant(dueBefore),
    printInstant(dueAfter),
    undo,
    leftWhy === null ? '' : LEFT_WHY[leftWhy],
  ])
  return csvOf(['code', 'unit', 'due_before', 'due_after', 'undo', 'left_why'], rows)
}

/** UTF-8 with a mark at the start, so that a spreadsheet takes it for what it is. */
function csvOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return `\ufeff${[head, ...rows].map(csvLine).join('')}`
}

function unitKey(catalogue: Catalogue, id: number): string {
  return catalogue.unitById.get(id)?.key ?? ''
}
