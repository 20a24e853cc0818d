import type { Writer } from '../../db/group-commit.ts'
import type { AttachmentRow } from '../../db/queries/attachments.ts'
import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { Actor, PaperDeps } from '../deps.ts'
import { mustStandOn } from '../dossiers/standing-on.ts'
import { attachmentOf } from './remove-attachments.ts'

/**
 * A file for somebody to look at. It may be a scan of a citizen's card: like numbers in full, it is for who handles the
 * dossier, and the audit has the reading on disk before this returns.
 */
export async function openAttachment(
  { deps, writer }: { readonly deps: PaperDeps; readonly writer: Writer },
  actor: Actor,
  dossier: StoredDossier,
  id: number,
): Promise<AttachmentRow> {
  mustStandOn(deps, actor, 'dossiers_write', dossier)
  const row = attachmentOf(deps, dossier, id)
  const told = { kind: 'person_read', actorId: actor.officerId, dossierId: dossier.id } as const
  await writer.write(() => recordAudit(deps, { ...told, data: { attachment: id } }))
  return row
}
