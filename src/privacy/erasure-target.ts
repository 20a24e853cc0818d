import { findDossierByCode } from '../../db/queries/dossiers.ts'
import {
  type ErasureCandidate,
  erasableById,
  erasableByPerson,
  erasableEndedBefore,
} from '../../db/queries/erasure.ts'
import { readSetting } from '../../db/queries/settings.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Deps } from '../deps.ts'
import { type LocalDay, localDayOf } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'
import { keptThrough } from '../domain/retention.ts'
import { idDigits } from '../person-numbers.ts'
import { fullDay } from '../web/formats.ts'

/** Whose data are to go: of one dossier, of one person, or of what ended before a day. */
export type ErasureTarget =
  | { readonly by: 'dossier'; readonly code: string }
  | { readonly by: 'person'; readonly idNumber: string }
  | { readonly by: 'ended_before'; readonly day: LocalDay }

/** A dossier that keeps its people, and until when; null: it has not ended. */
export interface KeptDossier {
  readonly dossier: ErasureCandidate
  readonly through: LocalDay | null
}

export interface Erasable {
  readonly dossiers: readonly ErasureCandidate[]
  readonly kept: readonly KeptDossier[]
}

/**
 * What of the target may go, and what must be kept still. Refuses a dossier that nobody knows or that names nobody any
 * more, and where everything asked for must be kept (`erasure_not_ended`, `erasure_kept_through`).
 */
export function erasable(deps: Pick<Deps, 'db' | 'clock' | 'vault'>, target: ErasureTarget): Erasable {
  const today = localDayOf(deps.clock.now())
  const found = candidates(deps, target)
  const kept = found.flatMap((dossier): KeptDossier[] => {
    if (dossier.endedOn === null) return [{ dossier, through: null }]
    const through = keptThrough(dossier.endedOn, retentionYears(deps, dossier.procedureId))
    return today <= through ? [{ dossier, through }] : []
  })
  const [first] = kept
  if (first !== undefined && kept.length === found.length && target.by !== 'ended_before') refuse(first)
  const isKept = new Set(kept.map(({ dossier }) => dossier.id))
  return { dossiers: found.filter(({ id }) => !isKept.has(id)), kept }
}

/** Setting: years after the end during which a dossier must be kept; a number, or numbers by procedure and `default`. */
const RETENTION = 'retention_years'

/** To be confirmed for each procedure; the longest usual term of such dossiers (from memory). */
const RETENTION_YEARS = 10

function retentionYears({ db }: Pick<Deps, 'db'>, procedureId: number): number {
  const set = readSetting(db, RETENTION)
  if (typeof set === 'number') return set
  const code = catalogueOf(db).procedureById.get(procedureId)?.code ?? ''
  const byProcedure = (set ?? {}) as Readonly<Record<string, number>>
  return byProcedure[code] ?? byProcedure['default'] ?? RETENTION_YEARS
}

function candidates(
  { db, vault }: Pick<Deps, 'db' | 'vault'>,
  target: ErasureTarget,
): readonly ErasureCandidate[] {
  if (target.by === 'ended_before') return erasableEndedBefore(db, target.day)
  if (target.by === 'dossier') {
    const dossier = findDossierByCode(db, target.code)
    if (dossier === null) throw new RuleError('unknown_dossier', { dossier: target.code })
    const found = erasableById(db, dossier.id)
    if (found.length === 0) throw new RuleError('erasure_nobody_left')
    return found
  }
  const found = erasableByPerson(db, vault.hash(idDigits(target.idNumber)))
  if (found.length === 0) throw new RuleError('erasure_unknown_person')
  return found
}

function refuse({ dossier, through }: KeptDossier): never {
  const which = dossier.code ?? `#${dossier.id}`
  if (through === null) throw new RuleError('erasure_not_ended', { dossier: which })
  throw new RuleError('erasure_kept_through', { dossier: which, day: fullDay(through) })
}
