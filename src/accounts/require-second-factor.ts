import { upsertSetting } from '../../db/queries/settings.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { Actor, Deps } from '../deps.ts'
import { must } from './access.ts'
import { SECOND_FACTOR_SETTING } from './principal.ts'

/** Sets whether administrators need a second factor: who has none is led to it at the next page. Run it inside a write. */
export function requireSecondFactor(deps: Pick<Deps, 'db' | 'clock'>, actor: Actor, on: boolean): void {
  must(actor, 'accounts')
  upsertSetting(deps.db, SECOND_FACTOR_SETTING, on)
  const data = { setting: SECOND_FACTOR_SETTING, on }
  recordAudit(deps, { kind: 'setting_changed', actorId: actor.officerId, data })
}
