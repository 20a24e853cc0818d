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

/** The unit a dossier belongs to from the morning of `from` on, and the unit that receives for it. */
export interface UnitStay {
  readonly from: LocalDay
  readonly unitId: number
  readonly receivingUnitId: number
}

/**
 * Which unit the dossier belongs to on `day`: as its moves tell, or the one it has now where it never moved.
 * Before the first stay it is already that one's. Example: stays of 4 from the start and 9 from 2025-07-01, on
 * 2025-06-30 → 4, on 2025-07-01 → 9.
 */
export function unitOn(
  now: Omit<UnitStay, 'from'>,
  stays: readonly UnitStay[],
  day: LocalDay,
): Omit<UnitStay, 'from'> {
  return stays.findLast((stay) => stay.from <= day) ?? stays[0] ?? now
}

/** Before any move: the first unit stays from here. */
const BEGINNING = '0000-00-00'

/**
 * Stays with one more after the dossier moved from `now` to `unit` on `day`: what it was before stays as it was.
 * Example: moved from 4 to 9 on 2025-07-01, for the first time → 4 from 0000-00-00, 9 from 2025-07-01.
 */
export function withUnitStay(
  now: Omit<UnitStay, 'from'>,
  stays: readonly UnitStay[],
  { from, unitId, receivingUnitId }: UnitStay,
): readonly UnitStay[] {
  const first = { from: BEGINNING, unitId: now.unitId, receivingUnitId: now.receivingUnitId }
  const earlier = (stays.length > 0 ? stays : [first]).filter((stay) => stay.from < from)
  return [...earlier, { from, unitId, receivingUnitId }]
}

/**
 * The stays told anew for a dossier whose moment of acceptance was corrected: from `first`, who had it when it came,
 * through every giving in the order of recording. What was given before acceptance is theirs from acceptance on.
 * Example: come to 18, given to 17 on 03/05, accepted on 23/04 → 18 from 23/04, 17 from 03/05.
 */
export function staysAnew(givings: readonly Stay[], first: number, acceptedOn: LocalDay): readonly Stay[] {
  if (givings.length === 0) return []
  return givings.reduce<readonly Stay[]>(
    (stays, { from, officerId }) => withStay(stays, from < acceptedOn ? acceptedOn : from, officerId),
    [{ from: acceptedOn, officerId: first }],
  )
}
