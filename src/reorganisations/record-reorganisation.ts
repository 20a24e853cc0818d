import { endMemberships, insertMembership } from '../../db/queries/memberships.ts'
import { addToOutbox } from '../../db/queries/outbox.ts'
import {
  endUnitVersion,
  insertLineage,
  insertReorganisation,
  insertUnit,
  insertUnitVersion,
  isRecorded,
  setReceivingShop,
} from '../../db/queries/reorganisations.ts'
import { must } from '../accounts/access.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { bumpCatalogue, catalogueOf } from '../catalogue/catalogue.ts'
import type { Actor, Deps } from '../deps.ts'
import { addDays, localDayOf } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'
import { checkPlan } from './check-plan.ts'
import type { ReorganisationPlan, UnitVersionPlan } from './plan-schema.ts'

/**
 * Records a reorganisation: versions of units, lineage and posts are dated rows at once, however far ahead; the open
 * dossiers move when its day has come (the job `apply-reorganisation`, asked for here when the day is past). Run it
 * inside a write; only an administrator may. Refuses what does not fit (`plan_does_not_hold`) and the same one twice (`reorganisation_exists`).
 */
export function recordReorganisation(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  plan: ReorganisationPlan,
): { readonly id: number } {
  must(actor, 'units_reorganise')
  const { on, document, title } = plan
  if (isRecorded(db, document, on)) throw new RuleError('reorganisation_exists', { document, on })
  const catalogue = catalogueOf(db)
  checkPlan(catalogue, plan)
  const ids = new Map(catalogue.units.map(({ key, id }) => [key, id]))
  for (const unit of plan.opens)
    ids.set(unit.key, insertUnit(db, { ...unit, vertical: unit.vertical === true }))
  const idOf = (key: string) => ids.get(key) as number

  const lastDay = addDays(on, -1)
  for (const key of plan.closes) endMemberships(db, idOf(key), lastDay)
  for (const key of [...plan.closes, ...plan.renames.map(({ unit }) => unit)])
    endUnitVersion(db, idOf(key), lastDay)
  const version = ({ parent, ...rest }: UnitVersionPlan, unitId: number) => {
    const parentUnitId = parent === null ? null : idOf(parent)
    insertUnitVersion(db, { ...rest, unitId, parentUnitId, validFrom: on, document })
  }
  for (const { key, kind: _, vertical: __, receivingShop, ...rest } of plan.opens) {
    version(rest, idOf(key))
    setReceivingShop(db, idOf(key), receivingShop === null ? null : idOf(receivingShop))
  }
  for (const { unit, ...rest } of plan.renames) version(rest, idOf(unit))
  for (const { from, to, ...link } of plan.lineage)
    insertLineage(db, { document, ...link, fromUnitId: idOf(from), toUnitId: idOf(to), onDay: on })
  for (const { officer, unit, ...post } of plan.officers)
    insertMembership(db, {
      ...post,
      officerId: catalogue.officerByKey.get(officer)!.id,
      unitId: idOf(unit),
      validFrom: on,
    })

  const now = clock.now()
  const row = {
    onDay: on,
    document,
    title,
    plan: JSON.stringify(plan),
    recordedAt: now,
    actorId: actor.officerId,
  }
  const id = insertReorganisation(db, row)
  const today = localDayOf(now)
  if (on <= today)
    addToOutbox(db, { job: 'apply-reorganisation', payload: JSON.stringify({ day: today }) }, now)
  bumpCatalogue(db)
  const data = { reorganisation: id, what: 'recorded', on }
  recordAudit({ db, clock }, { kind: 'units_reorganised', actorId: actor.officerId, data })
  return { id }
}
