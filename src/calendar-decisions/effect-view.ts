import type { Catalogue } from '../catalogue/catalogue.ts'
import { unitName } from '../catalogue/unit-choices.ts'
import { type Instant, type LocalDay, localDayOf } from '../domain/calendar/day.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import { fullDay, shortWeekday, timeOfDay } from '../web/formats.ts'
import { each, type Html, html, when } from '../web/html.ts'
import { icon } from '../web/icons.ts'
import { EFFECTS, type Effect, type EffectKind, type EffectLine, type EffectTotals } from './effect.ts'

const EFFECT_LABELS = {
  moved: 'Chuyển hạn',
  in_time_again: 'Trở lại trong hạn',
  receiving: 'Chuyển hạn tiếp nhận',
  kept: 'Giữ hạn đã hứa',
  appointment: 'Hẹn vào ngày nghỉ mới',
} as const satisfies Record<EffectKind, string>

export const LINES_A_PAGE = 50

/** What a decision does, in one sentence: the title of its preview. */
export function effectSentence({ totals }: Pick<Effect, 'totals'>): string {
  const said = EFFECTS.filter((effect) => totals[effect] > 0 && effect !== 'in_time_again')
  if (said.length === 0) return 'Không hồ sơ nào đang giải quyết chịu tác động'
  const n = formatCount(totals.moved + totals.receiving)
  const again = totals.in_time_again > 0 ? `, ${formatCount(totals.in_time_again)} trở lại trong hạn` : ''
  return `${n} hồ sơ chuyển hạn${again}`
}

/** The effect in figures, by unit, and dossier by dossier. `page` counts from 1. */
export function effectView(effect: Effect, page: number, catalogue: Catalogue, today: LocalDay): Html {
  const { totals, stillOverdue, byUnit, lines } = effect
  const start = (page - 1) * LINES_A_PAGE
  const shown = lines.slice(start, start + LINES_A_PAGE)
  const figure = (label: string, n: number, more: Html | string) =>
    html`<div class="figure"><dt>${label}</dt><dd class="figure-value n">${formatCount(n)}</dd><dd>${more}</dd></div>`
  return html`<dl class="figures">
${figure('Chuyển hạn trả', totals.moved, `${formatCount(totals.in_time_again)} trở lại trong hạn, ${formatCount(stillOverdue)} vẫn quá hạn`)}
${figure('Chuyển hạn tiếp nhận', totals.receiving, 'hồ sơ trực tuyến chờ tiếp nhận')}
${figure('Giữ hạn đã hứa', totals.kept, 'lịch mới sớm hơn, không rút ngắn')}
${figure('Hẹn vào ngày nghỉ mới', totals.appointment, 'cần báo lại người nộp')}
</dl>
<p class="effect-note">${icon('check')}Không hồ sơ nào trở thành quá hạn vì quyết định này; hồ sơ đã kết thúc không đổi.</p>
${when(byUnit.length > 0, () => unitTable(byUnit, catalogue, today))}
${when(hiddenIn(effect), (n) => html`<p class="muted">${formatCount(n)} dòng là hồ sơ ông/bà không có quyền xem nên không hiện ở đây.</p>`)}
${when(lines.length > 0, () => html`<section><div class="block-head"><h2>Từng hồ sơ</h2><p>${formatCount(start + 1)}–${formatCount(start + shown.length)} trong ${formatCount(lines.length)} dòng</p></div>${lineTable(shown, catalogue, today)}</section>`)}`
}

/** Lines of dossiers that who looks at it may not see; null: none. */
function hiddenIn({ totals, lines }: Effect): number | null {
  const all = EFFECTS.reduce((sum, effect) => sum + totals[effect], 0)
  return all - lines.length || null
}

function unitTable(byUnit: Effect['byUnit'], catalogue: Catalogue, today: LocalDay): Html {
  const cells = (totals: EffectTotals) =>
    each(
      EFFECTS,
      (effect) =>
        html`<td class="n${totals[effect] === 0 ? ' zero' : ''}">${formatCount(totals[effect])}</td>`,
    )
  const rows = byUnit
    .map(({ unitId, totals }) => ({ name: unitName(catalogue.unitById.get(unitId), today), totals }))
    .sort((a, b) => b.totals.moved - a.totals.moved || a.name.localeCompare(b.name, 'vi'))
  return html`<section><h2>Theo đơn vị</h2><div class="scroll" role="region" aria-label="Tác động theo đơn vị" tabindex="0"><table class="data">
<thead><tr><th scope="col">Đơn vị giải quyết</th>${each(EFFECTS, (effect) => html`<th scope="col" class="n">${EFFECT_LABELS[effect]}</th>`)}</tr></thead>
<tbody>${each(rows, ({ name, totals }) => html`<tr><th scope="row">${name}</th>${cells(totals)}</tr>`)}</tbody></table></div></section>`
}

function lineTable(lines: readonly EffectLine[], catalogue: Catalogue, today: LocalDay): Html {
  return html`<div class="scroll" role="region" aria-label="Từng hồ sơ" tabindex="0"><table class="data moves">
<thead><tr><th scope="col">Mã hồ sơ</th><th scope="col">Tác động</th><th scope="col">Từ</th><th scope="col">Thành</th><th scope="col">Đơn vị giải quyết</th></tr></thead>
<tbody>${each(lines, ({ code, dossierId, effect, from, to, unitId }) => html`<tr><th scope="row"><a class="code" href="/ho-so/${code ?? `so-${dossierId}`}">${code ?? 'chưa cấp mã'}</a></th><td class="nowrap">${EFFECT_LABELS[effect]}</td>${fromTo(from, to)}<td class="clip">${unitName(catalogue.unitById.get(unitId), today)}</td></tr>`)}</tbody></table></div>`
}

/** Two cells: a date and what becomes of it, the hour where it is not the same; "–" where nothing moves. */
export function fromTo(from: Instant, to: Instant): Html {
  return html`<td class="n day-cell">${dayAndHour(from)}</td><td class="n day-cell">${from === to ? html`<span class="muted">không đổi</span>` : dayAndHour(to)}</td>`
}

function dayAndHour(at: Instant): Html {
  const day = localDayOf(at)
  return html`<time datetime="${day}">${shortWeekday(day)} ${fullDay(day)} ${timeOfDay(at)}</time>`
}
