import type { PaperTemplate } from '../../src/paper/paper-data.ts'
import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

/** Why a document no longer holds. */
export type VoidCause = 'replaced' | 'corrected' | 'dossier_voided'

/** A document as issued; its bytes lie in the store under `sha256`. */
export interface DocumentRow {
  readonly id: number
  /** Its template. */
  readonly kind: PaperTemplate
  readonly subject: string
  readonly version: number
  readonly dossierId: number | null
  readonly dossierVersion: number | null
  /** The template, and after `#` a mark of what it was filled with: the same mark says the same. */
  readonly template: string
  readonly mediaType: string
  readonly sha256: string
  readonly bytes: number
  readonly issuedAt: number
  readonly issuedBy: number | null
  readonly voidedAt: number | null
  readonly voidCause: VoidCause | null
  /** Its bytes were taken away with the people it named. */
  readonly erasedAt: number | null
}

const ROW = `id, kind, subject, version, dossier_id AS dossierId, dossier_version AS dossierVersion, template,
  media_type AS mediaType, sha256, bytes, issued_at AS issuedAt, issued_by AS issuedBy, voided_at AS voidedAt,
  void_cause AS voidCause, erased_at AS erasedAt`

export function insertDocument(
  db: Db,
  row: Omit<DocumentRow, 'id' | 'voidedAt' | 'voidCause' | 'erasedAt'>,
): DocumentRow {
  return prepared<DocumentRow>(
    db,
    `INSERT INTO documents (kind, subject, version, dossier_id, dossier_version, template, media_type, sha256, bytes,
       issued_at, issued_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING ${ROW}`,
  ).get(
    row.kind,
    row.subject,
    row.version,
    row.dossierId,
    row.dossierVersion,
    row.template,
    row.mediaType,
    row.sha256,
    row.bytes,
    row.issuedAt,
    row.issuedBy,
  ) as DocumentRow
}

/** The newest version, or the one asked for; null when there is none. */
export function findDocument(
  db: Db,
  kind: PaperTemplate,
  subject: string,
  version?: number,
): DocumentRow | null {
  const row = prepared<DocumentRow>(
    db,
    `SELECT ${ROW} FROM documents WHERE kind = ? AND subject = ? AND version = coalesce(?, version)
       ORDER BY version DESC LIMIT 1`,
  ).get(kind, subject, version ?? null)
  return row ?? null
}

export function findDocumentById(db: Db, id: number): DocumentRow | null {
  return prepared<DocumentRow>(db, `SELECT ${ROW} FROM documents WHERE id = ?`).get(id) ?? null
}

/** Everything ever issued about a dossier, oldest first. */
export function documentsOf(db: Db, dossierId: number): readonly DocumentRow[] {
  return prepared<DocumentRow>(db, `SELECT ${ROW} FROM documents WHERE dossier_id = ? ORDER BY id`).all(
    dossierId,
  )
}

export function voidDocument(db: Db, id: number, at: number, cause: VoidCause): void {
  prepared(db, 'UPDATE documents SET voided_at = ?, void_cause = ? WHERE id = ? AND voided_at IS NULL').run(
    at,
    cause,
    id,
  )
}

/** With a voided dossier everything issued about it ceases to hold. */
export function voidDocumentsOf(db: Db, dossierId: number, at: number): void {
  prepared(
    db,
    `UPDATE documents SET voided_at = ?, void_cause = 'dossier_voided' WHERE dossier_id = ? AND voided_at IS NULL`,
  ).run(at, dossierId)
}

/** Every document, oldest first, read one by one. */
export function allDocuments(db: Db): IterableIterator<DocumentRow> {
  return prepared<DocumentRow>(db, `SELECT ${ROW} FROM documents ORDER BY id`).iterate()
}
