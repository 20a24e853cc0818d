import { localDayOf } from '../../src/domain/calendar/day.ts'
import type { CountingFacts } from '../../src/domain/counting/contributions.ts'
import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'
import { DOSSIER_COLUMNS, fromSql, type SqlRow, type StoredDossier } from './dossiers.ts'

/** The dossiers of a resolving unit, one after the other; nothing may be written while they are read. */
export function* dossiersOfUnit(db: Db, unitId: number): Generator<StoredDossier> {
  const rows = prepared<SqlRow>(
    db,
    `SELECT ${DOSSIER_COLUMNS} FROM dossiers d INDEXED BY dossiers_unit_received WHERE d.unit_id = ?`,
  )
  for (const row of rows.iterate(unitId)) yield fromSql(row) as StoredDossier
}

/** Every resolving unit that has a dossier. */
export function unitsWithDossiers(db: Db): readonly number[] {
  return prepared<{ id: number }>(
    db,
    'SELECT id FROM units u WHERE EXISTS (SELECT 1 FROM dossiers d WHERE d.unit_id = u.id)',
  )
    .all()
    .map((row) => row.id)
}

/** What decides the contributions of a unit's dossiers and stands in rows of its own; only dossiers that have any. */
export function factsOfUnit(db: Db, unitId: number): ReadonlyMap<number, CountingFacts> {
  const facts = new Map<number, { [K in keyof CountingFacts]: CountingFacts[K][number][] }>()
  const of = (id: number) => {
    const known = facts.get(id) ?? { supplementDays: [], stays: [], overdueSpells: [] }
    facts.set(id, known)
    return known
  }
  const rows = <Row>(select: string) => prepared<Row & { dossierId: number }>(db, select).all(unitId)
  for (const row of rows<{ fromAt: number }>(SUPPLEMENTS))
    of(row.dossierId).supplementDays.push(localDayOf(row.fromAt))
  for (const { dossierId, ...stay } of rows<{ from: string; officerId: number }>(STAYS))
    of(dossierId).stays.push(stay)
  for (const { dossierId, ...spell } of rows<{ from: string; to: string }>(SPELLS))
    of(dossierId).overdueSpells.push(spell)
  return facts
}

const ACCEPTED = `FROM dossiers d INDEXED BY dossiers_unit_received`
const SUPPLEMENTS = `SELECT d.id AS dossierId, p.from_at AS fromAt ${ACCEPTED} CROSS JOIN pauses p ON p.dossier_id = d.id
  WHERE d.unit_id = ? AND d.supplement_count > 0 AND p.kind = 'supplement' AND p.from_at >= d.accepted_at
  ORDER BY d.id, p.from_at, p.id`
const STAYS = `SELECT d.id AS dossierId, s.from_on AS "from", s.officer_id AS officerId
  ${ACCEPTED} CROSS JOIN dossier_stays s ON s.dossier_id = d.id WHERE d.unit_id = ? AND d.accepted_on > ''
  ORDER BY d.id, s.from_on`
const SPELLS = `SELECT d.id AS dossierId, o.from_on AS "from", o.to_on AS "to"
  ${ACCEPTED} CROSS JOIN overdue_spells o ON o.dossier_id = d.id WHERE d.unit_id = ? AND d.accepted_on > ''`
