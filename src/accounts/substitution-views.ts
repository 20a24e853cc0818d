import { catalogueOf, type Officer, type Substitution } from '../catalogue/catalogue.ts'
import { unitName } from '../catalogue/unit-choices.ts'
import type { Actor, Deps } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { fullDay, shortMoment } from '../web/formats.ts'
import { choiceField, type FormState, formView, inputField, refusalView, textField } from '../web/forms.ts'
import { each, type Html, html, when } from '../web/html.ts'
import { may } from './access.ts'
import { peopleOf } from './may-hand-over.ts'
import { heldOn, holdsAt } from './posts.ts'
import { LONGEST_DAYS } from './record-substitution.ts'
import { substitutesFor } from './substitutes.ts'

type ViewDeps = Pick<Deps, 'db' | 'clock'>

/** Whose posts the form is about: a choice where there are others than oneself. */
export function absentChoice(
  page: string,
  {
    own,
    others,
    absent,
  }: {
    readonly own: Officer | undefined
    readonly others: readonly Officer[]
    readonly absent: Officer | undefined
  },
): Html {
  if (others.length === 0) return html``
  const option = ({ key, name }: Officer) =>
    html`<option value="${key}"${when(key === absent?.key, () => html` selected`)}>${name}</option>`
  return html`<div class="toolbar"><form class="filter" action="${page}" method="get"><label for="vang">Người vắng</label>
<select id="vang" name="vang">${when(own, ({ name }) => html`<option value="">${name} (tôi)</option>`)}${each(others, option)}</select>
<button class="button" type="submit">Chọn</button></form></div>`
}

/** The form for the posts of one person; words where there is nothing to hand over, or nobody to hand it to. */
export function substitutionForm(
  { db, clock }: ViewDeps,
  {
    action,
    absent,
    isOwn,
    state,
  }: {
    readonly action: string
    readonly absent: Officer | undefined
    readonly isOwn: boolean
    readonly state: FormState
  },
): Html {
  const catalogue = catalogueOf(db)
  const today = localDayOf(clock.now())
  const posts = absent === undefined ? [] : heldOn(catalogue, absent.id, today)
  if (absent === undefined || posts.length === 0)
    return html`${refusalView(state)}<p class="muted">${isOwn ? 'Hôm nay ông/bà không giữ vị trí nào nên không có gì để uỷ quyền.' : 'Hãy chọn người vắng ở trên.'}</p>`
  const options = substitutesFor(db, absent.id, today).map(({ id, key, name }) => {
    const [post] = heldOn(catalogue, id, today)
    const where = post && `, ${post.title}, ${unitName(catalogue.unitById.get(post.unitId), today)}`
    return { value: key, label: `${name}${where ?? ''}` }
  })
  if (options.length === 0)
    return html`${refusalView(state)}<p class="muted">Chưa có đồng nghiệp nào ở đơn vị hay đơn vị cấp trên có tài khoản để thay. Hãy nhờ quản trị viên mở tài khoản cho người thay.</p>`
  const fields = html`<input type="hidden" name="absent" value="${absent.key}">
<p>${isOwn ? 'Những vị trí được uỷ quyền' : `Những vị trí của ${absent.name} được uỷ quyền`}: ${posts.map(({ title, unitId }) => `${title}, ${unitName(catalogue.unitById.get(unitId), today)}`).join('; ')}.</p>
${choiceField(state, { name: 'substitute', label: 'Người thay', required: true, blank: 'Chọn người thay', options })}
<div class="form-row">${inputField(state, { name: 'from', label: 'Từ ngày', type: 'date', required: true, value: today })}${inputField(state, { name: 'to', label: 'Đến hết ngày', type: 'date', required: true, hint: `Dài nhất ${LONGEST_DAYS} ngày.` })}</div>
${textField(state, { name: 'reason', label: 'Lý do', required: true, rows: 2, hint: 'Ví dụ: nghỉ phép, đi học, công tác. Không ghi chuyện riêng: người thay và người đứng đầu đọc được.' })}`
  return formView({ action, state, fields, submit: 'Ghi uỷ quyền' })
}

/** Who stands in for whom; with the way to end what still runs or has not begun, for whoever may. */
export function substitutionTable(
  { db, clock }: ViewDeps,
  page: string,
  actor: Actor,
  rows: readonly Substitution[],
): Html {
  if (rows.length === 0) return html`<p class="muted">Chưa ghi lần uỷ quyền nào.</p>`
  const catalogue = catalogueOf(db)
  const now = clock.now()
  const today = localDayOf(now)
  const led = new Set(peopleOf(catalogue, actor, today))
  const name = (id: number) => catalogue.officerById.get(id)?.name ?? ''
  const mayEnd = ({ absentId, substituteId, endedAt, toOn }: Substitution) =>
    endedAt === null &&
    toOn >= today &&
    ([absentId, substituteId].includes(actor.officerId ?? 0) || led.has(absentId) || may(actor, 'accounts'))
  return html`<div class="scroll" role="region" aria-label="Uỷ quyền đã ghi" tabindex="0"><table class="data substitutions"><caption class="sr">Uỷ quyền đã ghi, mới nhất trước</caption>
<thead><tr><th scope="col">Người vắng</th><th scope="col">Người thay</th><th scope="col">Từ ngày</th><th scope="col">Đến hết ngày</th><th scope="col">Tình trạng</th><th scope="col">Lý do</th><th scope="col"><span class="sr">Việc</span></th></tr></thead>
<tbody>${each(rows, (row) => html`<tr><th scope="row" class="nowrap">${name(row.absentId)}</th><td class="nowrap">${name(row.substituteId)}</td><td class="nowrap">${fullDay(row.fromOn)}</td><td class="nowrap">${fullDay(row.toOn)}</td><td class="nowrap">${standing(row, now)}</td><td class="reason">${row.reason}</td><td>${when(mayEnd(row), () => endButton(page, row))}</td></tr>`)}</tbody></table></div>`
}

function standing(row: Substitution, now: number): Html {
  const { fromOn, endedAt } = row
  if (endedAt !== null) return html`<span class="muted">đã kết thúc ${shortMoment(endedAt)}</span>`
  if (holdsAt(row, now)) return html`<strong>đang thay</strong>`
  return fromOn > localDayOf(now) ? html`sắp tới` : html`<span class="muted">đã hết hạn</span>`
}

function endButton(page: string, { id }: Substitution): Html {
  return html`<form method="post" action="${page}/${id}/ket-thuc"><button class="button" type="submit">Kết thúc<span class="sr"> lần uỷ quyền số ${id}</span></button></form>`
}
