import { lastClosedDay } from '../../db/queries/periods.ts'
import { catalogueOf, type ProcedureVersion, versionOn } from '../catalogue/catalogue.ts'
import { procedureRule } from '../catalogue/procedure-rule.ts'
import type { Deps } from '../deps.ts'
import { type Instant, localDayOf } from '../domain/calendar/day.ts'
import type { ActContext, ActorRole } from '../domain/life-cycle/acts.ts'
import type { PauseRow } from '../domain/life-cycle/dossier.ts'

export interface Act {
  readonly role: ActorRole
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
    role: act.role,
    calendar: catalogue.calendar(act.receivingUnitId),
    procedure: procedureRule(act.version),
    closedThrough: day < localDayOf(act.now) ? lastClosedDay(db) : null,
    supplementExpiryDays: versionOn(catalogue.regimes, day)?.supplementExpiryDays ?? null,
    pauses: act.pauses,
  }
}
