import { decisionByDocument, versionLabels } from '../../db/queries/calendar-decisions.ts'
import { type WaitingResult, waitingResultsOn } from '../../db/queries/open-dossiers.ts'
import { readSetting } from '../../db/queries/settings.ts'
import { newestEventId } from '../../db/queries/timeline.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { type CalendarRows, calendarRows, unitCalendars } from '../catalogue/unit-calendars.ts'
import type { Deps } from '../deps.ts'
import { isWorkingDay } from '../domain/calendar/calendar.ts'
import { type LocalDay, localDayOf } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'
import { type DecidedDays, decidedDays, documentText, rowsAfter } from './decided-days.ts'
import type { DecisionInput } from './decision-input.ts'
import type { Sliced } from './in-slices.ts'
import { type CalendarSetting, changeFor, type DossierPlans, planMoves } from './plan-moves.ts'

/** A decision thought through to the end, nothing of it written. */
export interface DecisionPlan {
  readonly input: DecisionInput
  readonly document: string
  readonly decided: DecidedDays
  /** Label of the calendar's next version. */
  readonly label: string
  readonly setting: CalendarSetting
  readonly today: LocalDay
  readonly dossiers: DossierPlans
  /** Events up to this one are in the plan. */
  readonly throughEvent: number
  /** Results to be handed over on a day that is closed now. */
  readonly waiting: readonly WaitingResult[]
}

/** Setting: a calendar decision may shorten what was promised. */
const MAY_SHORTEN = 'calendar_may_shorten'

/** Checks a decision and works out what it does to every open dossier; refuses what cannot be meant. */
export function* planDecision(deps: Pick<Deps, 'db' | 'clock'>, input: DecisionInput): Sliced<DecisionPlan> {
  const { db, clock } = deps
  const catalogue = catalogueOf(db)
  const document = documentText(input)
  const same = decisionByDocument(db, document)
  if (same !== null) throw new RuleError('duplicate_decision', { document, title: same.title })
  const rows = calendarRows(db)
  const decided = decidedDays(input, { catalogue, rows })
  const today = localDayOf(clock.now())
  const label = freeLabel(versionLabels(db), today)
  const setting = settingOf(deps, rowsAfter(rows, decided, label))
  const throughEvent = newestEventId(db)
  const dossiers = yield* planMoves(setting)
  const waiting = waitingOnClosedDays(setting, decided)
  return { input, document, decided, label, setting, today, dossiers, throughEvent, waiting }
}

/** The calendars of `rows` in the place of those in force. */
export function settingOf({ db, clock }: Pick<Deps, 'db' | 'clock'>, rows: CalendarRows): CalendarSetting {
  return {
    db,
    catalogue: catalogueOf(db),
    calendarsAfter: unitCalendars(rows),
    now: clock.now(),
    mayShorten: readSetting(db, MAY_SHORTEN) === true,
  }
}

/** '2025-12-25', or '2025-12-25.2' for the second version of a day. */
export function freeLabel(taken: readonly string[], today: LocalDay): string {
  let label = today
  for (let n = 2; taken.includes(label); n += 1) label = `${today}.${n}`
  return label
}

function waitingOnClosedDays(
  setting: CalendarSetting,
  { added, removed }: DecidedDays,
): readonly WaitingResult[] {
  const days = [...new Set([...added, ...removed].map(({ date }) => date))]
  return waitingResultsOn(setting.db, days).filter(({ receivingUnitId, appointmentAt }) => {
    const { before, after } = changeFor(setting, receivingUnitId)
    const day = localDayOf(appointmentAt)
    return isWorkingDay(before, day) && !isWorkingDay(after, day)
  })
}
