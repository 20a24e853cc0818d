import fc from 'fast-check'
import { findDossierById } from '../../db/queries/dossiers.ts'
import { movableDossiers } from '../../db/queries/unit-moves.ts'
import { catalogueOf } from '../../src/catalogue/catalogue.ts'
import { addDays, type Instant, instantAt, localDayOf } from '../../src/domain/calendar/day.ts'
import type { ActorRole } from '../../src/domain/life-cycle/acts.ts'
import { type Act, actsFrom, PLAIN_ACTS } from '../../src/domain/life-cycle/life-cycle.ts'
import { RuleError } from '../../src/domain/refusals.ts'
import { actOnDossier } from '../../src/dossiers/act-on-dossier.ts'
import { type IntakeInput, logDossier } from '../../src/dossiers/log-dossier.ts'
import { prepareMoves, writeMoves } from '../../src/reorganisations/move-dossiers.ts'
import type { TestInstallation } from './test-installation.ts'
import { testProcedure } from './test-procedure.ts'

/** One thing somebody tries; what the rules refuse did not happen. */
export interface Attempt {
  readonly wait: number
  readonly minute: number
  /** Minutes by which it is dated back. */
  readonly back: number
  readonly role: ActorRole
  readonly opens: boolean
  readonly place: number
  readonly procedure: number
  readonly opening: IntakeInput['act']
  readonly channel: IntakeInput['channel']
  readonly which: number
  readonly act: number
  readonly officer: number
  readonly yes: boolean
  readonly also: boolean
  readonly days: number
  /** A reorganisation takes one unit's dossiers to another, dated as many days back. */
  readonly reorganises: boolean
}

/** Dates in the middle of the history run over Tết 2023. */
export const HISTORY_STARTS = '2023-01-09'

const OFFICERS = ['', 'xa-ngoc-ky.mot-cua-1', 'xa-ngoc-ky.mot-cua-2', 'xa-ngoc-ky.chu-tich']
const PLACES = [
  { unit: 'xa-ngoc-ky' },
  { unit: 'thi-tran-tu-ky' },
  { unit: 'bo-phan-mot-cua-huyen', resolvingUnit: 'phong-tu-phap' },
  { unit: 'bo-phan-mot-cua-huyen', resolvingUnit: 'xa-ngoc-ky' },
] as const
const PROCEDURES = [
  '1.004873',
  '1.001193',
  '2.000815',
  '2.000986',
  '9.100001',
  '9.100002',
  '9.100003',
  '9.100004',
] as const

/** Procedures beside those of the catalogue, so that every policy of the clock comes up. */
export function addHistoryProcedures(installation: TestInstallation): void {
  const resume = { verificationPolicy: 'resume', consultationPolicy: 'resume', extensionDays: 3 } as const
  testProcedure(installation, '9.100001', { limitText: '5wd', ...resume, fee: 10_000 })
  testProcedure(installation, '9.100002', { limitText: '16wh', lateness: 'minute', ...resume })
  testProcedure(installation, '9.100003', {
    limitText: '2wd',
    mode: 'hour_exact',
    paymentPolicy: 'no_effect',
    ...resume,
  })
  testProcedure(installation, '9.100004', {
    limitText: '7d',
    supplementPolicy: 'resume',
    paymentPolicy: 'no_effect',
  })
}

export const anyHistory = (length: number): fc.Arbitrary<readonly Attempt[]> =>
  fc.array(anyAttempt, { minLength: Math.floor(length / 2), maxLength: length, size: 'max' })

const oneOf = <T>(...values: readonly T[]) => fc.constantFrom(...values)

const anyAttempt: fc.Arbitrary<Attempt> = fc.record({
  wait: oneOf(0, 0, 0, 0, 1, 1, 1, 2, 3, 6),
  minute: fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 450, max: 1020 }) },
    fc.integer({ min: 0, max: 1439 }),
  ),
  back: oneOf(0, 0, 0, 0, 0, 0, 0, 90, 700, 1440, 3000, 9000),
  role: oneOf('system', 'system', 'system', 'head', 'counter', 'officer', 'supervisor'),
  opens: oneOf(true, false, false, false, false),
  place: fc.nat(PLACES.length - 1),
  procedure: fc.nat(PROCEDURES.length - 1),
  opening: oneOf(
    'accept',
    'accept',
    'accept',
    'accept',
    'submit',
    'submit',
    'submit',
    'resolve_at_once',
    'refuse_intake',
  ),
  channel: oneOf('counter', 'counter', 'postal', 'online', 'online', 'level3'),
  which: fc.nat(7),
  act: fc.nat(30),
  officer: fc.nat(OFFICERS.length - 1),
  yes: fc.boolean(),
  also: fc.boolean(),
  days: fc.integer({ min: 1, max: 4 }),
  reorganises: fc.integer({ min: 0, max: 39 }).map((n) => n === 0),
})

/** Acts that end a story, or change nothing of the clock: tried less often, so that stories grow long. */
const RARE: ReadonlySet<Act> = new Set([
  'void',
  'withdraw',
  'stop',
  'refuse_intake',
  'amend',
  'assign',
  'apologise',
])

export interface Happened {
  readonly id: number
  readonly act: Act
  readonly at: Instant
}

/** Plays the attempts in order, on what is there; tells of each that happened, and returns how many did. */
export function playHistory(
  installation: TestInstallation,
  history: readonly Attempt[],
  tell: (happened: Happened) => void = () => {},
  after: Instant = instantAt(HISTORY_STARTS, 0),
): number {
  const known = installation.db.prepare('SELECT id FROM dossiers ORDER BY id').pluck().all() as number[]
  let day = localDayOf(after)
  let now = after
  let happened = 0
  for (const [index, attempt] of history.entries()) {
    day = addDays(day, attempt.wait)
    now = Math.max(now + 60_000, instantAt(day, attempt.minute))
    installation.clock.set(now + index)
    const at = now + index - attempt.back * 60_000 // no two at the same instant
    if (attempt.reorganises) {
      happened += reorganise(installation, attempt, addDays(localDayOf(now), 1 - attempt.days), tell)
      continue
    }
    const done = play(installation, attempt, at, known)
    if (done === null) continue
    happened += 1
    tell(done)
  }
  return happened
}

const MOVES = [
  ['xa-ngoc-ky', 'thi-tran-tu-ky', 'thi-tran-tu-ky'],
  ['phong-tu-phap', 'xa-ngoc-ky', 'bo-phan-mot-cua-huyen'],
  ['phong-tu-phap', 'phong-y-te', 'xa-ngoc-ky'],
  ['thi-tran-tu-ky', 'xa-ngoc-ky', 'xa-ngoc-ky'],
] as const

/** Moves what one unit has to another; the units themselves go on, so that the next attempts find them. */
function reorganise(
  installation: TestInstallation,
  { place, also }: Attempt,
  on: string,
  tell: (happened: Happened) => void,
): number {
  const { db } = installation
  const { unitByKey } = catalogueOf(db)
  const [from, unitId, receivingUnitId] = MOVES[place]!.map((key) => unitByKey.get(key)!.id) as [
    number,
    number,
    number,
  ]
  const target = { on, unitId, receivingUnitId, holderUnitId: unitId, keepsAssignee: also }
  const prepared = prepareMoves(installation, on, movableDossiers(db, [from], on), (dossier) =>
    dossier.unitId === from
      ? target
      : { ...target, unitId: dossier.unitId, receivingUnitId: dossier.receivingUnitId },
  )
  const moved = db.transaction(() => writeMoves(installation, null, prepared))()
  for (const { row } of prepared.moves) tell({ id: row.id, act: 'transfer_unit', at: instantAt(on, 0) })
  return moved
}

function play(
  installation: TestInstallation,
  attempt: Attempt,
  at: Instant,
  known: number[],
): Happened | null {
  try {
    return installation.db.transaction(() =>
      attempt.opens || known.length === 0
        ? open(installation, attempt, at, known)
        : actOn(installation, attempt, at, known.at(-1 - (attempt.which % known.length))!),
    )()
  } catch (error) {
    if (error instanceof RuleError) return null
    throw error
  }
}

function open(installation: TestInstallation, attempt: Attempt, at: Instant, known: number[]): Happened {
  const actor = { officerId: null, role: attempt.role }
  const { id } = logDossier(installation, actor, {
    act: attempt.opening,
    at,
    ...PLACES[attempt.place]!,
    procedure: PROCEDURES[attempt.procedure]!,
    channel: attempt.channel,
    applicant: { name: 'Nguyễn Văn Mẫu' },
    assisted: attempt.yes,
    digitised: attempt.also,
    eResult: attempt.yes,
    attended: attempt.also,
    feePayment: attempt.yes ? 'online' : undefined,
    outcome: attempt.also ? 'granted' : 'refused',
    assignee: OFFICERS[attempt.officer],
    reason: 'Theo quy định',
  })
  known.push(id)
  return { id, act: attempt.opening, at }
}

function actOn(installation: TestInstallation, attempt: Attempt, at: Instant, id: number): Happened | null {
  const { state, dueAt } = findDossierById(installation.db, id)!
  const possible = PLAIN_ACTS.filter(
    (act) => actsFrom(state).includes(act) && (!RARE.has(act) || attempt.days === 1),
  )
  const act = possible[attempt.act % possible.length]
  if (act === undefined) return null
  actOnDossier(installation, { officerId: null, role: attempt.role }, id, {
    act,
    at,
    reason: 'Theo quy định',
    outcome: attempt.also ? 'granted' : 'refused',
    days: attempt.days,
    assignee: OFFICERS[attempt.officer],
    appointmentAt: Math.max(dueAt ?? 0, at) + attempt.days * 86_400_000,
    attended: attempt.also,
    eResult: attempt.yes,
    digitised: attempt.also,
    feePayment: attempt.yes ? 'online' : 'cash',
    ...(act === 'amend' && { fee: attempt.yes ? 20_000 : 0 }),
  })
  return { id, act, at }
}
