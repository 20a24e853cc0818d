import type { Db } from '../../db/open.ts'
import { eventsOf } from '../../db/queries/timeline.ts'
import { addDays, localDayOf } from '../../src/domain/calendar/day.ts'
import type { Flow, Tally } from '../../src/domain/counting/tally.ts'
import { type Counted, tallyOf } from '../../src/domain/counting/tally-sums.ts'
import type { Dossier } from '../../src/domain/life-cycle/dossier.ts'
import { NOTHING_HAPPENED } from '../../src/domain/life-cycle/nothing-happened.ts'

/**
 * A recount from the timelines alone, day by day and as plainly as the definitions read; it shares nothing with
 * the contributions and the cells it is held against. Slow on purpose.
 */
export interface Life {
  /** The dossier as all its events leave it. */
  readonly facts: Dossier
  readonly flows: readonly (Whose & { readonly day: string; readonly flow: Flow })[]
  /** How it stood at the end of each day. */
  readonly evenings: ReadonlyMap<string, Whose & { readonly overdue: boolean }>
}

/** Who had it, and the units it belonged to. */
export interface Whose {
  readonly officer: number
  readonly unit: number
  readonly receiving: number
}

interface Event {
  readonly act: string
  readonly at: number
  readonly day: string
  readonly changes: Partial<Dossier>
  /** A correction that ran the clock anew: what it found of lateness. */
  readonly judged?: { readonly lateOn: string | null }
}

/** Every dossier's life until `through`. */
export function livesOf(db: Db, through: string): readonly Life[] {
  const ids = db.prepare<[], { id: number }>('SELECT id FROM dossiers').all()
  const minute = new Set(
    db
      .prepare<[], { id: number }>(`SELECT id FROM procedure_versions WHERE lateness = 'minute'`)
      .all()
      .map(({ id }) => id),
  )
  return ids.map(({ id }) => {
    return lifeOf(corrected(timelineOf(db, id)), minute, through)
  })
}

/** An assignment says who has the dossier even where it changed nothing but the day. */
function timelineOf(db: Db, id: number): readonly Event[] {
  let assigneeId: number | null = null
  return eventsOf(db, id).map(({ seq, act, occurredAt: at, changes: text }) => {
    const set = JSON.parse(text) as Partial<Dossier>
    const changes = seq === 1 ? { ...NOTHING_HAPPENED, ...set } : set
    assigneeId = changes.assigneeId === undefined ? assigneeId : changes.assigneeId
    return { act, at, day: localDayOf(at), changes: act === 'assign' ? { ...changes, assigneeId } : changes }
  })
}

const CLOCK = ['acceptedAt', 'dueAt', 'dueOn', 'lateOn', 'clockStartedAt'] as const

/** The timeline with every correction made where it belongs: at acceptance, as if that had been right. */
function corrected(events: readonly Event[]): readonly Event[] {
  const told = [...events]
  const accepted = told.findIndex(({ changes }) => typeof changes.acceptedOn === 'string')
  for (const [index, event] of told.entries()) {
    if (event.act !== 'correct') continue
    const runsAnew = CLOCK.some((name) => name in event.changes)
    const { lateOn } = fold(told.slice(0, index + 1))
    for (let i = accepted + 1; i < index; i++) told[i] = without(told[i]!, event.changes)
    const right = { ...told[accepted]!.changes, ...event.changes }
    const at = right.acceptedAt ?? told[accepted]!.at
    told[accepted] = { ...told[accepted]!, changes: right, at, day: localDayOf(at) }
    told[index] = { ...event, changes: {}, ...(runsAnew && { judged: { lateOn } }) }
  }
  return told
}

function without(event: Event, changes: Partial<Dossier>): Event {
  const kept = Object.entries(event.changes).filter(([name]) => !(name in changes))
  return { ...event, changes: Object.fromEntries(kept) as Partial<Dossier> }
}

export interface Scope {
  readonly from: string
  readonly to: string
  readonly where?: (facts: Dossier) => boolean
  /** Only what happened while it belonged to these units. */
  readonly units?: (whose: Whose) => boolean
  /** Only what this officer did and had; 0 is nobody. */
  readonly officer?: number
}

export function naiveTally(
  lives: readonly Life[],
  { from, to, where = () => true, units = () => true, officer }: Scope,
): Tally {
  const counts: Partial<Record<Counted, number>> = {}
  const count = (counter: Counted, n = 1) => {
    counts[counter] = (counts[counter] ?? 0) + n
  }
  const isTheirs = (whose: Whose) => (officer === undefined || whose.officer === officer) && units(whose)
  for (const life of lives.filter(({ facts }) => where(facts))) {
    for (const { day, flow, ...whose } of life.flows) {
      if (day < from || day > to || !isTheirs(whose)) continue
      count(officer === undefined ? flow : asTransfer(flow))
      if (flow === 'received') count(RECEIVED[life.facts.channel])
    }
    const before = life.evenings.get(addDays(from, -1))
    const after = life.evenings.get(to)
    if (before && isTheirs(before)) count('carriedOver')
    if (before?.overdue && isTheirs(before)) count('overdueDelta', -1)
    if (after && isTheirs(after)) count('open')
    if (after?.overdue && isTheirs(after)) count('openOverdue')
    if (after?.overdue && isTheirs(after)) count('overdueDelta')
  }
  return tallyOf(counts)
}

const RECEIVED = {
  counter: 'receivedCounter',
  postal: 'receivedPostal',
  level3: 'receivedLevel3',
  level4: 'receivedLevel4',
} as const

function asTransfer(flow: Flow): Flow {
  return flow === 'handedIn' ? 'transferredIn' : flow === 'handedOut' ? 'transferredOut' : flow
}

function lifeOf(events: readonly Event[], minute: ReadonlySet<number>, through: string): Life {
  const facts = fold(events)
  const flows: (Whose & { day: string; flow: Flow })[] = []
  const evenings = new Map<string, Whose & { overdue: boolean }>()
  if (facts.state === 'voided') return { facts, flows, evenings }
  const { acceptedOn, endedOn } = facts
  // Given to somebody before it was accepted, it is theirs from acceptance on, whenever that is dated.
  const isGiven = (event: Event, index: number, day: string) =>
    index <= acceptanceIn(events) || event.day <= day
  const officerOn = (day: string) => {
    const on = acceptedOn !== null && day < acceptedOn ? acceptedOn : day
    const given = acceptedOn === null ? events : events.filter((event, index) => isGiven(event, index, on))
    return fold(given).assigneeId ?? 0
  }
  const whoseOn = (day: string): Whose => ({ officer: officerOn(day), ...unitsOn(events, day) })
  const count = (day: string | null, flow: Flow, happened = true) => {
    if (day !== null && happened) flows.push({ day, flow, ...whoseOn(day) })
  }

  const ranOutOn = receivingRanOutOn(events)
  count(facts.refusedIntakeOn, 'notAccepted', facts.state === 'not_accepted')
  count(ranOutOn, 'lateReceipts')
  count(
    acceptedOn ?? facts.refusedIntakeOn,
    'receiptsInTime',
    facts.submittedAt !== null && ranOutOn === null,
  )
  if (acceptedOn === null) return { facts, flows, evenings }

  const requests = events.filter(({ act }) => act === 'request_supplement')
  count(acceptedOn, 'received')
  count(acceptedOn, 'eligible', facts.eligible)
  count(acceptedOn, 'assisted', facts.assisted)
  count(acceptedOn, 'digitised', facts.digitised)
  count(acceptedOn, 'feeDue', facts.fee > 0)
  count(acceptedOn, 'paidOnline', facts.fee > 0 && facts.feePayment === 'online')
  count(acceptedOn, 'enteredLate', facts.enteredLate)
  count(acceptedOn, 'multiSupplement', requests.length > 1)
  for (const { day } of requests) count(day, 'supplements')

  const { cleared, lateFrom, since } = latenessOf(
    events,
    minute.has(facts.procedureVersionId),
    endedOn ?? through,
  )
  const isLate = lateFrom !== null
  const becameLateOn = isLate && endedOn !== null && endedOn < lateFrom ? endedOn : lateFrom
  const wereLate = cleared.filter(({ from, to }) => from < to)
  for (const day of [...wereLate.map(({ from }) => from), becameLateOn]) {
    count(day, 'becameLate')
    count(day, 'apologised', facts.apologyInTime)
  }
  for (const { from } of cleared) count(addDays(from, -1), 'due')
  const overdueOn = (day: string) =>
    (lateFrom !== null && lateFrom <= day) || cleared.some(({ from, to }) => from <= day && day < to)

  const hasResult = facts.endKind === 'result'
  const isEarly = endedOn !== null && endedOn < facts.dueOn!
  count(endedOn, 'late', hasResult && isLate)
  count(endedOn, 'early', hasResult && !isLate && isEarly)
  count(endedOn, 'onTime', hasResult && !isLate && !isEarly)
  count(endedOn, 'refused', hasResult && facts.outcome === 'refused')
  count(endedOn, 'eResult', hasResult && facts.eResult)
  count(endedOn, 'withdrawnInTime', facts.endKind === 'withdrawn' && !isLate)
  count(endedOn, 'withdrawnLate', facts.endKind === 'withdrawn' && isLate)
  count(endedOn, 'stoppedInTime', facts.endKind === 'stopped' && !isLate)
  count(endedOn, 'stoppedLate', facts.endKind === 'stopped' && isLate)

  const runAnew = events.some(({ judged }) => judged !== undefined)
  const stands = facts.pausedSince !== null && endedOn === null
  const dueAnew = lateFrom === null ? (stands ? null : facts.dueOn) : addDays(lateFrom, -1)
  let wasDue = false
  let before = whoseOn(acceptedOn)
  for (let day = acceptedOn; day <= through; day = addDays(day, 1)) {
    const evening = asOf(events, day)
    const lateNow = lateFrom !== null && lateFrom <= addDays(day, 1)
    const isDue = runAnew
      ? day === dueAnew
      : evening.dueOn === day && (evening.pausedSince === null || lateNow)
    if (isDue && !wasDue && (runAnew || day >= since)) {
      wasDue = true
      const gone = endedOn !== null && endedOn <= day && !hasResult && !isLate
      count(day, 'due', !gone)
      count(day, 'dueMet', hasResult && !isLate)
    }
    if (endedOn !== null && day > endedOn) continue
    const whose = whoseOn(day)
    const [goes, comes] = passedOn(before, whose)
    if (goes && comes) flows.push({ day, flow: goes, ...before }, { day, flow: comes, ...whose })
    before = whose
    if (day !== endedOn) evenings.set(day, { ...whose, overdue: overdueOn(day) })
  }
  return { facts, flows, evenings }
}

/** Another unit had it the evening before, or another officer of the same one. */
function passedOn(before: Whose, now: Whose): readonly Flow[] {
  if (before.unit !== now.unit || before.receiving !== now.receiving)
    return ['transferredOut', 'transferredIn']
  return before.officer === now.officer ? [] : ['handedOut', 'handedIn']
}

/**
 * What intake, or a correction made at acceptance, said last of the unit holds from the start and undoes the moves before
 * it; a reorganisation dates from the morning of its day, whenever it was entered; what it moved last on a day holds.
 */
function unitsOn(events: readonly Event[], day: string): Pick<Whose, 'unit' | 'receiving'> {
  const said = events.findLastIndex(
    ({ act, changes }) =>
      act !== 'transfer_unit' && (changes.unitId ?? changes.receivingUnitId) !== undefined,
  )
  const moves = events
    .slice(said + 1)
    .filter((event) => event.act === 'transfer_unit' && event.changes.unitSince && event.day <= day)
  const { unitId, receivingUnitId } = fold([...events.slice(0, said + 1), ...moves])
  return { unit: unitId, receiving: receivingUnitId }
}

/** The day on which the 8 hours ran out with nobody answering, or will unless somebody does. */
function receivingRanOutOn(events: readonly Event[]): string | null {
  let facts = {} as Dossier
  const inOrder = events.toSorted((a, b) => a.at - b.at)
  for (const { at, changes } of [...inOrder, { at: Number.POSITIVE_INFINITY, changes: {} }]) {
    const waits = facts.state === 'submitted' && facts.subState !== 'asked_before_acceptance'
    if (waits && at >= facts.receivingDueAt! + 60_000) return facts.receivingDueOn
    facts = { ...facts, ...changes }
  }
  return null
}

/** Acts that find out whether the due minute has passed. */
const JUDGING = /^(request_|begin_|apologise|finish$|withdraw|stop)/

/** Lateness that calendar decisions took back, each from its first day to the day of the decision, and what remained. */
function latenessOf(events: readonly Event[], byMinute: boolean, last: string) {
  const cleared: { from: string; to: string }[] = []
  let start: Start = NEVER_CLEARED
  for (const [index, { act, day, changes }] of events.entries()) {
    if (act !== 'calendar_change' || changes.dueOn == null) continue
    const after = fold(events.slice(0, index + 1))
    if (cleared.at(-1)?.from === addDays(after.dueOn!, 1)) {
      cleared.pop()
      start = NEVER_CLEARED
    }
    const from = lateSince(events.slice(0, index), byMinute, day, start)
    if (after.lateOn !== null || from === null || after.dueOn! < day) continue
    if (from <= day) cleared.push({ from, to: day })
    start = { index, day }
  }
  return { cleared, lateFrom: lateSince(events, byMinute, last, start), since: start.day }
}

/** The event that cleared lateness: what was late before it is not looked at again. */
interface Start {
  readonly index: number
  readonly day: string
}

const NEVER_CLEARED: Start = { index: -1, day: '' }

/** The first day on which it was late: pending past its due date while the clock ran, or judged by the minute. */
function lateSince(events: readonly Event[], byMinute: boolean, last: string, start: Start): string | null {
  if (acceptanceIn(events) < 0) return null
  const anew = events.findLastIndex(({ judged }) => judged !== undefined)
  const judged = events[anew]?.judged
  const hadEnded = anew > 0 && fold(events.slice(0, anew)).endedOn != null
  const stays = hadEnded && !events.slice(anew).some(({ act }) => act === 'reopen')
  if (judged && (judged.lateOn !== null || stays)) return judged.lateOn
  // Before its last judged or dated step the corrected dossier was found in time; the due date is that of now.
  const accepted = Math.max(acceptanceIn(events), judged ? lastDated(events.slice(0, anew)) : -1)
  const first =
    accepted === acceptanceIn(events) ? events[accepted]!.changes.acceptedOn! : events[accepted]!.day
  for (let day = first; day <= last; day = addDays(day, 1)) {
    if (day > start.day) {
      for (const moment of [asOf(events, addDays(day, -1)), asOf(events, day)]) {
        if (moment.acceptedOn && moment.pausedSince === null && moment.dueOn! < day) return day
      }
    }
    if (!byMinute) continue
    for (let i = Math.max(accepted, start.index) + 1; i < events.length; i++) {
      const { act, at, day: on } = events[i]!
      if (on !== day || !JUDGING.test(act)) continue
      const [before, after] = [fold(events.slice(0, i)), fold(events.slice(0, i + 1))]
      const stoodAllAlong = before.pausedSince !== null && before.pausedSince === after.pausedSince
      if (!stoodAllAlong && at >= after.dueAt! + 60_000) return addDays(after.dueOn!, 1)
    }
  }
  return null
}

function lastDated(events: readonly Event[]): number {
  return events.findLastIndex(({ act }, index) => {
    const goesOn = /^(supply_|pay$|end_)/.test(act) && fold(events.slice(0, index)).pausedSince !== null
    return goesOn || act === 'extend' || JUDGING.test(act)
  })
}

function acceptanceIn(events: readonly Event[]): number {
  return events.findIndex(({ changes }) => typeof changes.acceptedOn === 'string')
}

function asOf(events: readonly Event[], day: string): Dossier {
  return fold(events.filter((event) => event.day <= day))
}

function fold(events: readonly Event[]): Dossier {
  return Object.assign({}, ...events.map(({ changes }) => changes)) as Dossier
}
