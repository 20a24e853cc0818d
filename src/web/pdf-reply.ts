import type { FastifyReply } from 'fastify'
import { mayBeFramed } from './security-headers.ts'

/** Sends a PDF to be shown and printed, under a name that survives every file system. */
export function replyPdf(
  reply: FastifyReply,
  bytes: Buffer,
  ...name: readonly (string | number)[]
): FastifyReply {
  const file = name.join('-').replace(/[^\w.-]+/g, '-')
  mayBeFramed(reply)
  return reply
    .type('application/pdf')
    .header('content-disposition', `inline; filename="${file}.pdf"`)
    .send(bytes)
}
