import { insertCorrection, waitingCorrectionsOf } from '../../db/queries/correction-requests.ts'
import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { closedThrough } from '../../db/queries/late-changes.ts'
import { eventIdOf } from '../../db/queries/timeline.ts'
import { absentAt } from '../accounts/posts.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Actor, Deps } from '../deps.ts'
import { type LocalDay, localDayOf } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'
import { CORRECTING, KNOWN_LATER } from '../dossiers/closed-days.ts'
import { closedEffect, type Effect, effectOf } from './effect.ts'
import { actOf, type Entry, momentOf, perform, reasonOf } from './entry.ts'
import { sealEntry } from './sealed-entry.ts'

/** Done, or kept until somebody who may has looked at it: `id` is the dossier's, or the request's. */
export type Entered =
  | { readonly id: number; readonly waiting: false; readonly dossier: StoredDossier }
  | { readonly id: number; readonly waiting: true }

/**
 * Does what the entry says: in one's own right, and where that does not reach, in the name of whoever one stands in for.
 * What this person may only ask for (a day too far back, a change of a closed period) is kept whole and waits for
 * approval, once it has a reason and nothing else is wrong with it; what somebody may correct alone is recorded as
 * approved by themselves. Run it inside a write.
 */
export function enterOrAsk(deps: Deps, actor: Actor, entry: Entry): Entered {
  const own = attempt(deps, actor, entry)
  if ('id' in own) return own
  const mayTheirs = REACHES_FURTHER.has(own.refused.code) && standsIn(deps, actor)
  const theirs = mayTheirs ? attempt(deps, { ...actor, inTheirName: true }, entry) : own
  if ('id' in theirs) return theirs
  const asked = [own, theirs].find(({ refused }) => MAY_BE_ASKED.has(refused.code))
  if (asked === undefined || !reasonOf(entry)) throw theirs.refused
  const effect = effectOf(deps, { ...asked.actor, leave: 'approved' }, entry)
  return { id: ask(deps, asked.actor, entry, effect), waiting: true }
}

/** Does it, or tells by which rule this actor may not. */
function attempt(
  deps: Deps,
  actor: Actor,
  entry: Entry,
): Entered | { readonly refused: RuleError; readonly actor: Actor } {
  try {
    const dossier = deps.db.transaction(() => perform(deps, actor, entry))()
    noteOwnCorrection(deps, actor, entry, dossier)
    return { id: dossier.id, waiting: false, dossier }
  } catch (error) {
    if (!(error instanceof RuleError)) throw error
    return { refused: error, actor }
  }
}

function standsIn({ db, clock }: Deps, { officerId }: Actor): boolean {
  return officerId !== null && absentAt(catalogueOf(db), officerId, clock.now()).length > 0
}

const MAY_BE_ASKED: ReadonlySet<string> = new Set(['back_dated_too_far', 'needs_approval'])

/** What a head may and others may not. */
const REACHES_FURTHER: ReadonlySet<string> = new Set([...MAY_BE_ASKED, 'head_only'])

/** Refuses (`correction_waits`) a second request for what somebody has asked for already. */
function ask(deps: Deps, actor: Actor, entry: Entry, effect: Effect): number {
  const waiting = effect.before === null ? [] : waitingCorrectionsOf(deps.db, effect.before.id)
  const same = waiting.find(({ act }) => act === actOf(entry))
  if (same !== undefined) throw new RuleError('correction_waits', { request: same.id })
  return insertCorrection(deps.db, {
    ...aboutIt(deps, entry, effect),
    request: sealEntry(deps, { actor, entry, onBehalfOfId: effect.onBehalfOfId }),
    requestedBy: actor.officerId,
    requestedAt: deps.clock.now(),
    status: 'waiting',
    ...{ decidedBy: null, decidedAt: null, decisionNote: null, eventId: null },
  })
}

function noteOwnCorrection(deps: Deps, actor: Actor, entry: Entry, dossier: StoredDossier): void {
  const { db, clock } = deps
  if (!reasonOf(entry) || actor.role === 'system') return
  const effect = {
    before: entry.kind === 'intake' ? null : dossier,
    after: dossier,
    ...closedEffect(deps, dossier),
  }
  const through = closedThrough(db)
  const about = aboutIt(deps, entry, effect)
  if (through === null || about.day > through) return
  const now = clock.now()
  const request = insertCorrection(db, {
    ...about,
    dossierId: dossier.id,
    request: null,
    requestedBy: actor.officerId,
    requestedAt: now,
    status: 'approved',
    ...{ decidedBy: actor.officerId, decidedAt: now, decisionNote: null },
    eventId: eventIdOf(db, dossier.id, dossier.version),
  })
  const data = { request, outcome: 'approved', own: true }
  recordAudit(deps, { kind: 'correction_decided', actorId: actor.officerId, dossierId: dossier.id, data })
}

function aboutIt(
  { clock }: Deps,
  entry: Entry,
  { before, after, changes }: Pick<Effect, 'before' | 'after' | 'changes'>,
) {
  const act = actOf(entry)
  const dated = localDayOf(momentOf(entry) ?? clock.now())
  const taken = CORRECTING.has(act) ? changes.filter(({ flow }) => !KNOWN_LATER.has(flow)) : []
  const [day = dated] = [...taken.map((change): LocalDay => change.day), dated].sort()
  const isIntake = entry.kind === 'intake'
  return {
    dossierId: before?.id ?? null,
    unitId: isIntake ? after.receivingUnitId : (before ?? after).unitId,
    act,
    day,
    reason: reasonOf(entry) ?? '',
  }
}
