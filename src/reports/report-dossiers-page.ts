import type { FastifyInstance } from 'fastify'
import { dossierRowsById } from '../../db/queries/dossier-rows.ts'
import { type CounterQuery, countDossiers, countedDossiers } from '../../db/queries/report-dossiers.ts'
import type { Seen } from '../../db/queries/seen.ts'
import { seenDossiers } from '../accounts/seen-units.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Deps } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { parsePeriod } from '../domain/calendar/periods.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import type { Counter } from '../domain/counting/tally.ts'
import { COUNTERS } from '../domain/counting/tally-sums.ts'
import { RuleError } from '../domain/refusals.ts'
import { dossierTable } from '../dossiers/dossier-table.ts'
import { actorOf } from '../web/actor.ts'
import { emptyNotice } from '../web/error-page.ts'
import { capital } from '../web/formats.ts'
import { type Html, html, when } from '../web/html.ts'
import type { Show } from '../web/layout.ts'
import { COUNTER_LABELS } from './counter-labels.ts'
import { readingName, readReading } from './reading.ts'
import { type ReportRequest, report } from './report.ts'
import { dossiersHref, reportHref } from './report-links.ts'
import { rowLabel } from './row-label.ts'
import { findUnit, unitsOf } from './scope.ts'

interface Query {
  readonly counter?: string
  readonly unit?: string
  readonly map?: string
  readonly ban?: string
  readonly after?: string
}

const PAGE_SIZE = 100

/** `/bao-cao/:period/ho-so?counter=…`: the dossiers a figure of a report is the sum of; of others' units only how
 * many. */
export function reportDossiersPage(app: FastifyInstance, deps: Deps, show: Show): void {
  app.get<{ Params: { period: string }; Querystring: Query }>('/bao-cao/:period/ho-so', (request, reply) => {
    const period = parsePeriod(request.params.period)
    const counters = readCounters(request.query.counter)
    const unit = request.query.unit || undefined
    const map = request.query.map === 'today' ? 'today' : 'then'
    const { db, clock } = deps
    const seen = seenDossiers(deps, actorOf(request))
    const catalogue = catalogueOf(db)
    const today = localDayOf(clock.now())
    const to = period.to < today ? period.to : today
    const scope: Scope = {
      from: period.from,
      to,
      attribution: 'resolving',
      unitIds: unitsOf(catalogue, { unit, map }, to, today),
      ...EVERYTHING,
      seen,
    }
    const countAll = (asSeen: Seen | null) =>
      counters.map((counter) => ({ counter, n: countDossiers(db, { ...scope, counter, seen: asSeen }) }))
    const counted = countAll(null)
    const total = sumOf(counted)
    const hidden = seen === null ? 0 : total - sumOf(countAll(seen))
    const { found, more } = pageOf(deps, scope, counters, request.query.after)
    const rows = dossierRowsById(
      db,
      found.map(({ id }) => id),
    )
    const reading = readReading(deps, period, request.query.ban)
    const place = { period, unit, reading, map } as const
    const where =
      unit === undefined
        ? ''
        : ` · ${rowLabel(catalogue, 'unit', findUnit(catalogue, unit, to).id, to).label}`
    const [only] = counters
    const heading = `${formatCount(total)} hồ sơ${counters.length === 1 ? ` ${COUNTER_LABELS[only!]}` : ''}`
    const parts = counted
      .filter(({ n }) => n > 0)
      .map(({ counter, n }) => `${formatCount(n)} ${COUNTER_LABELS[counter]}`)
    const shownAsClosed = figureAsRead(deps, { period, unit, map, reading: reading ?? 'closed' }, counters)
    const differs = shownAsClosed !== null && shownAsClosed !== total
    const table = dossierTable(rows, {
      catalogue,
      today,
      caption: `${capital(parts.join(', '))}, ${period.label}${where}`,
      ...(counters.length > 1 && { groupOf: (_row, index) => COUNTER_LABELS[found[index]!.counter] }),
    })
    const body = html`<header class="page-head"><p class="page-kicker"><span><a href="${reportHref(place)}">${period.label}</a>${where}</span></p><h1>${heading}</h1>
${when(counters.length > 1 && total > 0, () => html`<p class="lead">Gồm ${parts.join(', ')}.</p>`)}
${when(differs, () => html`<p class="lead">${reading === null ? 'Khi chốt' : `Ở ${readingName(reading)}`}, con số này là ${formatCount(shownAsClosed ?? 0)}. Danh sách dưới đây theo hiện trạng, sau các đính chính.</p>`)}
${when(hidden !== 0, () => html`<p class="lead">${rows.length === 0 ? `Cả ${formatCount(hidden)}` : formatCount(hidden)} hồ sơ thuộc đơn vị khác nên không hiện ở đây.</p>`)}</header>
${rows.length === 0 ? none(hidden, reportHref(place)) : table}
<nav class="pager" aria-label="Trang">${when(request.query.after, () => html`<a class="button" href="${dossiersHref(place, counters)}">Về đầu danh sách</a>`)}${when(more, (after) => html`<a class="button" rel="next" href="${dossiersHref(place, counters)}&amp;after=${after}">Xem tiếp</a>`)}</nav>`
    return show(reply, { title: heading, area: '/bao-cao', body })
  })
}

function none(hidden: number, href: string): Html {
  const links = html`<p class="notice-links"><a href="${href}">Về báo cáo</a></p>`
  return hidden === 0
    ? emptyNotice('Không có hồ sơ nào', 'Con số này bằng 0 trong kỳ.', links)
    : emptyNotice(
        'Không có hồ sơ của đơn vị ông/bà',
        'Số liệu gồm mọi đơn vị; từng hồ sơ thì đơn vị xử lý mới xem được.',
        links,
      )
}

function sumOf(counted: readonly { readonly n: number }[]): number {
  return counted.reduce((sum, { n }) => sum + n, 0)
}

const EVERYTHING = { procedureId: null, fieldId: null, channel: null } as const

type Scope = Omit<CounterQuery, 'counter'>

function readCounters(text: string | undefined): readonly Counter[] {
  const names = (text ?? '').split(',')
  const counters = COUNTERS.filter((counter) => names.includes(counter))
  if (counters.length === 0 || counters.length !== new Set(names).size)
    throw new RuleError('unknown_counter', { counter: text ?? '' })
  return counters
}

interface Found {
  readonly id: number
  readonly counter: Counter
}

/** One counter after the other, each by id; the cursor names both: '1.4711'. */
function pageOf({ db }: Deps, scope: Scope, counters: readonly Counter[], after: string | undefined) {
  const [, startIndex, startId] = /^(\d{1,2})\.(\d{1,15})$/.exec(after ?? '') ?? []
  const found: Found[] = []
  for (
    let index = Number(startIndex ?? 0);
    index < counters.length && found.length <= PAGE_SIZE;
    index += 1
  ) {
    const counter = counters[index] as Counter
    const from = index === Number(startIndex ?? 0) ? Number(startId ?? 0) : 0
    const rows = countedDossiers(db, { ...scope, counter }, from, PAGE_SIZE + 1 - found.length)
    found.push(...rows.map(({ id }) => ({ id, counter })))
  }
  const page = found.slice(0, PAGE_SIZE)
  const last = found.length > PAGE_SIZE ? page.at(-1) : undefined
  return { found: page, more: last && `${counters.indexOf(last.counter)}.${last.id}` }
}

/** What the revision the reader came from says, or null where that is today's figures. */
function figureAsRead(
  deps: Deps,
  asked: Pick<ReportRequest, 'period' | 'unit' | 'map' | 'reading'>,
  counters: readonly Counter[],
): number | null {
  const closed = report(deps, { ...asked, by: 'unit', attribution: 'resolving' })
  if (closed.closed === null) return null
  return counters.reduce((sum, counter) => sum + closed.total.tally[counter], 0)
}
