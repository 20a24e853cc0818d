import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { type LocalDay, printInstant } from '../domain/calendar/day.ts'
import { lateOnAsOf } from '../domain/life-cycle/lateness.ts'
import { actsOfRow, paused } from './acts-of-row.ts'
import { COLUMN_NAMES, type Column } from './columns.ts'
import type { WantedAct } from './play-row.ts'
import type { Moment } from './read-moment.ts'
import type { RegisterRow, RowPause } from './register-row.ts'

/** A cell that says otherwise than the database. */
export interface Contradiction {
  readonly column: Column
  readonly known: string
  readonly given: string
}

/** What a row says beyond what is known, and against it. */
export interface Comparison {
  /** Facts that are missing, as acts on the dossier that is there. */
  readonly missing: readonly WantedAct[]
  readonly contradictions: readonly Contradiction[]
  /** The whole truth where the file wins: what the row says, and what only the database knows. */
  readonly merged: RegisterRow
}

/** Holds a row against the dossier it is about; what the row leaves empty contradicts nothing. */
export function compareRow(
  known: RegisterRow,
  given: RegisterRow,
  dossier: StoredDossier,
  today: LocalDay,
): Comparison {
  const pauses = matchPauses(known, given)
  const merged = mergedRow(known, given)
  const contradicting = COLUMN_NAMES.filter(
    (column) =>
      column in CONTRADICTS && CONTRADICTS[column as Held](known, given, { dossier, today, pauses }),
  )
  const contradictions = contradicting.map((column) => ({
    column,
    known: SHOWN[column as Held](known),
    given: SHOWN[column as Held](given),
  }))
  const acts = actsOfRow({ ...merged, pauses: [] })
  const isDone = {
    submit: known.submittedAt !== null,
    accept: known.acceptedAt !== null,
    return_result: known.returnedAt !== null,
  } as Readonly<Partial<Record<WantedAct['act'], boolean>>>
  const isEnd = ({ act }: WantedAct) => ['finish', 'withdraw', 'stop', 'refuse_intake'].includes(act)
  const wanted = acts.filter((act) => (isEnd(act) ? known.outcome === null : isDone[act.act] !== true))
  const before = wanted.filter(({ act }) => act === 'submit' || act === 'accept')
  const after = wanted.filter(({ act }) => act !== 'submit' && act !== 'accept')
  return { missing: [...before, ...pauses.missing, ...after], contradictions, merged }
}

interface PauseMatch {
  readonly missing: readonly WantedAct[]
  readonly contradicts: boolean
}

interface Around {
  readonly dossier: StoredDossier
  readonly today: LocalDay
  readonly pauses: PauseMatch
}

const differ = (known: Moment | null, given: Moment | null) =>
  known !== null && given !== null && !isSameMoment(known, given)

/** Columns that are held against what is known; an officer and a note are taken with a new dossier only. */
const CONTRADICTS = {
  code: (known, given) => known.code !== null && given.code !== null && known.code !== given.code,
  // One that a reorganisation has moved came from another unit.
  unit: (known, given, { dossier }) => dossier.unitSince === null && known.unit.id !== given.unit.id,
  receiving_unit: (known, given, { dossier }) =>
    dossier.unitSince === null && known.receivingUnit.id !== given.receivingUnit.id,
  procedure: (known, given) => known.procedure.id !== given.procedure.id,
  channel: (known, given) => known.channel !== given.channel,
  quantity: (known, given) => given.quantity !== null && known.quantity !== given.quantity,
  submitted_at: (known, given) =>
    differ(known.submittedAt, given.submittedAt) ||
    (given.submittedAt !== null && known.submittedAt === null),
  accepted_at: (known, given) => differ(known.acceptedAt, given.acceptedAt),
  // A pause that is new here has moved the date.
  due_at: (known, given, { pauses }) => pauses.missing.length === 0 && differ(known.dueAt, given.dueAt),
  late_since: (known, given, { dossier, today }) =>
    given.lateSince !== null && known.outcome !== null && given.lateSince !== lateOnAsOf(dossier, today),
  paused_from: (_known, _given, { pauses }) => pauses.contradicts,
  ended_at: (known, given) =>
    known.outcome !== null && differ(known.endedAt, given.endedAt ?? given.returnedAt),
  outcome: (known, given) =>
    known.outcome !== null && given.outcome !== null && known.outcome !== given.outcome,
  returned_at: (known, given) => differ(known.returnedAt, given.returnedAt),
} as const satisfies Partial<
  Record<Column, (known: RegisterRow, given: RegisterRow, around: Around) => boolean>
>

type Held = keyof typeof CONTRADICTS

const shownMoment = (moment: Moment | null) => (moment === null ? '' : shown(moment))

const SHOWN = {
  code: ({ code }) => code ?? '',
  unit: ({ unit }) => unit.key,
  receiving_unit: ({ receivingUnit }) => receivingUnit.key,
  procedure: ({ procedure }) => procedure.code,
  channel: ({ channel }) => channel,
  quantity: ({ quantity }) => String(quantity),
  submitted_at: (row) => shownMoment(row.submittedAt),
  accepted_at: (row) => shownMoment(row.acceptedAt),
  due_at: (row) => shownMoment(row.dueAt),
  late_since: ({ lateSince }) => lateSince ?? '',
  paused_from: ({ pauses }) => pauses.map(({ from, to }) => `${shown(from)} → ${shownMoment(to)}`).join('; '),
  ended_at: (row) => shownMoment(row.endedAt ?? row.returnedAt),
  outcome: ({ outcome }) => outcome ?? '',
  returned_at: (row) => shownMoment(row.returnedAt),
} as const satisfies Record<Held, (row: RegisterRow) => string>

function shown({ day, at }: Moment): string {
  return at === null ? day : printInstant(at).slice(0, 16).replace('T', ' ')
}

/** To the minute where both have a time, else the day. */
export function isSameMoment(a: Moment, b: Moment): boolean {
  if (a.at === null || b.at === null) return a.day === b.day
  return Math.floor(a.at / 60_000) === Math.floor(b.at / 60_000)
}

/** Pauses are the same when they begin alike; a later one is new, an earlier unknown one contradicts. */
function matchPauses(known: RegisterRow, given: RegisterRow): PauseMatch {
  const lastKnown = known.pauses.at(-1)
  const fresh: RowPause[] = []
  const toEnd: RowPause[] = []
  let contradicts = false
  for (const pause of given.pauses) {
    const same = known.pauses.find(({ from }) => isSameMoment(from, pause.from))
    if (same !== undefined) {
      if (same.to === null && pause.to !== null) toEnd.push({ ...pause, kind: same.kind })
      else if (differ(same.to, pause.to)) contradicts = true
    } else if (known.outcome === null && (lastKnown === undefined || lastKnown.from.day < pause.from.day))
      fresh.push(pause)
    else contradicts = true
  }
  const isAccepted = (known.acceptedAt ?? given.acceptedAt) !== null
  if (contradicts || !isAccepted) return { missing: [], contradicts }
  const ends = toEnd.flatMap((pause) => paused(pause, null).slice(1))
  return { missing: [...ends, ...fresh.flatMap((pause) => paused(pause, null))], contradicts }
}

function mergedRow(known: RegisterRow, given: RegisterRow): RegisterRow {
  const first = given.pauses[0]
  const earlier = known.pauses.filter(
    ({ from }) => first === undefined || (from.day < first.from.day && !isSameMoment(from, first.from)),
  )
  return {
    ...given,
    code: given.code ?? known.code,
    slipNumber: given.slipNumber ?? known.slipNumber,
    quantity: given.quantity ?? known.quantity,
    submittedAt: given.submittedAt ?? known.submittedAt,
    acceptedAt: given.acceptedAt ?? known.acceptedAt,
    dueAt: given.dueAt ?? known.dueAt,
    lateSince: given.lateSince ?? known.lateSince,
    pauses: [...earlier, ...given.pauses],
    endedAt: given.endedAt ?? known.endedAt,
    outcome: given.outcome ?? known.outcome,
    returnedAt: given.returnedAt ?? known.returnedAt,
    officer: known.officer ?? given.officer,
  }
}
