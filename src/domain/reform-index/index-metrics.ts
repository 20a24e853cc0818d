import type { Tally } from '../counting/tally.ts'

/** What the criteria of the reform index may be computed from; a criteria set names nothing else. */
export const METRIC_NAMES = {
  'on_time.v2': 'Tỷ lệ hồ sơ giải quyết đúng hạn (V2)',
  'online.n1': 'Tỷ lệ hồ sơ nộp trực tuyến mức độ 3, 4 (N1)',
  'overdue.pending_at_end': 'Hồ sơ quá hạn còn tồn cuối kỳ',
  'apology.in_time': 'Tỷ lệ hồ sơ quá hạn được xin lỗi, hẹn lại đúng quy định',
  'supplement.at_most_one': 'Tỷ lệ hồ sơ yêu cầu bổ sung không quá 01 lần',
  'monthly_grade.good_or_better': 'Tỷ lệ tháng Bộ phận Một cửa được xếp loại tốt trở lên',
  'procedures.with_online_dossiers': 'Tỷ lệ thủ tục cung cấp trực tuyến có phát sinh hồ sơ trực tuyến',
  digitisation: 'Tỷ lệ hồ sơ được số hóa',
  'payment.online': 'Tỷ lệ hồ sơ thanh toán trực tuyến',
} as const satisfies Record<string, string>

export type MetricName = keyof typeof METRIC_NAMES

/**
 * A measured value as two integers; a count has denominator 1. A denominator of 0 says that there was nothing to
 * measure; a value of null (or none) says that it was not measured at all.
 */
export interface MetricValue {
  readonly numerator: number
  readonly denominator: number
}

export type MetricValues = Readonly<Partial<Record<MetricName, MetricValue | null>>>

/** The metrics that follow from a tally alone; the other two need months and procedures. */
export type TallyMetric = Exclude<
  MetricName,
  'monthly_grade.good_or_better' | 'procedures.with_online_dossiers'
>

/**
 * The metrics of a unit's year from its tally. V2 and N1 are the definitions of the same name among the rate
 * variants; they are fixed here because the criteria name them.
 * Example: openOverdue 2 at 14/12/2022 gives `overdue.pending_at_end` 2/1; no late dossier gives apology 0/0.
 */
export function metricsOfTally(tally: Tally): Readonly<Record<TallyMetric, MetricValue>> {
  return {
    'on_time.v2': {
      numerator: tally.early + tally.onTime + tally.openInTime,
      denominator: tally.resolved + tally.open,
    },
    'online.n1': {
      numerator: tally.receivedLevel3 + tally.receivedLevel4,
      denominator: tally.received,
    },
    'overdue.pending_at_end': { numerator: tally.openOverdue, denominator: 1 },
    'apology.in_time': { numerator: tally.apologised, denominator: tally.becameLate },
    'supplement.at_most_one': {
      numerator: tally.received - tally.multiSupplement,
      denominator: tally.received,
    },
    digitisation: { numerator: tally.digitised, denominator: tally.received },
    'payment.online': { numerator: tally.paidOnline, denominator: tally.feeDue },
  }
}
