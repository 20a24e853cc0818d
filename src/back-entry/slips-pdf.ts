import type { FastifyInstance } from 'fastify'
import type { Writer } from '../../db/group-commit.ts'
import { findDocument } from '../../db/queries/documents.ts'
import { slipBatch } from '../../db/queries/emergency-slips.ts'
import { may } from '../accounts/access.ts'
import { agencyName } from '../catalogue/agency-name.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { PaperDeps } from '../deps.ts'
import { issueDocument } from '../documents/issue-document.ts'
import { KIND_LABELS } from '../documents/kinds.ts'
import { storedDocument } from '../documents/stored-document.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'
import { shopName } from '../dossiers/paper-words.ts'
import { actorOf } from '../web/actor.ts'
import { replyPdf } from '../web/pdf-reply.ts'
import { mustSeeShop, mustWorkAt } from './must-work-at.ts'

interface Route {
  readonly Params: { readonly number: string }
}

/** Where the batch that a slip was printed with is served. */
export function slipsPdfHref(number: string): string {
  return `/nhap-bu/phieu/${encodeURIComponent(number)}.pdf`
}

/** `/nhap-bu/phieu/KC-…-000001.pdf`: the batch of slips to which a number belongs, to be printed before it is needed. */
export function slipsPdf(app: FastifyInstance, deps: PaperDeps, writer: Writer): void {
  app.get<Route>('/nhap-bu/phieu/:number.pdf', async (request, reply) => {
    const slips = slipBatch(deps.db, request.params.number)
    const [first, last] = [slips[0], slips.at(-1)]
    if (first === undefined || last === undefined) {
      throw new RuleError('unknown_slip', { slip: request.params.number, unit: 'đơn vị nào' })
    }
    const catalogue = catalogueOf(deps.db)
    const actor = actorOf(request)
    if (may(actor, 'back_entry')) mustWorkAt(deps, actor, first.unitId)
    else mustSeeShop(deps, actor, first.unitId)
    const day = localDayOf(first.printedAt)
    const says = {
      unitName: shopName(day),
      agencyName: agencyName(catalogue, first.unitId, day).name,
      slips: slips.map(({ number }) => ({ number })),
    }
    const subject = `${first.number}..${last.number}`
    const document = may(actor, 'back_entry')
      ? await issueDocument(deps, writer, { kind: 'emergency-slips', subject, says, actor })
      : findDocument(deps.db, 'emergency-slips', subject)
    if (document === null)
      throw new RuleError('unknown_document', { paper: KIND_LABELS['emergency-slips'], version: 1 })
    return replyPdf(
      reply,
      storedDocument(deps, document),
      'phieu-gian-doan',
      subject,
      'ban',
      document.version,
    )
  })
}
