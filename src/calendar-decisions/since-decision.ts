import type { TimelineEvent } from '../../db/queries/timeline.ts'
import type { Dossier } from '../domain/life-cycle/dossier.ts'

/** Why a dossier keeps the dates a decision gave it when the decision is undone. */
export const LEFT_WHY = {
  ended: 'đã kết thúc',
  moved: 'sau đó đã được thay đổi hạn, tạm dừng hoặc hẹn lại',
  past: 'hạn cũ đã qua, trả lại sẽ đổi số liệu của những ngày đã qua',
  newcomer: 'tiếp nhận hoặc tính lại hạn sau khi ghi quyết định',
} as const
export type LeftWhy = keyof typeof LEFT_WHY

/** Facts that say where the clocks stand. */
const CLOCK_FACTS: ReadonlySet<string> = new Set<keyof Dossier>([
  'acceptedAt',
  'receivingDueAt',
  'receivedLate',
  'dueAt',
  'appointmentAt',
  'lateOn',
  'pausedSince',
  'clockStartedAt',
  'extensionDays',
])

export interface SinceDecision {
  /** The timeline before the decision moved the dossier, and the event that did. */
  readonly earlier: readonly TimelineEvent[]
  readonly move: TimelineEvent
  /** What else has happened since that leaves the dossier to itself; null: nothing. */
  readonly left: Extract<LeftWhy, 'ended' | 'moved'> | null
}

/** A timeline cut at the event of a decision recorded at `recordedAt`; null when it has none. */
export function sinceDecision(events: readonly TimelineEvent[], recordedAt: number): SinceDecision | null {
  const index = events.findLastIndex(
    (event) => event.act === 'calendar_change' && event.recordedAt === recordedAt,
  )
  const move = events[index]
  if (move === undefined) return null
  const later = events.slice(index + 1).map(({ changes }) => JSON.parse(changes) as Partial<Dossier>)
  const ended = later.some(
    ({ endedAt, state }) => endedAt != null || state === 'voided' || state === 'not_accepted',
  )
  const moved = later.some((changes) => Object.keys(changes).some((fact) => CLOCK_FACTS.has(fact)))
  return { earlier: events.slice(0, index), move, left: ended ? 'ended' : moved ? 'moved' : null }
}
