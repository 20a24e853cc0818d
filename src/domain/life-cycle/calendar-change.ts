import {
  addWorkingDays,
  closingAt,
  isWorkingDay,
  type WorkCalendar,
  workingDayFrom,
} from '../calendar/calendar.ts'
import { addDays, type Instant, instantAt, type LocalDay, localDayOf } from '../calendar/day.ts'
import { type Due, dueDate, receivingDueAt, transferDueAt } from '../deadlines/deadline.ts'
import { isPastMinute } from '../deadlines/past-minute.ts'
import { parseLimit } from '../deadlines/time-limit.ts'
import type { ActContext } from './acts.ts'
import type { Dossier } from './dossier.ts'
import { lateOnAsOf } from './lateness.ts'
import { dueOfRun } from './standing-clock.ts'

/** One calendar in the place of another, for the units that share it. */
export interface CalendarChange {
  readonly before: WorkCalendar
  readonly after: WorkCalendar
  readonly now: Instant
  /** A promise may also be shortened, though never to before today. */
  readonly mayShorten: boolean
  /** When the decision that this change undoes was recorded: inner limits it moved go back. */
  readonly undoes?: Instant
}

export interface Moved {
  readonly next: Dossier
  /** The explanation of the new due date, where the calendar gave it. */
  readonly due?: Due
  /** Days counted overdue that are so no more: [from, to), empty on the very first day. */
  readonly cleared: { readonly from: LocalDay; readonly to: LocalDay } | null
}

type Terms = Pick<ActContext, 'procedure' | 'pauses'>

/** What a calendar makes of a limit. */
type Rule = (calendar: WorkCalendar) => Instant

/**
 * A dossier under another calendar: the dossier with its clocks moved, or null where none moves. What has ended is
 * never touched; a dossier the change does not concern keeps its dates, also those that no calendar explains.
 * Example: accepted Wednesday 2025-12-31, 3 working days, due 2026-01-06; 2/1 becomes a day off → 2026-01-07.
 */
export function changeCalendar(dossier: Dossier, change: CalendarChange, terms: Terms): Moved | null {
  if (dossier.state === 'submitted') return moveReceiving(dossier, change, terms)
  if (dossier.clockStartedAt === null || dossier.dueAt === null || dossier.endedAt !== null) return null
  const under = dueUnder(dossier, dossier.clockStartedAt, dossier.dueAt, change, terms)
  const withTransfer = { ...dossier, transferDueAt: transferUnder(dossier, change) }
  if (under.dueAt !== dossier.dueAt) return moveDue(withTransfer, under, change)
  return withTransfer.transferDueAt === dossier.transferDueAt ? null : { next: withTransfer, cleared: null }
}

/**
 * Whether the new calendar alone would give an earlier due date than the one in force, which is kept.
 * Example: a day off is worked after all; the slip said one day later → true.
 */
export function keepsPromise(dossier: Dossier, { before, after }: CalendarChange, terms: Terms): boolean {
  if (dossier.clockStartedAt === null || dossier.dueAt === null || dossier.endedAt !== null) return false
  const was = dueOfRun(dossier, dossier.clockStartedAt, { ...terms, calendar: before }).dueAt
  const is = dueOfRun(dossier, dossier.clockStartedAt, { ...terms, calendar: after }).dueAt
  return is < was && is < dossier.dueAt
}

/** Under the new calendar, when a running step of an inter-agency dossier is due. Example: 16 hours over 2/1. */
export function stepDueUnder(
  { startedAt, dueAt, limitText }: { startedAt: Instant; dueAt: Instant; limitText: string },
  change: CalendarChange,
): Instant {
  const rule = { limit: parseLimit(limitText), cutoffMinute: null, mode: 'hour_exact' } as const
  return innerLimit(startedAt, dueAt, (calendar) => dueDate(calendar, rule, startedAt).dueAt, change)
}

/** Under the new calendar, when a request made at `fromAt` expires. Example: 15 working days over Tết. */
export function expiryUnder(
  { fromAt, dueAt, workingDays }: { fromAt: Instant; dueAt: Instant; workingDays: number },
  change: CalendarChange,
): Instant {
  const rule = (calendar: WorkCalendar) =>
    closingAt(calendar, addWorkingDays(calendar, localDayOf(fromAt), workingDays))
  return innerLimit(fromAt, dueAt, rule, change)
}

/** A limit of work inside the house, since `from`: no promise to anybody, so that undoing a decision takes it back. */
function innerLimit(from: Instant, dueAt: Instant, rule: Rule, change: CalendarChange): Instant {
  const { before, after, now, undoes } = change
  const isItsWork = undoes !== undefined && from <= undoes && dueAt === rule(before)
  const is = rule(after)
  return isItsWork && !isPastMinute(now, is) ? is : movedUnlessOut(dueAt, rule, change)
}

function dueUnder(
  dossier: Dossier,
  startedAt: Instant,
  inForce: Instant,
  change: CalendarChange,
  terms: Terms,
): { readonly dueAt: Instant; readonly due?: Due } {
  const was = dueOfRun(dossier, startedAt, { ...terms, calendar: change.before })
  const is = dueOfRun(dossier, startedAt, { ...terms, calendar: change.after })
  const later = was.dueAt === is.dueAt ? inForce : Math.max(is.dueAt, floorOf(inForce, change))
  const dueAt = offTheClosedDay(later, change)
  return dueAt === is.dueAt ? { dueAt, due: is.due } : { dueAt }
}

/**
 * The date moves; lateness is settled by the date that was in force up to today. Only if that is the date it missed, and
 * the new one has not passed, it is in time again: a dossier late from an earlier run of its clock stays late.
 */
function moveDue(
  dossier: Dossier,
  { dueAt, due }: { dueAt: Instant; due?: Due },
  { now }: CalendarChange,
): Moved {
  const today = localDayOf(now)
  const dueOn = localDayOf(dueAt)
  const lateOn = lateOnAsOf(dossier, today)
  const inTimeAgain = lateOn !== null && addDays(lateOn, -1) === dossier.dueOn && dueOn >= today
  const lateness = inTimeAgain ? null : lateOn
  const settledOn = lateness === dossier.lateOn ? null : (lateness ?? today)
  const next = {
    ...dossier,
    dueAt,
    dueOn,
    appointmentAt: Math.max(dossier.appointmentAt ?? dueAt, dueAt),
    lateOn: lateness,
    // Nothing may be entered any more for the days on which its lateness is settled now.
    ...(settledOn !== null && { lastOccurredAt: Math.max(dossier.lastOccurredAt, instantAt(settledOn, 0)) }),
  }
  const cleared = inTimeAgain && lateOn <= today ? { from: lateOn, to: today } : null
  return { next, cleared, ...(due && { due }) }
}

function transferUnder({ acceptedAt, transferredAt, transferDueAt: dueAt }: Dossier, change: CalendarChange) {
  if (acceptedAt === null || dueAt === null || transferredAt !== null) return dueAt
  return movedUnlessOut(dueAt, (calendar) => transferDueAt(calendar, acceptedAt), change)
}

/** The 8 hours of a submission: what has run out stays so (NĐ 45/2020). */
function moveReceiving(dossier: Dossier, change: CalendarChange, { pauses }: Terms): Moved | null {
  const { submittedAt, receivingDueAt: inForce, receivedLate, subState } = dossier
  if (submittedAt === null || inForce === null || receivedLate) return null
  const stopped = pauses.flatMap(({ fromAt, toAt }) => (toAt === null ? [] : [{ from: fromAt, to: toAt }]))
  const standing = subState === 'asked_before_acceptance'
  const rule = (calendar: WorkCalendar) => receivingDueAt(calendar, submittedAt, stopped)
  const dueAt = standing ? moved(inForce, rule, change) : movedUnlessOut(inForce, rule, change)
  if (dueAt === inForce) return null
  return { next: { ...dossier, receivingDueAt: dueAt, receivingDueOn: localDayOf(dueAt) }, cleared: null }
}

function movedUnlessOut(inForce: Instant, rule: Rule, change: CalendarChange) {
  return isPastMinute(change.now, inForce) ? inForce : moved(inForce, rule, change)
}

/** The later of what the new calendar says and what is in force; what the change does not concern stays. */
function moved(inForce: Instant, rule: Rule, change: CalendarChange): Instant {
  const [was, is] = [rule(change.before), rule(change.after)]
  return was === is ? inForce : Math.max(is, floorOf(inForce, change))
}

/** What a new date may not fall below: the one in force, or, where promises may be shortened, today. */
function floorOf(inForce: Instant, { after, now, mayShorten }: CalendarChange): Instant {
  if (!mayShorten) return inForce
  return Math.min(inForce, closingAt(after, workingDayFrom(after, localDayOf(now))))
}

/** A date kept, on a day no longer worked, is that of the next working day (Bộ luật Dân sự 2015 art. 148.5). */
function offTheClosedDay(inForce: Instant, { before, after }: CalendarChange): Instant {
  const day = localDayOf(inForce)
  const closed = isWorkingDay(before, day) && !isWorkingDay(after, day)
  return closed ? closingAt(after, workingDayFrom(after, day)) : inForce
}
