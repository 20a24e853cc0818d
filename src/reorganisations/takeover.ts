import type { ReorganisationPlan } from './plan-schema.ts'

/** What decides where a dossier goes: keys of its units, its procedure's code and field. */
export interface DossierPlace {
  readonly unit: string
  readonly receiving: string
  readonly holder: string
  readonly procedure: string
  readonly field: string
}

export interface NewPlace extends Pick<DossierPlace, 'unit' | 'receiving' | 'holder'> {
  /** False: nobody has said which unit takes it over; somebody named in the plan holds it meanwhile. */
  readonly decided: boolean
}

type ShopOf = (unit: string) => string | null

/**
 * Where the plan puts a dossier. The unit that receives for it is that of its new unit, unless its old one goes on.
 * `shopOf`: the shop that receives for a unit. Example: resolved and received at Xã Ngọc Kỳ, which merged into
 * Xã Kỳ Sơn → all three are Xã Kỳ Sơn.
 */
export function placeAfter(plan: ReorganisationPlan, before: DossierPlace, shopOf: ShopOf): NewPlace {
  const unit = takeoverOf(plan, before.unit, before)
  if (unit === null) {
    const { receiving } = before
    return { unit: before.unit, receiving, holder: plan.coordinator ?? before.holder, decided: false }
  }
  const shop = takeoverOf(plan, before.receiving, before)
  const newUnit = unit ?? before.unit
  const ownShop = unit === undefined ? null : shopOf(newUnit)
  const receiving = shop === undefined ? before.receiving : (ownShop ?? shop ?? before.receiving)
  return { unit: newUnit, receiving, holder: holderAfter(plan, before, newUnit, receiving), decided: true }
}

function holderAfter(
  plan: ReorganisationPlan,
  before: DossierPlace,
  unit: string,
  receiving: string,
): string {
  if (before.holder === before.unit) return unit
  if (before.holder === before.receiving) return receiving
  const next = takeoverOf(plan, before.holder, before)
  return next === undefined ? before.holder : (next ?? unit)
}

/**
 * Who takes over a unit's open dossiers of a procedure: what the plan says of the procedure, then of its field, then
 * of the unit, then the one unit it became. `undefined`: the unit goes on; `null`: it is not decided.
 */
export function takeoverOf(
  { takeovers, closes, lineage }: ReorganisationPlan,
  from: string,
  { procedure, field }: Pick<DossierPlace, 'procedure' | 'field'>,
): string | null | undefined {
  const own = takeovers.filter((takeover) => takeover.from === from)
  const said =
    own.find((takeover) => takeover.procedure === procedure) ??
    own.find((takeover) => takeover.procedure === undefined && takeover.field === field) ??
    own.find((takeover) => takeover.procedure === undefined && takeover.field === undefined)
  if (said !== undefined) return said.to
  if (!closes.includes(from)) return undefined
  const became = lineage.find(
    (link) => link.from === from && (link.kind === 'merge' || link.kind === 'rename'),
  )
  return became?.to ?? null
}
