import {
  add,
  clamp,
  compareFractions,
  decimal,
  type Fraction,
  floor,
  fraction,
  multiply,
  over,
  subtract,
  ZERO,
} from '../fraction.ts'
import type { MetricValue } from './index-metrics.ts'

/** A number of a rule: written in it, or the name of a setting of the criteria set (the year's target). */
export type RuleNumber = number | { readonly setting: string }

/** Percent: 100 × the fraction; count: the fraction itself. */
export type RuleInput = 'percent' | 'count'

/** From `from` (inclusive) to `to` (exclusive; without it: and everything above). `lerp` runs from end to end. */
export type Segment =
  | { readonly from: number; readonly to?: number; readonly value: number }
  | { readonly from: number; readonly to: number; readonly lerp: readonly [number, number] }

export interface ChecklistItem {
  readonly id: string
  readonly name: string
  readonly points: number
}

/** How a value becomes points: the shapes found in the sets of provinces and districts. */
export type IndexRule =
  | { readonly type: 'boolean' }
  | { readonly type: 'checklist'; readonly items: readonly ChecklistItem[] }
  | { readonly type: 'step'; readonly input: RuleInput; readonly steps: readonly Step[] }
  | { readonly type: 'piecewise'; readonly input: RuleInput; readonly segments: readonly Segment[] }
  | { readonly type: 'linear'; readonly input: 'percent'; readonly zeroBelow?: number }
  | { readonly type: 'target'; readonly target: RuleNumber; readonly zeroBelow?: number }
  | { readonly type: 'deduct'; readonly per: number; readonly unit: string }
  | { readonly type: 'per_unit'; readonly per: number; readonly unit: string }
  | {
      readonly type: 'relative_to_average'
      readonly base: number
      readonly per: number
      readonly step: number
    }
  | { readonly type: 'survey_mean'; readonly scale: number }

/** Points for a value of at least `atLeast`; the steps go down to 0. */
export interface Step {
  readonly atLeast: number
  readonly points: number
}

/** What some rules need besides the value. */
export interface RuleContext {
  readonly settings?: Readonly<Record<string, number>>
  /** Ids of the items of a checklist that were found done. */
  readonly ticked?: readonly string[]
  /** The average that a `relative_to_average` rule compares with. */
  readonly average?: MetricValue
}

/**
 * The exact points of a value by a rule, within 0 … max. Thresholds are compared with the unrounded value.
 * The denominator must not be 0: what nothing to measure means is said by the criterion, not by the rule.
 * Throws RangeError for a denominator of 0, a missing setting or a missing average.
 * Example (2022): 491/500 on time by 95 → 4, 100 → 7 gives 4 + 3.2/5 × 3 = 5.92 of 7.
 */
export function pointsByRule(
  rule: IndexRule,
  value: MetricValue,
  max: number,
  context: RuleContext = {},
): Fraction {
  const points = SCORERS[rule.type] as (rule: IndexRule, input: ScoredInput) => Fraction
  const exactMax = decimal(max)
  const ratio = fraction(value.numerator, value.denominator)
  return clamp(points(rule, { ratio, max: exactMax, context }), ZERO, exactMax)
}

/** The number of a rule, or of the setting it names. Throws RangeError when the set has no such setting. */
export function ruleNumber(number: RuleNumber, settings: RuleContext['settings'] = {}): number {
  if (typeof number === 'number') return number
  const value = settings[number.setting]
  if (value === undefined) throw new RangeError(`the criteria set has no setting ${number.setting}`)
  return value
}

interface ScoredInput {
  readonly ratio: Fraction
  readonly max: Fraction
  readonly context: RuleContext
}

type Scorers = {
  readonly [Type in IndexRule['type']]: (
    rule: Extract<IndexRule, { type: Type }>,
    input: ScoredInput,
  ) => Fraction
}

const SCORERS: Scorers = {
  boolean: (_, { ratio, max }) => (compareFractions(ratio, ZERO) > 0 ? max : ZERO),

  checklist: ({ items }, { context }) =>
    items
      .filter(({ id }) => context.ticked?.includes(id))
      .reduce((points, item) => add(points, decimal(item.points)), ZERO),

  step: ({ input, steps }, { ratio }) => {
    const x = inputOf(input, ratio)
    const step = steps.find(({ atLeast }) => compareFractions(x, decimal(atLeast)) >= 0)
    return step ? decimal(step.points) : ZERO
  },

  piecewise: ({ input, segments }, { ratio }) => {
    const x = inputOf(input, ratio)
    const segment = segments.find((each) => isWithin(x, each))
    return segment ? valueOn(segment, x) : ZERO
  },

  linear: ({ zeroBelow }, { ratio, max }) => towards(decimal(100), zeroBelow, ratio, max),

  target: ({ target, zeroBelow }, { ratio, max, context }) =>
    towards(decimal(ruleNumber(target, context.settings)), zeroBelow, ratio, max),

  deduct: ({ per }, { ratio, max }) => subtract(max, multiply(decimal(per), ratio)),

  per_unit: ({ per }, { ratio }) => multiply(decimal(per), ratio),

  // The average or less gives the base; each full step of percentage points above it adds `per`.
  relative_to_average: ({ base, per, step }, { ratio, context: { average } }) => {
    if (!average) throw new RangeError('a criterion relative to the average needs the average')
    const mean = fraction(average.numerator, average.denominator)
    const above = over(percent(subtract(ratio, mean)), decimal(step))
    const steps = compareFractions(above, ZERO) > 0 ? floor(above) : 0n
    return add(decimal(base), multiply(decimal(per), fraction(steps)))
  },

  survey_mean: ({ scale }, { ratio, max }) => multiply(over(ratio, decimal(scale)), max),
}

/** min(1, r / target) × max, and 0 under the floor. */
function towards(target: Fraction, zeroBelow: number | undefined, ratio: Fraction, max: Fraction): Fraction {
  const x = percent(ratio)
  if (zeroBelow !== undefined && compareFractions(x, decimal(zeroBelow)) < 0) return ZERO
  return compareFractions(x, target) >= 0 ? max : multiply(over(x, target), max)
}

function isWithin(x: Fraction, { from, to }: Segment): boolean {
  return compareFractions(x, decimal(from)) >= 0 && (to === undefined || compareFractions(x, decimal(to)) < 0)
}

function valueOn(segment: Segment, x: Fraction): Fraction {
  if (!('lerp' in segment)) return decimal(segment.value)
  const [start, end] = [decimal(segment.lerp[0]), decimal(segment.lerp[1])]
  const from = decimal(segment.from)
  const share = over(subtract(x, from), subtract(decimal(segment.to), from))
  return add(start, multiply(share, subtract(end, start)))
}

function inputOf(input: RuleInput, ratio: Fraction): Fraction {
  return input === 'percent' ? percent(ratio) : ratio
}

function percent(ratio: Fraction): Fraction {
  return multiply(ratio, fraction(100))
}
