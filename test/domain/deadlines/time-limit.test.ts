import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { describeLimit, parseLimit, printLimit } from '../../../src/domain/deadlines/time-limit.ts'
import { RuleError } from '../../../src/domain/refusals.ts'

const LIMITS = [
  ['3wd', 3, 'working_day', '3 ngày làm việc', '3wd'],
  ['03wd', 3, 'working_day', '3 ngày làm việc', '3wd'],
  ['0.5wd', 4, 'working_hour', '4 giờ làm việc', '4wh'],
  ['2.5wd', 20, 'working_hour', '20 giờ làm việc', '20wh'],
  ['2.0wd', 2, 'working_day', '2 ngày làm việc', '2wd'],
  ['24wh', 24, 'working_hour', '24 giờ làm việc', '24wh'],
  ['30d', 30, 'calendar_day', '30 ngày', '30d'],
  ['1m', 1, 'month', '1 tháng', '1m'],
  ['same-day', 1, 'same_day', 'trong ngày', 'same-day'],
] as const

test('a limit is read, printed and said in Vietnamese', () => {
  for (const [text, amount, unit, words, printed] of LIMITS) {
    const limit = parseLimit(text)
    assert.deepEqual(limit, { amount, unit })
    assert.equal(describeLimit(limit), words)
    assert.equal(printLimit(limit), printed)
    assert.deepEqual(parseLimit(printed), limit)
  }
})

test('zero, odd fractions, more than two years and anything else are refused', () => {
  for (const text of [
    '0wd',
    '0.0wd',
    '0.3wd',
    '0.5d',
    '1.5wh',
    '501wd',
    '4001wh',
    '732d',
    '25m',
    '3',
    'wd',
    '3 wd',
    '-3wd',
    '3WD',
    '3wdx',
    '1e2wd',
    '0,5wd',
    'same_day',
    'sameday',
    '',
  ])
    assert.throws(
      () => parseLimit(text),
      (error) => error instanceof RuleError && error.code === 'invalid_limit',
      text,
    )
})

test('garbage is always refused with a code', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9.]{0,4}[wdhm]{0,3}$/)), (text) => {
      try {
        assert.ok(parseLimit(text).amount >= 1)
      } catch (error) {
        assert.ok(error instanceof RuleError && error.code === 'invalid_limit')
      }
    }),
    { numRuns: 2000 },
  )
})
