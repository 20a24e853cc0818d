import { catalogueOf } from '../catalogue/catalogue.ts'
import type { ReceivedProcedure } from '../catalogue/received-procedures.ts'
import type { Actor, Deps } from '../deps.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import { RuleError } from '../domain/refusals.ts'
import type { FormState, Typed } from '../web/forms.ts'
import { type Html, html, NOTHING } from '../web/html.ts'
import { duePreview, NO_DUE } from './due-preview.ts'
import { earlierDossiers, openDuplicate } from './earlier-dossiers.ts'
import { personView } from './known-person.ts'
import { missingView } from './missing-papers.ts'
import { NO_PAPERS, papersView } from './papers-view.ts'
import { radarView } from './radar-view.ts'
import { chosenProcedure } from './take-in.ts'

/** The parts of the page that follow from what is typed. */
export interface Preview {
  readonly due: Html
  readonly papers: Html
  readonly radar: Html
  /** Required papers that are not ticked. */
  readonly missing: Html
  readonly person: Html
  /** Code of the procedure meant; empty while none is. */
  readonly procedure: string
  /** The fee the procedure asks for, as it is printed. */
  readonly fee: string
  /** Whether it may be answered and returned at the desk: such a procedure, handed in there. */
  readonly atOnce: boolean
}

export function previewOf(deps: Deps, actor: Actor, state: FormState): Preview {
  const { typed } = state
  const chosen = chosenOrNull(deps, typed)
  const earlier = earlierDossiers(deps, actor, typed)
  const duplicate = chosen === null ? null : openDuplicate(deps, actor, typed, chosen.procedure.id)
  const catalogue = catalogueOf(deps.db)
  const unitId = catalogue.unitByKey.get(typed['unit'] ?? '')?.id ?? null
  return {
    due: chosen === null ? NO_DUE : duePreview(catalogue.calendar(unitId), chosen, deps.clock.now()),
    papers: chosen === null ? NO_PAPERS : papersView(state, chosen),
    missing: chosen === null ? NOTHING : missingView(state, chosen),
    radar: radarView(deps, state, earlier, duplicate),
    person: html`${personView(deps, typed, earlier)}`,
    procedure: chosen?.procedure.code ?? '',
    fee: chosen === null ? '' : feeText(chosen, typed),
    atOnce: chosen?.version.instant === true && (typed['channel'] ?? 'counter') === 'counter',
  }
}

function feeText({ version }: ReceivedProcedure, typed: Typed): string {
  const quantity = Number(typed['quantity']) || 1
  return version.fee === 0 ? 'không thu' : formatCount(version.fee * quantity)
}

/** While it is typed a procedure need not be meant yet. */
function chosenOrNull(deps: Deps, typed: Typed): ReceivedProcedure | null {
  try {
    return chosenProcedure(deps, typed)
  } catch (error) {
    if (error instanceof RuleError) return null
    throw error
  }
}
