import { type DecisionRow, findCalendarDecision, versionLabels } from '../../db/queries/calendar-decisions.ts'
import { type CalendarMove, movesOf } from '../../db/queries/calendar-moves.ts'
import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { openDossierIds, openDossiers, pausesOfAll, runningSteps } from '../../db/queries/open-dossiers.ts'
import { eventsOf, newestEventId } from '../../db/queries/timeline.ts'
import type { Deps } from '../deps.ts'
import { type LocalDay, localDayOf } from '../domain/calendar/day.ts'
import { contributionChanges, contributions } from '../domain/counting/contributions.ts'
import type { Dossier } from '../domain/life-cycle/dossier.ts'
import { lateOnAsOf } from '../domain/life-cycle/lateness.ts'
import { RuleError } from '../domain/refusals.ts'
import { countingFacts, rebuild } from '../dossiers/store-change.ts'
import { moment } from '../web/formats.ts'
import type { Sliced } from './in-slices.ts'
import { freeLabel, settingOf } from './plan-decision.ts'
import {
  type CalendarSetting,
  changeFor,
  type DossierPlan,
  type DossierPlans,
  otherClocks,
  type PlannedMove,
  planDossiers,
} from './plan-moves.ts'
import { type LeftWhy, sinceDecision } from './since-decision.ts'
import { type UndoneDays, undoneDays } from './undone-days.ts'

/** The undoing of a decision thought through to the end, nothing of it written. */
export interface UndoPlan {
  readonly decision: DecisionRow
  readonly days: UndoneDays
  readonly label: string
  readonly setting: CalendarSetting
  readonly today: LocalDay
  readonly throughEvent: number
  /** Dossiers the decision moved. */
  readonly moved: ReadonlySet<number>
  readonly dossiers: DossierPlans
  /** Moved dossiers that keep what the decision gave them, and why; the other moved ones go back. */
  readonly left: Map<number, LeftWhy>
}

const SLICE = 100

/** Works out what undoing a decision does; refuses one that is undone, or whose days a later one has changed. */
export function* planUndo(deps: Pick<Deps, 'db' | 'clock'>, decisionId: number): Sliced<UndoPlan> {
  const { db, clock } = deps
  const decision = findDecision(deps, decisionId)
  if (decision.undoneAt !== null) throw new RuleError('already_undone', { at: moment(decision.undoneAt) })
  const today = localDayOf(clock.now())
  const label = freeLabel(versionLabels(db), today)
  const days = undoneDays(db, decision, label)
  const moves: readonly CalendarMove[] = movesOf(db, decisionId)
  const plan: UndoPlan = {
    decision,
    days,
    label,
    setting: { ...settingOf(deps, days.rows), mayShorten: false, undoes: decision.recordedAt },
    today,
    throughEvent: newestEventId(db),
    moved: new Set(moves.map(({ dossierId }) => dossierId)),
    dossiers: new Map(),
    left: new Map(),
  }
  const ids = [...new Set([...plan.moved, ...openDossierIds(db)])]
  for (let start = 0; start < ids.length; start += SLICE) {
    planUndoOf(plan, ids.slice(start, start + SLICE))
    yield
  }
  return plan
}

/** The decision, or the refusal `unknown_decision`. */
export function findDecision({ db }: Pick<Deps, 'db'>, id: number): DecisionRow {
  const decision = findCalendarDecision(db, id)
  if (decision === null) throw new RuleError('unknown_decision', { decision: id })
  return decision
}

/**
 * Adds some dossiers to the plan. Those the decision moved and nothing else has moved since go back; to the others,
 * and to those dated since, the calendar without the decision is one more change, which shortens nothing.
 */
export function planUndoOf(plan: UndoPlan, ids: readonly number[]): void {
  const { db } = plan.setting
  const open = new Map(openDossiers(db, ids).map((dossier) => [dossier.id, dossier]))
  const byRule: number[] = []
  const goBack: DossierPlan[] = []
  for (const id of ids) {
    plan.left.delete(id)
    const dossier = open.get(id)
    if (!plan.moved.has(id)) {
      if (dossier !== undefined) byRule.push(id)
      continue
    }
    const back = dossier === undefined ? 'ended' : restored(plan, dossier)
    if (typeof back !== 'string')
      goBack.push({ before: dossier as StoredDossier, move: back, ...NOTHING_ELSE })
    else {
      plan.left.set(id, back)
      if (dossier !== undefined) byRule.push(id)
    }
  }
  for (const each of goBack) plan.dossiers.set(each.before.id, each)
  for (const each of planDossiers(plan.setting, byRule)) {
    const move = isDatedSince(plan, each.before) ? each.move : null
    if (move ?? (each.steps.length > 0 || each.expiries.length > 0))
      plan.dossiers.set(each.before.id, { ...each, move })
  }
  addOtherClocks(plan, goBack)
}

const NOTHING_ELSE = { steps: [], expiries: [], kept: false } as const

/** Its date rests on the calendar that goes: it was received, or something happened to it, under that calendar. */
function isDatedSince(
  { decision, left }: UndoPlan,
  { id, recordedAt, lastOccurredAt }: StoredDossier,
): boolean {
  return left.has(id) || Math.max(recordedAt, lastOccurredAt) > decision.recordedAt
}

function addOtherClocks(plan: UndoPlan, goBack: readonly DossierPlan[]): void {
  const ids = goBack.map(({ before }) => before.id)
  const pauses = pausesOfAll(plan.setting.db, ids)
  const steps = runningSteps(plan.setting.db, ids)
  for (const each of goBack) {
    const { id, receivingUnitId } = each.before
    const change = changeFor(plan.setting, receivingUnitId)
    const clocks = otherClocks(plan.setting, change, steps.get(id) ?? [], pauses.get(id) ?? [])
    plan.dossiers.set(id, { ...each, ...clocks })
  }
}

/** The dossier as it was before the decision, or why it is left alone: no day already past may be counted anew. */
function restored(plan: UndoPlan, dossier: StoredDossier): PlannedMove | LeftWhy {
  const { decision, setting, today } = plan
  const since = sinceDecision(eventsOf(setting.db, dossier.id), decision.recordedAt)
  if (since === null) return 'moved'
  if (since.left !== null) return since.left
  const was = rebuild(since.earlier)
  const set = JSON.parse(since.move.changes) as Partial<Dossier>
  const next = { ...dossier, ...datesBefore(dossier, was, set) }
  const lateFrom = lateOnAsOf(was, localDayOf(decision.recordedAt))
  const facts = countingFacts(setting.db, dossier)
  const overdueSpells = facts.overdueSpells.filter(({ from }) => from !== lateFrom)
  const changes = contributionChanges(
    contributions(dossier, facts),
    contributions(next, { ...facts, overdueSpells }),
  )
  if (changes.some(({ day }) => day < today)) return 'past'
  const again = overdueSpells.length < facts.overdueSpells.length && lateFrom !== null
  return { next, cleared: null, changes, ...(again && { overdueAgainFrom: lateFrom }) }
}

/** The facts the decision set, as they were; what somebody has used up since (a transfer, the order of acts) stays. */
function datesBefore(dossier: StoredDossier, was: Dossier, set: Partial<Dossier>): Partial<Dossier> {
  const facts = Object.keys(set) as (keyof Dossier)[]
  const goesBack = facts.filter((fact) => dossier[fact] === set[fact])
  const kept = dossier.transferredAt !== was.transferredAt ? ['transferDueAt'] : []
  return Object.fromEntries(goesBack.filter((fact) => !kept.includes(fact)).map((fact) => [fact, was[fact]]))
}
