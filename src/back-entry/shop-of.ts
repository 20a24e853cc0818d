import type { FastifyRequest } from 'fastify'
import { catalogueOf, type Unit, versionOn } from '../catalogue/catalogue.ts'
import { unitName } from '../catalogue/unit-choices.ts'
import type { Deps } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { unitFilter } from '../web/controls.ts'
import type { Html } from '../web/html.ts'
import { officerKeyOf } from '../web/page-actor.ts'

/** The shop a page is about: the one asked for, else that of whoever sits at this browser; and the choice of another. */
export function shopOf(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  request: FastifyRequest,
  page: string,
  asked: string | undefined,
): { readonly shop: Unit | undefined; readonly filter: Html } {
  const catalogue = catalogueOf(db)
  const today = localDayOf(clock.now())
  const shops = catalogue.units.filter(
    ({ kind, versions }) =>
      (kind === 'shop' || kind === 'shop_and_resolver') && versionOn(versions, today) !== undefined,
  )
  const officer = catalogue.officerByKey.get(officerKeyOf(request) ?? '')
  const own = officer && versionOn(officer.memberships, today)?.unitId
  const shop =
    asked === undefined || asked === ''
      ? shops.find(({ id }) => id === own)
      : shops.find(({ key }) => key === asked)
  const choices = shops
    .map((unit) => ({ key: unit.key, name: unitName(unit, today) }))
    .sort((a, b) => a.name.localeCompare(b.name, 'vi'))
  return { shop, filter: unitFilter(page, choices, shop?.key) }
}
