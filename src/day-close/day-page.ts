import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { findDayClose } from '../../db/queries/day-closes.ts'
import { deskUnit } from '../accounts/desk-unit.ts'
import { recordExport } from '../audit/record-export.ts'
import type { Unit } from '../catalogue/catalogue.ts'
import { storedDocument } from '../documents/stored-document.ts'
import { addDays, type LocalDay, localDayOf, parseDay } from '../domain/calendar/day.ts'
import { FEE_PAYMENTS } from '../domain/life-cycle/dossier.ts'
import { RuleError } from '../domain/refusals.ts'
import { dossierAt } from '../dossiers/dossier-at.ts'
import { dossierHref } from '../dossiers/dossier-table.ts'
import { readAmount } from '../fees/amount.ts'
import { SHOPS } from '../fees/fee-page.ts'
import { worksAt } from '../fees/works-at.ts'
import type { PageOptions } from '../page-options.ts'
import { actorOf } from '../web/actor.ts'
import { stepper, unitFilter } from '../web/controls.ts'
import { fullDay, longDay } from '../web/formats.ts'
import { EMPTY_FORM, orRefused, refusalView, type Typed, typedIn } from '../web/forms.ts'
import { html, when } from '../web/html.ts'
import type { Show } from '../web/layout.ts'
import { replyPdf } from '../web/pdf-reply.ts'
import { type Closing, closeDay, reopenDay } from './close-day.ts'
import { closedView, type DayForms } from './closed-view.ts'
import { figuresOf } from './day-figures.ts'
import { DAY_PAGE, dayHref } from './day-href.ts'
import { dayView } from './day-view.ts'
import { issueDay } from './issue-day.ts'

interface Query {
  readonly unit?: string
  readonly ngay?: string
}

/** `/cuoi-ngay`: what ties, what does not, what is done but not clicked; then the day is closed and its register printed. */
export function dayPage(app: FastifyInstance, { deps, writer }: PageOptions, show: Show): void {
  const deskOf = (request: FastifyRequest, { unit, ngay }: Query) => {
    const today = localDayOf(deps.clock.now())
    return {
      ...deskUnit(deps, actorOf(request), unit, SHOPS, 'registers_read'),
      today,
      day: ngay ? parseDay(ngay) : today,
    }
  }
  const known = (request: FastifyRequest, query: Query): { unit: Unit; day: LocalDay } => {
    const { unit, day } = deskOf(request, query)
    if (unit === undefined) throw new RuleError('unknown_unit', { unit: query.unit ?? '' })
    return { unit, day }
  }
  const page = (request: FastifyRequest, reply: FastifyReply, query: Query, forms: DayForms = {}) => {
    const { unit, choices, day, today } = deskOf(request, query)
    const days = stepper(
      'Ngày',
      longDay(day),
      dayHref(unit, addDays(day, -1)),
      day < today ? dayHref(unit, addDays(day, 1)) : null,
    )
    const close = unit === undefined ? null : findDayClose(deps.db, unit.id, day)
    const isClosed = close !== null && !figuresOf(close).openAgain
    const view = (desk: Unit) => {
      const works = worksAt(deps, actorOf(request), desk)
      const state = forms.closing ?? forms.reopening ?? EMPTY_FORM
      return isClosed
        ? html`${when(forms.scan, refusalView)}${closedView(deps, desk, close, { forms, works })}`
        : dayView(deps, desk, day, { close, state, scan: forms.scan, works })
    }
    const body = html`<header class="page-head with-filter"><h1>Cuối ngày</h1>${unitFilter(DAY_PAGE, choices, unit?.key, { ngay: day })}</header>
<div class="toolbar">${days}</div>
${unit === undefined ? html`<p class="notice">Hãy chọn Bộ phận Một cửa ở trên.</p>` : day > today ? html`<p class="notice">Ngày này chưa đến.</p>` : view(unit)}`
    return show(reply, {
      title: `Cuối ngày ${fullDay(day)}`,
      area: '/cuoi-ngay',
      status: Object.keys(forms).length === 0 ? 200 : 422,
      body,
    })
  }
  app.get<{ Querystring: Query }>(DAY_PAGE, (request, reply) => page(request, reply, request.query))
  app.post(DAY_PAGE, async (request, reply) => {
    const typed = typedIn(request.body)
    const outcome = await orRefused(typed, async () => {
      const actor = actorOf(request)
      const desk = known(request, typed)
      const closing = { ...desk, ...cashIn(typed), early: typed['early'] === '1' }
      const close = await writer.write(() => closeDay(deps, actor, closing))
      await issueDay(deps, writer, actor, desk.unit, close)
      return desk
    })
    if ('state' in outcome) return page(request, reply, typed, { closing: outcome.state })
    return reply.redirect(dayHref(outcome.done.unit, outcome.done.day), 303)
  })
  app.post(`${DAY_PAGE}/mo-lai`, async (request, reply) => {
    const typed = typedIn(request.body)
    const outcome = await orRefused(typed, () => {
      const actor = actorOf(request)
      const { unit, day } = known(request, typed)
      return writer.write(() => reopenDay(deps, actor, unit, day, typed['reason'] ?? ''))
    })
    if ('state' in outcome) return page(request, reply, typed, { reopening: outcome.state })
    const { unit, day } = known(request, typed)
    return reply.redirect(dayHref(unit, day), 303)
  })
  app.get<{ Querystring: Query }>(`${DAY_PAGE}/so.pdf`, async (request, reply) => {
    const { unit, day } = known(request, request.query)
    const close = findDayClose(deps.db, unit.id, day)
    if (close === null) throw new RuleError('desk_day_not_closed', { day: fullDay(day), unit: unit.key })
    const actor = actorOf(request)
    const document = await issueDay(deps, writer, actor, unit, close)
    const bytes = storedDocument(deps, document)
    const { from, to, received, finished } = figuresOf(close)
    const exported = { what: 'day_register', by: 'page', format: 'pdf', units: [unit.id], from, to } as const
    const rows = received.length + finished.length
    await writer.write(() => recordExport(deps, actor, { ...exported, rows }))
    return replyPdf(reply, bytes, 'so-ngay', day, unit.key, 'ban', document.version)
  })
  /** A slip scanned at the end of the day leads to the form that closes its dossier. */
  app.get<{ Querystring: { ma?: string } & Query }>(`${DAY_PAGE}/quet`, async (request, reply) => {
    const { ma = '', ...query } = request.query
    const outcome = await orRefused({}, () => dossierAt(deps, actorOf(request), ma))
    if ('state' in outcome) return page(request, reply, query, { scan: outcome.state })
    return reply.redirect(`${dossierHref(outcome.done)}/khep`, 303)
  })
}

/** What was counted: an empty field was not. */
function cashIn(typed: Typed): Pick<Closing, 'counting' | 'cashNote'> {
  const counting = FEE_PAYMENTS.map((payment) => [payment, readAmount(typed[payment] ?? '')] as const)
  return {
    counting: Object.fromEntries(counting.filter(([, amount]) => amount !== undefined)),
    cashNote: typed['cashNote'] ?? '',
  }
}
