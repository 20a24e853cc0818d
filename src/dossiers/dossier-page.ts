import type { FastifyInstance } from 'fastify'
import { attachmentsOf } from '../../db/queries/attachments.ts'
import { decisionsOfDossier } from '../../db/queries/calendar-moves.ts'
import { approvalsOf, waitingCorrectionsOf } from '../../db/queries/correction-requests.ts'
import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { slipOfDossier } from '../../db/queries/emergency-slips.ts'
import { findExplanation } from '../../db/queries/explanations.ts'
import { receiptsOf } from '../../db/queries/fee-receipts.ts'
import { custodyOf } from '../../db/queries/hand-overs.ts'
import { papersOf } from '../../db/queries/papers.ts'
import { stepsOf } from '../../db/queries/steps.ts'
import { eventsOf, pausesOf, type TimelineEvent, textsOf } from '../../db/queries/timeline.ts'
import { may } from '../accounts/access.ts'
import { attachmentLimitMib } from '../attachments/attachment-limit.ts'
import { mayAttach } from '../attachments/may-attach.ts'
import { catalogueOf, type ProcedureVersion } from '../catalogue/catalogue.ts'
import type { Actor, Deps } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { dossierMessages } from '../messages/dossier-messages.ts'
import type { PageOptions } from '../page-options.ts'
import { actorOf } from '../web/actor.ts'
import type { Show } from '../web/layout.ts'
import { checklist } from './checklist.ts'
import { dossierAt } from './dossier-at.ts'
import { dossierPapers } from './dossier-papers.ts'
import { type DossierRights, type DossierView, dossierBody } from './dossier-views.ts'
import { offeredActs } from './offered-acts.ts'
import type { Presence } from './presence.ts'
import { presentNow } from './presence-view.ts'
import { shownPeople } from './shown-people.ts'
import { standingOn } from './standing-on.ts'

/** `/ho-so/:code`: one dossier; one without a code yet is found as `so-` and its number in this installation. */
export function dossierPage(
  app: FastifyInstance,
  { deps, writer }: PageOptions,
  presence: Presence,
  show: Show,
): void {
  app.get<Route>('/ho-so/:code', async (request, reply) => {
    const actor = actorOf(request)
    const dossier = dossierAt(deps, actor, request.params.code)
    const people = await shownPeople(deps, writer, actor, dossier)
    const view = {
      ...viewOf(deps, dossier),
      people,
      rights: rightsOn(deps, actor, dossier),
      offered: offeredActs(deps, actor, dossier),
      others: presentNow(deps, presence, actor, dossier),
      done: request.query.vua,
      attachments: attachmentsOf(deps.db, dossier.id),
      mayAttach: mayAttach(deps, actor, dossier),
      attachmentMib: attachmentLimitMib(deps),
      messages: dossierMessages(deps, dossier, standingOn(deps, actor, 'dossiers_write', dossier) !== null),
    }
    return show(reply, { title: view.title, area: '/ho-so', body: dossierBody(view) })
  })
}

interface Route {
  readonly Params: { readonly code: string }
  readonly Querystring: { readonly vua?: string }
}

type ForAsker =
  | 'people'
  | 'rights'
  | 'offered'
  | 'others'
  | 'done'
  | 'attachments'
  | 'mayAttach'
  | 'attachmentMib'
  | 'messages'

function rightsOn(deps: Deps, actor: Actor, dossier: StoredDossier): DossierRights {
  return {
    late: standingOn(deps, actor, 'corrections_ask', dossier) !== null,
    papers: standingOn(deps, actor, 'documents_issue', dossier) !== null,
    corrections: may(actor, 'corrections_read'),
  }
}

function viewOf(deps: Deps, dossier: StoredDossier): Omit<DossierView, ForAsker> {
  const { db, clock } = deps
  const catalogue = catalogueOf(db)
  const now = clock.now()
  const events = eventsOf(db, dossier.id)
  const firstId = firstExplanationOf(events)
  const version = catalogue.procedureVersionById.get(dossier.procedureVersionId) as ProcedureVersion
  const texts = textsOf(db, dossier.id)
  const explanation = (id: number | null) => (id === null ? null : findExplanation(db, id))
  return {
    title: dossier.code ?? dossier.slipNumber ?? 'Hồ sơ chưa tiếp nhận',
    dossier,
    catalogue,
    version,
    calendar: catalogue.calendar(dossier.receivingUnitId),
    now,
    today: localDayOf(now),
    papers: checklist({ papers: papersOf(db, dossier.id), version, events, texts }),
    steps: stepsOf(db, dossier.id),
    events,
    texts,
    pauses: pausesOf(db, dossier.id),
    decisions: decisionsOfDossier(db, dossier.id),
    promised: explanation(firstId),
    inForce: explanation(dossier.explanationId),
    moved: firstId !== dossier.explanationId,
    approvals: approvalsOf(db, dossier.id),
    waiting: waitingCorrectionsOf(db, dossier.id),
    slip: slipOfDossier(db, dossier.id),
    issued: dossierPapers(deps, dossier, events),
    custody: custodyOf(db, dossier.id),
    receipts: receiptsOf(db, dossier.id),
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
