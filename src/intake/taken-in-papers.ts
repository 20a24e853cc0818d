import type { FastifyInstance } from 'fastify'
import type { Writer } from '../../db/group-commit.ts'
import { findDossierById } from '../../db/queries/dossiers.ts'
import { dossiersOfSitting } from '../../db/queries/sittings.ts'
import type { PaperDeps } from '../deps.ts'
import { issueDocument } from '../documents/issue-document.ts'
import { storedDocument } from '../documents/stored-document.ts'
import { RuleError } from '../domain/refusals.ts'
import { dossierAt } from '../dossiers/dossier-at.ts'
import { isErased } from '../dossiers/is-erased.ts'
import { sittingSays } from '../dossiers/sitting-says.ts'
import { mustStandOn } from '../dossiers/standing-on.ts'
import { actorOf } from '../web/actor.ts'
import { replyPdf } from '../web/pdf-reply.ts'
import { INTAKE } from './intake-page.ts'
import { specimenAt, specimenPaper } from './training-intake.ts'

const KIND = 'sitting-slip'

/** `/ho-so/:code/luot.pdf`: one slip for all dossiers of a sitting; and the specimens of training. */
export function takenInPapers(app: FastifyInstance, deps: PaperDeps, writer: Writer): void {
  app.get<{ Params: { code: string } }>('/ho-so/:code/luot.pdf', async (request, reply) => {
    const actor = actorOf(request)
    const dossier = dossierAt(deps, actor, request.params.code)
    const first = dossier.sittingId == null ? null : findDossierById(deps.db, dossier.sittingId)
    if (first === null) throw new RuleError('nothing_to_print', { paper: 'Giấy tiếp nhận của lượt nộp' })
    mustStandOn(deps, actor, 'documents_issue', first)
    const sitting = dossiersOfSitting(deps.db, first.id)
    if (sitting.some((each) => isErased(deps, each))) throw new RuleError('dossier_erased')
    const document = await issueDocument(deps, writer, {
      kind: KIND,
      subject: first.code!,
      says: sittingSays(deps, sitting),
      dossier: first,
      actor,
    })
    return replyPdf(reply, storedDocument(deps, document), KIND, document.subject, 'ban', document.version)
  })

  app.get<{ Params: { id: string } }>(`${INTAKE}/tap-huan/:id/giay.pdf`, async (request, reply) => {
    const specimen = specimenAt(deps, actorOf(request), request.params.id)
    return replyPdf(reply, await specimenPaper(deps, specimen), 'mau-tap-huan')
  })
}
