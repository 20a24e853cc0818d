import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  add,
  clamp,
  compareFractions,
  decimal,
  floor,
  fraction,
  over,
  roundHalfUp,
  subtract,
  sum,
  ZERO,
} from '../../src/domain/fraction.ts'

test('a decimal number is taken as it is written', () => {
  assert.deepEqual(decimal(0.25), fraction(1, 4))
  assert.deepEqual(decimal(-1.5), fraction(-3, 2))
  assert.deepEqual(sum([decimal(0.1), decimal(0.2)]), decimal(0.3))
  assert.throws(() => decimal(Number.NaN), RangeError)
  assert.throws(() => decimal(1e-7), RangeError)
})

test('halves are rounded away from 0', () => {
  assert.equal(roundHalfUp(fraction(1, 8), 2), 0.13)
  assert.equal(roundHalfUp(fraction(-1, 8), 2), -0.13)
  assert.equal(roundHalfUp(decimal(1.005), 2), 1.01)
  assert.equal(roundHalfUp(fraction(2, 3), 2), 0.67)
  assert.equal(roundHalfUp(fraction(7), 0), 7)
})

test('a fraction of 0 parts is refused', () => {
  assert.throws(() => fraction(1, 0), RangeError)
  assert.throws(() => over(fraction(1), ZERO), RangeError)
})

test('floor goes down also below 0', () => {
  assert.equal(floor(fraction(7, 2)), 3n)
  assert.equal(floor(fraction(-7, 2)), -4n)
  assert.equal(floor(fraction(-4)), -4n)
})

test('subtraction undoes addition, and clamping stays between its bounds', () => {
  const any = fc.tuple(fc.integer(), fc.integer({ min: 1, max: 1_000_000 })).map(([n, d]) => fraction(n, d))
  fc.assert(
    fc.property(any, any, (a, b) => {
      assert.deepEqual(subtract(add(a, b), b), a)
      const clamped = clamp(a, ZERO, fraction(1))
      assert.ok(compareFractions(clamped, ZERO) >= 0 && compareFractions(clamped, fraction(1)) <= 0)
    }),
  )
})
