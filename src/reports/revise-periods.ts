import type { Db } from '../../db/open.ts'
import { fedUnits } from '../../db/queries/feed-children.ts'
import {
  type LateChangeSpan,
  lateChangesOf,
  newestLateChange,
  unitsWithLateChanges,
} from '../../db/queries/late-changes.ts'
import { closedPeriodsSince } from '../../db/queries/periods.ts'
import { readSetting, upsertSetting } from '../../db/queries/settings.ts'
import { insertSnapshot } from '../../db/queries/snapshots.ts'
import type { Deps } from '../deps.ts'
import { nextRevision, type Revisable } from './next-revision.ts'
import { revisionNumbers } from './revision-numbers.ts'

export interface Revised {
  /** New revisions by kind. */
  readonly full: number
  readonly difference: number
}

/** Setting: id of the last late change that a run has looked at to its end. */
const REVISED_CHANGE = 'revised_change'

/** Units and periods revised in one transaction: no write waits for more. */
const AT_ONCE = 16

/**
 * The night's revisions of closed periods: for each unit and period of which anything was changed since, one new
 * revision that takes it up, derived from the one before and the changes. Safe twice, and when it is interrupted.
 */
export function revisePeriods(deps: Pick<Deps, 'db' | 'clock'>): Revised {
  const sum = { full: 0, difference: 0 }
  for (const { full, difference } of revisionSlices(deps)) {
    sum.full += full
    sum.difference += difference
  }
  return sum
}

/** The same, slice by slice: each is a transaction of its own, and stopping between two of them loses nothing. */
export function* revisionSlices(deps: Pick<Deps, 'db' | 'clock'>): Generator<Revised> {
  const { db } = deps
  const span = { after: revisedChange(db), through: newestLateChange(db) }
  const numberOf = revisionNumbers(db, span.after)
  const reviseSlice = db.transaction((slice: readonly Revisable[]): Revised => {
    const sum = { full: 0, difference: 0 }
    for (const each of slice) {
      const row = nextRevision(deps, each, { through: span.through, numberOf })
      if (row === null) continue
      insertSnapshot(db, each.period.key, row)
      sum[row.kind] += 1
    }
    return sum
  })
  let slice: Revisable[] = []
  for (const each of revisables(db, span)) {
    slice.push(each)
    if (slice.length < AT_ONCE) continue
    yield reviseSlice.immediate(slice)
    slice = []
  }
  if (slice.length > 0) yield reviseSlice.immediate(slice)
  if (span.through > span.after) upsertSetting(db, REVISED_CHANGE, span.through)
}

/** Every unit and closed period that the changes reach, unit by unit. */
function* revisables(db: Db, span: LateChangeSpan): Generator<Revisable> {
  for (const unitId of unitsWithLateChanges(db, span)) {
    const changes = lateChangesOf(db, unitId, span)
    const firstDay = changes.reduce((day, change) => (change.day < day ? change.day : day), '9999-12-31')
    for (const period of closedPeriodsSince(db, firstDay)) {
      // What another installation answers for is revised there.
      if (!fedUnits(db, period).has(unitId)) yield { unitId, period, changes }
    }
  }
}

/** What was changed after this late change is in no revision yet; what was before comes to nothing or is in one. */
export function revisedChange(db: Db): number {
  return Number(readSetting(db, REVISED_CHANGE) ?? 0)
}
