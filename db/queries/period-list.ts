import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

export interface PeriodRow {
  readonly key: string
  readonly kind: string
  readonly scheme: string
  readonly from: string
  readonly to: string
  readonly label: string
  readonly closedAt: number | null
}

/** The reporting periods in use, the newest first. */
export function listPeriods(db: Db, kind: string | null): readonly PeriodRow[] {
  return prepared<PeriodRow>(
    db,
    `SELECT key, kind, scheme, from_on AS "from", to_on AS "to", label, closed_at AS closedAt
       FROM periods WHERE @kind IS NULL OR kind = @kind ORDER BY to_on DESC, from_on DESC, key`,
  ).all({ kind })
}
