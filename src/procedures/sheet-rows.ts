import type { Catalogue } from '../catalogue/catalogue.ts'
import { placementOn } from '../catalogue/procedure-placements.ts'
import type { LocalDay } from '../domain/calendar/day.ts'
import { factsOf, PLAIN_FACTS } from './facts.ts'
import { printFacts, yesOrNo } from './print-facts.ts'
import {
  COLUMN_OF,
  PROCEDURE_COLUMN_NAMES,
  PROCEDURE_COLUMNS,
  type ProcedureColumn,
} from './sheet-columns.ts'

type Cells = Partial<Record<ProcedureColumn, string>>

const HEADERS = PROCEDURE_COLUMN_NAMES.map((column) => PROCEDURE_COLUMNS[column].label)

/** Every version of every procedure, as the import reads it back: headers, then a row each. */
export function sheetRows(catalogue: Catalogue, today: LocalDay): readonly (readonly string[])[] {
  const inOrder = catalogue.procedures.toSorted((a, b) => (a.code < b.code ? -1 : 1))
  const rows = inOrder.flatMap((procedure) => {
    const { level, resolverUnitId } = placementOn(procedure, today)
    const head: Cells = {
      code: procedure.code,
      name: procedure.name,
      field: catalogue.fieldById.get(procedure.fieldId)?.name ?? '',
      level: level === 'commune' ? 'xã' : 'huyện',
      resolver: resolverUnitId === null ? '' : (catalogue.unitById.get(resolverUnitId)?.key ?? ''),
      inter_agency: yesOrNo(procedure.interAgency),
    }
    return procedure.versions.map((version) =>
      line({ ...head, valid_from: version.validFrom, ...factCells(printFacts(factsOf(version))) }),
    )
  })
  return [HEADERS, ...rows]
}

/** Headers and two invented rows, to begin from. */
export function sampleRows(): readonly (readonly string[])[] {
  const plain = factCells(
    printFacts({
      ...PLAIN_FACTS,
      limit: '3wd',
      source: 'Văn bản quy định thủ tục (mẫu)',
      onlineLevel: 4,
      onlineMode: 'full',
      components: [
        { name: 'Tờ khai theo mẫu', original: true, copies: 1, required: true },
        { name: 'Giấy tờ tuỳ thân', original: false, copies: 1, required: false },
      ],
      steps: [{ name: 'Thẩm định', actor: 'resolver', limitText: '16wh' }],
    }),
  )
  const head = {
    name: 'Thủ tục mẫu, thay bằng tên thật',
    field: 'Hộ tịch',
    level: 'xã',
    inter_agency: 'không',
  }
  return [
    HEADERS,
    line({ ...plain, ...head, code: '9.999901', valid_from: '01/07/2025', limit: '3 ngày làm việc' }),
    line({ ...plain, ...head, code: '9.999901', valid_from: '01/01/2026', limit: '2 ngày làm việc' }),
  ]
}

function factCells(printed: ReturnType<typeof printFacts>): Cells {
  return Object.fromEntries(
    Object.entries(printed).map(([fact, text]) => [COLUMN_OF[fact as keyof typeof COLUMN_OF], text]),
  )
}

function line(cells: Cells): readonly string[] {
  return PROCEDURE_COLUMN_NAMES.map((column) => cells[column] ?? '')
}
