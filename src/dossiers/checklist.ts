import type { Paper } from '../../db/queries/papers.ts'
import type { TimelineEvent } from '../../db/queries/timeline.ts'
import type { ProcedureVersion } from '../catalogue/catalogue.ts'
import type { Act } from '../domain/life-cycle/life-cycle.ts'

/** How one paper of the checklist stands. `not_said`: nothing was recorded about papers at all. */
export type PaperState = 'handed_in' | 'asked' | 'supplied' | 'missing' | 'optional' | 'not_said'

export interface ChecklistLine {
  readonly name: string
  readonly state: PaperState
  /** As it was handed in; null where it was not. */
  readonly paper: Paper | null
}

interface Told {
  readonly papers: readonly Paper[]
  readonly version: ProcedureVersion
  readonly events: readonly TimelineEvent[]
  readonly texts: readonly { readonly seq: number; readonly kind: string; readonly text: string }[]
}

/** What was handed in, then what the procedure asks for beyond that; what a request named stands as asked or supplied. */
export function checklist({ papers, version, events, texts }: Told): readonly ChecklistLine[] {
  const named = new Set(papers.map(({ name }) => name))
  const rest = version.components
    .filter(({ name }) => !named.has(name))
    .toSorted((a, b) => a.position - b.position)
  const request = events.findLast(({ act }) => ASKS.has(act))
  const reason = texts.find(({ seq, kind }) => seq === request?.seq && kind === 'reason')
  const asked = new Set((reason?.text ?? '').split('\n').map((line) => line.trim()))
  const isSupplied = events.some(({ act, seq }) => SUPPLIES.has(act) && seq > (request?.seq ?? 0))
  const stateOf = (name: string, otherwise: PaperState): PaperState => {
    if (!asked.has(name)) return otherwise
    return isSupplied ? 'supplied' : 'asked'
  }
  const without = (required: boolean): PaperState =>
    papers.length === 0 ? 'not_said' : required ? 'missing' : 'optional'
  return [
    ...papers.map((paper) => ({ name: paper.name, state: stateOf(paper.name, 'handed_in'), paper })),
    ...rest.map(({ name, required }) => ({ name, state: stateOf(name, without(required)), paper: null })),
  ]
}

const ASKS: ReadonlySet<Act> = new Set(['request_supplement', 'ask_before_acceptance'])
const SUPPLIES: ReadonlySet<Act> = new Set(['supply_supplement', 'answer_before_acceptance', 'accept'])
