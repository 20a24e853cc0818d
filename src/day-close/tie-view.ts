import { dossierRowsById } from '../../db/queries/dossier-rows.ts'
import type { BookSums } from '../../db/queries/register-book.ts'
import type { Unit } from '../catalogue/catalogue.ts'
import type { Deps } from '../deps.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import { STATE_LABELS } from '../domain/life-cycle/life-cycle.ts'
import { dossierHref } from '../dossiers/dossier-table.ts'
import { each, type Html, html, NOTHING, when } from '../web/html.ts'
import { icon } from '../web/icons.ts'
import { type DayFigures, openByState, untied } from './day-figures.ts'
import { type DayNumber, dayDossiersHref } from './day-href.ts'
import { DAY_SUMS, identityWords, MOVED_WORDS } from './day-words.ts'

const STATES = [
  'submitted',
  'accepted',
  'processing',
  'awaiting_supplement',
  'awaiting_payment',
  'result_ready',
] as const

interface Desk {
  readonly unit: Unit
  /** Not closed yet: the states are those of now, and can be looked at. */
  readonly isLive: boolean
}

/** Whether the day ties: what was there, what came and went, what is left; each from two sides. */
export function tieView(deps: Pick<Deps, 'db'>, figures: DayFigures, { unit, isLive }: Desk): Html {
  const { counted, standing, states, overdue } = figures
  const broken = untied(figures)
  const sums = (Object.keys(DAY_SUMS) as (keyof BookSums)[]).filter(
    (name) => counted[name] + standing[name] > 0 || !name.startsWith('transferred'),
  )
  const figure = (n: number, number: DayNumber) =>
    n === 0
      ? html`<span class="zero">0</span>`
      : html`<a href="${dayDossiersHref(unit, figures.to, number)}">${formatCount(n)}</a>`
  const now = (n: number, number: DayNumber) =>
    html`<strong class="n">${isLive ? figure(n, number) : formatCount(n)}</strong>`
  const line = (name: keyof BookSums) => {
    const ties = !broken.includes(name)
    return html`<tr${when(name === 'open' || name === 'carriedOver', () => html` class="stock"`)}><th scope="row">${DAY_SUMS[name]}</th><td class="n">${figure(counted[name], name)}</td><td class="n">${figure(standing[name], name)}</td><td class="ties ${ties ? 'in_time' : 'overdue'}">${icon(ties ? 'check' : 'cross')}${ties ? 'khớp' : `lệch ${formatCount(Math.abs(counted[name] - standing[name]))}`}</td></tr>`
  }
  return html`<section><div class="block-head"><h2>Hồ sơ</h2><p>${identityWords(counted)}</p></div>
<div class="scroll" role="region" aria-label="Số liệu của ngày" tabindex="0"><table class="data tie"><caption class="sr">Số liệu của ngày, theo số liệu thống kê và theo hồ sơ</caption>
<thead><tr><th scope="col">Trong ngày</th><th scope="col" class="n">Số liệu</th><th scope="col" class="n">Theo hồ sơ</th><th scope="col">Đối chiếu</th></tr></thead>
<tbody>${each(sums, line)}</tbody></table></div>
${when(states, (has) => html`<p class="states">${each(STATES, (state) => html`<span>${STATE_LABELS[state]} ${now(has[state] ?? 0, state)}</span>`)}<span>Quá hạn ${now(overdue, 'overdue')}</span></p>`)}
${stateNote(figures)}
${broken.length === 0 ? NOTHING : html`<p class="notice overdue">Số liệu và hồ sơ lệch nhau. Ngày vẫn chốt được, chỗ lệch được giữ lại; hãy báo quản trị viên chạy “npm run --silent motcua -- recount”.</p>`}
${movedView(deps, figures)}</section>`
}

function stateNote(figures: DayFigures): Html {
  const open = openByState(figures)
  if (open === null || open === figures.counted.open) return NOTHING
  return html`<p class="notice overdue">Theo trạng thái có ${formatCount(open)} hồ sơ đang giải quyết, số liệu còn lại ${formatCount(figures.counted.open)}.</p>`
}

/** What was written since about days that were closed, dossier by dossier. */
function movedView({ db }: Pick<Deps, 'db'>, { opening, moved, counted }: DayFigures): Html {
  if (opening === null || (moved.length === 0 && opening === counted.carriedOver)) return NOTHING
  const rows = dossierRowsById(
    db,
    moved.map(({ dossierId }) => dossierId),
  )
  const { carriedOver } = counted
  return html`<div class="tie-moved"><p>Lần chốt trước còn ${formatCount(opening)} hồ sơ; nay tính đến hôm ấy ${opening === carriedOver ? 'vẫn' : 'là'} ${formatCount(carriedOver)}. Có việc ghi sau cho ngày đã chốt:</p>
<ul class="lines">${each(moved, ({ how }, n) => {
    const row = rows[n]!
    return html`<li><span><a class="code" href="${dossierHref(row)}">${row.code ?? row.slipNumber}</a> ${row.applicant}</span><span>${MOVED_WORDS[how]} · ${STATE_LABELS[row.state]}</span></li>`
  })}</ul></div>`
}
