import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Actor, Deps } from '../deps.ts'
import { type Html, html } from '../web/html.ts'
import { icon } from '../web/icons.ts'
import { dossierHref } from './dossier-table.ts'
import type { Presence } from './presence.ts'

/** Notes that somebody has the dossier open, and says who else has; null for nobody. */
export function presentNow(
  { db }: Pick<Deps, 'db'>,
  presence: Presence,
  { officerId }: Actor,
  { id }: Pick<StoredDossier, 'id'>,
): string | null {
  if (officerId !== null) presence.note(id, officerId)
  const { officerById } = catalogueOf(db)
  const names = presence.others(id, officerId).flatMap((other) => officerById.get(other)?.name ?? [])
  if (names.length === 0) return null
  const last = names.at(-1)
  const listed = names.length === 1 ? last : `${names.slice(0, -1).join(', ')} và ${last}`
  return `${listed} đang mở hồ sơ này`
}

/** The line that says so; a script sends a beat from it and renews it. */
export function presenceView(dossier: StoredDossier, sentence: string | null): Html {
  return html`<p class="presence" role="status" data-presence="${dossierHref(dossier)}/dang-xem">${icon('person')}<span>${sentence ?? ''}</span></p>`
}
