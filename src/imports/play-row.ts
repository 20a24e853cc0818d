import { type Catalogue, versionOn } from '../catalogue/catalogue.ts'
import { procedureRule } from '../catalogue/procedure-rule.ts'
import { closingAt, isWorkingDay, type WorkCalendar } from '../domain/calendar/calendar.ts'
import { type Instant, instantAt, localDayOf } from '../domain/calendar/day.ts'
import type { Due } from '../domain/deadlines/deadline.ts'
import { ACT_RULES } from '../domain/life-cycle/act-rules.ts'
import type { ActContext, ActInput, ActResult } from '../domain/life-cycle/acts.ts'
import type { Blank } from '../domain/life-cycle/acts-intake.ts'
import { submit } from '../domain/life-cycle/acts-intake.ts'
import type { Dossier, PauseKind, PauseRow } from '../domain/life-cycle/dossier.ts'
import type { Act } from '../domain/life-cycle/life-cycle.ts'
import { NOTHING_HAPPENED } from '../domain/life-cycle/nothing-happened.ts'
import { isOnlineLevel } from '../dossiers/blank-dossier.ts'
import { calendarOf } from './old-calendar.ts'
import { type Moment, momentAt } from './read-moment.ts'
import type { RegisterRow } from './register-row.ts'

/** One thing that happened, and the facts after it. */
export interface Step {
  readonly act: Act
  readonly at: Instant
  readonly facts: Dossier
  /** The strip of a due date computed here. */
  readonly due?: Due | undefined
}

/** A dossier's life as a row tells it. */
export interface Life {
  readonly steps: readonly Step[]
  readonly pauses: readonly PauseRow[]
  /** The due date the rules give; null where it was never accepted. */
  readonly computedDueAt: Instant | null
}

/** A dossier that is there already, to which a row adds. */
export interface Standing {
  readonly facts: Dossier
  readonly pauses: readonly PauseRow[]
}

/** What a row adds: acts in their order. */
export interface WantedAct {
  readonly act: Exclude<Act, 'correct' | 'calendar_change' | 'transfer_unit'>
  readonly when: Moment
  /** Minute of the day for a moment without a time: the acts of one day keep their order. */
  readonly minute: number
  readonly kind?: PauseKind
  readonly outcome?: 'granted' | 'partly' | 'refused'
}

/**
 * Plays what a row tells through the rules of the life cycle, on a new dossier or on one that is there. A due date
 * the row gives is in force from acceptance on, and so is the lateness it tells. Throws RuleError where the life
 * cycle forbids what is told.
 */
export function playActs(
  catalogue: Catalogue,
  row: RegisterRow,
  acts: readonly WantedAct[],
  now: Instant,
  standing: Standing | null = null,
): Life {
  const calendar = calendarOf(catalogue, row)
  const procedure = procedureRule(row.version)
  const pauses: PauseRow[] = [...(standing?.pauses ?? [])]
  const steps: Step[] = []
  let facts: Dossier | Blank = standing?.facts ?? blankOf(row)
  let computedDueAt: Instant | null = null
  for (const { act, when, minute, kind, outcome } of acts) {
    const earliest = 'lastOccurredAt' in facts ? facts.lastOccurredAt : 0
    const at =
      when.at ??
      Math.min(Math.max(momentAt(when, minute), localDayOf(earliest) === when.day ? earliest : 0), now)
    const context: ActContext = {
      now: at,
      role: 'system',
      calendar,
      procedure,
      closedThrough: null,
      supplementExpiryDays: versionOn(catalogue.regimes, when.day)?.supplementExpiryDays ?? null,
      pauses,
    }
    const input: ActInput = { at, hasReason: true, ...(outcome !== undefined && { outcome }) }
    const result = doAct(act, facts, input, context)
    if (act === 'accept') computedDueAt = result.due?.dueAt ?? null
    const next = withGivenDue(result.next, row, calendar)
    facts = next
    keepPauses(pauses, result, at, kind)
    const keepsStrip = row.dueAt === null || act === 'accept'
    steps.push({ act, at, facts: next, ...(keepsStrip && result.due !== undefined && { due: result.due }) })
  }
  return { steps: withGivenLateness(steps, row), pauses, computedDueAt }
}

function doAct(
  act: WantedAct['act'],
  facts: Dossier | Blank,
  input: ActInput,
  context: ActContext,
): ActResult {
  return act === 'submit'
    ? submit(facts as Blank, input, context)
    : ACT_RULES[act](facts as Dossier, input, context)
}

function withGivenDue(facts: Dossier, { dueAt }: RegisterRow, calendar: WorkCalendar): Dossier {
  if (dueAt === null || facts.acceptedAt === null) return facts
  const at = dueInstant(dueAt, calendar)
  return { ...facts, dueAt: at, dueOn: localDayOf(at), appointmentAt: at }
}

/** A day without a time is due at its close. */
function dueInstant({ day, at }: Moment, calendar: WorkCalendar): Instant {
  return at ?? (isWorkingDay(calendar, day) ? closingAt(calendar, day) : instantAt(day, CLOSING_MINUTE))
}

const CLOSING_MINUTE = 17 * 60

/** A lateness the row tells stands from its last step on. */
function withGivenLateness(steps: readonly Step[], { lateSince }: RegisterRow): readonly Step[] {
  const last = steps.at(-1)
  if (lateSince === null || last === undefined || last.facts.acceptedAt === null) return steps
  const { facts } = last
  const endClass = facts.endedOn === null ? null : ('late' as const)
  return [...steps.slice(0, -1), { ...last, facts: { ...facts, lateOn: lateSince, endClass } }]
}

function keepPauses(pauses: PauseRow[], result: ActResult, at: Instant, kind: PauseKind | undefined): void {
  if (result.closePause) {
    for (const [index, pause] of pauses.entries())
      if (pause.toAt === null) pauses[index] = { ...pause, toAt: at }
  }
  if (result.openPause)
    pauses.push({ ...result.openPause, kind: kind ?? result.openPause.kind, fromAt: at, toAt: null })
}

function blankOf(row: RegisterRow): Blank {
  const isOnline = row.channel === 'level3' || row.channel === 'level4'
  return {
    ...NOTHING_HAPPENED,
    channel: row.channel,
    assisted: false,
    kiosk: false,
    byProxy: false,
    procedureId: row.procedure.id,
    procedureVersionId: row.version.id,
    receivingUnitId: row.receivingUnit.id,
    unitId: row.unit.id,
    holderUnitId: row.receivingUnit.id,
    assigneeId: row.officer?.id ?? null,
    eligible: isOnlineLevel(row.version.onlineLevel),
    returnMode: row.channel === 'postal' ? 'postal' : 'counter',
    quantity: row.quantity ?? 1,
    // A register does not say what was to be paid.
    fee: 0,
    digitised: isOnline,
    eResult: false,
  }
}
