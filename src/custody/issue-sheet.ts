import type { Writer } from '../../db/group-commit.ts'
import { type DocumentRow, findDocumentById } from '../../db/queries/documents.ts'
import { foldersOf, type HandOverRow, setHandOverDocument } from '../../db/queries/hand-overs.ts'
import type { Actor, PaperDeps } from '../deps.ts'
import { issueDocument } from '../documents/issue-document.ts'
import { sheetSays } from './sheet-says.ts'

/** The sheet as it was issued; the next version only where a folder was taken back since. */
export async function issueSheet(
  deps: PaperDeps,
  writer: Writer,
  actor: Actor,
  sheet: HandOverRow,
): Promise<DocumentRow> {
  const issued = sheet.documentId === null ? null : findDocumentById(deps.db, sheet.documentId)
  const isSo = foldersOf(deps.db, sheet.id).every(
    ({ recalledAt }) => recalledAt === null || recalledAt <= (issued?.issuedAt ?? 0),
  )
  if (issued !== null && isSo) return issued
  const document = await issueDocument(deps, writer, {
    kind: 'hand-over-sheet',
    subject: sheet.number,
    says: sheetSays(deps, sheet),
    actor,
  })
  await writer.write(() => setHandOverDocument(deps.db, sheet.id, document.id))
  return document
}
