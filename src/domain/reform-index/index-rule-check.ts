import { compareFractions, decimal, sum } from '../fraction.ts'
import type { IndexRule, RuleNumber, Segment } from './index-rules.ts'

/**
 * What is wrong with a rule for a criterion of `max` points, as Vietnamese sentences; empty when nothing is.
 * Segments and steps must cover everything from 0 upwards without gap or overlap, no rule may give more than
 * `max` or less than 0, and settings must exist.
 * Example: segments 0–90 and 95– leave a gap: "Đoạn từ 90 đến 95 chưa có điểm."
 */
export function ruleProblems(
  rule: IndexRule,
  max: number,
  settings: Readonly<Record<string, number>>,
): readonly string[] {
  const check = CHECKS[rule.type] as
    | ((rule: IndexRule, max: number, settings: Readonly<Record<string, number>>) => readonly string[])
    | undefined
  return check ? check(rule, max, settings) : [`Không có cách tính điểm “${rule.type}”.`]
}

type Checks = {
  readonly [Type in IndexRule['type']]: (
    rule: Extract<IndexRule, { type: Type }>,
    max: number,
    settings: Readonly<Record<string, number>>,
  ) => readonly string[]
}

const CHECKS: Checks = {
  boolean: () => [],

  checklist: ({ items }, max) => [
    ...items.flatMap(({ points }) => outsideMax(points, max)),
    ...when(
      compareFractions(sum(items.map(({ points }) => decimal(points))), decimal(max)) !== 0,
      'Tổng điểm các mục của danh mục phải bằng điểm tối đa.',
    ),
    ...when(new Set(items.map(({ id }) => id)).size < items.length, 'Danh mục có hai mục trùng mã.'),
  ],

  step: ({ steps }, max) => [
    ...steps.flatMap(({ points }) => outsideMax(points, max)),
    ...when(
      steps.some(({ atLeast }, i) => i > 0 && atLeast >= (steps[i - 1]?.atLeast ?? 0)),
      'Các bậc điểm phải xếp theo mức giảm dần, không trùng.',
    ),
    ...when(steps.at(-1)?.atLeast !== 0, 'Bậc điểm cuối phải bắt đầu từ 0.'),
  ],

  piecewise: ({ segments }, max) => [
    ...segments
      .flatMap((segment) => ('lerp' in segment ? segment.lerp : [segment.value]))
      .flatMap((points) => outsideMax(points, max)),
    ...segmentProblems(segments),
  ],

  linear: ({ zeroBelow = 0 }) => when(zeroBelow < 0 || zeroBelow > 100, 'Ngưỡng 0 điểm phải từ 0 đến 100.'),

  target: ({ target, zeroBelow = 0 }, _, settings) => targetProblems(target, zeroBelow, settings),

  deduct: ({ per }) => when(per <= 0, 'Điểm trừ mỗi lần phải lớn hơn 0.'),

  per_unit: ({ per }) => when(per <= 0, 'Điểm cho mỗi đơn vị phải lớn hơn 0.'),

  relative_to_average: ({ base, per, step }, max) => [
    ...outsideMax(base, max),
    ...when(per <= 0 || step <= 0, 'Điểm cộng và bước so với trung bình phải lớn hơn 0.'),
  ],

  survey_mean: ({ scale }) => when(scale <= 0, 'Thang điểm khảo sát phải lớn hơn 0.'),
}

function segmentProblems(segments: readonly Segment[]): readonly string[] {
  const problems: string[] = []
  let reached: number | undefined = 0
  for (const { from, to } of segments) {
    if (reached === undefined || from < reached)
      problems.push(`Các đoạn chồng lên nhau tại ${decimalText(from)}.`)
    else if (from > reached)
      problems.push(`Đoạn từ ${decimalText(reached)} đến ${decimalText(from)} chưa có điểm.`)
    if (to !== undefined && to <= from) problems.push(`Đoạn từ ${decimalText(from)} rỗng.`)
    reached = to
  }
  if (reached !== undefined) problems.push(`Từ ${decimalText(reached)} trở lên chưa có điểm.`)
  return problems
}

function targetProblems(target: RuleNumber, zeroBelow: number, settings: Readonly<Record<string, number>>) {
  const value = typeof target === 'number' ? target : settings[target.setting]
  if (value === undefined) return ['Chỉ tiêu lấy từ một tham số không có trong bộ tiêu chí.']
  return [
    ...when(value <= 0, 'Chỉ tiêu phải lớn hơn 0.'),
    ...when(zeroBelow < 0 || zeroBelow > value, 'Ngưỡng 0 điểm phải từ 0 đến chỉ tiêu.'),
  ]
}

function outsideMax(points: number, max: number): readonly string[] {
  return when(points < 0 || points > max, `Điểm ${decimalText(points)} ngoài khoảng từ 0 đến điểm tối đa.`)
}

function when(wrong: boolean, sentence: string): readonly string[] {
  return wrong ? [sentence] : []
}

function decimalText(number: number): string {
  return String(number).replace('.', ',')
}
