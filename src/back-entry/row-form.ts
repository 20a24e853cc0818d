import { randomUUID } from 'node:crypto'
import { slipCounts, slipsOf } from '../../db/queries/emergency-slips.ts'
import { catalogueOf, type Unit, versionOn } from '../catalogue/catalogue.ts'
import type { Deps } from '../deps.ts'
import { type LocalDay, localDayOf } from '../domain/calendar/day.ts'
import { CHANNEL_INDEX } from '../domain/counting/contributions.ts'
import { CHANNELS } from '../domain/counting/tally.ts'
import { rowLabel } from '../reports/row-label.ts'
import { fullDay } from '../web/formats.ts'
import { choiceField, type FormState, inputField, refusalView } from '../web/forms.ts'
import { each, type Html, html } from '../web/html.ts'
import { waitingSlips } from './usable-slip.ts'

interface Row {
  readonly state: FormState
  readonly day?: string
}

/** The row to be typed. Fields follow the slip; the next number and the day of the row before stand there already. */
export function rowForm(deps: Deps, shop: Unit, { state, day }: Row): Html {
  const today = localDayOf(deps.clock.now())
  const catalogue = catalogueOf(deps.db)
  const channels = CHANNELS.slice(0, 2).map((value) => ({
    value,
    label: rowLabel(catalogue, 'channel', CHANNEL_INDEX[value], today).label,
  }))
  return html`<form class="row-form" method="post" action="/nhap-bu" data-enter="next">
<input type="hidden" name="once" value="${state.typed['once'] ?? randomUUID()}"><input type="hidden" name="unit" value="${shop.key}">
${refusalView(state)}
<div class="row-fields">
${inputField(state, { name: 'slip', label: 'Số phiếu', value: nextSlip(deps, shop), maxLength: 60, required: true, first: true })}
${inputField(state, { name: 'procedure', label: 'Thủ tục (mã hoặc tên)', maxLength: 200, required: true, list: 'thu-tuc' })}
${inputField(state, { name: 'name', label: 'Họ tên người nộp', maxLength: 200, required: true })}
${inputField(state, { name: 'idNumber', label: 'Số định danh', maxLength: 30 })}
${inputField(state, { name: 'phone', label: 'Điện thoại', maxLength: 30 })}
${inputField(state, { name: 'day', label: 'Ngày nhận', value: day || fullDay(today), maxLength: 10, required: true })}
${inputField(state, { name: 'time', label: 'Giờ nhận', maxLength: 5, required: true })}
${inputField(state, { name: 'papers', label: 'Giấy tờ, cách nhau bằng ;', maxLength: 2000 })}
${choiceField(state, { name: 'channel', label: 'Kênh', options: channels, value: 'counter' })}
<p class="row-end"><button class="button primary" type="submit">Ghi dòng</button></p>
</div>
<datalist id="thu-tuc">${each(procedureOptions(deps, today), (text) => html`<option value="${text}">`)}</datalist>
</form>`
}

/** The first open slip after the last one used; else the first open one. */
function nextSlip(deps: Deps, shop: Unit): string {
  const { lastUsed } = slipCounts(deps.db, shop.id)
  const waiting = waitingSlips(deps, shop.id)
  const open = slipsOf(deps.db, shop.id, 'open', 1_000).filter(({ id }) => !waiting.has(id))
  return (open.find(({ id }) => id > lastUsed) ?? open[0])?.number ?? ''
}

/** '1.004873 Cấp giấy xác nhận …': the code first, so that either may be typed. */
function procedureOptions({ db }: Deps, day: LocalDay): readonly string[] {
  return catalogueOf(db)
    .procedures.filter(({ versions }) => versionOn(versions, day) !== undefined)
    .map(({ code, name }) => `${code} ${name}`)
    .sort()
}
