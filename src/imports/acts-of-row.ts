import type { PauseKind } from '../domain/life-cycle/dossier.ts'
import type { WantedAct } from './play-row.ts'
import type { Moment } from './read-moment.ts'
import type { RegisterRow, RowPause } from './register-row.ts'

/** Minutes of the day for moments without a time, in the order in which a day's acts follow each other. */
const MINUTES = {
  submit: 7 * 60 + 30,
  accept: 8 * 60,
  pause: 10 * 60,
  goOn: 11 * 60,
  end: 16 * 60,
  return: 16 * 60 + 30,
} as const

/** Everything a row tells, as acts in their order. */
export function actsOfRow(row: RegisterRow): readonly WantedAct[] {
  const { submittedAt, acceptedAt, returnedAt, pauses } = row
  const end = endAct(row)
  const early = pauses.filter((pause) => isBeforeAcceptance(pause, acceptedAt))
  const late = pauses.filter((pause) => !isBeforeAcceptance(pause, acceptedAt))
  return [
    ...(submittedAt === null ? [] : [{ act: 'submit', when: submittedAt, minute: MINUTES.submit } as const]),
    ...early.flatMap((pause) => asked(pause, end)),
    ...(acceptedAt === null ? [] : [{ act: 'accept', when: acceptedAt, minute: MINUTES.accept } as const]),
    ...late.flatMap((pause) => paused(pause, end)),
    ...(end === null ? [] : [end]),
    ...(end?.act === 'finish' && returnedAt !== null
      ? [{ act: 'return_result', when: returnedAt, minute: MINUTES.return } as const]
      : []),
  ]
}

const PAUSE_ACTS = {
  supplement: ['request_supplement', 'supply_supplement'],
  payment: ['request_payment', 'pay'],
  verification: ['begin_verification', 'end_verification'],
  consultation: ['begin_consultation', 'end_consultation'],
  other: ['begin_verification', 'end_verification'],
} as const satisfies Record<PauseKind, readonly [WantedAct['act'], WantedAct['act']]>

/** A pause of an accepted dossier. A withdrawal ends the pause it falls into by itself. */
export function paused({ from, to, kind }: RowPause, end: WantedAct | null): readonly WantedAct[] {
  const [begin, goOn] = PAUSE_ACTS[kind]
  const ask: WantedAct = { act: begin, when: from, minute: MINUTES.pause, kind }
  const endsUnanswered = end !== null && end.act !== 'finish' && isSame(to, end.when)
  return to === null || endsUnanswered ? [ask] : [ask, { act: goOn, when: to, minute: MINUTES.goOn }]
}

/** More was asked for before acceptance: by moments where both have one, else by days. */
function isBeforeAcceptance({ from }: RowPause, acceptedAt: Moment | null): boolean {
  if (acceptedAt === null) return true
  return from.at !== null && acceptedAt.at !== null ? from.at < acceptedAt.at : from.day < acceptedAt.day
}

function asked({ from, to }: RowPause, end: WantedAct | null): readonly WantedAct[] {
  const ask: WantedAct = { act: 'ask_before_acceptance', when: from, minute: MINUTES.pause }
  const closesItself = to === null || isSame(to, end?.when ?? null)
  return closesItself ? [ask] : [ask, { act: 'answer_before_acceptance', when: to, minute: MINUTES.goOn }]
}

function endAct({ outcome, endedAt, returnedAt }: RegisterRow): WantedAct | null {
  const when = endedAt ?? returnedAt
  if (outcome === null || when === null) return null
  const at = { when, minute: MINUTES.end }
  if (outcome === 'withdrawn') return { act: 'withdraw', ...at }
  if (outcome === 'stopped') return { act: 'stop', ...at }
  if (outcome === 'not_accepted') return { act: 'refuse_intake', ...at }
  return { act: 'finish', outcome, ...at }
}

function isSame(a: Moment | null, b: Moment | null): boolean {
  return a !== null && b !== null && a.day === b.day && a.at === b.at
}
