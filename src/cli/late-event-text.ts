import { printInstant } from '../domain/calendar/day.ts'
import type { LateEvent } from '../reports/late-events.ts'
import { moment } from '../web/formats.ts'

/** One line: dossier, act, when it happened and was recorded, who, why. */
export function lateEventLine(event: LateEvent): string {
  const { code, dossierId, actLabel, occurredAt, recordedAt, actor, reason } = event
  const when = `${moment(occurredAt)}, ghi nhận ${moment(recordedAt)}`
  return `${code ?? `#${dossierId}`}  ${actLabel}  ${when}  ${actor}${reason === null ? '' : `: ${reason}`}\n`
}

export function lateEventJson(event: LateEvent) {
  return {
    id: event.id,
    code: event.code,
    act: event.act,
    occurred_at: printInstant(event.occurredAt),
    recorded_at: printInstant(event.recordedAt),
    actor: event.actor,
    reason: event.reason,
  }
}
