import type { FastifyInstance } from 'fastify'
import { overdueIds, stateIds, sumIds } from '../../db/queries/day-desk.ts'
import { dossierRowsById } from '../../db/queries/dossier-rows.ts'
import type { BookSums } from '../../db/queries/register-book.ts'
import { deskUnit } from '../accounts/desk-unit.ts'
import { catalogueOf, type Unit } from '../catalogue/catalogue.ts'
import { unitName } from '../catalogue/unit-choices.ts'
import type { Deps } from '../deps.ts'
import { type LocalDay, localDayOf, parseDay } from '../domain/calendar/day.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import { STATES, type State } from '../domain/life-cycle/dossier.ts'
import { STATE_LABELS } from '../domain/life-cycle/life-cycle.ts'
import { RuleError } from '../domain/refusals.ts'
import { dossierTable } from '../dossiers/dossier-table.ts'
import { SHOPS } from '../fees/fee-page.ts'
import type { PageOptions } from '../page-options.ts'
import { actorOf } from '../web/actor.ts'
import { longDay } from '../web/formats.ts'
import { html, when } from '../web/html.ts'
import type { Show } from '../web/layout.ts'
import { daysOf } from './day-figures.ts'
import { DAY_PAGE, type DayNumber, dayDossiersHref, dayHref } from './day-href.ts'
import { DAY_SUMS } from './day-words.ts'

const PAGE_SIZE = 100

interface Query {
  readonly unit?: string
  readonly ngay?: string
  /** Which number. */
  readonly so?: string
  /** How many stand on the pages before. */
  readonly tu?: string
}

/** `/cuoi-ngay/ho-so?so=…`: the dossiers behind a number of a day, as they stand now. */
export function dayDossiersPage(app: FastifyInstance, { deps }: PageOptions, show: Show): void {
  app.get<{ Querystring: Query }>(`${DAY_PAGE}/ho-so`, (request, reply) => {
    const { unit: asked, ngay, so = 'received', tu } = request.query
    const today = localDayOf(deps.clock.now())
    const day = ngay ? parseDay(ngay) : today
    const { unit } = deskUnit(deps, actorOf(request), asked, SHOPS, 'registers_read')
    if (unit === undefined) throw new RuleError('unknown_unit', { unit: asked ?? '' })
    const number = numberOf(so)
    const ids = idsOf(deps, unit, day, number)
    const from = Number(tu) || 0
    const rows = dossierRowsById(deps.db, ids.slice(from, from + PAGE_SIZE))
    const label = labelOf(number)
    const rest = from + PAGE_SIZE < ids.length
    const catalogue = catalogueOf(deps.db)
    const body = html`<header class="page-head"><p class="page-kicker"><span><a href="${dayHref(unit, day)}">Cuối ngày, ${longDay(day)}</a> · ${unitName(unit, day)}</span></p><h1>${label}: ${formatCount(ids.length)} hồ sơ</h1></header>
${rows.length === 0 ? html`<p class="muted">Không có hồ sơ nào.</p>` : dossierTable(rows, { catalogue, today, caption: label })}
<nav class="pager" aria-label="Trang">${when(from > 0, () => html`<a class="button" href="${dayDossiersHref(unit, day, number)}">Về đầu danh sách</a>`)}${when(rest, () => html`<a class="button" rel="next" href="${dayDossiersHref(unit, day, number)}&amp;tu=${from + PAGE_SIZE}">Xem tiếp</a>`)}</nav>`
    return show(reply, { title: label, area: '/cuoi-ngay', body })
  })
}

function isSum(number: DayNumber): number is keyof BookSums {
  return Object.hasOwn(DAY_SUMS, number)
}

/** What an address asks for; what nobody knows is read as what was taken in. */
function numberOf(text: string): DayNumber {
  const names: readonly DayNumber[] = [...(Object.keys(DAY_SUMS) as (keyof BookSums)[]), ...STATES, 'overdue']
  return names.find((name) => name === text) ?? 'received'
}

function labelOf(number: DayNumber): string {
  if (number === 'overdue') return 'Quá hạn'
  return isSum(number) ? DAY_SUMS[number] : STATE_LABELS[number satisfies State]
}

function idsOf(deps: Deps, unit: Unit, day: LocalDay, number: DayNumber): readonly number[] {
  const { db, clock } = deps
  if (number === 'overdue') return overdueIds(db, unit.id, localDayOf(clock.now()))
  if (!isSum(number)) return stateIds(db, unit.id, number)
  return sumIds(db, daysOf(deps, unit.id, day), number)
}
