import type { Db } from '../../db/open.ts'
import { readSetting } from '../../db/queries/settings.ts'
import { clockMinute } from '../domain/calendar/clock-time.ts'
import { SETTINGS, type SettingName } from './settings.ts'

type OfKind<Kind> = {
  [Name in SettingName]: (typeof SETTINGS)[Name] extends { readonly kind: Kind } ? Name : never
}[SettingName]

/** A whole number as set within its bounds, else its default. */
export function wholeSetting(db: Db, name: OfKind<'whole'>): number {
  const { otherwise, least, most } = SETTINGS[name]
  const set = readSetting(db, name)
  return typeof set === 'number' && Number.isInteger(set) && set >= least && set <= most ? set : otherwise
}

/** An hour as the minute of the day. */
export function hourSetting(db: Db, name: OfKind<'hour'>): number {
  const set = readSetting(db, name)
  return clockMinute(typeof set === 'string' && isHour(set) ? set : SETTINGS[name].otherwise)
}

/** `HH:MM` of a real day. */
export function isHour(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text)
}
