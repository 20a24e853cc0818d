import Type from 'typebox'
import { listWebhooks } from '../../../db/queries/webhooks.ts'
import { keyOf, WRITE_HEADERS } from '../../dossiers/dossier-routes.ts'
import { actorOf } from '../../web/actor.ts'
import type { ApiOptions, ApiScope } from '../../web/api-scope.ts'
import { closedObject, REFUSALS_OUT } from '../../web/schemas.ts'
import { secretOnce } from '../../web/secret-once.ts'
import { addWebhook } from './add-webhook.ts'
import { knownWebhook } from './known-webhook.ts'
import { pauseWebhook, resumeWebhook } from './pause-webhook.ts'
import { removeWebhook } from './remove-webhook.ts'
import { rotateSecret } from './rotate-secret.ts'
import { sendTest } from './send-test.ts'
import { webhookJson } from './webhook-json.ts'
import { ANSWER, NEW_WEBHOOK, WEBHOOK, WEBHOOK_BODY, WEBHOOK_PARAMS } from './webhook-schemas.ts'

const COMMON = { tags: ['Webhook'], headers: Type.Object(WRITE_HEADERS) } as const
const NOTHING = closedObject({})

/** `/webhooks`: the addresses and what is done with them. */
export async function webhookApi(api: ApiScope, { deps, writer }: ApiOptions): Promise<void> {
  const shown = (id: number) => webhookJson(deps, knownWebhook(deps, id))

  const list = {
    ...COMMON,
    operationId: 'listWebhooks',
    summary: 'Các webhook và tình trạng',
    response: { 200: Type.Object({ webhooks: Type.Array(WEBHOOK) }), ...REFUSALS_OUT },
  }
  api.get('/webhooks', { schema: list }, async () => ({
    webhooks: listWebhooks(deps.db).map((webhook) => webhookJson(deps, webhook)),
  }))

  const add = {
    ...COMMON,
    operationId: 'addWebhook',
    summary: 'Thêm webhook',
    description: 'Báo những việc ghi nhận từ lúc này. Khoá ký chỉ hiện ở câu trả lời này.',
    body: WEBHOOK_BODY,
    response: { 201: NEW_WEBHOOK, ...REFUSALS_OUT },
  }
  api.post('/webhooks', { schema: add }, async (request, reply) => {
    const actor = actorOf(request)
    const { label, url, acts = [], unit = '' } = request.body
    const repeatable = { actor, operation: 'add_webhook', content: request.body, key: keyOf(request) }
    const { value, repeated } = await writer.write(() =>
      secretOnce(deps, repeatable, () => addWebhook(deps, actor, { label, url, acts, unit })),
    )
    if (repeated) reply.header('idempotency-replayed', 'true')
    reply.code(201).header('location', `/api/v1/webhooks/${value.id}`)
    return { ...shown(value.id), secret: value.secret }
  })

  const show = {
    ...COMMON,
    operationId: 'showWebhook',
    summary: 'Một webhook',
    params: WEBHOOK_PARAMS,
    response: { 200: WEBHOOK, ...REFUSALS_OUT },
  }
  api.get('/webhooks/:id', { schema: show }, async (request) => shown(Number(request.params.id)))

  for (const { act, operationId, summary, run } of [
    { act: 'pause', operationId: 'pauseWebhook', summary: 'Tạm dừng', run: pauseWebhook },
    { act: 'resume', operationId: 'resumeWebhook', summary: 'Chạy tiếp', run: resumeWebhook },
  ]) {
    const schema = {
      ...COMMON,
      operationId,
      summary,
      params: WEBHOOK_PARAMS,
      body: NOTHING,
      response: { 200: WEBHOOK, ...REFUSALS_OUT },
    }
    api.post(`/webhooks/:id/${act}`, { schema }, async (request) => {
      const { id } = request.params as { id: string }
      await writer.write(() => run(deps, actorOf(request), Number(id)))
      return shown(Number(id))
    })
  }

  const remove = {
    ...COMMON,
    operationId: 'removeWebhook',
    summary: 'Gỡ webhook',
    description: 'Khoá ký bị huỷ, tin đang chờ thôi gửi.',
    params: WEBHOOK_PARAMS,
    body: NOTHING,
    response: {
      200: Type.Object({ givenUp: Type.Integer({ description: 'Số tin thôi gửi.' }) }),
      ...REFUSALS_OUT,
    },
  }
  api.post('/webhooks/:id/remove', { schema: remove }, async (request) => ({
    givenUp: await writer.write(() => removeWebhook(deps, actorOf(request), Number(request.params.id))),
  }))

  const rotate = {
    ...COMMON,
    operationId: 'rotateWebhookSecret',
    summary: 'Đổi khoá ký',
    description: 'Khoá mới ký ngay từ tin sau; chỉ hiện ở câu trả lời này.',
    params: WEBHOOK_PARAMS,
    body: NOTHING,
    response: { 200: NEW_WEBHOOK, ...REFUSALS_OUT },
  }
  api.post('/webhooks/:id/rotate-secret', { schema: rotate }, async (request) => {
    const actor = actorOf(request)
    const id = Number(request.params.id)
    const repeatable = { actor, operation: 'rotate_secret', content: id, key: keyOf(request) }
    const { value } = await writer.write(() =>
      secretOnce(deps, repeatable, () => rotateSecret(deps, actor, id)),
    )
    return { ...shown(id), secret: value.secret }
  })

  const test = {
    ...COMMON,
    operationId: 'testWebhook',
    summary: 'Gửi thử',
    description: 'Gửi ngay một tin webhook.test và cho biết bên nhận trả lời thế nào; không vào nhật ký.',
    params: WEBHOOK_PARAMS,
    body: NOTHING,
    response: { 200: ANSWER, ...REFUSALS_OUT },
  }
  api.post('/webhooks/:id/test', { schema: test }, async (request) =>
    sendTest(deps, actorOf(request), Number(request.params.id)),
  )
}
