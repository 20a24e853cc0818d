import type { StoredDossier } from '../../db/queries/dossiers.ts'
import type { TimelineEvent } from '../../db/queries/timeline.ts'
import type { DossierPaperKind } from '../documents/kinds.ts'
import { type LocalDay, localDayOf } from '../domain/calendar/day.ts'
import { type Act, TRANSITIONS } from '../domain/life-cycle/life-cycle.ts'

/** An act that calls for a paper. A kind may have several: each request for more is a paper of its own. */
export interface PaperOccasion {
  readonly kind: DossierPaperKind
  /** The first, the second … paper of its kind. */
  readonly nth: number
  /** `000.24.35.H23-230306-0001`, and `…|2` for the second of its kind. */
  readonly subject: string
  readonly event: TimelineEvent
  /** It happened when the dossier had been accepted: the paper bears its code. */
  readonly accepted: boolean
}

/** One for each dossier that is resolved after its acceptance: it goes along, and its rows grow. */
const CONTROL_SHEET = 'control-sheet'

/** Acts after each of which a paper is printed. */
const ACTS = {
  'receipt-slip': ['accept', 'resolve_at_once'],
  'supplement-request': ['request_supplement', 'ask_before_acceptance'],
  'refusal-slip': ['refuse_intake'],
  'apology-slip': ['apologise'],
  'stop-notice': ['withdraw', 'stop'],
} as const satisfies Record<Exclude<DossierPaperKind, typeof CONTROL_SHEET>, readonly Act[]>

const KINDS = Object.keys(ACTS) as (keyof typeof ACTS)[]

/** The paper that an act calls for; null: none that is printed. */
export function paperOfAct(act: Act): DossierPaperKind | null {
  if (TRANSITIONS[act].form === 'controlSheet') return CONTROL_SHEET
  return KINDS.find((kind) => isOneOf(ACTS[kind], act)) ?? null
}

/** The papers a dossier's timeline calls for, in the order of the forms. */
export function paperOccasions(
  dossier: StoredDossier,
  events: readonly TimelineEvent[],
): readonly PaperOccasion[] {
  const accepted =
    events.find(({ act }) => isOneOf(ACTS['receipt-slip'], act))?.seq ?? Number.POSITIVE_INFINITY
  const called = KINDS.flatMap((kind) =>
    events
      .filter(({ act }) => isOneOf(ACTS[kind], act))
      .map((event, index) => {
        const isAccepted = event.seq >= accepted
        const base = (isAccepted ? dossier.code : dossier.slipNumber) ?? `#${dossier.id}`
        const nth = index + 1
        return { kind, nth, subject: nth === 1 ? base : `${base}|${nth}`, event, accepted: isAccepted }
      }),
  )
  const taken = called.find(({ event }) => event.act === 'accept')
  return taken === undefined ? called : [...called, { ...taken, kind: CONTROL_SHEET }]
}

/** The day whose law words a paper: that of acceptance, or of the act before it. */
export function lawDay(
  { acceptedOn }: StoredDossier,
  { accepted, event }: Pick<PaperOccasion, 'accepted' | 'event'>,
): LocalDay {
  return (accepted ? acceptedOn : null) ?? localDayOf(event.occurredAt)
}

function isOneOf(acts: readonly Act[], act: Act): boolean {
  return acts.includes(act)
}
