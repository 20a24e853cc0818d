import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { CRITERIA_SET_TK_XA_2022 } from '../../../db/seeds/criteria-set-tk-xa-2022.ts'
import {
  goodMonths,
  type MonthMeasured,
  monthlyGrade,
} from '../../../src/domain/reform-index/monthly-grade.ts'

const SCHEME = CRITERIA_SET_TK_XA_2022.monthlyGrade
const MONTH: MonthMeasured = {
  onTime: { numerator: 49, denominator: 50 },
  online: { numerator: 7, denominator: 10 },
  onlineTarget: 70,
  longOverdue: 0,
  timeliness: { numerator: 20, denominator: 20 },
}
const graded = (change: Partial<MonthMeasured>) => monthlyGrade(SCHEME, { ...MONTH, ...change })

test('V2 weighs 60, N1 towards its target 20, no long overdue 10, timely data 10', () => {
  assert.deepEqual(graded({}), {
    score: 98.8,
    grade: 'outstanding',
    gradeName: 'Xuất sắc',
    parts: { onTime: 58.8, online: 20, noLongOverdue: 10, timeliness: 10 },
    rescaled: false,
  })
})

test('half of the target for online dossiers has half of its points', () => {
  assert.equal(graded({ online: { numerator: 35, denominator: 100 } }).parts.online, 10)
})

test('one pending dossier overdue by more than five working days costs 10 points', () => {
  assert.deepEqual([graded({ longOverdue: 1 }).score, graded({ longOverdue: 1 }).grade], [88.8, 'good'])
})

test('from 95 points the month is outstanding, from 80 good, from 50 satisfactory', () => {
  const onTime = (numerator: number, denominator: number) => graded({ onTime: { numerator, denominator } })
  assert.deepEqual([onTime(55, 60).score, onTime(55, 60).grade], [95, 'outstanding'])
  assert.deepEqual([onTime(40, 60).score, onTime(40, 60).grade], [80, 'good'])
  assert.deepEqual([onTime(39, 60).score, onTime(39, 60).grade], [79, 'satisfactory'])
  assert.deepEqual(
    [
      graded({ onTime: { numerator: 0, denominator: 9 }, timeliness: { numerator: 0, denominator: 9 } })
        .grade,
    ],
    ['failed'],
  )
})

test('a part with nothing to measure is left out and the rest is rescaled', () => {
  const month = graded({ online: null })
  assert.deepEqual([month.score, month.parts.online, month.rescaled], [98.5, null, true]) // 78.8 of 80
})

test('a month with nothing to measure is not graded', () => {
  const month = graded({ onTime: null, online: null, timeliness: null })
  assert.deepEqual([month.score, month.grade, month.gradeName, month.rescaled], [null, null, null, false])
})

test('criterion 3.10 counts months graded good or better among the graded ones', () => {
  const grades = [
    { grade: 'outstanding' },
    { grade: 'good' },
    { grade: 'satisfactory' },
    { grade: 'failed' },
    { grade: null },
  ] as const
  assert.deepEqual(goodMonths(grades), { numerator: 2, denominator: 4 })
  assert.deepEqual(goodMonths([]), { numerator: 0, denominator: 0 })
})

test('the score stays between 0 and 100', () => {
  const anyRate = fc.option(
    fc.integer({ min: 1, max: 500 }).chain((d) => fc.nat(d).map((n) => ({ numerator: n, denominator: d }))),
  )
  fc.assert(
    fc.property(anyRate, anyRate, anyRate, fc.nat(3), (onTime, online, timeliness, longOverdue) => {
      const { score } = graded({ onTime, online, timeliness, longOverdue })
      assert.ok(score === null ? !onTime && !online && !timeliness : score >= 0 && score <= 100)
    }),
  )
})
