import type { LocalDay } from '../domain/calendar/day.ts'
import type { Period } from '../domain/calendar/periods.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import { reportHref } from '../reports/report-links.ts'
import { emptyNotice } from '../web/error-page.ts'
import { fullDay, shortMoment } from '../web/formats.ts'
import { type FormState, formView, inputField, textField } from '../web/forms.ts'
import { each, type Html, html, when } from '../web/html.ts'
import { icon } from '../web/icons.ts'
import type { Arrival, ChildStanding } from './standing.ts'

export const PATH = '/quan-tri/tuyen-duoi'

/** Children down, periods across: what came when, what is missing, late or refused; no `state`: only to be read. */
export function feedBody(
  periods: readonly Period[],
  children: readonly ChildStanding[],
  today: LocalDay,
  state: FormState | null,
): Html {
  return html`<header class="page-head"><p class="page-kicker"><a href="/quan-tri">Quản trị</a></p><h1>${heading(children)}</h1><p class="lead">Các hệ thống cấp dưới gửi số liệu kỳ đã chốt về đây: chỉ có con số, không có người nộp hay cán bộ nào.</p></header>
${children.length === 0 ? emptyNotice('Chưa có hệ thống tuyến dưới', 'Đăng ký ở dưới bằng khoá công khai của hệ thống đó. Cách làm: docs/feed.md.') : matrix(periods, children, state !== null)}
${refusals(children)}
${when(state, (typed) => html`<section><h2>Đăng ký hệ thống tuyến dưới</h2>${formView({ action: PATH, state: typed, fields: fields(typed, today), submit: 'Đăng ký' })}</section>`)}`
}

function heading(children: readonly ChildStanding[]): string {
  if (children.length === 0) return 'Tuyến dưới'
  const late = children.filter(({ arrivals }) => arrivals.some(({ isLate }) => isLate)).length
  if (late === 0) return `${formatCount(children.length)} hệ thống tuyến dưới, không hệ thống nào trễ`
  return `${formatCount(late)}/${formatCount(children.length)} hệ thống tuyến dưới còn trễ số liệu`
}

function matrix(periods: readonly Period[], children: readonly ChildStanding[], mayChange: boolean): Html {
  return html`<div class="scroll" role="region" aria-label="Số liệu đã nhận" tabindex="0"><table class="data fed"><caption class="sr">Số liệu đã nhận, theo hệ thống và kỳ</caption>
<thead><tr><th scope="col">Hệ thống</th>${each(periods, (period) => html`<th scope="col"><a href="${reportHref({ period, unit: undefined })}">${period.key}</a></th>`)}${when(mayChange, () => html`<th scope="col"><span class="sr">Việc</span></th>`)}</tr></thead>
<tbody>${each(children, (child) => row(child, mayChange))}</tbody></table></div>`
}

function row({ child, units, arrivals }: ChildStanding, mayChange: boolean): Html {
  const { installation, label, sinceOn, untilOn } = child
  return html`<tr><th scope="row">${label} <small>${installation}, ${formatCount(units.length)} đơn vị, ${untilOn === null ? `từ ${fullDay(sinceOn)}` : `đã ngừng sau ${fullDay(untilOn)}`}</small></th>
${each(arrivals, (arrival) => html`<td>${cell(arrival)}</td>`)}
${when(mayChange, () => html`<td>${when(untilOn === null, () => html`<form method="post" action="${PATH}/${installation}/ngung"><button class="button" type="submit">Ngừng</button></form>`)}</td>`)}</tr>`
}

/** In words and with a sign, never by colour alone. */
function cell({ came, missing, newest, isLate, refusals: refused }: Arrival): Html {
  if (came.length + missing.length === 0) return html`<span class="muted">–</span>`
  const lacking = `${formatCount(missing.length)}/${formatCount(came.length + missing.length)}`
  const problem =
    refused.length > 0
      ? html`<span class="tag overdue">${icon('overdue')}bị từ chối</span>`
      : missing.length === 0
        ? html``
        : html`<span class="tag ${isLate ? 'overdue' : 'due_soon'}">${icon(isLate ? 'overdue' : 'due_soon')}${isLate ? 'trễ' : 'thiếu'} ${lacking}</span>`
  return html`${problem}${when(newest, ({ revision, at }) => html` <span>bản ${revision}</span> <small>${shortMoment(at)}</small>`)}`
}

function refusals(children: readonly ChildStanding[]): Html {
  const all = children.flatMap(({ child, arrivals }) =>
    arrivals.flatMap(({ period, refusals: refused }) =>
      refused.map((sentence) => ({ where: `${child.label}, ${period.label}`, sentence })),
    ),
  )
  if (all.length === 0) return html``
  return html`<section><h2>Bị từ chối</h2><ul class="alarms">${each(all, ({ where, sentence }) => html`<li>${icon('overdue', 20)}<div><p class="event-act">${where}</p><p>${sentence}</p></div></li>`)}</ul></section>`
}

function fields(state: FormState, today: LocalDay): Html {
  return html`${inputField(state, { name: 'installation', label: 'Tên hệ thống', hint: 'Đúng như FEED_INSTALLATION ở tuyến dưới, ví dụ xa-ngoc-ky.', required: true, maxLength: 60 })}
${inputField(state, { name: 'label', label: 'Tên gọi', hint: 'Tên hiện trên trang này, ví dụ UBND xã Ngọc Kỳ.', maxLength: 120 })}
${textField(state, { name: 'units', label: 'Đơn vị gửi số liệu', hint: 'Khoá hoặc mã đơn vị trong danh mục ở đây, cách nhau bằng dấu cách hoặc xuống dòng.', required: true, rows: 3 })}
${inputField(state, { name: 'since', label: 'Từ ngày', type: 'date', value: today, hint: 'Mọi kỳ kết thúc từ ngày này do hệ thống đó gửi.', required: true })}
${textField(state, { name: 'key', label: 'Khoá công khai', hint: 'Dòng do lệnh “npm run --silent motcua -- feed keys” in ra ở tuyến dưới.', required: true, rows: 2 })}`
}
