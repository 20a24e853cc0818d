import {
  type AttachmentRow,
  attachmentsOf,
  eraseAttachmentRows,
  findAttachment,
  isAttached,
  markAttachmentRemoved,
} from '../../db/queries/attachments.ts'
import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { addText } from '../../db/queries/timeline.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { Actor, PaperDeps } from '../deps.ts'
import { removeBytes } from '../documents/document-store.ts'
import { RuleError } from '../domain/refusals.ts'
import { mustAttach } from './add-attachments.ts'

/** Takes a file away, with a reason: the row stays. Run it inside a write, then `forgetBytes` with the hash it returns. */
export function removeAttachment(
  deps: PaperDeps,
  actor: Actor,
  dossier: StoredDossier,
  { id, reason }: { readonly id: number; readonly reason: string },
): AttachmentRow {
  mustAttach(deps, actor, dossier)
  const { db, clock } = deps
  const row = attachmentOf(deps, dossier, id)
  if (reason === '') throw new RuleError('reason_required', { act: 'Gỡ tệp đính kèm' })
  markAttachmentRemoved(db, id, clock.now(), actor.officerId)
  addText(db, dossier.id, removalSeq(id), 'reason', reason)
  recordAudit(deps, {
    kind: 'attachment_changed',
    actorId: actor.officerId,
    dossierId: dossier.id,
    data: { change: 'removed', attachment: id },
  })
  return row
}

/** Erasure: nothing of the dossier's files stays but their dates and sizes. Run it inside a write, then `forgetBytes`. */
export function removeAttachmentsOf(
  deps: Pick<PaperDeps, 'db' | 'clock'>,
  dossierId: number,
  actorId: number | null = null,
): readonly string[] {
  const { db, clock } = deps
  const rows = attachmentsOf(db, dossierId)
  if (rows.length === 0) return []
  eraseAttachmentRows(db, dossierId, 'đã xóa', clock.now())
  recordAudit(deps, {
    kind: 'attachment_changed',
    actorId,
    dossierId,
    data: { change: 'erased', attachments: rows.length },
  })
  return [...new Set(rows.map(({ sha256 }) => sha256))]
}

/** Removes from the store those of these bytes that nothing attached has any more. After the write, never within it. */
export function forgetBytes(
  { db, folders }: Pick<PaperDeps, 'db' | 'folders'>,
  hashes: readonly string[],
): void {
  for (const sha256 of hashes) if (!isAttached(db, sha256)) removeBytes(folders.attachmentsDir, sha256)
}

/** The file, while it is attached to this dossier. */
export function attachmentOf(
  { db }: Pick<PaperDeps, 'db'>,
  dossier: StoredDossier,
  id: number,
): AttachmentRow {
  const row = findAttachment(db, id)
  if (row === null || row.dossierId !== dossier.id)
    throw new RuleError('unknown_attachment', { attachment: id })
  if (row.removedAt !== null) throw new RuleError('attachment_removed', { attachment: id })
  return row
}

/** Reasons are texts of the dossier: erased with them. No event has a number below 1. */
export function removalSeq(attachmentId: number): number {
  return -attachmentId
}
