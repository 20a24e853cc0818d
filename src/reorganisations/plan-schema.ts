import Type, { type Static } from 'typebox'
import { UNIT_ROLES } from '../accounts/roles.ts'
import { closedObject, dayIn, nullable, oneOf } from '../web/schemas.ts'

const KEY = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{1,59}$', description: 'Khoá đơn vị, không dấu.' })
const text = (description: string, maxLength = 200) => Type.String({ minLength: 1, maxLength, description })
const list = <T extends Parameters<typeof Type.Array>[0]>(items: T, description: string) =>
  Type.Array(items, { maxItems: 2_000, description })

const VERSION = {
  name: text('Tên đầy đủ.'),
  shortName: text('Tên gọi tắt.', 60),
  level: oneOf(['province', 'district', 'commune', 'department', 'centre'], 'Cấp.'),
  gsoCode: nullable(Type.String({ minLength: 2, maxLength: 10, description: 'Mã đơn vị hành chính.' })),
  agencyCode: Type.String({
    pattern: '^[0-9A-Z.]{3,30}$',
    description: 'Mã cơ quan, đứng đầu mã hồ sơ mới.',
  }),
  codeFormat: oneOf(['tt01_2018', 'qd20_2020'], 'Kiểu mã cơ quan.'),
  parent: nullable(Type.String({ maxLength: 60, description: 'Khoá đơn vị cấp trên.' })),
} as const

const OPENED = closedObject({
  key: KEY,
  kind: oneOf(['shop_and_resolver', 'resolver', 'shop', 'grouping'], 'Tiếp nhận, giải quyết hay cả hai.'),
  vertical: Type.Optional(Type.Boolean({ description: 'Ngành dọc: không xếp hạng.' })),
  receivingShop: nullable(Type.String({ maxLength: 60, description: 'Khoá bộ phận một cửa nhận hồ sơ.' })),
  ...VERSION,
})

const RENAMED = closedObject({ unit: KEY, ...VERSION })

const LINK = closedObject({
  from: KEY,
  to: KEY,
  kind: oneOf(['merge', 'split_part', 'rename', 'transfer_function']),
  share: nullable(
    Type.Number({ minimum: 0, maximum: 1, description: 'Phần của đơn vị cũ; null: không rõ.' }),
  ),
  document: Type.Optional(text('Văn bản riêng của dòng này.')),
})

const TAKEOVER = closedObject({
  from: KEY,
  to: KEY,
  procedure: Type.Optional(Type.String({ maxLength: 40, description: 'Chỉ hồ sơ của thủ tục này.' })),
  field: Type.Optional(Type.String({ maxLength: 60, description: 'Chỉ hồ sơ của lĩnh vực này.' })),
})

const PLACEMENT = closedObject({
  procedure: Type.String({ maxLength: 40, description: 'Mã thủ tục.' }),
  resolver: nullable(Type.String({ maxLength: 60, description: 'null: nơi tiếp nhận giải quyết.' })),
  level: oneOf(['commune', 'district']),
})

const POST = closedObject({
  officer: Type.String({ maxLength: 80, description: 'Khoá cán bộ.' }),
  unit: KEY,
  role: oneOf(UNIT_ROLES),
  title: text('Chức danh.'),
  fields: list(Type.String({ maxLength: 60 }), 'Lĩnh vực; rỗng: tất cả.'),
})

/** A reorganisation as it is recorded: keys throughout, since names and codes are used again. */
export const PLAN = closedObject({
  on: dayIn('Ngày có hiệu lực.'),
  document: text('Số, ký hiệu văn bản.'),
  title: text('Tên gọi của lần sắp xếp.'),
  closes: list(KEY, 'Đơn vị kết thúc hoạt động.'),
  opens: list(OPENED, 'Đơn vị mới.'),
  renames: list(RENAMED, 'Đơn vị đổi tên, đổi mã hoặc đổi cấp trên.'),
  lineage: list(LINK, 'Từ đơn vị nào thành đơn vị nào.'),
  takeovers: list(TAKEOVER, 'Ai nhận hồ sơ đang mở; thủ tục trước, rồi lĩnh vực, rồi cả đơn vị.'),
  coordinator: nullable(Type.String({ maxLength: 60, description: 'Đơn vị giữ hồ sơ chờ phân công.' })),
  procedures: list(PLACEMENT, 'Thủ tục đổi đơn vị giải quyết.'),
  officers: list(POST, 'Vị trí mới của cán bộ.'),
})

export type ReorganisationPlan = Static<typeof PLAN>
export type OpenedUnit = Static<typeof OPENED>
/** What a version of a unit says. */
export type UnitVersionPlan = Omit<Static<typeof RENAMED>, 'unit'>
export type NewPost = Static<typeof POST>
