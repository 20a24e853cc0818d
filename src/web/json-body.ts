import { isUtf8 } from 'node:buffer'
import type { FastifyInstance } from 'fastify'
import { TransportError } from './problems.ts'

/**
 * In this scope bodies are JSON in valid UTF-8 and nothing else. That no form or plain text is taken also means
 * that another site's page cannot make a browser write here: JSON needs a permission we never give.
 */
export function acceptJsonOnly(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers()
  const parse = scope.getDefaultJsonParser('error', 'error')
  scope.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    if (!isUtf8(body)) return done(new TransportError('not_utf8'))
    return parse(request, body.toString('utf8'), done)
  })
}
