import assert from 'node:assert/strict'
import { test } from 'node:test'
import { slipCounts, slipOfDossier, slipsOf } from '../../db/queries/emergency-slips.ts'
import { cancelSlip } from '../../src/back-entry/cancel-slip.ts'
import { declareOutage, finishOutage } from '../../src/back-entry/declare-outage.ts'
import { intakeEntry } from '../../src/back-entry/intake-entry.ts'
import { MOST_SLIPS, printSlips } from '../../src/back-entry/print-slips.ts'
import { typedDay, typedMinute } from '../../src/back-entry/typed-row.ts'
import { approveCorrection } from '../../src/corrections/decide-correction.ts'
import { enterOrAsk } from '../../src/corrections/enter-or-ask.ts'
import { localDayOf, parseInstant } from '../../src/domain/calendar/day.ts'
import { parsePeriod } from '../../src/domain/calendar/periods.ts'
import type { IntakeInput } from '../../src/dossiers/log-dossier.ts'
import { closePeriod } from '../../src/reports/close-period.ts'
import { report } from '../../src/reports/report.ts'
import { officerOf } from '../support/late-facts.ts'
import { refused } from '../support/refused.ts'
import { type TestInstallation, testInstallation } from '../support/test-installation.ts'

const THURSDAY = '2023-03-16T10:00'

function counterOf(installation: TestInstallation) {
  const write = <T>(work: () => T): T => installation.db.transaction(work).immediate()
  const clerk = officerOf(installation, 'mot-cua-1')
  const head = officerOf(installation, 'chu-tich')
  return {
    clerk,
    head,
    write,
    print: (count: number) => write(() => printSlips(installation, clerk, 'xa-ngoc-ky', count)),
    cancel: (slip: string, reason: string) =>
      write(() => cancelSlip(installation, clerk, 'xa-ngoc-ky', slip, reason)),
    enter: (slip: string, at: string, given: Partial<IntakeInput> = {}) =>
      write(() => {
        const input: IntakeInput = {
          act: 'accept',
          unit: 'xa-ngoc-ky',
          procedure: '1.004873',
          channel: 'counter',
          applicant: { name: 'Nguyễn Văn Mẫu' },
          at: parseInstant(at),
          ...given,
        }
        return enterOrAsk(installation, clerk, intakeEntry(installation, input, slip))
      }),
    outage: (from: string, to?: string) =>
      write(() =>
        declareOutage(installation, head, {
          unit: 'xa-ngoc-ky',
          fromAt: parseInstant(from),
          toAt: to === undefined ? undefined : parseInstant(to),
          reason: 'Mất điện',
        }),
      ),
  }
}

test('the numbers of slips run on for ever, by agency, whatever becomes of the paper', () => {
  const installation = testInstallation(THURSDAY)
  const { print, cancel } = counterOf(installation)
  assert.deepEqual(print(2), ['KC-000.24.35.H23-000001', 'KC-000.24.35.H23-000002'])
  cancel('2', 'Nhoè mực')
  installation.at('2024-05-06T08:00')
  assert.deepEqual(print(1), ['KC-000.24.35.H23-000003'])
  for (const count of [0, -1, 1.5, Number.NaN, MOST_SLIPS + 1])
    refused('invalid_slip_count', () => print(count))
})

test('a slip is used once, by its own shop, and not after it was cancelled', () => {
  const installation = testInstallation(THURSDAY)
  const { print, cancel, enter } = counterOf(installation)
  print(3)
  const entered = enter('1', '2023-03-16T08:00')
  assert.ok(!entered.waiting)
  assert.equal(slipOfDossier(installation.db, entered.id)?.number, 'KC-000.24.35.H23-000001')
  const used = refused('slip_used', () => enter('kc-000.24.35.h23-000001', '2023-03-16T08:00'))
  assert.match(used.message, /230316-0001/)
  refused('slip_used', () => cancel('1', 'Mất'))
  refused('reason_required', () => cancel('2', ' '))
  cancel('2', 'Rách')
  assert.match(refused('slip_cancelled', () => enter('2', '2023-03-16T08:00')).message, /Rách/)
  refused('unknown_slip', () => enter('4', '2023-03-16T08:00'))
  refused('unknown_slip', () => enter('3', '2023-03-16T08:00', { unit: 'xa-quang-phuc' }))
  const { open, used: n, cancelled } = slipCounts(installation.db, entered.dossier.receivingUnitId)
  assert.deepEqual([open, n, cancelled], [1, 1, 1])
})

test('within a declared outage a clerk enters slips of any day that is not closed, at their real time', () => {
  const installation = testInstallation(THURSDAY)
  const { print, enter, outage } = counterOf(installation)
  print(9)
  assert.equal(enter('1', '2023-03-13T09:00').waiting, true, 'no outage: it waits')
  outage('2023-03-13T08:00', '2023-03-14T17:00')
  const entered = enter('2', '2023-03-13T09:30')
  assert.ok(!entered.waiting)
  const { code, acceptedAt, dueOn, enteredLate } = entered.dossier
  assert.match(code!, /-230313-0001$/)
  assert.deepEqual([acceptedAt, dueOn, enteredLate], [parseInstant('2023-03-13T09:30'), '2023-03-16', true])
  assert.equal(enter('3', '2023-03-14T17:01').waiting, true, 'after it: it waits')
  const day = { period: parsePeriod('2023-03-13..2023-03-13'), by: 'unit', attribution: 'resolving' } as const
  assert.equal(report(installation, { ...day, reading: 'current' }).total.tally.received, 1)
})

test('a slip of a closed day waits with its row, and its number is spoken for', () => {
  const installation = testInstallation('2023-03-13T06:00')
  closePeriod(installation, parsePeriod('2023-W10'))
  installation.at(THURSDAY)
  const { print, enter, outage, write, head, cancel } = counterOf(installation)
  print(3)
  outage('2023-03-10T13:00', '2023-03-14T17:00')
  const asked = enter('1', '2023-03-10T14:00')
  assert.ok(asked.waiting)
  refused('slip_waiting', () => enter('1', '2023-03-13T14:00'))
  refused('slip_waiting', () => cancel('1', 'Mất'))
  write(() => approveCorrection(installation, head, asked.id))
  const [slip] = slipsOf(installation.db, unitId(installation), 'used', 9)
  assert.deepEqual([slip?.number, slip?.code?.slice(-11)], ['KC-000.24.35.H23-000001', '230310-0001'])
})

test('only the head declares an outage, and only one that has begun', () => {
  const installation = testInstallation(THURSDAY)
  const { clerk, head, write, outage } = counterOf(installation)
  const given = { unit: 'xa-ngoc-ky', fromAt: parseInstant('2023-03-16T08:00'), reason: 'Mất điện' }
  refused('not_permitted', () => write(() => declareOutage(installation, clerk, given)))
  refused('reason_required', () => write(() => declareOutage(installation, head, { ...given, reason: ' ' })))
  refused('invalid_outage', () => outage('2023-03-16T10:01'))
  refused('invalid_outage', () => outage('2023-03-16T09:00', '2023-03-16T08:00'))
  const id = outage('2023-03-16T08:00')
  const end = (at: string) => write(() => finishOutage(installation, head, id, parseInstant(at)))
  refused('invalid_outage', () => end('2023-03-16T10:30'))
  end('2023-03-16T09:00')
  refused('unknown_outage', () => end('2023-03-16T09:30'))
})

test('days and hours are read as people write them', () => {
  const today = localDayOf(parseInstant(THURSDAY))
  assert.deepEqual(
    ['13/3', '13/03/2023', '28/12', '2023-03-13', '1.2'].map((text) => typedDay(text, today)),
    ['2023-03-13', '2023-03-13', '2022-12-28', '2023-03-13', '2023-02-01'],
  )
  for (const text of ['31/2', '13/13', 'thứ Hai', ''])
    refused('invalid_written_day', () => typedDay(text, today))
  assert.deepEqual(
    ['8:30', '0830', '830', '8h30', '8', '17g05'].map(typedMinute),
    [510, 510, 510, 510, 480, 1025],
  )
  for (const text of ['24:00', '8:60', '', 'sáng']) refused('invalid_time', () => typedMinute(text))
})

function unitId({ db }: TestInstallation): number {
  return db.prepare(`SELECT id FROM units WHERE key = 'xa-ngoc-ky'`).pluck().get() as number
}
