import { catalogueOf } from '../catalogue/catalogue.ts'
import { type UnitChoice, unitChoices } from '../catalogue/unit-choices.ts'
import type { Actor, Deps } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { unitFilter } from '../web/controls.ts'
import { type Html, NOTHING } from '../web/html.ts'
import { seenDossiers } from './seen-units.ts'

/** The choice of a unit over a list of dossiers; none for who has one unit only. */
export function seenUnitFilter(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  page: string,
  chosen: string | undefined,
  keep: Readonly<Record<string, string>> = {},
): Html {
  const choices = seenUnitChoices(deps, actor)
  if (choices.length < 2 && chosen === undefined) return NOTHING
  const all = seenDossiers(deps, actor) === null ? 'Tất cả đơn vị' : 'Đơn vị của tôi'
  return unitFilter(page, choices, chosen, keep, all)
}

/** The units whose dossiers somebody may choose among today: those they see, and those their shop receives for. */
function seenUnitChoices({ db, clock }: Pick<Deps, 'db' | 'clock'>, actor: Actor): readonly UnitChoice[] {
  const catalogue = catalogueOf(db)
  const choices = unitChoices(catalogue, localDayOf(clock.now()))
  const seen = seenDossiers({ db, clock }, actor)
  if (seen === null) return choices
  const units = new Set(seen.unitIds)
  return choices.filter(({ key }) => {
    const unit = catalogue.unitByKey.get(key)!
    return units.has(unit.id) || units.has(unit.receivingShopId ?? 0)
  })
}
