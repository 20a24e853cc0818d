import { addDays, type LocalDay, localDayOf } from '../calendar/day.ts'
import type { Dossier } from '../life-cycle/dossier.ts'
import { officerOn, type Stay, type UnitStay, unitOn } from './stays.ts'
import { CHANNELS, type Channel, type Flow } from './tally.ts'

/** Where a dossier counts: the key of a day cell. `officerId` 0 stands for nobody. */
export interface CellKey {
  readonly day: LocalDay
  readonly unitId: number
  readonly receivingUnitId: number
  readonly procedureId: number
  readonly channel: Channel
  readonly officerId: number
}

export interface Contribution extends CellKey {
  readonly flow: Flow
  readonly n: number
}

/** Facts of a dossier that stand in rows of their own. */
export interface CountingFacts {
  /** Days on which a supplement was requested. */
  readonly supplementDays: readonly LocalDay[]
  /** Who had the dossier at the end of each day on which that changed, oldest first. */
  readonly stays: readonly Stay[]
  /** Which units it belonged to, oldest first; empty while it never moved. */
  readonly unitStays: readonly UnitStay[]
  /** Days counted overdue in the past and cleared since by a calendar decision: [from, to). */
  readonly overdueSpells: readonly { readonly from: LocalDay; readonly to: LocalDay }[]
}

export const NO_FACTS: CountingFacts = { supplementDays: [], stays: [], unitStays: [], overdueSpells: [] }

/** Columns that decide what a dossier contributes: an act that leaves them alone moves no cell. */
export type Countable = Dossier

/**
 * Everything a dossier adds to the day cells, as it stands. Cells are by construction the sum of these over all
 * dossiers: a change subtracts the contributions before it and adds those after it.
 * What lies in the future (the first overdue day of a pending dossier, the end of its 8 working hours) is already
 * there on its day; a reading up to today does not see it.
 */
export function contributions(dossier: Countable, facts: CountingFacts = NO_FACTS): readonly Contribution[] {
  if (dossier.state === 'voided') return []
  const list: Contribution[] = []
  const add = (day: LocalDay | null, flow: Flow, n = 1, whose: Whose = {}) => {
    if (day === null || n === 0) return
    const { unitId, receivingUnitId } = whose.unit ?? unitOn(dossier, facts.unitStays, day)
    list.push({
      day,
      unitId,
      receivingUnitId,
      procedureId: dossier.procedureId,
      channel: dossier.channel,
      officerId: whose.officerId ?? officerOn(dossier.assigneeId, facts.stays, day),
      flow,
      n,
    })
  }
  addReceiving(dossier, add)
  if (dossier.acceptedOn === null) return list
  addReceived(dossier, dossier.acceptedOn, add)
  for (const day of facts.supplementDays) add(day, 'supplements')
  addDue(dossier, add)
  addEnd(dossier, add)
  for (const { from } of facts.overdueSpells) add(addDays(from, -1), 'due')
  const overdue = [...facts.overdueSpells.filter(({ from, to }) => from < to), ...overdueNow(dossier)]
  for (const spell of overdue) addLateness(dossier, spell, add)
  addMoves(dossier, facts, overdue, add)
  addHandOvers(dossier, facts, overdue, add)
  return list
}

/** Whose cell it is, where that is not who has the dossier on that day. */
interface Whose {
  readonly unit?: UnitStay
  readonly officerId?: number
}

type Add = (day: LocalDay | null, flow: Flow, n?: number, whose?: Whose) => void

/** The receiving clock: late when the 8 hours ran out on a submission nobody had received or answered. */
function addReceiving(dossier: Countable, add: Add): void {
  if (dossier.state === 'not_accepted') add(dossier.refusedIntakeOn, 'notAccepted')
  const waiting = dossier.state === 'submitted' && dossier.subState !== 'asked_before_acceptance'
  if (dossier.receivedLate || waiting) add(dossier.receivingDueOn, 'lateReceipts')
  const decidedOn = dossier.acceptedOn ?? dossier.refusedIntakeOn
  if (dossier.submittedAt !== null && !dossier.receivedLate) add(decidedOn, 'receiptsInTime')
}

function addReceived(dossier: Countable, on: LocalDay, add: Add): void {
  add(on, 'received')
  if (dossier.eligible) add(on, 'eligible')
  if (dossier.assisted) add(on, 'assisted')
  if (dossier.digitised) add(on, 'digitised')
  if (dossier.fee > 0) add(on, 'feeDue')
  if (dossier.fee > 0 && dossier.feePayment === 'online') add(on, 'paidOnline')
  if (dossier.enteredLate) add(on, 'enteredLate')
  if (dossier.supplementCount > 1) add(on, 'multiSupplement')
}

/**
 * Due on the date that was in force when it came, unless withdrawn or stopped by then; met whenever the result was
 * not late. A dossier that became late was due the day before, wherever the date went since; one whose clock
 * stands is not due until it runs again.
 */
function addDue(dossier: Countable, add: Add): void {
  const { endedOn, endKind, endClass, lateOn, pausedSince } = dossier
  if (lateOn === null && endedOn === null && pausedSince !== null) return
  if (endedOn !== null && endKind !== 'result' && endClass !== 'late') return
  const day = lateOn === null ? dossier.dueOn : addDays(lateOn, -1)
  add(day, 'due')
  if (endKind === 'result' && endClass !== 'late') add(day, 'dueMet')
}

const RESULT_FLOWS = { early: 'early', on_time: 'onTime', late: 'late' } as const

function addEnd(dossier: Countable, add: Add): void {
  const { endedOn, endKind, endClass } = dossier
  if (endedOn === null || endKind === null || endClass === null) return
  if (endKind === 'result') {
    add(endedOn, RESULT_FLOWS[endClass])
    if (dossier.outcome === 'refused') add(endedOn, 'refused')
    if (dossier.eResult) add(endedOn, 'eResult')
    return
  }
  add(endedOn, endClass === 'late' ? `${endKind}Late` : `${endKind}InTime`)
}

interface Overdue {
  readonly from: LocalDay
  /** First day in the stock no more; null while it is there. */
  readonly to: LocalDay | null
}

/** In the stock of pending overdue dossiers: since a day past, or from one to come while the clock runs. */
function overdueNow({ lateOn, dueOn, pausedSince, endedOn }: Countable): readonly Overdue[] {
  const toCome = endedOn === null && pausedSince === null && dueOn !== null ? addDays(dueOn, 1) : null
  const from = lateOn ?? toCome
  if (from === null) return []
  return [{ from, to: endedOn === null ? null : laterDay(from, endedOn) }]
}

/** Late by the minute on the due date itself and ended that day: never in a stock, yet it became late, that day. */
function addLateness({ endedOn, apologyInTime }: Countable, { from, to }: Overdue, add: Add): void {
  const day = endedOn !== null && endedOn < from ? endedOn : from
  add(day, 'becameLate')
  if (apologyInTime) add(day, 'apologised')
  add(from, 'overdueDelta', 1)
  add(to, 'overdueDelta', -1)
}

/** A reorganisation takes a pending dossier, and its lateness, from one unit's stock into another's. */
function addMoves(
  dossier: Countable,
  { stays, unitStays }: CountingFacts,
  overdue: readonly Overdue[],
  add: Add,
): void {
  for (let i = 1; i < unitStays.length; i++) {
    const to = unitStays[i] as UnitStay
    if (!isPendingInto(dossier, to.from)) continue
    const before = {
      unit: unitStays[i - 1] as UnitStay,
      officerId: officerOn(dossier.assigneeId, stays, addDays(to.from, -1)),
    }
    add(to.from, 'transferredOut', 1, before)
    add(to.from, 'transferredIn')
    if (!isOverdueInto(overdue, to.from)) continue
    add(to.from, 'overdueDelta', -1, before)
    add(to.from, 'overdueDelta', 1)
  }
}

/** A hand-over moves the dossier, and its lateness, from one officer's stock to the other's, within its unit. */
function addHandOvers(
  dossier: Countable,
  { stays, unitStays }: CountingFacts,
  overdue: readonly Overdue[],
  add: Add,
): void {
  for (let i = 1; i < stays.length; i++) {
    const stay = stays[i] as Stay
    const { officerId } = stays[i - 1] as Stay
    const movesToo = unitStays.some(({ from }) => from === stay.from)
    if (movesToo || stay.officerId === officerId || !isPendingInto(dossier, stay.from)) continue
    add(stay.from, 'handedOut', 1, { officerId })
    add(stay.from, 'handedIn')
    if (!isOverdueInto(overdue, stay.from)) continue
    add(stay.from, 'overdueDelta', -1, { officerId })
    add(stay.from, 'overdueDelta', 1)
  }
}

/** Pending when `day` began. */
function isPendingInto({ acceptedOn, endedOn }: Countable, day: LocalDay): boolean {
  return acceptedOn !== null && acceptedOn < day && (endedOn === null || endedOn >= day)
}

/** In the stock of overdue dossiers when `day` began. */
function isOverdueInto(overdue: readonly Overdue[], day: LocalDay): boolean {
  return overdue.some(({ from, to }) => from < day && (to === null || to >= day))
}

function laterDay(a: LocalDay, b: LocalDay): LocalDay {
  return a > b ? a : b
}

/** The day a pause began, for the supplement column. */
export function supplementDaysOf(
  pauses: readonly { readonly kind: string; readonly fromAt: number }[],
  acceptedAt: number | null,
): readonly LocalDay[] {
  return pauses
    .filter((pause) => pause.kind === 'supplement' && acceptedAt !== null && pause.fromAt >= acceptedAt)
    .map((pause) => localDayOf(pause.fromAt))
}

/** What to add to the cells when `before` becomes `after`: contributions with the same key and flow cancelled. */
export function contributionChanges(
  before: readonly Contribution[],
  after: readonly Contribution[],
): readonly Contribution[] {
  const sums = new Map<string, { contribution: Contribution; n: number }>()
  const collect = (list: readonly Contribution[], sign: 1 | -1) => {
    for (const c of list) {
      const key = `${c.day}|${c.unitId}|${c.receivingUnitId}|${c.procedureId}|${c.channel}|${c.officerId}|${c.flow}`
      const sum = sums.get(key)
      if (sum === undefined) sums.set(key, { contribution: c, n: sign * c.n })
      else sum.n += sign * c.n
    }
  }
  collect(before, -1)
  collect(after, 1)
  return [...sums.values()].filter(({ n }) => n !== 0).map(({ contribution, n }) => ({ ...contribution, n }))
}

/** How much a flow adds to the stock of open dossiers, by unit (hand-overs cancel out) and by officer. */
export const STOCK_EFFECT = {
  received: 1,
  transferredIn: 1,
  handedIn: 1,
  early: -1,
  onTime: -1,
  late: -1,
  withdrawnInTime: -1,
  withdrawnLate: -1,
  stoppedInTime: -1,
  stoppedLate: -1,
  transferredOut: -1,
  handedOut: -1,
} as const satisfies Partial<Record<Flow, 1 | -1>>

export const CHANNEL_INDEX: Readonly<Record<Channel, number>> = Object.fromEntries(
  CHANNELS.map((channel, index) => [channel, index]),
) as Record<Channel, number>
