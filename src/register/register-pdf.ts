import type { FastifyInstance } from 'fastify'
import type { Writer } from '../../db/group-commit.ts'
import { findDocument } from '../../db/queries/documents.ts'
import { recordExport } from '../audit/record-export.ts'
import type { PaperDeps } from '../deps.ts'
import { shownDocument } from '../documents/shown-document.ts'
import { RuleError } from '../domain/refusals.ts'
import { yearDays } from '../imports/export-scope.ts'
import { actorOf } from '../web/actor.ts'
import { replyPdf } from '../web/pdf-reply.ts'
import { bookSubject, SUPPLEMENT } from './book-document.ts'
import { mustSeeRegister } from './seen-register.ts'
import { booksOf, closedBook, type Register, registerOf } from './stored-book.ts'

interface BookRoute {
  readonly Params: { readonly year: string; readonly unit: string; readonly part: string }
  /** `ban`: an earlier version of the supplementary page. */
  readonly Querystring: { readonly ban?: string }
}

/** `/quan-tri/so-theo-doi/:year/:unit/quyen-1.pdf`, `…/bo-sung.pdf`: as they were issued, never made anew, an earlier version marked. A book is
 * full of people: the audit is told of each reading. */
export function registerPdf(app: FastifyInstance, deps: PaperDeps, writer: Writer): void {
  app.get<BookRoute>('/quan-tri/so-theo-doi/:year/:unit/:part.pdf', async (request, reply) => {
    const actor = actorOf(request)
    const { year, unit, part } = request.params
    const register = registerOf(deps, year, unit)
    mustSeeRegister(deps, actor, register)
    const number = /^quyen-([1-9]\d{0,3})$/.exec(part)?.[1]
    const which = number === undefined ? SUPPLEMENT : Number(number)
    const version = request.query.ban ? Number(request.query.ban) || 0 : undefined
    const isPart = number !== undefined || part === SUPPLEMENT
    const subject = bookSubject(register, which)
    const document = isPart ? findDocument(deps.db, 'register-book', subject, version) : null
    if (document === null) throw new RuleError('register_being_printed')
    const bytes = await shownDocument(deps, document)
    const rows = rowsIn(deps, register, which)
    const exported = {
      what: 'register_book',
      by: 'page',
      format: 'pdf',
      rows,
      units: [register.unit.id],
    } as const
    await writer.write(() => recordExport(deps, actor, { ...exported, ...yearDays(year) }))
    return replyPdf(reply, bytes, 'so', year, unit, part, 'ban', document.version)
  })
}

function rowsIn(deps: PaperDeps, register: Register, part: number | typeof SUPPLEMENT): number {
  const book = closedBook(deps, register)
  if (book === null) return 0
  return part === SUPPLEMENT ? (book.supplement?.ids.length ?? 0) : (booksOf(book)[part - 1]?.length ?? 0)
}
