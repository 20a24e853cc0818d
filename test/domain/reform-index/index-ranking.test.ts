import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { capGrade, gradeOf, isAtLeast } from '../../../src/domain/reform-index/grades.ts'
import { rankSheets } from '../../../src/domain/reform-index/index-ranking.ts'

const BANDS = [
  { grade: 'outstanding', name: 'Xuất sắc', min: 90 },
  { grade: 'good', name: 'Tốt', min: 80 },
  { grade: 'satisfactory', name: 'Khá', min: 65 },
  { grade: 'satisfactory', name: 'Trung bình', min: 50 },
  { grade: 'failed', name: 'Không hoàn thành', min: 0 },
] as const

const sheet = (unit: string, score: number | null, ...tieBreakers: (number | null)[]) => ({
  unit,
  score,
  tieBreakers,
})
const ranksOf = (sheets: Parameters<typeof rankSheets<ReturnType<typeof sheet>>>[0]) =>
  Object.fromEntries(rankSheets(sheets).map(({ unit, rank }) => [unit, rank]))

for (const [score, name] of [
  [100, 'Xuất sắc'],
  [90, 'Xuất sắc'],
  [89.99, 'Tốt'],
  [83.69, 'Tốt'],
  [79.99, 'Khá'],
  [64.99, 'Trung bình'],
  [50, 'Trung bình'],
  [49.99, 'Không hoàn thành'],
  [0, 'Không hoàn thành'],
] as const) {
  test(`a score of ${score} is graded "${name}"`, () => assert.equal(gradeOf(score, BANDS)?.name, name))
}

test('no score, no grade', () => assert.equal(gradeOf(null, BANDS), null))

test('a cap lowers a grade to the best band not above it, and raises none', () => {
  assert.equal(capGrade(BANDS[0], 'satisfactory', BANDS).name, 'Khá')
  assert.equal(capGrade(BANDS[3], 'satisfactory', BANDS).name, 'Trung bình')
  assert.equal(capGrade(BANDS[4], 'good', BANDS).name, 'Không hoàn thành')
  assert.ok(
    isAtLeast('good', 'good') && isAtLeast('outstanding', 'good') && !isAtLeast('satisfactory', 'good'),
  )
})

test('equal in everything shares a rank, and the next rank is skipped: 1, 2, 2, 4', () => {
  assert.deepEqual(ranksOf([sheet('A', 91.2, 7), sheet('B', 88, 5), sheet('C', 88, 5), sheet('D', 70, 7)]), {
    A: 1,
    B: 2,
    C: 2,
    D: 4,
  })
})

test('equal scores are separated by 3.2, then 7.1, then 8.1', () => {
  assert.deepEqual(
    ranksOf([
      sheet('A', 88, 5, 5, 14),
      sheet('B', 88, 5, 5, 15),
      sheet('C', 88, 5, 4.9, 15),
      sheet('D', 88, 5.1, 0, 0),
    ]),
    { D: 1, B: 2, A: 3, C: 4 },
  )
})

test('a tie-breaker that does not apply comes after any points', () => {
  assert.deepEqual(ranksOf([sheet('A', 88, null), sheet('B', 88, 0)]), { B: 1, A: 2 })
})

test('a unit without a score is not ranked and stands at the end', () => {
  const ranked = rankSheets([sheet('A', null), sheet('B', 10), sheet('C', null)])
  assert.deepEqual(
    ranked.map(({ rank }) => rank),
    [1, null, null],
  )
})

test('the order in which the units are given does not change their ranks', () => {
  const anySheets = fc
    .array(fc.tuple(fc.option(fc.nat(5)), fc.option(fc.nat(3))), { maxLength: 12 })
    .map((rows) => rows.map(([score, first], i) => sheet(`U${i}`, score, first)))
  fc.assert(
    fc.property(anySheets, (sheets) => {
      assert.deepEqual(ranksOf(sheets), ranksOf(sheets.toReversed()))
      for (const a of rankSheets(sheets)) {
        const better = rankSheets(sheets).filter(
          ({ rank }) => rank !== null && a.rank !== null && rank < a.rank,
        )
        if (a.rank !== null) assert.equal(a.rank, better.length + 1)
      }
    }),
  )
})
