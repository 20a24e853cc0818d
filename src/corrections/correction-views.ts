import type { CorrectionRow } from '../../db/queries/correction-requests.ts'
import { findDossierById, type StoredDossier } from '../../db/queries/dossiers.ts'
import { eventOf } from '../../db/queries/timeline.ts'
import type { Deps } from '../deps.ts'
import { RuleError } from '../domain/refusals.ts'
import { closedEffect, effectOf, type PeriodEffect } from './effect.ts'
import type { Entry } from './entry.ts'
import { openEntry } from './sealed-entry.ts'

/** A request with what it would do now, or did. */
export interface CorrectionView {
  readonly row: CorrectionRow
  readonly dossier: StoredDossier | null
  /** What was asked for; null once it is decided. */
  readonly entry: Entry | null
  /** The dossier as it would be; null where it would be refused, or is decided. */
  readonly after: StoredDossier | null
  readonly periods: readonly PeriodEffect[]
  /** Why it cannot be done now. */
  readonly refusal: string | null
}

/** Tries what waits, and undoes it: run it inside a write. */
export function correctionView(deps: Deps, row: CorrectionRow): CorrectionView {
  const { db } = deps
  const dossier = row.dossierId === null ? null : findDossierById(db, row.dossierId)
  const nothing = { row, dossier, entry: null, after: null, periods: [], refusal: null }
  if (row.request === null) {
    const event = row.eventId === null ? null : eventOf(db, row.eventId)
    if (event === null) return nothing
    return { ...nothing, ...closedEffect(deps, { id: event.dossierId, version: event.seq }) }
  }
  let entry: Entry | null = null
  try {
    const asked = openEntry(deps, row.request)
    entry = asked.entry
    const { after, periods } = effectOf(
      deps,
      { ...asked.actor, leave: 'approved', askedAt: row.requestedAt },
      entry,
    )
    return { ...nothing, entry, after, periods }
  } catch (error) {
    if (!(error instanceof RuleError)) throw error
    return { ...nothing, entry, refusal: error.message }
  }
}
