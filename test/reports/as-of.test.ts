import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cohortOf } from '../../db/queries/cohort.ts'
import { parsePeriod } from '../../src/domain/calendar/periods.ts'
import type { Tally } from '../../src/domain/counting/tally.ts'
import { endClassOf } from '../../src/domain/life-cycle/lateness.ts'
import { type ReportRequest, report } from '../../src/reports/report.ts'
import { deskOf } from '../support/desk.ts'
import { refused } from '../support/refused.ts'
import { testInstallation } from '../support/test-installation.ts'
import { testProcedure } from '../support/test-procedure.ts'

function setting(version: Parameters<typeof testProcedure>[2] = {}) {
  const installation = testInstallation('2023-04-28T09:00')
  const procedure = testProcedure(installation, '9.000003', version)
  const read = (key: string, request: Partial<ReportRequest> = {}) =>
    report(installation, {
      period: parsePeriod(key),
      by: 'unit',
      attribution: 'resolving',
      withIndexed: true,
      ...request,
    })
  const tally = (key: string): Tally => read(key).total.tally
  const day = (on: string) => tally(`${on}..${on}`)
  return { installation, procedure, read, tally, day, ...deskOf(installation) }
}

test('due on the last day of the week and open, a dossier is in time in that week and overdue from the next day', () => {
  const { log, tally } = setting({ validFrom: '2019-12-01' })
  log({ at: '2023-03-07T09:00' }) // due Friday 10 March
  assert.deepEqual(
    [tally('2023-03-06..2023-03-10').openInTime, tally('2023-03-06..2023-03-10').openOverdue],
    [1, 0],
  )
  assert.deepEqual(
    [tally('2023-03-06..2023-03-11').openInTime, tally('2023-03-06..2023-03-11').openOverdue],
    [0, 1],
  )
  assert.equal(tally('2023-03-11..2023-03-12').becameLate, 1)
})

test('due on the last day and ended that day, it is on time and never overdue', () => {
  const { log, act, tally, day } = setting()
  act(log({ at: '2023-03-07T09:00' }), 'finish', { at: '2023-03-10T16:00' })
  assert.deepEqual([tally('2023-03-06..2023-03-10').onTime, tally('2023-03-06..2023-03-10').open], [1, 0])
  assert.deepEqual([day('2023-03-11').openOverdue, day('2023-03-11').becameLate], [0, 0])
})

test('ended the day after, it became late and was in no evening’s stock', () => {
  const { log, act, day } = setting()
  act(log({ at: '2023-03-07T09:00' }), 'finish', { at: '2023-03-11T08:00' })
  const saturday = day('2023-03-11')
  assert.deepEqual(
    [saturday.late, saturday.becameLate, saturday.openOverdue, saturday.overdueDelta],
    [1, 1, 0, 0],
  )
  assert.equal(day('2023-03-10').openInTime, 1)
})

test('paused in time, a dossier is pending in time however long; paused when late, it stays overdue', () => {
  const { log, act, day } = setting()
  const inTime = log({ at: '2023-03-07T09:00' })
  act(inTime, 'request_payment', { at: '2023-03-10T16:00' })
  const late = log({ at: '2023-03-07T09:00' })
  act(late, 'request_payment', { at: '2023-03-13T09:00' })
  assert.deepEqual([day('2023-04-28').openInTime, day('2023-04-28').openOverdue], [1, 1])
  act(late, 'pay', { at: '2023-04-03T09:00' })
  act(inTime, 'pay', { at: '2023-04-03T09:00' })
  assert.deepEqual([day('2023-04-04').openInTime, day('2023-04-04').openOverdue], [1, 1])
})

test('a pause that ends on a day is not in force that evening', () => {
  const { log, act, day } = setting({ paymentPolicy: 'resume' })
  const dossier = log({ at: '2023-03-07T09:00' })
  act(dossier, 'request_payment', { at: '2023-03-10T10:00' })
  const paid = act(dossier, 'pay', { at: '2023-03-10T16:00' })
  assert.equal(paid.dueOn, '2023-03-10', 'asked and paid on one day: no day is given back')
  assert.deepEqual([day('2023-03-10').openInTime, day('2023-03-11').openOverdue], [1, 1])
})

test('what happens later leaves the stocks of a month that is over alone', () => {
  const { log, act, tally } = setting()
  const [finished, withdrawn, paused] = [1, 2, 3].map(() => log({ at: '2023-03-27T09:00' }))
  const march = tally('2023-03')
  assert.deepEqual([march.open, march.openOverdue, march.becameLate, march.due], [3, 3, 3, 3])
  act(finished!, 'finish', { at: '2023-04-03T09:00' })
  act(withdrawn!, 'withdraw', { at: '2023-04-04T09:00' })
  act(paused!, 'request_supplement', { at: '2023-04-05T09:00' })
  act(paused!, 'supply_supplement', { at: '2023-04-20T09:00' })
  assert.deepEqual(tally('2023-03'), march)
  const april = tally('2023-04')
  assert.deepEqual(
    [april.carriedOver, april.late, april.withdrawnLate, april.open, april.openOverdue],
    [3, 1, 1, 1, 1],
  )
})

test('a late dossier was due on the date it missed, wherever the date went since, and is due once', () => {
  const { log, act, day, tally } = setting()
  const dossier = log({ at: '2023-03-07T09:00' })
  act(dossier, 'request_supplement', { at: '2023-03-13T09:00' })
  assert.equal(act(dossier, 'supply_supplement', { at: '2023-03-15T09:00' }).dueOn, '2023-03-15')
  act(dossier, 'finish', { at: '2023-03-15T10:00' })
  assert.deepEqual([day('2023-03-10').due, day('2023-03-10').dueMet, day('2023-03-15').due], [1, 0, 0])
  assert.equal(tally('2023-03').due, 1)
})

test('a dossier whose clock stands is not due until it runs again', () => {
  const { log, act, day } = setting()
  const dossier = log({ at: '2023-03-07T09:00' })
  act(dossier, 'request_payment', { at: '2023-03-09T09:00' })
  assert.equal(day('2023-03-10').due, 0)
  act(dossier, 'pay', { at: '2023-03-14T09:00' })
  act(dossier, 'finish', { at: '2023-03-15T09:00' })
  assert.deepEqual([day('2023-03-10').due, day('2023-03-16').due, day('2023-03-16').dueMet], [0, 1, 1])
})

test('of those due, withdrawn by the date they do not count, withdrawn later they were not met', () => {
  const { log, act, day } = setting()
  act(log({ at: '2023-03-07T09:00' }), 'withdraw', { at: '2023-03-10T16:00' })
  assert.equal(day('2023-03-10').due, 0)
  act(log({ at: '2023-03-07T09:00' }), 'withdraw', { at: '2023-03-13T16:00' })
  assert.deepEqual([day('2023-03-10').due, day('2023-03-10').dueMet], [1, 0])
  act(log({ at: '2023-03-07T09:00' }), 'finish', { at: '2023-03-08T16:00' })
  assert.deepEqual([day('2023-03-10').due, day('2023-03-10').dueMet], [2, 1], 'met before the day itself')
})

test('late by the minute on the due date: resolved late and become late that day, in no stock', () => {
  const { log, act, day, procedure } = setting({ lateness: 'minute' })
  act(log({ at: '2023-03-07T09:00', procedure }), 'finish', { at: '2023-03-10T17:45' })
  const friday = day('2023-03-10')
  assert.deepEqual(
    [friday.late, friday.becameLate, friday.openOverdue, friday.due, friday.dueMet],
    [1, 1, 0, 1, 0],
  )
  assert.deepEqual([day('2023-03-11').becameLate, day('2023-03-11').openOverdue], [0, 0])
})

test('an apology in time counts where the dossier became late', () => {
  const { log, act, day } = setting()
  const promise = { appointmentAt: '2023-03-20T17:00' }
  act(log({ at: '2023-03-07T09:00' }), 'apologise', { at: '2023-03-09T09:00', ...promise })
  act(log({ at: '2023-03-07T09:00' }), 'apologise', { at: '2023-03-10T09:00', ...promise })
  assert.deepEqual([day('2023-03-11').becameLate, day('2023-03-11').apologised], [2, 1])
})

test('received at 00:00:00 of the first day counts in the period, a moment before in the one before', () => {
  const { log, tally } = setting()
  log({ at: '2023-03-06T00:00:00' })
  log({ at: '2023-03-05T23:59:59.999' })
  assert.deepEqual(
    [tally('2023-W10').received, tally('2023-W10').carriedOver, tally('2023-W09').received],
    [1, 1, 1],
  )
})

test('a supplement asked twice is two requests of one dossier with one code', () => {
  const { installation, log, act, tally } = setting({ limitText: '10wd' })
  const dossier = log({ at: '2023-03-06T09:00', procedure: '9.000003' })
  for (const day of ['07', '09']) {
    act(dossier, 'request_supplement', { at: `2023-03-${day}T09:00` })
    act(dossier, 'supply_supplement', { at: `2023-03-${day}T15:00` })
  }
  const { supplements, multiSupplement, received } = tally('2023-W10')
  assert.deepEqual([supplements, multiSupplement, received], [2, 1, 1])
  const codes = installation.db.prepare('SELECT code FROM dossiers').all()
  assert.deepEqual(codes, [{ code: dossier.code }])
})

test('nothing to measure is no rate, neither 100 % nor 0 %', () => {
  const { log, read } = setting()
  const { rows, total } = read('2023-03')
  assert.deepEqual(rows, [])
  for (const [code, rate] of Object.entries(total.rates)) assert.equal(rate, null, code)
  log({ at: '2023-03-06T09:00' })
  assert.equal(read('2023-W10').rows[0]!.rates.V1, null, 'received, nothing resolved yet')
})

test('a voided dossier leaves every count, and its unit the table', () => {
  const { log, act, read } = setting()
  const dossier = log({ at: '2023-03-06T09:00' })
  act(dossier, 'finish', { at: '2023-03-20T09:00' })
  act(dossier, 'void')
  assert.deepEqual(read('2023-03').rows, [])
})

test('withdrawn before acceptance or refused at intake, it is in no column of the received', () => {
  const { log, act, tally } = setting()
  act(log({ act: 'submit', channel: 'online', at: '2023-03-06T09:00' }), 'withdraw', {
    at: '2023-03-06T10:00',
  })
  log({ act: 'refuse_intake', reason: 'Không thuộc thẩm quyền', at: '2023-03-06T09:00' })
  const { received, open, ended, notAccepted } = tally('2023-03')
  assert.deepEqual([received, open, ended, notAccepted], [0, 0, 0, 1])
})

test('in a running period stocks are taken today, and a period to come only carries over', () => {
  const { installation, log, tally, read } = setting()
  installation.at('2023-03-08T09:00')
  log({ at: '2023-03-07T09:00' })
  assert.deepEqual([tally('2023-03').open, tally('2023-03').openOverdue, tally('2023-03').due], [1, 0, 0])
  assert.equal(read('2023-03').asOf, '2023-03-08')
  const { received, carriedOver, open } = tally('2023-04')
  assert.deepEqual([received, carriedOver, open], [0, 1, 1])
})

const MARCH = { from: '2023-03-01', to: '2023-03-31' }

test('V5 waits until a dossier is due: paused it is not, withdrawn in time never', () => {
  const { installation, log, act } = setting()
  const cohort = () => cohortOf(installation.db, { ...MARCH, today: '2023-03-13', unitIds: null })[0]
  act(log({ at: '2023-03-07T09:00' }), 'request_payment', { at: '2023-03-10T09:00' })
  act(log({ at: '2023-03-07T09:00' }), 'withdraw', { at: '2023-03-09T09:00' })
  log({ at: '2023-03-08T09:00' }) // due Monday 13 March, today
  assert.deepEqual({ ...cohort(), unitId: 0 }, { unitId: 0, due: 0, met: 0, notYetDue: 2 })
  act(log({ at: '2023-03-07T09:00' }), 'request_payment', { at: '2023-03-11T09:00' })
  act(log({ at: '2023-03-07T09:00' }), 'withdraw', { at: '2023-03-11T09:00' })
  act(log({ at: '2023-03-07T09:00' }), 'finish', { at: '2023-03-09T09:00' })
  log({ at: '2023-03-07T09:00' })
  act(log({ at: '2023-03-07T09:00' }), 'finish', { at: '2023-03-13T08:00' })
  assert.deepEqual({ ...cohort(), unitId: 0 }, { unitId: 0, due: 5, met: 1, notYetDue: 2 })
})

test('the total of V5 is that of the units in scope', () => {
  const { log, act, read } = setting()
  act(log({ at: '2023-03-06T09:00' }), 'finish', { at: '2023-03-07T09:00' })
  log({ at: '2023-03-06T09:00', unit: 'thi-tran-tu-ky' })
  const commune = read('2023-03', { unit: 'xa-ngoc-ky' })
  assert.deepEqual(commune.total.rates.V5, { numerator: 1, denominator: 1 })
  assert.deepEqual(commune.rows[0]!.rates.V5, commune.total.rates.V5)
  assert.deepEqual(read('2023-03').total.rates.V5, { numerator: 1, denominator: 2 })
})

test('V5 says that it is provisional while a dossier of the period is not due yet', () => {
  const { log, act, read } = setting()
  act(log({ at: '2023-03-06T09:00' }), 'finish', { at: '2023-03-07T09:00' })
  act(log({ at: '2023-03-06T09:00' }), 'request_payment', { at: '2023-03-07T09:00' })
  const { rows, total } = read('2023-03')
  assert.deepEqual(rows[0]!.rates.V5, { numerator: 1, denominator: 1, provisional: true })
  assert.deepEqual(total.rates.V5, rows[0]!.rates.V5)
})

test('a dossier without a due date is in no class, least of all early', () => {
  const clock = { lateOn: null, dueOn: null, dueAt: null, pausedSince: null, endedOn: null }
  refused('never_accepted', () => endClassOf(clock, 0, 'date'))
})
