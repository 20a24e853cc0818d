import type { DossierRow } from '../../db/queries/dossier-rows.ts'
import type { Catalogue } from '../catalogue/catalogue.ts'
import type { LocalDay } from '../domain/calendar/day.ts'
import { STATE_LABELS } from '../domain/life-cycle/life-cycle.ts'
import { nearDay } from '../web/formats.ts'
import { each, type Html, html, when } from '../web/html.ts'
import { dossierHref } from './dossier-table.ts'
import { type Standing, standingOf } from './due-standing.ts'

/** What is shown under the search field while one types; the script puts it there and follows the arrows. */
export function suggestions(
  rows: readonly DossierRow[],
  q: string,
  { catalogue, today }: { readonly catalogue: Catalogue; readonly today: LocalDay },
): Html {
  if (rows.length === 0)
    return html`<p class="search-none" role="status">Không tìm thấy hồ sơ nào ông/bà được xem.</p>`
  return html`<ul role="listbox" id="search-options" aria-label="Hồ sơ tìm thấy">${each(
    rows,
    (row, index) => {
      const standing = standingOf(row, catalogue.calendar(row.receivingUnitId), today)
      return html`<li role="option" id="search-option-${index}" aria-selected="false" data-href="${dossierHref(row)}"><strong>${row.applicant ?? 'Không rõ người nộp'}</strong><span class="code">${row.code ?? row.slipNumber ?? 'chưa cấp mã'}</span><span class="what">${catalogue.procedureById.get(row.procedureId)?.name}</span><span class="when">${STATE_LABELS[row.state]}${when(standing, ({ text, meaning }: Standing) => html`, <span class="due ${meaning}">${text}</span>`)}${when(row.acceptedOn, (day) => html`, nhận ${nearDay(day, today)}`)}</span></li>`
    },
  )}<li role="option" id="search-option-all" aria-selected="false">Xem mọi kết quả với “${q}”</li></ul>`
}
