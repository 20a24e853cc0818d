import type { Db } from '../../db/open.ts'
import { readSetting } from '../../db/queries/settings.ts'
import { formatRate } from '../domain/counting/rate-format.ts'
import type { Rate } from '../domain/counting/rates.ts'
import { SETTINGS } from '../settings/settings.ts'

/** What a rate should reach, by variant code: a fraction like the rates themselves. */
export interface Targets {
  readonly V2: Rate
  readonly N1: Rate
}

/**
 * The targets in force: the setting `rate_targets` ({"V2": 98, "N1": 70.54} in percent) over the defaults. Under 95 % a unit is
 * sent a reminder; 70 % online was the target of the model set for 2022.
 */
export function rateTargets(db: Db): Targets {
  const given = readSetting(db, 'rate_targets') as Partial<Record<keyof Targets, number>> | undefined
  const { parts } = SETTINGS.rate_targets
  const percent = (code: keyof Targets) => {
    const value = given?.[code]
    const percents = typeof value === 'number' && value >= 0 && value <= 100 ? value : parts[code].otherwise
    if (Number.isInteger(percents)) return { numerator: percents, denominator: 100 }
    return { numerator: Math.round(percents * 100), denominator: 10_000 }
  }
  return { V2: percent('V2'), N1: percent('N1') }
}

/** A target as it was set, with the decimals it has: `70 %`, `70,54 %`. */
export function formatTarget(target: Rate): string {
  return formatRate(target, {
    decimals: target.denominator === 100 ? 0 : target.numerator % 10 === 0 ? 1 : 2,
  })
}
