import { compareFractions, decimal, sum } from '../fraction.ts'
import { type CriteriaSet, type Criterion, criteriaOf } from './criteria-set.ts'
import { type Band, GRADES } from './grades.ts'
import { METRIC_NAMES } from './index-metrics.ts'
import { ruleProblems } from './index-rule-check.ts'
import { formatPoints } from './point-format.ts'

/** What keeps a set from being issued: where (code of the field or criterion, or `bands` …) and why. */
export interface CriteriaSetProblem {
  readonly where: string
  readonly sentence: string
}

/**
 * The problems of a criteria set; only a set without any may be issued. Σ criteria = field, Σ fields = scale,
 * rules cover their domain, metrics, settings and tie-breakers exist, bands go strictly down to 0, codes are
 * unique. Sums are exact: 0.1 + 0.2 is 0.3.
 * Example: raising 3.2 of the 2022 model set from 7 to 8 points breaks field 3: 26,00 of 25,00.
 */
export function validateCriteriaSet(set: CriteriaSet): readonly CriteriaSetProblem[] {
  const criteria = criteriaOf(set)
  const codes = new Set(criteria.map(({ code }) => code))
  return [
    ...sumProblems(set),
    ...criteria.flatMap((criterion) => criterionProblems(criterion, set)),
    ...problem(codes.size < criteria.length, 'criteria', 'Có hai tiêu chí trùng mã.'),
    ...bandProblems('bands', set.bands),
    ...bandProblems('monthlyGrade', set.monthlyGrade.bands),
    ...monthlyWeightProblems(set),
    ...set.vetoes.flatMap((veto) =>
      problem(
        veto.type === 'metric_below' && !isMetric(veto.metric),
        'vetoes',
        `Điều kiện khống chế “${veto.name}” dùng một số đo không có.`,
      ),
    ),
    ...set.tieBreakers.flatMap((code) =>
      problem(!codes.has(code), 'tieBreakers', `Tiêu chí phụ ${code} không có trong bộ tiêu chí.`),
    ),
    ...problem(set.period.from > set.period.to, 'period', 'Ngày đầu kỳ phải trước ngày cuối kỳ.'),
  ]
}

function sumProblems({ fields, scale }: CriteriaSet): readonly CriteriaSetProblem[] {
  return [
    ...fields.flatMap(({ code, max, criteria }) =>
      unequal(
        code,
        'tiêu chí',
        criteria.map((each) => each.max),
        max,
      ),
    ),
    ...unequal(
      'scale',
      'lĩnh vực',
      fields.map(({ max }) => max),
      scale,
    ),
  ]
}

function unequal(where: string, parts: string, points: readonly number[], expected: number) {
  const total = sum(points.map(decimal))
  return problem(
    compareFractions(total, decimal(expected)) !== 0,
    where,
    `Tổng điểm các ${parts} là ${formatPoints(total)}, phải bằng ${formatPoints(expected)}.`,
  )
}

function criterionProblems(
  criterion: Criterion & { readonly field: string },
  { settings }: CriteriaSet,
): readonly CriteriaSetProblem[] {
  const { code, field, max, kind, metric, rule, notApplicable, fullMarks } = criterion
  return [
    ...problem(!code.startsWith(`${field}.`), code, `Mã tiêu chí phải bắt đầu bằng mã lĩnh vực ${field}.`),
    ...problem(max <= 0, code, 'Điểm tối đa phải lớn hơn 0.'),
    ...problem(kind === 'auto' && metric === undefined, code, 'Tiêu chí tự động phải có số đo.'),
    ...problem(metric !== undefined && !isMetric(metric), code, `Không có số đo “${metric}”.`),
    ...problem(
      notApplicable !== undefined && fullMarks !== undefined,
      code,
      'Khi không phát sinh, tiêu chí hoặc được loại ra, hoặc được điểm tối đa; không thể cả hai.',
    ),
    ...ruleProblems(rule, max, settings).map((sentence) => ({ where: code, sentence })),
  ]
}

function bandProblems(where: string, bands: readonly Band[]): readonly CriteriaSetProblem[] {
  const rank = (band: Band | undefined) => (band ? GRADES.indexOf(band.grade) : -1)
  return [
    ...problem(
      bands.some(({ min }, i) => i > 0 && min >= (bands[i - 1]?.min ?? 0)),
      where,
      'Các mức xếp loại phải giảm dần.',
    ),
    ...problem(bands.at(-1)?.min !== 0, where, 'Mức xếp loại thấp nhất phải bắt đầu từ 0.'),
    ...problem(
      bands.some((band, i) => i > 0 && rank(band) < rank(bands[i - 1])),
      where,
      'Mức điểm thấp hơn không được có xếp loại cao hơn.',
    ),
  ]
}

function monthlyWeightProblems({ monthlyGrade: { weights, scale } }: CriteriaSet) {
  return unequal('monthlyGrade', 'phần', Object.values(weights), scale)
}

function isMetric(name: string): boolean {
  return Object.hasOwn(METRIC_NAMES, name)
}

function problem(wrong: boolean, where: string, sentence: string): readonly CriteriaSetProblem[] {
  return wrong ? [{ where, sentence }] : []
}
