import type { Catalogue } from '../catalogue/catalogue.ts'
import type { UnitChoice } from '../catalogue/unit-choices.ts'
import type { Instant, LocalDay } from '../domain/calendar/day.ts'
import { nextPeriod, type Period, periodOf, previousPeriod } from '../domain/calendar/periods.ts'
import { formatFraction, formatRate } from '../domain/counting/rate-format.ts'
import { compareRates, isRanked } from '../domain/counting/rates.ts'
import { stepper, tabs, unitFilter } from '../web/controls.ts'
import { emptyNotice } from '../web/error-page.ts'
import { longDay, moment, shortMoment } from '../web/formats.ts'
import { type Html, html, when } from '../web/html.ts'
import { icon } from '../web/icons.ts'
import { asPaper } from '../web/paper-preview.ts'
import type { Adjustments } from './adjustments.ts'
import { adjustmentsNote, adjustmentsView, isAdjusted } from './adjustments-view.ts'
import type { Bridge } from './bridge.ts'
import { figuresView } from './figures-view.ts'
import { finding } from './finding.ts'
import { form06View } from './form06-view.ts'
import { identitiesView } from './identities-view.ts'
import { missingBefore, missingSentence } from './missing-sentence.ts'
import { rankingView, smallUnitsView } from './ranking-view.ts'
import { type Reading, readingText } from './reading.ts'
import type { Report } from './report.ts'
import { figureLink, form06Href, type Place, reportHref } from './report-links.ts'
import { revisionChoice } from './revision-choice-view.ts'
import { formatTarget, type Targets } from './targets.ts'

export interface ReportView {
  readonly report: Report
  readonly previous: Report
  /** Which revision was asked for; null: none, so the first one. */
  readonly reading: Reading | null
  /** Those of a closed period with their moments. */
  readonly revisions: ReadonlyMap<number, Instant>
  readonly adjustments: Adjustments | null
  readonly bridge: Bridge | null
  readonly catalogue: Catalogue
  readonly targets: Targets
  readonly today: LocalDay
  readonly now: Instant
  /** Key of the unit chosen in the filter. */
  readonly unit: string | undefined
  readonly choices: readonly UnitChoice[]
  /** Whoever reads may open no dossiers. */
  readonly plain: boolean
}

export function reportBody(view: ReportView): Html {
  const { report, today, adjustments, reading } = view
  const place = { period: report.period, unit: view.unit, reading, map: report.map, plain: view.plain }
  if (report.period.from > today) {
    return html`${head(view, 'Kỳ này chưa bắt đầu')}${emptyNotice('Chưa có số liệu', `Số liệu có từ ${longDay(report.period.from)}.`)}`
  }
  if (report.rows.length === 0) {
    return html`${head(view, 'Không phát sinh hồ sơ')}${emptyNotice('Không có hồ sơ nào trong kỳ', 'Không đơn vị nào tiếp nhận, giải quyết hay còn giữ hồ sơ. Chọn kỳ hoặc đơn vị khác ở trên.')}${adjustmentsView(adjustments, place)}${provenance(view)}`
  }
  const ranking = {
    report,
    previous: view.previous,
    target: view.targets.V2,
    place,
    isRankable: (id: number) => !view.catalogue.unitById.get(id)?.vertical,
  }
  return html`${head(view, finding(report, view.previous))}
${figuresView(view, place)}
<div class="columns block"><section>${rankingView(ranking)}</section>
<aside>${overdueUnits(view)}${leastOnline(view)}${smallUnitsView(ranking)}</aside></div>
<section class="form06-block">${form06View(report, place)}<p class="print-link"><a href="${form06Href(place)}"${asPaper('Biểu II.06')} data-key="p">${icon('print')}Xem và in biểu II.06 <kbd>p</kbd></a></p></section>
${adjustmentsView(adjustments, place)}
${identitiesView(report, view.bridge, place)}
${provenance(view)}`
}

/** Where we are among periods and units, and what this one comes to. */
function head(view: ReportView, sentence: string): Html {
  const { report, unit, choices, today, adjustments, reading, revisions } = view
  const { period, map } = report
  const isRevised = revisions.size > 1 || isAdjusted(adjustments)
  const next = nextPeriod(period)
  const on = next.from > today ? null : reportHref({ period: next, unit, map })
  const running = period.to >= today && period.from <= today
  const keep = { ...(reading !== null && { ban: readingText(reading) }), ...(map === 'today' && { map }) }
  return html`<div class="toolbar">${stepper('Kỳ báo cáo', period.label, reportHref({ period: previousPeriod(period), unit, map }), on)}
${tabs('Loại kỳ', kinds({ period, unit, map }, today))}${unitFilter(`/bao-cao/${period.key}`, choices, unit, keep)}${unitMaps(view)}</div>
<header class="page-head">${when(unitLabel(choices, unit), (name) => html`<p class="page-kicker">${name}</p>`)}<h1>${sentence}</h1>${lacking(view)}${when(running, () => html`<p class="page-kicker"><span class="tag due_soon">${icon('due_soon')}Kỳ chưa kết thúc, số liệu tạm tính</span></p>`)}${when(isRevised || null, () => html`<div class="revised">${adjustmentsNote(adjustments)}${revisionChoice({ period, unit, map }, reading, revisions)}</div>`)}</header>`
}

/** Where units have changed since: the units of that time, or earlier ones in the row of what they became. */
function unitMaps({ report, catalogue, today, unit, reading }: ReportView): Html {
  const { period, map } = report
  const changed = catalogue.lineage.some(({ onDay }) => onDay > period.from && onDay <= today)
  if (!changed && map === 'then') return html``
  return tabs('Tính theo', [
    { label: 'Đơn vị lúc đó', href: reportHref({ period, unit, reading }), current: map === 'then' },
    {
      label: 'Theo đơn vị hiện nay',
      href: reportHref({ period, unit, reading, map: 'today' }),
      current: map === 'today',
    },
  ])
}

/** What the table and the one it is compared with do not have: never shown as if it were zero. */
function lacking({ report, previous }: ReportView): Html {
  const told = [missingSentence(report), missingBefore(previous)].filter((sentence) => sentence !== null)
  return when(
    told.length > 0 && told.join(' '),
    (text) => html`<p class="lacking">${icon('overdue', 20)}<span>${text}</span></p>`,
  )
}

function unitLabel(choices: readonly UnitChoice[], unit: string | undefined): string | undefined {
  return choices.find(({ key }) => key === unit)?.name
}

const STATUTORY_CUTOFF_DAY = 15

/** The same days seen as another kind of period: the one that holds the last day shown, or today. */
function kinds({ period, unit, map }: Place & { readonly period: Period }, today: LocalDay) {
  const day = period.to < today ? period.to : today
  const choices = [
    { label: 'Tuần', of: periodOf('week', day) },
    { label: 'Tháng', of: periodOf('month', day) },
    { label: 'Tháng 15–14', of: periodOf('month', day, STATUTORY_CUTOFF_DAY) },
    { label: 'Quý', of: periodOf('quarter', day) },
    { label: '6 tháng', of: periodOf('half_year', day) },
    { label: 'Năm', of: periodOf('year', day) },
  ]
  return choices.map(({ label, of }) => ({
    label,
    href: reportHref({ period: of, unit, map }),
    current: of.kind === period.kind && of.scheme === period.scheme,
  }))
}

const SHOWN = 8

/** Who has most lying overdue: what V1 does not show. */
function overdueUnits({ report, previous, reading, plain }: ReportView): Html {
  const before = new Map(previous.rows.map((row) => [row.id, row.tally.openOverdue]))
  const rows = report.rows
    .filter((row) => row.tally.openOverdue > 0)
    .toSorted((a, b) => b.tally.openOverdue - a.tally.openOverdue)
  if (rows.length === 0)
    return html`<section><h2>Quá hạn tồn</h2><p class="muted">Không đơn vị nào còn hồ sơ quá hạn.</p></section>`
  const items = rows.slice(0, SHOWN).map((row) => {
    const was = before.get(row.id) ?? 0
    const place = { period: report.period, unit: row.key, reading, map: report.map, plain }
    return html`<li>${figureLink(row.label, place, ['openOverdue'])}<span class="n"><b>${row.tally.openOverdue}</b> <small class="muted">kỳ trước ${was}</small></span></li>`
  })
  return html`<section><h2>Quá hạn tồn nhiều nhất</h2><ul class="lines">${items}</ul></section>`
}

/** The units furthest from the online target, lowest first. */
function leastOnline({ report, targets }: ReportView): Html {
  const n1 = (row: Report['total']) => row.rates.N1 ?? null
  const rows = report.rows
    .filter((row) => isRanked(n1(row)) && compareRates(n1(row), targets.N1) < 0)
    .toSorted((a, b) => compareRates(n1(a), n1(b)))
  if (rows.length === 0) return html``
  const items = rows
    .slice(0, SHOWN)
    .map(
      (row) =>
        html`<li><a href="${reportHref({ period: report.period, unit: row.key, map: report.map })}">${row.label}</a><span class="n"><b>${formatRate(n1(row))}</b> <small class="muted">${formatFraction(n1(row)!)}</small></span></li>`,
    )
  return html`<section><h2>Trực tuyến dưới ${formatTarget(targets.N1)}</h2><ul class="lines">${items}</ul></section>`
}

/** What the figures rest on, so that anybody can make them again. */
function provenance({ report, previous, now, revisions }: ReportView): Html {
  const { closed } = report
  const state =
    closed !== null
      ? html`<span>Chốt ${shortMoment(closed.at)}</span><span>bản ${closed.revision}${when(closed.revision > 1, () => html`, lập ${moment(closed.takenAt)}`)}</span>`
      : revisions.size > 0
        ? html`<span>Số liệu hiện tại lúc ${moment(now)}, sau các điều chỉnh, không phải số đã chốt</span>`
        : html`<span>Số liệu tạm tính đến ${moment(now)}</span>`
  return html`<p class="provenance">${state}<span>công thức ${report.formulaVersion}</span><span>lịch ${report.calendarVersion}</span><span>kỳ trước: ${previous.period.label}</span><span>tính cho đơn vị giải quyết</span></p>`
}
