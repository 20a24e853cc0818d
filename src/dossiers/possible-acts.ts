import type { StoredDossier } from '../../db/queries/dossiers.ts'
import type { Step } from '../../db/queries/steps.ts'
import type { ProcedureVersion } from '../catalogue/catalogue.ts'
import { procedureRule } from '../catalogue/procedure-rule.ts'
import type { Instant } from '../domain/calendar/day.ts'
import { type ActorRole, isHead } from '../domain/life-cycle/acts.ts'
import type { State } from '../domain/life-cycle/dossier.ts'
import { lateOnAt } from '../domain/life-cycle/lateness.ts'
import { type Act, actsFrom, TRANSITIONS, type Transition } from '../domain/life-cycle/life-cycle.ts'

/** What usually comes next in a state, the first that is possible. */
const USUAL = {
  submitted: ['accept'],
  not_accepted: [],
  accepted: ['transfer', 'finish'],
  processing: ['end_verification', 'end_consultation', 'finish_step', 'finish'],
  awaiting_supplement: ['supply_supplement'],
  awaiting_payment: ['pay'],
  withdrawn: [],
  stopped: [],
  result_ready: ['return_result'],
  returned: [],
  voided: [],
} as const satisfies Record<State, readonly Act[]>

interface Around {
  readonly version: ProcedureVersion
  readonly steps: readonly Step[]
  readonly now: Instant
}

type Needs = (dossier: StoredDossier, around: Around) => boolean

/** Acts that ask for more than the state. */
const NEEDS: Partial<Record<Act, Needs>> = {
  resolve_at_once: (_, { version }) => version.instant,
  answer_before_acceptance: ({ subState }) => subState === 'asked_before_acceptance',
  ask_before_acceptance: ({ subState }) => subState !== 'asked_before_acceptance',
  end_verification: ({ subState }) => subState === 'verifying',
  end_consultation: ({ subState }) => subState === 'consulting',
  begin_verification: ({ subState }) => subState !== 'verifying' && subState !== 'consulting',
  begin_consultation: ({ subState }) => subState !== 'verifying' && subState !== 'consulting',
  send_for_signature: ({ subState }) => subState !== 'awaiting_signature',
  return_from_signature: ({ subState }) => subState === 'awaiting_signature',
  // As the law leaves it: some of the days are left, and it is not too late by now, whether or not anybody has noted it.
  extend: (dossier, { version, now }) =>
    dossier.extensionDays < (version.extensionDays ?? 0) &&
    lateOnAt(dossier, now, procedureRule(version).lateness) === null,
  apologise: ({ reappointed }) => !reappointed,
  finish_step: (_, { steps }) => steps.some((step) => step.startedAt !== null && step.endedAt === null),
}

/** What the life cycle leaves open from a state to this role; what heads alone do, to nobody else. */
export function actsInRole(state: State, role: ActorRole): readonly Act[] {
  return actsFrom(state).filter((act) => (TRANSITIONS[act] as Transition).role !== 'head' || isHead(role))
}

export interface PossibleActs {
  /** What usually comes next; null for a dossier that is over. */
  readonly next: Act | null
  readonly others: readonly Act[]
}

/** What somebody in this role may do with a dossier now. */
export function possibleActs(dossier: StoredDossier, role: ActorRole, around: Around): PossibleActs {
  const possible = actsInRole(dossier.state, role).filter((act) => NEEDS[act]?.(dossier, around) ?? true)
  const usual: readonly Act[] = USUAL[dossier.state]
  const next = usual.find((act) => possible.includes(act)) ?? null
  return { next, others: possible.filter((act) => act !== next) }
}
