import { clearAlarm, openAlarms } from '../../db/queries/alarms.ts'
import { must } from '../accounts/access.ts'
import { ALARMS, type AlarmKind } from '../alarms.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { Actor, Deps } from '../deps.ts'
import { RuleError } from '../domain/refusals.ts'

/**
 * Alarms that tell of something that happened: once it is seen to, a person may clear them. All others tell how things
 * stand; cleared by hand they would come back or, worse, not.
 */
const DISMISSIBLE: ReadonlySet<AlarmKind> = new Set(['job_failed', 'feed_untrusted', 'workers_stopped'])

export function isDismissible(kind: AlarmKind): boolean {
  return DISMISSIBLE.has(kind)
}

/** Clears an open alarm. Throws `unknown_alarm`, `alarm_stays`. Run it inside a write. */
export function dismissAlarm(deps: Pick<Deps, 'db' | 'clock'>, actor: Actor, id: number): void {
  must(actor, 'jobs')
  const { db, clock } = deps
  const alarm = openAlarms(db).find((open) => open.id === id)
  if (alarm === undefined) throw new RuleError('unknown_alarm')
  const { kind } = alarm
  if (!isDismissible(kind)) throw new RuleError('alarm_stays', { label: ALARMS[kind]?.label ?? kind })
  clearAlarm(db, alarm, clock.now())
  recordAudit(deps, {
    kind: 'alarm_cleared',
    actorId: actor.officerId,
    data: { alarm: kind, what: 'dismissed' },
  })
}
