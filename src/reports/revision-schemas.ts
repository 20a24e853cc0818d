import Type from 'typebox'
import { closedObject, momentOut, nullable, oneOf } from '../web/schemas.ts'
import { LATE_EVENT, PERIOD } from './bridge-schema.ts'
import { RATE, SCOPE } from './report-schemas.ts'

export const SCOPE_QUERY = closedObject({ unit: SCOPE.unit })

const REVISION = '[1-9][0-9]{0,4}'

export const COMPARISON_QUERY = closedObject({
  from: Type.String({ pattern: `^${REVISION}$`, description: 'Số của bản trước.', examples: ['1'] }),
  to: Type.String({
    pattern: `^(current|${REVISION})$`,
    description: 'Số của bản sau, hoặc current: số hiện tại.',
    examples: ['2'],
  }),
  unit: SCOPE.unit,
})

export const REVISIONS = Type.Object({
  period: PERIOD,
  revisions: Type.Array(
    Type.Object({
      unit: Type.Object({ key: Type.String(), label: Type.String() }),
      revision: Type.Integer(),
      kind: oneOf(['full', 'difference'], 'full: đủ số liệu; difference: chỉ phần chênh lệch.'),
      takenAt: momentOut('Lập lúc.'),
      hash: Type.String({ description: 'SHA-256 của nội dung; từ bản 2 tính cả mã băm của bản trước.' }),
      events: Type.Array(LATE_EVENT, { description: 'Những việc bản này đưa vào; bản 1: rỗng.' }),
    }),
  ),
})

const COUNTERS_CHANGED = Type.Array(
  Type.Object({
    counter: Type.String(),
    before: Type.Integer(),
    after: Type.Integer(),
    difference: Type.Integer(),
  }),
)

const ADJUSTED = { key: Type.String(), label: Type.String(), counters: COUNTERS_CHANGED } as const

const ADJUSTING_EVENT = Type.Object({
  ...LATE_EVENT.properties,
  revision: nullable(Type.Integer({ description: 'Bản đầu tiên có việc này; null: chưa vào bản nào.' })),
})

export const ADJUSTMENTS = Type.Object({
  period: PERIOD,
  rows: Type.Array(Type.Object(ADJUSTED), { description: 'Đơn vị có số liệu khác bản 1.' }),
  total: Type.Object(ADJUSTED),
  events: Type.Array(ADJUSTING_EVENT),
})

const COMPARED = {
  ...ADJUSTED,
  rates: Type.Array(Type.Object({ code: Type.String(), name: Type.String(), before: RATE, after: RATE })),
} as const

export const COMPARISON = Type.Object({
  period: PERIOD,
  from: Type.Integer(),
  to: Type.Unsafe<number | 'current'>({ anyOf: [{ type: 'integer' }, { const: 'current' }] }),
  rows: Type.Array(Type.Object(COMPARED), { description: 'Đơn vị có số liệu hoặc tỷ lệ khác nhau.' }),
  total: Type.Object(COMPARED),
  events: Type.Array(ADJUSTING_EVENT, { description: 'Những việc ghi nhận giữa hai bản.' }),
})
