import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

/** What makes a revision that arrived one: a unit (of one child), a period and a number. */
export interface ReceivedKey {
  readonly childId: number
  readonly unitId: number
  readonly periodKey: string
  readonly revision: number
}

export interface ReceivedRow extends ReceivedKey {
  readonly receivedAt: number
  readonly closedAt: number
  readonly hash: string
  readonly message: string
  readonly signature: string
}

const COLUMNS = `child_id AS childId, unit_id AS unitId, period_key AS periodKey, revision, received_at AS receivedAt,
  closed_at AS closedAt, hash, message, signature`

/** The revisions of a unit's period that have come, newest first. */
export function receivedRevisions(
  db: Db,
  { childId, unitId, periodKey }: Omit<ReceivedKey, 'revision'>,
): readonly ReceivedRow[] {
  return prepared<ReceivedRow>(
    db,
    `SELECT ${COLUMNS} FROM feed_received WHERE child_id = ? AND unit_id = ? AND period_key = ? ORDER BY revision DESC`,
  ).all(childId, unitId, periodKey)
}

export function insertReceived(db: Db, row: ReceivedRow): void {
  prepared(
    db,
    `INSERT INTO feed_received (child_id, unit_id, period_key, revision, received_at, closed_at, hash, message, signature)
       VALUES (@childId, @unitId, @periodKey, @revision, @receivedAt, @closedAt, @hash, @message, @signature)`,
  ).run(row)
}

/** Everything a child has sent, by period, unit and revision. */
export function receivedFrom(db: Db, childId: number): readonly Omit<ReceivedKey, 'childId'>[] {
  return prepared<Omit<ReceivedKey, 'childId'>>(
    db,
    `SELECT unit_id AS unitId, period_key AS periodKey, revision FROM feed_received WHERE child_id = ?
       ORDER BY period_key, unit_id, revision`,
  ).all(childId)
}

export interface NewestReceived {
  readonly childId: number
  readonly unitId: number
  readonly periodKey: string
  /** The newest one. */
  readonly revision: number
  readonly receivedAt: number
}

/** The newest revision of every unit that has come for these periods. */
export function newestReceived(db: Db, periodKeys: readonly string[]): readonly NewestReceived[] {
  return prepared<NewestReceived>(
    db,
    `SELECT child_id AS childId, unit_id AS unitId, period_key AS periodKey, max(revision) AS revision,
       received_at AS receivedAt FROM json_each(?) k
       CROSS JOIN feed_received INDEXED BY feed_received_period ON period_key = k.value
       GROUP BY child_id, unit_id, period_key`,
  ).all(JSON.stringify(periodKeys))
}
