import { findDossierByCode, findDossierById } from '../../db/queries/dossiers.ts'
import { findPersonById } from '../../db/queries/persons.ts'
import { eventsOf } from '../../db/queries/timeline.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Actor, Deps } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import type { Typed } from '../web/forms.ts'

/**
 * The form for the next dossier of a person: what the same clerk typed of them today. Of a dossier of another day or
 * of somebody else nothing is given.
 */
export function nextOfSitting(deps: Deps, actor: Actor, code: string): Typed {
  const { db, vault, clock } = deps
  const dossier = findDossierByCode(db, code)
  const [event] = dossier === null ? [] : eventsOf(db, dossier.id)
  const isOwn =
    event !== undefined &&
    event.actorId === actor.officerId &&
    localDayOf(event.recordedAt) === localDayOf(clock.now())
  const person = dossier === null || !isOwn ? null : findPersonById(db, dossier.applicantId ?? 0)
  if (dossier === null || person === null) return {}
  const first = dossier.sittingId == null ? dossier : findDossierById(db, dossier.sittingId)
  const unit = catalogueOf(db).unitById.get(dossier.receivingUnitId)?.key
  const opened = (sealed: Buffer | null) => (sealed === null ? '' : vault.open(sealed))
  return {
    unit: unit ?? '',
    sitting: first?.code ?? code,
    name: person.name,
    idNumber: opened(person.idNumberSealed),
    phone: opened(person.phoneSealed),
    address: person.address ?? '',
    email: person.email ?? '',
    birthYear: person.birthYear === null ? '' : String(person.birthYear),
    sex: person.sex ?? '',
    returnMode: dossier.returnMode,
  }
}
