import type { UnitContact } from '../../db/queries/unit-contacts.ts'
import { type FormState, formView, inputField } from '../web/forms.ts'
import { each, type Html, html, when } from '../web/html.ts'

interface Editing {
  readonly action: string
  /** Null: only to be read. */
  readonly form: FormState | null
}

/** How citizens reach the unit and, for who may change it, the form. */
export function contactView(contact: UnitContact | null, { action, form }: Editing): Html {
  const said = FIELDS.filter(({ name }) => contact?.[name])
  const lead = html`<p class="muted">In trên giấy tiếp nhận, phiếu yêu cầu bổ sung, phiếu từ chối do đơn vị giao. Đổi thì có hiệu lực với giấy tờ của những việc từ lúc ấy.</p>`
  return html`<section id="lien-he"><h2>Liên hệ</h2>
${said.length === 0 ? html`<p class="muted">Chưa ghi số điện thoại: phiếu yêu cầu bổ sung, phiếu từ chối để trống chỗ ấy để viết tay.</p>` : html`<dl class="facts">${each(said, ({ name, label }) => html`<dt>${label}</dt><dd>${contact?.[name]}</dd>`)}</dl>`}
${when(form, (state) => html`${lead}${formView({ action, state, fields: html`${each(FIELDS, (field) => inputField(state, { ...field, value: contact?.[field.name] ?? '' }))}`, submit: 'Ghi liên hệ' })}`)}</section>`
}

const FIELDS = [
  {
    name: 'phone',
    label: 'Điện thoại',
    type: 'tel',
    maxLength: 100,
    hint: 'Nhiều số thì cách nhau bằng dấu phẩy.',
  },
  { name: 'email', label: 'Thư điện tử', maxLength: 100 },
  { name: 'address', label: 'Địa chỉ', maxLength: 200 },
] as const
