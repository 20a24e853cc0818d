import { lateChangesOf, newestLateChange, unitsWithLateChanges } from '../../db/queries/late-changes.ts'
import { closedPeriodsSince } from '../../db/queries/periods.ts'
import { readSetting, upsertSetting } from '../../db/queries/settings.ts'
import { insertSnapshot } from '../../db/queries/snapshots.ts'
import type { Deps } from '../deps.ts'
import { nextRevision, type RevisedPeriod } from './next-revision.ts'
import { revisionNumbers } from './revision-numbers.ts'

export interface Revised {
  /** New revisions by kind. */
  readonly full: number
  readonly difference: number
}

/** Setting: id of the last late change that a run has looked at to its end. */
const REVISED_CHANGE = 'revised_change'

/** Periods of a unit revised in one transaction: no write waits for more. */
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
  const after = revisedChange(db)
  const through = newestLateChange(db)
  const numberOf = revisionNumbers(db, after)
  const reviseSlice = db.transaction((unitId: number, periods: readonly RevisedPeriod[]): Revised => {
    const sum = { full: 0, difference: 0 }
    for (const each of periods) {
      const row = nextRevision(deps, unitId, { ...each, through, numberOf })
      if (row === null) continue
      insertSnapshot(db, each.period.key, row)
      sum[row.kind] += 1
    }
    return sum
  })
  for (const unitId of unitsWithLateChanges(db, { after, through })) {
    const changes = lateChangesOf(db, unitId, { after, through })
    const firstDay = changes.reduce((day, change) => (change.day < day ? change.day : day), '9999-12-31')
    const periods = closedPeriodsSince(db, firstDay).map((period) => ({ period, changes }))
    for (let i = 0; i < periods.length; i += AT_ONCE) {
      yield reviseSlice.immediate(unitId, periods.slice(i, i + AT_ONCE))
    }
  }
  if (through > after) upsertSetting(db, REVISED_CHANGE, through)
}

/** What was changed after this late change is in no revision yet; what was before comes to nothing or is in one. */
export function revisedChange(db: Deps['db']): number {
  return Number(readSetting(db, REVISED_CHANGE) ?? 0)
}
