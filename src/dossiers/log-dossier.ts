import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { addPapers, type Paper } from '../../db/queries/papers.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Actor, Deps } from '../deps.ts'
import { type Instant, localDayOf } from '../domain/calendar/day.ts'
import type { Channel } from '../domain/counting/tally.ts'
import type { ActInput, ActResult } from '../domain/life-cycle/acts.ts'
import { accept, refuseIntake, resolveAtOnce, submit } from '../domain/life-cycle/acts-intake.ts'
import type { FeePayment, Outcome, ReturnMode } from '../domain/life-cycle/dossier.ts'
import type { Act } from '../domain/life-cycle/life-cycle.ts'
import { tellCitizen } from '../messages/tell-citizen.ts'
import { actContext } from './act-context.ts'
import { blankDossier } from './blank-dossier.ts'
import { openingNumbers } from './dossier-numbers.ts'
import { procedureOn, receivingUnit } from './intake-place.ts'
import { actingOf, standFor } from './own-unit.ts'
import { type PersonInput, recordPerson } from './record-person.ts'
import { sittingOf } from './sitting.ts'
import { startSteps } from './steps.ts'
import { storeNew } from './store-change.ts'

/** What the counter, the portal, an import or a seed says of a new dossier. Unit, procedure, officer by key or code. */
export interface IntakeInput {
  readonly act: Extract<Act, 'submit' | 'accept' | 'resolve_at_once' | 'refuse_intake'>
  readonly at?: Instant | undefined
  readonly unit: string
  readonly resolvingUnit?: string | undefined
  readonly procedure: string
  /** `online` takes the level at which the procedure is published. */
  readonly channel: Channel | 'online'
  readonly applicant: PersonInput
  readonly proxy?: PersonInput | undefined
  readonly papers?: readonly Paper[] | undefined
  readonly quantity?: number | undefined
  readonly fee?: number | undefined
  /** Paid at intake, and how; left out: not paid yet. */
  readonly feePayment?: FeePayment | undefined
  readonly returnMode?: ReturnMode | undefined
  readonly assisted?: boolean | undefined
  readonly kiosk?: boolean | undefined
  readonly digitised?: boolean | undefined
  readonly eResult?: boolean | undefined
  readonly attended?: boolean | undefined
  readonly outcome?: Outcome | undefined
  readonly assignee?: string | undefined
  /** Code of the first dossier of the sitting in which the same person hands in several. */
  readonly sitting?: string | undefined
  readonly reason?: string | undefined
  readonly note?: string | undefined
}

const OPENING_ACTS = { submit, accept, resolve_at_once: resolveAtOnce, refuse_intake: refuseIntake } as const

/** Logs one dossier: at the counter, by post, or as it arrives online. Run it inside a write. */
export function logDossier(deps: Deps, actor: Actor, input: IntakeInput): StoredDossier {
  const { db, clock } = deps
  const now = clock.now()
  const at = input.at ?? now
  const day = localDayOf(at)
  const catalogue = catalogueOf(db)
  const { unit, version: unitVersion } = receivingUnit(catalogue, input.unit, day)
  const { procedure, version } = procedureOn(catalogue, input.procedure, day)
  const blank = blankDossier(catalogue, input, { unit, procedure, version, at, day })
  const unitIds = [blank.unitId, unit.id]
  const standing = standFor(catalogue, { actor, permission: 'dossiers_write', unitIds, day, now })
  const context = actContext(deps, {
    role: standing.role,
    leave: actor.leave,
    at,
    now,
    receivingUnitId: unit.id,
    version,
    pauses: [],
  })
  const actInput: ActInput = {
    at,
    hasReason: Boolean(input.reason),
    ...(input.attended !== undefined && { attended: input.attended }),
    ...(input.outcome !== undefined && { outcome: input.outcome }),
  }
  const result: ActResult = OPENING_ACTS[input.act](blank, actInput, context)
  const applicantId = recordPerson(deps, input.applicant)
  const row = {
    applicantId,
    // What is refused at the desk is handed back: it is no part of what was handed in together.
    sittingId:
      result.next.state === 'not_accepted'
        ? null
        : sittingOf(deps, input.sitting, { receivingUnitId: unit.id, applicantId, day }),
    proxyId: input.proxy === undefined ? null : recordPerson(deps, input.proxy),
    ...openingNumbers(db, unitVersion, result),
  }
  const happening = {
    act: input.act,
    at,
    recordedAt: now,
    actor: actingOf(actor, standing),
    reason: input.reason,
    note: input.note,
  }
  const stored = storeNew(db, row, result, happening)
  if (input.papers !== undefined) addPapers(db, stored.id, input.papers)
  if (version.steps.length > 0 && stored.acceptedAt !== null) {
    startSteps(db, stored.id, version.steps, at, context.calendar)
  }
  tellCitizen(deps, actor, stored, happening)
  return stored
}
