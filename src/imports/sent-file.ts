import type { IncomingMessage } from 'node:http'
import { RuleError } from '../domain/refusals.ts'

/** The whole body of a request, refused (`import_file_too_large`) as soon as it is more than `most` MiB. */
export async function sentFileOf(payload: IncomingMessage, most: number): Promise<Buffer> {
  const limit = most * 1024 * 1024
  const pieces: Buffer[] = []
  let size = 0
  // Left standing when it is too large: the refusal goes back over the same connection.
  for await (const piece of payload.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += piece.length
    if (size > limit) throw new RuleError('import_file_too_large', { most })
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}
