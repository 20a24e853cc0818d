import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'
import { type SnapshotRow, snapshotHead } from './snapshots.ts'

/** A closed revision on its way to the parent. */
export interface Outgoing extends SnapshotRow {
  readonly periodKey: string
  /** Hash of the unit's revision before it; null: it is the first. */
  readonly previousHash: string | null
}

export interface OutgoingQuery {
  /** Units that the parent asks for. */
  readonly unitIds: readonly number[]
  /** Periods that end on this day or later. */
  readonly since: string
  readonly now: number
  /** What was sent at this moment or before, and never acknowledged, is sent again. */
  readonly sentBy: number
}

// A clock that was set back must not keep anything from being sent again.
const WAITING = `FROM snapshots s JOIN periods p ON p.key = s.period_key
  LEFT JOIN feed_sent f ON f.period_key = s.period_key AND f.unit_id = s.unit_id AND f.revision = s.revision
  WHERE s.unit_id IN (SELECT value FROM json_each(@units)) AND p.to_on >= @since
    AND (f.revision IS NULL OR (f.acknowledged_at IS NULL AND (f.sent_at <= @sentBy OR f.sent_at > @now)))`

function parameters({ unitIds, since, now, sentBy }: OutgoingQuery) {
  return { units: JSON.stringify(unitIds), since, now, sentBy }
}

export function anythingToSend(db: Db, query: OutgoingQuery): boolean {
  return prepared(db, `SELECT 1 ${WAITING} LIMIT 1`).get(parameters(query)) !== undefined
}

/** Revisions to be sent, in the order in which they were made. */
export function outgoing(db: Db, query: OutgoingQuery, limit: number): readonly Outgoing[] {
  return prepared<Outgoing>(
    db,
    `SELECT s.period_key AS periodKey, ${snapshotHead('s')}, s.breakdown,
       (SELECT b.hash FROM snapshots b WHERE b.period_key = s.period_key AND b.unit_id = s.unit_id
          AND b.revision < s.revision ORDER BY b.revision DESC LIMIT 1) AS previousHash
       ${WAITING} ORDER BY s.id LIMIT @limit`,
  ).all({ ...parameters(query), limit })
}

type SentKey = Pick<Outgoing, 'periodKey' | 'unitId' | 'revision'>

export function markSentUpward(db: Db, { periodKey, unitId, revision }: SentKey, at: number): void {
  prepared(
    db,
    `INSERT INTO feed_sent (period_key, unit_id, revision, sent_at, attempts) VALUES (?, ?, ?, ?, 1)
       ON CONFLICT DO UPDATE SET sent_at = excluded.sent_at, attempts = attempts + 1`,
  ).run(periodKey, unitId, revision, at)
}

/** The parent has it. What it had refused because this one was missing is sent again at once. */
export function acknowledgeSent(db: Db, { periodKey, unitId, revision }: SentKey, at: number): void {
  prepared(
    db,
    `UPDATE feed_sent SET acknowledged_at = ?, refusal = NULL WHERE period_key = ? AND unit_id = ? AND revision = ?`,
  ).run(at, periodKey, unitId, revision)
  prepared(
    db,
    `UPDATE feed_sent SET sent_at = 0 WHERE period_key = ? AND unit_id = ? AND revision > ?
       AND acknowledged_at IS NULL AND refusal IS NOT NULL`,
  ).run(periodKey, unitId, revision)
}

export function refuseSent(db: Db, { periodKey, unitId, revision }: SentKey, refusal: string): void {
  prepared(
    db,
    `UPDATE feed_sent SET refusal = ?, acknowledged_at = NULL WHERE period_key = ? AND unit_id = ? AND revision = ?`,
  ).run(refusal, periodKey, unitId, revision)
}

/** Takes back an acknowledgement: the parent has lost it. It is sent again at once. */
export function sendAgain(db: Db, { periodKey, unitId, revision }: SentKey): void {
  prepared(
    db,
    `UPDATE feed_sent SET acknowledged_at = NULL, sent_at = 0 WHERE period_key = ? AND unit_id = ? AND revision = ?`,
  ).run(periodKey, unitId, revision)
}

/** Everything the parent has acknowledged. */
export function acknowledged(db: Db): readonly SentKey[] {
  return prepared<SentKey>(
    db,
    `SELECT period_key AS periodKey, unit_id AS unitId, revision FROM feed_sent WHERE acknowledged_at IS NOT NULL`,
  ).all()
}

export interface SentStanding {
  readonly sent: number
  readonly acknowledged: number
  readonly refused: number
  readonly lastAcknowledgedAt: number | null
}

export function sentStanding(db: Db): SentStanding {
  return prepared<SentStanding>(
    db,
    `SELECT count(*) AS sent, count(acknowledged_at) AS acknowledged,
       sum(acknowledged_at IS NULL AND refusal IS NOT NULL) AS refused, max(acknowledged_at) AS lastAcknowledgedAt
       FROM feed_sent`,
  ).get()!
}

/** What the parent refuses, with its reasons. */
export function refusedSent(db: Db): readonly (SentKey & { readonly refusal: string })[] {
  return prepared<SentKey & { refusal: string }>(
    db,
    `SELECT period_key AS periodKey, unit_id AS unitId, revision, refusal FROM feed_sent
       WHERE acknowledged_at IS NULL AND refusal IS NOT NULL ORDER BY period_key, unit_id, revision`,
  ).all()
}

/** How many revisions closed at `takenBy` or before the parent has not acknowledged. */
export function unansweredSince(
  db: Db,
  { unitIds, since, takenBy }: Pick<OutgoingQuery, 'unitIds' | 'since'> & { readonly takenBy: number },
): number {
  return prepared<{ n: number }>(
    db,
    `SELECT count(*) AS n FROM snapshots s JOIN periods p ON p.key = s.period_key
       LEFT JOIN feed_sent f ON f.period_key = s.period_key AND f.unit_id = s.unit_id AND f.revision = s.revision
       WHERE s.unit_id IN (SELECT value FROM json_each(@units)) AND p.to_on >= @since AND s.taken_at <= @takenBy
         AND f.acknowledged_at IS NULL`,
  ).get({ units: JSON.stringify(unitIds), since, takenBy })!.n
}
