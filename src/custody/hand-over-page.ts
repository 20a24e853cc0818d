import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { findHandOverById, type HandOverRow } from '../../db/queries/hand-overs.ts'
import { deskUnit } from '../accounts/desk-unit.ts'
import { RuleError } from '../domain/refusals.ts'
import type { PageOptions } from '../page-options.ts'
import { actorOf } from '../web/actor.ts'
import { unitFilter } from '../web/controls.ts'
import { EMPTY_FORM, type FormState, onceKeyOf, orRefused, type Typed, typedIn } from '../web/forms.ts'
import { html } from '../web/html.ts'
import { once } from '../web/idempotency.ts'
import type { Show } from '../web/layout.ts'
import { custodyTabs } from './custody-tabs.ts'
import { FOLDER_DESKS } from './desk-kinds.ts'
import { sheetHref } from './folder-table.ts'
import { handOver, scannedDossiers } from './hand-over.ts'
import { handOverForm, receiverIn } from './hand-over-form.ts'

const PAGE = '/ban-giao'

/**
 * `/ban-giao`: folders are scanned one after the other, then sent on one sheet. Until then nothing is stored: the codes
 * travel with the form, one more with each sending, so that a scanner needs no script.
 */
export function handOverPage(app: FastifyInstance, { deps, writer }: PageOptions, show: Show): void {
  const page = (
    request: FastifyRequest,
    reply: FastifyReply,
    asked: string | undefined,
    state: FormState,
  ) => {
    const actor = actorOf(request)
    const { unit, choices } = deskUnit(deps, actor, asked, FOLDER_DESKS)
    const body = html`<header class="page-head with-filter"><h1>Bàn giao bản giấy</h1>${unitFilter(PAGE, choices, unit?.key)}</header>
${custodyTabs(request, PAGE, unit?.key)}
${unit === undefined ? html`<p class="notice">Hãy chọn đơn vị giao ở trên.</p>` : handOverForm(deps, unit, actor, state)}`
    return show(reply, {
      title: 'Bàn giao bản giấy',
      area: '/ban-giao',
      status: state.refusal === null ? 200 : 422,
      body,
    })
  }
  app.get<{ Querystring: { unit?: string } }>(PAGE, (request, reply) =>
    page(request, reply, request.query.unit, EMPTY_FORM),
  )
  app.post(PAGE, async (request, reply) => {
    const typed = typedIn(request.body)
    const codes = codesOf(typed)
    const again = (kept: readonly string[], refusal: string | null) =>
      page(request, reply, typed['from'], { typed: { ...typed, code: '', codes: kept.join(' ') }, refusal })
    if (typed['remove'] !== undefined)
      return again(
        codes.filter((code) => code !== typed['remove']),
        null,
      )
    const actor = actorOf(request)
    const added = [...codes, ...(typed['code'] ? [typed['code'].toUpperCase()] : [])]
    const isSent = typed['do'] === 'send'
    const outcome = await orRefused(typed, () => {
      const { from, to = '' } = typed
      if (!isSent) return check(added, from)
      if (to === '') throw new RuleError('unknown_unit', { unit: '' })
      const repeatable = { actor, operation: 'form_hand_over', content: typed, key: onceKeyOf(typed) }
      const work = () => handOver(deps, actor, { from, ...receiverIn(to), codes: added })
      const before = (id: number) => findHandOverById(deps.db, id) as HandOverRow
      return writer.write(() => once(deps, repeatable, work, before).value)
    })
    if ('state' in outcome) return again(isSent ? added : codes, outcome.state.refusal)
    return outcome.done === null ? again(added, null) : reply.redirect(sheetHref(outcome.done.number), 303)

    /** What has just been scanned must be fit to go: said at once, not when the sheet is full. */
    function check(scanned: readonly string[], from: string | undefined): null {
      const { unit } = deskUnit(deps, actor, from, FOLDER_DESKS)
      if (unit === undefined) throw new RuleError('unknown_unit', { unit: from ?? '' })
      scannedDossiers(deps, actor, unit.id, scanned)
      return null
    }
  })
}

function codesOf(typed: Typed): readonly string[] {
  return (typed['codes'] ?? '').split(' ').filter((code) => code !== '')
}
