import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { compareFractions, decimal, roundHalfUp } from '../../../src/domain/fraction.ts'
import type { MetricValue } from '../../../src/domain/reform-index/index-metrics.ts'
import {
  type IndexRule,
  pointsByRule,
  type RuleContext,
} from '../../../src/domain/reform-index/index-rules.ts'

const share = (numerator: number, denominator: number): MetricValue => ({ numerator, denominator })
const count = (n: number) => share(n, 1)
const twoDecimals = (rule: IndexRule, value: MetricValue, max: number, context?: RuleContext) =>
  roundHalfUp(pointsByRule(rule, value, max, context), 2)

const ON_TIME: IndexRule = {
  type: 'piecewise',
  input: 'percent',
  segments: [
    { from: 0, to: 90, value: 0 },
    { from: 90, to: 95, value: 2 },
    { from: 95, to: 100, lerp: [4, 7] },
    { from: 100, value: 7 },
  ],
}
const ONLINE: IndexRule = { type: 'target', target: { setting: 'onlineTarget' }, zeroBelow: 20 }
const SETTINGS = { settings: { onlineTarget: 70 } }
const CHECKLIST: IndexRule = {
  type: 'checklist',
  items: [
    { id: 'a', name: 'Kế hoạch', points: 0.5 },
    { id: 'b', name: 'Kiểm tra', points: 0.5 },
    { id: 'c', name: 'Xử lý', points: 1 },
  ],
}
const PETITIONS: IndexRule = {
  type: 'step',
  input: 'percent',
  steps: [
    { atLeast: 100, points: 2 },
    { atLeast: 90, points: 1 },
    { atLeast: 0, points: 0 },
  ],
}
const PLAN: IndexRule = { type: 'linear', input: 'percent', zeroBelow: 85 }
const OVERDUE: IndexRule = { type: 'deduct', per: 0.5, unit: 'hồ sơ' }
const QUARTERS: IndexRule = { type: 'per_unit', per: 0.5, unit: 'quý' }
const AVERAGE: IndexRule = { type: 'relative_to_average', base: 3, per: 0.25, step: 0.5 }
const SURVEY: IndexRule = { type: 'survey_mean', scale: 5 }

const TABLE: readonly (readonly [string, IndexRule, MetricValue, number, number, RuleContext?])[] = [
  ['boolean: done', { type: 'boolean' }, count(1), 1.5, 1.5],
  ['boolean: not done', { type: 'boolean' }, count(0), 1.5, 0],
  ['checklist: nothing ticked', CHECKLIST, count(0), 2, 0, { ticked: [] }],
  ['checklist: two of three ticked', CHECKLIST, count(0), 2, 1.5, { ticked: ['a', 'c'] }],
  ['checklist: an unknown item gives nothing', CHECKLIST, count(0), 2, 0.5, { ticked: ['a', 'z'] }],
  ['step: all', PETITIONS, share(7, 7), 2, 2],
  ['step: exactly 90 %', PETITIONS, share(9, 10), 2, 1],
  ['step: 99.99 % is not all', PETITIONS, share(9999, 10000), 2, 1],
  ['step: under 90 %', PETITIONS, share(8999, 10000), 2, 0],
  ['piecewise: V2 98.20 %', ON_TIME, share(491, 500), 7, 5.92],
  ['piecewise: V2 94.9 %', ON_TIME, share(949, 1000), 7, 2],
  ['piecewise: V2 89.99 %', ON_TIME, share(8999, 10000), 7, 0],
  ['piecewise: V2 90 % opens its segment', ON_TIME, share(9, 10), 7, 2],
  ['piecewise: V2 95 % opens the next', ON_TIME, share(95, 100), 7, 4],
  ['piecewise: V2 94.9999 %, printed 95,00, is still under 95', ON_TIME, share(949999, 1000000), 7, 2],
  ['piecewise: all on time', ON_TIME, share(3, 3), 7, 7],
  ['linear: half of the plan without a floor', { type: 'linear', input: 'percent' }, share(1, 2), 2, 1],
  ['linear: 85 % of the plan, on the floor', PLAN, share(85, 100), 2.5, 2.13],
  ['linear: 84.99 %, under the floor', PLAN, share(8499, 10000), 2.5, 0],
  ['linear: more than the plan is not more than the maximum', PLAN, share(12, 10), 2.5, 2.5],
  ['target: N1 70.54 % against 70 %', ONLINE, share(3527, 5000), 5, 5, SETTINGS],
  ['target: N1 56 % against 70 %', ONLINE, share(56, 100), 5, 4, SETTINGS],
  ['target: N1 19.99 %', ONLINE, share(1999, 10000), 5, 0, SETTINGS],
  ['target: N1 20 %, on the floor', ONLINE, share(2, 10), 5, 1.43, SETTINGS],
  [
    'target: another year, another target',
    ONLINE,
    share(56, 100),
    5,
    3.5,
    { settings: { onlineTarget: 80 } },
  ],
  ['deduct: none', OVERDUE, count(0), 2, 2],
  ['deduct: three', OVERDUE, count(3), 2, 0.5],
  ['deduct: never below 0', OVERDUE, count(9), 2, 0],
  ['per unit: three quarters', QUARTERS, count(3), 2, 1.5],
  ['per unit: never above the maximum', QUARTERS, count(5), 2, 2],
  ['average: at the average the base', AVERAGE, share(40, 100), 5, 3, { average: share(400, 1000) }],
  ['average: below it the base', AVERAGE, share(10, 100), 5, 3, { average: share(400, 1000) }],
  [
    'average: 1.2 points above, two full steps',
    AVERAGE,
    share(412, 1000),
    5,
    3.5,
    { average: share(400, 1000) },
  ],
  ['average: far above, the maximum', AVERAGE, share(90, 100), 5, 5, { average: share(400, 1000) }],
  ['survey: a mean of 4.2 of 5', SURVEY, share(42, 10), 3, 2.52],
]

for (const [name, rule, value, max, points, context] of TABLE) {
  test(`${name} gives ${points} of ${max}`, () =>
    assert.equal(twoDecimals(rule, value, max, context), points))
}

test('a rule is not asked about nothing', () => {
  assert.throws(() => pointsByRule(PLAN, share(0, 0), 2.5), RangeError)
  assert.throws(() => pointsByRule(ONLINE, share(1, 2), 5), /onlineTarget/)
  assert.throws(() => pointsByRule(AVERAGE, share(1, 2), 5), /average/)
})

const ALL_RULES: readonly IndexRule[] = [
  { type: 'boolean' },
  CHECKLIST,
  PETITIONS,
  ON_TIME,
  PLAN,
  ONLINE,
  OVERDUE,
  QUARTERS,
  AVERAGE,
  SURVEY,
]
const anyShare = fc.integer({ min: 1, max: 100_000 }).chain((d) => fc.nat(2 * d).map((n) => share(n, d)))
const CONTEXT: RuleContext = { ...SETTINGS, average: share(1, 3), ticked: ['a', 'b', 'c'] }

test('points stay between 0 and the maximum, whatever the rule and the value', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...ALL_RULES),
      anyShare,
      fc.integer({ min: 1, max: 40 }),
      (rule, value, halves) => {
        const points = pointsByRule(rule, value, halves / 2, CONTEXT)
        assert.ok(compareFractions(points, decimal(0)) >= 0)
        assert.ok(compareFractions(points, decimal(halves / 2)) <= 0)
      },
    ),
  )
})

test('a higher rate never gives fewer points; more deductions never give more', () => {
  const rising = ALL_RULES.filter(({ type }) => type !== 'deduct')
  fc.assert(
    fc.property(fc.constantFrom(...rising), fc.nat(1000), fc.nat(1000), (rule, a, b) => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)].map((n) =>
        pointsByRule(rule, share(n, 1000), 7, CONTEXT),
      )
      assert.ok(low && high && compareFractions(low, high) <= 0)
    }),
  )
  fc.assert(
    fc.property(fc.nat(50), (n) => {
      assert.ok(
        compareFractions(pointsByRule(OVERDUE, count(n + 1), 2), pointsByRule(OVERDUE, count(n), 2)) <= 0,
      )
    }),
  )
})
