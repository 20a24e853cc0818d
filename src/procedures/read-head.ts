import type { Catalogue } from '../catalogue/catalogue.ts'
import { versionOn } from '../catalogue/catalogue.ts'
import type { LocalDay } from '../domain/calendar/day.ts'
import { fold } from '../fold.ts'
import type { SheetProblem } from './plan-sheet.ts'
import type { SheetRow } from './read-sheet.ts'
import type { ProcedureColumn } from './sheet-columns.ts'

/** What a procedure is, besides its versions. */
export interface NewHead {
  readonly name: string
  readonly fieldId: number
  readonly level: 'commune' | 'district'
  readonly interAgency: boolean
  readonly resolverUnitId: number | null
}

const LEVELS: Readonly<Record<string, NewHead['level']>> = {
  commune: 'commune',
  xa: 'commune',
  'cap xa': 'commune',
  district: 'district',
  huyen: 'district',
  'cap huyen': 'district',
}

/** The head of a procedure that is not there yet. */
export function readHead(
  catalogue: Catalogue,
  { row, cells }: SheetRow,
  today: LocalDay,
): NewHead | { readonly problems: readonly SheetProblem[] } {
  const problems: SheetProblem[] = []
  const wrong = (column: ProcedureColumn, sentence: string) => {
    problems.push({ row, column, text: cells[column] ?? '', sentence })
  }
  const said = (column: ProcedureColumn) => fold(cells[column] ?? '')
  const name = cells.name ?? ''
  if (name === '' || name.length > 500) wrong('name', 'Thủ tục mới cần tên, dài nhất 500 chữ.')
  const field = catalogue.fields.find((each) =>
    [each.slug, each.name].some((word) => fold(word) === said('field')),
  )
  if (field === undefined)
    wrong(
      'field',
      `Hãy nhập một lĩnh vực trong danh mục: ${catalogue.fields.map((each) => each.name).join(', ')}.`,
    )
  const level = LEVELS[said('level')]
  if (level === undefined) wrong('level', 'Hãy nhập xã hoặc huyện.')
  const resolver = said('resolver')
  const unit =
    resolver === ''
      ? null
      : catalogue.units.find(
          (each) => each.key === resolver || fold(versionOn(each.versions, today)?.name ?? '') === resolver,
        )
  if (unit === undefined) wrong('resolver', 'Không có đơn vị này; để trống nếu nơi tiếp nhận tự giải quyết.')
  if (problems.length > 0 || field === undefined || level === undefined || unit === undefined)
    return { problems }
  return {
    name,
    fieldId: field.id,
    level,
    interAgency: ['co', 'true', '1', 'x'].includes(said('inter_agency')),
    resolverUnitId: unit?.id ?? null,
  }
}
