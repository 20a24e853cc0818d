import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import { seenDossiers } from '../accounts/seen-units.ts'
import { actorOf } from '../web/actor.ts'
import type { ApiOptions, ApiScope } from '../web/api-scope.ts'
import { cursorOf, readCursor } from '../web/cursor.ts'
import { closedObject, oneOf, PAGE_QUERY, PAGE_SIZE, REFUSALS_OUT } from '../web/schemas.ts'
import { DECISION_BODY } from './decision-input.ts'
import {
  DECISION,
  DECISION_FULL,
  dayJson,
  decisionJson,
  EFFECT,
  effectJson,
  moveJson,
  UNDO_EFFECT,
} from './decision-json.ts'
import { previewDecision } from './preview-decision.ts'
import { previewUndo } from './preview-undo.ts'
import { recordDecision } from './record-decision.ts'
import { listDecisions, showDecision } from './show-decision.ts'
import { undoDecision } from './undo-decision.ts'

const TAGS = ['Quyết định về lịch']
const HEADERS = Type.Object({
  'idempotency-key': Type.Optional(
    Type.String({ description: 'Khoá chống gửi trùng, giữ 48 giờ; ví dụ một UUID.' }),
  ),
})
const WHICH = closedObject({
  id: Type.String({ pattern: '^[1-9][0-9]{0,8}$', description: 'Số của quyết định.' }),
})
const MOVES_QUERY = closedObject({
  ...PAGE_QUERY,
  undo: Type.Optional(oneOf(['none', 'undone', 'left'], 'Chỉ những hồ sơ này.')),
})
const RECORD_BODY = closedObject({
  ...DECISION_BODY.properties,
  previewed: Type.Optional(
    Type.String({ maxLength: 40, description: 'fingerprint đã xem trước; tác động đã khác thì trả về 412.' }),
  ),
})

/** `/calendar/decisions`: what a decision would do, recording it, what it did, undoing it. */
export async function decisionApi(api: ApiScope, { deps, writer }: ApiOptions): Promise<void> {
  const keyOf = ({ headers }: Pick<FastifyRequest, 'headers'>) => ({
    key: headers['idempotency-key'] as string | undefined,
  })
  const common = { tags: TAGS, headers: HEADERS }

  const list = {
    ...common,
    operationId: 'listCalendarDecisions',
    summary: 'Các quyết định về lịch làm việc',
    response: { 200: Type.Object({ decisions: Type.Array(DECISION) }), ...REFUSALS_OUT },
  }
  api.get('/calendar/decisions', { schema: list }, async () => ({
    decisions: listDecisions(deps).map((row) => decisionJson(deps, row)),
  }))

  const preview = {
    ...common,
    operationId: 'previewCalendarDecision',
    summary: 'Xem trước tác động của một quyết định',
    description: 'Không ghi gì. Trả về số hồ sơ theo đơn vị và từng hồ sơ, từng trang.',
    querystring: closedObject(PAGE_QUERY),
    body: DECISION_BODY,
    response: { 200: EFFECT, ...REFUSALS_OUT },
  }
  api.post('/calendar/decisions/preview', { schema: preview }, async (request) => {
    const { limit = PAGE_SIZE, cursor } = request.query
    const start = cursor === undefined ? 0 : (readCursor(cursor, 1)[0] ?? 0)
    return effectJson(deps, await previewDecision(deps, actorOf(request), request.body), { start, limit })
  })

  const record = {
    ...common,
    operationId: 'recordCalendarDecision',
    summary: 'Ghi một quyết định về lịch làm việc',
    description: 'Đổi lịch và chuyển hạn mọi hồ sơ đang giải quyết chịu tác động: tất cả hoặc không gì cả.',
    body: RECORD_BODY,
    response: { 201: DECISION, ...REFUSALS_OUT },
  }
  api.post('/calendar/decisions', { schema: record }, async (request, reply) => {
    const { previewed, ...input } = request.body
    const done = await recordDecision(deps, writer, actorOf(request), input, { previewed, ...keyOf(request) })
    if (done.repeated) reply.header('idempotency-replayed', 'true')
    reply.code(201).header('location', `/api/v1/calendar/decisions/${done.value.id}`)
    return decisionJson(deps, done.value)
  })

  const show = {
    ...common,
    operationId: 'showCalendarDecision',
    summary: 'Một quyết định: ngày thay đổi và hồ sơ đã chuyển',
    description: 'Từng hồ sơ chỉ của đơn vị người gửi; moved là số của mọi đơn vị.',
    params: WHICH,
    querystring: MOVES_QUERY,
    response: { 200: DECISION_FULL, ...REFUSALS_OUT },
  }
  api.get('/calendar/decisions/:id', { schema: show }, async (request) => {
    const { params, query } = request
    const seen = seenDossiers(deps, actorOf(request))
    const { limit = PAGE_SIZE, cursor, undo } = query
    const after = cursor === undefined ? undefined : readCursor(cursor, 1)[0]
    const shown = showDecision(deps, Number(params.id), { undo, after, limit, seen })
    return {
      ...decisionJson(deps, shown.decision),
      added: shown.added.map((day) => dayJson(deps, day)),
      removed: shown.removed.map((day) => dayJson(deps, day)),
      moves: shown.moves.map((move) => moveJson(deps, move)),
      nextCursor: shown.more === null ? null : cursorOf([shown.more]),
    }
  })

  const beforeUndo = {
    ...common,
    operationId: 'previewCalendarUndo',
    summary: 'Xem trước việc hoàn tác một quyết định',
    params: WHICH,
    response: { 200: UNDO_EFFECT, ...REFUSALS_OUT },
  }
  api.get('/calendar/decisions/:id/undo', { schema: beforeUndo }, async (request) =>
    previewUndo(deps, actorOf(request), Number(request.params.id)),
  )

  const undo = {
    ...common,
    operationId: 'undoCalendarDecision',
    summary: 'Hoàn tác một quyết định',
    description:
      'Trả lịch và hạn như trước; hồ sơ đã có thay đổi khác thì giữ nguyên và được liệt kê (undo=left).',
    params: WHICH,
    body: closedObject({}),
    response: { 200: DECISION, ...REFUSALS_OUT },
  }
  api.post('/calendar/decisions/:id/undo', { schema: undo }, async (request, reply) => {
    const done = await undoDecision(deps, writer, actorOf(request), Number(request.params.id), keyOf(request))
    if (done.repeated) reply.header('idempotency-replayed', 'true')
    return decisionJson(deps, done.value)
  })
}
