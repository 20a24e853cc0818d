import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parsePeriod } from '../../src/domain/calendar/periods.ts'
import { form06Row, requireForm06 } from '../../src/domain/counting/form06.ts'
import { report } from '../../src/reports/report.ts'
import { deskOf } from '../support/desk.ts'
import { testInstallation } from '../support/test-installation.ts'
import { testProcedure } from '../support/test-procedure.ts'

/** The fourteen dossiers of the reference's test vector, played through the operations on their days. */
function fourteenDossiers() {
  const installation = testInstallation('2023-04-20T09:00')
  const { log, act } = deskOf(installation)
  for (const days of [3, 5, 6, 8, 15])
    testProcedure(installation, `9.00000${days}`, { limitText: `${days}wd` })
  const accept = (
    channel: 'counter' | 'postal' | 'level3' | 'level4',
    on: string,
    limit: number,
    due: string,
  ) => {
    const dossier = log({ channel, at: `${on}T09:00`, procedure: `9.00000${limit}` })
    assert.equal(dossier.dueOn, due)
    return dossier
  }
  const granted = (dossier: { readonly id: number }, at: string) => act(dossier, 'finish', { at })

  granted(accept('counter', '2023-02-20', 8, '2023-03-02'), '2023-03-01T10:00')
  granted(accept('level4', '2023-02-24', 5, '2023-03-03'), '2023-03-06T10:00')
  accept('counter', '2023-02-27', 15, '2023-03-20')
  granted(accept('level3', '2023-03-01', 3, '2023-03-06'), '2023-03-06T10:00')
  granted(accept('level4', '2023-03-06', 3, '2023-03-09'), '2023-03-08T10:00')
  granted(accept('level4', '2023-03-07', 3, '2023-03-10'), '2023-03-10T17:45')
  granted(accept('postal', '2023-03-08', 3, '2023-03-13'), '2023-03-14T10:00')
  const d08 = accept('counter', '2023-03-13', 3, '2023-03-16')
  act(d08, 'apologise', { at: '2023-03-15T10:00', appointmentAt: '2023-03-22T17:00' })
  granted(d08, '2023-03-21T10:00')
  const d09 = log({ act: 'submit', channel: 'level3', procedure: '9.000003', at: '2023-03-14T10:00' })
  act(d09, 'refuse_intake', { at: '2023-03-15T09:00' })
  act(accept('level3', '2023-03-15', 3, '2023-03-20'), 'withdraw', { at: '2023-03-17T10:00' })
  act(accept('level4', '2023-03-20', 3, '2023-03-23'), 'request_supplement', { at: '2023-03-22T10:00' })
  accept('counter', '2023-03-27', 6, '2023-04-04')
  granted(accept('level4', '2023-03-30', 3, '2023-04-04'), '2023-04-03T10:00')
  const d14 = accept('level3', '2023-03-29', 3, '2023-04-03')
  act(d14, 'finish', { at: '2023-03-31T10:00', outcome: 'refused' })
  return installation
}

// period, [R, C, De, Do, Dl, X, Oi, Ol], [V1, V2, V2x, V4, N1, N4], columns (3) to (13) of Biểu II.06
const VECTOR = [
  [
    '2023-03',
    [10, 3, 3, 2, 3, 1, 3, 1],
    ['5/8', '8/12', '9/13', '5/10', '7/10', '4/10'],
    [13, 7, 3, 3, 9, 3, 3, 3, 4, 3, 1],
  ],
  [
    '2023-03@15-14',
    [8, 0, 2, 2, 2, 0, 2, 0],
    ['4/6', '6/8', '6/8', '4/8', '4/8', '3/8'],
    [8, 4, 4, 0, 6, 2, 2, 2, 2, 2, 0],
  ],
  [
    '2023-W10',
    [3, 3, 1, 2, 1, 0, 2, 0],
    ['3/4', '5/6', '5/6', '3/3', '2/3', '2/3'],
    [6, 2, 1, 3, 4, 1, 2, 1, 2, 2, 0],
  ],
  [
    '2023-W11',
    [2, 2, 0, 0, 1, 1, 1, 1],
    ['0/1', '1/3', '2/4', '0/2', '1/2', '0/2'],
    [4, 1, 1, 2, 2, 0, 1, 1, 2, 1, 1],
  ],
  [
    '2023-W15',
    [0, 3, 0, 0, 0, 0, 1, 2],
    [null, '1/3', '1/3', null, null, null],
    [3, 0, 0, 3, 0, 0, 0, 0, 3, 1, 2],
  ],
] as const

const installation = fourteenDossiers()

for (const [key, counters, rates, form06] of VECTOR) {
  test(`the fourteen dossiers in ${key} give the figures, rates and Biểu II.06 of the reference`, () => {
    const { total, rows, broken } = report(installation, {
      period: parsePeriod(key),
      by: 'unit',
      attribution: 'resolving',
    })
    assert.deepEqual(broken, [])
    assert.deepEqual(
      rows.map((row) => row.tally),
      [total.tally],
      'one unit, one row',
    )
    const t = total.tally
    assert.deepEqual(
      [t.received, t.carriedOver, t.early, t.onTime, t.late, t.closed, t.openInTime, t.openOverdue],
      counters,
    )
    const printed = ['V1', 'V2', 'V2x', 'V4', 'N1', 'N4'].map((code) => {
      const rate = total.rates[code]
      return rate ? `${rate.numerator}/${rate.denominator}` : null
    })
    assert.deepEqual(printed, rates)
    const row = form06Row(t)
    requireForm06(row, key)
    assert.deepEqual(
      [row.total, row.receivedOnline, row.receivedDirect, row.carriedOver]
        .concat([row.ended, row.endedEarly, row.endedOnTime, row.endedLate])
        .concat([row.pending, row.pendingInTime, row.pendingOverdue]),
      form06,
    )
  })
}

test('refused at intake, D09 stands in no column but its own', () => {
  const week = report(installation, {
    period: parsePeriod('2023-W11'),
    by: 'channel',
    attribution: 'resolving',
  })
  const level3 = week.rows.find((row) => row.key === 'level3')!.tally
  assert.deepEqual([level3.received, level3.notAccepted, level3.receiptsInTime], [1, 1, 1])
})
