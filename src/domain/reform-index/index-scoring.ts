import { decimal, type Fraction, roundHalfUp, ZERO } from '../fraction.ts'
import {
  type CriteriaSet,
  type Criterion,
  type CriterionKind,
  criteriaOf,
  type VetoFact,
} from './criteria-set.ts'
import { explainFullMarks, explainLeftOut, explainPoints, explainUndeclared } from './index-explanation.ts'
import type { MetricValue, MetricValues } from './index-metrics.ts'
import { pointsByRule, type RuleContext } from './index-rules.ts'
import { type SheetTotal, totalSheet } from './index-totals.ts'

export interface CriterionScore {
  /** Unrounded (to 12 decimals); null: not applicable. */
  readonly points: number | null
  readonly max: number
  readonly explanation: string
}

/** What of a criterion decides its points. */
export type ScorableCriterion = Pick<Criterion, 'kind' | 'max' | 'rule' | 'notApplicable' | 'fullMarks'>

export interface ScoredCriterion extends CriterionScore {
  readonly code: string
  readonly name: string
  readonly field: string
  readonly kind: CriterionKind
}

export interface SheetScore extends SheetTotal {
  readonly setId: string
  readonly criteria: readonly ScoredCriterion[]
}

/** What is known besides the metrics: values of criteria that are not automatic, by code, and facts. */
export interface SheetEvidence {
  readonly byCriterion?: Readonly<Record<string, CriterionEvidence>>
  readonly facts?: readonly VetoFact[]
}

export interface CriterionEvidence extends Pick<RuleContext, 'ticked' | 'average'> {
  readonly value?: MetricValue | null
}

/**
 * The points of one criterion for a measured value, with the sentence that explains them.
 * A denominator of 0 (nothing to measure) gives null points, or full marks if the criterion says so. A value of
 * null (no figures) gives null points to automatic and survey criteria, and 0 to those a unit has to declare:
 * who declares nothing must not gain by the rescaling. A checklist is scored by `context.ticked` and needs no value.
 * Example: 7.1 (5 points, target 70) with N1 56/100 gives 4: 56/70 × 5.
 */
export function scoreCriterion(
  criterion: ScorableCriterion,
  value: MetricValue | null,
  context: RuleContext = {},
): CriterionScore {
  const { points, explanation } = exactScore(criterion, value, context)
  return { points: points && roundHalfUp(points, 12), max: criterion.max, explanation }
}

/**
 * The automatic column of a unit's sheet: every criterion of the given kinds, in the order of the set, and the
 * total. The first kinds to be scored are the automatic ones: 25.5 of the model set's 100 points, rescaled to
 * the scale. Only the final score is rounded. Same set and values, same sheet.
 * Throws RangeError for a set that was not validated.
 */
export function scoreSheet(
  set: CriteriaSet,
  values: MetricValues,
  kinds: readonly CriterionKind[] = ['auto'],
  evidence: SheetEvidence = {},
): SheetScore {
  const points = new Map<string, Fraction | null>()
  const criteria = criteriaOf(set)
    .filter(({ kind }) => kinds.includes(kind))
    .map((criterion) => {
      const { code, name, field, kind, max, metric } = criterion
      const given = evidence.byCriterion?.[code] ?? {}
      const value = (metric === undefined ? given.value : values[metric]) ?? null
      const score = exactScore(criterion, value, { ...given, settings: set.settings })
      points.set(code, score.points)
      const shown = score.points && roundHalfUp(score.points, 12)
      return { code, name, field, kind, points: shown, max, explanation: score.explanation }
    })
  return { setId: set.setId, criteria, ...totalSheet(set, points, { values, facts: evidence.facts ?? [] }) }
}

function exactScore(
  criterion: ScorableCriterion,
  value: MetricValue | null,
  context: RuleContext,
): { readonly points: Fraction | null; readonly explanation: string } {
  const { kind, rule, max, fullMarks } = criterion
  const measured = rule.type === 'checklist' && context.ticked ? TICKED : value
  if (measured?.denominator === 0 && fullMarks) {
    return { points: decimal(max), explanation: explainFullMarks(max) }
  }
  if (measured === null && (kind === 'declared' || kind === 'semi')) {
    return { points: ZERO, explanation: explainUndeclared(max) }
  }
  if (measured === null || measured.denominator === 0) {
    return { points: null, explanation: explainLeftOut(measured) }
  }
  const points = pointsByRule(rule, measured, max, context)
  return { points, explanation: explainPoints(criterion, measured, points, context) }
}

/** The value of a checklist is in what was ticked. */
const TICKED: MetricValue = { numerator: 0, denominator: 1 }
