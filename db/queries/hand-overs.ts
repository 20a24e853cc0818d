import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

/** A hand-over sheet: which unit sent folders to which, or to whom of its own. */
export interface HandOverRow {
  readonly id: number
  readonly number: string
  readonly fromUnitId: number
  readonly toUnitId: number
  readonly sentAt: number
  readonly sentById: number | null
  /** To whom of the receiving unit; null: to the unit. */
  readonly toOfficerId: number | null
  readonly documentId: number | null
}

const SHEET = `h.id, h.number, h.from_unit_id AS fromUnitId, h.to_unit_id AS toUnitId, h.sent_at AS sentAt,
  h.sent_by_id AS sentById, h.to_officer_id AS toOfficerId, h.document_id AS documentId`

export function insertHandOver(db: Db, row: Omit<HandOverRow, 'id' | 'documentId'>): HandOverRow {
  return prepared<HandOverRow>(
    db,
    `INSERT INTO hand_overs AS h (number, from_unit_id, to_unit_id, sent_at, sent_by_id, to_officer_id)
       VALUES (?, ?, ?, ?, ?, ?)
       RETURNING id, number, from_unit_id AS fromUnitId, to_unit_id AS toUnitId, sent_at AS sentAt,
         sent_by_id AS sentById, to_officer_id AS toOfficerId, document_id AS documentId`,
  ).get(row.number, row.fromUnitId, row.toUnitId, row.sentAt, row.sentById, row.toOfficerId) as HandOverRow
}

export function findHandOver(db: Db, number: string): HandOverRow | null {
  return prepared<HandOverRow>(db, `SELECT ${SHEET} FROM hand_overs h WHERE h.number = ?`).get(number) ?? null
}

export function findHandOverById(db: Db, id: number): HandOverRow | null {
  return prepared<HandOverRow>(db, `SELECT ${SHEET} FROM hand_overs h WHERE h.id = ?`).get(id) ?? null
}

export function setHandOverDocument(db: Db, id: number, documentId: number): void {
  prepared(db, 'UPDATE hand_overs SET document_id = ? WHERE id = ?').run(documentId, id)
}

export interface SheetCounts extends HandOverRow {
  readonly sent: number
  readonly received: number
  readonly recalled: number
}

/** Sheets that these units sent or were sent (null: all units), newest first, with how many folders came. */
export function handOversOf(
  db: Db,
  unitIds: readonly number[] | null,
  limit: number,
): readonly SheetCounts[] {
  const scope =
    unitIds === null
      ? ''
      : `WHERE h.from_unit_id IN (SELECT value FROM json_each(@units))
           OR h.to_unit_id IN (SELECT value FROM json_each(@units))`
  return prepared<SheetCounts>(
    db,
    `SELECT ${SHEET}, count(*) AS sent, count(f.received_at) AS received, count(f.recalled_at) AS recalled
       FROM (SELECT * FROM hand_overs h ${scope} ORDER BY h.id DESC LIMIT @limit) h
         JOIN hand_over_folders f ON f.hand_over_id = h.id GROUP BY h.id ORDER BY h.id DESC`,
  ).all({ units: JSON.stringify(unitIds), limit })
}

export type Destination = Pick<HandOverRow, 'toUnitId' | 'toOfficerId'>

/** Where a unit last sent folders to (`sentById`: where this officer of it did); null when it never did. */
export function lastDestination(
  db: Db,
  fromUnitId: number,
  sentById: number | null = null,
): Destination | null {
  return (
    prepared<Destination>(
      db,
      `SELECT h.to_unit_id AS toUnitId, h.to_officer_id AS toOfficerId FROM hand_overs h
         WHERE h.from_unit_id = @fromUnitId AND (@sentById IS NULL OR h.sent_by_id = @sentById)
         ORDER BY h.id DESC LIMIT 1`,
    ).get({ fromUnitId, sentById }) ?? null
  )
}

/** A folder on one sheet. `unitId` is where it goes, and once received, where it was. */
export interface FolderRow {
  readonly handOverId: number
  readonly number: string
  readonly fromUnitId: number
  /** Where the sheet says it goes. */
  readonly toUnitId: number
  readonly toOfficerId: number | null
  readonly unitId: number
  readonly dossierId: number
  readonly code: string
  readonly procedureId: number
  readonly sentAt: number
  readonly sentById: number | null
  readonly receivedAt: number | null
  readonly receivedById: number | null
  readonly recalledAt: number | null
}

const COLUMNS = `SELECT h.id AS handOverId, h.number, h.from_unit_id AS fromUnitId, h.to_unit_id AS toUnitId,
  h.to_officer_id AS toOfficerId, f.to_unit_id AS unitId, d.id AS dossierId, d.code, d.procedure_id AS procedureId, f.sent_at AS sentAt,
  h.sent_by_id AS sentById, f.received_at AS receivedAt, f.received_by_id AS receivedById,
  f.recalled_at AS recalledAt`
const FOLDER = `${COLUMNS} FROM hand_over_folders f JOIN hand_overs h ON h.id = f.hand_over_id
  JOIN dossiers d ON d.id = f.dossier_id`

const OPEN = 'f.received_at IS NULL AND f.recalled_at IS NULL'

export function insertFolder(
  db: Db,
  folder: Pick<FolderRow, 'handOverId' | 'dossierId' | 'toUnitId' | 'sentAt'>,
): void {
  prepared(
    db,
    'INSERT INTO hand_over_folders (hand_over_id, dossier_id, to_unit_id, sent_at) VALUES (?, ?, ?, ?)',
  ).run(folder.handOverId, folder.dossierId, folder.toUnitId, folder.sentAt)
}

/** The folders of a sheet, by code. */
export function foldersOf(db: Db, handOverId: number): readonly FolderRow[] {
  return prepared<FolderRow>(db, `${FOLDER} WHERE f.hand_over_id = ? ORDER BY d.code`).all(handOverId)
}

/** Where the paper folder of a dossier has been, oldest first. */
export function custodyOf(db: Db, dossierId: number): readonly FolderRow[] {
  return prepared<FolderRow>(db, `${FOLDER} WHERE f.dossier_id = ? ORDER BY f.sent_at, h.id`).all(dossierId)
}

/** Folders on their way to these units or from them (null: all), the longest first. */
export function foldersOnTheWay(db: Db, unitIds: readonly number[] | null): readonly FolderRow[] {
  const scope =
    unitIds === null
      ? ''
      : `AND (f.to_unit_id IN (SELECT value FROM json_each(@units))
           OR h.from_unit_id IN (SELECT value FROM json_each(@units)))`
  return prepared<FolderRow>(
    db,
    `${COLUMNS} FROM hand_over_folders f INDEXED BY hand_over_folders_open
       CROSS JOIN hand_overs h ON h.id = f.hand_over_id CROSS JOIN dossiers d ON d.id = f.dossier_id
       WHERE ${OPEN} ${scope} ORDER BY f.sent_at, h.id, d.code`,
  ).all({ units: JSON.stringify(unitIds) })
}

/** Folders on their way to one of these units: what is coming. */
export function foldersComing(db: Db, unitIds: readonly number[]): readonly FolderRow[] {
  return prepared<FolderRow>(
    db,
    `${FOLDER} WHERE ${OPEN} AND f.to_unit_id IN (SELECT value FROM json_each(?))
       ORDER BY f.sent_at, h.id, d.code`,
  ).all(JSON.stringify(unitIds))
}

/** What was received in a unit since a moment, the last one first. */
export function foldersReceived(db: Db, unitId: number, since: number): readonly FolderRow[] {
  return prepared<FolderRow>(
    db,
    `${FOLDER} WHERE f.to_unit_id = ? AND f.received_at >= ? ORDER BY f.received_at DESC, d.code`,
  ).all(unitId, since)
}

/** The folder was scanned in `unitId`, wherever it had been sent. */
export function markReceived(
  db: Db,
  { handOverId, dossierId }: Pick<FolderRow, 'handOverId' | 'dossierId'>,
  receipt: { readonly unitId: number; readonly at: number; readonly officerId: number | null },
): void {
  prepared(
    db,
    `UPDATE hand_over_folders SET to_unit_id = ?, received_at = ?, received_by_id = ?
       WHERE hand_over_id = ? AND dossier_id = ? AND received_at IS NULL AND recalled_at IS NULL`,
  ).run(receipt.unitId, receipt.at, receipt.officerId, handOverId, dossierId)
}

/** Takes back what of a sheet has not come yet, or one dossier of it; returns how many. */
export function markRecalled(db: Db, handOverId: number, at: number, dossierId: number | null): number {
  return prepared(
    db,
    `UPDATE hand_over_folders SET recalled_at = ? WHERE hand_over_id = ? AND dossier_id = coalesce(?, dossier_id)
       AND received_at IS NULL AND recalled_at IS NULL`,
  ).run(at, handOverId, dossierId).changes
}
