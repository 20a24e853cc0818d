import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Dossier } from '../../../src/domain/life-cycle/dossier.ts'
import { NOTHING_HAPPENED } from '../../../src/domain/life-cycle/nothing-happened.ts'
import { transferUnit } from '../../../src/domain/life-cycle/transfer-unit.ts'

const PENDING = {
  ...NOTHING_HAPPENED,
  state: 'processing',
  unitId: 4,
  receivingUnitId: 3,
  holderUnitId: 4,
  assigneeId: 7,
  acceptedAt: 1_000,
  acceptedOn: '2025-06-25',
  firstDueAt: 2_000,
  dueAt: 3_000,
  dueOn: '2025-07-04',
  appointmentAt: 4_000,
  clockStartedAt: 1_000,
  pausedSince: 1_500,
  lastOccurredAt: 1_500,
} as unknown as Dossier

const MOVE = { on: '2025-07-01', unitId: 9, receivingUnitId: 8, holderUnitId: 9, keepsAssignee: true }
const changed = (before: Dossier, after: Dossier) =>
  Object.fromEntries(Object.entries(after).filter(([name, value]) => before[name as keyof Dossier] !== value))

test('a pending dossier changes units and nothing else: no date, no clock, no moment of the last act', () => {
  assert.deepEqual(changed(PENDING, transferUnit(PENDING, MOVE)), {
    unitId: 9,
    receivingUnitId: 8,
    holderUnitId: 9,
    unitSince: '2025-07-01',
  })
})

test('an officer without a post in the new unit has it no more', () => {
  assert.equal(transferUnit(PENDING, { ...MOVE, keepsAssignee: false }).assigneeId, null)
  assert.equal(transferUnit(PENDING, MOVE).assigneeId, 7)
})

test('what ended before the day keeps its units; a result waiting to be handed over changes hands', () => {
  const ended = { ...PENDING, state: 'result_ready', endedOn: '2025-06-30' } as const
  assert.deepEqual(changed(ended, transferUnit(ended, MOVE)), { holderUnitId: 9 })
  const returned = { ...ended, state: 'returned' } as const
  assert.equal(transferUnit(returned, MOVE), returned)
  const refused = { ...PENDING, state: 'not_accepted', refusedIntakeOn: '2025-06-30' } as const
  assert.equal(transferUnit(refused, MOVE), refused)
})

test('entered late, what ended on the day or since has moved too', () => {
  for (const endedOn of ['2025-07-01', '2025-07-03']) {
    const ended = { ...PENDING, state: 'returned', endedOn } as const
    assert.deepEqual(
      [transferUnit(ended, MOVE).unitId, transferUnit(ended, MOVE).unitSince],
      [9, '2025-07-01'],
    )
  }
})

test('a dossier nobody has been given changes hands only, and one that is there already not at all', () => {
  const waits = { ...MOVE, unitId: 4, receivingUnitId: 3 }
  assert.deepEqual(changed(PENDING, transferUnit(PENDING, waits)), { holderUnitId: 9 })
  assert.equal(transferUnit(PENDING, { ...waits, holderUnitId: 4 }), PENDING)
})
