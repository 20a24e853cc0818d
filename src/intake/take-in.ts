import { catalogueOf } from '../catalogue/catalogue.ts'
import { type ReceivedProcedure, receivedProcedures } from '../catalogue/received-procedures.ts'
import { type Entered, enterOrAsk } from '../corrections/enter-or-ask.ts'
import type { Actor, Deps } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { doubtsOf } from '../domain/citizen-card.ts'
import { RuleError } from '../domain/refusals.ts'
import { receivingUnit } from '../dossiers/intake-place.ts'
import type { IntakeInput } from '../dossiers/log-dossier.ts'
import { idDigits } from '../person-numbers.ts'
import type { Typed } from '../web/forms.ts'
import { openDuplicate } from './earlier-dossiers.ts'
import { findProcedure } from './find-procedure.ts'
import { missingPapers, missingReason } from './missing-papers.ts'
import { typedIntake } from './typed-intake.ts'

/** What the desk does with the form. */
export type DeskAct = 'accept' | 'resolve_at_once' | 'refuse_intake'

/**
 * Logs what the form of the counter says, by the rules of every other door, after what only a person at a desk can be
 * asked: whether a number is right that contradicts the birth year, why a second dossier where one is open, whether the
 * checklist was seen, and why it is taken in where a required paper is missing. Run it inside a write.
 */
export function takeIn(deps: Deps, actor: Actor, typed: Typed, act: DeskAct): Entered {
  return enterOrAsk(deps, actor, { kind: 'intake', input: checkedIntake(deps, actor, typed, act) })
}

/** The form as an intake; refuses what has to be looked at again. */
function checkedIntake(deps: Deps, actor: Actor, typed: Typed, act: DeskAct): IntakeInput {
  const chosen = chosenProcedure(deps, typed)
  const day = localDayOf(deps.clock.now())
  const input = typedIntake(typed, act, chosen, Number(day.slice(0, 4)))
  if (act === 'refuse_intake') return input
  const { idNumber = '', birthYear, sex } = input.applicant
  const doubts = doubtsOf(idDigits(idNumber), { birthYear, sex })
  if (doubts.length > 0 && typed['numberConfirmed'] !== '1') throw new RuleError('id_number_doubtful')
  const duplicate = openDuplicate(deps, actor, typed, chosen.procedure.id)
  // Only a number says who it is.
  const dossier = duplicate?.by === 'idNumber' ? duplicate.dossier : null
  const isReasoned = input.reason !== undefined && typed['duplicateOf'] === String(dossier?.id)
  if (dossier !== null && !isReasoned)
    throw new RuleError('open_duplicate', { code: dossier.code ?? `so-${dossier.id}` })
  if (typed['papersOf'] !== chosen.procedure.code) throw new RuleError('papers_not_seen')
  const missing = missingPapers(chosen, typed)
  const despite = missingReason(missing, typed)
  const papers = missing.join('; ')
  if (missing.length > 0 && despite === '')
    throw new RuleError('papers_missing', { count: missing.length, papers })
  const reasons = [
    ...(isReasoned ? [input.reason] : []),
    ...(missing.length > 0 ? [`Tiếp nhận dù thiếu ${papers}: ${despite}`] : []),
  ]
  return { ...input, reason: reasons.join('\n') || undefined }
}

/** The procedure the form means, among those that its unit takes in today. */
export function chosenProcedure({ db, clock }: Pick<Deps, 'db' | 'clock'>, typed: Typed): ReceivedProcedure {
  const catalogue = catalogueOf(db)
  const day = localDayOf(clock.now())
  const { unit, version } = receivingUnit(catalogue, typed['unit'] ?? '', day)
  const text = typed['procedure'] ?? ''
  const elsewhere = catalogue.procedureByCode.get(text.split(' ')[0] ?? '')
  const received = receivedProcedures(catalogue, unit, day)
  if (elsewhere !== undefined && !received.some(({ procedure }) => procedure.id === elsewhere.id))
    throw new RuleError('not_received_here', { unit: version.name, procedure: elsewhere.name })
  return findProcedure(received, text)
}
