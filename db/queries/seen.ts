import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

/** What opens a dossier to somebody: the units they see, whom they are or stand in for, the procedures they have a step in. */
export interface Seen {
  readonly unitIds: readonly number[]
  readonly officerIds: readonly number[]
  readonly procedureVersionIds: readonly number[]
}

const among = (name: string) => `IN (SELECT value FROM json_each(@${name}))`
const PENDING = 'd.accepted_at IS NOT NULL AND d.ended_at IS NULL'
const BESIDE = `(d.holder_unit_id ${among('seenUnits')} OR d.assignee_id ${among('seenOfficers')}
  OR d.procedure_version_id ${among('seenVersions')})`

/**
 * Dossiers `d` that a list shows: those a seen unit received or resolves; while they are pending, also those it holds or
 * has a step in, and those assigned. With the parameters of `seenArgs`.
 */
const SEEN = `(d.unit_id ${among('seenUnits')} OR d.receiving_unit_id ${among('seenUnits')} OR (${PENDING} AND ${BESIDE}))`

/** `AND …` for a query on dossiers `d`; nothing for who sees all. */
export function andSeen(seen: Seen | null): string {
  return seen === null ? '' : `AND ${SEEN}`
}

export function seenArgs(seen: Seen | null) {
  return {
    seenUnits: JSON.stringify(seen?.unitIds ?? []),
    seenOfficers: JSON.stringify(seen?.officerIds ?? []),
    seenVersions: JSON.stringify(seen?.procedureVersionIds ?? []),
  }
}

/** Ids of the same dossiers gathered along the indexes: for few units quicker than to look at every dossier there is. */
const GATHERED = `SELECT id FROM dossiers INDEXED BY dossiers_unit_received WHERE unit_id ${among('seenUnits')}
  UNION SELECT id FROM dossiers INDEXED BY dossiers_receiving_received WHERE receiving_unit_id ${among('seenUnits')}
  UNION SELECT d.id FROM dossiers d INDEXED BY dossiers_pending WHERE ${PENDING} AND ${BESIDE}`

/** Up to this many are gathered; of more, one is met soon enough on the way through all. */
const FEW = 20_000

/** The same as `andSeen` where no other condition leads into the table. */
export function andSeenAnywhere(db: Db, seen: Seen | null): string {
  return seen === null ? '' : `AND ${seenAnywhere(db, seen)}`
}

/** The condition itself, by the quicker way for these units. */
export function seenAnywhere(db: Db, seen: Seen): string {
  return areFew(db, seen) ? `d.id IN (${GATHERED})` : SEEN
}

function areFew(db: Db, seen: Seen): boolean {
  const count = prepared<{ n: number }>(
    db,
    `SELECT count(*) AS n FROM (
       SELECT 1 FROM dossiers INDEXED BY dossiers_unit_received WHERE unit_id ${among('seenUnits')}
       UNION ALL SELECT 1 FROM dossiers INDEXED BY dossiers_receiving_received WHERE receiving_unit_id ${among('seenUnits')}
       LIMIT ${2 * FEW + 1})`,
  )
  return count.get({ seenUnits: JSON.stringify(seen.unitIds) })!.n <= 2 * FEW
}

/** Which of these dossiers a list shows. */
export function seenAmong(db: Db, seen: Seen | null, ids: readonly number[]): ReadonlySet<number> {
  if (seen === null) return new Set(ids)
  const rows = prepared<{ id: number }>(
    db,
    `SELECT d.id FROM json_each(@ids) i JOIN dossiers d ON d.id = i.value WHERE ${SEEN}`,
  ).all({ ...seenArgs(seen), ids: JSON.stringify(ids) })
  return new Set(rows.map(({ id }) => id))
}
