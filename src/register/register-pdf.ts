import type { FastifyInstance } from 'fastify'
import { findDocument } from '../../db/queries/documents.ts'
import type { PaperDeps } from '../deps.ts'
import { storedDocument } from '../documents/stored-document.ts'
import { RuleError } from '../domain/refusals.ts'
import { checkCovers } from '../imports/export-scope.ts'
import { actorOf } from '../web/actor.ts'
import { replyPdf } from '../web/pdf-reply.ts'
import { bookSubject, SUPPLEMENT } from './book-document.ts'
import { registerOf } from './stored-book.ts'

interface BookRoute {
  readonly Params: { readonly year: string; readonly unit: string; readonly part: string }
  /** `ban`: an earlier version of the supplementary page. */
  readonly Querystring: { readonly ban?: string }
}

/** `/quan-tri/so-theo-doi/:year/:unit/quyen-1.pdf`, `…/bo-sung.pdf`: the bytes as they were issued, never made anew. */
export function registerPdf(app: FastifyInstance, deps: PaperDeps): void {
  app.get<BookRoute>('/quan-tri/so-theo-doi/:year/:unit/:part.pdf', (request, reply) => {
    const { year, unit, part } = request.params
    const register = registerOf(deps, year, unit)
    checkCovers(deps, actorOf(request), [register.unit.id])
    const number = /^quyen-([1-9]\d{0,3})$/.exec(part)?.[1]
    const which = number === undefined ? SUPPLEMENT : Number(number)
    const version = request.query.ban ? Number(request.query.ban) || 0 : undefined
    const isPart = number !== undefined || part === SUPPLEMENT
    const subject = bookSubject(register, which)
    const document = isPart ? findDocument(deps.db, 'register-book', subject, version) : null
    if (document === null) throw new RuleError('register_being_printed')
    return replyPdf(reply, storedDocument(deps, document), 'so', year, unit, part, 'ban', document.version)
  })
}
