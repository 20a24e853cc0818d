import Type, { type Static } from 'typebox'
import { catalogueOf, type Substitution } from '../catalogue/catalogue.ts'
import type { Deps } from '../deps.ts'
import { localDayOf, printInstant } from '../domain/calendar/day.ts'
import { keyOf, WRITE_HEADERS } from '../dossiers/dossier-routes.ts'
import { actorOf } from '../web/actor.ts'
import type { ApiOptions, ApiScope } from '../web/api-scope.ts'
import { once } from '../web/idempotency.ts'
import { closedObject, dayIn, dayOut, momentOut, nullable, oneOf, REFUSALS_OUT } from '../web/schemas.ts'
import { endSubstitution } from './end-substitution.ts'
import { holdsAt } from './posts.ts'
import { recordSubstitution } from './record-substitution.ts'
import { seenSubstitutions } from './seen-substitutions.ts'

const TAGS = ['Uỷ quyền']
const officerKey = (description: string) => Type.String({ minLength: 1, maxLength: 80, description })
const NAMED = Type.Object({ key: Type.String(), label: Type.String() })

const SUBSTITUTION = Type.Object({
  id: Type.Integer(),
  absent: Type.Object(NAMED.properties, { description: 'Người vắng; vẫn giữ nguyên quyền của mình.' }),
  substitute: Type.Object(NAMED.properties, { description: 'Người thay.' }),
  from: dayOut('Từ 0 giờ ngày này.'),
  to: dayOut('Đến hết ngày này.'),
  reason: Type.String(),
  state: oneOf(['coming', 'running', 'over'], 'Sắp tới, đang thay, đã hết.'),
  recordedAt: momentOut('Ghi lúc.'),
  endedAt: nullable(momentOut('Kết thúc trước hạn lúc.')),
})

const BODY = closedObject({
  absent: Type.Optional(officerKey('Khoá cán bộ vắng mặt; bỏ trống: chính người gửi.')),
  substitute: officerKey('Khoá cán bộ làm thay.'),
  from: dayIn('Ngày đầu.'),
  to: dayIn('Ngày cuối, tính cả ngày này.'),
  reason: Type.String({ minLength: 1, maxLength: 500, description: 'Lý do.' }),
})

/** `/substitutions`: who stands in for whom, handing over and ending. */
export async function substitutionApi(api: ApiScope, { deps, writer }: ApiOptions): Promise<void> {
  const list = {
    tags: TAGS,
    operationId: 'listSubstitutions',
    summary: 'Các lần uỷ quyền, mới nhất trước',
    description: 'Của mình, của người trong đơn vị mình đứng đầu; quản trị viên và người kiểm tra: tất cả.',
    response: { 200: Type.Object({ substitutions: Type.Array(SUBSTITUTION) }), ...REFUSALS_OUT },
  }
  api.get('/substitutions', { schema: list }, async (request) => ({
    substitutions: seenSubstitutions(deps, actorOf(request)).map((row) => substitutionJson(deps, row)),
  }))

  const record = {
    tags: TAGS,
    operationId: 'recordSubstitution',
    summary: 'Ghi một lần uỷ quyền',
    headers: Type.Object(WRITE_HEADERS),
    body: BODY,
    response: { 201: SUBSTITUTION, ...REFUSALS_OUT },
  }
  api.post('/substitutions', { schema: record }, async (request, reply) => {
    const { body } = request
    const actor = actorOf(request)
    const own = catalogueOf(deps.db).officerById.get(actor.officerId ?? 0)?.key ?? ''
    const repeatable = { actor, operation: 'record_substitution', content: body, key: keyOf(request) }
    const { value, repeated } = await writer.write(() =>
      once(
        deps,
        repeatable,
        () => ({ id: recordSubstitution(deps, actor, { absent: own, ...body }) }),
        (id) => ({ id }),
      ),
    )
    if (repeated) reply.header('idempotency-replayed', 'true')
    const row = catalogueOf(deps.db).substitutions.find(({ id }) => id === value.id)
    return reply.code(201).send(substitutionJson(deps, row as Substitution))
  })

  const end = {
    tags: TAGS,
    operationId: 'endSubstitution',
    summary: 'Kết thúc một lần uỷ quyền ngay lúc này',
    params: closedObject({ id: Type.String({ pattern: '^[0-9]{1,15}$', description: 'Số lần uỷ quyền.' }) }),
    body: closedObject({}),
    response: { 200: SUBSTITUTION, ...REFUSALS_OUT },
  }
  api.post('/substitutions/:id/end', { schema: end }, async (request) => {
    const actor = actorOf(request)
    const ended = await writer.write(() => endSubstitution(deps, actor, Number(request.params.id)))
    return substitutionJson(deps, ended)
  })
}

function substitutionJson(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  row: Substitution,
): Static<typeof SUBSTITUTION> {
  const { officerById } = catalogueOf(db)
  const named = (id: number) => {
    const { key = '', name = '' } = officerById.get(id) ?? {}
    return { key, label: name }
  }
  const now = clock.now()
  const isComing = row.endedAt === null && row.fromOn > localDayOf(now)
  return {
    id: row.id,
    absent: named(row.absentId),
    substitute: named(row.substituteId),
    from: row.fromOn,
    to: row.toOn,
    reason: row.reason,
    state: isComing ? 'coming' : holdsAt(row, now) ? 'running' : 'over',
    recordedAt: printInstant(row.recordedAt),
    endedAt: row.endedAt === null ? null : printInstant(row.endedAt),
  }
}
