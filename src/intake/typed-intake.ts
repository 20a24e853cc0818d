import type { Paper } from '../../db/queries/papers.ts'
import type { ProcedureVersion } from '../catalogue/catalogue.ts'
import type { ReceivedProcedure } from '../catalogue/received-procedures.ts'
import { FEE_PAYMENTS } from '../domain/life-cycle/dossier.ts'
import { RuleError } from '../domain/refusals.ts'
import type { IntakeInput } from '../dossiers/log-dossier.ts'
import { PAPER_FORMS } from '../dossiers/paper-forms.ts'
import type { PersonInput } from '../dossiers/record-person.ts'
import type { Typed } from '../web/forms.ts'
import { wholeDigits } from '../web/whole-digits.ts'

const INTAKE_CHANNELS = ['counter', 'postal', 'online'] as const
export const RETURN_MODES = ['counter', 'postal', 'online'] as const

/** What the form says, as an intake that happens now. Refuses what cannot be read, field by field. */
export function typedIntake(
  typed: Typed,
  act: IntakeInput['act'],
  { procedure, version }: ReceivedProcedure,
  thisYear: number,
): IntakeInput {
  const channel = INTAKE_CHANNELS.find((each) => each === typed['channel']) ?? 'counter'
  const isAtOnce = act === 'resolve_at_once'
  // What is handed over across the desk came in there.
  if (isAtOnce && channel !== 'counter') throw new RuleError('not_instant')
  return {
    act,
    unit: typed['unit'] ?? '',
    procedure: procedure.code,
    channel,
    // Whoever has come to the desk and is served online is typed in by staff: shown apart in every figure.
    assisted: channel === 'online',
    applicant: typedPerson(typed, thisYear),
    ...(hasProxy(typed) && { proxy: typedProxy(typed) }),
    papers: typedPapers(typed, version),
    quantity: wholeNumber(typed['quantity'], 'invalid_quantity', 1, 10_000),
    fee: wholeNumber(typed['fee'], 'invalid_fee', 0, 1_000_000_000_000),
    feePayment: FEE_PAYMENTS.find((each) => each === typed['feePayment']),
    returnMode: isAtOnce ? 'counter' : RETURN_MODES.find((each) => each === typed['returnMode']),
    sitting: typed['sitting'] || undefined,
    reason: (act === 'refuse_intake' ? typed['refusalReason'] : typed['duplicateReason']) || undefined,
    note: typed['note'] || undefined,
  }
}

export function typedPerson(typed: Typed, thisYear: number): PersonInput {
  return {
    name: typed['name'] ?? '',
    idNumber: typed['idNumber'] || undefined,
    birthYear: wholeNumber(typed['birthYear'], 'invalid_birth_year', 1880, thisYear),
    sex: (['male', 'female'] as const).find((sex) => sex === typed['sex']),
    phone: typed['phone'] || undefined,
    email: typed['email'] || undefined,
    address: typed['address'] || undefined,
  }
}

const PROXY_FIELDS = ['proxyName', 'proxyIdNumber', 'proxyPhone', 'proxyAddress'] as const

export function hasProxy(typed: Typed): boolean {
  return PROXY_FIELDS.some((name) => Boolean(typed[name]))
}

export function typedProxy(typed: Typed): PersonInput {
  return {
    name: typed['proxyName'] ?? '',
    idNumber: typed['proxyIdNumber'] || undefined,
    phone: typed['proxyPhone'] || undefined,
    address: typed['proxyAddress'] || undefined,
  }
}

/** The papers ticked, by their place in the checklist that was shown, and what was typed beside it. */
export function typedPapers(typed: Typed, { components }: ProcedureVersion): readonly Paper[] {
  const listed = components.flatMap(({ position, name }): readonly Paper[] => {
    if (typed[`paper-${position}`] !== '1') return []
    const form = (Object.keys(PAPER_FORMS) as Paper['form'][]).find(
      (each) => each === typed[`form-${position}`],
    )
    const copies = wholeNumber(typed[`copies-${position}`], 'invalid_quantity', 0, 999) ?? 1
    return [{ name, form: form ?? 'original', copies, digitised: form === 'electronic' }]
  })
  const others = (typed['otherPapers'] ?? '').split(/[;\n]/).flatMap((each): readonly Paper[] => {
    const name = each.trim()
    return name === '' ? [] : [{ name, form: 'original', copies: 1, digitised: false }]
  })
  return [...listed, ...others]
}

/** '15.000' → 15000; undefined where nothing was typed. */
function wholeNumber(
  text: string | undefined,
  refusal: 'invalid_quantity' | 'invalid_fee' | 'invalid_birth_year',
  least: number,
  most: number,
): number | undefined {
  const digits = wholeDigits(text ?? '')
  if (digits === '') return undefined
  const number = digits === null || digits.length > 13 ? Number.NaN : Number(digits)
  if (!(number >= least && number <= most)) throw new RuleError(refusal)
  return number
}
