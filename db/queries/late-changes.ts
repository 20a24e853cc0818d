import { CHANNEL_INDEX, type Contribution } from '../../src/domain/counting/contributions.ts'
import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

/**
 * Keeps what an event changes on days of closed periods, in the transaction of the event. `today` is the day of the
 * recording: no period that reaches it can be closed, so that nearly every event is done without a look.
 */
export function keepLateChanges(
  db: Db,
  eventId: number,
  today: string,
  changes: readonly Contribution[],
): void {
  const past = changes.filter(({ day }) => day < today)
  if (past.length === 0) return
  const through = closedThrough(db)
  if (through === null) return
  const insert = prepared(
    db,
    `INSERT INTO late_changes (event_id, day, unit_id, receiving_unit_id, procedure_id, channel, officer_id, flow, n)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  for (const c of past) {
    if (c.day > through) continue
    const place = [c.unitId, c.receivingUnitId, c.procedureId, CHANNEL_INDEX[c.channel], c.officerId]
    insert.run(eventId, c.day, ...place, c.flow, c.n)
  }
}

/** Id of the newest late change, 0 before the first one: what a revision taken now includes. */
export function newestLateChange(db: Db): number {
  return prepared<{ id: number | null }>(db, 'SELECT max(id) AS id FROM late_changes').get()?.id ?? 0
}

/** Last day of any closed period. */
export function closedThrough(db: Db): string | null {
  const row = prepared<{ day: string | null }>(
    db,
    'SELECT max(to_on) AS day FROM periods INDEXED BY periods_closed WHERE closed_at IS NOT NULL',
  ).get()
  return row?.day ?? null
}
