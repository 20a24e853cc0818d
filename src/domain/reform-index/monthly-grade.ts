import type { Rate } from '../counting/rates.ts'
import { decimal, type Fraction, fraction, multiply, over, roundHalfUp, sum } from '../fraction.ts'
import { type Band, type Grade, gradeOf, isAtLeast } from './grades.ts'
import type { MetricValue } from './index-metrics.ts'
import { pointsByRule } from './index-rules.ts'

/** Weights, limits and bands of the monthly grade of a one-stop shop, as data of the criteria set. */
export interface MonthlyGradeScheme {
  readonly weights: Readonly<Record<MonthlyPart, number>>
  /** A pending dossier overdue by more than this many working days loses the part `noLongOverdue`. */
  readonly longOverdueDays: number
  readonly scale: number
  readonly bands: readonly Band[]
}

export type MonthlyPart = 'onTime' | 'online' | 'noLongOverdue' | 'timeliness'

export interface MonthMeasured {
  /** V2 of the month. */
  readonly onTime: Rate | null
  /** N1 of the month. */
  readonly online: Rate | null
  /** Target for N1 in percent, above 0. */
  readonly onlineTarget: number
  /** Pending dossiers overdue by more than `longOverdueDays` working days at the end of the month. */
  readonly longOverdue: number
  /** Of R, those recorded within one working day after acceptance: the variant `timeliness`. */
  readonly timeliness: Rate | null
}

export interface MonthlyGrade {
  /** Out of the scale, two decimals half up; null when the month had nothing to measure. */
  readonly score: number | null
  readonly grade: Grade | null
  readonly gradeName: string | null
  /** Points of each part, unrounded; null: nothing to measure, left out and the rest rescaled. */
  readonly parts: Readonly<Record<MonthlyPart, number | null>>
  readonly rescaled: boolean
}

/**
 * The grade of one shop for one month: V2 × 60, N1 towards the target × 20, 10 when no pending dossier is
 * overdue by more than 5 working days, timeliness of data × 10. A part without anything to measure is left out
 * and the rest rescaled; the long overdue are left out with V2, since nothing was resolved or pending.
 * Example: 02/2023, V2 49/50, N1 7/10 of a target of 70, none long overdue, all timely: 58.8 + 20 + 10 + 10 =
 * 98.80, outstanding.
 */
export function monthlyGrade(scheme: MonthlyGradeScheme, month: MonthMeasured): MonthlyGrade {
  const exact = partsOf(scheme, month)
  const measured = MONTHLY_PARTS.flatMap((part) => {
    const points = exact[part]
    return points === null ? [] : [{ points, weight: decimal(scheme.weights[part]) }]
  })
  const score = scoreOf(measured, scheme.scale)
  const band = gradeOf(score, scheme.bands)
  return {
    score,
    grade: band?.grade ?? null,
    gradeName: band?.name ?? null,
    parts: mapParts((part) => numberOf(exact[part])),
    rescaled: measured.length > 0 && measured.length < MONTHLY_PARTS.length,
  }
}

/**
 * Criterion 3.10: months graded good or better / months graded; a month that was not graded is in neither.
 * Example: eleven months graded, nine of them good or outstanding, one month empty: 9/11.
 */
export function goodMonths(grades: readonly Pick<MonthlyGrade, 'grade'>[]): MetricValue {
  const graded = grades.map(({ grade }) => grade).filter((grade) => grade !== null)
  return { numerator: graded.filter((grade) => isAtLeast(grade, 'good')).length, denominator: graded.length }
}

const MONTHLY_PARTS: readonly MonthlyPart[] = ['onTime', 'online', 'noLongOverdue', 'timeliness']

function partsOf({ weights }: MonthlyGradeScheme, month: MonthMeasured) {
  const { onTime, online, onlineTarget, longOverdue, timeliness } = month
  const parts: Record<MonthlyPart, Fraction | null> = {
    onTime: onTime && pointsByRule({ type: 'linear', input: 'percent' }, onTime, weights.onTime),
    online: online && pointsByRule({ type: 'target', target: onlineTarget }, online, weights.online),
    noLongOverdue: onTime && decimal(longOverdue === 0 ? weights.noLongOverdue : 0),
    timeliness:
      timeliness && pointsByRule({ type: 'linear', input: 'percent' }, timeliness, weights.timeliness),
  }
  return parts
}

function scoreOf(
  measured: readonly { readonly points: Fraction; readonly weight: Fraction }[],
  scale: number,
): number | null {
  if (measured.length === 0) return null
  const share = over(sum(measured.map(({ points }) => points)), sum(measured.map(({ weight }) => weight)))
  return roundHalfUp(multiply(share, fraction(scale)), 2)
}

function mapParts<Value>(valueOfPart: (part: MonthlyPart) => Value): Record<MonthlyPart, Value> {
  return Object.fromEntries(MONTHLY_PARTS.map((part) => [part, valueOfPart(part)])) as Record<
    MonthlyPart,
    Value
  >
}

function numberOf(points: Fraction | null): number | null {
  return points && roundHalfUp(points, 12)
}
