import {
  compareFractions,
  decimal,
  type Fraction,
  fraction,
  multiply,
  over,
  roundHalfUp,
  sum,
} from '../fraction.ts'
import { type CriteriaSet, criteriaOf, type VetoFact } from './criteria-set.ts'
import { capGrade, type Grade, gradeOf } from './grades.ts'
import type { MetricValues } from './index-metrics.ts'

export interface FieldTotal {
  readonly code: string
  readonly name: string
  readonly points: number
  /** Σ max of the field's criteria that were scored and apply. */
  readonly max: number
}

export interface SheetTotal {
  readonly fields: readonly FieldTotal[]
  /** Σ points and Σ max of the criteria that apply. */
  readonly points: number
  readonly max: number
  /** points / max × scale, rounded as the set says; null when no criterion applies. */
  readonly score: number | null
  /** A scored criterion did not apply, so that the score is relative to less; the page must say so. */
  readonly rescaled: boolean
  /** Not every criterion of the set was scored (only the automatic ones, say); score and grade are provisional. */
  readonly partial: boolean
  readonly grade: Grade | null
  readonly gradeName: string | null
  /** Names of the conditions that lowered the grade. */
  readonly vetoes: readonly string[]
  /** Points of the set's tie-breakers in their order, null when not applicable. */
  readonly tieBreakers: readonly (number | null)[]
}

/** What the vetoes look at. */
export interface VetoEvidence {
  readonly values: MetricValues
  readonly facts: readonly VetoFact[]
}

/**
 * The total of one column of a sheet from the points of its criteria by code: null is not applicable, a missing
 * code was not scored. It serves each of the four columns: automatic, self-assessed, appraised and final.
 * Example: the model set's automatic 25.5 points without 7.4 (no fee was due): 20.40 of 24 make 85.00, rescaled.
 */
export function totalSheet(
  set: CriteriaSet,
  points: ReadonlyMap<string, Fraction | null>,
  evidence: VetoEvidence,
): SheetTotal {
  const all = criteriaOf(set)
  const scored = all.filter(({ code }) => points.has(code))
  const applicable = scored.flatMap(({ code, field, max }) => {
    const each = points.get(code)
    return each ? [{ field, points: each, max: decimal(max) }] : []
  })
  const total = sum(applicable.map((each) => each.points))
  const max = sum(applicable.map((each) => each.max))
  const score =
    applicable.length === 0
      ? null
      : roundHalfUp(multiply(over(total, max), fraction(set.scale)), set.rounding.score)

  return {
    fields: set.fields.map(({ code, name }) => {
      const own = applicable.filter(({ field }) => field === code)
      return {
        code,
        name,
        points: number(sum(own.map((each) => each.points))),
        max: number(sum(own.map((each) => each.max))),
      }
    }),
    points: number(total),
    max: number(max),
    score,
    rescaled: applicable.length < scored.length,
    partial: scored.length < all.length,
    ...cappedGrade(set, score, evidence),
    tieBreakers: set.tieBreakers.map((code) => {
      const each = points.get(code)
      return each ? number(each) : null
    }),
  }
}

function cappedGrade(set: CriteriaSet, score: number | null, evidence: VetoEvidence) {
  const earned = gradeOf(score, set.bands)
  if (earned === null) return { grade: null, gradeName: null, vetoes: [] }
  const applied = set.vetoes
    .filter((veto) => isVetoed(veto, evidence))
    .filter(({ capGrade: cap }) => capGrade(earned, cap, set.bands) !== earned)
  const band = applied.reduce((lowest, veto) => capGrade(lowest, veto.capGrade, set.bands), earned)
  return { grade: band.grade, gradeName: band.name, vetoes: applied.map(({ name }) => name) }
}

/** What was not measured does not veto. The metric is compared unrounded. */
function isVetoed(veto: CriteriaSet['vetoes'][number], { values, facts }: VetoEvidence): boolean {
  if (veto.type === 'fact') return facts.includes(veto.fact)
  const value = values[veto.metric]
  if (!value || value.denominator === 0) return false
  const percent = multiply(fraction(value.numerator, value.denominator), fraction(100))
  return compareFractions(percent, decimal(veto.percent)) < 0
}

function number(points: Fraction): number {
  return roundHalfUp(points, 12)
}
