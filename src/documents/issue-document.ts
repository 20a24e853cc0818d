import { createHash } from 'node:crypto'
import type { Writer } from '../../db/group-commit.ts'
import {
  type DocumentRow,
  findDocument,
  insertDocument,
  type VoidCause,
  voidDocument,
} from '../../db/queries/documents.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { Actor, PaperDeps } from '../deps.ts'
import { type Instant, localDayOf } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'
import type { Issued, PaperData, PaperTemplate, Says } from '../paper/paper-data.ts'
import { renderPaper } from '../paper/render-paper.ts'
import { fullDay } from '../web/formats.ts'
import { keepBytes } from './document-store.ts'

/** What is to be issued: the kind is the template; the subject, what it is about. */
export interface DocumentRequest<T extends PaperTemplate = PaperTemplate> {
  readonly kind: T
  readonly subject: string
  readonly says: Says<T>
  readonly dossier?: { readonly id: number; readonly version: number } | undefined
  readonly actor: Actor
  /** Why the version before gives way, if it has to. */
  readonly voidCause?: Extract<VoidCause, 'replaced' | 'corrected'> | undefined
  /** Asked within the write: what it says is still so. */
  readonly isSo?: (() => boolean) | undefined
}

/** Runs within the write: the API puts the idempotency key beside the row. */
export type Settle = (issue: () => DocumentRow) => DocumentRow

/**
 * The document that says this: the newest version if it still does, else the next one, with the one before void.
 * Rendered and stored outside the write; the row goes in with a group. Where somebody was quicker, it is looked at
 * again: two people who print at the same moment get one version. Refuses with `stale` what is no longer so.
 */
export async function issueDocument<T extends PaperTemplate>(
  deps: PaperDeps,
  writer: Writer,
  request: DocumentRequest<T>,
  settle?: Settle,
): Promise<DocumentRow> {
  const { db } = deps
  const template = templateMark(request.kind, request.says)
  for (;;) {
    const before = findDocument(db, request.kind, request.subject)
    const holds = before !== null && before.voidedAt === null && before.template === template
    if (holds && settle === undefined) return before
    const made = holds ? null : await make(deps, request, before)
    const issue = () => (made === null ? before! : put(deps, request, { ...made, template }, before))
    const done = await writer.write(() => {
      if (request.isSo?.() === false) throw new RuleError('stale')
      return findDocument(db, request.kind, request.subject)?.id === before?.id
        ? (settle ?? run)(issue)
        : null
    })
    if (done !== null) return done
  }
}

const run: Settle = (issue) => issue()

interface Made {
  readonly sha256: string
  readonly bytes: number
  readonly issuedAt: Instant
}

async function make<T extends PaperTemplate>(
  { clock, folders, publicUrl }: PaperDeps,
  { kind, says }: DocumentRequest<T>,
  before: DocumentRow | null,
): Promise<Made> {
  const issuedAt = clock.now()
  const issued: Issued = {
    printedOn: localDayOf(issuedAt),
    edition: before && { version: before.version + 1, replaces: fullDay(localDayOf(before.issuedAt)) },
    ...(publicUrl && { lookUpAt: `${publicUrl}${LOOK_UP}` }),
  }
  const pdf = await renderPaper(kind, { ...says, ...issued } as unknown as PaperData[T], folders)
  return { sha256: keepBytes(folders.documentsDir, pdf), bytes: pdf.length, issuedAt }
}

function put<T extends PaperTemplate>(
  { db, clock }: PaperDeps,
  { kind, subject, dossier, actor, voidCause = 'replaced' }: DocumentRequest<T>,
  made: Made & { readonly template: string },
  before: DocumentRow | null,
): DocumentRow {
  if (before !== null) voidDocument(db, before.id, made.issuedAt, voidCause)
  const issued = insertDocument(db, {
    kind,
    subject,
    version: (before?.version ?? 0) + 1,
    dossierId: dossier?.id ?? null,
    dossierVersion: dossier?.version ?? null,
    mediaType: 'application/pdf',
    issuedBy: actor.officerId,
    ...made,
  })
  const data = { document: issued.id, paper: kind, version: issued.version }
  recordAudit(
    { db, clock },
    { kind: 'document_issued', actorId: actor.officerId, dossierId: dossier?.id, data },
  )
  return issued
}

/** As src/tracking/look-up-page.ts serves it. */
const LOOK_UP = '/tra-cuu'

/** The template and, without keeping it, what it was filled with: 16 hex digits of a SHA-256. */
export function templateMark(kind: PaperTemplate, says: object): string {
  return `${kind}#${createHash('sha256').update(JSON.stringify(says)).digest('hex').slice(0, 16)}`
}
