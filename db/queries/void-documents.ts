import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

export interface Voiding {
  readonly dossierId: number
  readonly kind: string
  readonly cause: string
  readonly at: number
}

/** The documents of one kind about a dossier are valid no longer; their rows and bytes stay. */
export function voidDocuments(db: Db, { dossierId, kind, cause, at }: Voiding): void {
  prepared(
    db,
    'UPDATE documents SET voided_at = ?, void_cause = ? WHERE dossier_id = ? AND kind = ? AND voided_at IS NULL',
  ).run(at, cause, dossierId, kind)
}
