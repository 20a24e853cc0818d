import Type from 'typebox'
import { dayOut, momentOut, nullable } from '../web/schemas.ts'

export const PERIOD = Type.Object({
  key: Type.String(),
  kind: Type.String(),
  scheme: Type.String(),
  from: dayOut('Ngày đầu.'),
  to: dayOut('Ngày cuối.'),
  label: Type.String(),
})

/** An event recorded after its day was closed. */
export const LATE_EVENT = Type.Object({
  id: Type.Integer(),
  dossierId: Type.Integer(),
  code: nullable(
    Type.String({
      description: 'Mã hồ sơ; null: chưa có mã, hoặc hồ sơ của đơn vị khác (khi đó cũng không có reason).',
    }),
  ),
  act: Type.String(),
  actLabel: Type.String(),
  occurredAt: momentOut('Xảy ra lúc.'),
  recordedAt: momentOut('Ghi nhận lúc.'),
  actor: Type.String({ description: 'Người ghi nhận.' }),
  reason: nullable(Type.String()),
})

const BRIDGE_ROW = {
  open: Type.Integer({ description: 'Đang giải quyết cuối kỳ trước, như đã chốt (bản 1).' }),
  adjustment: Type.Integer({ description: 'Điều chỉnh kỳ trước.' }),
  carriedOver: Type.Integer({ description: 'Kỳ trước chuyển qua, trong kỳ này.' }),
  unexplained: Type.Integer({ description: 'Phần không sự kiện nào giải thích được; khác 0 là lỗi.' }),
} as const

/** How C follows from the O that the period before was closed with. */
export const BRIDGE = nullable(
  Type.Object(
    {
      previous: PERIOD,
      ...BRIDGE_ROW,
      rows: Type.Array(Type.Object({ key: Type.String(), label: Type.String(), ...BRIDGE_ROW })),
      events: Type.Array(LATE_EVENT),
    },
    { description: 'Vì sao số kỳ trước chuyển qua khác số cuối kỳ trước đã chốt; null: không khác.' },
  ),
)
