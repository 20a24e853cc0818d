import type { UnitChoice } from '../catalogue/unit-choices.ts'
import type { Instant } from '../domain/calendar/day.ts'
import { formatCount, formatFraction, formatRate } from '../domain/counting/rate-format.ts'
import { isRanked, type Rate } from '../domain/counting/rates.ts'
import { emptyNotice } from '../web/error-page.ts'
import { capital } from '../web/formats.ts'
import { each, type Html, html, when } from '../web/html.ts'
import { rateChange } from './change.ts'
import { shownCounters, signed } from './changed-counters-view.ts'
import type { ComparedRow, Comparison } from './comparison.ts'
import { COUNTER_LABELS } from './counter-labels.ts'
import { lateEventsView } from './late-events-view.ts'
import { readingName, readingText } from './reading.ts'
import { type Place, reportHref } from './report-links.ts'
import { revisionChoices, revisionSelect } from './revision-choice-view.ts'

export interface ComparisonView {
  readonly comparison: Comparison
  /** The period's revisions. */
  readonly moments: ReadonlyMap<number, Instant>
  readonly choices: readonly UnitChoice[]
  /** Key of the unit chosen in the filter. */
  readonly unit: string | undefined
}

export function comparisonBody(view: ComparisonView): Html {
  const { comparison, choices, unit } = view
  const { period, from, to, rows, events } = comparison
  const place: Place = { period, unit }
  const unitName = choices.find(({ key }) => key === unit)?.name
  const names = `${readingName(from)} và ${readingName(to)}`
  const head = html`<div class="toolbar">${chooser(view)}</div>
<header class="page-head"><p class="page-kicker"><span><a href="${reportHref(place)}">${period.label}</a>${when(unitName, (name) => html` · ${name}`)}</span></p><h1>${finding(comparison)}</h1></header>`
  if (rows.length === 0) {
    return html`${head}${emptyNotice('Hai bản không khác nhau', `Mọi số liệu và tỷ lệ của ${names} đều bằng nhau.`, html`<p class="notice-links"><a href="${reportHref(place)}">Về báo cáo</a></p>`)}`
  }
  return html`${head}<section class="comparison">${comparisonTable(comparison, place)}</section>
<section class="adjustments block"><div class="block-head"><h2>Những việc ghi nhận giữa hai bản</h2><p>${formatCount(events.length)} việc, theo thứ tự ghi nhận</p></div>
${lateEventsView('Những việc ghi nhận giữa hai bản', events)}</section>`
}

function finding({ from, to, rows, events }: Comparison): string {
  if (rows.length === 0) return `${capital(readingName(from))} và ${readingName(to)} như nhau`
  return `${capital(readingName(to))} khác ${readingName(from)} ở ${formatCount(rows.length)} đơn vị, do ${formatCount(events.length)} việc`
}

/** Unit by unit what differs, one line each, with the total below. */
function comparisonTable({ from, to, rows, total }: Comparison, place: Place): Html {
  const caption = `So sánh ${readingName(from)} và ${readingName(to)}`
  return html`<table class="data changed"><caption class="sr">${caption}</caption>
<thead><tr><th scope="col">Số liệu</th><th scope="col" class="n">${capital(readingName(from))}</th><th scope="col" class="n">${to === 'current' ? 'Hiện tại' : capital(readingName(to))}</th><th scope="col" class="n">Chênh lệch</th></tr></thead>
${each(rows, (row) => html`<tbody>${group(row, html`<a href="${reportHref({ ...place, unit: row.key, reading: to })}">${row.label}</a>`)}</tbody>`)}
<tbody class="total">${group(total, html`${total.label}`)}</tbody>
</table>`
}

function group({ counters, rates }: ComparedRow, name: Html): Html {
  const shown = shownCounters(counters)
  return html`<tr class="group-name"><th scope="rowgroup" colspan="4">${name}</th></tr>
${each(shown, ({ counter, before, after }) => html`<tr><th scope="row">${capital(COUNTER_LABELS[counter])}</th><td class="n">${formatCount(before)}</td><td class="n">${formatCount(after)}</td><td class="n">${signed(after - before)}</td></tr>`)}
${each(rates, ({ code, name: words, before, after }) => html`<tr><th scope="row">${words}${when(/^[VN]\d/.test(code) && code, (short) => html` <small class="muted">${short}</small>`)}</th><td class="n">${rateCell(before)}</td><td class="n">${rateCell(after)}</td><td class="n movement">${movement(before, after)}</td></tr>`)}
${when(shown.length + rates.length === 0 || null, () => html`<tr><td colspan="4" class="muted">Tổng không đổi.</td></tr>`)}`
}

/** The percentage and its fraction: 5/5 and 6/6 print the same percentage and are not the same. */
function rateCell(rate: Rate | null): Html {
  if (rate === null || !isRanked(rate)) return html`${formatRate(rate)}`
  return html`${formatRate(rate)} <small class="muted fraction">${formatFraction(rate)}</small>`
}

function movement(before: Rate | null, after: Rate | null): string {
  const change = rateChange(after, before)
  if (change === null) return '–'
  return change.direction === 'same' ? 'không đổi' : change.text
}

/** Which two, and of which unit. */
function chooser({ comparison: { period, from, to }, moments, choices, unit }: ComparisonView): Html {
  const all = revisionChoices(moments)
  return html`<form class="filter pair" action="/bao-cao/${period.key}/so-sanh" method="get">
<label for="tu">Bản trước</label>${revisionSelect('tu', all.slice(0, -1), String(from))}
<label for="den">Bản sau</label>${revisionSelect('den', all.slice(1), readingText(to))}
<label class="sr" for="unit">Đơn vị</label>
<select id="unit" name="unit"><option value="">Tất cả đơn vị</option>${each(choices, ({ key, name }) => html`<option value="${key}"${when(key === unit, () => html` selected`)}>${name}</option>`)}</select>
<button class="button" type="submit">So sánh</button>
</form>`
}
