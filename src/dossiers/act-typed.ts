import { parseInstant, printInstant } from '../domain/calendar/day.ts'
import { FEE_PAYMENTS } from '../domain/life-cycle/dossier.ts'
import { RuleError } from '../domain/refusals.ts'
import type { Typed } from '../web/forms.ts'
import { type ActField, fieldsOf } from './act-bodies.ts'
import { type ActFormView, isLate } from './act-form.ts'
import { OUTCOME_WORDS, RETURN_WORDS } from './act-words.ts'
import type { ActRequest } from './judge-act.ts'
import { appointmentBase, typedAppointment } from './typed-appointment.ts'
import { notBefore } from './typed-moment.ts'

/** The act as its form says it. Throws on what cannot be read; the rules judge the rest. */
export function typedAct(view: ActFormView): ActRequest {
  const { act, dossier, state } = view
  const { typed } = state
  const own = fieldsOf(act).map((field) => READ[field](view))
  return {
    act,
    ...Object.assign({}, ...own),
    ...(typed['at'] && { at: notBefore(dossier.lastOccurredAt, parseInstant(typed['at'])) }),
    ...(reasonTyped(view) !== '' && { reason: reasonTyped(view) }),
    ...(noteTyped(typed) !== '' && { note: noteTyped(typed) }),
    ...(typed['version'] && { version: Number(typed['version']) }),
  }
}

type Said = Partial<ActRequest>

const READ = {
  at: () => ({}),
  reason: () => ({}),
  note: () => ({}),
  attended: () => ({}),
  outcome: ({ state }) => chosen('outcome', OUTCOME_WORDS, state.typed),
  eResult: ({ state }) => ({ eResult: state.typed['eResult'] === '1' }),
  digitised: ({ state }) => ({ digitised: state.typed['digitised'] === '1' }),
  returnMode: ({ state }) => chosen('returnMode', RETURN_WORDS, state.typed),
  appointmentAt: ({ state, dossier, calendar, now }) => {
    const appointment = typedAppointment(state.typed, appointmentBase(dossier, now), calendar)
    return appointment === null ? {} : { appointmentAt: appointment.at }
  },
  assignee: ({ state }) => ({ assignee: state.typed['assignee'] ?? '' }),
  days: ({ state }) => ({ days: whole(state.typed['days']) ?? 1 }),
  feePayment: ({ act, state, dossier }) => {
    const way = FEE_PAYMENTS.find((each) => each === state.typed['feePayment']) ?? null
    return act !== 'pay' && way === dossier.feePayment ? {} : { feePayment: way }
  },
  feePaidAt: ({ state, dossier }) => {
    const { feePaidAt: text = '', feePayment = '' } = state.typed
    const stands = dossier.feePaidAt === null ? '' : printInstant(dossier.feePaidAt).slice(0, 16)
    return text === '' || text === stands || feePayment === '' ? {} : { feePaidAt: parseInstant(text) }
  },
  fee: ({ state, dossier }) => changed('fee', state.typed, dossier.fee, 0),
  quantity: ({ state, dossier }) => changed('quantity', state.typed, dossier.quantity, 1),
  overdueReason: ({ state, dossier, now }) => {
    const said = state.typed['overdueReason']
    return said === undefined || !isLate(dossier, now) ? {} : { overdueReason: said || null }
  },
} as const satisfies Record<ActField, (view: ActFormView) => Said>

function chosen(name: string, words: Readonly<Record<string, string>>, typed: Typed): Said {
  const value = typed[name] ?? ''
  return Object.hasOwn(words, value) ? { [name]: value } : {}
}

function changed(name: 'fee' | 'quantity', typed: Typed, stands: number, least: number): Said {
  const text = typed[name]
  if (text === undefined || text === '') return {}
  const n = whole(text.replaceAll(/[.\s]/g, ''))
  if (n === null || n < least) throw new RuleError('invalid_whole_number', { value: text })
  return n === stands ? {} : { [name]: n }
}

function whole(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,12}$/.test(text) ? Number(text) : null
}

/** The papers ticked, then what was written: a line each, as the slip prints them. */
function reasonTyped({ state, papers }: Pick<ActFormView, 'state' | 'papers'>): string {
  const ticked = papers.filter((_, index) => state.typed[`missing-${index}`] === '1')
  return [...ticked.map(({ name }) => name), state.typed['reason'] ?? ''].filter(Boolean).join('\n')
}

/** Who came for the result is a note: a name is erasable, an event is not. */
function noteTyped({ receiver, note }: Typed): string {
  return [receiver ? `Người nhận: ${receiver}` : '', note ?? ''].filter(Boolean).join('\n')
}
