import type { State } from '../../src/domain/life-cycle/dossier.ts'
import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'
import { DOSSIER_PARTS, inPart } from './dossier-parts.ts'
import { BOOK_SUMS, type BookSums } from './register-book.ts'

/** Dossiers a shop had open at the end of a day, as they stand now, by id. */
export function openIdsOn(db: Db, unitId: number, day: string): readonly number[] {
  return prepared<{ id: number }>(
    db,
    `SELECT id FROM ${DOSSIER_PARTS} WHERE part_receiving = @unitId AND state <> 'voided' AND accepted_on <= @day
       AND (ended_on IS NULL OR ended_on > @day) AND ${inPart('@day')} ORDER BY id`,
  )
    .all({ unitId, day })
    .map(({ id }) => id)
}

export interface DeskDays {
  readonly unitId: number
  readonly from: string
  readonly to: string
  /** The first moment of `from`, and the first after `to`. */
  readonly fromAt: number
  readonly untilAt: number
}

/** Dossiers of earlier days that a shop ended or handed out on these days, in the order in which it had accepted them. */
export function finishedIds(db: Db, days: DeskDays): readonly number[] {
  return prepared<{ id: number }>(
    db,
    `SELECT id FROM ${DOSSIER_PARTS} WHERE part_receiving = @unitId AND state <> 'voided' AND accepted_on < @from
       AND (ended_on BETWEEN @from AND @to OR (returned_at >= @fromAt AND returned_at < @untilAt))
       AND ${inPart('@to')} ORDER BY accepted_at, id`,
  )
    .all(days)
    .map(({ id }) => id)
}

/** Dossiers of a shop whose fee was paid there in [fromAt, untilAt) and that no valid receipt speaks of, first paid first. */
export function unreceiptedIds(
  db: Db,
  unitId: number,
  { fromAt, untilAt }: Pick<DeskDays, 'fromAt' | 'untilAt'>,
): readonly number[] {
  return prepared<{ id: number }>(
    db,
    `SELECT id FROM dossiers d WHERE receiving_unit_id = ? AND fee_paid_at >= ? AND fee_paid_at < ? AND fee > 0
       AND fee_payment IS NOT 'online' AND accepted_at IS NOT NULL AND state <> 'voided'
       AND NOT EXISTS (SELECT 1 FROM fee_receipts r WHERE r.dossier_id = d.id AND r.voided_at IS NULL)
     ORDER BY fee_paid_at, id`,
  )
    .all(unitId, fromAt, untilAt)
    .map(({ id }) => id)
}

/** The dossiers behind a sum of a shop's days (`bookSums`), in the order of acceptance. */
export function sumIds(db: Db, days: DeskDays, sum: keyof BookSums): readonly number[] {
  return prepared<{ id: number }>(
    db,
    `SELECT id FROM ${DOSSIER_PARTS} WHERE part_receiving = @unitId AND state <> 'voided' AND accepted_on <= @to
       AND ${BOOK_SUMS[sum]} ORDER BY accepted_at, id`,
  )
    .all(days)
    .map(({ id }) => id)
}

/** The dossiers a shop has in a state now, as many as `deskStates` counts. */
export function stateIds(db: Db, unitId: number, state: State): readonly number[] {
  return prepared<{ id: number }>(
    db,
    'SELECT id FROM dossiers WHERE receiving_unit_id = ? AND state = ? ORDER BY coalesce(accepted_at, submitted_at), id',
  )
    .all(unitId, state)
    .map(({ id }) => id)
}

/** Of the dossiers a shop has open today, those that are overdue, the longest first. */
export function overdueIds(db: Db, unitId: number, today: string): readonly number[] {
  return prepared<{ id: number }>(
    db,
    `SELECT id FROM dossiers WHERE accepted_at IS NOT NULL AND ended_at IS NULL AND state <> 'voided'
       AND receiving_unit_id = @unitId AND (late_on IS NOT NULL OR (due_on < @today AND paused_since IS NULL))
     ORDER BY due_at, id`,
  )
    .all({ unitId, today })
    .map(({ id }) => id)
}

export interface StateCount {
  readonly state: State
  readonly n: number
}

/** What a shop has now, by state: open dossiers, those that wait to be received, and results to hand out. */
export function deskStates(db: Db, unitId: number): readonly StateCount[] {
  return prepared<StateCount>(
    db,
    `SELECT state, count(*) AS n FROM dossiers WHERE receiving_unit_id = ?
       AND state IN ('submitted', 'accepted', 'processing', 'awaiting_supplement', 'awaiting_payment', 'result_ready')
     GROUP BY state`,
  ).all(unitId)
}

/** Online submissions of a shop that have to be received by a moment, the first of them first. */
export function submissionsDueBy(db: Db, unitId: number, by: number): readonly number[] {
  return prepared<{ id: number }>(
    db,
    `SELECT id FROM dossiers WHERE state = 'submitted' AND receiving_unit_id = ? AND receiving_due_at <= ?
       AND sub_state IS NULL ORDER BY receiving_due_at, id`,
  )
    .all(unitId, by)
    .map(({ id }) => id)
}

/** Open dossiers a shop took in that fall due on `day` or are overdue then, the most urgent first. */
export function dueIdsOn(db: Db, unitId: number, day: string): readonly number[] {
  return prepared<{ id: number }>(
    db,
    `SELECT id FROM dossiers WHERE accepted_at IS NOT NULL AND ended_at IS NULL AND state <> 'voided'
       AND receiving_unit_id = ? AND paused_since IS NULL AND due_on <= ? ORDER BY due_at, id`,
  )
    .all(unitId, day)
    .map(({ id }) => id)
}
