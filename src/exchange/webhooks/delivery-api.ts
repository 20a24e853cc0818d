import Type from 'typebox'
import { deliveryLog, findDelivery } from '../../../db/queries/webhook-deliveries.ts'
import { RuleError } from '../../domain/refusals.ts'
import { WRITE_HEADERS } from '../../dossiers/dossier-routes.ts'
import { actorOf } from '../../web/actor.ts'
import type { ApiOptions, ApiScope } from '../../web/api-scope.ts'
import { cursorOf, readCursor } from '../../web/cursor.ts'
import { closedObject, PAGE_SIZE, REFUSALS_OUT } from '../../web/schemas.ts'
import { knownWebhook } from './known-webhook.ts'
import { resendMessage } from './resend-message.ts'
import { deliveryJson } from './webhook-json.ts'
import {
  DELIVERY,
  DELIVERY_FULL,
  DELIVERY_PAGE,
  DELIVERY_PARAMS,
  DELIVERY_QUERY,
  WEBHOOK_PARAMS,
} from './webhook-schemas.ts'

const COMMON = { tags: ['Webhook'], headers: Type.Object(WRITE_HEADERS) } as const

/** `/webhooks/{id}/deliveries`: the log of an address, and sending a message of it again. */
export async function deliveryApi(api: ApiScope, { deps, writer }: ApiOptions): Promise<void> {
  const log = {
    ...COMMON,
    operationId: 'listDeliveries',
    summary: 'Nhật ký gửi',
    description: 'Mới nhất trước, từng trang (keyset).',
    params: WEBHOOK_PARAMS,
    querystring: DELIVERY_QUERY,
    response: { 200: DELIVERY_PAGE, ...REFUSALS_OUT },
  }
  api.get('/webhooks/:id/deliveries', { schema: log }, async (request) => {
    const id = knownWebhook(deps, Number(request.params.id)).id
    const { limit = PAGE_SIZE, cursor, status = null } = request.query
    const [before = Number.MAX_SAFE_INTEGER] = cursor === undefined ? [] : readCursor(cursor, 1)
    const rows = deliveryLog(deps.db, { webhook: id, status, before, limit: limit + 1 })
    const items = rows.slice(0, limit)
    const last = rows.length > limit ? items.at(-1) : undefined
    return {
      items: items.map(deliveryJson),
      nextCursor: last === undefined ? null : cursorOf([last.eventId]),
    }
  })

  const one = {
    ...COMMON,
    operationId: 'showDelivery',
    summary: 'Một tin, kèm nội dung đã gửi',
    params: DELIVERY_PARAMS,
    response: { 200: DELIVERY_FULL, ...REFUSALS_OUT },
  }
  api.get('/webhooks/:id/deliveries/:delivery', { schema: one }, async (request) => {
    const id = knownWebhook(deps, Number(request.params.id)).id
    const found = findDelivery(deps.db, id, Number(request.params.delivery))
    if (found === null) throw new RuleError('unknown_delivery', { ...request.params, webhook: id })
    return { ...deliveryJson(found), body: found.body }
  })

  const resend = {
    ...COMMON,
    operationId: 'resendDelivery',
    summary: 'Gửi lại một tin',
    description: 'Cùng nội dung, cùng webhook-id; tính lại từ lần thử đầu.',
    params: DELIVERY_PARAMS,
    body: closedObject({}),
    response: { 200: DELIVERY, ...REFUSALS_OUT },
  }
  api.post('/webhooks/:id/deliveries/:delivery/resend', { schema: resend }, async (request) => {
    const { id, delivery } = request.params
    const actor = actorOf(request)
    return deliveryJson(await writer.write(() => resendMessage(deps, actor, Number(id), Number(delivery))))
  })
}
