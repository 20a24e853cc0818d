import { type DocumentRow, findDocument } from '../../db/queries/documents.ts'
import type { PaperDeps } from '../deps.ts'
import { type Instant, localDayOf } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'
import { markedVoid } from '../paper/void-mark.ts'
import { fullDay } from '../web/formats.ts'
import { KIND_LABELS } from './kinds.ts'
import { storedDocument } from './stored-document.ts'

/**
 * A document for people to look at: as it was issued while it holds, with the mark that it does not on every page after
 * that. Refuses (`unmarked_document`) rather than show one without its mark.
 */
export async function shownDocument(deps: PaperDeps, document: DocumentRow): Promise<Buffer> {
  const bytes = storedDocument(deps, document)
  const { kind, version, voidedAt } = document
  if (voidedAt === null) return bytes
  const marked = await markedVoid(bytes, { why: whyVoid(deps, document, voidedAt), at: voidedAt })
  if (marked === null) throw new RuleError('unmarked_document', { paper: KIND_LABELS[kind], version })
  return marked
}

function whyVoid({ db }: PaperDeps, { kind, subject, version, voidCause }: DocumentRow, at: Instant): string {
  const day = fullDay(localDayOf(at))
  if (voidCause === 'dossier_voided') return `hồ sơ đã huỷ ngày ${day}`
  const next = findDocument(db, kind, subject, version + 1)
  const corrected = voidCause === 'corrected'
  if (next === null) return corrected ? `hồ sơ đã đính chính ngày ${day}` : `từ ngày ${day}`
  const replaced = `đã thay bằng bản ${next.version} ngày ${fullDay(localDayOf(next.issuedAt))}`
  return corrected ? `${replaced}, do đính chính` : replaced
}
