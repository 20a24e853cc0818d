import type { FastifyInstance } from 'fastify'
import type { Writer } from '../../db/group-commit.ts'
import type { PaperDeps } from '../deps.ts'
import { DOSSIER_PAPERS, type DossierPaperKind, KIND_LABELS } from '../documents/kinds.ts'
import { shownDocument } from '../documents/shown-document.ts'
import { RuleError } from '../domain/refusals.ts'
import { actorOf } from '../web/actor.ts'
import { replyPdf } from '../web/pdf-reply.ts'
import { dossierAt } from './dossier-at.ts'
import { issueDossierPaper, issuedVersion } from './dossier-papers.ts'
import { standingOn } from './standing-on.ts'

interface PaperRoute {
  readonly Params: { readonly code: string; readonly file: string }
  /** `lan`: which of several papers of a kind; `ban`: a version, as it was issued. */
  readonly Querystring: { readonly lan?: string; readonly ban?: string }
}

/** `/ho-so/:code/giay-to/receipt-slip.pdf`: prints a paper; made when there is none that says the same. Who only reads gets
 * it as it was last issued; what no longer holds is marked. */
export function dossierPaperPage(app: FastifyInstance, deps: PaperDeps, writer: Writer): void {
  app.get<{ Params: { code: string } }>('/ho-so/:code/giay-to', (request, reply) =>
    reply.redirect(`/ho-so/${encodeURIComponent(request.params.code)}#giay-to`, 303),
  )

  app.get<PaperRoute>('/ho-so/:code/giay-to/:file', async (request, reply) => {
    const { code, file } = request.params
    const kind = kindOf(file)
    if (kind === undefined) return reply.callNotFound()
    const actor = actorOf(request)
    const dossier = dossierAt(deps, actor, code)
    const which = { kind, nth: number(kind, request.query.lan) }
    const version = number(kind, request.query.ban)
    const prints = standingOn(deps, actor, 'documents_issue', dossier) !== null
    const document =
      version === undefined && prints
        ? await issueDossierPaper(deps, writer, actor, dossier, which)
        : issuedVersion(deps, dossier, which, version)
    const bytes = await shownDocument(deps, document)
    return replyPdf(reply, bytes, kind, document.subject, 'ban', document.version)
  })
}

function kindOf(file: string): DossierPaperKind | undefined {
  return DOSSIER_PAPERS.find((kind) => `${kind}.pdf` === file)
}

function number(kind: DossierPaperKind, text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined
  if (!/^[1-9]\d{0,3}$/.test(text))
    throw new RuleError('unknown_document', { paper: KIND_LABELS[kind], version: text })
  return Number(text)
}
