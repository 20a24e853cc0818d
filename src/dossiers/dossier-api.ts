import Type from 'typebox'
import { listDossiers } from '../../db/queries/dossier-list.ts'
import { intakeEntry } from '../back-entry/intake-entry.ts'
import { enterOrAsk } from '../corrections/enter-or-ask.ts'
import { enteredAgain, replyEntered, WAITING } from '../corrections/entered-json.ts'
import { parseInstant } from '../domain/calendar/day.ts'
import { PLAIN_ACTS, type PlainAct, TRANSITIONS } from '../domain/life-cycle/life-cycle.ts'
import { actorOf } from '../web/actor.ts'
import type { ApiOptions, ApiScope } from '../web/api-scope.ts'
import { cursorOf } from '../web/cursor.ts'
import { etagOf, versionSeen } from '../web/etag.ts'
import { once } from '../web/idempotency.ts'
import { REFUSALS_OUT } from '../web/schemas.ts'
import { type ActBody, actBody } from './act-bodies.ts'
import { seenDossier } from './dossier-at.ts'
import { dossierFilter } from './dossier-filter.ts'
import { dossierFull, dossierItem, dossierTimeline } from './dossier-json.ts'
import { DOSSIER_FULL, DOSSIER_HEAD, DOSSIER_PAGE, TIMELINE } from './dossier-json-schemas.ts'
import { ACT_HEADERS, keyOf, WHICH, WRITE_HEADERS, whichOf } from './dossier-routes.ts'
import { DOSSIER_QUERY, INTAKE_BODY, type IntakeBody } from './dossier-schemas.ts'
import type { IntakeInput } from './log-dossier.ts'
import { searchDossiers } from './search-dossiers.ts'
import { shownPeople } from './shown-people.ts'

const TAGS = ['Hồ sơ']

/** Found dossiers that are listed; beyond them one has to ask more precisely. */
const MOST_FOUND = 500

/** `/dossiers`: logging, finding, showing, and one route for each act of the life cycle. */
export async function dossierApi(api: ApiScope, { deps, writer }: ApiOptions): Promise<void> {
  const intake = {
    tags: TAGS,
    operationId: 'logDossier',
    summary: 'Tiếp nhận hồ sơ',
    description: 'Ghi một hồ sơ mới: tiếp nhận (mặc định), nộp trực tuyến, trả ngay hoặc từ chối tiếp nhận.',
    headers: Type.Object(WRITE_HEADERS),
    body: INTAKE_BODY,
    response: { 201: DOSSIER_HEAD, 202: WAITING, ...REFUSALS_OUT },
  }
  api.post('/dossiers', { schema: intake }, async (request, reply) => {
    const { body } = request
    const actor = actorOf(request)
    const entry = intakeEntry(deps, intakeInput(body), body.slip)
    const repeatable = { actor, operation: 'log_dossier', content: body, key: keyOf(request) }
    const done = await writer.write(() =>
      once(deps, repeatable, () => enterOrAsk(deps, actor, entry), enteredAgain(deps)),
    )
    if (!done.value.waiting) {
      const { code, id } = done.value.dossier
      reply.code(201).header('location', `/api/v1/dossiers/${code ?? id}`)
    }
    return replyEntered(deps, reply, done)
  })

  const list = {
    tags: TAGS,
    operationId: 'listDossiers',
    summary: 'Danh sách hồ sơ',
    description:
      'Lọc và xem từng trang (keyset), trong hồ sơ của đơn vị người gửi. Số định danh và điện thoại được che bớt.',
    querystring: DOSSIER_QUERY,
    response: { 200: DOSSIER_PAGE, ...REFUSALS_OUT },
  }
  api.get('/dossiers', { schema: list }, async (request) => {
    const query = dossierFilter(deps, actorOf(request), request.query)
    const { q } = request.query
    const ids = q === undefined ? undefined : searchDossiers(deps, actorOf(request), { q, limit: MOST_FOUND })
    const rows = listDossiers(deps.db, { ...query, ids, limit: query.limit + 1 })
    const items = rows.slice(0, query.limit)
    const last = rows.length > query.limit ? items.at(-1) : undefined
    const keys = last && (query.sort === 'due' ? [last.dueAt ?? 0, last.id] : [last.id])
    return { items: items.map((row) => dossierItem(deps, row)), nextCursor: keys ? cursorOf(keys) : null }
  })

  const show = {
    tags: TAGS,
    operationId: 'showDossier',
    summary: 'Một hồ sơ, đầy đủ',
    description:
      'Số định danh và điện thoại chỉ đủ với người xử lý hồ sơ (mỗi lần xem được ghi nhật ký); người khác thấy bản che bớt. Hồ sơ của đơn vị khác: 403.',
    params: WHICH,
    response: { 200: DOSSIER_FULL, ...REFUSALS_OUT },
  }
  api.get('/dossiers/:code', { schema: show }, async (request, reply) => {
    const actor = actorOf(request)
    const dossier = seenDossier(deps, actor, whichOf(request.params.code))
    const people = await shownPeople(deps, writer, actor, dossier)
    reply.header('etag', etagOf(dossier.version))
    return dossierFull(deps, actor, dossier, people)
  })

  const timeline = {
    tags: TAGS,
    operationId: 'showTimeline',
    summary: 'Diễn biến của một hồ sơ',
    params: WHICH,
    response: { 200: Type.Object({ timeline: TIMELINE }), ...REFUSALS_OUT },
  }
  api.get('/dossiers/:code/timeline', { schema: timeline }, async (request) => {
    const { id } = seenDossier(deps, actorOf(request), whichOf(request.params.code))
    return { timeline: dossierTimeline(deps, id) }
  })

  for (const act of PLAIN_ACTS) {
    api.post<ActRoute>(`/dossiers/:code/acts/${act}`, { schema: actSchema(act) }, async (request, reply) => {
      const { body, params, headers } = request
      const actor = actorOf(request)
      const which = whichOf(params.code)
      const input = { ...actInput(body), act }
      const repeatable = { actor, operation: act, content: [which, body], key: keyOf(request) }
      // Idempotency first, then If-Match, then the rules; all of it within the savepoint.
      const work = () => {
        const version = versionSeen(headers['if-match'])
        return enterOrAsk(deps, actor, { kind: 'act', which, request: { ...input, version } })
      }
      const done = await writer.write(() => once(deps, repeatable, work, enteredAgain(deps)))
      return replyEntered(deps, reply, done)
    })
  }
}

interface ActRoute {
  readonly Body: ActBody
  readonly Params: { readonly code: string }
}

function actSchema(act: PlainAct) {
  const { label, role } = TRANSITIONS[act]
  return {
    tags: ['Việc trên hồ sơ'],
    operationId: act,
    summary: label,
    ...(role === 'head' && { description: 'Chỉ người đứng đầu.' }),
    headers: Type.Object(ACT_HEADERS),
    params: WHICH,
    body: actBody(act),
    response: { 200: DOSSIER_HEAD, 202: WAITING, ...REFUSALS_OUT },
  }
}

function intakeInput({ at, papers, slip: _slip, ...body }: IntakeBody): IntakeInput {
  return {
    ...body,
    act: body.act ?? 'accept',
    at: at === undefined ? undefined : parseInstant(at),
    papers: papers?.map(({ copies = 1, digitised = false, ...paper }) => ({ ...paper, copies, digitised })),
  }
}

function actInput({ at, appointmentAt, feePaidAt, assignee, ...body }: ActBody) {
  return {
    ...body,
    ...(at !== undefined && { at: parseInstant(at) }),
    ...(appointmentAt !== undefined && { appointmentAt: parseInstant(appointmentAt) }),
    ...(feePaidAt !== undefined && { feePaidAt: parseInstant(feePaidAt) }),
    ...(assignee !== undefined && { assignee: assignee ?? '' }),
  }
}
