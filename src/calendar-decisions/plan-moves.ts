import type { Db } from '../../db/open.ts'
import type { StoredDossier } from '../../db/queries/dossiers.ts'
import {
  openDossierIds,
  openDossiers,
  pausesOfAll,
  type RunningStep,
  runningSteps,
  type StoredPause,
} from '../../db/queries/open-dossiers.ts'
import { type Catalogue, type ProcedureVersion, versionOn } from '../catalogue/catalogue.ts'
import { procedureRule } from '../catalogue/procedure-rule.ts'
import type { WorkCalendar } from '../domain/calendar/calendar.ts'
import { type Instant, type LocalDay, localDayOf } from '../domain/calendar/day.ts'
import { type Contribution, contributionChanges, contributions } from '../domain/counting/contributions.ts'
import {
  type CalendarChange,
  changeCalendar,
  expiryUnder,
  keepsPromise,
  type Moved,
  stepDueUnder,
} from '../domain/life-cycle/calendar-change.ts'
import { countingFacts } from '../dossiers/store-change.ts'
import type { Sliced } from './in-slices.ts'

/** The calendars in force and those that take their place. */
export interface CalendarSetting {
  readonly db: Db
  readonly catalogue: Catalogue
  readonly calendarsAfter: (unitId: number | null) => WorkCalendar
  readonly now: Instant
  readonly mayShorten: boolean
  /** When the decision to be undone was recorded. */
  readonly undoes?: Instant
}

/** What becomes of one dossier: its dates, its running step, the expiry of its open request. */
export interface DossierPlan {
  readonly before: StoredDossier
  /** Null: no date of the dossier itself moves. */
  readonly move: PlannedMove | null
  readonly steps: readonly { readonly step: RunningStep; readonly dueAt: Instant }[]
  readonly expiries: readonly { readonly pauseId: number; readonly dueAt: Instant }[]
  /** Its due date would have been earlier and is kept. */
  readonly kept: boolean
}

export interface PlannedMove extends Moved {
  /** What it adds to the cells, all of it from today on. */
  readonly changes: readonly Contribution[]
  /** First day of a spell taken back: those days count as overdue again. */
  readonly overdueAgainFrom?: LocalDay
}

export type DossierPlans = Map<number, DossierPlan>

/** Dossiers read at once: a few milliseconds of work. */
const SLICE = 200

/** Every open dossier under the new calendars; only those that something is to be said of. Reads in slices. */
export function* planMoves(setting: CalendarSetting): Sliced<DossierPlans> {
  const ids = openDossierIds(setting.db)
  const plans: DossierPlans = new Map()
  for (let start = 0; start < ids.length; start += SLICE) {
    for (const plan of planDossiers(setting, ids.slice(start, start + SLICE))) plans.set(plan.before.id, plan)
    yield
  }
  return plans
}

/** The same for some dossiers. */
export function planDossiers(setting: CalendarSetting, ids: readonly number[]): readonly DossierPlan[] {
  const { db } = setting
  const pauses = pausesOfAll(db, ids)
  const steps = runningSteps(db, ids)
  return openDossiers(db, ids).flatMap((dossier) => {
    const plan = planDossier(setting, dossier, pauses.get(dossier.id) ?? [], steps.get(dossier.id) ?? [])
    return plan.move || plan.kept || plan.steps.length > 0 || plan.expiries.length > 0 ? [plan] : []
  })
}

function planDossier(
  setting: CalendarSetting,
  before: StoredDossier,
  pauses: readonly StoredPause[],
  steps: readonly RunningStep[],
): DossierPlan {
  const change = changeFor(setting, before.receivingUnitId)
  const version = setting.catalogue.procedureVersionById.get(before.procedureVersionId) as ProcedureVersion
  const rule = { procedure: procedureRule(version), pauses }
  const moved = changeCalendar(before, change, rule)
  return {
    before,
    move: moved && { ...moved, changes: cellChanges(setting.db, before, moved) },
    ...otherClocks(setting, change, steps, pauses),
    kept: moved?.next.dueAt === before.dueAt || moved === null ? keepsPromise(before, change, rule) : false,
  }
}

/** Steps that run and requests that wait, whichever of them move. */
export function otherClocks(
  { catalogue }: CalendarSetting,
  change: CalendarChange,
  steps: readonly RunningStep[],
  pauses: readonly StoredPause[],
): Pick<DossierPlan, 'steps' | 'expiries'> {
  return {
    steps: steps
      .map((step) => ({ step, dueAt: stepDueUnder(step, change) }))
      .filter(({ step, dueAt }) => dueAt !== step.dueAt),
    expiries: pauses.flatMap(({ id, fromAt, toAt, dueAt }) => {
      const workingDays = versionOn(catalogue.regimes, localDayOf(fromAt))?.supplementExpiryDays ?? null
      if (toAt !== null || dueAt === null || workingDays === null) return []
      const moved = expiryUnder({ fromAt, dueAt, workingDays }, change)
      return moved === dueAt ? [] : [{ pauseId: id, dueAt: moved }]
    }),
  }
}

export function changeFor(setting: CalendarSetting, unitId: number): CalendarChange {
  const { catalogue, calendarsAfter, db: _, ...rest } = setting
  return { before: catalogue.calendar(unitId), after: calendarsAfter(unitId), ...rest }
}

/** What the move adds to the cells; days cleared of lateness stay counted as a spell. */
function cellChanges(db: Db, before: StoredDossier, { next, cleared }: Moved): readonly Contribution[] {
  const facts = countingFacts(db, before)
  const overdueSpells = cleared === null ? facts.overdueSpells : [...facts.overdueSpells, cleared]
  return contributionChanges(contributions(before, facts), contributions(next, { ...facts, overdueSpells }))
}
