import type { Writer } from '../../db/group-commit.ts'
import { type DayCloseRow, setDayDocument } from '../../db/queries/day-closes.ts'
import { type DocumentRow, findDocumentById } from '../../db/queries/documents.ts'
import type { Unit } from '../catalogue/catalogue.ts'
import type { Actor, PaperDeps } from '../deps.ts'
import { issueDocument } from '../documents/issue-document.ts'
import { KIND_LABELS } from '../documents/kinds.ts'
import { RuleError } from '../domain/refusals.ts'
import { worksAt } from '../fees/works-at.ts'
import { daySays } from './day-says.ts'

/**
 * The register of a closed day as it was issued; the next version after it was opened and closed again. Who only reads has
 * nothing issued: they get the last one, or are refused (`unknown_document`) where there is none.
 */
export async function issueDay(
  deps: PaperDeps,
  writer: Writer,
  actor: Actor,
  unit: Unit,
  close: DayCloseRow,
): Promise<DocumentRow> {
  const issued = close.documentId === null ? null : findDocumentById(deps.db, close.documentId)
  if (issued !== null && issued.issuedAt >= close.closedAt) return issued
  if (!worksAt(deps, actor, unit, 'documents_issue')) {
    if (issued !== null) return issued
    throw new RuleError('unknown_document', { paper: KIND_LABELS['day-register'], version: 1 })
  }
  const document = await issueDocument(deps, writer, {
    kind: 'day-register',
    subject: `${close.day}|${unit.key}`,
    says: daySays(deps, close),
    actor,
  })
  await writer.write(() => setDayDocument(deps.db, close.id, document.id))
  return document
}
