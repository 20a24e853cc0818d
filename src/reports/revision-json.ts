import { printInstant } from '../domain/calendar/day.ts'
import type { AdjustedCounter, AdjustingEvent } from './adjustments.ts'
import type { Bridge } from './bridge.ts'
import type { LateEvent } from './late-events.ts'

/** A late event as the API and the command line print it. */
export function lateEventJson(event: LateEvent) {
  const { id, dossierId, code, act, actLabel, actor, reason } = event
  const occurredAt = printInstant(event.occurredAt)
  const recordedAt = printInstant(event.recordedAt)
  return { id, dossierId, code, act, actLabel, occurredAt, recordedAt, actor, reason }
}

export function adjustingEventJson(event: AdjustingEvent) {
  return { ...lateEventJson(event), revision: event.revision }
}

export function counterJson({ counter, before, after }: AdjustedCounter) {
  return { counter, before, after, difference: after - before }
}

export function bridgeJson({ previous, total, rows, events }: Bridge) {
  const { open, adjustment, carriedOver, unexplained } = total
  return {
    previous,
    open,
    adjustment,
    carriedOver,
    unexplained,
    rows: rows.map(({ id: _, ...row }) => row),
    events: events.map(lateEventJson),
  }
}
