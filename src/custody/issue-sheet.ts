import type { Writer } from '../../db/group-commit.ts'
import { type DocumentRow, findDocumentById } from '../../db/queries/documents.ts'
import { foldersOf, type HandOverRow, setHandOverDocument } from '../../db/queries/hand-overs.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Actor, PaperDeps } from '../deps.ts'
import { issueDocument } from '../documents/issue-document.ts'
import { KIND_LABELS } from '../documents/kinds.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'
import { stands } from '../dossiers/own-unit.ts'
import { sheetSays } from './sheet-says.ts'

/**
 * The sheet as it was issued; for the people of either side the next version where a folder was taken back since. Who
 * only reads has nothing issued: refuses (`unknown_document`) a sheet that nobody has printed yet.
 */
export async function issueSheet(
  deps: PaperDeps,
  writer: Writer,
  actor: Actor,
  sheet: HandOverRow,
): Promise<DocumentRow> {
  const issued = sheet.documentId === null ? null : findDocumentById(deps.db, sheet.documentId)
  if (!prints(deps, actor, sheet)) {
    if (issued !== null) return issued
    throw new RuleError('unknown_document', { paper: KIND_LABELS['hand-over-sheet'], version: 1 })
  }
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

function prints({ db, clock }: PaperDeps, actor: Actor, { fromUnitId, toUnitId }: HandOverRow): boolean {
  const now = clock.now()
  const unitIds = [fromUnitId, toUnitId]
  const question = { actor, permission: 'documents_issue', unitIds, day: localDayOf(now), now } as const
  return stands(catalogueOf(db), question)
}
