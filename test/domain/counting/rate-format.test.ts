import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { formatCount, formatFraction, formatRate } from '../../../src/domain/counting/rate-format.ts'
import { formatPoints } from '../../../src/domain/reform-index/point-format.ts'

const PRINTED = [
  [3527, 5000, '70,54 %'],
  [5, 8, '62,50 %'],
  [2, 3, '2/3'],
  [0, 4, '0/4'],
  [4, 6, '66,67 %'],
  [5, 6, '83,33 %'],
  [8, 12, '66,67 %'],
  [9, 13, '69,23 %'],
  [4157, 4169, '99,71 %'],
  [5, 5, '100,00 %'],
  [0, 5, '0,00 %'],
  [99999, 100000, '99,99 %'],
  [1, 100000, '0,01 %'],
  [100001, 100000, '100,01 %'],
  [15, 10, '150,00 %'],
  [12345, 10, '123.450,00 %'],
  [1, 800, '0,13 %'], // 0.125, half up
  [-1, 10, '-10,00 %'],
  [-1, 100000, '-0,01 %'],
] as const

for (const [numerator, denominator, text] of PRINTED) {
  test(`${numerator} of ${denominator} prints ${text}`, () => {
    assert.equal(formatRate({ numerator, denominator }), text)
  })
}

test('nothing to measure prints a dash', () => {
  assert.equal(formatRate(null), '–')
  assert.equal(formatRate({ numerator: 0, denominator: 0 }), '–')
})

test('chart titles have one decimal, and still never a false 100', () => {
  assert.equal(formatRate({ numerator: 3527, denominator: 5000 }, { decimals: 1 }), '70,5 %')
  assert.equal(formatRate({ numerator: 9999, denominator: 10000 }, { decimals: 1 }), '99,9 %')
  assert.equal(formatRate({ numerator: 2, denominator: 3 }, { decimals: 0, minimumDenominator: 1 }), '67 %')
})

test('counts have a point between thousands', () => {
  assert.equal(formatCount(0), '0')
  assert.equal(formatCount(999), '999')
  assert.equal(formatCount(1234), '1.234')
  assert.equal(formatCount(-1234567), '-1.234.567')
  assert.throws(() => formatCount(1.5), RangeError)
  assert.equal(formatFraction({ numerator: 1598, denominator: 8455 }), '1.598/8.455')
})

test('points have two decimals', () => {
  assert.equal(formatPoints(5.92), '5,92')
  assert.equal(formatPoints(7), '7,00')
  assert.equal(formatPoints(0.05), '0,05')
  assert.equal(formatPoints(-0.25), '-0,25')
  assert.equal(formatPoints(null), '–')
})

test('only all prints 100,00 and only none prints 0,00, and a higher rate never prints lower', () => {
  const denominator = 123_457
  fc.assert(
    fc.property(fc.nat(denominator), fc.nat(denominator), (a, b) => {
      const text = formatRate({ numerator: a, denominator })
      assert.equal(text === '100,00 %', a === denominator)
      assert.equal(text === '0,00 %', a === 0)
      const value = (numerator: number) =>
        Number(formatRate({ numerator, denominator }).replace(',', '.').replace(' %', ''))
      if (a <= b) assert.ok(value(a) <= value(b))
    }),
  )
})
