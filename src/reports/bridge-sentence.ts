import type { Period } from '../domain/calendar/periods.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import type { BridgeRow } from './bridge.ts'

type Figures = Pick<BridgeRow, 'open' | 'adjustment' | 'carriedOver' | 'unexplained'>

/** 'Điều chỉnh kỳ trước: đang giải quyết cuối kỳ trước khi chốt 12 + 1 = kỳ trước chuyển qua 13 (Tuần 9/2023 …)' */
export function bridgeSentence({ open, adjustment, carriedOver }: Figures, previous: Period): string {
  const sign = adjustment < 0 ? '−' : '+'
  return `Điều chỉnh kỳ trước: đang giải quyết khi chốt kỳ trước ${formatCount(open)} ${sign} ${formatCount(Math.abs(adjustment))} = kỳ trước chuyển qua ${formatCount(carriedOver)} (${previous.label})`
}

/** What of a bridge nothing explains, or null: the figures were changed without their events. */
export function unexplainedSentence({ unexplained }: Figures): string | null {
  if (unexplained === 0) return null
  return `Chênh lệch ${formatCount(unexplained)} hồ sơ không có sự kiện nào giải thích: lỗi số liệu, hãy báo quản trị viên.`
}
