import { dossierRowsById } from '../../db/queries/dossier-rows.ts'
import { catalogueOf, type Unit } from '../catalogue/catalogue.ts'
import type { Deps } from '../deps.ts'
import type { LocalDay } from '../domain/calendar/day.ts'
import { dossierHref } from '../dossiers/dossier-table.ts'
import { EMPTY_FORM, type FormState, inputField, refusalView } from '../web/forms.ts'
import { each, type Html, html, when } from '../web/html.ts'
import { unclickedOf } from './done-unclicked.ts'

interface Looking {
  readonly works: boolean
  /** What was scanned and could not be closed. */
  readonly scan: FormState | undefined
}

/** Done, it seems, but not clicked: for who works here each a key away from the form that closes it at its real time. */
export function unclickedView(deps: Deps, unit: Unit, day: LocalDay, { works, scan }: Looking): Html {
  const found = unclickedOf(deps, unit.id, day)
  const { procedureById } = catalogueOf(deps.db)
  const rows = dossierRowsById(
    deps.db,
    found.map(({ dossierId }) => dossierId),
  )
  const list = html`<ul class="unclicked">${each(found, ({ why }, n) => {
    const row = rows[n]!
    return html`<li><span class="unclicked-what"><a class="code" href="${dossierHref(row)}">${row.code}</a> <span>${row.applicant}</span><small class="muted">${procedureById.get(row.procedureId)?.name}</small></span><span class="unclicked-why">${why.join('; ')}</span>${when(works, () => html`<a class="button" href="${dossierHref(row)}/khep" aria-label="Khép ${row.code} với thời điểm thực">Khép</a>`)}</li>`
  })}</ul>`
  return html`<section><div class="block-head"><h2>Đã xong mà chưa bấm</h2><p>${found.length} hồ sơ</p></div>
${found.length === 0 ? html`<p class="muted">Không thấy hồ sơ nào đã xong mà còn mở.</p>` : list}
${when(works, () => html`<form class="scan" method="get" action="/cuoi-ngay/quet"><input type="hidden" name="unit" value="${unit.key}"><input type="hidden" name="ngay" value="${day}">${when(scan, refusalView)}<div class="scan-head">${inputField(EMPTY_FORM, { name: 'ma', label: 'Quét giấy hẹn đã trả để khép', maxLength: 60, required: true })}<p class="scan-add"><button class="button" type="submit">Mở</button></p></div></form>`)}</section>`
}
