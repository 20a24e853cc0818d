import type { Db } from '../../db/open.ts'
import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { addStep, removeSteps, type Step, stepsOf, updateStep } from '../../db/queries/steps.ts'
import type { ProcedureVersion } from '../catalogue/catalogue.ts'
import type { WorkCalendar } from '../domain/calendar/calendar.ts'
import type { Instant } from '../domain/calendar/day.ts'
import { dueDate } from '../domain/deadlines/deadline.ts'
import { parseLimit } from '../domain/deadlines/time-limit.ts'
import { RuleError } from '../domain/refusals.ts'

/** Lays out the steps of an inter-agency dossier, the first one running (NĐ 61/2018 art 19.6). */
export function startSteps(
  db: Db,
  dossierId: number,
  steps: ProcedureVersion['steps'],
  at: Instant,
  calendar: WorkCalendar,
): void {
  const ordered = [...steps].sort((a, b) => a.position - b.position)
  ordered.forEach(({ position, name, actor, limitText }, index) => {
    const waiting = { position, name, actor, limitText, startedAt: null, dueAt: null, endedAt: null }
    addStep(db, dossierId, index === 0 ? started(waiting, at, calendar) : waiting)
  })
}

/** The steps of a dossier corrected from acceptance: laid out again, ended at the moments when each was done. */
export function layStepsAnew(
  db: Db,
  { id, acceptedAt, endedAt }: Pick<StoredDossier, 'id' | 'acceptedAt' | 'endedAt'>,
  steps: ProcedureVersion['steps'],
  doneAt: readonly Instant[],
  calendar: WorkCalendar,
): void {
  removeSteps(db, id)
  if (steps.length === 0 || acceptedAt === null) return
  startSteps(db, id, steps, acceptedAt, calendar)
  for (const at of doneAt) finishRunningStep(db, id, at, calendar)
  if (endedAt !== null) endRunningStep(db, id, endedAt)
}

/** Ends the running step and starts the next one; refuses when no step is running. */
export function finishRunningStep(db: Db, dossierId: number, at: Instant, calendar: WorkCalendar): void {
  const running = endRunningStep(db, dossierId, at)
  if (running === undefined) throw new RuleError('no_running_step')
  const next = stepsOf(db, dossierId).find((step) => step.position > running.position)
  if (next !== undefined) updateStep(db, dossierId, started(next, at, calendar))
}

/** Ends the step that runs, if one does: nobody is late with a dossier that has ended. */
export function endRunningStep(db: Db, dossierId: number, at: Instant): Step | undefined {
  const running = stepsOf(db, dossierId).find((step) => step.startedAt !== null && step.endedAt === null)
  if (running !== undefined) updateStep(db, dossierId, { ...running, endedAt: at })
  return running
}

/** Step limits are kept to the minute; a step without a limit is not counted (handing the result over). */
function started(step: Step, at: Instant, calendar: WorkCalendar): Step {
  if (step.limitText === null) return { ...step, startedAt: at }
  const rule = { limit: parseLimit(step.limitText), cutoffMinute: null, mode: 'hour_exact' } as const
  return { ...step, startedAt: at, dueAt: dueDate(calendar, rule, at).dueAt }
}
