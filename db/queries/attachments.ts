import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'
import type { DocumentFile } from './document-files.ts'

/** A file that belongs to a dossier; its bytes lie in the store under `sha256` until it is removed. */
export interface AttachmentRow {
  readonly id: number
  readonly dossierId: number
  readonly name: string
  readonly mediaType: string
  readonly bytes: number
  readonly sha256: string
  readonly addedAt: number
  readonly addedById: number | null
  readonly removedAt: number | null
  readonly removedById: number | null
}

const ROW = `id, dossier_id AS dossierId, name, media_type AS mediaType, bytes, sha256, added_at AS addedAt,
  added_by_id AS addedById, removed_at AS removedAt, removed_by_id AS removedById`

export function insertAttachment(
  db: Db,
  row: Omit<AttachmentRow, 'id' | 'removedAt' | 'removedById'>,
): AttachmentRow {
  return prepared<AttachmentRow>(
    db,
    `INSERT INTO attachments (dossier_id, name, media_type, bytes, sha256, added_at, added_by_id)
       VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING ${ROW}`,
  ).get(
    row.dossierId,
    row.name,
    row.mediaType,
    row.bytes,
    row.sha256,
    row.addedAt,
    row.addedById,
  ) as AttachmentRow
}

/** Everything ever attached to a dossier, oldest first. */
export function attachmentsOf(db: Db, dossierId: number): readonly AttachmentRow[] {
  return prepared<AttachmentRow>(db, `SELECT ${ROW} FROM attachments WHERE dossier_id = ? ORDER BY id`).all(
    dossierId,
  )
}

export function findAttachment(db: Db, id: number): AttachmentRow | null {
  return prepared<AttachmentRow>(db, `SELECT ${ROW} FROM attachments WHERE id = ?`).get(id) ?? null
}

export function markAttachmentRemoved(db: Db, id: number, at: number, officerId: number | null): void {
  prepared(
    db,
    'UPDATE attachments SET removed_at = ?, removed_by_id = ? WHERE id = ? AND removed_at IS NULL',
  ).run(at, officerId, id)
}

/** Takes the names away and whatever was still there. */
export function eraseAttachmentRows(db: Db, dossierId: number, name: string, at: number): void {
  prepared(
    db,
    'UPDATE attachments SET name = ?, removed_at = coalesce(removed_at, ?) WHERE dossier_id = ?',
  ).run(name, at, dossierId)
}

/** Whether a file that is still attached has these bytes. */
export function isAttached(db: Db, sha256: string): boolean {
  return (
    prepared(db, 'SELECT 1 FROM attachments WHERE sha256 = ? AND removed_at IS NULL LIMIT 1').get(sha256) !==
    undefined
  )
}

/** Every file that is still attached, once. */
export function attachmentFiles(db: Db): readonly DocumentFile[] {
  return prepared<DocumentFile>(
    db,
    'SELECT DISTINCT sha256, bytes FROM attachments WHERE removed_at IS NULL ORDER BY sha256',
  ).all()
}

/** The bytes that nothing attached has any more, since before `at`; without it, whenever they were removed. */
export function removedHashes(db: Db, at: number = Number.MAX_SAFE_INTEGER): readonly string[] {
  return prepared<{ sha256: string }>(
    db,
    `SELECT sha256 FROM attachments GROUP BY sha256
       HAVING count(*) = count(removed_at) AND max(removed_at) < ? ORDER BY sha256`,
  )
    .all(at)
    .map(({ sha256 }) => sha256)
}
