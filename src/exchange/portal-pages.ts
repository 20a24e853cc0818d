import { findDossierById, type StoredDossier } from '../../db/queries/dossiers.ts'
import {
  changedDossiers,
  type EventsQuery,
  eventBefore,
  lookedThrough,
  stateEvents,
} from '../../db/queries/exchange.ts'
import { eventsOf } from '../../db/queries/timeline.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { unitName } from '../catalogue/unit-choices.ts'
import type { Deps } from '../deps.ts'
import { localDayOf, parseInstant } from '../domain/calendar/day.ts'
import { nationalCodeOf, TRANSITIONS } from '../domain/life-cycle/life-cycle.ts'
import { interimCode } from '../dossiers/slip-numbers.ts'
import { rebuild } from '../dossiers/store-change.ts'
import { portalCode, portalDossier } from './portal-dossier.ts'
import { portalMoment } from './portal-words.ts'

/** Where a reading stopped. */
interface Place {
  /** Newest event taken: `since` of the next reading. */
  readonly through: number
  /** The same as a cursor while there is more; null at the end. */
  readonly nextCursor: string | null
}

/** Dossiers changed since an event, in the portal's fields; what was voided only as removed. */
export function dossiersSince(deps: Pick<Deps, 'db'>, query: EventsQuery) {
  const changed = changedDossiers(deps.db, query)
  const found = changed.map(({ dossierId, occurredAt }) => ({
    dossier: findDossierById(deps.db, dossierId) as StoredDossier,
    occurredAt,
  }))
  return {
    DongBoHoSoMC: found
      .filter(({ dossier }) => !isVoided(dossier))
      .map(({ dossier }) => portalDossier(deps, dossier)),
    HoSoDaXoa: found
      .filter(({ dossier }) => isVoided(dossier))
      .map(({ dossier, occurredAt }) => ({
        MaHoSo: portalCode(dossier),
        MaTam: interimCode(dossier),
        NgayXoa: portalMoment(occurredAt),
      })),
    ...placeOf(deps, changed, query),
  }
}

/** Dossiers with their applicant in a page: progress has none. */
export function rowsOf(page: ReturnType<typeof dossiersSince | typeof progressSince>): number {
  return 'DongBoHoSoMC' in page ? page.DongBoHoSoMC.length : 0
}

/** One row for each change of a status code since an event. Of voided dossiers none: they are removed. */
export function progressSince(deps: Pick<Deps, 'db'>, query: EventsQuery) {
  const { db } = deps
  const catalogue = catalogueOf(db)
  const events = stateEvents(db, query)
  const rows = events.flatMap(({ dossierId, seq, act, occurredAt, actorId }) => {
    const dossier = findDossierById(db, dossierId) as StoredDossier
    const timeline = eventsOf(db, dossierId)
    const codeAt = (last: number) => {
      const until = timeline.filter((event) => event.seq <= last)
      return until.length === 0 ? null : nationalCodeOf(rebuild(until))
    }
    const code = codeAt(seq)
    if (isVoided(dossier) || code === null || code === codeAt(seq - 1)) return []
    const holder = catalogue.unitById.get(dossier.holderUnitId)
    return [
      {
        MaHoSo: portalCode(dossier),
        MaTam: interimCode(dossier),
        NguoiXuLy: actorId === null ? '' : (catalogue.officerById.get(actorId)?.name ?? ''),
        ThoiDiemXuLy: portalMoment(occurredAt),
        DonViXuLy: unitName(holder, localDayOf(occurredAt)),
        NoiDungXuLy: TRANSITIONS[act].label,
        TrangThaiHoSo: String(code),
      },
    ]
  })
  return { CapNhatTienDoHoSoMC: rows, ...placeOf(deps, events, query) }
}

/** The event after which to read: its id as it was given out, or the last one before a moment. */
export function sinceEvent({ db }: Pick<Deps, 'db'>, words: string): number {
  return /^\d{1,15}$/.test(words) ? Number(words) : eventBefore(db, parseInstant(words))
}

function isVoided({ state }: StoredDossier): boolean {
  return state === 'voided'
}

/** A page that is not full has been looked for as far as it says; it is the last one where that is the newest event. */
function placeOf(
  { db }: Pick<Deps, 'db'>,
  events: readonly { readonly eventId: number }[],
  query: EventsQuery,
): Place {
  const last = events.at(-1)?.eventId ?? query.since
  if (events.length === query.limit) return { through: last, nextCursor: String(last) }
  if (query.seen === null) return { through: last, nextCursor: null }
  const through = Math.max(last, lookedThrough(db, query))
  const isLast = lookedThrough(db, { ...query, seen: null }) <= through
  return { through, nextCursor: isLast ? null : String(through) }
}
