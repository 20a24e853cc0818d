import {
  insertOfficeHours,
  listOfficeHours,
  type PromisedFrom,
  promisedFrom,
} from '../../db/queries/office-hours.ts'
import { must } from '../accounts/access.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { bumpCatalogue, catalogueOf } from '../catalogue/catalogue.ts'
import type { Actor, Deps } from '../deps.ts'
import { addDays, instantAt, type LocalDay, localDayOf, parseDay } from '../domain/calendar/day.ts'
import { orderedHours } from '../domain/calendar/office-hours.ts'
import { RuleError } from '../domain/refusals.ts'
import type { WeekHours } from './typed-hours.ts'

type HoursDeps = Pick<Deps, 'db' | 'clock'>

export interface NewHours extends WeekHours {
  /** Null: every unit without hours of its own. */
  readonly unitId: number | null
  readonly from: LocalDay
}

export interface HoursEffect extends PromisedFrom {
  /** Units with hours of their own, which hours of every unit leave alone. */
  readonly ownHours: readonly number[]
}

/**
 * What hours would mean. They hold for what is reckoned from that day on; a due date that stands is not reckoned again,
 * so none moves. Throws `hours_too_early`, `hours_exist`, `hours_unchanged`, `invalid_office_hours`.
 */
export function hoursEffect({ db, clock }: HoursDeps, hours: NewHours): HoursEffect {
  const { unitId, week, reception } = hours
  const from = parseDay(hours.from)
  const earliest = addDays(localDayOf(clock.now()), 1)
  if (from < earliest) throw new RuleError('hours_too_early', { earliest })
  orderedHours([{ from, week, ...(reception !== null && { reception }) }])
  const all = listOfficeHours(db)
  const own = all.filter((row) => row.unitId === unitId)
  if (own.some(({ validFrom }) => validFrom === from)) throw new RuleError('hours_exist', { day: from })
  const standing = (own.length > 0 ? own : all.filter((row) => row.unitId === null)).findLast(
    ({ validFrom }) => validFrom < from,
  )
  if (standing !== undefined && isSame(standing, hours)) throw new RuleError('hours_unchanged')
  const others = unitId === null ? all.flatMap((row) => row.unitId ?? []) : []
  const { units } = catalogueOf(db)
  const concerned =
    unitId === null ? units.map(({ id }) => id).filter((id) => !others.includes(id)) : [unitId]
  return { ...promisedFrom(db, concerned, instantAt(from, 0)), ownHours: [...new Set(others)] }
}

/** Records hours from a day on; returns the row's id. Run it inside a write. */
export function addHours(deps: HoursDeps, actor: Actor, hours: NewHours): number {
  must(actor, 'catalogue_write')
  hoursEffect(deps, hours)
  const { unitId, from, week, reception } = hours
  const id = insertOfficeHours(deps.db, { unitId, validFrom: from, week, reception })
  bumpCatalogue(deps.db)
  const data = { what: 'office_hours', unit: unitId, from }
  recordAudit(deps, { kind: 'reference_changed', actorId: actor.officerId, data })
  return id
}

function isSame(a: { readonly week: unknown; readonly reception: unknown }, b: typeof a): boolean {
  return JSON.stringify([a.week, a.reception]) === JSON.stringify([b.week, b.reception])
}
