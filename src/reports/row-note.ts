import type { Catalogue } from '../catalogue/catalogue.ts'
import { addDays, type LocalDay } from '../domain/calendar/day.ts'
import { isSplit } from '../domain/counting/unit-map.ts'
import { fullDay } from '../web/formats.ts'
import { type Html, html, when } from '../web/html.ts'
import type { ReportRow } from './report.ts'
import type { UnitMap } from './scope.ts'

/** What a reader must know of a unit's row: it existed only part of the days counted, or was split since. */
export function rowNote(
  { unitById, lineage }: Catalogue,
  unitId: number,
  map: UnitMap,
  { from, to, today }: { readonly from: LocalDay; readonly to: LocalDay; readonly today: LocalDay },
): string | null {
  if (map === 'today') return isSplit(lineage, unitId, today) ? 'đã chia, không phân bổ' : null
  const versions = unitById.get(unitId)?.versions ?? []
  const [first, last] = [versions[0], versions.at(-1)]
  if (first === undefined || last === undefined) return null
  const begins = first.validFrom > from ? `từ ${fullDay(first.validFrom)}` : null
  const ends = last.validTo !== null && last.validTo < to ? `đến ${fullDay(last.validTo)}` : null
  // It had closed before: what it still shows is what was carried over and moved away.
  if (last.validTo !== null && last.validTo < from)
    return `đã kết thúc từ ${fullDay(addDays(last.validTo, 1))}`
  return [begins, ends].filter((words) => words !== null).join(', ') || null
}

/** The note beside a unit's name. */
export function rowNoteView({ note }: ReportRow): Html {
  return when(note, (words) => html` <small class="row-note">(${words})</small>`)
}
