import { SYSTEM_ACTOR } from '../../src/deps.ts'
import { addDays, instantAt } from '../../src/domain/calendar/day.ts'
import { actsFrom, PLAIN_ACTS } from '../../src/domain/life-cycle/life-cycle.ts'
import { RuleError } from '../../src/domain/refusals.ts'
import { actOnDossier } from '../../src/dossiers/act-on-dossier.ts'
import { logDossier } from '../../src/dossiers/log-dossier.ts'
import type { TestInstallation } from './test-installation.ts'

export interface HistorySetting {
  readonly from: string
  readonly days: number
  /** Dossiers and acts a day. */
  readonly perDay: number
  readonly seed: number
  /** Where they come in; three communes if not given. */
  readonly units?: readonly string[]
}

const UNITS = ['xa-ngoc-ky', 'xa-van-to', 'tt-tu-ky']
const PROCEDURES = ['1.004873', '1.001193', '2.000815', '1.000656']
const OFFICERS = ['', 'xa-ngoc-ky.mot-cua-1', 'xa-ngoc-ky.chu-tich']

/** Whatever the rules allow, at random but the same for the same seed: every act of the life cycle, back-dated ones too. */
export function randomHistory(
  installation: TestInstallation,
  { from, days, perDay, seed, units = UNITS }: HistorySetting,
): void {
  const draw = sequence(seed)
  const known: number[] = []
  const pick = <T>(list: readonly T[]) => list[Math.floor(draw() * list.length)]!
  for (let day = 0; day < days; day += 1) {
    for (let n = 0; n < perDay; n += 1) {
      installation.clock.set(instantAt(addDays(from, day), 450 + Math.floor((n * 540) / perDay)))
      attempt(installation, () => {
        if (known.length < 5 || draw() < 0.3) known.push(logAny(installation, units, draw, pick))
        else actAny(installation, pick(known), draw, pick)
      })
    }
  }
}

type Pick = <T>(list: readonly T[]) => T

function logAny(
  installation: TestInstallation,
  units: readonly string[],
  draw: () => number,
  pick: Pick,
): number {
  const act = pick(['submit', 'accept', 'accept', 'accept', 'resolve_at_once', 'refuse_intake'] as const)
  const fee = draw() < 0.4 ? 10_000 : 0
  const stored = logDossier(installation, SYSTEM_ACTOR, {
    act,
    unit: pick(units),
    procedure: pick(PROCEDURES),
    channel: act === 'submit' ? 'online' : pick(['counter', 'postal', 'online'] as const),
    applicant: { name: 'Nguyễn Văn Mẫu' },
    assisted: draw() < 0.2,
    digitised: draw() < 0.5,
    fee,
    feePayment: pick([undefined, 'cash', 'online'] as const),
    assignee: pick(OFFICERS),
    ...(act === 'refuse_intake' && { reason: 'Không thuộc thẩm quyền' }),
    ...(draw() < 0.1 && { at: installation.clock.now() - Math.floor(draw() * 5) * 86_400_000 }),
  })
  return stored.id
}

function actAny(installation: TestInstallation, id: number, draw: () => number, pick: Pick): void {
  const state = (
    installation.db.prepare('SELECT state FROM dossiers WHERE id = ?').get(id) as { state: 'accepted' }
  ).state
  const possible = PLAIN_ACTS.filter((act) => actsFrom(state).includes(act) && act !== 'finish_step')
  if (possible.length === 0) return
  const act = pick(possible)
  if ((act === 'void' || act === 'reopen') && draw() < 0.7) return
  actOnDossier(installation, SYSTEM_ACTOR, id, {
    act,
    reason: 'Theo quy định',
    outcome: pick(['granted', 'refused'] as const),
    assignee: pick(OFFICERS),
    digitised: draw() < 0.5,
    eResult: draw() < 0.5,
    appointmentAt: installation.clock.now() + 40 * 86_400_000,
    ...(draw() < 0.1 && { at: installation.clock.now() - Math.floor(draw() * 3) * 86_400_000 }),
  })
}

/** What the rules refuse leaves no trace. */
function attempt({ db }: TestInstallation, work: () => void): void {
  try {
    db.transaction(work).immediate()
  } catch (error) {
    if (!(error instanceof RuleError)) throw error
  }
}

/** Numbers in [0, 1), the same for the same seed: mulberry32. */
export function sequence(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
