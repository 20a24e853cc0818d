import type { FastifyInstance } from 'fastify'
import type { Writer } from '../../db/group-commit.ts'
import { findDocument } from '../../db/queries/documents.ts'
import { may } from '../accounts/access.ts'
import type { PaperDeps } from '../deps.ts'
import { issueDocument } from '../documents/issue-document.ts'
import { KIND_LABELS } from '../documents/kinds.ts'
import { storedDocument } from '../documents/stored-document.ts'
import { parsePeriod } from '../domain/calendar/periods.ts'
import { RuleError } from '../domain/refusals.ts'
import { actorOf } from '../web/actor.ts'
import { replyPdf } from '../web/pdf-reply.ts'
import { form06Says } from './form06-says.ts'
import { readReading } from './reading.ts'

interface Form06Route {
  readonly Params: { readonly period: string }
  /** `ban`: a revision of a closed period, or `hien-tai` for the figures as they stand. */
  readonly Querystring: { readonly unit?: string; readonly ban?: string }
}

/** `/bao-cao/:period/bieu-ii06.pdf`: Biểu II.06 as it was first printed, or a new version where its figures moved. Who may not
 * issue gets it as it was last issued. */
export function form06Page(app: FastifyInstance, deps: PaperDeps, writer: Writer): void {
  app.get<Form06Route>('/bao-cao/:period/bieu-ii06.pdf', async (request, reply) => {
    const { unit, ban } = request.query
    const period = parsePeriod(request.params.period)
    const reading = readReading(deps, period, ban) ?? 'closed'
    const { says, subject } = form06Says(deps, { period, unit: unit || undefined, reading })
    const actor = actorOf(request)
    const issued = may(actor, 'reports_issue')
      ? await issueDocument(deps, writer, { kind: 'form-ii06', subject, says, actor })
      : findDocument(deps.db, 'form-ii06', subject)
    if (issued === null)
      throw new RuleError('unknown_document', { paper: KIND_LABELS['form-ii06'], version: 1 })
    return replyPdf(reply, storedDocument(deps, issued), 'bieu-ii06', subject, 'ban', issued.version)
  })
}
