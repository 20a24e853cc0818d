import fc from 'fast-check'
import { waitingCorrections } from '../../db/queries/correction-requests.ts'
import { markClosed, upsertPeriod } from '../../db/queries/periods.ts'
import { approveCorrection, rejectCorrection } from '../../src/corrections/decide-correction.ts'
import { enterOrAsk } from '../../src/corrections/enter-or-ask.ts'
import type { Entry } from '../../src/corrections/entry.ts'
import type { Actor } from '../../src/deps.ts'
import { addDays, type Instant, isoWeekday, localDayOf } from '../../src/domain/calendar/day.ts'
import { periodOf } from '../../src/domain/calendar/periods.ts'
import { RuleError } from '../../src/domain/refusals.ts'
import { type Attempt, anyHistory, HISTORY_STARTS, playHistory } from './any-history.ts'
import type { TestInstallation } from './test-installation.ts'

/** What somebody corrects, late, after each thing that happened; and whether somebody decides on a request. */
export interface Correction {
  readonly role: Actor['role']
  readonly kind: 'channel' | 'procedure' | 'unit' | 'moment' | 'late_finish' | 'void' | 'nothing'
  readonly pick: number
  readonly daysBack: number
  readonly decide: 'approve' | 'reject' | 'later'
}

export interface CorrectedHistory {
  readonly history: readonly Attempt[]
  readonly corrections: readonly Correction[]
}

const anyCorrection: fc.Arbitrary<Correction> = fc.record({
  role: fc.constantFrom('counter', 'officer', 'head', 'operator'),
  kind: fc.constantFrom('channel', 'procedure', 'unit', 'moment', 'late_finish', 'void', 'nothing'),
  pick: fc.nat(7),
  daysBack: fc.nat(12),
  decide: fc.constantFrom('approve', 'approve', 'reject', 'later'),
})

export const anyCorrectedHistory = (length: number): fc.Arbitrary<CorrectedHistory> =>
  fc.record({
    history: anyHistory(length),
    corrections: fc.array(anyCorrection, { minLength: length, maxLength: length, size: 'max' }),
  })

const PROCEDURES = ['1.004873', '9.100001', '9.100002', '9.100003', '9.100004', '2.000815'] as const
const CHANNELS = ['counter', 'postal', 'level3', 'level4'] as const
const UNITS = ['xa-ngoc-ky', 'thi-tran-tu-ky', 'bo-phan-mot-cua-huyen'] as const
const DAY_MS = 86_400_000

export type Outcome = 'done' | 'asked' | 'approved' | 'rejected' | 'refused'

/** Plays a history with its corrections, weeks being closed as time goes on; tells how each came out. */
export function playCorrected(
  installation: TestInstallation,
  { history, corrections }: CorrectedHistory,
  tell: (outcome: Outcome, kind: string) => void = () => {},
): void {
  let index = 0
  playHistory(installation, history, ({ id, at }) => {
    closeWeeks(installation)
    const correction = corrections[index++ % corrections.length]!
    const entry = entryOf(correction, id, at)
    const by = { officerId: null, role: correction.role }
    if (entry !== null) {
      const entered = attempt(installation, () => enterOrAsk(installation, by, entry))
      tell(entered === null ? 'refused' : entered.waiting ? 'asked' : 'done', correction.kind)
    }
    decide(installation, correction, tell)
  })
}

function entryOf({ kind, pick, daysBack }: Correction, which: number, at: Instant): Entry | null {
  const reason = 'Nhập nhầm'
  const correction = (wrong: object): Entry => ({ kind: 'correction', which, request: { ...wrong, reason } })
  const act = (request: object): Entry =>
    ({ kind: 'act', which, request: { ...request, reason } }) as unknown as Entry
  if (kind === 'channel') return correction({ channel: CHANNELS[pick % CHANNELS.length] })
  if (kind === 'procedure')
    return correction({ procedure: PROCEDURES[pick % PROCEDURES.length], channel: 'counter' })
  if (kind === 'unit') return correction({ receivingUnit: UNITS[pick % UNITS.length] })
  if (kind === 'moment') return correction({ acceptedAt: at - daysBack * DAY_MS - pick * 3_600_000 })
  if (kind === 'late_finish') return act({ act: 'finish', outcome: 'granted', at: at + pick })
  return kind === 'void' && daysBack > 8 ? act({ act: 'void' }) : null
}

function decide(
  installation: TestInstallation,
  { decide, role, pick }: Correction,
  tell: (outcome: Outcome, kind: string) => void,
): void {
  const waiting = waitingCorrections(installation.db)
  const request = waiting[pick % waiting.length]
  if (request === undefined || decide === 'later') return
  const by = { officerId: null, role }
  const decided = attempt(installation, () =>
    decide === 'approve'
      ? approveCorrection(installation, by, request.id)
      : rejectCorrection(installation, by, request.id, 'Không đúng'),
  )
  tell(decided === null ? 'refused' : decided.status === 'approved' ? 'approved' : 'rejected', request.act)
}

function attempt<T>(installation: TestInstallation, work: () => T): T | null {
  try {
    return installation.db.transaction(work)()
  } catch (error) {
    if (error instanceof RuleError) return null
    throw error
  }
}

/** Every week that is over is closed. */
function closeWeeks({ db, clock }: TestInstallation): void {
  const today = localDayOf(clock.now())
  const monday = addDays(today, 1 - isoWeekday(today))
  for (let day = addDays(monday, -14); day < monday; day = addDays(day, 7)) {
    if (day < HISTORY_STARTS) continue
    const week = periodOf('week', day)
    upsertPeriod(db, week)
    markClosed(db, week.key, clock.now())
  }
}
