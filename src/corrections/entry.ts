import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { enterSlip } from '../back-entry/enter-slip.ts'
import type { Actor, Deps } from '../deps.ts'
import type { Instant } from '../domain/calendar/day.ts'
import type { Act } from '../domain/life-cycle/life-cycle.ts'
import { type ActRequest, actOnDossier } from '../dossiers/act-on-dossier.ts'
import { type CorrectionRequest, correctDossier } from '../dossiers/correct-dossier.ts'
import type { IntakeInput } from '../dossiers/log-dossier.ts'

/** Anything a person may do late: a new dossier, an act, a correction from acceptance. Plain data: it can be kept. */
export type Entry =
  | { readonly kind: 'intake'; readonly input: IntakeInput; readonly slip?: string | undefined }
  | { readonly kind: 'act'; readonly which: string | number; readonly request: ActRequest }
  | { readonly kind: 'correction'; readonly which: string | number; readonly request: CorrectionRequest }

/** Does what the entry says, by the rules of its kind. Run it inside a write. */
export function perform(deps: Deps, actor: Actor, entry: Entry): StoredDossier {
  switch (entry.kind) {
    case 'intake':
      return enterSlip(deps, actor, entry.input, entry.slip)
    case 'act':
      return actOnDossier(deps, actor, entry.which, entry.request)
    case 'correction':
      return correctDossier(deps, actor, entry.which, entry.request)
  }
}

export function actOf(entry: Entry): Act {
  if (entry.kind === 'correction') return 'correct'
  return entry.kind === 'intake' ? entry.input.act : entry.request.act
}

/** When it happened, where that is not now. */
export function momentOf(entry: Entry): Instant | undefined {
  if (entry.kind === 'correction') return entry.request.acceptedAt
  return entry.kind === 'intake' ? entry.input.at : entry.request.at
}

export function reasonOf(entry: Entry): string | undefined {
  return entry.kind === 'intake' ? entry.input.reason : entry.request.reason
}
