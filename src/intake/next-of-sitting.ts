import type { Writer } from '../../db/group-commit.ts'
import { findDossierByCode, findDossierById } from '../../db/queries/dossiers.ts'
import { findPersonById } from '../../db/queries/persons.ts'
import { eventsOf } from '../../db/queries/timeline.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Actor, Deps } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { handles } from '../dossiers/standing-on.ts'
import type { Typed } from '../web/forms.ts'

/**
 * The form for the next dossier of a person: what the same clerk typed of them today. Of a dossier of another day or
 * of somebody else, and to who does not handle it any more, nothing is given. The audit has the reading on disk before
 * this returns.
 */
export async function nextOfSitting(
  { deps, writer }: { readonly deps: Deps; readonly writer: Writer },
  actor: Actor,
  code: string,
): Promise<Typed> {
  const { db, vault, clock } = deps
  const dossier = findDossierByCode(db, code)
  const [event] = dossier === null ? [] : eventsOf(db, dossier.id)
  const isOwn =
    dossier !== null &&
    handles(deps, actor, dossier) &&
    event !== undefined &&
    event.actorId === actor.officerId &&
    localDayOf(event.recordedAt) === localDayOf(clock.now())
  const person = dossier === null || !isOwn ? null : findPersonById(db, dossier.applicantId ?? 0)
  if (dossier === null || person === null) return {}
  const told = { kind: 'person_read', actorId: actor.officerId, dossierId: dossier.id } as const
  await writer.write(() => recordAudit(deps, told))
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
