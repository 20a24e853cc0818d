import { formatCount, formatFraction, formatRate } from '../counting/rate-format.ts'
import type { Fraction } from '../fraction.ts'
import type { Criterion } from './criteria-set.ts'
import type { MetricValue } from './index-metrics.ts'
import { type IndexRule, type RuleContext, ruleNumber } from './index-rules.ts'
import { formatPoints } from './point-format.ts'

/**
 * Why a criterion got its points, as a sentence for the unit.
 * Example: `Tỷ lệ 98,20 % (491/500): đạt 5,92/7,00 điểm.`
 */
export function explainPoints(
  { rule, max }: Pick<Criterion, 'rule' | 'max'>,
  value: MetricValue,
  points: Fraction,
  context: RuleContext,
): string {
  const phrase = PHRASES[rule.type] as (rule: IndexRule, value: MetricValue, context: RuleContext) => string
  return `${phrase(rule, value, context)}: đạt ${formatPoints(points)}/${formatPoints(max)} điểm.`
}

/** Why a criterion was left out: not measured, or nothing to measure. */
export function explainLeftOut(value: MetricValue | null): string {
  return value === null
    ? 'Chưa có số liệu: không tính tiêu chí này, điểm được quy đổi theo các tiêu chí còn lại.'
    : 'Không phát sinh: không tính tiêu chí này, điểm được quy đổi theo các tiêu chí còn lại.'
}

/** Why a criterion that the unit has to declare got nothing. */
export function explainUndeclared(max: number): string {
  return `Chưa kê khai: đạt 0,00/${formatPoints(max)} điểm.`
}

/** Why a criterion got full points although there was nothing to measure. */
export function explainFullMarks(max: number): string {
  return `Không phát sinh trường hợp nào: đạt điểm tối đa ${formatPoints(max)}/${formatPoints(max)} điểm.`
}

type Phrases = {
  readonly [Type in IndexRule['type']]: (
    rule: Extract<IndexRule, { type: Type }>,
    value: MetricValue,
    context: RuleContext,
  ) => string
}

const PHRASES: Phrases = {
  boolean: (_, { numerator }) => (numerator > 0 ? 'Đạt yêu cầu' : 'Chưa đạt yêu cầu'),
  checklist: ({ items }, _, { ticked = [] }) =>
    `Đạt ${items.filter(({ id }) => ticked.includes(id)).length}/${items.length} mục`,
  step: ({ input }, value) => (input === 'percent' ? share(value) : countOf(value)),
  piecewise: ({ input }, value) => (input === 'percent' ? share(value) : countOf(value)),
  linear: ({ zeroBelow }, value) => share(value) + floorNote(zeroBelow),
  target: ({ target, zeroBelow }, value, { settings }) =>
    `${share(value)}, chỉ tiêu ${decimalText(ruleNumber(target, settings))} %${floorNote(zeroBelow)}`,
  deduct: ({ per, unit }, value) => `${countOf(value)} ${unit}, trừ ${formatPoints(per)} điểm mỗi trường hợp`,
  per_unit: ({ per, unit }, value) => `${countOf(value)} ${unit}, mỗi đơn vị ${formatPoints(per)} điểm`,
  relative_to_average: (_, value, { average }) =>
    `${share(value)}, trung bình ${formatRate(average ?? null, ALWAYS_PERCENT)}`,
  survey_mean: ({ scale }, value) =>
    `Điểm khảo sát ${formatFraction(value)} (tổng điểm/số phiếu), thang ${decimalText(scale)}`,
}

const ALWAYS_PERCENT = { minimumDenominator: 1 } as const

function share(value: MetricValue): string {
  return `Tỷ lệ ${formatRate(value, ALWAYS_PERCENT)} (${formatFraction(value)})`
}

function countOf(value: MetricValue): string {
  return value.denominator === 1 ? formatCount(value.numerator) : formatFraction(value)
}

function floorNote(zeroBelow: number | undefined): string {
  return zeroBelow === undefined ? '' : ` (dưới ${decimalText(zeroBelow)} % không có điểm)`
}

function decimalText(number: number): string {
  return String(number).replace('.', ',')
}
