import { formatCount, formatRate } from '../domain/counting/rate-format.ts'
import type { Rate } from '../domain/counting/rates.ts'
import type { Counter } from '../domain/counting/tally.ts'
import { type Html, html, when } from '../web/html.ts'
import { icon } from '../web/icons.ts'
import { type Change, countChange, rateChange } from './change.ts'
import { countLink, figureLink, type Place } from './report-links.ts'
import type { ReportView } from './report-views.ts'
import { formatTarget } from './targets.ts'

/** The four figures of a period: received, on time with what lies overdue, comprehensive, online. */
export function figuresView({ report, previous, targets }: ReportView, place: Place): Html {
  const [now, before] = [report.total, previous.total]
  const rateOf = (code: string) => ({ now: now.rates[code] ?? null, before: before.rates[code] ?? null })
  const received = countChange(now.tally.received, before.tally.received)
  const overdue = countChange(now.tally.openOverdue, before.tally.openOverdue)
  return html`<dl class="figures">
<div class="figure"><dt>Tiếp nhận trong kỳ</dt><dd class="figure-value n">${countLink(now.tally.received, place, ['received'], 'tiếp nhận trong kỳ')}</dd><dd>${changeView(received, null)}</dd></div>
<div class="figure"><dt>Giải quyết đúng hạn (V1)</dt>${rateValue(rateOf('V1').now, place, ['early', 'onTime'], ['resolved'], 'đã giải quyết')}<dd>${when(rateChange(rateOf('V1').now, rateOf('V1').before), (change) => changeView(change, 'up'))}</dd>
<dd class="beside${now.tally.openOverdue > 0 ? ' bad' : ''}">${icon(now.tally.openOverdue > 0 ? 'overdue' : 'check')}<span>quá hạn tồn <b class="n">${countLink(now.tally.openOverdue, place, ['openOverdue'], 'quá hạn tồn')}</b></span><span class="muted">${overdue.text}</span></dd></div>
<div class="figure"><dt>Đúng hạn, cả đang giải quyết (V2)</dt>${rateValue(rateOf('V2').now, place, ['early', 'onTime', 'openInTime'], ['resolved', 'open'], 'đã, đang giải quyết')}<dd>${when(rateChange(rateOf('V2').now, rateOf('V2').before), (change) => changeView(change, 'up'))}</dd><dd class="muted">mục tiêu ${formatTarget(targets.V2)}</dd></div>
<div class="figure"><dt>Nộp trực tuyến (N1)</dt>${rateValue(rateOf('N1').now, place, ['receivedLevel3', 'receivedLevel4'], ['received'], 'tiếp nhận')}<dd>${when(rateChange(rateOf('N1').now, rateOf('N1').before), (change) => changeView(change, 'up'))}</dd><dd class="muted">mục tiêu ${formatTarget(targets.N1)}</dd></div>
</dl>`
}

/** The rate, and the fraction it is: each of its two numbers opens its dossiers. */
function rateValue(
  rate: Rate | null,
  place: Place,
  above: readonly Counter[],
  below: readonly Counter[],
  of: string,
): Html {
  if (rate === null) return html`<dd class="figure-value">–</dd><dd>không có hồ sơ ${of}</dd>`
  const fraction = html`<dd><span class="n">${countLink(rate.numerator, place, above, 'đạt')}/${countLink(rate.denominator, place, below, of)}</span> hồ sơ ${of}</dd>`
  return html`<dd class="figure-value n">${figureLink(formatRate(rate), place, below, `${formatRate(rate)}, mở ${formatCount(rate.denominator)} hồ sơ ${of}`)}</dd>${fraction}`
}

const SIGNS = { up: 'up', down: 'down', same: 'same' } as const

/** `good` says which direction is good news; null: neither. */
function changeView({ direction, text }: Change, good: 'up' | null): Html {
  const verdict = good === null || direction === 'same' ? '' : direction === good ? ' better' : ' worse'
  return html`<span class="change${verdict}">${icon(SIGNS[direction])}${text}</span>`
}
