import Type from 'typebox'
import type { CorrectionRow } from '../../db/queries/correction-requests.ts'
import type { Actor } from '../deps.ts'
import { parseInstant } from '../domain/calendar/day.ts'
import { CHANNELS } from '../domain/counting/tally.ts'
import { DOSSIER_HEAD } from '../dossiers/dossier-json-schemas.ts'
import { ACT_HEADERS, keyOf, WHICH, whichOf } from '../dossiers/dossier-routes.ts'
import { actorOf } from '../web/actor.ts'
import type { ApiOptions, ApiScope } from '../web/api-scope.ts'
import { versionSeen } from '../web/etag.ts'
import { once } from '../web/idempotency.ts'
import { closedObject, momentIn, oneOf, REFUSALS_OUT } from '../web/schemas.ts'
import { CORRECTION, correctionJson } from './correction-json.ts'
import { correctionView } from './correction-views.ts'
import { approveCorrection, rejectCorrection } from './decide-correction.ts'
import { enterOrAsk } from './enter-or-ask.ts'
import { enteredAgain, replyEntered, WAITING } from './entered-json.ts'
import { decidedFor, waitingFor } from './seen-corrections.ts'

const TAGS = ['Đính chính']
const text = (maxLength: number, description: string) => Type.String({ minLength: 1, maxLength, description })
const NOTE = text(2000, 'Lời ghi của người duyệt.')
const REQUEST = closedObject({ id: Type.String({ pattern: '^[0-9]{1,15}$', description: 'Số đề nghị.' }) })

const CORRECTION_BODY = closedObject({
  acceptedAt: Type.Optional(momentIn('Thời điểm tiếp nhận đúng.')),
  procedure: Type.Optional(text(40, 'Mã thủ tục đúng.')),
  channel: Type.Optional(oneOf([...CHANNELS, 'online'], 'Kênh nộp đúng.')),
  receivingUnit: Type.Optional(text(80, 'Đơn vị tiếp nhận đúng.')),
  resolvingUnit: Type.Optional(text(80, 'Đơn vị giải quyết đúng.')),
  reason: text(2000, 'Lý do (bắt buộc).'),
  note: Type.Optional(text(2000, 'Ghi chú.')),
})

/** Corrections from acceptance, and the requests that wait for somebody who may. */
export async function correctionApi(api: ApiScope, { deps, writer }: ApiOptions): Promise<void> {
  const correct = {
    tags: TAGS,
    operationId: 'correct',
    summary: 'Đính chính từ khi tiếp nhận',
    description: 'Chỉ gửi những điểm sai. Hồ sơ trở thành như thể đã tiếp nhận đúng ngay từ đầu.',
    headers: Type.Object(ACT_HEADERS),
    params: WHICH,
    body: CORRECTION_BODY,
    response: { 200: DOSSIER_HEAD, 202: WAITING, ...REFUSALS_OUT },
  }
  api.post('/dossiers/:code/correction', { schema: correct }, async (request, reply) => {
    const { body, params, headers } = request
    const actor = actorOf(request)
    const which = whichOf(params.code)
    const { acceptedAt, ...right } = body
    const moment = acceptedAt === undefined ? undefined : parseInstant(acceptedAt)
    const repeatable = { actor, operation: 'correct', content: [which, body], key: keyOf(request) }
    const work = () => {
      const version = versionSeen(headers['if-match'])
      return enterOrAsk(deps, actor, {
        kind: 'correction',
        which,
        request: { ...right, acceptedAt: moment, version },
      })
    }
    const done = await writer.write(() => once(deps, repeatable, work, enteredAgain(deps)))
    return replyEntered(deps, reply, done)
  })

  const list = {
    tags: TAGS,
    operationId: 'listCorrections',
    summary: 'Đề nghị đính chính',
    description: 'Của đơn vị người gửi, và do chính người gửi đề nghị.',
    querystring: closedObject({
      status: Type.Optional(
        oneOf(['waiting', 'decided'], 'Chờ duyệt (mặc định), hoặc đã quyết định trong 90 ngày.'),
      ),
    }),
    response: { 200: Type.Object({ corrections: Type.Array(CORRECTION) }), ...REFUSALS_OUT },
  }
  api.get('/corrections', { schema: list }, (request) => {
    const actor = actorOf(request)
    // Each request is tried and undone, to say what it would change.
    return writer.write(() => {
      const rows = request.query.status === 'decided' ? decidedFor(deps, actor) : waitingFor(deps, actor)
      return { corrections: rows.map((row) => correctionJson(deps, correctionView(deps, row))) }
    })
  })

  const decision = (operationId: string, summary: string, body: ReturnType<typeof closedObject>) => ({
    tags: TAGS,
    operationId,
    summary,
    params: REQUEST,
    body,
    response: { 200: CORRECTION, ...REFUSALS_OUT },
  })
  const decide = (actor: Actor, work: (by: Actor) => CorrectionRow) =>
    writer.write(() => correctionJson(deps, correctionView(deps, work(actor))))

  const approve = decision('approveCorrection', 'Duyệt đề nghị', closedObject({ note: Type.Optional(NOTE) }))
  api.post<Decided>('/corrections/:id/approve', { schema: approve }, (request) =>
    decide(actorOf(request), (by) =>
      approveCorrection(deps, by, Number(request.params.id), request.body.note),
    ),
  )
  const reject = decision('rejectCorrection', 'Từ chối đề nghị', closedObject({ note: NOTE }))
  api.post<Decided>('/corrections/:id/reject', { schema: reject }, (request) =>
    decide(actorOf(request), (by) =>
      rejectCorrection(deps, by, Number(request.params.id), request.body.note ?? ''),
    ),
  )
}

interface Decided {
  readonly Params: { readonly id: string }
  readonly Body: { readonly note?: string }
}
