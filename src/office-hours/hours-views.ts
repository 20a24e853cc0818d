import { listOfficeHours, type OfficeHoursRow } from '../../db/queries/office-hours.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { unitChoices, unitName } from '../catalogue/unit-choices.ts'
import type { Deps } from '../deps.ts'
import type { Shift } from '../domain/calendar/calendar.ts'
import { clockTime } from '../domain/calendar/clock-time.ts'
import { addDays, localDayOf } from '../domain/calendar/day.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import { fullDay } from '../web/formats.ts'
import { choiceField, type FormState, formView, inputField } from '../web/forms.ts'
import { each, type Html, html, when } from '../web/html.ts'
import { icon } from '../web/icons.ts'
import type { HoursEffect, NewHours } from './add-hours.ts'

export const HOURS_HREF = '/quan-tri/gio-lam-viec'

const EVERY_UNIT = 'Mọi đơn vị không có giờ riêng'

/** The hours there are and, for who may record others, the form; `state` null: only to be read. */
export function hoursBody({ db, clock }: Pick<Deps, 'db' | 'clock'>, state: FormState | null): Html {
  const today = localDayOf(clock.now())
  const catalogue = catalogueOf(db)
  const rows = listOfficeHours(db)
  const groups = [...Map.groupBy(rows, ({ unitId }) => unitId)].map(([unitId, own]) => ({
    name: unitId === null ? EVERY_UNIT : unitName(catalogue.unitById.get(unitId), today),
    own: own.map((row, index) => ({ row, next: own[index + 1] })),
  }))
  return html`<header class="page-head"><p class="page-kicker"><a href="/quan-tri">Quản trị</a><a href="/quan-tri/lich">Lịch làm việc</a></p><h1>Giờ làm việc và tiếp nhận</h1><p class="lead">Hạn theo giờ và giờ hẹn trả tính theo giờ này. Ngày nào làm, ngày nào nghỉ do <a href="/quan-tri/lich">lịch làm việc</a> quyết định.</p></header>
<div class="scroll" role="region" aria-label="Giờ làm việc" tabindex="0"><table class="data hours"><caption class="sr">Giờ làm việc theo đơn vị và ngày áp dụng</caption>
<thead><tr><th scope="col">Đơn vị</th><th scope="col">Áp dụng</th><th scope="col">Làm việc</th><th scope="col">Tiếp nhận</th></tr></thead>
<tbody>${each(groups, ({ name, own }) => html`${each(own, ({ row, next }) => hoursLine(name, row, next, today))}`)}</tbody></table></div>
${when(state, (form) => html`<section><h2>Ghi giờ mới</h2>${hoursForm(form)}</section>`)}`

  function hoursForm(form: FormState): Html {
    const units = unitChoices(catalogue, today).map(({ key, name }) => ({ value: key, label: name }))
    const time = (name: string, label: string, value = '') =>
      inputField(form, { name, label, type: 'time', value })
    return formView({
      action: HOURS_HREF,
      state: form,
      fields: html`<div class="form-row">${choiceField(form, { name: 'unit', label: 'Đơn vị', blank: EVERY_UNIT, options: units })}${inputField(form, { name: 'from', label: 'Áp dụng từ ngày', type: 'date', required: true, value: addDays(today, 1), hint: 'Từ ngày mai trở đi.' })}</div>
<fieldset class="form-part"><legend>Làm việc, thứ Hai đến thứ Sáu</legend><div class="form-row four">${time('morning-from', 'Sáng từ', '07:30')}${time('morning-to', 'Sáng đến', '11:30')}${time('afternoon-from', 'Chiều từ', '13:00')}${time('afternoon-to', 'Chiều đến', '17:00')}</div></fieldset>
<fieldset class="form-part"><legend>Tiếp nhận, nếu khác giờ làm việc</legend><div class="form-row four">${time('reception-morning-from', 'Sáng từ')}${time('reception-morning-to', 'Sáng đến')}${time('reception-afternoon-from', 'Chiều từ')}${time('reception-afternoon-to', 'Chiều đến')}</div></fieldset>
<fieldset class="form-part"><legend>Tiếp nhận thứ Bảy, không tính là ngày làm việc</legend><div class="form-row four">${time('saturday-morning-from', 'Sáng từ')}${time('saturday-morning-to', 'Sáng đến')}${time('saturday-afternoon-from', 'Chiều từ')}${time('saturday-afternoon-to', 'Chiều đến')}</div></fieldset>`,
      submit: 'Xem trước',
    })
  }
}

function hoursLine(name: string, row: OfficeHoursRow, next: OfficeHoursRow | undefined, today: string): Html {
  const isNow = row.validFrom <= today && (next === undefined || next.validFrom > today)
  const span =
    next === undefined
      ? `từ ${fullDay(row.validFrom)}`
      : `${fullDay(row.validFrom)} – ${fullDay(addDays(next.validFrom, -1))}`
  const weekdays = row.reception?.[1]
  const saturday = row.reception?.[6] ?? []
  const reception = [
    weekdays === undefined ? 'như giờ làm việc' : shiftWords(weekdays),
    ...(saturday.length > 0 ? [`thứ Bảy ${shiftWords(saturday)}`] : []),
  ].join('; ')
  return html`<tr><th scope="row">${name}</th><td>${span}${when(isNow, () => html` <span class="tag in_time">đang áp dụng</span>`)}</td><td>${shiftWords(row.week[1] ?? [])}</td><td>${reception}</td></tr>`
}

/** '07:30–11:30, 13:00–17:00' */
function shiftWords(shifts: readonly Shift[]): string {
  return shifts.map(([from, to]) => `${clockTime(from)}–${clockTime(to)}`).join(', ')
}

interface ShownEffect {
  readonly hours: NewHours
  readonly effect: HoursEffect
  readonly state: FormState
}

/** What the hours mean, before they are recorded. */
export function hoursEffectBody(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { hours, effect, state }: ShownEffect,
): Html {
  const { units, unitById } = catalogueOf(db)
  const whose =
    hours.unitId === null
      ? `${formatCount(units.length - effect.ownHours.length)} đơn vị không có giờ riêng`
      : unitName(unitById.get(hours.unitId), localDayOf(clock.now()))
  const lines = [
    `Áp dụng cho hạn được tính từ ngày ${fullDay(hours.from)}: hồ sơ nhận từ ngày ấy, và hồ sơ cũ được tính lại vì bổ sung hay tạm dừng.`,
    `${formatCount(effect.promised)} hồ sơ đang giải quyết có hạn từ ngày ấy${effect.byHours > 0 ? ` (${formatCount(effect.byHours)} hồ sơ hạn theo giờ)` : ''} giữ ngày và giờ đã hẹn; không hồ sơ nào chuyển hạn.`,
    'Số ngày làm việc không đổi: thứ Hai đến thứ Sáu, trừ ngày nghỉ trong lịch.',
    ...(effect.ownHours.length > 0
      ? [`${formatCount(effect.ownHours.length)} đơn vị có giờ riêng giữ giờ của mình.`]
      : []),
  ]
  const kept = Object.entries(state.typed).filter(([name]) => name !== 'do' && name !== 'once')
  return html`<header class="page-head"><p class="page-kicker"><a href="/quan-tri">Quản trị</a><a href="${HOURS_HREF}">Giờ làm việc</a></p><h1>Làm việc ${shiftWords(hours.week[1])}</h1><p class="lead">${whose}, từ ${fullDay(hours.from)}. Xem trước, chưa ghi gì.</p></header>
<ul class="effect-lines">${each(lines, (text) => html`<li>${icon('check')}<span>${text}</span></li>`)}</ul>
${formView({
  action: HOURS_HREF,
  state,
  fields: html`${each(kept, ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}<input type="hidden" name="do" value="record">`,
  submit: 'Ghi giờ làm việc',
  beside: html`<button class="button" type="submit" name="do" value="edit">Sửa lại</button>`,
})}`
}
