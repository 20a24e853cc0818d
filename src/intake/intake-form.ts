import { randomUUID } from 'node:crypto'
import type { Unit } from '../catalogue/catalogue.ts'
import type { ReceivedProcedure } from '../catalogue/received-procedures.ts'
import { choiceField, type FormState, inputField, refusalView, textField } from '../web/forms.ts'
import { each, type Html, html, NOTHING, when } from '../web/html.ts'
import { proceduresMeant, procedureText } from './find-procedure.ts'
import type { Preview } from './preview.ts'
import { hasProxy } from './typed-intake.ts'

export interface IntakeFormView {
  readonly state: FormState
  readonly unit: Unit
  readonly received: readonly ReceivedProcedure[]
  /** The eight of F1–F8. */
  readonly frequent: readonly ReceivedProcedure[]
  readonly preview: Preview
  readonly training: boolean
}

/** The page as one form, in the order of the paper; what follows from it stands beside. */
export function intakeForm(view: IntakeFormView): Html {
  const { state, unit, preview, training } = view
  return html`<form class="intake" method="post" action="/ho-so/moi" data-enter="next" data-scan="/ho-so/moi/quet" data-preview="/ho-so/moi/xem">
<button class="sr" type="submit" name="do" value="compute" formnovalidate tabindex="-1" aria-hidden="true">Tính hạn</button>
<input type="hidden" name="once" value="${state.typed['once'] ?? randomUUID()}"><input type="hidden" name="unit" value="${unit.key}">${when(state.typed['saved'], (code) => html`<input type="hidden" name="saved" value="${code}">`)}${when(training, () => html`<input type="hidden" name="training" value="1">`)}
<div class="intake-main">
${refusalView(state)}
${procedurePart(view)}
${applicantPart(state, preview)}
${channelPart(state)}
<section class="intake-part" aria-labelledby="phan-4"><h2 id="phan-4"><span class="n">4</span> Giấy tờ</h2><div><div id="xem-giay-to">${preview.papers}</div><div class="beside">${inputField(state, { name: 'otherPapers', label: 'Giấy tờ khác, cách nhau bằng ;', maxLength: 2000 })}</div></div></section>
${feePart(state, preview)}
</div>
<aside class="intake-side" aria-label="Hạn trả và hồ sơ trước">
<section id="xem-han" aria-live="polite">${preview.due}</section>
<div id="xem-trung" aria-live="polite">${preview.radar}</div>
</aside>
${formEnd(view)}
</form>`
}

function procedurePart({ state, received, frequent }: IntakeFormView): Html {
  return html`<section class="intake-part" aria-labelledby="phan-1"><h2 id="phan-1"><span class="n">1</span> Thủ tục</h2><div>
${inputField(state, { name: 'procedure', label: 'Mã hoặc vài chữ của tên, có dấu hay không', maxLength: 300, list: 'thu-tuc', first: true })}
${choicesView(received, state.typed['procedure'] ?? '')}
<datalist id="thu-tuc">${each(received, (each) => html`<option value="${procedureText(each)}">`)}</datalist>
${when(frequent.length > 0, () => html`<ul class="desk-chips" aria-label="Thủ tục hay dùng của bàn này">${each(frequent, (each, n) => html`<li><button class="desk-chip" type="submit" name="pick" value="${procedureText(each)}" formnovalidate title="${each.procedure.name}" aria-keyshortcuts="F${n + 1}"><kbd>F${n + 1}</kbd><span>${each.procedure.name}</span></button></li>`)}</ul>`)}
</div></section>`
}

/** Words that fit several procedures: those, to choose from, for whoever has no list that narrows. */
function choicesView(received: readonly ReceivedProcedure[], typed: string): Html {
  const meant = proceduresMeant(received, typed)
  if (meant.length < 2) return NOTHING
  return html`<ul class="procedure-choices" aria-label="Thủ tục khớp với “${typed}”">${each(meant.slice(0, CHOICES), (each) => html`<li><button class="button" type="submit" name="pick" value="${procedureText(each)}" formnovalidate>${procedureText(each)}</button></li>`)}</ul>`
}

const CHOICES = 8

function applicantPart(state: FormState, preview: Preview): Html {
  return html`<section class="intake-part" aria-labelledby="phan-2"><h2 id="phan-2"><span class="n">2</span> Người nộp</h2><div>
<div class="intake-fields person">
${inputField(state, { name: 'idNumber', label: 'Số định danh', maxLength: 300, inputMode: 'numeric' })}
${inputField(state, { name: 'name', label: 'Họ tên hoặc tổ chức', maxLength: 200 })}
${inputField(state, { name: 'birthYear', label: 'Năm sinh', maxLength: 4, inputMode: 'numeric' })}
${choiceField(state, { name: 'sex', label: 'Giới tính', options: SEXES, blank: '–' })}
${inputField(state, { name: 'phone', label: 'Điện thoại', maxLength: 30, type: 'tel' })}
${inputField(state, { name: 'address', label: 'Địa chỉ', maxLength: 500 })}
${inputField(state, { name: 'email', label: 'Thư điện tử', maxLength: 200 })}
</div>
<div class="person-foot"><div id="xem-nguoi" class="person-notes" aria-live="polite">${preview.person}</div>
<details class="fold"${when(hasProxy(state.typed), () => html` open`)}><summary>Nộp thay</summary><div class="intake-fields proxy">
${inputField(state, { name: 'proxyName', label: 'Họ tên người được ủy quyền', maxLength: 200 })}
${inputField(state, { name: 'proxyIdNumber', label: 'Số định danh', maxLength: 30, inputMode: 'numeric' })}
${inputField(state, { name: 'proxyPhone', label: 'Điện thoại', maxLength: 30, type: 'tel' })}
${inputField(state, { name: 'proxyAddress', label: 'Địa chỉ', maxLength: 500 })}
</div></details></div>
</div></section>`
}

const SEXES = [
  { value: 'male', label: 'Nam' },
  { value: 'female', label: 'Nữ' },
] as const

function channelPart(state: FormState): Html {
  const channels = [
    { value: 'counter', label: 'Trực tiếp' },
    { value: 'postal', label: 'Bưu chính' },
    { value: 'online', label: 'Trực tuyến, cán bộ nhập hộ' },
  ]
  const modes = [
    { value: 'counter', label: 'Tại Bộ phận Một cửa' },
    { value: 'postal', label: 'Bưu chính' },
    { value: 'online', label: 'Trực tuyến' },
  ]
  return html`<section class="intake-part" aria-labelledby="phan-3"><h2 id="phan-3"><span class="n">3</span> Hình thức</h2><div class="intake-fields two beside">
${choiceField(state, { name: 'channel', label: 'Cách nộp', options: channels, value: 'counter' })}
${choiceField(state, { name: 'returnMode', label: 'Nhận kết quả', options: modes, value: 'counter' })}
</div></section>`
}

function feePart(state: FormState, preview: Preview): Html {
  const payments = [
    { value: 'cash', label: 'Đã thu tiền mặt' },
    { value: 'transfer', label: 'Đã chuyển khoản' },
    { value: 'online', label: 'Đã nộp trực tuyến' },
  ]
  return html`<section class="intake-part" aria-labelledby="phan-5"><h2 id="phan-5"><span class="n">5</span> Lệ phí</h2><div class="intake-fields fee">
${inputField(state, { name: 'quantity', label: 'Số lượng', maxLength: 6, inputMode: 'numeric', value: '1' })}
${inputField(state, { name: 'fee', label: 'Lệ phí, đồng', maxLength: 15, inputMode: 'numeric', placeholder: preview.fee || 'theo thủ tục' })}
${choiceField(state, { name: 'feePayment', label: 'Thu tiền', options: payments, blank: 'Chưa thu' })}
${inputField(state, { name: 'note', label: 'Ghi chú', maxLength: 2000 })}
</div></section>`
}

function formEnd({ state, preview, training }: IntakeFormView): Html {
  const isOpen = Boolean(state.typed['refusalReason']) || state.field === 'refusalReason'
  return html`<div class="intake-end">
<div id="xem-thieu" class="intake-missing" aria-live="polite">${preview.missing}</div>
<button class="button primary" type="submit" name="do" value="accept" aria-keyshortcuts="Control+Enter">${training ? 'Tiếp nhận thử' : 'Tiếp nhận và in'} <kbd>Ctrl ↵</kbd></button>
<button class="button" type="submit" name="do" value="next" formnovalidate aria-keyshortcuts="Control+Shift+Enter">Lưu và tiếp <kbd>Ctrl ⇧ ↵</kbd></button>
<button class="button" type="submit" name="do" value="at_once" formnovalidate aria-keyshortcuts="Control+Alt+Enter"${when(!preview.atOnce, () => html` hidden`)}>Tiếp nhận và trả ngay <kbd>Ctrl Alt ↵</kbd></button>
<button class="button no-script" type="submit" name="do" value="compute" formnovalidate>Tính hạn</button>
<details class="fold refuse"${when(isOpen, () => html` open`)}><summary>Yêu cầu bổ sung · Từ chối</summary><div>
${textField(state, { name: 'refusalReason', label: 'Lý do, mỗi dòng một điều; giấy tờ thiếu được ghi sẵn vào phiếu bổ sung', rows: 2 })}
<p class="form-end"><button class="button" type="submit" name="do" value="ask" formnovalidate formtarget="_blank" data-paper="Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ">Lập phiếu yêu cầu bổ sung</button><button class="button" type="submit" name="do" value="refuse" formnovalidate>Từ chối tiếp nhận</button></p></div></details>
</div>`
}
