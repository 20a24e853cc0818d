import type { Db } from '../../db/open.ts'
import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { findPersonById, type PersonRow } from '../../db/queries/persons.ts'
import { pausesOf } from '../../db/queries/timeline.ts'
import type { Catalogue } from '../catalogue/catalogue.ts'
import { type Instant, localDayOf } from '../domain/calendar/day.ts'
import type { PauseRow } from '../domain/life-cycle/dossier.ts'
import { RuleError } from '../domain/refusals.ts'
import type { Vault } from '../vault.ts'
import { actsOfRow } from './acts-of-row.ts'
import { isInOrder } from './check-order.ts'
import { comparePerson } from './compare-person.ts'
import { type Contradiction, compareRow } from './compare-row.ts'
import { knownRow } from './known-row.ts'
import { type Life, playActs } from './play-row.ts'
import type { RowNotes } from './problems.ts'
import type { RegisterRow } from './register-row.ts'

export interface PlanContext {
  readonly db: Db
  readonly vault: Vault
  readonly catalogue: Catalogue
  readonly now: Instant
  readonly acceptChanges: boolean
  /** Into which units its rows may go; null: into all. */
  readonly units: ReadonlySet<number> | null
  readonly known: (row: RegisterRow) => StoredDossier | null
}

/** A dossier that is there, with what a row changes of it. */
export interface KnownChange {
  readonly dossier: StoredDossier
  readonly pauses: readonly PauseRow[]
  /** `more`: acts on it; `correct`: its whole life anew, where the file wins. */
  readonly how: 'more' | 'correct'
  readonly life: Life
  /** Who the applicant is from now on; null: who it was. */
  readonly person: PersonRow | null
}

/** What is to be done with a row. */
export type Plan =
  | { readonly kind: 'new'; readonly life: Life }
  | { readonly kind: 'same' }
  | {
      readonly kind: 'changed'
      readonly change: KnownChange
      readonly contradictions: readonly Contradiction[]
    }
  | { readonly kind: 'contradicting'; readonly contradictions: readonly Contradiction[] }
  | { readonly kind: 'broken' }

/** Holds one understood row against the database and plays what it adds; what the rules forbid goes to `notes`. */
export function planRow(context: PlanContext, row: RegisterRow, notes: RowNotes): Plan {
  if (!isInOrder(row, notes)) return { kind: 'broken' }
  const dossier = context.known(row)
  if (!isOurs(context, row, dossier)) {
    notes.error(
      'unit',
      row.unit.key,
      'một đơn vị của người nhập; sổ của đơn vị khác do người của đơn vị đó nhập',
    )
    return { kind: 'broken' }
  }
  try {
    return dossier === null ? planNew(context, row) : planKnown(context, row, dossier, notes)
  } catch (error) {
    if (!(error instanceof RuleError)) throw error
    notes.error(null, '', error.message)
    return { kind: 'broken' }
  }
}

/** Whoever imports works in the unit that resolves or receives it, by the file and by what is known already. */
function isOurs({ units }: PlanContext, row: RegisterRow, dossier: StoredDossier | null): boolean {
  if (units === null) return true
  const sides = [
    [row.unit.id, row.receivingUnit.id],
    ...(dossier === null ? [] : [[dossier.unitId, dossier.receivingUnitId]]),
  ]
  return sides.every((ids) => ids.some((id) => units.has(id)))
}

function planNew({ catalogue, now }: PlanContext, row: RegisterRow): Plan {
  return { kind: 'new', life: playActs(catalogue, row, actsOfRow(row), now) }
}

function planKnown(context: PlanContext, row: RegisterRow, dossier: StoredDossier, notes: RowNotes): Plan {
  const { db, vault, catalogue, now, acceptChanges } = context
  if (dossier.state === 'voided') {
    notes.warn('code', row.code ?? '', 'bỏ qua vì hồ sơ này đã huỷ trong hệ thống')
    return { kind: 'same' }
  }
  const pauses = pausesOf(db, dossier.id)
  const comparison = compareRow(knownRow(catalogue, dossier, pauses), row, dossier, localDayOf(now))
  const applicant = dossier.applicantId === null ? null : findPersonById(db, dossier.applicantId)
  // Who was erased does not come back by an old register.
  const people = comparePerson(vault, applicant, applicant?.erasedAt == null ? row.applicant : null)
  const contradictions = [...comparison.contradictions, ...people.contradictions]
  if (contradictions.length > 0 && !acceptChanges) return { kind: 'contradicting', contradictions }
  const { missing, merged } = comparison
  const isCorrection = comparison.contradictions.length > 0
  if (!isCorrection && missing.length === 0 && people.person === null) return { kind: 'same' }
  const life = isCorrection
    ? playActs(catalogue, merged, actsOfRow(merged), now)
    : playActs(catalogue, merged, missing, now, { facts: dossier, pauses })
  const how = isCorrection ? 'correct' : 'more'
  return { kind: 'changed', change: { dossier, pauses, how, life, person: people.person }, contradictions }
}
