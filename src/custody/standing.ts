import type { FolderRow } from '../../db/queries/hand-overs.ts'
import { catalogueOf, type Lineage } from '../catalogue/catalogue.ts'
import type { Deps } from '../deps.ts'
import { workingMinutesBetween } from '../domain/calendar/calendar.ts'
import { type Instant, type LocalDay, localDayOf } from '../domain/calendar/day.ts'
import { wholeSetting } from '../settings/setting-value.ts'

type Way = Pick<FolderRow, 'toUnitId' | 'sentAt'>
type Journey = Pick<FolderRow, 'receivedAt' | 'recalledAt'>

/** Sent, and neither received nor taken back. */
export function isOnTheWay({ receivedAt, recalledAt }: Journey): boolean {
  return receivedAt === null && recalledAt === null
}

/** Working hours a folder may be on its way. */
export function folderHours({ db }: Pick<Deps, 'db'>): number {
  return wholeSetting(db, 'folder_hours')
}

/** Minutes of office time, by the calendar of where it goes, that a folder has been on its way. */
export function minutesOnTheWay({ db }: Pick<Deps, 'db'>, folder: Way, now: Instant): number {
  return workingMinutesBetween(catalogueOf(db).calendar(folder.toUnitId), folder.sentAt, now)
}

/** Longer on its way than the setting allows. */
export function isTooLong(
  deps: Pick<Deps, 'db'>,
  folder: Way,
  now: Instant,
  hours: number = folderHours(deps),
): boolean {
  return minutesOnTheWay(deps, folder, now) > hours * 60
}

/**
 * The unit itself and the units that had become it by `day`, wholly or in part: what was on its way to one of them is
 * its to receive.
 */
export function unitsCameTo(lineage: readonly Lineage[], unitId: number, day: LocalDay): readonly number[] {
  const came = new Set([unitId])
  const links = lineage.filter(({ kind, onDay }) => kind !== 'transfer_function' && onDay <= day)
  for (const id of came)
    for (const { fromUnitId, toUnitId } of links) if (toUnitId === id) came.add(fromUnitId)
  return [...came]
}

/**
 * Received by a unit it had neither been sent to nor come from, nor by one that one of these had become: a folder that
 * went astray.
 */
export function wentAstray(deps: Pick<Deps, 'db'>, folder: FolderRow): boolean {
  const here = unitsOfReceipt(deps, folder)
  return here.length > 0 && !here.includes(folder.toUnitId) && !here.includes(folder.fromUnitId)
}

/** Scanned back by the unit that had sent it elsewhere; of what went to somebody within a unit, by who had sent it. */
export function cameBack(deps: Pick<Deps, 'db'>, folder: FolderRow): boolean {
  const { fromUnitId, toUnitId, sentById, toOfficerId, receivedById } = folder
  const here = unitsOfReceipt(deps, folder)
  if (!here.includes(fromUnitId)) return false
  if (!here.includes(toUnitId)) return true
  return fromUnitId === toUnitId && sentById === receivedById && receivedById !== toOfficerId
}

/** Of a folder that was received: the unit where it was, and those that had become it. */
function unitsOfReceipt({ db }: Pick<Deps, 'db'>, { receivedAt, unitId }: FolderRow): readonly number[] {
  if (receivedAt === null) return []
  return unitsCameTo(catalogueOf(db).lineage, unitId, localDayOf(receivedAt))
}
