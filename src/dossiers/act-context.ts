import { closedThrough } from '../../db/queries/late-changes.ts'
import { readSetting } from '../../db/queries/settings.ts'
import { catalogueOf, type ProcedureVersion, versionOn } from '../catalogue/catalogue.ts'
import { procedureRule } from '../catalogue/procedure-rule.ts'
import type { Actor, Deps } from '../deps.ts'
import { type Instant, type LocalDay, localDayOf } from '../domain/calendar/day.ts'
import type { ActContext, ActorRole } from '../domain/life-cycle/acts.ts'
import type { PauseRow } from '../domain/life-cycle/dossier.ts'

export interface Act {
  readonly role: ActorRole
  readonly leave: Actor['leave']
  readonly at: Instant
  readonly now: Instant
  readonly receivingUnitId: number
  readonly version: ProcedureVersion
  readonly pauses: readonly PauseRow[]
}

/** What the rules need to know around an act: calendar, procedure, regime, closed periods, pauses. */
export function actContext({ db }: Pick<Deps, 'db'>, act: Act): ActContext {
  const catalogue = catalogueOf(db)
  const day = localDayOf(act.at)
  return {
    now: act.now,
    calendar: catalogue.calendar(act.receivingUnitId),
    procedure: procedureRule(act.version),
    ...correctionRight({ db }, act, day < localDayOf(act.now) ? closedThrough(db) : null),
    supplementExpiryDays: versionOn(catalogue.regimes, day)?.supplementExpiryDays ?? null,
    pauses: act.pauses,
  }
}

/** Setting: corrections of closed periods need a second person. */
export const SECOND_PERSON = 'corrections_need_second_person'

/** Who asks to change days of closed periods, and what is closed. */
export function correctionRight(
  { db }: Pick<Deps, 'db'>,
  { role, leave }: Pick<Act, 'role' | 'leave'>,
  through: LocalDay | null,
) {
  const secondPerson = through !== null && readSetting(db, SECOND_PERSON) === true
  return { role, leave, closedThrough: through, secondPerson }
}
