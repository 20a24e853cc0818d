import Type, { type Static } from 'typebox'
import { DELIVERY_STATUSES } from '../../../db/queries/webhook-deliveries.ts'
import { ACTS } from '../../domain/life-cycle/life-cycle.ts'
import { closedObject, momentOut, NEXT_CURSOR, nullable, oneOf, PAGE_QUERY } from '../../web/schemas.ts'

const text = (maxLength: number, description: string) => Type.String({ maxLength, description })
const moment = (description: string) => nullable(momentOut(description))
const number = (description: string) => Type.String({ pattern: '^[1-9][0-9]{0,14}$', description })

export const WEBHOOK_PARAMS = closedObject({ id: number('Số của webhook.') })
export const DELIVERY_PARAMS = closedObject({
  id: number('Số của webhook.'),
  delivery: number('Số của tin.'),
})

export const WEBHOOK_BODY = closedObject({
  label: text(200, 'Tên gọi.'),
  url: text(4000, 'Địa chỉ nhận, http hoặc https.'),
  acts: Type.Optional(
    Type.Array(text(60, 'Việc, ví dụ finish.'), { maxItems: 100, description: 'Bỏ trống: mọi việc.' }),
  ),
  unit: Type.Optional(
    text(80, 'Khoá của đơn vị tiếp nhận hoặc giải quyết, gồm đơn vị trực thuộc; bỏ trống: tất cả.'),
  ),
})

export const WEBHOOK = Type.Object({
  id: Type.Integer(),
  label: Type.String(),
  url: Type.String(),
  acts: Type.Unsafe<readonly string[] | null>({
    type: ['array', 'null'],
    items: { type: 'string' },
    description: 'Việc được báo; null: mọi việc.',
  }),
  unit: Type.Unsafe<{ key: string; label: string } | null>({
    type: ['object', 'null'],
    properties: { key: { type: 'string' }, label: { type: 'string' } },
    description: 'Đơn vị được báo; null: tất cả.',
  }),
  createdAt: momentOut('Thêm lúc.'),
  pausedAt: moment('Tạm dừng từ.'),
  lastDeliveredAt: moment('Tin gần nhất đã nhận.'),
  waiting: Type.Integer({ description: 'Số tin đang chờ gửi hoặc gửi lại.' }),
  givenUp: Type.Integer({ description: 'Số tin đã thôi gửi sau mọi lần thử.' }),
  failingSince: moment('Tin cũ nhất gửi chưa được, từ; null: không có.'),
})
export type WebhookJson = Static<typeof WEBHOOK>

const SECRET = nullable(
  Type.String({ description: 'Khoá ký whsec_…, chỉ hiện lần này; null ở yêu cầu gửi trùng.' }),
)
export const NEW_WEBHOOK = Type.Object({ ...WEBHOOK.properties, secret: SECRET })

export const ANSWER = Type.Object({
  taken: Type.Boolean({ description: 'Bên nhận trả lời 2xx.' }),
  status: nullable(Type.Integer({ description: 'Mã HTTP; null: không có trả lời.' })),
  error: nullable(Type.String({ description: 'Lý do, hoặc đầu câu trả lời (200 ký tự).' })),
})

const LOGGED = {
  id: Type.Integer(),
  messageId: Type.String({ description: 'webhook-id của tin, như nhau ở mọi lần gửi.' }),
  act: oneOf(ACTS),
  dossierId: Type.Integer(),
  dossierCode: nullable(Type.String()),
  status: oneOf(DELIVERY_STATUSES, 'waiting: chờ gửi; delivered: đã nhận; given_up: thôi gửi.'),
  attempts: Type.Integer({ description: 'Số lần đã thử.' }),
  nextAt: moment('Lần thử sau.'),
  lastStatus: nullable(Type.Integer({ description: 'Mã HTTP của lần thử cuối.' })),
  lastError: nullable(Type.String({ description: 'Lý do của lần thử cuối.' })),
  createdAt: momentOut('Lập tin lúc.'),
  deliveredAt: moment('Bên nhận đã nhận lúc.'),
} as const

export const DELIVERY = Type.Object(LOGGED)
export type DeliveryJson = Static<typeof DELIVERY>
export const DELIVERY_FULL = Type.Object({
  ...LOGGED,
  body: Type.String({ description: 'Đúng nội dung đã ký và gửi.' }),
})
export const DELIVERY_PAGE = Type.Object({ items: Type.Array(DELIVERY), nextCursor: NEXT_CURSOR })
export const DELIVERY_QUERY = closedObject({
  ...PAGE_QUERY,
  status: Type.Optional(oneOf(DELIVERY_STATUSES, 'Chỉ tin ở trạng thái này.')),
})
