import type { Procedure } from '../catalogue/catalogue.ts'
import { addDays, type LocalDay } from '../domain/calendar/day.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import { describeLimit, parseLimit } from '../domain/deadlines/time-limit.ts'
import { fullDay, moment } from '../web/formats.ts'
import { choiceField, type FormState, formView, inputField, textField } from '../web/forms.ts'
import { each, type Html, html, when } from '../web/html.ts'
import { icon } from '../web/icons.ts'
import { CHOICES, PLAIN_FACTS, type VersionFacts } from './facts.ts'
import { printFacts } from './print-facts.ts'
import { PROCEDURES_HREF } from './procedure-list-view.ts'
import { labelsOf } from './procedure-view.ts'
import { COLUMN_OF, PROCEDURE_COLUMNS } from './sheet-columns.ts'
import type { VersionEffect } from './version-effect.ts'

interface ShownForm {
  /** The version whose words stand in the form the first time; null: none. */
  readonly model: VersionFacts | null
  readonly today: LocalDay
  readonly state: FormState
}

export function versionFormBody(procedure: Procedure, { model, today, state }: ShownForm): Html {
  const printed = printFacts(model ?? { ...PLAIN_FACTS, limit: '3wd', source: '' })
  const limit = describeLimit(parseLimit(printed.limit))
  const shown = { ...state, typed: { ...cellsOf({ ...printed, limit }), ...state.typed } }
  return html`${head(procedure, 'Ghi phiên bản mới', 'Áp dụng cho hồ sơ nhận từ ngày ấy; hồ sơ đã nhận giữ phiên bản và hạn cũ. Bước sau cho xem trước, chưa ghi gì.')}
${formView({
  action: actionOf(procedure),
  state: shown,
  fields: fieldsOf(shown, today),
  submit: 'Xem trước',
  beside: html`<a href="${hrefOf(procedure)}">Thôi</a>`,
})}`
}

function fieldsOf(state: FormState, today: LocalDay): Html {
  const choice = (fact: keyof typeof CHOICES, blank?: string) =>
    choiceField(state, {
      name: COLUMN_OF[fact],
      label: labelOf(fact),
      options: Object.entries<string>(CHOICES[fact]).map(([, label]) => ({ value: label, label })),
      ...(blank !== undefined && { blank }),
    })
  const input = (fact: keyof VersionFacts, more: Partial<Parameters<typeof inputField>[1]> = {}) =>
    inputField(state, { name: COLUMN_OF[fact], label: labelOf(fact), ...more })
  return html`<div class="form-row">${inputField(state, { name: 'from', label: 'Áp dụng từ ngày', type: 'date', required: true, value: addDays(today, 1), first: true })}${input('limit', { required: true, hint: '3 ngày làm việc, 24 giờ làm việc, 30 ngày, 1 tháng, trong ngày.' })}</div>
<div class="form-row">${choice('onlineLevel', 'không trực tuyến')}${choice('onlineMode', 'không ghi')}</div>
<div class="form-row">${input('fee', { inputMode: 'numeric', hint: 'Đồng; 0 là không thu.' })}${input('feeNote')}</div>
<div class="form-row four">${choice('supplementPolicy')}${choice('paymentPolicy')}${choice('verificationPolicy')}${choice('consultationPolicy')}</div>
<div class="form-row four">${choice('mode')}${choice('lateness')}${input('cutoffMinute', { type: 'time', hint: 'Nhận sau giờ này thì tính từ ngày làm việc kế tiếp; trống: không có.' })}${input('extensionDays', { inputMode: 'numeric', hint: 'Ngày làm việc pháp luật cho gia hạn; trống: không.' })}</div>
${textField(state, { name: COLUMN_OF.components, label: labelOf('components'), rows: 6, hint: 'Mỗi giấy tờ một dòng: tên | bản chính hoặc bản sao | số bộ | bắt buộc hoặc không bắt buộc. Chỉ ghi tên cũng được.' })}
${textField(state, { name: COLUMN_OF.steps, label: labelOf('steps'), rows: 3, hint: 'Mỗi bước một dòng: tên | shop, resolver, leader, clerk hoặc mã đơn vị | thời hạn. Trống: một bước.' })}
${input('source', { required: true, maxLength: 500, hint: 'Văn bản quy định: số, ngày, điều.' })}
<div class="form-row">${input('publicationDecision', { maxLength: 500 })}${yesNo('instant', 'Trả kết quả ngay khi nhận')}${yesNo('verified', 'Đã đối chiếu với văn bản công bố')}</div>`

  function yesNo(fact: 'instant' | 'verified', label: string): Html {
    const options = ['không', 'có'].map((value) => ({ value, label: value }))
    return choiceField(state, { name: COLUMN_OF[fact], label, options })
  }
}

interface ShownEffect {
  readonly input: { readonly from: LocalDay; readonly facts: VersionFacts }
  readonly effect: VersionEffect
  readonly state: FormState
}

/** What the version means, before it is recorded. */
export function versionEffectBody(procedure: Procedure, { input, effect, state }: ShownEffect): Html {
  const { place, changed, open, example } = effect
  const { from } = input
  const ends =
    place.validTo === null ? '' : ` đến hết ${fullDay(place.validTo)}, khi phiên bản đã ghi sau đó bắt đầu`
  const kept = Object.entries(state.typed).filter(([name]) => name !== 'do' && name !== 'once')
  const lines = [
    `${formatCount(open)} hồ sơ đang giải quyết giữ phiên bản và hạn của mình; không hồ sơ nào chuyển hạn.`,
    changed.length === 0
      ? 'Đây là phiên bản đầu của thủ tục.'
      : `Khác phiên bản trước: ${labelsOf(changed)}.`,
    `Ví dụ, hồ sơ nhận lúc ${moment(example.at)}: hạn trả ${moment(example.after)}${example.before === null || example.before === example.after ? '' : `, theo phiên bản trước là ${moment(example.before)}`}.`,
    ...(input.facts.verified
      ? []
      : ['Nội dung được hiện là chưa xác minh cho đến khi có người đối chiếu với văn bản công bố.']),
  ]
  return html`${head(procedure, `Áp dụng từ ${fullDay(from)}${ends}`, 'Xem trước, chưa ghi gì.')}
<ul class="effect-lines">${each(lines, (text) => html`<li>${icon('check')}<span>${text}</span></li>`)}</ul>
${formView({
  action: actionOf(procedure),
  state,
  fields: html`${each(kept, ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}<input type="hidden" name="do" value="record">`,
  submit: 'Ghi phiên bản',
  beside: html`<button class="button" type="submit" name="do" value="edit">Sửa lại</button>`,
})}`
}

function head(procedure: Procedure, heading: string, lead: string): Html {
  return html`<header class="page-head"><p class="page-kicker"><a href="${PROCEDURES_HREF}">Thủ tục</a><a href="${hrefOf(procedure)}">${procedure.code} ${procedure.name}</a></p><h1>${heading}</h1>${when(lead, (text) => html`<p class="lead">${text}</p>`)}</header>`
}

function hrefOf({ code }: Procedure): string {
  return `${PROCEDURES_HREF}/${encodeURIComponent(code)}`
}

function actionOf(procedure: Procedure): string {
  return `${hrefOf(procedure)}/phien-ban`
}

function labelOf(fact: keyof VersionFacts): string {
  return PROCEDURE_COLUMNS[COLUMN_OF[fact]].label
}

function cellsOf(printed: Readonly<Record<keyof VersionFacts, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(printed).map(([fact, text]) => [COLUMN_OF[fact as keyof VersionFacts], text]),
  )
}
