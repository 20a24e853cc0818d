import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RATE_VARIANTS } from '../../../db/seeds/rate-variants.ts'
import { brokenForm06Identities, form06Row } from '../../../src/domain/counting/form06.ts'
import { formatRate } from '../../../src/domain/counting/rate-format.ts'
import { rate } from '../../../src/domain/counting/rates.ts'
import type { Channel, Tally } from '../../../src/domain/counting/tally.ts'
import { RECEIVED_BY_CHANNEL } from '../../../src/domain/counting/tally.ts'
import { brokenTallyIdentities } from '../../../src/domain/counting/tally-check.ts'
import { type Counted, tallyOf } from '../../../src/domain/counting/tally-sums.ts'

/** Fourteen dossiers of a district shop, February to April 2023; days only, as lateness is judged by date. */
interface Row {
  readonly id: string
  readonly channel: Channel
  readonly accepted: string | null
  readonly due: string | null
  readonly end: string | null
  readonly how: 'granted' | 'refused' | 'withdrawn' | 'not_accepted' | 'open'
  readonly pausedSince?: string
}

const row = (
  id: string,
  channel: Channel,
  accepted: string | null,
  due: string | null,
  end: string | null,
  how: Row['how'],
): Row => ({ id, channel, accepted, due, end, how })

const ROWS: readonly Row[] = [
  row('D01', 'counter', '2023-02-20', '2023-03-02', '2023-03-01', 'granted'),
  row('D02', 'level4', '2023-02-24', '2023-03-03', '2023-03-06', 'granted'),
  row('D03', 'counter', '2023-02-27', '2023-03-20', null, 'open'),
  row('D04', 'level3', '2023-03-01', '2023-03-06', '2023-03-06', 'granted'),
  row('D05', 'level4', '2023-03-06', '2023-03-09', '2023-03-08', 'granted'),
  row('D06', 'level4', '2023-03-07', '2023-03-10', '2023-03-10', 'granted'),
  row('D07', 'postal', '2023-03-08', '2023-03-13', '2023-03-14', 'granted'),
  row('D08', 'counter', '2023-03-13', '2023-03-16', '2023-03-21', 'granted'),
  row('D09', 'level3', null, null, '2023-03-15', 'not_accepted'),
  row('D10', 'level3', '2023-03-15', '2023-03-20', '2023-03-17', 'withdrawn'),
  { ...row('D11', 'level4', '2023-03-20', '2023-03-23', null, 'open'), pausedSince: '2023-03-22' },
  row('D12', 'counter', '2023-03-27', '2023-04-04', null, 'open'),
  row('D13', 'level4', '2023-03-30', '2023-04-04', '2023-04-03', 'granted'),
  row('D14', 'level3', '2023-03-29', '2023-04-03', '2023-03-31', 'refused'),
]

/** A tally counted straight from the rows, without any product code but the list of counters. */
function naiveTally(from: string, to: string): Tally {
  const counted: Partial<Record<Counted, number>> = {}
  const count = (counter: Counted) => {
    counted[counter] = (counted[counter] ?? 0) + 1
  }
  for (const { channel, accepted, due, end, how, pausedSince } of ROWS) {
    if (accepted === null || due === null) {
      if (end !== null && end >= from && end <= to) count('notAccepted')
      continue
    }
    if (accepted >= from && accepted <= to) {
      count('received')
      count(RECEIVED_BY_CHANNEL[channel])
    }
    if (accepted < from && (end === null || end >= from)) count('carriedOver')
    if (end !== null && end >= from && end <= to) {
      if (how === 'withdrawn') count(end <= due ? 'withdrawnInTime' : 'withdrawnLate')
      else count(end < due ? 'early' : end === due ? 'onTime' : 'late')
    }
    if (accepted <= to && (end === null || end > to)) {
      count('open')
      if (due < to && !(pausedSince !== undefined && pausedSince <= due && pausedSince <= to))
        count('openOverdue')
    }
  }
  return tallyOf(counted)
}

const PERIODS = [
  {
    name: 'calendar month 3/2023',
    from: '2023-03-01',
    to: '2023-03-31',
    counted: { R: 10, C: 3, De: 3, Do: 2, Dl: 3, X: 1, Oi: 3, Ol: 1 },
    rates: {
      V1: '5/8 62,50 %',
      V2: '8/12 66,67 %',
      V2x: '9/13 69,23 %',
      V4: '5/10 50,00 %',
      N1: '7/10 70,00 %',
      N4: '4/10 40,00 %',
    },
    form06: [13, 7, 3, 3, 9, 3, 3, 3, 4, 3, 1],
  },
  {
    name: '15/2 to 14/3/2023',
    from: '2023-02-15',
    to: '2023-03-14',
    counted: { R: 8, C: 0, De: 2, Do: 2, Dl: 2, X: 0, Oi: 2, Ol: 0 },
    rates: {
      V1: '4/6 66,67 %',
      V2: '6/8 75,00 %',
      V2x: '6/8 75,00 %',
      V4: '4/8 50,00 %',
      N1: '4/8 50,00 %',
      N4: '3/8 37,50 %',
    },
    form06: [8, 4, 4, 0, 6, 2, 2, 2, 2, 2, 0],
  },
  {
    name: 'week 6 to 12/3/2023',
    from: '2023-03-06',
    to: '2023-03-12',
    counted: { R: 3, C: 3, De: 1, Do: 2, Dl: 1, X: 0, Oi: 2, Ol: 0 },
    rates: {
      V1: '3/4 75,00 %',
      V2: '5/6 83,33 %',
      V2x: '5/6 83,33 %',
      V4: '3/3 100,00 %',
      N1: '2/3 66,67 %',
      N4: '2/3 66,67 %',
    },
    form06: [6, 2, 1, 3, 4, 1, 2, 1, 2, 2, 0],
  },
  {
    name: 'week 13 to 19/3/2023',
    from: '2023-03-13',
    to: '2023-03-19',
    counted: { R: 2, C: 2, De: 0, Do: 0, Dl: 1, X: 1, Oi: 1, Ol: 1 },
    rates: {
      V1: '0/1 0,00 %',
      V2: '1/3 33,33 %',
      V2x: '2/4 50,00 %',
      V4: '0/2 0,00 %',
      N1: '1/2 50,00 %',
      N4: '0/2 0,00 %',
    },
    form06: [4, 1, 1, 2, 2, 0, 1, 1, 2, 1, 1],
  },
  {
    name: 'week 10 to 16/4/2023',
    from: '2023-04-10',
    to: '2023-04-16',
    counted: { R: 0, C: 3, De: 0, Do: 0, Dl: 0, X: 0, Oi: 1, Ol: 2 },
    rates: { V1: 'null', V2: '1/3 33,33 %', V2x: '1/3 33,33 %', V4: 'null', N1: 'null', N4: 'null' },
    form06: [3, 0, 0, 3, 0, 0, 0, 0, 3, 1, 2],
  },
] as const

for (const { name, from, to, counted, rates, form06 } of PERIODS) {
  const tally = naiveTally(from, to)

  test(`${name}: the fourteen dossiers are counted as in the worked example`, () => {
    const { received, carriedOver, early, onTime, late, closed, openInTime, openOverdue } = tally
    assert.deepEqual(
      {
        R: received,
        C: carriedOver,
        De: early,
        Do: onTime,
        Dl: late,
        X: closed,
        Oi: openInTime,
        Ol: openOverdue,
      },
      counted,
    )
    assert.deepEqual(brokenTallyIdentities(tally), [])
  })

  test(`${name}: every definition of a rate gives the worked fraction and percentage`, () => {
    for (const code of ['V1', 'V2', 'V2x', 'V4', 'N1', 'N4'] as const) {
      const measured = rate(RATE_VARIANTS[code], tally)
      const text = measured
        ? `${measured.numerator}/${measured.denominator} ${formatRate(measured, { minimumDenominator: 1 })}`
        : 'null'
      assert.equal(text, rates[code], code)
    }
  })

  test(`${name}: Biểu II.06 has the worked columns and adds up`, () => {
    const {
      total,
      receivedOnline,
      receivedDirect,
      carriedOver,
      ended,
      endedEarly,
      endedOnTime,
      endedLate,
      pending,
      pendingInTime,
      pendingOverdue,
    } = form06Row(tally)
    assert.deepEqual(
      [
        total,
        receivedOnline,
        receivedDirect,
        carriedOver,
        ended,
        endedEarly,
        endedOnTime,
        endedLate,
        pending,
        pendingInTime,
        pendingOverdue,
      ],
      form06,
    )
    assert.deepEqual(brokenForm06Identities(form06Row(tally)), [])
  })
}

test('the withdrawn D10 is shown as "trong đó rút, dừng" under column (9)', () => {
  const { closedInTime, closedLate } = form06Row(naiveTally('2023-03-01', '2023-03-31'))
  assert.deepEqual({ closedInTime, closedLate }, { closedInTime: 1, closedLate: 0 })
})

test('D09, refused at intake, is in no column', () => {
  assert.equal(naiveTally('2023-03-13', '2023-03-19').notAccepted, 1)
})
