import { findDossierById, type StoredDossier } from '../../../db/queries/dossiers.ts'
import { eventsOf } from '../../../db/queries/timeline.ts'
import type { EventAfter } from '../../../db/queries/webhooks.ts'
import { fixedClock } from '../../clock.ts'
import type { Deps } from '../../deps.ts'
import { printInstant } from '../../domain/calendar/day.ts'
import { dossierHead } from '../../dossiers/dossier-json.ts'
import { rebuild } from '../../dossiers/store-change.ts'

/** A dossier as one of its events left it: what came after does not show. */
export function dossierAfter({ db }: Pick<Deps, 'db'>, { dossierId, seq }: EventAfter): StoredDossier {
  const row = findDossierById(db, dossierId) as StoredDossier
  const facts = rebuild(eventsOf(db, dossierId).filter((event) => event.seq <= seq))
  return { ...row, ...facts, version: seq, code: facts.acceptedAt === null ? null : row.code }
}

/**
 * What an address is told of an event, without personal data. It depends on the event alone and not on when it is
 * made; the moment in its id keeps ids apart where a backup was restored and numbers are given again.
 */
export function eventMessage({ db }: Pick<Deps, 'db'>, event: EventAfter, dossier: StoredDossier): string {
  const { id, act, occurredAt, recordedAt } = event
  return JSON.stringify({
    id: `evt_${id}_${recordedAt.toString(36)}`,
    type: `dossier.${act}`,
    occurredAt: printInstant(occurredAt),
    recordedAt: printInstant(recordedAt),
    dossier: dossierHead({ db, clock: fixedClock(recordedAt) }, dossier),
  })
}
