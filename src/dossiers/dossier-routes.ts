import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import { normalizeCode } from '../domain/life-cycle/dossier-code.ts'
import { closedObject } from '../web/schemas.ts'

/** What the routes of one dossier have in common. */
export const WHICH = closedObject({
  code: Type.String({ minLength: 1, maxLength: 60, description: 'Mã hồ sơ, hoặc số id.' }),
})

export const WRITE_HEADERS = {
  'idempotency-key': Type.Optional(
    Type.String({ description: 'Khoá chống gửi trùng, giữ 48 giờ; ví dụ một UUID.' }),
  ),
} as const

export const ACT_HEADERS = {
  ...WRITE_HEADERS,
  'if-match': Type.Optional(Type.String({ description: 'ETag đã thấy; hồ sơ đã đổi thì trả về 412.' })),
} as const

export function keyOf(request: FastifyRequest): string | undefined {
  return request.headers['idempotency-key'] as string | undefined
}

/** A number is the id, anything else a code: typed in small letters, with blanks around it. */
export function whichOf(text: string): string | number {
  return /^\d{1,15}$/.test(text) ? Number(text) : normalizeCode(text)
}
