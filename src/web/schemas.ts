import Type, { type Static, type TSchema } from 'typebox'

/** Pieces of TypeBox schemas that every part of the API uses, written so that OpenAPI 3.1 shows them well. */

/** One of `values`. */
export function oneOf<const T extends readonly string[]>(values: T, description?: string) {
  return Type.Unsafe<T[number]>({ type: 'string', enum: [...values], ...(description && { description }) })
}

/** The same value, or null. */
export function nullable<T extends TSchema>(schema: T) {
  const { type, enum: values, ...rest } = schema as { type?: string; enum?: readonly unknown[] }
  return Type.Unsafe<Static<T> | null>({
    ...rest,
    type: [type, 'null'],
    ...(values && { enum: [...values, null] }),
  })
}

/** An object without any other property: what is not asked for is refused. */
export function closedObject<T extends Record<string, TSchema>>(properties: T, description?: string) {
  return Type.Object(properties, { additionalProperties: false, ...(description && { description }) })
}

/** A moment a caller writes: with an offset, or local to Vietnam. */
export function momentIn(description: string) {
  return Type.String({ format: 'moment', maxLength: 35, description, examples: ['2023-03-09T08:30'] })
}

/** A day a caller writes. */
export function dayIn(description: string) {
  return Type.String({ format: 'local-day', maxLength: 10, description, examples: ['2023-03-09'] })
}

/** A moment as printed, with +07:00. */
export function momentOut(description: string) {
  return Type.String({ description, examples: ['2023-03-09T17:00:00+07:00'] })
}

export function dayOut(description: string) {
  return Type.String({ description, examples: ['2023-03-09'] })
}

/** How many records a page has. */
export const PAGE_SIZE = 50

export const PAGE_QUERY = {
  limit: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 200,
      default: PAGE_SIZE,
      description: 'Số dòng mỗi trang, tối đa 200.',
    }),
  ),
  cursor: Type.Optional(Type.String({ maxLength: 80, description: 'nextCursor của trang trước.' })),
} as const

export const NEXT_CURSOR = nullable(
  Type.String({ description: 'Gửi lại ở tham số cursor để xem trang sau; null: hết.' }),
)

const PROBLEM = Type.Object(
  {
    type: Type.String({ description: 'Địa chỉ mô tả loại lỗi.' }),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String({ description: 'Câu tiếng Việt nói lý do và cách làm tiếp.' }),
    code: Type.String({ description: 'Mã lỗi ổn định; xem /api/v1/problems.' }),
    instance: Type.String({ description: 'Mã yêu cầu, dùng khi báo quản trị.' }),
    errors: Type.Optional(
      Type.Array(Type.Object({ in: Type.String(), field: Type.String(), detail: Type.String() }), {
        description: 'Từng trường chưa đúng.',
      }),
    ),
  },
  { $id: 'Problem', title: 'Problem', description: 'Lỗi theo RFC 9457.' },
)

/** Schemas that routes refer to by name; add them to the API's scope once. */
export const NAMED_SCHEMAS: readonly TSchema[] = [PROBLEM]

const REFUSED = {
  description: 'Bị từ chối: không có gì được ghi.',
  content: { 'application/problem+json': { schema: { $ref: 'Problem#' } } },
}

/** What every route may answer beside its success. */
export const REFUSALS_OUT = { '4xx': REFUSED } as const
