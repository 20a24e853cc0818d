import Type from 'typebox'
import { closedObject, dayIn, dayOut, momentOut, nullable, oneOf } from '../web/schemas.ts'

const text = (description?: string) => Type.String(description === undefined ? {} : { description })
const maybe = (description?: string) => nullable(text(description))
const integer = Type.Integer()

const VALIDITY = {
  validFrom: dayOut('Từ ngày.'),
  validTo: nullable(dayOut('Đến hết ngày; null: đang hiệu lực.')),
}

export const ON_QUERY = closedObject({
  on: Type.Optional(dayIn('Theo danh mục có hiệu lực vào ngày này; bỏ trống: hôm nay.')),
})

const UNIT_VERSION = Type.Object({
  name: text(),
  shortName: text(),
  level: text(),
  gsoCode: maybe('Mã đơn vị hành chính.'),
  agencyCode: text('Mã cơ quan trong mã hồ sơ.'),
  parent: maybe('Khoá đơn vị cấp trên.'),
  document: maybe(),
  ...VALIDITY,
})

export const UNITS = Type.Object({
  units: Type.Array(
    Type.Object({
      key: text(),
      kind: oneOf(['shop_and_resolver', 'resolver', 'shop', 'grouping']),
      vertical: Type.Boolean({ description: 'Ngành dọc: không xếp hạng.' }),
      inForce: nullable(UNIT_VERSION),
      versions: Type.Array(UNIT_VERSION),
    }),
  ),
})

const PROCEDURE_HEAD = {
  code: text('Mã thủ tục.'),
  name: text(),
  field: Type.Object({ key: text(), label: text() }),
  level: text('Cấp giải quyết.'),
  interAgency: Type.Boolean({ description: 'Liên thông.' }),
  resolver: maybe('Khoá đơn vị giải quyết, nếu cố định.'),
}

const PROCEDURE_VERSION = Type.Object({
  limit: text('Thời hạn, ví dụ 3wd.'),
  limitText: text('Thời hạn bằng chữ.'),
  cutoff: maybe('Nhận sau giờ này tính từ ngày làm việc sau.'),
  mode: text(),
  lateness: text(),
  onlineLevel: nullable(integer),
  onlineMode: maybe(),
  fee: integer,
  feeNote: maybe(),
  instant: Type.Boolean({ description: 'Giải quyết ngay.' }),
  extensionDays: nullable(integer),
  verified: Type.Boolean({ description: 'Đã đối chiếu văn bản.' }),
  source: text(),
  publicationDecision: maybe(),
  components: Type.Array(
    Type.Object({ name: text(), original: Type.Boolean(), copies: integer, required: Type.Boolean() }),
    { description: 'Thành phần hồ sơ.' },
  ),
  steps: Type.Array(Type.Object({ position: integer, name: text(), actor: text(), limit: maybe() })),
  ...VALIDITY,
})

export const PROCEDURES = Type.Object({
  procedures: Type.Array(
    Type.Object({
      ...PROCEDURE_HEAD,
      limit: maybe('Thời hạn vào ngày hỏi; null: chưa hoặc hết hiệu lực.'),
      onlineLevel: nullable(integer),
    }),
  ),
})

export const PROCEDURE_PARAMS = closedObject({
  code: Type.String({ minLength: 1, maxLength: 40, description: 'Mã thủ tục, ví dụ 1.004873.' }),
})

export const PROCEDURE = Type.Object({ ...PROCEDURE_HEAD, versions: Type.Array(PROCEDURE_VERSION) })

export const OFFICERS = Type.Object({
  officers: Type.Array(
    Type.Object({
      key: text('Dùng khi giao hồ sơ.'),
      name: text(),
      memberships: Type.Array(
        Type.Object({ unit: text(), role: text(), title: text(), fields: Type.Array(text()), ...VALIDITY }),
      ),
    }),
  ),
})

export const CALENDAR_PARAMS = closedObject({
  year: Type.String({ pattern: '^(19|20)[0-9]{2}$', description: 'Năm.', examples: ['2023'] }),
})

export const CALENDAR_QUERY = closedObject({
  unit: Type.Optional(
    Type.String({ minLength: 1, maxLength: 80, description: 'Lịch riêng của đơn vị, nếu có.' }),
  ),
})

export const CALENDAR = Type.Object({
  version: text('Phiên bản lịch.'),
  workingDays: Type.Integer({ description: 'Số ngày làm việc trong năm.' }),
  days: Type.Array(
    Type.Object({
      date: dayOut('Ngày.'),
      working: Type.Boolean(),
      reception: Type.Boolean({ description: 'Bộ phận Một cửa có nhận hồ sơ.' }),
      kind: maybe('Loại ngày đặc biệt.'),
      name: maybe(),
      document: maybe('Văn bản.'),
      provisional: Type.Boolean({ description: 'Dự kiến, chưa có quyết định.' }),
    }),
  ),
})

export const PERIODS_QUERY = closedObject({
  kind: Type.Optional(oneOf(['week', 'month', 'quarter', 'half_year', 'year', 'range'])),
})

export const PERIODS = Type.Object({
  periods: Type.Array(
    Type.Object({
      key: text(),
      kind: text(),
      scheme: text(),
      from: dayOut('Ngày đầu.'),
      to: dayOut('Ngày cuối.'),
      label: text(),
      closedAt: nullable(momentOut('Chốt lúc; null: chưa chốt.')),
    }),
  ),
})
