import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

/** An installation that feeds this one. */
export interface FeedChild {
  readonly id: number
  readonly installation: string
  readonly label: string
  /** Ed25519, SPKI in base64. */
  readonly publicKey: string
  /** Periods that end on this day or later come from it. */
  readonly sinceOn: string
  /** Last day it answers for; null while it feeds. */
  readonly untilOn: string | null
  readonly addedAt: number
}

const CHILD = `id, installation, label, public_key AS publicKey, since_on AS sinceOn, until_on AS untilOn, added_at AS addedAt`

/** In the order of their labels; those that feed no more too. */
export function feedChildren(db: Db): readonly FeedChild[] {
  return prepared<FeedChild>(db, `SELECT ${CHILD} FROM feed_children ORDER BY label, id`).all()
}

export function findFeedChild(db: Db, installation: string): FeedChild | null {
  return (
    prepared<FeedChild>(db, `SELECT ${CHILD} FROM feed_children WHERE installation = ?`).get(installation) ??
    null
  )
}

export function insertFeedChild(db: Db, child: Omit<FeedChild, 'id' | 'untilOn'>): number {
  const insert = prepared(
    db,
    `INSERT INTO feed_children (installation, label, public_key, since_on, added_at) VALUES (?, ?, ?, ?, ?)`,
  )
  const { installation, label, publicKey, sinceOn, addedAt } = child
  return Number(insert.run(installation, label, publicKey, sinceOn, addedAt).lastInsertRowid)
}

/** Its last day is `day`; one that had ended earlier keeps that. */
export function endFeedChild(db: Db, id: number, day: string): void {
  prepared(db, 'UPDATE feed_children SET until_on = ? WHERE id = ? AND until_on IS NULL').run(day, id)
}

export function setFeedKey(db: Db, id: number, publicKey: string): void {
  prepared(db, 'UPDATE feed_children SET public_key = ? WHERE id = ?').run(publicKey, id)
}

/** Ids of the units that each child answers for. */
export function feedUnits(db: Db): ReadonlyMap<number, readonly number[]> {
  const rows = prepared<{ childId: number; unitId: number }>(
    db,
    'SELECT child_id AS childId, unit_id AS unitId FROM feed_units ORDER BY child_id, unit_id',
  ).all()
  return new Map(
    [...Map.groupBy(rows, (row) => row.childId)].map(([id, own]) => [id, own.map((row) => row.unitId)]),
  )
}

/** The child that answers for a unit, or answered for it last. */
export function childOfUnit(db: Db, unitId: number): FeedChild | null {
  return (
    prepared<FeedChild>(
      db,
      `SELECT ${CHILD} FROM feed_children WHERE id = (SELECT child_id FROM feed_units WHERE unit_id = ?)`,
    ).get(unitId) ?? null
  )
}

/** Gives a unit to a child, taking it from the one that had it before. */
export function giveFeedUnit(db: Db, childId: number, unitId: number): void {
  prepared(
    db,
    'INSERT INTO feed_units (child_id, unit_id) VALUES (?, ?) ON CONFLICT (unit_id) DO UPDATE SET child_id = excluded.child_id',
  ).run(childId, unitId)
}

/** First day of the first period that any child sends; null without children. */
export function firstFeedDay(db: Db): string | null {
  const row = prepared<{ day: string | null }>(db, 'SELECT min(since_on) AS day FROM feed_children').get()
  return row?.day ?? null
}

interface Days {
  readonly key: string
  readonly to: string
}

/** Ids of the units whose figures of a period come from a child: those it answers for then, and those it has sent. */
export function fedUnits(db: Db, { key, to }: Days): ReadonlySet<number> {
  const rows = prepared<{ id: number }>(
    db,
    `SELECT u.unit_id AS id FROM feed_children c JOIN feed_units u ON u.child_id = c.id
       WHERE c.since_on <= @to AND (c.until_on IS NULL OR c.until_on >= @to)
     UNION SELECT unit_id FROM feed_received INDEXED BY feed_received_period WHERE period_key = @key`,
  ).all({ key, to })
  return new Set(rows.map((row) => row.id))
}
