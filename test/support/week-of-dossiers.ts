import { type Actor, SYSTEM_ACTOR } from '../../src/deps.ts'
import { addDays, instantAt, isoWeekday } from '../../src/domain/calendar/day.ts'
import { parsePeriod } from '../../src/domain/calendar/periods.ts'
import { type ActRequest, actOnDossier } from '../../src/dossiers/act-on-dossier.ts'
import { type IntakeInput, logDossier } from '../../src/dossiers/log-dossier.ts'
import { closePeriod } from '../../src/reports/close-period.ts'
import { type TestInstallation, testInstallation } from './test-installation.ts'

export const HOSTILE_NAME = `<script>alert("x")</script> O'Đào & Cộng sự`

const UNITS = ['xa-ngoc-ky', 'xa-quang-phuc', 'thi-tran-tu-ky', 'xa-ha-thanh'] as const
const FIRST_DAY = '2023-02-27'
const LAST_DAY = '2023-03-12'
const NAMES = ['Nguyễn Thị Đào', 'Phạm Văn Khải', 'Vũ Đức Thuận', 'Trần Bích Ngọc', HOSTILE_NAME]

interface Deed {
  readonly at: number
  readonly run: () => void
}

/**
 * Two weeks at four communes, about 150 dossiers logged through the operations with a moving clock: early, on time,
 * late, withdrawn, paused, restarted, apologised for, online, waiting, refused. Weeks 9 and 10 are closed; it is
 * Monday 2023-03-13 09:00.
 */
export function weekOfDossiers(): TestInstallation {
  const installation = testInstallation(`${FIRST_DAY}T07:30`)
  const deeds = plan(installation).sort((a, b) => a.at - b.at)
  installation.db.transaction(() => {
    for (const deed of deeds) {
      installation.clock.set(deed.at)
      deed.run()
    }
  })()
  installation.at('2023-03-13T06:00')
  for (const key of ['2023-W09', '2023-W10']) closePeriod(installation, parsePeriod(key))
  installation.at('2023-03-13T09:00')
  return installation
}

function plan(deps: TestInstallation): Deed[] {
  const deeds: Deed[] = []
  let count = 0
  for (let day = FIRST_DAY; day <= LAST_DAY; day = addDays(day, 1)) {
    if (isoWeekday(day) > 5) continue
    for (const [place, unit] of UNITS.entries()) {
      for (let slot = 0; slot < 4; slot += 1) {
        // The last commune has too few dossiers for a percentage.
        if (place === 3 && (slot > 0 || isoWeekday(day) !== 1)) continue
        deeds.push(...one(deps, unit, instantAt(day, 8 * 60 + slot * 40 + place), count))
        count += 1
      }
    }
  }
  return deeds
}

const DAY_MS = 86_400_000
const officer: Actor = SYSTEM_ACTOR

/** What becomes of the n-th dossier: twelve fates in turn. */
function one(deps: TestInstallation, unit: string, at: number, n: number): Deed[] {
  let id = 0
  const log = (input: Partial<IntakeInput> & Pick<IntakeInput, 'act' | 'procedure' | 'channel'>): Deed => ({
    at,
    run: () => {
      const applicant = {
        name: NAMES[n % NAMES.length]!,
        idNumber: String(999000000000 + n),
        phone: `0900000${String(n).padStart(3, '0')}`,
      }
      const papers = [{ name: 'Tờ khai (theo mẫu)', form: 'original', copies: 1, digitised: false }] as const
      id = logDossier(deps, officer, { unit, applicant, papers, assignee: `${unit}.mot-cua-1`, ...input }).id
    },
  })
  const act = (days: number, request: ActRequest): Deed => ({
    at: at + days * DAY_MS + 3_600_000,
    run: () => void actOnDossier(deps, officer, id, request),
  })
  const done = (days: number): Deed[] => [
    act(days, { act: 'finish', outcome: 'granted' }),
    act(days + 0.1, { act: 'return_result', returnMode: 'counter' }),
  ]
  const threeDays = { act: 'accept', procedure: '1.004873' } as const
  const fates: readonly (() => Deed[])[] = [
    () => [log({ act: 'resolve_at_once', procedure: '2.000815', channel: 'counter', outcome: 'granted' })],
    () => [log({ ...threeDays, channel: 'level4' }), ...done(1)],
    () => [log({ ...threeDays, channel: 'counter' }), ...done(7)],
    () => [log({ ...threeDays, channel: 'level4' })],
    () => [
      log({ act: 'submit', procedure: '1.004873', channel: 'level4' }),
      act(0.05, { act: 'accept' }),
      ...done(1),
    ],
    () => [
      log({ ...threeDays, channel: 'postal' }),
      act(0.1, { act: 'request_supplement', reason: 'Thiếu bản sao giấy tờ' }),
      act(1, { act: 'supply_supplement' }),
    ],
    () => [
      log({ ...threeDays, channel: 'counter' }),
      act(1, { act: 'withdraw', reason: 'Người nộp xin rút' }),
    ],
    () => [log({ act: 'submit', procedure: '1.004873', channel: 'level4' })],
    () => [log({ act: 'accept', procedure: '1.001193', channel: 'counter' }), ...done(0.05)],
    () => [
      log({ ...threeDays, channel: 'level4' }),
      act(0.1, { act: 'request_supplement', reason: 'Thiếu tờ khai' }),
    ],
    () => [
      log({
        act: 'refuse_intake',
        procedure: '1.004873',
        channel: 'counter',
        reason: 'Không thuộc thẩm quyền',
      }),
    ],
    () => [
      log({ ...threeDays, channel: 'counter', note: 'Người nộp hẹn đến lấy' }),
      act(0.2, { act: 'transfer' }),
      ...done(7),
    ],
  ]
  const last = instantAt(LAST_DAY, 17 * 60)
  return fates[n % fates.length]!().filter((deed) => deed.at <= last)
}
