import type { FastifyInstance } from 'fastify'
import { decisionsOfDossier } from '../../db/queries/calendar-moves.ts'
import { approvalsOf, waitingCorrectionsOf } from '../../db/queries/correction-requests.ts'
import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { slipOfDossier } from '../../db/queries/emergency-slips.ts'
import { findExplanation } from '../../db/queries/explanations.ts'
import { papersOf } from '../../db/queries/papers.ts'
import { stepsOf } from '../../db/queries/steps.ts'
import { eventsOf, pausesOf, type TimelineEvent, textsOf } from '../../db/queries/timeline.ts'
import { mayEnter } from '../accounts/guard.ts'
import { catalogueOf, type ProcedureVersion } from '../catalogue/catalogue.ts'
import type { Deps } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { dossierMessages } from '../messages/dossier-messages.ts'
import type { Show } from '../web/layout.ts'
import { dossierAt } from './dossier-at.ts'
import { dossierPapers } from './dossier-papers.ts'
import { type DossierView, dossierBody } from './dossier-views.ts'
import { maskedPerson } from './masked-person.ts'

/** `/ho-so/:code`: one dossier; one without a code yet is found as `so-` and its number in this installation. */
export function dossierPage(app: FastifyInstance, deps: Deps, show: Show): void {
  app.get<{ Params: { code: string } }>('/ho-so/:code', (request, reply) => {
    const dossier = dossierAt(deps, request.params.code)
    const mayWrite = mayEnter(request.principal, 'dossiers_write')
    const view = { ...viewOf(deps, dossier), messages: dossierMessages(deps, dossier, mayWrite) }
    return show(reply, { title: view.title, area: '/ho-so', body: dossierBody(view) })
  })
}

function viewOf(deps: Deps, dossier: StoredDossier): Omit<DossierView, 'messages'> {
  const { db, clock } = deps
  const catalogue = catalogueOf(db)
  const now = clock.now()
  const events = eventsOf(db, dossier.id)
  const firstId = firstExplanationOf(events)
  const explanation = (id: number | null) => (id === null ? null : findExplanation(db, id))
  return {
    title: dossier.code ?? dossier.slipNumber ?? 'Hồ sơ chưa tiếp nhận',
    dossier,
    catalogue,
    version: catalogue.procedureVersionById.get(dossier.procedureVersionId) as ProcedureVersion,
    calendar: catalogue.calendar(dossier.receivingUnitId),
    now,
    today: localDayOf(now),
    applicant: maskedPerson(deps, dossier.applicantId),
    proxy: maskedPerson(deps, dossier.proxyId),
    papers: papersOf(db, dossier.id),
    steps: stepsOf(db, dossier.id),
    events,
    texts: textsOf(db, dossier.id),
    pauses: pausesOf(db, dossier.id),
    decisions: decisionsOfDossier(db, dossier.id),
    promised: explanation(firstId),
    inForce: explanation(dossier.explanationId),
    moved: firstId !== dossier.explanationId,
    approvals: approvalsOf(db, dossier.id),
    waiting: waitingCorrectionsOf(db, dossier.id),
    slip: slipOfDossier(db, dossier.id),
    issued: dossierPapers(deps, dossier, events),
  }
}

/** The explanation the slip was printed with: that of the first event that has one. */
function firstExplanationOf(events: readonly TimelineEvent[]): number | null {
  for (const { changes } of events) {
    const { explanationId } = JSON.parse(changes) as { explanationId?: number | null }
    if (explanationId != null) return explanationId
  }
  return null
}
