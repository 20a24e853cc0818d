import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { CRITERIA_SET_TK_XA_2022 as SET } from '../../../db/seeds/criteria-set-tk-xa-2022.ts'
import { RATE_VARIANTS } from '../../../db/seeds/rate-variants.ts'
import { rate } from '../../../src/domain/counting/rates.ts'
import { emptyTally, tallyOf } from '../../../src/domain/counting/tally-sums.ts'
import { decimal } from '../../../src/domain/fraction.ts'
import { CRITERION_KINDS, criteriaOf } from '../../../src/domain/reform-index/criteria-set.ts'
import {
  METRIC_NAMES,
  type MetricValues,
  metricsOfTally,
} from '../../../src/domain/reform-index/index-metrics.ts'
import { scoreCriterion, scoreSheet } from '../../../src/domain/reform-index/index-scoring.ts'
import { totalSheet } from '../../../src/domain/reform-index/index-totals.ts'
import { anyTally } from '../counting/tally-arbitrary.ts'

const share = (numerator: number, denominator: number) => ({ numerator, denominator })
const FULL: Required<MetricValues> = {
  'on_time.v2': share(500, 500),
  'online.n1': share(70, 100),
  'overdue.pending_at_end': share(0, 1),
  'apology.in_time': share(0, 0),
  'supplement.at_most_one': share(99, 100),
  'monthly_grade.good_or_better': share(12, 12),
  'procedures.with_online_dossiers': share(6, 10),
  digitisation: share(8, 10),
  'payment.online': share(3, 10),
}
const criterion = (code: string) => criteriaOf(SET).find((each) => each.code === code)!
const pointsOf = (values: MetricValues, code: string) =>
  scoreSheet(SET, values).criteria.find((each) => each.code === code)?.points

test('the model set has 100 points: 25.5 automatic, 11 semi-automatic, 45.5 declared, 18 survey', () => {
  const totals = CRITERION_KINDS.map((kind) =>
    criteriaOf(SET)
      .filter((each) => each.kind === kind)
      .reduce((sum, { max }) => sum + max, 0),
  )
  assert.deepEqual(totals, [25.5, 11, 45.5, 18])
  assert.equal(SET.model, true)
  assert.match(SET.name, /bộ tiêu chí mẫu/)
})

test('the automatic criteria use each metric once', () => {
  const used = criteriaOf(SET).flatMap(({ metric }) => (metric ? [metric] : []))
  assert.deepEqual(used.toSorted(), Object.keys(METRIC_NAMES).toSorted())
})

const WORKED = [
  ['3.2', share(491, 500), 5.92],
  ['3.2', share(949, 1000), 2],
  ['3.2', share(8999, 10000), 0],
  ['7.1', share(3527, 5000), 5],
  ['7.1', share(56, 100), 4],
  ['7.1', share(1999, 10000), 0],
  ['3.3', share(3, 1), 0.5],
  ['3.4', share(3, 4), 1.5],
  ['3.5', share(99, 100), 1.5],
  ['3.5', share(8999, 10000), 0],
  ['3.10', share(9, 12), 2.25],
  ['7.2', share(3, 10), 0.75],
  ['7.3', share(4, 10), 1],
  ['7.4', share(1, 10), 0.5],
] as const

for (const [code, value, points] of WORKED) {
  test(`criterion ${code} with ${value.numerator} of ${value.denominator} has ${points} points`, () => {
    const score = scoreCriterion(criterion(code), value, { settings: SET.settings })
    assert.equal(score.points, points)
    assert.equal(score.max, criterion(code).max)
  })
}

test('the explanation shows the rate, its fraction, the points and the maximum', () => {
  const explain = (code: string, value: { numerator: number; denominator: number }) =>
    scoreCriterion(criterion(code), value, { settings: SET.settings }).explanation
  assert.equal(explain('3.2', share(491, 500)), 'Tỷ lệ 98,20 % (491/500): đạt 5,92/7,00 điểm.')
  assert.equal(
    explain('7.1', share(56, 100)),
    'Tỷ lệ 56,00 % (56/100), chỉ tiêu 70 % (dưới 20 % không có điểm): đạt 4,00/5,00 điểm.',
  )
  assert.equal(
    explain('3.3', share(3, 1)),
    '3 hồ sơ quá hạn còn tồn, trừ 0,50 điểm mỗi trường hợp: đạt 0,50/2,00 điểm.',
  )
  assert.equal(explain('3.4', share(0, 0)), 'Không phát sinh trường hợp nào: đạt điểm tối đa 2,00/2,00 điểm.')
  assert.match(explain('7.4', share(0, 0)), /^Không phát sinh: không tính/)
})

test('a full year has 25.5 of 25.5 points and a score of 100', () => {
  const sheet = scoreSheet(SET, FULL)
  assert.deepEqual(
    [sheet.points, sheet.max, sheet.score, sheet.rescaled, sheet.partial, sheet.grade],
    [25.5, 25.5, 100, false, true, 'outstanding'],
  )
  assert.deepEqual(
    sheet.criteria.map(({ code }) => code),
    ['3.2', '3.3', '3.4', '3.5', '3.10', '7.1', '7.2', '7.3', '7.4'],
  )
  assert.deepEqual(
    sheet.fields.filter(({ max }) => max > 0).map(({ code, points, max }) => [code, points, max]),
    [
      ['3', 15.5, 15.5],
      ['7', 10, 10],
    ],
  )
})

test('without a dossier with a fee 7.4 is left out and the rest is rescaled', () => {
  const sheet = scoreSheet(SET, { ...FULL, 'payment.online': share(0, 0), 'on_time.v2': share(95, 100) })
  assert.deepEqual([sheet.points, sheet.max, sheet.score, sheet.rescaled], [21, 24, 87.5, true])
  assert.equal(sheet.criteria.find(({ code }) => code === '7.4')?.points, null)
})

test('no late dossier owed no apology: 3.4 has full points; not measured is left out', () => {
  assert.equal(pointsOf(FULL, '3.4'), 2)
  assert.equal(pointsOf({ ...FULL, 'apology.in_time': null }, '3.4'), null)
})

test('only the final score is rounded', () => {
  // 2/3 of 3 points and 1/3 of 2 points: thirds that a rounding in between would lose
  const sheet = scoreSheet(SET, {
    ...FULL,
    'apology.in_time': share(1, 3),
    'monthly_grade.good_or_better': share(5, 9),
  })
  assert.equal(sheet.points, 22.833333333333) // 25.5 − 4/3 − 4/3
  assert.equal(sheet.score, 89.54) // 22.8333…/25.5 = 89.5424…
})

test('a unit without any dossier has only what can be said of it', () => {
  const sheet = scoreSheet(SET, metricsOfTally(emptyTally()))
  assert.deepEqual([sheet.points, sheet.max, sheet.rescaled], [4, 4, true]) // 3.3 none overdue, 3.4 none late
  const nothing = scoreSheet(SET, {})
  assert.deepEqual([nothing.score, nothing.grade, nothing.points, nothing.max], [null, null, 0, 0])
})

test('V2 under 90 % and established facts cap the grade at "hoàn thành"', () => {
  const low = scoreSheet(
    { ...SET, bands: [{ ...SET.bands[0]!, min: 60 }, { ...SET.bands[1]!, min: 55 }, ...SET.bands.slice(2)] },
    { ...FULL, 'on_time.v2': share(8999, 10000) },
  )
  assert.deepEqual([low.grade, low.vetoes], ['satisfactory', ['Tỷ lệ giải quyết đúng hạn dưới 90 %']])
  const falsified = scoreSheet(SET, FULL, ['auto'], { facts: ['data_falsified'] })
  assert.deepEqual(
    [falsified.grade, falsified.score, falsified.vetoes],
    ['satisfactory', 100, ['Có số liệu sai sự thật']],
  )
  assert.deepEqual(scoreSheet(SET, FULL).vetoes, [])
})

test('a condition that changes nothing is not named', () => {
  const failed = scoreSheet(SET, { 'on_time.v2': share(1, 2) })
  assert.deepEqual([failed.score, failed.grade, failed.vetoes], [0, 'failed', []])
})

test('a whole sheet of all four kinds reaches 100 and is not partial', () => {
  const byCriterion = Object.fromEntries(
    criteriaOf(SET)
      .filter(({ kind }) => kind !== 'auto')
      .map(({ code, rule }) => [
        code,
        rule.type === 'checklist'
          ? { ticked: rule.items.map(({ id }) => id) }
          : rule.type === 'deduct'
            ? { value: share(0, 1) }
            : rule.type === 'per_unit'
              ? { value: share(4, 1) }
              : rule.type === 'survey_mean'
                ? { value: share(50, 10) }
                : { value: share(1, 1) },
      ]),
  )
  const sheet = scoreSheet(SET, FULL, CRITERION_KINDS, { byCriterion })
  assert.deepEqual(
    [sheet.points, sheet.max, sheet.score, sheet.partial, sheet.rescaled],
    [100, 100, 100, false, false],
  )
})

test('what a unit does not declare has 0 points; a survey not held is left out', () => {
  const sheet = scoreSheet(SET, FULL, CRITERION_KINDS)
  assert.equal(sheet.criteria.find(({ code }) => code === '1.1')?.points, 0)
  assert.equal(sheet.criteria.find(({ code }) => code === '8.1')?.points, null)
  assert.deepEqual([sheet.points, sheet.max], [25.5, 82])
})

test('a column filled in by people is totalled by the same rule', () => {
  const points = new Map(criteriaOf(SET).map(({ code, max }) => [code, code === '8.1' ? null : decimal(max)]))
  const total = totalSheet(SET, points, { values: {}, facts: [] })
  assert.deepEqual(
    [total.points, total.max, total.score, total.rescaled, total.partial],
    [85, 85, 100, true, false],
  )
  assert.deepEqual(total.tieBreakers, [7, 5, null])
})

test('the metrics of a tally are the rates V2, N1, digitisation, payment and apology', () => {
  fc.assert(
    fc.property(anyTally, (tally) => {
      const metrics = metricsOfTally(tally)
      const same = {
        'on_time.v2': 'V2',
        'online.n1': 'N1',
        digitisation: 'digitisation',
        'payment.online': 'payment',
        'apology.in_time': 'apology',
      } as const
      for (const metric of Object.keys(same) as (keyof typeof same)[]) {
        const value = metrics[metric]
        assert.deepEqual(rate(RATE_VARIANTS[same[metric]], tally), value.denominator === 0 ? null : value)
      }
    }),
  )
})

test('the metrics of a tally count pending overdue dossiers and those asked at most once', () => {
  const metrics = metricsOfTally(tallyOf({ received: 100, multiSupplement: 3, open: 9, openOverdue: 2 }))
  assert.deepEqual(metrics['overdue.pending_at_end'], share(2, 1))
  assert.deepEqual(metrics['supplement.at_most_one'], share(97, 100))
})

test('points and score stay within their bounds for any year', () => {
  fc.assert(
    fc.property(anyTally, (tally) => {
      const sheet = scoreSheet(SET, metricsOfTally(tally))
      assert.ok(sheet.points >= 0 && sheet.points <= sheet.max && sheet.max <= 25.5)
      assert.ok(sheet.score !== null && sheet.score >= 0 && sheet.score <= 100)
      for (const { points, max } of sheet.criteria)
        assert.ok(points === null || (points >= 0 && points <= max))
    }),
  )
})

test('leaving out a criterion with the share of the whole does not change the score', () => {
  // every criterion at the same share s: the score is s whatever is left out
  const half = {
    ...SET,
    fields: SET.fields.map((field) => ({
      ...field,
      criteria: field.criteria.map((each) => ({
        ...each,
        rule: { type: 'linear', input: 'percent' } as const,
      })),
    })),
  }
  fc.assert(
    fc.property(
      fc.subarray(Object.keys(METRIC_NAMES) as (keyof typeof METRIC_NAMES)[], { minLength: 1 }),
      fc.nat(1000),
      (names, n) => {
        const values = Object.fromEntries(names.map((name) => [name, share(n, 1000)]))
        assert.equal(scoreSheet(half, values).score, n / 10)
      },
    ),
  )
})
