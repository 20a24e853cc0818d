import { findTrainingIntake, insertTrainingIntake } from '../../db/queries/intake.ts'
import { eventsOf } from '../../db/queries/timeline.ts'
import type { Actor, Deps, PaperDeps } from '../deps.ts'
import { type Instant, localDayOf } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'
import { paperOccasions } from '../dossiers/paper-occasions.ts'
import { paperSays } from '../dossiers/paper-says.ts'
import type { PaperData } from '../paper/paper-data.ts'
import { renderPaper } from '../paper/render-paper.ts'
import type { Typed } from '../web/forms.ts'
import { SPECIMEN } from './supplement-paper.ts'
import { type DeskAct, takeIn } from './take-in.ts'

type Kind = 'receipt-slip' | 'refusal-slip'

/** What is kept of a training intake, sealed: what its paper says. */
export interface Specimen {
  readonly kind: Kind
  readonly says: PaperData[Kind]
  readonly dueAt: Instant | null
  /** It was answered and returned at once. */
  readonly returned?: boolean
  /** What was typed of the person, for the next training intake. */
  readonly next?: Typed
}

/**
 * Goes through a whole intake by the same rules and takes it back: no dossier, number, event or count is left, only
 * what the specimen of its paper says, sealed. Returns the number of the training intake. Run it inside a write.
 */
export function trainingIntake(deps: Deps, actor: Actor, typed: Typed, act: DeskAct): number {
  const specimen = rehearsed(deps, actor, typed, act)
  return insertTrainingIntake(deps.db, {
    officerId: actor.officerId,
    intakeSealed: deps.vault.seal(JSON.stringify(specimen)),
    madeAt: deps.clock.now(),
  })
}

function rehearsed(deps: Deps, actor: Actor, typed: Typed, act: DeskAct): Specimen {
  let specimen: Specimen | undefined
  const undone = deps.db.transaction(() => {
    specimen = specimenOf(deps, actor, typed, act)
    throw UNDO
  })
  try {
    undone()
  } catch (error) {
    if (error !== UNDO) throw error
  }
  return specimen as unknown as Specimen
}

const UNDO = Symbol('undo')

function specimenOf(deps: Deps, actor: Actor, typed: Typed, act: DeskAct): Specimen {
  const entered = takeIn(deps, actor, typed, act)
  if (entered.waiting) throw new RuleError('needs_approval')
  const { dossier } = entered
  const events = eventsOf(deps.db, dossier.id)
  const [occasion] = paperOccasions(dossier, events)
  const issued = { printedOn: localDayOf(deps.clock.now()), edition: null, specimen: SPECIMEN }
  const next = Object.fromEntries(NEXT_FIELDS.map((name) => [name, typed[name] ?? '']))
  const says = { ...paperSays(deps, dossier, events, occasion!), ...issued, code: null, slipNumber: SPECIMEN }
  return {
    kind: occasion!.kind as Kind,
    says: says as unknown as PaperData[Kind],
    dueAt: dossier.dueAt,
    returned: dossier.state === 'returned',
    next,
  }
}

const NEXT_FIELDS = [
  ...(['unit', 'name', 'idNumber', 'birthYear', 'sex'] as const),
  ...(['phone', 'email', 'address', 'returnMode'] as const),
]

/** A training intake of the asker; refuses (`unknown_training`) anybody else's. */
export function specimenAt({ db, vault }: Deps, actor: Actor, id: string): Specimen {
  const row = /^\d{1,15}$/.test(id) ? findTrainingIntake(db, Number(id)) : null
  if (row === null || row.officerId !== actor.officerId) throw new RuleError('unknown_training', { id })
  return JSON.parse(vault.open(row.intakeSealed)) as Specimen
}

/** Its paper, drawn anew each time and kept nowhere. */
export function specimenPaper({ folders }: PaperDeps, { kind, says }: Specimen): Promise<Buffer> {
  return renderPaper(kind, says, folders)
}
