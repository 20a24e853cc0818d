import { type AttachmentRow, insertAttachment } from '../../db/queries/attachments.ts'
import { findDossierById, type StoredDossier } from '../../db/queries/dossiers.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { Actor, PaperDeps } from '../deps.ts'
import { keepBytes } from '../documents/document-store.ts'
import { RuleError } from '../domain/refusals.ts'
import { isErased } from '../dossiers/is-erased.ts'
import { mustStandOn } from '../dossiers/standing-on.ts'
import { attachmentLimitMib } from './attachment-limit.ts'
import { cleanName } from './clean-name.ts'
import { type MediaType, mediaTypeOf } from './media-type.ts'

/** A file as it was sent and looked at. */
export interface SentFile {
  readonly name: string
  readonly mediaType: MediaType
  readonly bytes: Buffer
}

/** Looks at a file that was sent: refuses an empty one, one too large, and any but PDF, JPEG and PNG by its content. */
export function sentFile(deps: Pick<PaperDeps, 'db'>, name: string, bytes: Buffer): SentFile {
  const most = attachmentLimitMib(deps)
  const shown = name.slice(0, 80)
  if (bytes.length === 0) throw new RuleError('empty_file')
  if (bytes.length > most * 1024 * 1024) throw new RuleError('attachment_too_large', { name: shown, most })
  const mediaType = mediaTypeOf(bytes)
  if (mediaType === null) throw new RuleError('attachment_kind', { name: shown })
  return { name: cleanName(name, mediaType), mediaType, bytes }
}

/** Attaches files to a dossier, by whoever may work on it. Run it inside a write. */
export function addAttachments(
  deps: PaperDeps,
  actor: Actor,
  dossier: StoredDossier,
  files: readonly SentFile[],
): readonly AttachmentRow[] {
  mustAttach(deps, actor, dossier)
  const { db, clock, folders } = deps
  return files.map(({ name, mediaType, bytes }) => {
    // Kept before the write as a rule; here again, should nobody have referred to the bytes in between.
    const sha256 = keepBytes(folders.attachmentsDir, bytes)
    const row = insertAttachment(db, {
      dossierId: dossier.id,
      name,
      mediaType,
      bytes: bytes.length,
      sha256,
      addedAt: clock.now(),
      addedById: actor.officerId,
    })
    recordAudit(deps, {
      kind: 'attachment_changed',
      actorId: actor.officerId,
      dossierId: dossier.id,
      data: { change: 'added', attachment: row.id, mediaType, bytes: bytes.length },
    })
    return row
  })
}

/**
 * Refuses who may not work on the dossier today, and a dossier that is void or has no people any more: as it stands now,
 * for it was read before the files came, and they take their time.
 */
export function mustAttach(deps: PaperDeps, actor: Actor, { id }: Pick<StoredDossier, 'id'>): void {
  const dossier = findDossierById(deps.db, id) as StoredDossier
  mustStandOn(deps, actor, 'dossiers_write', dossier)
  if (dossier.state === 'voided') throw new RuleError('voided_dossier')
  if (isErased(deps, dossier)) throw new RuleError('dossier_erased')
}
