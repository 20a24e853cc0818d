import Type from 'typebox'
import { waitingForUnit } from '../../db/queries/coordination-queue.ts'
import { findDossierById } from '../../db/queries/dossiers.ts'
import {
  findReorganisation,
  listReorganisations,
  type ReorganisationRow,
} from '../../db/queries/reorganisations.ts'
import { seenDossiers } from '../accounts/seen-units.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { localDayOf, printInstant } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'
import { actorOf } from '../web/actor.ts'
import type { ApiOptions, ApiScope } from '../web/api-scope.ts'
import { once } from '../web/idempotency.ts'
import { closedObject, dayOut, momentOut, nullable, REFUSALS_OUT } from '../web/schemas.ts'
import { ASSIGNED_AT_ONCE, assignUnit } from './assign-unit.ts'
import { PLAN, type ReorganisationPlan } from './plan-schema.ts'
import { plannedFlows, previewPlan } from './preview-plan.ts'
import { recordReorganisation } from './record-reorganisation.ts'

const TAGS = ['Sắp xếp đơn vị']
const ACTOR = Type.Object({
  'idempotency-key': Type.Optional(Type.String({ description: 'Khoá chống gửi trùng, giữ 48 giờ.' })),
})
const HEAD = {
  id: Type.Integer(),
  on: dayOut('Ngày có hiệu lực.'),
  document: Type.String(),
  title: Type.String(),
  recordedAt: momentOut('Ghi lúc.'),
  appliedAt: nullable(momentOut('Hồ sơ đã chuyển lúc; null: chưa đến ngày.')),
  movedDossiers: nullable(Type.Integer({ description: 'Số hồ sơ đã chuyển.' })),
}
const FLOWS = {
  flows: Type.Array(
    Type.Object({
      from: Type.String({ description: 'Khoá đơn vị cũ.' }),
      to: nullable(Type.String({ description: 'Khoá đơn vị tiếp quản; null: chưa rõ.' })),
      n: Type.Integer({ description: 'Số hồ sơ.' }),
    }),
    { description: 'Hồ sơ đang mở của đơn vị nào về đâu.' },
  ),
  undecided: Type.Integer({ description: 'Số hồ sơ chưa rõ đơn vị tiếp quản.' }),
}
const WHICH = closedObject({
  id: Type.String({ pattern: '^[1-9][0-9]{0,8}$', description: 'Số của phương án.' }),
})

/** `/reorganisations`: what was decided about units, what it does to open dossiers, and those that wait for a unit. */
export async function reorganisationApi(api: ApiScope, { deps, writer }: ApiOptions): Promise<void> {
  const list = {
    tags: TAGS,
    operationId: 'listReorganisations',
    summary: 'Các lần sắp xếp đơn vị đã ghi',
    response: { 200: Type.Object({ reorganisations: Type.Array(Type.Object(HEAD)) }), ...REFUSALS_OUT },
  }
  api.get('/reorganisations', { schema: list }, async () => ({
    reorganisations: listReorganisations(deps.db).map(headJson),
  }))

  const show = {
    tags: TAGS,
    operationId: 'showReorganisation',
    summary: 'Một lần sắp xếp: phương án, và hồ sơ còn phải chuyển',
    params: WHICH,
    response: { 200: Type.Object({ ...HEAD, plan: PLAN, ...FLOWS }), ...REFUSALS_OUT },
  }
  api.get('/reorganisations/:id', { schema: show }, async ({ params }) => {
    const row = findReorganisation(deps.db, Number(params.id))
    if (row === undefined) throw new RuleError('unknown_reorganisation', { id: params.id })
    const plan = JSON.parse(row.plan) as ReorganisationPlan
    return { ...headJson(row), plan, ...flowsJson(plannedFlows(deps, plan)) }
  })

  const preview = {
    tags: TAGS,
    operationId: 'previewReorganisation',
    summary: 'Xem trước một phương án, không ghi gì',
    body: PLAN,
    response: { 200: Type.Object(FLOWS), ...REFUSALS_OUT },
  }
  api.post('/reorganisations/preview', { schema: preview }, async ({ body }) =>
    flowsJson(previewPlan(deps, body)),
  )

  const record = {
    tags: TAGS,
    operationId: 'recordReorganisation',
    summary: 'Ghi một phương án sắp xếp',
    description: 'Đơn vị, chức danh đổi theo ngày ngay khi ghi; hồ sơ đang mở tự chuyển khi đến ngày.',
    headers: ACTOR,
    body: PLAN,
    response: { 201: Type.Object(HEAD), ...REFUSALS_OUT },
  }
  api.post('/reorganisations', { schema: record }, async (request, reply) => {
    const { body, headers } = request
    const actor = actorOf(request)
    const repeatable = { actor, operation: 'reorganise', content: body, key: headers['idempotency-key'] }
    const work = () => recordReorganisation(deps, actor, body)
    const { value } = await writer.write(() => once(deps, repeatable, work, (id) => ({ id })))
    reply.code(201).header('location', `/api/v1/reorganisations/${value.id}`)
    return headJson(findReorganisation(deps.db, value.id)!)
  })

  const waiting = {
    tags: TAGS,
    operationId: 'listDossiersWaitingForUnit',
    summary: 'Hồ sơ chờ phân công đơn vị',
    response: {
      200: Type.Object({
        dossiers: Type.Array(
          Type.Object({
            id: Type.Integer(),
            code: nullable(Type.String()),
            unit: Type.String(),
            procedure: Type.String(),
          }),
        ),
      }),
      ...REFUSALS_OUT,
    },
  }
  api.get('/reorganisations/waiting', { schema: waiting }, async (request) => {
    const { unitById, procedureById } = catalogueOf(deps.db)
    const seen = seenDossiers(deps, actorOf(request))
    return {
      dossiers: waitingForUnit(deps.db, localDayOf(deps.clock.now()), seen).map(
        ({ id, unitId, procedureId }) => ({
          id,
          code: findDossierById(deps.db, id)?.code ?? null,
          unit: unitById.get(unitId)!.key,
          procedure: procedureById.get(procedureId)!.code,
        }),
      ),
    }
  })

  const assign = {
    tags: TAGS,
    operationId: 'assignUnit',
    summary: 'Phân công đơn vị cho hồ sơ đang chờ',
    description: 'Tính như đã phân công từ ngày đơn vị cũ kết thúc.',
    headers: ACTOR,
    body: closedObject({
      unit: Type.String({ minLength: 1, maxLength: 80, description: 'Khoá đơn vị nhận.' }),
      dossiers: Type.Array(Type.Integer({ minimum: 1 }), {
        minItems: 1,
        maxItems: ASSIGNED_AT_ONCE,
        description: 'Số id của hồ sơ.',
      }),
    }),
    response: {
      200: Type.Object({ moved: Type.Integer({ description: 'Số hồ sơ đã giao.' }) }),
      ...REFUSALS_OUT,
    },
  }
  api.post('/reorganisations/waiting/assignments', { schema: assign }, async (request) => {
    const actor = actorOf(request)
    return writer.write(() => assignUnit(deps, actor, request.body))
  })
}

function headJson({
  id,
  onDay: on,
  document,
  title,
  recordedAt,
  appliedAt,
  movedDossiers,
}: ReorganisationRow) {
  return {
    id,
    on,
    document,
    title,
    recordedAt: printInstant(recordedAt),
    appliedAt: appliedAt === null ? null : printInstant(appliedAt),
    movedDossiers,
  }
}

function flowsJson({ flows, undecided }: ReturnType<typeof plannedFlows>) {
  return { flows: [...flows], undecided }
}
