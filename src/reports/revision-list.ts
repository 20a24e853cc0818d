import { revisionHeads, type SnapshotRow } from '../../db/queries/snapshots.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Deps } from '../deps.ts'
import type { Instant } from '../domain/calendar/day.ts'
import type { Period } from '../domain/calendar/periods.ts'
import { RuleError } from '../domain/refusals.ts'
import { readCause } from './adjustments.ts'
import { type LateEvent, lateEvents } from './late-events.ts'
import { rowLabel } from './row-label.ts'
import { scopeUnits } from './scope.ts'

export interface ListedRevision {
  readonly unit: { readonly key: string; readonly label: string }
  readonly revision: number
  readonly kind: SnapshotRow['kind']
  readonly takenAt: Instant
  readonly hash: string
  /** What it takes up; nothing in revision 1. */
  readonly events: readonly LateEvent[]
}

/** Every revision of a closed period, the first ones too, oldest first. Refuses a period that is not closed. */
export function revisionList(
  { db }: Pick<Deps, 'db'>,
  { period, unit }: { readonly period: Period; readonly unit?: string | undefined },
): readonly ListedRevision[] {
  const heads = revisionHeads(db, period.key)
  if (heads.length === 0) throw new RuleError('period_not_closed', { period: period.label })
  const catalogue = catalogueOf(db)
  const unitIds = scopeUnits(catalogue, unit, period.to)
  const inScope = heads.filter(({ unitId }) => unitIds === null || unitIds.includes(unitId))
  const ids = new Set(inScope.flatMap(({ cause }) => readCause(cause)))
  const events = new Map(lateEvents(db, ids).map((event) => [event.id, event]))
  return inScope.map(({ unitId, revision, kind, takenAt, hash, cause }) => ({
    unit: rowLabel(catalogue, 'unit', unitId, period.to),
    revision,
    kind,
    takenAt,
    hash,
    events: readCause(cause).map((id) => events.get(id)!),
  }))
}

/** The numbers of a period's revisions with the moment of each, oldest first; empty when it is not closed. */
export function revisionMoments(
  { db }: Pick<Deps, 'db'>,
  { key }: Pick<Period, 'key'>,
): ReadonlyMap<number, Instant> {
  return new Map(revisionHeads(db, key).map(({ revision, takenAt }) => [revision, takenAt]))
}
