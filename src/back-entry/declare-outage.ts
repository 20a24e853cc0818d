import { endOutage, findOutage, insertOutage } from '../../db/queries/outages.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Actor, Deps } from '../deps.ts'
import { type Instant, localDayOf } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'
import { receivingUnit } from '../dossiers/intake-place.ts'
import { standFor } from '../dossiers/own-unit.ts'

export interface OutageInput {
  readonly unit: string
  readonly fromAt: Instant
  /** Left out while it lasts. */
  readonly toAt?: Instant | undefined
  readonly reason: string
}

/** The head says when a shop was without the system; slips of that time may be entered later. Run it inside a write. */
export function declareOutage({ db, clock }: Deps, actor: Actor, outage: OutageInput): number {
  const { fromAt, toAt = null } = outage
  const reason = outage.reason.trim()
  const now = clock.now()
  if (fromAt > now || (toAt !== null && (toAt <= fromAt || toAt > now))) throw new RuleError('invalid_outage')
  if (reason === '') throw new RuleError('reason_required', { act: 'Khai báo gián đoạn' })
  const { unit } = receivingUnit(catalogueOf(db), outage.unit, localDayOf(fromAt))
  mustDeclare({ db, clock }, actor, unit.id)
  const id = insertOutage(db, {
    unitId: unit.id,
    fromAt,
    toAt,
    reason,
    declaredBy: actor.officerId,
    declaredAt: now,
  })
  const data = { outage: id, unit: unit.id, what: 'declared' }
  recordAudit({ db, clock }, { kind: 'outage_declared', actorId: actor.officerId, data })
  return id
}

/** The system is back, at `toAt`. Run it inside a write. */
export function finishOutage({ db, clock }: Deps, actor: Actor, id: number, toAt: Instant): void {
  const outage = findOutage(db, id)
  if (outage === null) throw new RuleError('unknown_outage')
  mustDeclare({ db, clock }, actor, outage.unitId)
  if (toAt > clock.now()) throw new RuleError('invalid_outage')
  if (!endOutage(db, id, toAt)) throw new RuleError('unknown_outage')
  const data = { outage: id, unit: outage.unitId, what: 'ended' }
  recordAudit({ db, clock }, { kind: 'outage_declared', actorId: actor.officerId, data })
}

function mustDeclare({ db, clock }: Pick<Deps, 'db' | 'clock'>, actor: Actor, unitId: number): void {
  const now = clock.now()
  const permission = 'outages_declare'
  standFor(catalogueOf(db), { actor, permission, unitIds: [unitId], day: localDayOf(now), now })
}
