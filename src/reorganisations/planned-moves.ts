import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { type Catalogue, versionOn } from '../catalogue/catalogue.ts'
import type { LocalDay } from '../domain/calendar/day.ts'
import type { UnitMove } from '../domain/life-cycle/transfer-unit.ts'
import type { ReorganisationPlan } from './plan-schema.ts'
import { placeAfter } from './takeover.ts'

interface PlannedMoves {
  /** Units whose dossiers the plan may move. */
  readonly unitIds: readonly number[]
  moveOf(dossier: StoredDossier): UnitMove
}

/** A recorded plan in the words of the database. */
export function plannedMoves(catalogue: Catalogue, plan: ReorganisationPlan): PlannedMoves {
  const { unitByKey, unitById, procedureById, fieldById } = catalogue
  const idOf = (key: string) => unitByKey.get(key)!.id
  const keyOf = (id: number) => unitById.get(id)!.key
  const shopOf = (key: string) => {
    const shop = unitByKey.get(key)!.receivingShopId
    return shop === null ? null : keyOf(shop)
  }
  return {
    unitIds: movedUnits(plan).map(idOf),
    moveOf(dossier) {
      const procedure = procedureById.get(dossier.procedureId)!
      const place = placeAfter(
        plan,
        {
          unit: keyOf(dossier.unitId),
          receiving: keyOf(dossier.receivingUnitId),
          holder: keyOf(dossier.holderUnitId),
          procedure: procedure.code,
          field: fieldById.get(procedure.fieldId)!.slug,
        },
        shopOf,
      )
      // A result is handed over at the shop.
      const isResult = dossier.endedOn !== null && dossier.endedOn < plan.on && place.decided
      return moveTo(catalogue, plan.on, dossier.assigneeId, {
        unitId: idOf(place.unit),
        receivingUnitId: idOf(place.receiving),
        holderUnitId: idOf(isResult ? place.receiving : place.holder),
      })
    },
  }
}

/** Keys of the units whose dossiers a plan may move: those that close, and those that give functions away. */
export function movedUnits({ closes, takeovers }: ReorganisationPlan): readonly string[] {
  return [...new Set([...closes, ...takeovers.map(({ from }) => from)])]
}

/** The move to a place: an officer keeps the dossier who holds a post there on that day. */
export function moveTo(
  catalogue: Catalogue,
  on: LocalDay,
  assigneeId: number | null,
  place: Pick<UnitMove, 'unitId' | 'receivingUnitId' | 'holderUnitId'>,
): UnitMove {
  const units = [place.unitId, place.receivingUnitId, place.holderUnitId]
  const posts = assigneeId === null ? [] : (catalogue.officerById.get(assigneeId)?.memberships ?? [])
  const keepsAssignee = posts.some(
    (post) => units.includes(post.unitId) && versionOn([post], on) !== undefined,
  )
  return { on, ...place, keepsAssignee }
}
