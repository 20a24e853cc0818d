import { type Catalogue, catalogueOf, type Procedure } from '../catalogue/catalogue.ts'
import { placementOn } from '../catalogue/procedure-placements.ts'
import { unitName } from '../catalogue/unit-choices.ts'
import type { Deps } from '../deps.ts'
import { type LocalDay, localDayOf } from '../domain/calendar/day.ts'
import { fold } from '../fold.ts'
import { readMoment } from '../imports/read-moment.ts'
import { checkedFacts } from './checked-facts.ts'
import { differences, factsOf, type VersionFacts } from './facts.ts'
import { printFacts } from './print-facts.ts'
import { type NewHead, readHead } from './read-head.ts'
import type { SheetRow } from './read-sheet.ts'
import { COLUMN_OF, type ProcedureColumn } from './sheet-columns.ts'

/** A cell that stops the sheet from being written, in words that say what may stand there. */
export interface SheetProblem {
  readonly row: number
  readonly column: ProcedureColumn
  readonly text: string
  readonly sentence: string
}

export type RowKind = 'new_procedure' | 'new_version' | 'verified' | 'unchanged'

export interface PlannedRow {
  readonly row: number
  readonly kind: RowKind
  readonly code: string
  readonly name: string
  readonly from: LocalDay
  readonly facts: VersionFacts
  /** In what it differs from the version before. */
  readonly changed: readonly (keyof VersionFacts)[]
  /** Null: the procedure is there. */
  readonly head: NewHead | null
  /** The name it gives up for `name`, in all that is shown of it, the past too; null: it keeps its name. */
  readonly nameBefore: string | null
  /** Of `verified`: the version. */
  readonly versionId: number | null
}

export interface SheetPlan {
  readonly rows: readonly PlannedRow[]
  readonly problems: readonly SheetProblem[]
}

/** A version as it would be: one that is stored, or one of an earlier row. */
interface Known {
  readonly id: number | null
  readonly from: LocalDay
  readonly facts: VersionFacts
}

/** What a sheet would do, row by row; nothing is written. */
export function planSheet({ db, clock }: Pick<Deps, 'db' | 'clock'>, rows: readonly SheetRow[]): SheetPlan {
  const catalogue = catalogueOf(db)
  const today = localDayOf(clock.now())
  const problems: SheetProblem[] = []
  const known = new Map<string, Known[]>()
  const heads = new Map<string, NewHead>()
  const versionsOf = (code: string): Known[] => {
    const stored = catalogue.procedureByCode.get(code)?.versions ?? []
    const own = known.get(code) ?? stored.map((v) => ({ id: v.id, from: v.validFrom, facts: factsOf(v) }))
    known.set(code, own)
    return own
  }
  const inOrder = rows
    .map((row) => ({ row, from: readMoment(row.cells.valid_from ?? '')?.day ?? null }))
    .sort((a, b) =>
      (a.from ?? '') < (b.from ?? '') ? -1 : (a.from ?? '') > (b.from ?? '') ? 1 : a.row.row - b.row.row,
    )
  const planned = inOrder.flatMap(({ row, from }): PlannedRow[] => {
    const wrong = (column: ProcedureColumn, sentence: string) => {
      problems.push({ row: row.row, column, text: row.cells[column] ?? '', sentence })
      return []
    }
    const code = row.cells.code ?? ''
    if (!/^[\p{L}\d][\p{L}\d._/-]{0,39}$/u.test(code))
      return wrong('code', 'Hãy nhập mã thủ tục trên Cổng Dịch vụ công, ví dụ 1.004873.')
    const procedure = catalogue.procedureByCode.get(code)
    const versions = versionsOf(code)
    const same = versions.find((version) => version.from === from)
    const before = same ?? versions.findLast((version) => from !== null && version.from < from) ?? null
    const head = procedure === undefined ? (heads.get(code) ?? readHead(catalogue, row, today)) : null
    const read = checkedFacts(catalogue, (fact) => row.cells[COLUMN_OF[fact]], before?.facts ?? null)
    // Everything that is wrong with a row is said at once.
    const found = problems.length
    if (from === null) wrong('valid_from', 'Hãy nhập ngày có thật, ví dụ 01/07/2025.')
    if (head !== null && 'problems' in head) problems.push(...head.problems)
    if (procedure !== undefined)
      for (const { column, sentence } of movedHead(catalogue, procedure, row, today)) wrong(column, sentence)
    if ('problems' in read)
      for (const { fact, text, expected } of read.problems)
        problems.push({ row: row.row, column: COLUMN_OF[fact], text, sentence: `Hãy nhập ${expected}.` })
    const isWhole = problems.length === found
    if (!isWhole || from === null || 'problems' in read || (head !== null && 'problems' in head)) return []
    if (head !== null) heads.set(code, head)
    const { facts } = read
    const name = row.cells.name || procedure?.name || head?.name || ''
    const changed = before === null ? [] : differences(before.facts, facts)
    const nameBefore = procedure !== undefined && name !== procedure.name ? procedure.name : null
    const base = { row: row.row, code, name, from, facts, changed, head, nameBefore, versionId: null }
    if (same !== undefined) {
      if (same.id === null) return wrong('valid_from', `Tệp có hai dòng cho thủ tục ${code} từ cùng ngày.`)
      if (changed.length === 0) return [{ ...base, kind: 'unchanged' }]
      const onlyVerified = changed.every((fact) => fact === 'verified' || fact === 'source') && facts.verified
      if (onlyVerified && !same.facts.verified) return [{ ...base, kind: 'verified', versionId: same.id }]
      const stored = printFacts(same.facts)
      for (const fact of changed)
        wrong(
          COLUMN_OF[fact],
          `Phiên bản từ ngày này đã ghi “${stored[fact]}”. Muốn đổi, hãy ghi một dòng áp dụng từ ngày khác.`,
        )
      return []
    }
    if (before !== null && changed.length === 0) return [{ ...base, kind: 'unchanged' }]
    if (procedure !== undefined && procedure.versions.length > 0 && from < today)
      return wrong('valid_from', 'Thủ tục đã có: phiên bản mới chỉ áp dụng từ hôm nay trở đi.')
    versions.push({ id: null, from, facts })
    versions.sort((a, b) => (a.from < b.from ? -1 : 1))
    return [{ ...base, kind: procedure === undefined && before === null ? 'new_procedure' : 'new_version' }]
  })
  const byRow = <T extends { readonly row: number }>(list: readonly T[]) =>
    list.toSorted((a, b) => a.row - b.row)
  return { rows: byRow(planned), problems: byRow(problems) }
}

/** What of a procedure that is there a sheet does not change: who resolves it goes by decisions on units. */
function movedHead(
  catalogue: Catalogue,
  procedure: Procedure,
  { cells }: SheetRow,
  today: LocalDay,
): readonly { readonly column: ProcedureColumn; readonly sentence: string }[] {
  const { level, resolverUnitId } = placementOn(procedure, today)
  const field = catalogue.fieldById.get(procedure.fieldId)
  const resolver = resolverUnitId === null ? undefined : catalogue.unitById.get(resolverUnitId)
  const says: readonly (readonly [ProcedureColumn, readonly string[]])[] = [
    ['field', [field?.slug ?? '', field?.name ?? '']],
    ['level', level === 'commune' ? ['commune', 'xã', 'cấp xã'] : ['district', 'huyện', 'cấp huyện']],
    [
      'resolver',
      resolver === undefined ? ['', 'đơn vị tiếp nhận'] : [resolver.key, unitName(resolver, today)],
    ],
    ['inter_agency', procedure.interAgency ? ['có', 'true', '1', 'x'] : ['', 'không', 'false', '0']],
  ]
  return says.flatMap(([column, words]) => {
    const said = cells[column] ?? ''
    if (said === '' || words.some((word) => fold(word) === fold(said))) return []
    const shown = words[1] ?? words[0]
    return [
      {
        column,
        sentence: `Danh mục đang ghi “${shown}”; lĩnh vực, cấp và nơi giải quyết không đổi bằng tệp này. Hãy để như danh mục, hoặc ghi ở Quản trị › Đơn vị › Sắp xếp.`,
      },
    ]
  })
}
