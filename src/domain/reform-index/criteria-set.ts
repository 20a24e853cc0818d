import type { LocalDay } from '../calendar/day.ts'
import type { Band, Grade } from './grades.ts'
import type { MetricName } from './index-metrics.ts'
import type { IndexRule } from './index-rules.ts'
import type { MonthlyGradeScheme } from './monthly-grade.ts'

/** auto: from dossiers; semi: proposed, the unit confirms; declared: with evidence, appraised; survey. */
export const CRITERION_KINDS = ['auto', 'semi', 'declared', 'survey'] as const

export type CriterionKind = (typeof CRITERION_KINDS)[number]

/** One criterion: what it measures and how a value becomes points. */
export interface Criterion {
  readonly code: string
  readonly name: string
  readonly max: number
  readonly kind: CriterionKind
  /** Of `auto` criteria: what is measured. The value of any other kind is given by the criterion's code. */
  readonly metric?: MetricName
  readonly rule: IndexRule
  /** Nothing to measure: the criterion is left out and the rest rescaled. This also holds when neither is said. */
  readonly notApplicable?: 'when_denominator_zero'
  /** Nothing to measure: full points (no late dossier, so no apology was owed). */
  readonly fullMarks?: 'when_denominator_zero'
  /** The rule in words, for the page and the printed set. */
  readonly note?: string
}

export interface CriteriaField {
  readonly code: string
  readonly name: string
  readonly max: number
  readonly criteria: readonly Criterion[]
}

/** Facts that the appraisal establishes and that cap the grade. */
export type VetoFact = 'one_stop_officer_disciplined' | 'data_falsified'

/** A condition under which no grade above `capGrade` is given (điều kiện khống chế). */
export type Veto = { readonly name: string; readonly capGrade: Grade } & (
  | { readonly type: 'metric_below'; readonly metric: MetricName; readonly percent: number }
  | { readonly type: 'fact'; readonly fact: VetoFact }
)

/**
 * A criteria set of the reform index: issued by an authority for one year, immutable once issued.
 * No national commune set exists, so every number in it is data; a set of the product itself is a `model`.
 */
export interface CriteriaSet {
  readonly setId: string
  readonly name: string
  /** null in a model set, which nobody has issued. */
  readonly issuer: string | null
  readonly documentNo: string | null
  readonly unitLevel: 'province' | 'district' | 'commune'
  readonly year: number
  readonly period: {
    readonly scheme: 'calendar' | 'nd09_2019'
    readonly from: LocalDay
    readonly to: LocalDay
  }
  readonly status: 'draft' | 'issued' | 'superseded'
  readonly supersedes?: string
  readonly scale: number
  readonly rounding: { readonly score: number; readonly mode: 'half_up' }
  /** Numbers of the year that rules refer to by name, as the target for online dossiers in percent. */
  readonly settings: Readonly<Record<string, number>>
  readonly fields: readonly CriteriaField[]
  readonly bands: readonly Band[]
  readonly vetoes: readonly Veto[]
  /** Codes of the criteria that separate equal scores, in this order. */
  readonly tieBreakers: readonly string[]
  readonly monthlyGrade: MonthlyGradeScheme
  /** true: printed with the label "bộ tiêu chí mẫu"; it is not the set of any province or district. */
  readonly model: boolean
}

/** All criteria of a set in their order, each with the field it stands in. */
export function criteriaOf(set: CriteriaSet): readonly (Criterion & { readonly field: string })[] {
  return set.fields.flatMap(({ code, criteria }) => criteria.map((each) => ({ ...each, field: code })))
}
