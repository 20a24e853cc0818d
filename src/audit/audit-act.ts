import type { Db } from '../../db/open.ts'
import type { TimelineEvent } from '../../db/queries/timeline.ts'
import { eventDigest } from './event-digest.ts'
import { appendAudit } from './record-audit.ts'

/** Ties an event to the chain: what somebody did on a dossier cannot be told otherwise later. */
export function auditAct(db: Db, dossierId: number, eventId: number, event: TimelineEvent): void {
  const { seq, act, occurredAt, recordedAt, actorId, onBehalfOfId, changes } = event
  const digest = eventDigest([
    ...([eventId, dossierId, seq, act, occurredAt, recordedAt] as const),
    ...([actorId, onBehalfOfId, changes] as const),
  ])
  appendAudit(db, recordedAt, { kind: 'act', actorId, dossierId, data: { event: eventId, digest } })
}
