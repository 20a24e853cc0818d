import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CRITERIA_SET_TK_XA_2022 as SET } from '../../../db/seeds/criteria-set-tk-xa-2022.ts'
import type { CriteriaSet, Criterion } from '../../../src/domain/reform-index/criteria-set.ts'
import { validateCriteriaSet } from '../../../src/domain/reform-index/criteria-set-check.ts'
import type { IndexRule } from '../../../src/domain/reform-index/index-rules.ts'

/** The model set with one criterion changed. */
function withCriterion(code: string, change: Partial<Criterion>): CriteriaSet {
  const fields = SET.fields.map((field) => ({
    ...field,
    criteria: field.criteria.map((each) => (each.code === code ? { ...each, ...change } : each)),
  }))
  return { ...SET, fields }
}
const sentences = (set: CriteriaSet) =>
  validateCriteriaSet(set).map(({ where, sentence }) => `${where}: ${sentence}`)
const withRule = (code: string, rule: IndexRule) => sentences(withCriterion(code, { rule }))

test('the model set of 2022 may be issued', () => {
  assert.deepEqual(validateCriteriaSet(SET), [])
})

test('the model set survives being stored as JSON', () => {
  assert.deepEqual(JSON.parse(JSON.stringify(SET)), SET)
})

test('criteria must add up to their field, and fields to the scale', () => {
  assert.deepEqual(sentences(withCriterion('3.2', { max: 8 })), [
    '3: Tổng điểm các tiêu chí là 26,00, phải bằng 25,00.',
  ])
  assert.deepEqual(sentences({ ...SET, fields: SET.fields.slice(1) }), [
    'scale: Tổng điểm các lĩnh vực là 86,00, phải bằng 100,00.',
  ])
})

const SEGMENTS = [
  [
    'a gap',
    [
      { from: 0, to: 90, value: 0 },
      { from: 95, value: 7 },
    ],
    'Đoạn từ 90 đến 95 chưa có điểm.',
  ],
  [
    'an overlap',
    [
      { from: 0, to: 95, value: 0 },
      { from: 90, value: 7 },
    ],
    'Các đoạn chồng lên nhau tại 90.',
  ],
  [
    'an open end in the middle',
    [
      { from: 0, value: 0 },
      { from: 90, value: 7 },
    ],
    'Các đoạn chồng lên nhau tại 90.',
  ],
  ['a missing start', [{ from: 10, value: 0 }], 'Đoạn từ 0 đến 10 chưa có điểm.'],
  ['a missing end', [{ from: 0, to: 99.5, value: 0 }], 'Từ 99,5 trở lên chưa có điểm.'],
  ['no segment at all', [], 'Từ 0 trở lên chưa có điểm.'],
  [
    'too many points',
    [
      { from: 0, to: 50, lerp: [0, 8] as const },
      { from: 50, value: 7 },
    ],
    'Điểm 8 ngoài khoảng từ 0 đến điểm tối đa.',
  ],
] as const

for (const [name, segments, sentence] of SEGMENTS) {
  test(`segments with ${name} are refused`, () => {
    assert.deepEqual(withRule('3.2', { type: 'piecewise', input: 'percent', segments }), [`3.2: ${sentence}`])
  })
}

const RULES: readonly (readonly [string, IndexRule, RegExp])[] = [
  [
    'steps that rise',
    {
      type: 'step',
      input: 'percent',
      steps: [
        { atLeast: 0, points: 0 },
        { atLeast: 90, points: 1 },
      ],
    },
    /giảm dần.*bắt đầu từ 0/,
  ],
  [
    'steps that stop above 0',
    { type: 'step', input: 'percent', steps: [{ atLeast: 90, points: 2 }] },
    /bắt đầu từ 0/,
  ],
  [
    'a checklist of other points than the maximum',
    { type: 'checklist', items: [{ id: 'a', name: 'A', points: 0.5 }] },
    /bằng điểm tối đa/,
  ],
  [
    'a checklist with an item twice',
    {
      type: 'checklist',
      items: [
        { id: 'a', name: 'A', points: 1 },
        { id: 'a', name: 'B', points: 1 },
      ],
    },
    /trùng mã/,
  ],
  ['a floor above 100 %', { type: 'linear', input: 'percent', zeroBelow: 101 }, /Ngưỡng/],
  ['a target of 0', { type: 'target', target: 0 }, /lớn hơn 0/],
  ['a floor above the target', { type: 'target', target: 50, zeroBelow: 60 }, /Ngưỡng/],
  ['a target from an unknown setting', { type: 'target', target: { setting: 'nothing' } }, /tham số/],
  ['a deduction of nothing', { type: 'deduct', per: 0, unit: 'lần' }, /Điểm trừ/],
  ['nothing per unit', { type: 'per_unit', per: 0, unit: 'lần' }, /mỗi đơn vị/],
  ['a base above the maximum', { type: 'relative_to_average', base: 3, per: 0.25, step: 0.5 }, /Điểm 3/],
  [
    'a step of 0 above the average',
    { type: 'relative_to_average', base: 1, per: 0.25, step: 0 },
    /trung bình/,
  ],
  ['a survey without a scale', { type: 'survey_mean', scale: 0 }, /Thang điểm/],
  ['an unknown rule', { type: 'formula' } as unknown as IndexRule, /Không có cách tính điểm “formula”/],
]

for (const [name, rule, sentence] of RULES) {
  test(`${name} is refused`, () => assert.match(withRule('3.4', rule).join(' '), sentence))
}

test('an automatic criterion needs a metric that exists', () => {
  assert.match(sentences(withCriterion('1.2', { kind: 'auto' }))[0] ?? '', /phải có số đo/)
  assert.match(
    sentences(withCriterion('3.2', { metric: 'on_time.v9' as 'on_time.v2' }))[0] ?? '',
    /Không có số đo “on_time.v9”/,
  )
  const veto = {
    type: 'metric_below',
    name: 'X',
    metric: 'nothing' as 'digitisation',
    percent: 90,
    capGrade: 'good',
  } as const
  assert.match(sentences({ ...SET, vetoes: [veto] })[0] ?? '', /số đo không có/)
})

test('nothing to measure cannot be left out and have full points at once', () => {
  assert.match(
    sentences(withCriterion('3.4', { notApplicable: 'when_denominator_zero' }))[0] ?? '',
    /không thể cả hai/,
  )
})

test('codes are unique and stand in their field', () => {
  assert.match(
    sentences(withCriterion('3.4', { code: '4.4' })).join(' '),
    /4.4: Mã tiêu chí.*lĩnh vực 3.*trùng mã/,
  )
})

test('bands go strictly down to 0, better grades above', () => {
  const [first, second, third, last] = SET.bands as [
    CriteriaSet['bands'][0],
    CriteriaSet['bands'][0],
    CriteriaSet['bands'][0],
    CriteriaSet['bands'][0],
  ]
  assert.match(sentences({ ...SET, bands: [first, second, third] })[0] ?? '', /bắt đầu từ 0/)
  assert.match(
    sentences({ ...SET, bands: [first, { ...second, min: 90 }, third, last] })[0] ?? '',
    /giảm dần/,
  )
  assert.match(
    sentences({ ...SET, bands: [second, { ...first, min: 60 }, last] })[0] ?? '',
    /xếp loại cao hơn/,
  )
  assert.match(sentences({ ...SET, bands: [] })[0] ?? '', /bắt đầu từ 0/)
})

test('the weights of the monthly grade add up to its scale, tie-breakers exist, the period runs forward', () => {
  const weights = { ...SET.monthlyGrade.weights, onTime: 50 }
  assert.match(
    sentences({ ...SET, monthlyGrade: { ...SET.monthlyGrade, weights } })[0] ?? '',
    /monthlyGrade: .*90,00/,
  )
  assert.match(sentences({ ...SET, tieBreakers: ['9.9'] })[0] ?? '', /9.9/)
  assert.match(sentences({ ...SET, period: { ...SET.period, from: '2023-01-01' } })[0] ?? '', /kỳ/)
})
