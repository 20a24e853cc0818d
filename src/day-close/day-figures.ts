import { type DayCloseRow, findDayClose, lastDayClose } from '../../db/queries/day-closes.ts'
import {
  type DeskDays,
  deskStates,
  finishedIds,
  openIdsOn,
  unreceiptedIds,
} from '../../db/queries/day-desk.ts'
import { acceptedIds, type BookSums, bookRows, bookSums } from '../../db/queries/register-book.ts'
import { tallyRows } from '../../db/queries/tallies.ts'
import type { Deps } from '../deps.ts'
import { addDays, instantAt, type LocalDay, localDayOf } from '../domain/calendar/day.ts'
import { tallyOf } from '../domain/counting/tally-sums.ts'
import { FEE_PAYMENTS, type FeePayment, type State } from '../domain/life-cycle/dossier.ts'
import { dayCash } from '../fees/day-cash.ts'
import { receiptLines } from '../fees/receipt-lines.ts'

/** What a closed day fixes; kept as JSON. */
export interface DayFigures {
  /** First day it covers: the one after the last closed day. */
  readonly from: LocalDay
  readonly to: LocalDay
  /** From the cells and stocks. */
  readonly counted: BookSums
  /** The same from the dossiers as they stand. */
  readonly standing: BookSums
  readonly overdue: number
  /** Of today only: what the shop has now, by state. */
  readonly states: Readonly<Partial<Record<State, number>>> | null
  /** What the last closing left open; null before the first one. */
  readonly opening: number | null
  /** Dossiers about which something was written since for the days of the last closing. */
  readonly moved: readonly Moved[]
  readonly openIds: readonly number[]
  /** Dossiers of the day's register: taken in; of earlier days, ended or handed out. */
  readonly received: readonly number[]
  readonly finished: readonly number[]
  readonly cash: Readonly<Record<FeePayment, DayCash>>
  /** Dossiers of receipts that were voided: the register prints why. */
  readonly voidedOf?: readonly number[]
  /** Dossiers whose fee was paid at the shop and has no receipt yet; those of the last closing were explained then. */
  readonly unreceipted: readonly number[]
}

export interface Moved {
  readonly dossierId: number
  /** Into what was open then or out of it; else into the register of those days or out of it. */
  readonly how: 'appeared' | 'gone' | 'added' | 'removed'
}

export interface DayCash {
  readonly receipts: number
  readonly voidedReceipts: number
  /** đồng */
  readonly due: number
}

/** The figures as a closing keeps them. */
export interface ClosedFigures extends DayFigures {
  readonly counting: Readonly<Record<FeePayment, number>>
  readonly cashNote: string | null
  readonly reopenings: readonly { readonly at: number; readonly by: number | null; readonly reason: string }[]
  /** The last of these was not followed by a closing yet. */
  readonly openAgain: boolean
  /** Dossiers in registers of this day that earlier closings issued: those papers name them still. */
  readonly namedBefore: readonly number[]
}

/** Every dossier that a register of this day names, of whichever closing; each once. */
export function namedIn({
  received,
  finished,
  voidedOf = [],
  namedBefore,
}: ClosedFigures): readonly number[] {
  return [...new Set([...received, ...finished, ...voidedOf, ...namedBefore])]
}

export function figuresOf({ figures }: DayCloseRow): ClosedFigures {
  return JSON.parse(figures) as ClosedFigures
}

/**
 * The end of a day at a shop: what the last closing left, and all since. Counted from cells and stocks by nothing but
 * the tallies of reports; held against the dossiers themselves.
 */
export function dayFigures(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  unitId: number,
  day: LocalDay,
): DayFigures {
  const last = lastDayClose(db, unitId, day)
  const lastFigures = last === null ? null : figuresOf(last)
  const from = firstDay(last, day)
  const days = deskDays(unitId, from, day)
  const tally =
    tallyRows(db, { from, to: day, grain: 'all', attribution: 'receiving', unitIds: [unitId] })[0]?.tally ??
    tallyOf({})
  const isToday = day === localDayOf(clock.now())
  return {
    from,
    to: day,
    counted: {
      carriedOver: tally.carriedOver,
      received: tally.received,
      transferredIn: tally.transferredIn,
      resolved: tally.resolved,
      withdrawn: tally.withdrawnInTime + tally.withdrawnLate,
      stopped: tally.stoppedInTime + tally.stoppedLate,
      transferredOut: tally.transferredOut,
      open: tally.open,
    },
    standing: bookSums(db, days),
    overdue: tally.openOverdue,
    states: isToday
      ? (Object.fromEntries(deskStates(db, unitId).map(({ state, n }) => [state, n])) as DayFigures['states'])
      : null,
    opening: lastFigures === null ? null : lastFigures.counted.open,
    moved: last === null ? [] : movedSince({ db }, unitId, last),
    openIds: openIdsOn(db, unitId, day),
    received: acceptedIds(db, days),
    finished: finishedIds(db, days),
    cash: cashOf({ db }, unitId, { from, to: day }),
    voidedOf: receiptLines({ db }, unitId, { from, to: day })
      .filter(({ isVoided }) => isVoided)
      .map(({ receipt }) => receipt.dossierId),
    unreceipted: unreceiptedIds(db, unitId, deskDays(unitId, lastFigures?.from ?? from, day)).filter(
      (id) => !lastFigures?.unreceipted.includes(id),
    ),
  }
}

/** The days that a closing of this day covers, closed or not. */
export function daysOf({ db }: Pick<Deps, 'db'>, unitId: number, day: LocalDay): DeskDays {
  const close = findDayClose(db, unitId, day)
  const from = close === null ? firstDay(lastDayClose(db, unitId, day), day) : figuresOf(close).from
  return deskDays(unitId, from, day)
}

function firstDay(last: DayCloseRow | null, day: LocalDay): LocalDay {
  return last === null ? day : addDays(last.day, 1)
}

/** What the days of a closing have now that it did not know of: dossiers taken in, and fees paid without a receipt. */
export function writtenSince(
  { db }: Pick<Deps, 'db'>,
  unitId: number,
  { from, to, received, unreceipted }: DayFigures,
): Pick<DayFigures, 'received' | 'unreceipted'> {
  const days = deskDays(unitId, from, to)
  return {
    received: acceptedIds(db, days).filter((id) => !received.includes(id)),
    unreceipted: unreceiptedIds(db, unitId, days).filter((id) => !unreceipted.includes(id)),
  }
}

function deskDays(unitId: number, from: LocalDay, to: LocalDay): DeskDays {
  return { unitId, from, to, fromAt: instantAt(from, 0), untilAt: instantAt(addDays(to, 1), 0) }
}

/** What was written since about the days of the last closing: dossier by dossier. */
function movedSince({ db }: Pick<Deps, 'db'>, unitId: number, last: DayCloseRow): DayFigures['moved'] {
  const then = figuresOf(last)
  const days = deskDays(unitId, then.from, then.to)
  const openThen = new Set(then.openIds)
  const openNow = new Set(openIdsOn(db, unitId, last.day))
  const writtenThen = unvoided(db, [...then.received, ...then.finished], last.closedAt)
  const writtenNow = unvoided(db, [...acceptedIds(db, days), ...finishedIds(db, days)])
  const less = (ids: ReadonlySet<number>, how: Moved['how'], ...without: readonly ReadonlySet<number>[]) =>
    [...ids].filter((id) => !without.some((each) => each.has(id))).map((dossierId) => ({ dossierId, how }))
  return [
    ...less(openNow, 'appeared', openThen),
    ...less(openThen, 'gone', openNow),
    ...less(writtenNow, 'added', writtenThen, openThen, openNow),
    ...less(writtenThen, 'removed', writtenNow, openThen, openNow),
  ]
}

/** Those of the dossiers that stand, or stood at a moment. */
function unvoided(
  db: Deps['db'],
  ids: readonly number[],
  at = Number.POSITIVE_INFINITY,
): ReadonlySet<number> {
  const standing = bookRows(db, ids).filter(({ voidedAt }) => voidedAt === null || voidedAt > at)
  return new Set(standing.map(({ id }) => id))
}

function cashOf(
  deps: Pick<Deps, 'db'>,
  unitId: number,
  days: { readonly from: LocalDay; readonly to: LocalDay },
): DayFigures['cash'] {
  const cash = dayCash(deps, unitId, days)
  return Object.fromEntries(
    FEE_PAYMENTS.map((payment) => {
      const { receipts, voidedReceipts, due } = cash[payment]
      return [payment, { receipts, voidedReceipts, due }]
    }),
  ) as DayFigures['cash']
}

/** The counters that cells and dossiers give differently: none, unless something is broken. */
export function untied({ counted, standing }: DayFigures): readonly (keyof BookSums)[] {
  return (Object.keys(counted) as (keyof BookSums)[]).filter((name) => counted[name] !== standing[name])
}

const OPEN_STATES = ['accepted', 'processing', 'awaiting_supplement', 'awaiting_payment'] as const

/** Open dossiers by state, added up; null for a day that is not today. */
export function openByState({ states }: DayFigures): number | null {
  if (states === null) return null
  return OPEN_STATES.reduce((sum, state) => sum + (states[state] ?? 0), 0)
}
