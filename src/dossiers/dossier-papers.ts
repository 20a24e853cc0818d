import type { Writer } from '../../db/group-commit.ts'
import { type DocumentRow, documentsOf, findDocument } from '../../db/queries/documents.ts'
import { findDossierById, type StoredDossier } from '../../db/queries/dossiers.ts'
import { eventsOf, type TimelineEvent } from '../../db/queries/timeline.ts'
import type { Actor, Deps, PaperDeps } from '../deps.ts'
import { issueDocument, type Settle, templateMark } from '../documents/issue-document.ts'
import type { DossierPaperKind } from '../documents/kinds.ts'
import { RuleError } from '../domain/refusals.ts'
import { isErased } from './is-erased.ts'
import { lawDay, type PaperOccasion, paperOccasions } from './paper-occasions.ts'
import { paperSays } from './paper-says.ts'
import { paperLabel, paperTitle } from './paper-words.ts'
import { mustStandOn } from './standing-on.ts'

/** A paper a dossier calls for, with what was issued of it, newest first. */
export interface DossierPaper {
  readonly occasion: PaperOccasion
  readonly label: string
  readonly documents: readonly DocumentRow[]
  /** The one in force no longer says what is so: the next print is another version. */
  readonly changed: boolean
}

/** Which paper: its kind and, of several of that kind, which; undefined stands for the last. */
export interface WhichPaper {
  readonly kind: DossierPaperKind
  readonly nth?: number | undefined
}

/** The papers of a dossier, issued or not. */
export function dossierPapers(
  deps: Deps,
  dossier: StoredDossier,
  events: readonly TimelineEvent[] = eventsOf(deps.db, dossier.id),
): readonly DossierPaper[] {
  const issued = documentsOf(deps.db, dossier.id).toReversed()
  return paperOccasions(dossier, events).map((occasion) => {
    const { kind, subject } = occasion
    const documents = issued.filter((row) => row.kind === kind && row.subject === subject)
    const inForce = documents.find(({ voidedAt, erasedAt }) => voidedAt === null && erasedAt === null)
    const changed =
      inForce !== undefined &&
      inForce.template !== templateMark(kind, paperSays(deps, dossier, events, occasion))
    return { occasion, label: labelOf(dossier, occasion), documents, changed }
  })
}

/**
 * The document that says what the paper says now: as issued if it still does, else the next version. Refuses who does
 * not work on the dossier.
 */
export async function issueDossierPaper(
  deps: PaperDeps,
  writer: Writer,
  actor: Actor,
  dossier: StoredDossier,
  which: WhichPaper,
  settle?: Settle,
): Promise<DocumentRow> {
  const current = () => findDossierById(deps.db, dossier.id) as StoredDossier
  const isSo = () => current().version === dossier.version
  mustStandOn(deps, actor, 'documents_issue', dossier)
  try {
    const request = { ...requestOf(deps, dossier, which), actor, isSo }
    return await issueDocument(deps, writer, request, settle)
  } catch (error) {
    // Somebody acted on the dossier while its paper was drawn: once more, as it is now.
    if (!(error instanceof RuleError && error.code === 'stale')) throw error
    return issueDossierPaper(deps, writer, actor, current(), which, settle)
  }
}

function requestOf(deps: Deps, dossier: StoredDossier, which: WhichPaper) {
  const events = eventsOf(deps.db, dossier.id)
  const occasion = occasionOf(dossier, events, which)
  if (dossier.state === 'voided') throw new RuleError('voided_dossier')
  if (isErased(deps, dossier)) throw new RuleError('dossier_erased')
  const { kind, subject } = occasion
  const since = findDocument(deps.db, kind, subject)?.dossierVersion ?? 0
  const corrected = events.some(({ seq, act }) => act === 'correct' && seq > since)
  return {
    kind,
    subject,
    says: paperSays(deps, dossier, events, occasion),
    dossier: { id: dossier.id, version: dossier.version },
    voidCause: corrected ? 'corrected' : 'replaced',
  } as const
}

/** A version that was issued, the newest unless one is named; refuses (`unknown_document`) one that was not. */
export function issuedVersion(
  { db }: Pick<Deps, 'db'>,
  dossier: StoredDossier,
  which: WhichPaper,
  version: number | undefined,
): DocumentRow {
  const occasion = occasionOf(dossier, eventsOf(db, dossier.id), which)
  const { kind, subject } = occasion
  const found = findDocument(db, kind, subject, version)
  if (found === null)
    throw new RuleError('unknown_document', {
      paper: paperTitle(kind, lawDay(dossier, occasion)),
      version: version ?? 1,
    })
  return found
}

function occasionOf(
  dossier: StoredDossier,
  events: readonly TimelineEvent[],
  { kind, nth }: WhichPaper,
): PaperOccasion {
  const ofKind = paperOccasions(dossier, events).filter((each) => each.kind === kind)
  const found = nth === undefined ? ofKind.at(-1) : ofKind[nth - 1]
  if (found === undefined)
    throw new RuleError('nothing_to_print', { paper: paperLabel(kind, dossier.acceptedOn) })
  return found
}

function labelOf(dossier: StoredDossier, occasion: PaperOccasion): string {
  const title = paperTitle(occasion.kind, lawDay(dossier, occasion))
  return occasion.nth === 1 ? title : `${title} (lần ${occasion.nth})`
}
