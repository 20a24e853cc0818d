import type { StoredDossier } from '../../db/queries/dossiers.ts'
import type { Actor, Deps } from '../deps.ts'
import { addWorkingDays, openingAt } from '../domain/calendar/calendar.ts'
import { type LocalDay, localDayOf } from '../domain/calendar/day.ts'
import { ACT_RULES } from '../domain/life-cycle/act-rules.ts'
import type { ActResult } from '../domain/life-cycle/acts.ts'
import type { Dossier, PauseKind, PausePolicy, PauseRow } from '../domain/life-cycle/dossier.ts'
import type { PlainAct } from '../domain/life-cycle/life-cycle.ts'
import { RuleError } from '../domain/refusals.ts'
import { type ActRequest, type JudgedAct, judgeAct } from './judge-act.ts'

/** What an act would do, without doing it. */
export interface ActEffect {
  readonly before: StoredDossier
  /** Null where the rules refuse it as it is. */
  readonly after: Dossier | null
  readonly refusal: string | null
  readonly pause: { readonly kind: PauseKind; readonly policy: PausePolicy } | null
  /** A pause it opens, answered so many working days later: where the due date would be then. */
  readonly answers: readonly { readonly days: number; readonly on: LocalDay; readonly dueOn: LocalDay }[]
}

/** The effect of the request; a reason still to be written counts as written. */
export function actEffect(
  deps: Deps,
  actor: Actor,
  dossier: StoredDossier,
  request: () => ActRequest,
): ActEffect {
  const nothing = { before: dossier, after: null, refusal: null, pause: null, answers: [] }
  try {
    const judged = judgeAct(deps, actor, dossier, { reason: 'để xem trước', ...request() })
    const { next, openPause } = judged.result
    const pause = openPause === undefined ? null : { kind: openPause.kind, policy: openPause.policy }
    return { ...nothing, after: next, pause, answers: answersOf(judged) }
  } catch (error) {
    if (!(error instanceof RuleError)) throw error
    return { ...nothing, refusal: error.message }
  }
}

const ANSWERED_AFTER_DAYS = [1, 3, 5] as const

const ENDS = {
  supplement: 'supply_supplement',
  payment: 'pay',
  verification: 'end_verification',
  consultation: 'end_consultation',
  other: null,
} as const satisfies Record<PauseKind, PlainAct | null>

function answersOf({ at, context, result }: JudgedAct): ActEffect['answers'] {
  const { next, openPause } = result
  const act = openPause === undefined ? null : ENDS[openPause.kind]
  if (openPause === undefined || act === null || next.clockStartedAt === null) return []
  const pauses = pausesWith(context.pauses, openPause, at)
  return ANSWERED_AFTER_DAYS.flatMap((days) => {
    try {
      const on = addWorkingDays(context.calendar, localDayOf(at), days)
      const answeredAt = openingAt(context.calendar, on)
      const input = { at: answeredAt, hasReason: true }
      const { dueOn } = ACT_RULES[act](next, input, { ...context, now: answeredAt, pauses }).next
      return dueOn === null ? [] : [{ days, on, dueOn }]
    } catch (error) {
      // Beyond the calendar there is nothing to show.
      if (error instanceof RuleError) return []
      throw error
    }
  })
}

/** A new pause ends the one that is open. */
function pausesWith(
  pauses: readonly PauseRow[],
  opened: NonNullable<ActResult['openPause']>,
  at: number,
): readonly PauseRow[] {
  const ended = pauses.map((pause) => (pause.toAt === null ? { ...pause, toAt: at } : pause))
  return [...ended, { ...opened, fromAt: at, toAt: null }]
}
