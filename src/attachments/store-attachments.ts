import type { Writer } from '../../db/group-commit.ts'
import { type AttachmentRow, attachmentsOf } from '../../db/queries/attachments.ts'
import type { StoredDossier } from '../../db/queries/dossiers.ts'
import type { Actor, PaperDeps } from '../deps.ts'
import { keepBytes } from '../documents/document-store.ts'
import { once } from '../web/idempotency.ts'
import { addAttachments, mustAttach, type SentFile } from './add-attachments.ts'
import { forgetBytes } from './remove-attachments.ts'

interface Upload {
  readonly files: readonly SentFile[]
  readonly key: string | undefined
}

/** Keeps the bytes, then attaches them in one write, once however often they are sent; what is refused leaves no bytes. */
export async function storeAttachments(
  { deps, writer }: { readonly deps: PaperDeps; readonly writer: Writer },
  actor: Actor,
  dossier: StoredDossier,
  { files, key }: Upload,
): Promise<AttachmentRow> {
  mustAttach(deps, actor, dossier)
  const hashes = files.map(({ bytes }) => keepBytes(deps.folders.attachmentsDir, bytes))
  const content = { dossier: dossier.id, files: files.map(({ name }, index) => [name, hashes[index]]) }
  const repeatable = { actor, operation: 'add_attachments', content, key }
  const again = (id: number) =>
    attachmentsOf(deps.db, dossier.id).find((row) => row.id === id) as AttachmentRow
  try {
    const work = () => addAttachments(deps, actor, dossier, files)[0] as AttachmentRow
    return (await writer.write(() => once(deps, repeatable, work, again))).value
  } catch (error) {
    forgetBytes(deps, hashes)
    throw error
  }
}
