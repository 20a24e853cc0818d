import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { RATE_VARIANTS } from '../../../db/seeds/rate-variants.ts'
import {
  compareRates,
  compareRatesBestFirst,
  isRanked,
  type Rate,
  rate,
  ratio,
  sumRates,
} from '../../../src/domain/counting/rates.ts'
import { addTallies, emptyTally, tallyOf } from '../../../src/domain/counting/tally-sums.ts'
import { anyTally } from './tally-arbitrary.ts'

const variants = Object.values(RATE_VARIANTS)
const anyRate = fc.oneof(
  fc.constant(null),
  fc
    .tuple(fc.nat(1_000_000), fc.integer({ min: 1, max: 1_000_000 }))
    .map(([numerator, denominator]) => ({ numerator, denominator })),
)

test('with nothing to measure every rate is null, never 0 and never 100', () => {
  for (const variant of variants) assert.equal(rate(variant, emptyTally()), null, variant.code)
})

test('a rate of nothing out of something is 0', () => {
  assert.deepEqual(rate(RATE_VARIANTS.V1, tallyOf({ late: 1 })), { numerator: 0, denominator: 1 })
  assert.equal(ratio({ numerator: 0, denominator: 1 }), 0)
  assert.equal(ratio(null), null)
  assert.equal(ratio({ numerator: 5, denominator: 8 }), 0.625)
})

test('each definition stands under its own code', () => {
  for (const [code, variant] of Object.entries(RATE_VARIANTS)) assert.equal(variant.code, code)
})

test('V2 counts the pending overdue as late, V1 does not see them', () => {
  const tally = tallyOf({ early: 9, late: 1, open: 10, openOverdue: 10 })
  assert.deepEqual(rate(RATE_VARIANTS.V1, tally), { numerator: 9, denominator: 10 })
  assert.deepEqual(rate(RATE_VARIANTS.V2, tally), { numerator: 9, denominator: 20 })
})

test('withdrawn and stopped are in V2x only, late ones as late', () => {
  const tally = tallyOf({ early: 2, withdrawnInTime: 1, stoppedInTime: 1, stoppedLate: 1, withdrawnLate: 1 })
  assert.deepEqual(rate(RATE_VARIANTS.V1, tally), { numerator: 2, denominator: 2 })
  assert.deepEqual(rate(RATE_VARIANTS.V2, tally), { numerator: 2, denominator: 2 })
  assert.deepEqual(rate(RATE_VARIANTS.V2x, tally), { numerator: 4, denominator: 6 })
})

test('V7 takes pending overdue and late results from all that was to be done', () => {
  const tally = tallyOf({ received: 80, carriedOver: 20, openOverdue: 3, late: 2, withdrawnLate: 4 })
  assert.deepEqual(rate(RATE_VARIANTS.V7, tally), { numerator: 95, denominator: 100 })
})

test('V3 and N2, and the rates of digitisation, results, payment and apology, read their counters', () => {
  const tally = tallyOf({
    received: 20,
    receivedLevel3: 3,
    receivedLevel4: 5,
    receivedCounter: 12,
    eligible: 10,
    early: 4,
    withdrawnInTime: 1,
    stoppedInTime: 1,
    late: 4,
    eResult: 6,
    digitised: 15,
    feeDue: 9,
    paidOnline: 2,
    becameLate: 5,
    apologised: 3,
    enteredLate: 2,
  })
  const expected = {
    V3: [6, 20],
    N2: [8, 10],
    digitisation: [15, 20],
    eResult: [6, 8],
    payment: [2, 9],
    apology: [3, 5],
    timeliness: [18, 20],
  } as const
  for (const code of ['V3', 'N2', 'digitisation', 'eResult', 'payment', 'apology', 'timeliness'] as const) {
    const [numerator, denominator] = expected[code]
    assert.deepEqual(rate(RATE_VARIANTS[code], tally), { numerator, denominator }, code)
  }
})

test('what was only observed or reconstructed is marked as not verified', () => {
  assert.equal(RATE_VARIANTS.V3.verified, false)
  assert.deepEqual(
    variants.filter((each) => !each.verified).map((each) => each.code),
    ['V3', 'N2', 'N3', 'apology', 'receipt', 'timeliness'],
  )
})

test('rates are compared by their fractions, not by what they print', () => {
  const [higher, lower] = [
    { numerator: 9999, denominator: 10000 },
    { numerator: 99989, denominator: 100000 },
  ]
  assert.ok(compareRates(lower, higher) < 0)
  assert.ok(compareRatesBestFirst(lower, higher) > 0)
  assert.equal(compareRates({ numerator: 1, denominator: 3 }, { numerator: 2, denominator: 6 }), 0)
})

test('fractions too large for a float are still told apart', () => {
  const a = { numerator: 9007199254740990, denominator: 9007199254740991 }
  const b = { numerator: 9007199254740989, denominator: 9007199254740990 }
  assert.ok(compareRates(b, a) < 0)
})

test('a null rate is last in both orders', () => {
  const some = { numerator: 0, denominator: 1 }
  assert.deepEqual([null, some].toSorted(compareRates), [some, null])
  assert.deepEqual([null, some].toSorted(compareRatesBestFirst), [some, null])
  assert.equal(compareRates(null, null), 0)
})

test('fewer than five dossiers are not ranked', () => {
  assert.equal(isRanked({ numerator: 4, denominator: 4 }), false)
  assert.equal(isRanked({ numerator: 4, denominator: 5 }), true)
  assert.equal(isRanked(null), false)
  assert.equal(isRanked({ numerator: 4, denominator: 5 }, 10), false)
})

test('a parent is the sum of numerators over the sum of denominators, not a mean', () => {
  assert.deepEqual(sumRates([{ numerator: 1, denominator: 2 }, null, { numerator: 97, denominator: 98 }]), {
    numerator: 98,
    denominator: 100,
  })
  assert.equal(sumRates([null, null]), null)
  assert.equal(sumRates([]), null)
})

test('the rate of a sum of tallies is the sum of their rates', () => {
  fc.assert(
    fc.property(fc.array(anyTally, { maxLength: 5 }), (tallies) => {
      for (const variant of variants) {
        const parent = rate(variant, addTallies(tallies))
        assert.deepEqual(
          parent,
          sumRates(tallies.map((tally) => rate(variant, tally) ?? { numerator: 0, denominator: 0 })),
        )
      }
    }),
  )
})

test('the order of rates is total: antisymmetric and transitive', () => {
  const sign = (a: Rate | null, b: Rate | null) => Math.sign(compareRates(a, b))
  fc.assert(
    fc.property(anyRate, anyRate, anyRate, (a, b, c) => {
      assert.equal(sign(a, b) + sign(b, a), 0)
      if (sign(a, b) <= 0 && sign(b, c) <= 0) assert.ok(sign(a, c) <= 0)
    }),
  )
})

test('on-time rates that do not mix cohorts stay between 0 and 1', () => {
  fc.assert(
    fc.property(anyTally, (tally) => {
      for (const code of ['V1', 'V2', 'V2x'] as const) {
        const measured = rate(RATE_VARIANTS[code], tally)
        if (measured) assert.ok(measured.numerator >= 0 && measured.numerator <= measured.denominator)
      }
    }),
  )
})
