import { setPaused } from '../../../db/queries/webhooks.ts'
import { must } from '../../accounts/access.ts'
import { recordAudit } from '../../audit/record-audit.ts'
import type { Actor, Deps } from '../../deps.ts'
import { knownWebhook } from './known-webhook.ts'

/** Nothing is sent to a paused address; what is recorded meanwhile is sent when it goes on. Safe twice. */
export function pauseWebhook(deps: Pick<Deps, 'db' | 'clock'>, actor: Actor, id: number): void {
  must(actor, 'webhooks')
  const { pausedAt } = knownWebhook(deps, id)
  if (pausedAt !== null) return
  setPaused(deps.db, id, deps.clock.now())
  recordAudit(deps, {
    kind: 'webhook_changed',
    actorId: actor.officerId,
    data: { webhook: id, what: 'paused' },
  })
}

/** Goes on where it was paused. Safe twice. */
export function resumeWebhook(deps: Pick<Deps, 'db' | 'clock'>, actor: Actor, id: number): void {
  must(actor, 'webhooks')
  const { pausedAt } = knownWebhook(deps, id)
  if (pausedAt === null) return
  setPaused(deps.db, id, null)
  recordAudit(deps, {
    kind: 'webhook_changed',
    actorId: actor.officerId,
    data: { webhook: id, what: 'resumed' },
  })
}
