import { CHANNEL_INDEX, type Contribution } from '../../src/domain/counting/contributions.ts'
import type { Flow } from '../../src/domain/counting/tally.ts'
import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

/** One row of `late_changes`: what an event changed on a day of a closed period. */
export interface LateChange {
  readonly id: number
  readonly eventId: number
  readonly day: string
  readonly unitId: number
  readonly receivingUnitId: number
  readonly procedureId: number
  /** Index into CHANNELS. */
  readonly channel: number
  readonly officerId: number
  readonly flow: Flow
  readonly n: number
}

const COLUMNS = `id, event_id AS eventId, day, unit_id AS unitId, receiving_unit_id AS receivingUnitId,
  procedure_id AS procedureId, channel, officer_id AS officerId, flow, n`

/**
 * Keeps what an event changes on days of closed periods, in the transaction of the event. `today` is the day of the
 * recording: no period that reaches it can be closed, so that nearly every event is done without a look.
 * Returns what it kept.
 */
export function keepLateChanges(
  db: Db,
  eventId: number,
  today: string,
  changes: readonly Contribution[],
): readonly Contribution[] {
  const past = changes.filter(({ day }) => day < today)
  const through = past.length === 0 ? null : closedThrough(db)
  if (through === null) return []
  const late = past.filter(({ day }) => day <= through)
  const insert = prepared(
    db,
    `INSERT INTO late_changes (event_id, day, unit_id, receiving_unit_id, procedure_id, channel, officer_id, flow, n)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  for (const c of late) {
    const place = [c.unitId, c.receivingUnitId, c.procedureId, CHANNEL_INDEX[c.channel], c.officerId]
    insert.run(eventId, c.day, ...place, c.flow, c.n)
  }
  return late
}

/** Id of the newest late change, 0 before the first one: what a revision taken now includes. */
export function newestLateChange(db: Db): number {
  return prepared<{ id: number | null }>(db, 'SELECT max(id) AS id FROM late_changes').get()?.id ?? 0
}

export interface LateChangeSpan {
  /** Id after which they begin. */
  readonly after: number
  /** Id of the last one. */
  readonly through: number
}

/** The late changes of any unit on days up to `lastDay`, in the order of their recording. */
export function lateChanges(
  db: Db,
  { after, through }: LateChangeSpan,
  lastDay: string,
): readonly LateChange[] {
  return prepared<LateChange>(
    db,
    `SELECT ${COLUMNS} FROM late_changes NOT INDEXED WHERE id > ? AND id <= ? AND day <= ? ORDER BY id`,
  ).all(after, through, lastDay)
}

/** The late changes of one unit, in the order of their recording. */
export function lateChangesOf(
  db: Db,
  unitId: number,
  { after, through }: LateChangeSpan,
): readonly LateChange[] {
  return prepared<LateChange>(
    db,
    `SELECT ${COLUMNS} FROM late_changes INDEXED BY late_changes_unit
       WHERE unit_id = ? AND id > ? AND id <= ? ORDER BY id`,
  ).all(unitId, after, through)
}

/** The units whose closed days were changed. */
export function unitsWithLateChanges(db: Db, { after, through }: LateChangeSpan): readonly number[] {
  return prepared<{ id: number }>(
    db,
    'SELECT DISTINCT unit_id AS id FROM late_changes NOT INDEXED WHERE id > ? AND id <= ? ORDER BY 1',
  )
    .all(after, through)
    .map((row) => row.id)
}

/** Last day of any closed period: what is dated on or before it corrects one. */
export function closedThrough(db: Db): string | null {
  const row = prepared<{ day: string | null }>(
    db,
    'SELECT max(to_on) AS day FROM periods INDEXED BY periods_closed WHERE closed_at IS NOT NULL',
  ).get()
  return row?.day ?? null
}

/** A change of a closed day, at the grain at which it is shown: unit, channel and flow. */
export interface LateSum {
  readonly day: string
  readonly unitId: number
  /** Index into CHANNELS. */
  readonly channel: number
  readonly flow: Flow
  readonly n: number
}

/** What an event changed on days of closed periods. */
export function lateSumsOf(db: Db, eventId: number): readonly LateSum[] {
  return prepared<LateSum>(
    db,
    `SELECT day, unit_id AS unitId, channel, flow, SUM(n) AS n FROM late_changes INDEXED BY late_changes_event
       WHERE event_id = ? GROUP BY day, unit_id, channel, flow HAVING SUM(n) <> 0 ORDER BY day, unit_id, flow, channel`,
  ).all(eventId)
}
