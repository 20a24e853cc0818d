import type { LocalDay } from '../calendar/day.ts'

/** One unit became another, wholly or in part, or gave it functions. */
export interface UnitLink {
  readonly fromUnitId: number
  readonly toUnitId: number
  readonly kind: 'merge' | 'split_part' | 'rename' | 'transfer_function'
  readonly onDay: LocalDay
}

/**
 * The unit in whose row the figures of `unitId` stand by the map of `day`: the one it was merged or renamed into, and
 * so on. A unit that was split has no such unit, whatever shares are on record: parts of dossiers cannot be counted.
 * Functions that moved take no history with them.
 * Example: 4 merged into 30 on 2024-12-01, 30 into 40 on 2025-07-01; by the map of 2025-08-01 → 40, of 2025-06-30 → 30.
 */
export function unitByMap(links: readonly UnitLink[], unitId: number, day: LocalDay): number {
  let unit = unitId
  for (const { fromUnitId, toUnitId, kind, onDay } of inOrder(links)) {
    if (fromUnitId === unit && onDay <= day && (kind === 'merge' || kind === 'rename')) unit = toUnitId
  }
  return unit
}

/** Whether the unit was divided among others by `day`. */
export function isSplit(links: readonly UnitLink[], unitId: number, day: LocalDay): boolean {
  return links.some(
    ({ fromUnitId, kind, onDay }) => fromUnitId === unitId && kind === 'split_part' && onDay <= day,
  )
}

function inOrder(links: readonly UnitLink[]): readonly UnitLink[] {
  return links.toSorted((a, b) => (a.onDay < b.onDay ? -1 : a.onDay > b.onDay ? 1 : 0))
}
