import { localDayOf } from '../../src/domain/calendar/day.ts'
import type { CountingFacts } from '../../src/domain/counting/contributions.ts'
import type { Stay, UnitStay } from '../../src/domain/counting/stays.ts'
import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'
import { DOSSIER_COLUMNS, fromSql, type SqlRow, type StoredDossier } from './dossiers.ts'

/**
 * The dossiers that a resolving unit has or had before a reorganisation, one after the other; nothing may be written
 * while they are read.
 */
export function* dossiersOfUnit(db: Db, unitId: number): Generator<StoredDossier> {
  const rows = prepared<SqlRow>(
    db,
    `SELECT ${DOSSIER_COLUMNS} FROM dossiers d INDEXED BY dossiers_unit_received WHERE d.unit_id = @unitId
     UNION ALL SELECT ${DOSSIER_COLUMNS} FROM (SELECT DISTINCT dossier_id FROM dossier_units WHERE unit_id = @unitId) m
       CROSS JOIN dossiers d ON d.id = m.dossier_id WHERE d.unit_id <> @unitId`,
  )
  for (const row of rows.iterate({ unitId })) yield fromSql(row) as StoredDossier
}

/** Every resolving unit that has or had a dossier. */
export function unitsWithDossiers(db: Db): readonly number[] {
  return prepared<{ id: number }>(
    db,
    `SELECT id FROM units u WHERE EXISTS (SELECT 1 FROM dossiers d WHERE d.unit_id = u.id)
       OR EXISTS (SELECT 1 FROM dossier_units m WHERE m.unit_id = u.id)`,
  )
    .all()
    .map((row) => row.id)
}

/** What decides the contributions of a unit's dossiers and stands in rows of its own; only dossiers that have any. */
export function factsOfUnit(db: Db, unitId: number): ReadonlyMap<number, CountingFacts> {
  const facts = new Map<number, { [K in keyof CountingFacts]: CountingFacts[K][number][] }>()
  const of = (id: number) => {
    const known = facts.get(id) ?? { supplementDays: [], stays: [], unitStays: [], overdueSpells: [] }
    facts.set(id, known)
    return known
  }
  const rows = <Row>(select: string) => prepared<Row & { dossierId: number }>(db, select).all({ unitId })
  for (const row of rows<{ fromAt: number }>(SUPPLEMENTS))
    of(row.dossierId).supplementDays.push(localDayOf(row.fromAt))
  for (const { dossierId, ...stay } of rows<Stay>(STAYS)) of(dossierId).stays.push(stay)
  for (const { dossierId, ...stay } of rows<UnitStay>(MOVES)) of(dossierId).unitStays.push(stay)
  for (const { dossierId, ...spell } of rows<{ from: string; to: string }>(SPELLS))
    of(dossierId).overdueSpells.push(spell)
  return facts
}

/** Dossiers that the unit has, or had. */
const ACCEPTED = `FROM (SELECT id, accepted_at, supplement_count FROM dossiers INDEXED BY dossiers_unit_received
    WHERE unit_id = @unitId AND accepted_on > ''
  UNION SELECT d.id, d.accepted_at, d.supplement_count FROM dossier_units m CROSS JOIN dossiers d ON d.id = m.dossier_id
    WHERE m.unit_id = @unitId) d`
const SUPPLEMENTS = `SELECT d.id AS dossierId, p.from_at AS fromAt ${ACCEPTED} CROSS JOIN pauses p ON p.dossier_id = d.id
  WHERE d.supplement_count > 0 AND p.kind = 'supplement' AND p.from_at >= d.accepted_at ORDER BY d.id, p.from_at, p.id`
const STAYS = `SELECT d.id AS dossierId, s.from_on AS "from", s.officer_id AS officerId
  ${ACCEPTED} CROSS JOIN dossier_stays s ON s.dossier_id = d.id ORDER BY d.id, s.from_on`
const MOVES = `SELECT u.dossier_id AS dossierId, u.from_on AS "from", u.unit_id AS unitId,
    u.receiving_unit_id AS receivingUnitId
  FROM (SELECT DISTINCT dossier_id FROM dossier_units WHERE unit_id = @unitId) m
  CROSS JOIN dossier_units u ON u.dossier_id = m.dossier_id ORDER BY u.dossier_id, u.from_on`
const SPELLS = `SELECT d.id AS dossierId, o.from_on AS "from", o.to_on AS "to"
  ${ACCEPTED} CROSS JOIN overdue_spells o ON o.dossier_id = d.id`
