import {
  closedFrom,
  type DayCloseRow,
  findDayClose,
  openedAgainBefore,
  setDayFigures,
  upsertDayClose,
} from '../../db/queries/day-closes.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { catalogueOf, type Unit } from '../catalogue/catalogue.ts'
import { unitName } from '../catalogue/unit-choices.ts'
import type { Actor, Deps } from '../deps.ts'
import { addDays, type LocalDay, localDayOf } from '../domain/calendar/day.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import { isHead } from '../domain/life-cycle/acts.ts'
import { FEE_PAYMENTS, type FeePayment } from '../domain/life-cycle/dossier.ts'
import { RuleError } from '../domain/refusals.ts'
import { standFor } from '../dossiers/own-unit.ts'
import { PAYMENT_LABELS } from '../fees/payment-labels.ts'
import { fullDay, timeOfDay } from '../web/formats.ts'
import { type ClosedFigures, type DayFigures, dayFigures, figuresOf, namedIn, untied } from './day-figures.ts'
import { hoursEnd } from './hours-end.ts'

export interface Closing {
  readonly unit: Unit
  readonly day: LocalDay
  /** đồng in hand, by payment; left out where nothing was typed. */
  readonly counting: Readonly<Partial<Record<FeePayment, number>>>
  readonly cashNote: string
  /** Before the end of the working hours of the day, and meant so. */
  readonly early: boolean
}

/**
 * Closes a day at a desk: fixes its figures and its cash. What does not tie is kept as it is; money that is missing, too
 * much or without a receipt needs a word. A day on which nothing happened closes too. Refuses (`earlier_day_open`) while a
 * day before it stands open again, for its money would be in no closing; and (`hours_not_over`) who did not say that they
 * close before the end of the hours. Run it inside a write.
 */
export function closeDay(
  deps: Deps,
  actor: Actor,
  { unit, day, counting, cashNote, early }: Closing,
): DayCloseRow {
  const { db, clock } = deps
  const now = clock.now()
  const today = localDayOf(now)
  standFor(catalogueOf(db), { actor, permission: 'dossiers_write', unitIds: [unit.id], day: today, now })
  if (day > today) throw new RuleError('desk_day_to_come', { day: fullDay(day) })
  const closed = closedFrom(db, unit.id, day)
  if (closed?.day === day)
    throw new RuleError('desk_day_closed', { day: fullDay(day), unit: unitName(unit, day) })
  if (closed !== null) throw new RuleError('later_day_closed', { later: fullDay(closed.day) })
  const earlier = openedAgainBefore(db, unit.id, day)
  if (earlier !== null)
    throw new RuleError('earlier_day_open', {
      earlier: fullDay(earlier.day),
      unit: unitName(unit, day),
      day: fullDay(day),
    })
  const end = hoursEnd(deps, unit.id, day)
  if (end !== null && !early) throw new RuleError('hours_not_over', { end: timeOfDay(end) })
  const figures = dayFigures(deps, unit.id, day)
  const { length: unreceipted } = figures.unreceipted
  if (unreceipted > 0 && cashNote.trim() === '')
    throw new RuleError('fees_without_receipt', { count: formatCount(unreceipted) })
  const counted = countedCash(figures, counting, cashNote)
  const before = findDayClose(db, unit.id, day)
  const kept: ClosedFigures = {
    ...figures,
    counting: counted,
    cashNote: cashNote.trim() === '' ? null : cashNote.trim(),
    reopenings: before === null ? [] : figuresOf(before).reopenings,
    openAgain: false,
    namedBefore: before === null ? [] : namedIn(figuresOf(before)),
  }
  upsertDayClose(db, {
    unitId: unit.id,
    day,
    figures: JSON.stringify(kept),
    closedAt: now,
    closedById: actor.officerId,
  })
  recordAudit(deps, {
    kind: 'day_closed',
    actorId: actor.officerId,
    data: {
      step: 'closed',
      unit: unit.id,
      day,
      open: figures.counted.open,
      untied: untied(figures).length,
      moved: figures.moved.length,
      unreceipted,
      cashOff: FEE_PAYMENTS.filter((payment) => counted[payment] !== figures.cash[payment].due).length,
    },
  })
  return findDayClose(db, unit.id, day) as DayCloseRow
}

/** The head opens a closed day again, with why; that stays on record. Only the last closed day. Run it inside a write. */
export function reopenDay(deps: Deps, actor: Actor, unit: Unit, day: LocalDay, reason: string): void {
  const { db, clock } = deps
  const now = clock.now()
  const today = localDayOf(now)
  const { role } = standFor(catalogueOf(db), {
    actor,
    permission: 'dossiers_write',
    unitIds: [unit.id],
    day: today,
    now,
  })
  if (!isHead(role)) throw new RuleError('head_only', { act: 'Mở lại ngày đã chốt' })
  const why = reason.trim()
  if (why === '') throw new RuleError('reason_required', { act: 'Mở lại ngày đã chốt' })
  const closed = findDayClose(db, unit.id, day)
  const figures = closed && figuresOf(closed)
  if (closed === null || figures === null || figures.openAgain)
    throw new RuleError('desk_day_not_closed', { day: fullDay(day), unit: unitName(unit, day) })
  const later = closedFrom(db, unit.id, addDays(day, 1))
  if (later !== null) throw new RuleError('later_day_closed', { later: fullDay(later.day) })
  const reopenings = [...figures.reopenings, { at: now, by: actor.officerId, reason: why }]
  setDayFigures(db, closed.id, JSON.stringify({ ...figures, reopenings, openAgain: true }))
  recordAudit(deps, {
    kind: 'day_closed',
    actorId: actor.officerId,
    data: { step: 'reopened', unit: unit.id, day, times: reopenings.length },
  })
}

/** What is in hand, by payment; what receipts were written for has to be counted, what differs has to be explained. */
function countedCash(
  { cash }: DayFigures,
  counting: Closing['counting'],
  cashNote: string,
): Readonly<Record<FeePayment, number>> {
  const counted = FEE_PAYMENTS.map((payment) => {
    const { due, receipts, voidedReceipts } = cash[payment]
    const typed = counting[payment]
    if (typed === undefined && receipts + voidedReceipts > 0)
      throw new RuleError('cash_not_counted', { payment: PAYMENT_LABELS[payment].toLowerCase() })
    const off = (typed ?? 0) - due
    if (off !== 0 && cashNote.trim() === '')
      throw new RuleError('cash_differs', {
        payment: PAYMENT_LABELS[payment],
        difference: `${off > 0 ? '+' : '-'}${formatCount(Math.abs(off))}`,
      })
    return [payment, typed ?? 0] as const
  })
  return Object.fromEntries(counted) as Record<FeePayment, number>
}
