import type { LocalDay } from '../calendar/day.ts'

/** Who has a dossier in the evening of `from` and from then on; `officerId` 0 stands for nobody. */
export interface Stay {
  readonly from: LocalDay
  readonly officerId: number
}

/**
 * Stays with one row for each day on which the dossier changed hands (the last one of the day counts), after
 * `officerId` took it over from `day` on: a hand-over recorded late replaces those dated after it.
 * Example: taken over twice on one day → one stay.
 */
export function withStay(stays: readonly Stay[], day: LocalDay, officerId: number): readonly Stay[] {
  const earlier = stays.filter((stay) => stay.from < day)
  return earlier.at(-1)?.officerId === officerId ? earlier : [...earlier, { from: day, officerId }]
}

/**
 * Who has the dossier in the evening of `day`: as its stays tell, or `assigneeId` where it never changed hands.
 * Before the first stay it is already theirs. Example: stays of 7 from 07/03 and 8 from 13/03, on 12/03 → 7.
 */
export function officerOn(assigneeId: number | null, stays: readonly Stay[], day: LocalDay): number {
  return stays.findLast((stay) => stay.from <= day)?.officerId ?? stays[0]?.officerId ?? assigneeId ?? 0
}
