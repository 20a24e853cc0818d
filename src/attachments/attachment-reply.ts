import { join } from 'node:path'
import type { FastifyReply } from 'fastify'
import type { AttachmentRow } from '../../db/queries/attachments.ts'
import type { PaperDeps } from '../deps.ts'
import { readBytes, storedAs } from '../documents/document-store.ts'
import { WHAT_IS_WRONG } from '../documents/stored-document.ts'
import { RuleError } from '../domain/refusals.ts'

/** What somebody uploaded never runs anything here: a sandbox without scripts, of the type its content has. */
const ATTACHMENT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"

/** Sends a file to be looked at, or to be kept. */
export function replyAttachment(
  { folders }: Pick<PaperDeps, 'folders'>,
  reply: FastifyReply,
  row: AttachmentRow,
  how: 'inline' | 'attachment' = 'inline',
): FastifyReply {
  const bytes = readBytes(folders.attachmentsDir, row.sha256)
  if (typeof bytes === 'string') {
    const file = join('attachments', storedAs(row.sha256))
    throw new RuleError('damaged_attachment', { file, problem: WHAT_IS_WRONG[bytes] })
  }
  return reply
    .type(row.mediaType)
    .headers({
      'content-disposition': disposition(how, row.name),
      'content-security-policy': ATTACHMENT_POLICY,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    })
    .send(bytes)
}

/** The name twice: without marks for what is old, and as it is (RFC 6266). */
function disposition(how: string, name: string): string {
  const plain = name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll('đ', 'd')
    .replaceAll('Đ', 'D')
    .replace(/[^\w. -]/g, '-')
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (each) => `%${each.charCodeAt(0).toString(16)}`)
  return `${how}; filename="${plain}"; filename*=UTF-8''${encoded}`
}
