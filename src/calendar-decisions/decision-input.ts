import type { Static } from 'typebox'
import Type from 'typebox'
import { closedObject, dayIn, oneOf } from '../web/schemas.ts'

/** What may happen to a day: off, worked for another, both at once, one unit closed, or ordinary again. */
const DAY_CHANGES = ['off', 'swap', 'make_up', 'closure', 'ordinary'] as const

const OFF_KINDS = ['holiday', 'compensatory', 'swap_off'] as const

const DAY_CHANGE = closedObject({
  change: oneOf(
    DAY_CHANGES,
    'off: thêm ngày nghỉ; swap: hoán đổi (date nghỉ, makeUpOn làm bù); make_up: thêm ngày làm bù; closure: một đơn vị đóng cửa; ordinary: bỏ ngày nghỉ, làm bù hoặc đóng cửa đã có.',
  ),
  date: dayIn('Ngày thay đổi; với swap: ngày nghỉ.'),
  makeUpOn: Type.Optional(dayIn('Chỉ với swap: ngày làm bù.')),
  kind: Type.Optional(oneOf(OFF_KINDS, 'Chỉ với off: loại ngày nghỉ; bỏ trống: holiday.')),
  name: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 120,
      description: 'Tên ngày, in trên phiếu; cần với off và closure.',
    }),
  ),
  unit: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 80,
      description: 'Đơn vị, với closure (và ordinary của đơn vị).',
    }),
  ),
})
export type DayChange = Static<typeof DAY_CHANGE>

/** A decision on the calendar as a program, a file or the form brings it. */
export const DECISION_BODY = closedObject({
  title: Type.String({ minLength: 1, maxLength: 200, description: 'Nội dung, một dòng.' }),
  document: Type.String({
    minLength: 1,
    maxLength: 120,
    description: 'Loại và số văn bản.',
    examples: ['Công văn 12729/VPCP-KGVX'],
  }),
  documentOn: dayIn('Ngày văn bản.'),
  days: Type.Array(DAY_CHANGE, { maxItems: 60, description: 'Những ngày thay đổi.' }),
  decidesYear: Type.Optional(
    Type.Integer({ description: 'Văn bản quyết định cả lịch nghỉ của năm này.', examples: [2027] }),
  ),
})
export type DecisionInput = Static<typeof DECISION_BODY>
