import { declareOutage } from '../../src/back-entry/declare-outage.ts'
import { intakeEntry } from '../../src/back-entry/intake-entry.ts'
import { printSlips } from '../../src/back-entry/print-slips.ts'
import { enterOrAsk } from '../../src/corrections/enter-or-ask.ts'
import type { Actor } from '../../src/deps.ts'
import { parseInstant } from '../../src/domain/calendar/day.ts'
import type { IntakeInput } from '../../src/dossiers/log-dossier.ts'
import type { TestInstallation } from './test-installation.ts'

/** An officer of Xã Ngọc Kỳ, by the part of the key that tells the post. */
export function officerOf({ db }: TestInstallation, post: 'mot-cua-1' | 'chu-tich'): Actor {
  const key = `xa-ngoc-ky.${post}`
  const officerId = db.prepare('SELECT id FROM officers WHERE key = ?').pluck().get(key) as number
  return { officerId, role: post === 'chu-tich' ? 'head' : 'counter' }
}

/**
 * On top of the week of dossiers, on its Monday: a clerk’s late finish and wrong channel wait, the head has closed
 * something late, the power is off since Friday, slips 3 and 4 are entered, slip 1 waits and 2 is missing.
 */
export function lateFacts(installation: TestInstallation): void {
  const { db } = installation
  const [clerk, head] = [officerOf(installation, 'mot-cua-1'), officerOf(installation, 'chu-tich')]
  const [first, second, third] = db
    .prepare(
      `SELECT id FROM dossiers WHERE state = 'accepted' AND channel = 'level4' AND accepted_on <= '2023-03-08'
         AND unit_id = (SELECT id FROM units WHERE key = 'xa-ngoc-ky') ORDER BY id LIMIT 3`,
    )
    .pluck()
    .all() as [number, number, number]
  const finish = (at: string) =>
    ({ act: 'finish', outcome: 'granted', at: parseInstant(at), reason: 'Đã ký, quên bấm' }) as const
  db.transaction(() => {
    enterOrAsk(installation, clerk, { kind: 'act', which: first, request: finish('2023-03-10T16:00') })
    const request = { channel: 'counter', reason: 'Nộp trực tiếp, chọn nhầm kênh' } as const
    enterOrAsk(installation, clerk, { kind: 'correction', which: second, request })
    enterOrAsk(installation, head, {
      kind: 'act',
      which: third ?? second,
      request: finish('2023-03-09T16:00'),
    })
    printSlips(installation, clerk, 'xa-ngoc-ky', 8)
    const fromAt = parseInstant('2023-03-10T13:30')
    declareOutage(installation, head, { unit: 'xa-ngoc-ky', fromAt, reason: 'Mất điện toàn xã' })
    for (const [slip, at] of [
      ['1', '2023-03-10T14:05'],
      ['3', '2023-03-13T08:10'],
      ['4', '2023-03-13T08:20'],
    ] as const) {
      const intake: IntakeInput = {
        act: 'accept',
        unit: 'xa-ngoc-ky',
        procedure: '1.004873',
        channel: 'counter',
        applicant: { name: 'Nguyễn Thị Đào' },
        at: parseInstant(at),
      }
      enterOrAsk(installation, clerk, intakeEntry(installation, intake, slip))
    }
  })()
}
