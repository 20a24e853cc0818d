import { formatFraction, formatRate } from '../domain/counting/rate-format.ts'
import { compareRates, compareRatesBestFirst, isRanked, type Rate, ratio } from '../domain/counting/rates.ts'
import { each, type Html, html, when } from '../web/html.ts'
import type { Report, ReportRow } from './report.ts'
import { type Place, reportHref } from './report-links.ts'
import { rowNoteView } from './row-note.ts'
import { formatTarget } from './targets.ts'

export interface Ranking {
  readonly report: Report
  readonly previous: Report
  readonly target: Rate
  readonly place: Place
  /** Central-line bodies are shown in the tables and not ranked. */
  readonly isRankable: (unitId: number) => boolean
}

/** Units from best to worst by V2: a dot each on one scale, the target as a line through all rows. */
export function rankingView(ranking: Ranking): Html {
  const rows = rankedRows(ranking)
  if (rows.length === 0) return html`<p class="muted">Chưa đơn vị nào có từ 5 hồ sơ để xếp hạng.</p>`
  const before = new Map(ranking.previous.rows.map((row) => [row.id, v2(row)]))
  const scale = scaleOf([...rows.map(v2), ...rows.map((row) => before.get(row.id) ?? null), ranking.target])
  const below = rows.filter((row) => compareRates(v2(row), ranking.target) < 0).length
  const target = formatTarget(ranking.target)
  const found = foundText(below, rows.length, target)
  return html`<div class="block-head"><h2>${found}</h2><p>Đúng hạn V2: kể cả hồ sơ đang giải quyết</p></div>
<table class="plot">
<caption class="sr">Xếp hạng đơn vị theo tỷ lệ đúng hạn V2</caption>
<thead><tr><th scope="col" class="n plot-rank">Hạng</th><th scope="col">Đơn vị</th><th scope="col" class="plot-cell"><span class="sr">So với mục tiêu</span>${axis(scale, ranking.target)}</th><th scope="col" class="n">V2</th><th scope="col" class="n plot-fraction">Hồ sơ</th></tr></thead>
<tbody>${each(rows, (row) => line(row, rankOf(row, rows), before.get(row.id) ?? null, scale, ranking))}</tbody>
</table>
<p class="plot-key">${key()}</p>`
}

function foundText(below: number, all: number, target: string): string {
  if (all === 1) return below === 0 ? `Đạt mục tiêu ${target}` : `Dưới mục tiêu ${target}`
  return below === 0
    ? `Cả ${all} đơn vị đạt mục tiêu ${target}`
    : `${below}/${all} đơn vị dưới mục tiêu ${target}`
}

/** Units with too few dossiers for a percentage: the fraction says all there is. */
export function smallUnitsView({ report, place }: Ranking): Html {
  const rows = report.rows.filter((row) => v2(row) !== null && !isRanked(v2(row)))
  if (rows.length === 0) return html``
  return html`<section><h2>Dưới 5 hồ sơ, không xếp hạng</h2><ul class="lines">${each(rows, (row) => html`<li><a href="${reportHref({ ...place, unit: row.key })}">${row.label}</a><span class="n">${formatRate(v2(row))}</span></li>`)}</ul></section>`
}

function rankedRows({ report, isRankable }: Ranking): readonly ReportRow[] {
  const rows = report.rows.filter((row) => isRanked(v2(row)) && isRankable(row.id))
  return rows.toSorted((a, b) => compareRatesBestFirst(v2(a), v2(b)) || a.label.localeCompare(b.label, 'vi'))
}

/** Equal rates share a rank: 1, 2, 2, 4. */
function rankOf(row: ReportRow, rows: readonly ReportRow[]): number {
  return rows.findIndex((other) => compareRates(v2(other), v2(row)) === 0) + 1
}

function v2(row: ReportRow): Rate | null {
  return row.rates.V2 ?? null
}

/** From the lowest rate down to the next ten percent, to 100 %, in percent of the cell with room for a dot at both ends. */
interface Scale {
  readonly low: number
  readonly ticks: readonly number[]
  readonly x: (rate: Rate) => number
}

const MARGIN = 3

function scaleOf(rates: readonly (Rate | null)[]): Scale {
  const lowest = Math.min(0.9, ...rates.map((rate) => ratio(rate) ?? 1))
  const low = Math.floor(lowest * 10) / 10
  const step = low < 0.5 ? 0.25 : low < 0.8 ? 0.1 : 0.05
  const first = Math.ceil(low / step - 1e-9) * step
  const ticks = Array.from({ length: Math.round((1 - first) / step) + 1 }, (_, index) => first + index * step)
  const place = (share: number) => MARGIN + ((share - low) / (1 - low)) * (100 - 2 * MARGIN)
  return { low, ticks, x: (rate) => rounded(place(ratio(rate) ?? low)) }
}

function rounded(percent: number): number {
  return Math.round(percent * 100) / 100
}

function percentRate(share: number): Rate {
  return { numerator: Math.round(share * 100), denominator: 100 }
}

function axis(scale: Scale, target: Rate): Html {
  const near = (share: number) => Math.abs(scale.x(percentRate(share)) - scale.x(target)) < 9
  const ticks = scale.ticks.filter((share) => !near(share))
  return html`<svg class="axis" width="100%" height="20" aria-hidden="true" focusable="false">${each(ticks, (share) => html`<text x="${scale.x(percentRate(share))}%" y="14" text-anchor="middle">${Math.round(share * 100)}</text>`)}<text class="axis-target" x="${scale.x(target)}%" y="14" text-anchor="middle">${formatTarget(target)}</text></svg>`
}

function line(
  row: ReportRow,
  rank: number,
  before: Rate | null,
  scale: Scale,
  { target, place }: Ranking,
): Html {
  const now = v2(row) as Rate
  const reached = compareRates(now, target) >= 0
  return html`<tr>
<td class="n plot-rank">${rank}</td>
<th scope="row"><a href="${reportHref({ ...place, unit: row.key })}" title="${row.label}">${row.label}</a>${rowNoteView(row)}</th>
<td class="plot-cell">${dots(now, before, scale, target, reached)}</td>
<td class="n plot-value${reached ? '' : ' below'}">${formatRate(now)}</td>
<td class="n plot-fraction">${formatFraction(now)}</td>
</tr>`
}

function dots(now: Rate, before: Rate | null, scale: Scale, target: Rate, reached: boolean): Html {
  const shownBefore = isRanked(before) ? before : null
  return html`<svg width="100%" height="28" aria-hidden="true" focusable="false">${each(scale.ticks, (share) => html`<line class="grid" x1="${scale.x(percentRate(share))}%" x2="${scale.x(percentRate(share))}%" y1="0" y2="100%"/>`)}<line class="target" x1="${scale.x(target)}%" x2="${scale.x(target)}%" y1="0" y2="100%"/>${when(shownBefore, (rate) => html`<line class="moved" x1="${scale.x(rate)}%" x2="${scale.x(now)}%" y1="50%" y2="50%"/><circle class="before" cx="${scale.x(rate)}%" cy="50%" r="3.5"/>`)}<circle class="${reached ? 'reached' : 'below'}" cx="${scale.x(now)}%" cy="50%" r="5"/></svg>`
}

function key(): Html {
  const sign = (name: string, r: string) =>
    html`<svg width="12" height="12" aria-hidden="true" focusable="false"><circle class="${name}" cx="6" cy="6" r="${r}"/></svg>`
  return html`<span>${sign('reached', '5')} đạt mục tiêu</span><span>${sign('below', '5')} dưới mục tiêu</span><span>${sign('before', '3.5')} kỳ trước</span>`
}
