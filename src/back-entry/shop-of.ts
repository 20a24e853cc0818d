import type { FastifyRequest } from 'fastify'
import { postsOn } from '../accounts/posts.ts'
import { unitsGranted } from '../accounts/seen-units.ts'
import { catalogueOf, type Unit, versionOn } from '../catalogue/catalogue.ts'
import { unitName } from '../catalogue/unit-choices.ts'
import type { Deps } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { actorOf } from '../web/actor.ts'
import { unitFilter } from '../web/controls.ts'
import type { Html } from '../web/html.ts'

/** The shop a page is about: the one asked for, else that of whoever asks; and the choice of another they see. */
export function shopOf(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  request: FastifyRequest,
  page: string,
  asked: string | undefined,
): { readonly shop: Unit | undefined; readonly filter: Html } {
  const catalogue = catalogueOf(db)
  const today = localDayOf(clock.now())
  const actor = actorOf(request)
  const { officerId } = actor
  // Whoever takes dossiers in somewhere reads the slips there.
  const seen = unitsGranted({ db, clock }, actor, 'back_entry_read')
  const shops = catalogue.units.filter(
    ({ id, kind, versions }) =>
      (kind === 'shop' || kind === 'shop_and_resolver') &&
      versionOn(versions, today) !== undefined &&
      (seen === null || seen.has(id)),
  )
  const posts = officerId === null ? [] : postsOn(catalogue, officerId, today)
  const shop =
    asked === undefined || asked === ''
      ? shops.find(({ id }) => posts.some((post) => post.unitId === id))
      : shops.find(({ key }) => key === asked)
  const choices = shops
    .map((unit) => ({ key: unit.key, name: unitName(unit, today) }))
    .sort((a, b) => a.name.localeCompare(b.name, 'vi'))
  return { shop, filter: unitFilter(page, choices, shop?.key) }
}
