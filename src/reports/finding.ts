import { formatCount, formatRate } from '../domain/counting/rate-format.ts'
import { compareRates, isRanked, type Rate } from '../domain/counting/rates.ts'
import type { Report } from './report.ts'

type Found = Pick<Report, 'total'>

/**
 * What the period comes to, in one sentence: the headline rate against the period before, and beside it what lies
 * overdue, which that rate does not see. Example: 'Đúng hạn giảm còn 94,2 %, 14 hồ sơ đang quá hạn'.
 */
export function finding(report: Found, previous: Found): string {
  return `${onTimeSentence(report, previous)}, ${overdueSentence(report, previous)}`
}

function onTimeSentence({ total }: Found, previous: Found): string {
  const now = total.rates.V1 ?? null
  const before = previous.total.rates.V1 ?? null
  if (now === null) return total.tally.received === 0 ? 'Không phát sinh hồ sơ' : 'Chưa giải quyết hồ sơ nào'
  if (!isRanked(now)) return `Đúng hạn ${formatRate(now)} hồ sơ`
  const printed = titleRate(now)
  if (before === null || !isRanked(before)) return `Đúng hạn ${printed}`
  const direction = compareRates(now, before)
  if (direction === 0 || printed === titleRate(before)) return `Đúng hạn giữ ở ${printed}`
  return direction > 0 ? `Đúng hạn tăng lên ${printed}` : `Đúng hạn giảm còn ${printed}`
}

/** One decimal in titles; exactly all needs none. */
function titleRate(rate: Rate): string {
  return formatRate(rate, { decimals: rate.numerator === rate.denominator ? 0 : 1 })
}

function overdueSentence({ total }: Found, previous: Found): string {
  const { openOverdue } = total.tally
  const before = previous.total.tally.openOverdue
  if (openOverdue === 0) return before === 0 ? 'không có hồ sơ quá hạn tồn' : 'không còn hồ sơ quá hạn tồn'
  const count = `${formatCount(openOverdue)} hồ sơ quá hạn tồn`
  if (openOverdue === before) return `vẫn ${count}`
  return openOverdue > before ? `quá hạn tồn tăng lên ${formatCount(openOverdue)} hồ sơ` : `còn ${count}`
}
