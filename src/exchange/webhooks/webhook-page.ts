import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Writer } from '../../../db/group-commit.ts'
import {
  DELIVERY_STATUSES,
  type DeliveryStatus,
  deliveryLog,
  webhookStanding,
} from '../../../db/queries/webhook-deliveries.ts'
import { listWebhooks } from '../../../db/queries/webhooks.ts'
import { must } from '../../accounts/access.ts'
import { mayEnter } from '../../accounts/guard.ts'
import type { Deps } from '../../deps.ts'
import { ACTS } from '../../domain/life-cycle/life-cycle.ts'
import { RuleError } from '../../domain/refusals.ts'
import { actorOf } from '../../web/actor.ts'
import { EMPTY_FORM, type FormState, onceKeyOf, orRefused, type Typed, typedIn } from '../../web/forms.ts'
import type { Show } from '../../web/layout.ts'
import { secretOnce } from '../../web/secret-once.ts'
import { addWebhook } from './add-webhook.ts'
import { knownWebhook } from './known-webhook.ts'
import { pauseWebhook, resumeWebhook } from './pause-webhook.ts'
import { removeWebhook } from './remove-webhook.ts'
import { resendMessage } from './resend-message.ts'
import { rotateSecret } from './rotate-secret.ts'
import { sendTest } from './send-test.ts'
import { HREF, listBody, type WebhookDetail, webhookBody } from './webhook-views.ts'

interface Page {
  readonly deps: Deps
  readonly writer: Writer
}

interface One {
  readonly Params: { readonly id: string }
  /** `xem`: only messages of this status; `truoc`: those of events before this one. */
  readonly Querystring: { readonly xem?: string; readonly truoc?: string }
}

const LINES = 50

/** What a form of a webhook's page may ask for and is then shown by the page itself. */
type Shown = Partial<Pick<WebhookDetail, 'secret' | 'answer'>>

/** `/quan-tri/webhook`: the addresses, the form for another one; `/quan-tri/webhook/1`: one with its log. */
export function webhookPage(app: FastifyInstance, { deps, writer }: Page, show: Show): void {
  const { db } = deps

  const list = (request: FastifyRequest, reply: FastifyReply, state: FormState) => {
    const rows = listWebhooks(db).map((webhook) => ({ webhook, standing: webhookStanding(db, webhook.id) }))
    const status = state.refusal === null ? 200 : 422
    const body = listBody(deps, rows, mayEnter(request.principal, 'webhooks') ? state : null)
    return show(reply, { title: 'Webhook', area: '/quan-tri', status, body })
  }

  const one = (
    request: FastifyRequest,
    reply: FastifyReply,
    id: number,
    query: One['Querystring'],
    shown: Shown,
  ) => {
    const webhook = knownWebhook(deps, id)
    const status = DELIVERY_STATUSES.find((each) => each === query.xem) ?? null
    const before = /^\d{1,15}$/.test(query.truoc ?? '') ? Number(query.truoc) : Number.MAX_SAFE_INTEGER
    const log = deliveryLog(db, { webhook: id, status, before, limit: LINES + 1 })
    const mayChange = mayEnter(request.principal, 'webhooks')
    const detail = {
      webhook,
      standing: webhookStanding(db, id),
      mayChange,
      status,
      log,
      lines: LINES,
      ...shown,
    }
    return show(reply, { title: webhook.label, area: '/quan-tri', body: webhookBody(deps, detail) })
  }

  app.get(HREF, (request, reply) => {
    return list(request, reply, EMPTY_FORM)
  })

  app.post(HREF, async (request, reply) => {
    const typed = typedIn(request.body)
    const actor = actorOf(request)
    must(actor, 'webhooks')
    const input = {
      label: typed['label'] ?? '',
      url: typed['url'] ?? '',
      acts: ACTS.filter((act) => typed[`act-${act}`] === '1'),
      unit: typed['unit'] ?? '',
    }
    const repeatable = { actor, operation: 'add_webhook', content: input, key: onceKeyOf(typed) }
    const added = await orRefused(typed, () =>
      writer.write(() => secretOnce(deps, repeatable, () => addWebhook(deps, actor, input))),
    )
    if ('state' in added) return list(request, reply, added.state)
    const { id, secret } = added.done.value
    return secret === null ? reply.redirect(`${HREF}/${id}`, 303) : one(request, reply, id, {}, { secret })
  })

  app.get<One>(`${HREF}/:id`, (request, reply) => {
    return one(request, reply, numberOf(request.params.id), request.query, {})
  })

  app.post<One>(`${HREF}/:id`, async (request, reply) => {
    const id = numberOf(request.params.id)
    const typed = typedIn(request.body)
    const shown = await act(request, id, typed)
    if (shown !== null) return one(request, reply, id, {}, shown)
    return reply.redirect(typed['do'] === 'remove' ? HREF : `${HREF}/${id}${statusOf(typed)}`, 303)
  })

  /** Does what a button asks for; what it returns is shown this once. */
  async function act(request: FastifyRequest, id: number, typed: Typed): Promise<Shown | null> {
    const actor = actorOf(request)
    if (typed['do'] === 'test') return { answer: await sendTest(deps, actor, id) }
    return writer.write(() => {
      if (typed['do'] === 'rotate') {
        const repeatable = { actor, operation: 'rotate_secret', content: id, key: onceKeyOf(typed) }
        const { secret } = secretOnce(deps, repeatable, () => rotateSecret(deps, actor, id)).value
        return secret === null ? null : { secret }
      }
      if (typed['do'] === 'pause') pauseWebhook(deps, actor, id)
      if (typed['do'] === 'resume') resumeWebhook(deps, actor, id)
      if (typed['do'] === 'remove') removeWebhook(deps, actor, id)
      if (typed['resend'] !== undefined) resendMessage(deps, actor, id, numberOf(typed['resend']))
      return null
    })
  }
}

function statusOf(typed: Typed): string {
  const status: DeliveryStatus | undefined = DELIVERY_STATUSES.find((each) => each === typed['xem'])
  return status === undefined ? '' : `?xem=${status}`
}

function numberOf(text: string): number {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new RuleError('unknown_webhook', { webhook: text })
  return Number(text)
}
