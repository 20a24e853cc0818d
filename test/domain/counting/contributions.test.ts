import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type CountingFacts,
  contributionChanges,
  contributions,
  NO_FACTS,
} from '../../../src/domain/counting/contributions.ts'
import type { Flow } from '../../../src/domain/counting/tally.ts'
import type { Dossier } from '../../../src/domain/life-cycle/dossier.ts'
import { NOTHING_HAPPENED } from '../../../src/domain/life-cycle/nothing-happened.ts'

const OPEN: Dossier = {
  ...NOTHING_HAPPENED,
  state: 'processing',
  channel: 'counter',
  assisted: false,
  kiosk: false,
  byProxy: false,
  procedureId: 4,
  procedureVersionId: 5,
  receivingUnitId: 2,
  unitId: 3,
  holderUnitId: 3,
  assigneeId: 7,
  eligible: false,
  acceptedAt: 0,
  acceptedOn: '2023-03-07',
  dueOn: '2023-03-10',
  returnMode: 'counter',
  quantity: 1,
  fee: 0,
  feePaidAt: null,
  feePayment: null,
  digitised: false,
  eResult: false,
  lastOccurredAt: 0,
}

const told = (dossier: Dossier, facts: CountingFacts, flow: Flow) =>
  contributions(dossier, facts)
    .filter((each) => each.flow === flow)
    .map(({ day, n, officerId }) => `${day} ${n > 0 ? '+' : ''}${n} (${officerId})`)

test('a pending dossier is announced overdue on the day after its due date, a day still to come', () => {
  assert.deepEqual(told(OPEN, NO_FACTS, 'overdueDelta'), ['2023-03-11 +1 (7)'])
  assert.deepEqual(told({ ...OPEN, pausedSince: 1 }, NO_FACTS, 'overdueDelta'), [])
})

test('days counted overdue and cleared by a calendar decision stay counted, and moved with the dossier', () => {
  const dossier = { ...OPEN, dueOn: '2023-03-20', assigneeId: 8 }
  const facts = {
    supplementDays: [],
    unitStays: [],
    stays: [
      { from: '2023-03-07', officerId: 7 },
      { from: '2023-03-13', officerId: 8 },
    ],
    overdueSpells: [{ from: '2023-03-11', to: '2023-03-15' }],
  }
  assert.deepEqual(told(dossier, facts, 'overdueDelta'), [
    '2023-03-11 +1 (7)',
    '2023-03-15 -1 (8)',
    '2023-03-21 +1 (8)',
    '2023-03-13 -1 (7)',
    '2023-03-13 +1 (8)',
  ])
  assert.deepEqual(told(dossier, facts, 'becameLate'), ['2023-03-11 +1 (7)', '2023-03-21 +1 (8)'])
})

test('what stays the same between two states moves no cell', () => {
  const before = contributions(OPEN)
  assert.deepEqual(
    contributionChanges(before, contributions({ ...OPEN, subState: 'awaiting_signature' })),
    [],
  )
  const ended = { ...OPEN, endedOn: '2023-03-09', endKind: 'result', endClass: 'early' } as const
  assert.deepEqual(
    contributionChanges(before, contributions(ended)).map(({ day, flow, n }) => [day, flow, n]),
    [
      ['2023-03-11', 'becameLate', -1],
      ['2023-03-11', 'overdueDelta', -1],
      ['2023-03-10', 'dueMet', 1],
      ['2023-03-09', 'early', 1],
    ],
  )
})

test('a reorganisation moves a pending dossier, and its lateness, from one unit to the other', () => {
  const dossier = { ...OPEN, unitId: 9, receivingUnitId: 9, unitSince: '2023-03-13', dueOn: '2023-03-10' }
  const facts = {
    ...NO_FACTS,
    unitStays: [
      { from: '0000-00-00', unitId: 4, receivingUnitId: 4 },
      { from: '2023-03-13', unitId: 9, receivingUnitId: 9 },
    ],
  }
  const byUnit = contributions(dossier, facts).map(
    ({ day, unitId, flow, n }) => `${unitId} ${day} ${flow} ${n > 0 ? '+' : ''}${n}`,
  )
  assert.deepEqual(
    byUnit.filter((line) => /received|due |becameLate|overdueDelta|transferred/.test(line)),
    [
      `4 ${OPEN.acceptedOn} received +1`,
      '4 2023-03-10 due +1',
      '4 2023-03-11 becameLate +1',
      '4 2023-03-11 overdueDelta +1',
      '4 2023-03-13 transferredOut +1',
      '9 2023-03-13 transferredIn +1',
      '4 2023-03-13 overdueDelta -1',
      '9 2023-03-13 overdueDelta +1',
    ],
  )
  const endedBefore = { ...dossier, endedOn: '2023-03-10', endKind: 'result', endClass: 'on_time' } as const
  assert.ok(contributions(endedBefore, facts).every(({ flow }) => !flow.startsWith('transferred')))
})
