import { formatRate } from '../domain/counting/rate-format.ts'
import { isRanked, type Rate } from '../domain/counting/rates.ts'

/** A rate as the API prints it; null where there was nothing to measure. */
export function rateJson(rate: Rate | null) {
  return rate && { ...rate, text: formatRate(rate), ranked: isRanked(rate) }
}
