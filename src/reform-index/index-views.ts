import type { IndexRun, IndexScore, IndexSheet } from '../../db/queries/index-results.ts'
import type { Catalogue } from '../catalogue/catalogue.ts'
import { unitName } from '../catalogue/unit-choices.ts'
import { formatFraction } from '../domain/counting/rate-format.ts'
import type { CriteriaSet, Criterion } from '../domain/reform-index/criteria-set.ts'
import { gradeOf } from '../domain/reform-index/grades.ts'
import { formatPoints } from '../domain/reform-index/point-format.ts'
import { rowNote } from '../reports/row-note.ts'
import { fullDay, moment } from '../web/formats.ts'
import { each, type Html, html, when } from '../web/html.ts'
import { icon } from '../web/icons.ts'

export interface IndexView {
  readonly catalogue: Catalogue
  readonly run: IndexRun
  readonly set: CriteriaSet
  /** The criteria that were scored, in the order of the set. */
  readonly criteria: readonly (Criterion & { readonly field: string })[]
  /** Best first. */
  readonly sheets: readonly IndexSheet[]
  readonly scores: ReadonlyMap<number, readonly IndexScore[]>
}

/** Units by criteria, coloured by the share of the points they got; the number is always there. */
export function heatTable(view: IndexView): Html {
  const { set, criteria, sheets } = view
  const max = criteria.reduce((sum, criterion) => sum + criterion.max, 0)
  return html`${head(view, `Chỉ số cải cách hành chính cấp xã năm ${set.year}`)}
<div class="scroll" role="region" aria-label="Chỉ số CCHC theo đơn vị và tiêu chí" tabindex="0"><table class="data heat">
<caption class="sr">Điểm của từng đơn vị theo tiêu chí, tổng điểm, xếp hạng và xếp loại</caption>
<thead><tr><th scope="col" class="n heat-rank">Hạng</th><th scope="col" class="heat-unit">Đơn vị</th>${each(criteria, ({ code, max: most, name }) => html`<th scope="col" class="heat-col"><abbr title="${name}">${code}</abbr><span class="col-number">${formatPoints(most)}</span></th>`)}<th scope="col" class="n">Điểm<span class="col-number">${formatPoints(max)}</span></th><th scope="col" class="n">Quy đổi<span class="col-number">${set.scale}</span></th><th scope="col" class="heat-grade">Xếp loại</th></tr></thead>
<tbody>${each(sheets, (sheet) => heatRow(view, sheet))}</tbody>
</table></div>
<p class="heat-key"><span>Điểm mất càng nhiều, ô càng đậm. Đạt</span>${each(STEPS, ([step, label]) => html`<span><i class="swatch heat-${step}"></i>${label}</span>`)}</p>
<section><h2>Tiêu chí</h2><ul class="lines criteria">${each(criteria, ({ code, name, max: most }) => html`<li><span><b class="n">${code}</b> ${name}</span><span class="n">${formatPoints(most)} điểm</span></li>`)}</ul></section>
${provenance(view)}`
}

const STEPS = [
  [1, 'dưới 50 %'],
  [2, 'từ 50 %'],
  [3, 'từ 70 %'],
  [4, 'từ 90 %'],
  [5, 'tối đa'],
] as const

/** Which of the five steps a share of the points falls in; compared without dividing. */
function stepOf(points: number, max: number): number {
  if (points >= max) return 5
  if (points * 10 >= max * 9) return 4
  if (points * 10 >= max * 7) return 3
  return points * 2 >= max ? 2 : 1
}

function heatRow(view: IndexView, sheet: IndexSheet): Html {
  const { catalogue, set, criteria, scores } = view
  const unit = catalogue.unitById.get(sheet.unitId)
  const byCode = new Map(scores.get(sheet.unitId)?.map((score) => [score.criterion, score]))
  return html`<tr><td class="n heat-rank">${sheet.rank ?? '–'}</td>
<th scope="row" class="heat-unit"><a href="/chi-so/${set.year}/${unit?.key}">${unitName(unit, set.period.to)}</a>${partOfYear(view, sheet)}</th>
${each(criteria, ({ code }) => cell(byCode.get(code)))}
<td class="n">${formatPoints(sheet.points)}</td><td class="n"><b>${formatPoints(sheet.score)}</b></td><td class="heat-grade">${gradeName(set, sheet)}</td></tr>`
}

/** A unit founded or closed within the year is scored on its months, and says so. */
function partOfYear({ catalogue, set: { period }, run }: IndexView, { unitId }: IndexSheet): Html {
  const to = run.asOf < period.to ? run.asOf : period.to
  const note = rowNote(catalogue, unitId, 'then', { from: period.from, to, today: to })
  return when(note, (words) => html` <small class="row-note">(${words})</small>`)
}

function cell(score: IndexScore | undefined): Html {
  if (score === undefined || score.points === null)
    return html`<td class="heat-cell" title="${score?.explanation}">–</td>`
  return html`<td class="heat-cell heat-${stepOf(score.points, score.max)}" title="${score.explanation}">${formatPoints(score.points)}</td>`
}

function gradeName({ bands }: CriteriaSet, { score, grade }: IndexSheet): string {
  const band = gradeOf(score, bands)
  return (band?.grade === grade ? band : bands.find((each) => each.grade === grade))?.name ?? '–'
}

/** One unit's sheet: each criterion with its value, points and the sentence that explains them. */
export function sheetTable(view: IndexView, sheet: IndexSheet): Html {
  const { catalogue, set, criteria, sheets } = view
  const unit = catalogue.unitById.get(sheet.unitId)
  const byCode = new Map(view.scores.get(sheet.unitId)?.map((score) => [score.criterion, score]))
  const { from, to } = set.period
  const title = `${unitName(unit, to)}: ${formatPoints(sheet.score)}/${set.scale} điểm, hạng ${sheet.rank ?? '–'}/${sheets.length}`
  return html`${head(view, title, html`<a href="/chi-so/${set.year}">Chỉ số CCHC năm ${set.year}</a>`)}
<p class="lead">${gradeName(set, sheet)}${partOfYear(view, sheet)}. Đạt ${formatPoints(sheet.points)}/${formatPoints(sheet.max)} điểm của các tiêu chí tự động${sheet.rescaled ? '; tiêu chí không phát sinh được bỏ ra và điểm được quy đổi' : ''}. <a href="/bao-cao/${from}..${to}?unit=${unit?.key}">Số liệu hồ sơ của kỳ đánh giá</a></p>
<div class="scroll block" role="region" aria-label="Phiếu điểm" tabindex="0"><table class="data sheet">
<caption class="sr">Phiếu điểm của ${unitName(unit, to)}</caption>
<thead><tr><th scope="col" class="sheet-code">Mã</th><th scope="col" class="sheet-name">Tiêu chí</th><th scope="col" class="n">Giá trị</th><th scope="col" class="n">Điểm</th><th scope="col" class="n">Tối đa</th><th scope="col" class="sheet-why">Vì sao</th></tr></thead>
<tbody>${each(criteria, (criterion) => sheetRow(criterion, byCode.get(criterion.code)))}</tbody>
<tfoot><tr><th scope="row" colspan="3">Tổng các tiêu chí tính được</th><td class="n">${formatPoints(sheet.points)}</td><td class="n">${formatPoints(sheet.max)}</td><td></td></tr></tfoot>
</table></div>
${provenance(view)}`
}

function sheetRow({ code, name, note }: Criterion, score: IndexScore | undefined): Html {
  const step = score?.points == null ? '' : ` heat-${stepOf(score.points, score.max)}`
  const value =
    score?.numerator == null || score.denominator == null
      ? '–'
      : valueText(score.numerator, score.denominator)
  return html`<tr><td class="n sheet-code">${code}</td><th scope="row" class="sheet-name">${name}${when(note, (text) => html`<small class="muted">${text}</small>`)}</th><td class="n">${value}</td><td class="n sheet-points${step}">${formatPoints(score?.points ?? null)}</td><td class="n">${formatPoints(score?.max ?? null)}</td><td class="sheet-why">${score?.explanation}</td></tr>`
}

/** A count stands over 1. */
function valueText(numerator: number, denominator: number): string {
  return denominator === 1 ? String(numerator) : formatFraction({ numerator, denominator })
}

function head({ set, criteria }: IndexView, title: string, up?: Html): Html {
  const all = set.fields.reduce((sum, field) => sum + field.criteria.length, 0)
  return html`<header class="page-head">${when(up, (link) => html`<p class="page-kicker">${link}</p>`)}<h1>${title}</h1>
<p class="page-kicker">${when(set.model, () => html`<span class="tag due_soon">${icon('info')}Bộ tiêu chí mẫu</span>`)}<span class="tag">${icon('due_soon')}Tạm tính: ${criteria.length}/${all} tiêu chí, chỉ phần tự động</span></p></header>`
}

function provenance({ run, set }: IndexView): Html {
  return html`<p class="provenance"><span>${set.name}</span><span>kỳ ${fullDay(set.period.from)} – ${fullDay(set.period.to)}</span><span>tính lúc ${moment(run.computedAt)}</span><span>số liệu đến ${fullDay(run.asOf)}</span><span>công thức ${run.formulaVersion}</span><span>mã kiểm ${run.checksum.slice(0, 8)}</span></p>`
}
