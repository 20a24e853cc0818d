import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type FeeReceiptRow, findReceiptById } from '../../db/queries/fee-receipts.ts'
import { deskUnit } from '../accounts/desk-unit.ts'
import type { Unit } from '../catalogue/catalogue.ts'
import { addDays, localDayOf, parseDay } from '../domain/calendar/day.ts'
import type { FeePayment } from '../domain/life-cycle/dossier.ts'
import { FEE_PAYMENTS } from '../domain/life-cycle/dossier.ts'
import { RuleError } from '../domain/refusals.ts'
import { dossierAt } from '../dossiers/dossier-at.ts'
import type { PageOptions } from '../page-options.ts'
import { actorOf } from '../web/actor.ts'
import { stepper, unitFilter } from '../web/controls.ts'
import { longDay } from '../web/formats.ts'
import { EMPTY_FORM, type FormState, onceKeyOf, orRefused, type Typed, typedIn } from '../web/forms.ts'
import { html, NOTHING } from '../web/html.ts'
import { once } from '../web/idempotency.ts'
import type { Show } from '../web/layout.ts'
import { readAmount } from './amount.ts'
import { dayReceiptsView, receiptHref } from './day-receipts-view.ts'
import { findForm, takeForm } from './fee-form.ts'
import { type FeeInput, takeFee } from './take-fee.ts'
import { worksAt } from './works-at.ts'

const PAGE = '/thu-phi'
/** Units that take fees: those with a shop. */
export const SHOPS: ReadonlySet<Unit['kind']> = new Set(['shop', 'shop_and_resolver'])

interface Query {
  readonly unit?: string
  /** Day shown. */
  readonly ngay?: string
  /** Code of the dossier whose fee is to be taken. */
  readonly ma?: string
}

/** `/thu-phi`: a dossier is scanned, its fee taken with a receipt; below, the receipts of the day. */
export function feePage(app: FastifyInstance, { deps, writer }: PageOptions, show: Show): void {
  const page = (
    request: FastifyRequest,
    reply: FastifyReply,
    query: Query,
    state: FormState = EMPTY_FORM,
  ) => {
    const actor = actorOf(request)
    const { unit, choices } = deskUnit(deps, actor, query.unit, SHOPS, 'registers_read')
    const today = localDayOf(deps.clock.now())
    const day = query.ngay ? parseDay(query.ngay) : today
    const href = (on: string) => `${PAGE}?${new URLSearchParams({ unit: unit?.key ?? '', ngay: on })}`
    const days = stepper(
      'Ngày',
      longDay(day),
      href(addDays(day, -1)),
      day < today ? href(addDays(day, 1)) : null,
    )
    const taking = () => {
      if (unit !== undefined && !worksAt(deps, actor, unit)) return NOTHING
      return query.ma
        ? takeForm(deps, dossierAt(deps, actor, query.ma), unit?.key ?? '', state)
        : findForm(unit?.key ?? '', state)
    }
    const body = html`<header class="page-head with-filter"><h1>Thu phí, lệ phí</h1>${unitFilter(PAGE, choices, unit?.key)}</header>
${unit === undefined ? html`<p class="notice">Hãy chọn đơn vị ở trên.</p>` : html`${taking()}<section><div class="block-head"><h2>Biên lai trong ngày</h2>${days}</div>${dayReceiptsView(deps, unit, day)}</section>`}`
    return show(reply, {
      title: 'Thu phí, lệ phí',
      area: '/thu-phi',
      status: state.refusal === null ? 200 : 422,
      body,
    })
  }
  app.get<{ Querystring: Query }>(PAGE, async (request, reply) => {
    const { query } = request
    if (!query.ma) return page(request, reply, query)
    const typed = { ma: query.ma }
    const outcome = await orRefused(typed, () => dossierAt(deps, actorOf(request), query.ma ?? ''))
    if ('state' in outcome) return page(request, reply, { ...query, ma: '' }, outcome.state)
    return page(request, reply, query)
  })
  app.post(PAGE, async (request, reply) => {
    const typed = typedIn(request.body)
    const { unit = '', code = '' } = typed
    const outcome = await orRefused(typed, () => {
      const actor = actorOf(request)
      const input = inputOf(typed)
      const repeatable = { actor, operation: 'form_take_fee', content: typed, key: onceKeyOf(typed) }
      const before = (id: number) => findReceiptById(deps.db, id) as FeeReceiptRow
      return writer.write(() => once(deps, repeatable, () => takeFee(deps, actor, input), before).value)
    })
    if ('state' in outcome) return page(request, reply, { unit, ma: code }, outcome.state)
    return reply.redirect(receiptHref(outcome.done.number), 303)
  })
}

function inputOf(typed: Typed): FeeInput {
  const payment = FEE_PAYMENTS.find((each): each is FeePayment => each === typed['payment'])
  if (payment === undefined) throw new RuleError('payment_required')
  return { code: typed['code'] ?? '', payment, amount: readAmount(typed['amount'] ?? '') }
}
