import type { CalendarDayKind } from '../../src/domain/calendar/calendar.ts'
import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

export interface DecisionRow {
  readonly id: number
  readonly title: string
  readonly document: string
  readonly calendarVersionId: number
  readonly version: string
  readonly recordedAt: number
  readonly actorId: number | null
  readonly undoneAt: number | null
  readonly undoneBy: number | null
  readonly undoneVersionId: number | null
  /** Dossiers it moved. */
  readonly moved: number
}

const DECISIONS = `SELECT d.id, d.title, d.document, d.calendar_version_id AS calendarVersionId, v.label AS version,
    d.recorded_at AS recordedAt, d.actor_id AS actorId, d.undone_at AS undoneAt, d.undone_by AS undoneBy,
    d.undone_version_id AS undoneVersionId,
    (SELECT count(*) FROM calendar_moves m WHERE m.decision_id = d.id) AS moved
  FROM calendar_decisions d JOIN calendar_versions v ON v.id = d.calendar_version_id`

/** Every decision recorded, newest first. */
export function calendarDecisions(db: Db): readonly DecisionRow[] {
  return prepared<DecisionRow>(db, `${DECISIONS} ORDER BY d.id DESC`).all()
}

export function findCalendarDecision(db: Db, id: number): DecisionRow | null {
  return prepared<DecisionRow>(db, `${DECISIONS} WHERE d.id = ?`).get(id) ?? null
}

/** The decision in force that rests on this document, or null. */
export function decisionByDocument(db: Db, document: string): DecisionRow | null {
  return (
    prepared<DecisionRow>(db, `${DECISIONS} WHERE d.document = ? AND d.undone_at IS NULL`).get(document) ??
    null
  )
}

export function insertDecision(
  db: Db,
  row: { title: string; document: string; versionId: number; recordedAt: number; actorId: number | null },
): number {
  const insert = prepared(
    db,
    `INSERT INTO calendar_decisions (title, document, calendar_version_id, recorded_at, actor_id)
       VALUES (@title, @document, @versionId, @recordedAt, @actorId)`,
  )
  return Number(insert.run(row).lastInsertRowid)
}

export function markUndone(
  db: Db,
  row: { id: number; at: number; actorId: number | null; versionId: number },
): void {
  prepared(
    db,
    'UPDATE calendar_decisions SET undone_at = @at, undone_by = @actorId, undone_version_id = @versionId WHERE id = @id',
  ).run(row)
}

export interface CalendarVersionRow {
  readonly id: number
  readonly label: string
  readonly decidedThrough: number
}

/** The version before one: what was decided until then. */
export function versionBefore(db: Db, id: number): CalendarVersionRow | null {
  return (
    prepared<CalendarVersionRow>(
      db,
      'SELECT id, label, decided_through AS decidedThrough FROM calendar_versions WHERE id < ? ORDER BY id DESC LIMIT 1',
    ).get(id) ?? null
  )
}

export function versionLabels(db: Db): readonly string[] {
  return prepared<string>(db, 'SELECT label FROM calendar_versions').pluck().all() as unknown as string[]
}

export function insertCalendarVersion(
  db: Db,
  row: { label: string; document: string; decidedThrough: number; recordedAt: number },
): number {
  const insert = prepared(
    db,
    `INSERT INTO calendar_versions (label, document, decided_through, recorded_at)
       VALUES (@label, @document, @decidedThrough, @recordedAt)`,
  )
  return Number(insert.run(row).lastInsertRowid)
}

export interface DecidedDayRow {
  readonly id: number
  readonly date: string
  readonly unitId: number | null
  readonly kind: CalendarDayKind
  readonly name: string
  readonly document: string | null
  readonly provisional: 0 | 1
  readonly addedIn: number
  readonly removedIn: number | null
}

/** Days that a version put into the calendar or took out of it. */
export function daysOfVersion(db: Db, versionId: number): readonly DecidedDayRow[] {
  return prepared<DecidedDayRow>(
    db,
    `SELECT id, date, unit_id AS unitId, kind, name, document, provisional, added_in AS addedIn,
       removed_in AS removedIn FROM calendar_days WHERE added_in = @versionId OR removed_in = @versionId
       ORDER BY date, id`,
  ).all({ versionId })
}

export function removeCalendarDay(db: Db, id: number, versionId: number): void {
  prepared(db, 'UPDATE calendar_days SET removed_in = ? WHERE id = ?').run(versionId, id)
}

export function insertCalendarDay(
  db: Db,
  day: Pick<DecidedDayRow, 'date' | 'unitId' | 'kind' | 'name' | 'document'> & {
    readonly provisional: 0 | 1
  },
  versionId: number,
): void {
  prepared(
    db,
    `INSERT INTO calendar_days (date, unit_id, kind, name, document, provisional, added_in) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ).run(day.date, day.unitId, day.kind, day.name, day.document, day.provisional, versionId)
}
