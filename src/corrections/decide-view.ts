import { type Catalogue, versionOn } from '../catalogue/catalogue.ts'
import { unitName } from '../catalogue/unit-choices.ts'
import { type Act, TRANSITIONS } from '../domain/life-cycle/life-cycle.ts'
import { dossierHref } from '../dossiers/dossier-table.ts'
import { fullDay, longDay, moment, shortMoment } from '../web/formats.ts'
import { type FormState, formView, textField } from '../web/forms.ts'
import { each, type Html, html, when } from '../web/html.ts'
import { icon } from '../web/icons.ts'
import type { CorrectionView } from './correction-views.ts'
import { changesView, periodsView } from './effect-view.ts'
import { momentOf } from './entry.ts'

/** The form of who may answer, and the page it is on. */
interface Answer {
  readonly state: FormState
  readonly page: string
}

/** One request that waits: who, what, what it would change, and to who may decide it the two answers. */
export function requestView(catalogue: Catalogue, view: CorrectionView, answer: Answer | null): Html {
  const { row, dossier, after, periods, refusal } = view
  return html`<li class="request" id="de-nghi-${row.id}">
<h2>${TRANSITIONS[row.act as Act].label}, ${longDay(row.day)}</h2>
<p class="muted">Số ${row.id}, ${officerName(catalogue, row.requestedBy)} gửi lúc ${moment(row.requestedAt)}, ${unitName(catalogue.unitById.get(row.unitId), row.day)}</p>
<p>${subjectOf(catalogue, view)}</p>
<p><strong>Lý do:</strong> ${row.reason}</p>
${when(refusal, (sentence) => html`<p class="form-refusal">${icon('overdue', 20)}<span>Lúc này chưa làm được: ${sentence}</span></p>`)}
${dossier !== null && after !== null ? changesView(catalogue, dossier, after) : html``}
${refusal === null ? html`<h3>Kỳ đã chốt</h3>${periodsView(catalogue, periods)}` : html``}
${answer === null ? html`<p class="muted">Chờ người đứng đầu hoặc người giám sát của đơn vị duyệt.</p>` : answerForm(row.id, answer)}
</li>`
}

function answerForm(id: number, { state, page }: Answer): Html {
  return formView({
    action: `${page}/${id}/duyet`,
    state,
    fields: textField(state, { name: `note-${id}`, label: 'Lời ghi', rows: 2, hint: 'Cần ghi khi từ chối.' }),
    submit: 'Duyệt',
    beside: html`<button class="button" type="submit" formaction="${page}/${id}/tu-choi">Từ chối</button>`,
  })
}

/** The dossier, or the one to be entered: who, what for, when. */
function subjectOf(catalogue: Catalogue, { dossier, entry }: CorrectionView): Html {
  if (dossier !== null)
    return html`Hồ sơ <a class="code" href="${dossierHref(dossier)}">${dossier.code ?? 'chưa cấp mã'}</a>`
  if (entry?.kind !== 'intake') return html`Hồ sơ chưa nhập`
  const { applicant, procedure } = entry.input
  const at = momentOf(entry)
  return html`Hồ sơ chưa nhập: ${applicant.name}, ${catalogue.procedureByCode.get(procedure)?.name ?? procedure}${when(at, (when) => html`, nhận lúc ${moment(when)}`)}${when(entry.slip, (slip) => html`, phiếu ${slip}`)}`
}

const STATUS = { approved: 'duyệt', rejected: 'từ chối', waiting: '' } as const

export function decidedTable(catalogue: Catalogue, views: readonly CorrectionView[]): Html {
  if (views.length === 0) return html`<p class="muted">Chưa có đính chính nào.</p>`
  return html`<div class="scroll" role="region" aria-label="Đã quyết định" tabindex="0"><table class="data">
<caption class="sr">Đề nghị đính chính đã quyết định</caption>
<thead><tr><th scope="col">Quyết định</th><th scope="col">Việc</th><th scope="col">Hồ sơ</th><th scope="col">Từ ngày</th><th scope="col">Người đề nghị</th><th scope="col">Người quyết định</th><th scope="col">Kỳ bị đổi</th><th scope="col">Lý do, lời ghi</th></tr></thead>
<tbody>${each(views, (view) => decidedLine(catalogue, view))}</tbody></table></div>`
}

function decidedLine(catalogue: Catalogue, { row, dossier, periods }: CorrectionView): Html {
  const link =
    dossier === null
      ? html`–`
      : html`<a class="code" href="${dossierHref(dossier)}">${dossier.code ?? 'chưa cấp mã'}</a>`
  const decidedAt = row.decidedAt === null ? '' : shortMoment(row.decidedAt)
  const words = [row.reason, row.decisionNote].filter((text) => text).join(' · ')
  return html`<tr><td class="nowrap">${STATUS[row.status]} ${decidedAt}</td><td>${TRANSITIONS[row.act as Act].label}</td><td class="nowrap">${link}</td><td class="nowrap">${fullDay(row.day)}</td><td>${officerName(catalogue, row.requestedBy)}</td><td>${officerName(catalogue, row.decidedBy)}</td><td>${periods.map(({ key }) => key).join(', ') || '–'}</td><td>${words}</td></tr>`
}

/** With the unit of today’s post, since names are not unique. */
function officerName(catalogue: Catalogue, id: number | null): string {
  const officer = id === null ? undefined : catalogue.officerById.get(id)
  if (officer === undefined) return 'Người vận hành'
  const post = officer.memberships.at(-1)
  const unit = post && catalogue.unitById.get(post.unitId)
  const version = unit && (versionOn(unit.versions, post.validFrom) ?? unit.versions.at(-1))
  return version === undefined ? officer.name : `${officer.name} (${version.shortName})`
}
