import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { brokenTallyIdentities } from '../../../src/domain/counting/tally-check.ts'
import {
  addTallies,
  COUNTERS,
  emptyTally,
  joinPeriods,
  tallyOf,
  withStocks,
} from '../../../src/domain/counting/tally-sums.ts'
import { anyTally } from './tally-arbitrary.ts'

test('D, X, E and Oi follow from what was counted', () => {
  const tally = tallyOf({
    early: 3,
    onTime: 2,
    late: 3,
    withdrawnInTime: 1,
    stoppedLate: 1,
    open: 4,
    openOverdue: 1,
  })
  assert.deepEqual([tally.resolved, tally.closed, tally.ended, tally.openInTime], [8, 2, 10, 3])
  assert.equal(tally.received, 0)
})

test('the empty tally has every counter, at 0', () => {
  assert.deepEqual(Object.keys(emptyTally()).toSorted(), COUNTERS.toSorted())
  assert.ok(Object.values(emptyTally()).every((value) => value === 0))
})

test('stocks are set without touching the flows', () => {
  const tally = withStocks(tallyOf({ received: 5, open: 99 }), { carriedOver: 3, open: 4, openOverdue: 1 })
  assert.deepEqual([tally.received, tally.carriedOver, tally.open, tally.openInTime], [5, 3, 4, 3])
})

test('weeks that follow each other keep the first stock carried over and the last stock open', () => {
  const first = tallyOf({ received: 5, carriedOver: 2, early: 3, open: 4, openOverdue: 1 })
  const second = tallyOf({ received: 1, carriedOver: 4, late: 2, open: 3, openOverdue: 0 })
  const both = joinPeriods([first, second])
  assert.deepEqual(
    [both.received, both.carriedOver, both.open, both.openOverdue, both.ended],
    [6, 2, 3, 0, 5],
  )
  assert.deepEqual(joinPeriods([]), emptyTally())
})

test('a sum of tallies that add up adds up, whatever the order of the units', () => {
  fc.assert(
    fc.property(fc.array(anyTally, { maxLength: 6 }), (tallies) => {
      const parent = addTallies(tallies)
      assert.deepEqual(parent, addTallies(tallies.toReversed()))
      assert.deepEqual(brokenTallyIdentities(parent), [])
      assert.deepEqual(tallyOf(parent), parent)
    }),
  )
})
