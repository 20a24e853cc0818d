import Type from 'typebox'
import { FORM06_COLUMNS, type Form06Row } from '../domain/counting/form06.ts'
import { CHANNELS } from '../domain/counting/tally.ts'
import { COUNTERS } from '../domain/counting/tally-sums.ts'
import { DOSSIER_ITEM } from '../dossiers/dossier-json-schemas.ts'
import { closedObject, dayOut, momentOut, NEXT_CURSOR, nullable, oneOf, PAGE_QUERY } from '../web/schemas.ts'
import { BRIDGE, PERIOD } from './bridge-schema.ts'
import { UNIT_MAPS } from './scope.ts'

const optional = Type.Optional
const key = (description: string) => optional(Type.String({ minLength: 1, maxLength: 80, description }))

export const PERIOD_PARAMS = closedObject({
  period: Type.String({
    minLength: 4,
    maxLength: 30,
    description:
      'Kỳ báo cáo: 2023-W10, 2023-03, 2023-Q1, 2023-H1, 2023, thêm @15-14, hoặc 2023-03-06..2023-03-12.',
    examples: ['2023-W10'],
  }),
})

export const SCOPE = {
  unit: key('Đơn vị và các đơn vị trực thuộc: khoá, mã GSO hoặc mã cơ quan; bỏ trống: tất cả.'),
  attribution: optional(
    oneOf(['resolving', 'receiving'], 'Tính cho đơn vị giải quyết (mặc định) hoặc tiếp nhận.'),
  ),
}

const MAP = optional(
  oneOf(UNIT_MAPS, 'then: theo đơn vị lúc đó (mặc định); today: đơn vị cũ cộng vào đơn vị hiện nay.'),
)

export const REPORT_QUERY = closedObject({
  by: optional(
    oneOf(['unit', 'field', 'procedure', 'channel', 'officer'], 'Mỗi dòng là gì (mặc định: unit).'),
  ),
  ...SCOPE,
  map: MAP,
  reading: optional(
    Type.String({
      pattern: '^(closed|current|[1-9][0-9]{0,4})$',
      description: 'closed: số đã chốt (mặc định); current: số hiện tại; hoặc số bản chốt.',
    }),
  ),
})

export const COUNTER_QUERY = closedObject({
  counter: oneOf(COUNTERS, 'Số liệu nào.'),
  ...SCOPE,
  procedure: key('Mã thủ tục.'),
  field: key('Lĩnh vực.'),
  channel: optional(oneOf(CHANNELS)),
  map: MAP,
  ...PAGE_QUERY,
})

const FORM06_NOTES = {
  closedInTime: 'trong (9): rút, dừng',
  closedLate: 'trong (10): rút, dừng',
  transferredIn: 'nhận chuyển giao',
  transferredOut: 'chuyển giao đi',
} as const satisfies Partial<Record<keyof Form06Row, string>>

const integers = (names: readonly (readonly [string, string | undefined])[], description: string) =>
  Type.Object(
    Object.fromEntries(
      names.map(([name, words]) => [name, Type.Integer(words === undefined ? {} : { description: words })]),
    ),
    { description },
  )

export const RATE = nullable(
  Type.Object({
    numerator: Type.Integer(),
    denominator: Type.Integer(),
    text: Type.String({ description: 'Như in trên báo cáo: 70,54 %, 2/3 khi mẫu số dưới 5.' }),
    ranked: Type.Boolean({ description: 'Mẫu số đủ lớn để xếp hạng.' }),
    provisional: Type.Optional(
      Type.Literal(true, { description: 'Còn hồ sơ chưa đến hạn; tỷ lệ này còn thay đổi (V5).' }),
    ),
  }),
)

const ROW = Type.Object({
  key: Type.String(),
  label: Type.String(),
  note: nullable(Type.String({ description: 'Đơn vị chỉ có trong một phần kỳ, hoặc đã chia.' })),
  tally: integers(
    COUNTERS.map((counter) => [counter, undefined]),
    'Số đếm; mở ra hồ sơ bằng /reports/{period}/dossiers?counter=….',
  ),
  rates: Type.Record(Type.String(), RATE, { description: 'Theo mã cách tính; null: không có gì để đo.' }),
  form06: integers(
    [
      ...Object.entries(FORM06_COLUMNS).map(
        ([name, { number, label }]) => [name, `(${number}) ${label}`] as const,
      ),
      ...Object.entries(FORM06_NOTES),
    ],
    'Các cột của Biểu II.06.',
  ),
})

export const REPORT = Type.Object({
  period: PERIOD,
  by: Type.String(),
  attribution: Type.String(),
  map: Type.String(),
  asOf: dayOut('Ngày cuối được đếm.'),
  closed: nullable(
    Type.Object({
      at: momentOut('Chốt lúc.'),
      revision: Type.Integer({ description: 'Bản được đọc.' }),
      takenAt: momentOut('Bản đó lập lúc.'),
    }),
  ),
  bridge: BRIDGE,
  formulaVersion: Type.String(),
  calendarVersion: Type.String(),
  rows: Type.Array(ROW),
  total: ROW,
  broken: Type.Array(
    Type.Object({
      code: Type.String(),
      left: Type.Integer(),
      right: Type.Integer(),
      difference: Type.Integer(),
      sentence: Type.String(),
    }),
    { description: 'Đẳng thức không khớp; bảng đúng thì rỗng.' },
  ),
  missing: Type.Array(Type.Object({ key: Type.String(), label: Type.String() }), {
    description: 'Đơn vị chưa gửi số liệu kỳ này: không có trong dòng nào và không tính vào tổng.',
  }),
  variants: Type.Array(
    Type.Object({
      code: Type.String(),
      name: Type.String(),
      formula: Type.String(),
      verified: Type.Boolean(),
    }),
    { description: 'Các cách tính tỷ lệ.' },
  ),
})

export const COUNTED_PAGE = Type.Object({
  period: PERIOD,
  asOf: dayOut('Ngày cuối được đếm.'),
  counter: Type.String(),
  total: Type.Integer({ description: 'Số liệu, đếm lại từ hồ sơ (số hiện tại, không phải số đã chốt).' }),
  notShown: Type.Integer({ description: 'Trong đó: của hồ sơ đơn vị khác, không có trong danh sách.' }),
  items: Type.Array(
    Type.Object({
      ...DOSSIER_ITEM.properties,
      times: Type.Integer({ description: 'Hồ sơ này được đếm mấy lần trong số liệu (thường là 1).' }),
    }),
  ),
  nextCursor: NEXT_CURSOR,
})
