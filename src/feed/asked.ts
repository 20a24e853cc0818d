import type { Db } from '../../db/open.ts'
import { readSetting, upsertSetting } from '../../db/queries/settings.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { LocalDay } from '../domain/calendar/day.ts'

/** What the parent wants of this installation. Until it has said so nothing is sent. */
export interface Asked {
  /** Keys of units. */
  readonly units: readonly string[]
  /** Periods that end on this day or later. */
  readonly since: LocalDay
}

const SETTING = 'feed_asked'

export function readAsked(db: Db): Asked | null {
  return (readSetting(db, SETTING) as Asked | undefined) ?? null
}

export function keepAsked(db: Db, { units, since }: Asked): void {
  upsertSetting(db, SETTING, { units, since })
}

/** The same by our own ids; units that are not in our map are left out. Null while nothing is asked. */
export function askedUnits(db: Db): { readonly unitIds: readonly number[]; readonly since: LocalDay } | null {
  const asked = readAsked(db)
  if (asked === null || asked.units.length === 0) return null
  const { unitByKey } = catalogueOf(db)
  return { unitIds: asked.units.flatMap((key) => unitByKey.get(key)?.id ?? []), since: asked.since }
}
