import type { Channel } from '../../src/domain/counting/tally.ts'
import type { EndKind, Outcome, ReturnMode, State } from '../../src/domain/life-cycle/dossier.ts'
import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'
import { DOSSIER_PARTS, inPart, MOVED_IN, MOVED_OUT } from './dossier-parts.ts'

/** A shop's year: the unit that took the dossiers in, first and last day. */
export interface RegisterYear {
  readonly unitId: number
  readonly from: string
  readonly to: string
}

/** Every dossier the unit accepted in the year, voided ones too, in the order of acceptance: its place is its number. */
export function acceptedIds(db: Db, year: RegisterYear): readonly number[] {
  return prepared<{ id: number }>(
    db,
    `SELECT id FROM ${DOSSIER_PARTS} WHERE part_receiving = @unitId AND accepted_on BETWEEN @from AND @to
       AND ${inPart('accepted_on')} ORDER BY accepted_at, id`,
  )
    .all(year)
    .map(({ id }) => id)
}

export interface BookSums {
  readonly carriedOver: number
  readonly received: number
  readonly transferredIn: number
  readonly resolved: number
  readonly withdrawn: number
  readonly stopped: number
  readonly transferredOut: number
  readonly open: number
}

const endedAs = (kind: EndKind) =>
  `ended_on BETWEEN @from AND @to AND ${inPart('ended_on')} AND end_kind = '${kind}'`
const openAfter = (day: string) =>
  `accepted_on <= ${day} AND (ended_on IS NULL OR ended_on > ${day}) AND ${inPart(day)}`
/** What each sum counts. */
export const BOOK_SUMS = {
  carriedOver: openAfter(`date(@from, '-1 day')`),
  received: `accepted_on BETWEEN @from AND @to AND ${inPart('accepted_on')}`,
  transferredIn: MOVED_IN,
  resolved: endedAs('result'),
  withdrawn: endedAs('withdrawn'),
  stopped: endedAs('stopped'),
  transferredOut: MOVED_OUT,
  open: openAfter('@to'),
} as const satisfies Record<keyof BookSums, string>

/** What the year's closing page sums up, counted from the dossiers themselves and not from the day cells. */
export function bookSums(db: Db, year: RegisterYear): BookSums {
  const sums = Object.entries(BOOK_SUMS).map(([name, is]) => `coalesce(sum(${is}), 0) AS "${name}"`)
  return prepared<BookSums>(
    db,
    `SELECT ${sums.join(', ')} FROM ${DOSSIER_PARTS}
       WHERE part_receiving = @unitId AND state <> 'voided' AND accepted_on <= @to`,
  ).get(year) as BookSums
}

/** A line of the register, as the dossier stands. */
export interface BookRow {
  readonly id: number
  readonly code: string
  readonly state: State
  readonly channel: Channel
  readonly procedureId: number
  readonly quantity: number
  readonly applicantId: number | null
  /** Resolving unit on the day of acceptance. */
  readonly unitId: number
  readonly acceptedOn: string
  readonly appointmentAt: number | null
  readonly endedAt: number | null
  readonly endedOn: string | null
  readonly endKind: EndKind | null
  readonly outcome: Outcome | null
  readonly returnedAt: number | null
  readonly returnedMode: ReturnMode | null
  /** When it was voided and why, in the words typed then. */
  readonly voidedAt: number | null
  readonly voidReason: string | null
}

/** The lines of these dossiers, in the order of the ids. */
export function bookRows(db: Db, ids: readonly number[]): readonly BookRow[] {
  return prepared<BookRow>(
    db,
    `SELECT d.id, d.code, d.state, d.channel, d.procedure_id AS procedureId, d.quantity, d.applicant_id AS applicantId,
       coalesce((SELECT m.unit_id FROM dossier_units m WHERE m.dossier_id = d.id
         AND d.accepted_on BETWEEN m.from_on AND m.to_on), d.unit_id) AS unitId,
       d.accepted_on AS acceptedOn, d.appointment_at AS appointmentAt, d.ended_at AS endedAt, d.ended_on AS endedOn,
       d.end_kind AS endKind, d.outcome, d.returned_at AS returnedAt, d.returned_mode AS returnedMode,
       v.recorded_at AS voidedAt, (SELECT text FROM dossier_texts t
         WHERE t.dossier_id = d.id AND t.seq = v.seq AND t.kind = 'reason' LIMIT 1) AS voidReason
     FROM json_each(?) chosen CROSS JOIN dossiers d ON d.id = chosen.value
       LEFT JOIN events v ON v.dossier_id = d.id AND v.act = 'void' ORDER BY chosen.key`,
  ).all(JSON.stringify(ids))
}

/** The book of a unit's year as it was stored, or null while it is not closed. */
export function findBook(db: Db, year: string, unitId: number): string | null {
  const find = prepared<{ book: string }>(
    db,
    'SELECT book FROM register_books WHERE year = ? AND unit_id = ?',
  )
  return find.get(year, unitId)?.book ?? null
}

export function upsertBook(db: Db, year: string, unitId: number, book: string): void {
  prepared(
    db,
    'INSERT INTO register_books (year, unit_id, book) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET book = excluded.book',
  ).run(year, unitId, book)
}
