import { addWorkingDays, closingAt, workingDayFrom } from '../calendar/calendar.ts'
import { type Instant, instantAt, localDayOf, minuteOfDay } from '../calendar/day.ts'
import { type Due, dueDate, resumedDue } from '../deadlines/deadline.ts'
import type { ActContext, ActResult } from './acts.ts'
import type { Dossier } from './dossier.ts'
import { toResolver } from './implied-transfer.ts'
import { lateOnAt } from './lateness.ts'

/**
 * The dossier with its clock standing from `at` on, unless the policy leaves it running. A pause still open ends
 * first and gives its days back; then lateness is settled up to `at`, for a pause protects only what was in time.
 * Example: due 2023-03-10, asked on Monday 13/03 → late since 2023-03-11 whatever the answer brings.
 */
export function beginPause(
  dossier: Dossier,
  at: Instant,
  openPause: NonNullable<ActResult['openPause']>,
  context: ActContext,
): ActResult {
  const { next: running, ...rest } = goOn(dossier, at, context, { answered: false })
  const next = {
    ...running,
    ...toResolver(dossier, at),
    lateOn: lateOnAt(running, at, context.procedure.lateness),
    pausedSince: openPause.policy === 'no_effect' ? null : at,
  }
  return { ...rest, next, openPause }
}

/**
 * The dossier with its open pause, if any, ended at `at` and its clock running: after an answered `restart` pause
 * the whole limit runs anew from `at`; otherwise the due date moves by the union of the working days paused since
 * the clock started. The due date never moves back, and a dossier already late stays late.
 * Example: 10 working days from 2023-02-06, paused 09/02 to 14/02: restarted, due 28/02; resumed, 24/02.
 */
export function goOn(
  dossier: Dossier,
  at: Instant,
  context: ActContext,
  { answered = true }: { answered?: boolean } = {},
): ActResult {
  const open = context.pauses.find((pause) => pause.toAt === null)
  const next = { ...dossier, pausedSince: null, subState: null, lastOccurredAt: at }
  if (open === undefined || dossier.clockStartedAt === null) return { next }
  if (open.policy === 'no_effect') return { next, closePause: true }
  const restarts = open.policy === 'restart' && answered
  const run = restarts
    ? restarted(at, context)
    : dueOfRun(dossier, dossier.clockStartedAt, { ...context, openUntil: at })
  const { due } = run
  const dueAt = stillInTime(dossier, Math.max(run.dueAt, dossier.dueAt ?? run.dueAt), at, context)
  return {
    due,
    closePause: true,
    next: {
      ...next,
      ...(restarts && { clockStartedAt: at, attended: true, extensionDays: 0 }),
      dueAt,
      dueOn: localDayOf(dueAt),
      appointmentAt: Math.max(dossier.appointmentAt ?? dueAt, dueAt),
    },
  }
}

/**
 * A pause begun in time, even after the due hour of the due date, does not make late by ending: the clock goes on
 * with at least the rest of the day. Only limits in hours come to this; by the day, the days paused suffice.
 */
function stillInTime(dossier: Dossier, dueAt: Instant, at: Instant, { calendar }: ActContext): Instant {
  const today = localDayOf(at)
  if (dossier.lateOn !== null || localDayOf(dueAt) >= today) return dueAt
  return closingAt(calendar, workingDayFrom(calendar, today))
}

/** The due date of one run of the clock, and the explanation of all but its extension. */
interface RunDue {
  readonly due: Due
  readonly dueAt: Instant
}

function restarted(at: Instant, { calendar, procedure }: ActContext): RunDue {
  const due = dueDate(calendar, procedure.deadline, at, { attended: true })
  return { due, dueAt: due.dueAt }
}

/**
 * What a calendar makes of the clock that runs since `startedAt`: the limit, moved by the pauses since then and by the
 * extension. A pause still open counts until `openUntil`, or not at all.
 * Example: 10 working days from 2023-02-06, paused 09/02 to 14/02 → 2023-02-24.
 */
export function dueOfRun(
  dossier: Pick<Dossier, 'attended' | 'extensionDays'>,
  startedAt: Instant,
  context: Pick<ActContext, 'calendar' | 'procedure' | 'pauses'> & { readonly openUntil?: Instant },
): RunDue {
  const { calendar, procedure, pauses, openUntil } = context
  const base = dueDate(calendar, procedure.deadline, startedAt, { attended: dossier.attended })
  const stopped = pauses.flatMap(({ policy, fromAt, toAt }) => {
    const to = toAt ?? openUntil
    return policy === 'no_effect' || fromAt < startedAt || to === undefined ? [] : [{ from: fromAt, to }]
  })
  const due = resumedDue(calendar, base, procedure.deadline, stopped)
  return { due, dueAt: laterByWorkingDays(due.dueAt, dossier.extensionDays, context) }
}

/**
 * The moment `days` working days later at the same hour, the close of a day staying a close.
 * Example: Friday 2023-03-10 17:00 and 2 → Tuesday 14/03 17:00.
 */
export function laterByWorkingDays(
  at: Instant,
  days: number,
  { calendar }: Pick<ActContext, 'calendar'>,
): Instant {
  if (days === 0) return at
  const day = localDayOf(at)
  const moved = addWorkingDays(calendar, day, days)
  return at === closingAt(calendar, day) ? closingAt(calendar, moved) : instantAt(moved, minuteOfDay(at))
}
