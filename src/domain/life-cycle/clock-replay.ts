import { type Instant, localDayOf } from '../calendar/day.ts'
import { apologyDueOn, dueDate } from '../deadlines/deadline.ts'
import type { ActContext, ActResult } from './acts.ts'
import { extended } from './acts-clock.ts'
import type { Dossier, PauseRow } from './dossier.ts'
import { endClassOf, lateOnAsOf, lateOnAt } from './lateness.ts'
import { goOn } from './standing-clock.ts'

/** Something that moved the clock of a dossier, or at which its lateness was judged. */
export type ClockStep =
  | { readonly kind: 'pause'; readonly at: Instant; readonly pause: PauseRow }
  | { readonly kind: 'go_on'; readonly at: Instant; readonly answered: boolean }
  | { readonly kind: 'extend'; readonly at: Instant; readonly days: number }
  | { readonly kind: 'apologise'; readonly at: Instant; readonly appointmentAt: Instant }
  | { readonly kind: 'end'; readonly at: Instant }

/** The clock while it is run through again. */
interface Run {
  readonly dossier: Dossier
  readonly due: ActResult['due']
  readonly pauses: readonly PauseRow[]
}

/**
 * The dossier with its clock run again from `acceptedAt` through all that happened since, by the procedure and the
 * calendar of `context`: due date, lateness and class of the end as if they had been right from the beginning.
 */
export function replayClock(
  dossier: Dossier,
  acceptedAt: Instant,
  { attended, steps }: { readonly attended: boolean; readonly steps: readonly ClockStep[] },
  context: ActContext,
): ActResult {
  const due = dueDate(context.calendar, context.procedure.deadline, acceptedAt, { attended })
  const started: Dossier = {
    ...dossier,
    ...{ acceptedAt, attended, clockStartedAt: acceptedAt, receiptDay: due.receiptDay },
    ...{ dueAt: due.dueAt, dueOn: due.dueOn, appointmentAt: due.dueAt, extensionDays: 0 },
    ...{ lateOn: null, pausedSince: null, endedOn: null, apologyInTime: false },
  }
  const first: Run = { dossier: started, due, pauses: [] }
  const run = steps.reduce((before, step) => after(before, step, context), first)
  const { subState, lastOccurredAt, endedOn, endedAt } = dossier
  const next = { ...run.dossier, subState, lastOccurredAt, endedOn }
  const { lateness } = context.procedure
  // A pending dossier that is late by now: the first act after it writes that down, at its own moment.
  const judged = endedAt !== null && {
    lateOn: lateOnAt(run.dossier, endedAt, lateness),
    endClass: endClassOf(run.dossier, endedAt, lateness),
  }
  return { next: { ...next, ...judged }, ...(run.due && { due: run.due }) }
}

/** A dossier that is late before a step stays late, whatever the step does to the date. */
function after({ dossier, due, pauses }: Run, step: ClockStep, context: ActContext): Run {
  const { at } = step
  const lateOn = lateOnAt(dossier, at, context.procedure.lateness)
  switch (step.kind) {
    case 'pause': {
      const pausedSince = step.pause.policy === 'no_effect' ? null : at
      return {
        due,
        dossier: { ...dossier, lateOn, pausedSince },
        pauses: [...pauses, { ...step.pause, toAt: null }],
      }
    }
    case 'go_on': {
      const resumed = goOn(dossier, at, { ...context, pauses }, step)
      const closed = pauses.map((pause) => ({ ...pause, toAt: pause.toAt ?? at }))
      return { dossier: resumed.next, due: resumed.due ?? due, pauses: closed }
    }
    case 'extend': {
      const late = { ...dossier, lateOn: lateOnAsOf(dossier, localDayOf(at)) }
      return { due, pauses, dossier: extended(late, dossier.dueAt ?? at, step.days, context) }
    }
    case 'apologise': {
      const lastDay = apologyDueOn(context.calendar, dossier.dueOn ?? localDayOf(at))
      const apologyInTime = lateOn === null && localDayOf(at) <= lastDay
      const appointmentAt = Math.max(step.appointmentAt, dossier.dueAt ?? 0)
      return { due, pauses, dossier: { ...dossier, lateOn, apologyInTime, appointmentAt } }
    }
    case 'end':
      return { due, pauses, dossier: { ...dossier, lateOn } }
  }
}
