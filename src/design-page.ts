import type { FastifyInstance } from 'fastify'
import type { StripDay } from './domain/deadlines/deadline.ts'
import { dueView, meaningTag } from './dossiers/due-view.ts'
import { stripView } from './dossiers/strip-view.ts'
import { emptyNotice } from './web/error-page.ts'
import { choiceField, type FormState, formView, inputField, textField, tickField } from './web/forms.ts'
import { each, type Html, html } from './web/html.ts'
import { ICON_NAMES, icon } from './web/icons.ts'
import type { Show } from './web/layout.ts'

/** `/design`: what the pages are made of, on one page; docs/design.md says why. */
export function designPage(app: FastifyInstance, show: Show): void {
  const body = html`<header class="page-head"><h1>Bộ mẫu giao diện</h1><p class="lead">Mọi trang chỉ dùng những gì có ở đây. Thay đổi bắt đầu từ trang này.</p></header>
<section><h2>Màu</h2>${swatches(GROUNDS)}</section>
<section><h2>Bốn nghĩa của thời gian</h2>${swatches(MEANINGS)}
<p class="samples">${dueView('2023-03-15', { meaning: 'in_time', text: 'còn 4 ngày làm việc' })}${dueView('2023-03-10', { meaning: 'due_soon', text: 'còn 1 ngày làm việc' })}${dueView('2023-03-08', { meaning: 'overdue', text: 'quá hạn 1 ngày làm việc' })}${dueView('2023-03-14', { meaning: 'paused', text: 'tạm dừng từ 07/03' })}</p>
<p class="samples">${meaningTag('in_time', 'Trong hạn')}${meaningTag('due_soon', 'Sắp hết hạn')}${meaningTag('overdue', 'Quá hạn')}${meaningTag('paused', 'Tạm dừng')}</p></section>
<section><h2>Chữ</h2><ul class="scale">${each(SIZES, (size) => html`<li><span class="n muted">${size}</span><span class="s${size}">Đăng ký khai sinh có yếu tố nước ngoài, trả trước thứ Năm 09/03/2023</span></li>`)}</ul></section>
<section><h2>Dải ngày</h2>${stripView({ heading: '3 ngày làm việc từ thứ Năm 27/04/2023', strip: STRIP, dueOn: '2023-05-05', today: '2023-05-04' })}</section>
<section><h2>Nút và chọn</h2><p class="samples"><a class="button primary" href="/design">Việc chính</a><a class="button" href="/design">Việc khác</a></p></section>
<section><h2>Biểu mẫu</h2>${formView({ action: '/design', state: REFUSED, fields: SAMPLE_FIELDS, submit: 'Ghi nhận', beside: html`<a href="/design">Thôi</a>` })}</section>
<section><h2>Biểu tượng</h2><ul class="icons">${each(ICON_NAMES, (name) => html`<li>${icon(name, 20)}${name}</li>`)}</ul></section>
<section><h2>Khi không có gì</h2>${emptyNotice('Không có hồ sơ quá hạn', 'Mọi hồ sơ đang giải quyết đều còn trong hạn.')}</section>`
  app.get('/design', (_request, reply) => show(reply, { title: 'Bộ mẫu giao diện', area: '/quan-tri', body }))
}

const REFUSED: FormState = { typed: { once: 'mau' }, refusal: 'Hãy ghi lý do để “Mở lại”.' }

const SAMPLE_FIELDS = html`<div class="form-row">${inputField(REFUSED, { name: 'day', label: 'Ngày', type: 'date', value: '2023-03-09', required: true })}${choiceField(REFUSED, { name: 'unit', label: 'Đơn vị', options: [{ value: 'a', label: 'Xã Ngọc Kỳ' }] })}</div>
${textField(REFUSED, { name: 'reason', label: 'Lý do', required: true, hint: 'Một câu, để người sau hiểu.' })}${tickField(REFUSED, { name: 'sure', label: 'Đã báo người nộp' })}`

const SIZES = [28, 20, 16, 14, 13, 12] as const

const GROUNDS = [
  ['paper', 'Giấy'],
  ['paper-2', 'Giấy, nền phụ'],
  ['paper-3', 'Giấy, khi trỏ'],
  ['line', 'Đường kẻ mảnh'],
  ['line-2', 'Đường kẻ đậm'],
  ['ink-3', 'Mực nhạt'],
  ['ink-2', 'Mực phụ'],
  ['ink', 'Mực'],
  ['brand', 'Son'],
] as const

const MEANINGS = [
  ['in-time', 'Trong hạn'],
  ['due-soon', 'Sắp hết hạn'],
  ['overdue', 'Quá hạn'],
  ['paused', 'Tạm dừng'],
] as const

function swatches(list: readonly (readonly [string, string])[]): Html {
  const word = (token: string) =>
    token.includes('-') && !/\d/.test(token)
      ? 'Aa 19'
      : token === 'paused' || token === 'overdue'
        ? 'Aa 19'
        : ''
  return html`<ul class="swatches">${each(list, ([token, label]) => html`<li><span class="ground g-${token}">${word(token)}</span>${label}<code>--${token}</code></li>`)}</ul>`
}

const HOLIDAYS = 'Nghỉ Giỗ Tổ, 30/4 và 1/5'

const STRIP: readonly StripDay[] = [
  { date: '2023-04-27', kind: 'counted' },
  { date: '2023-04-28', kind: 'counted', n: 1 },
  { date: '2023-04-29', kind: 'off', name: HOLIDAYS },
  { date: '2023-04-30', kind: 'off', name: HOLIDAYS },
  { date: '2023-05-01', kind: 'off', name: HOLIDAYS },
  { date: '2023-05-02', kind: 'off', name: HOLIDAYS },
  { date: '2023-05-03', kind: 'off', name: HOLIDAYS },
  { date: '2023-05-04', kind: 'counted', n: 2 },
  { date: '2023-05-05', kind: 'counted', n: 3 },
]
