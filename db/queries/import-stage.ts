import type { Contribution } from '../../src/domain/counting/contributions.ts'
import { CHANNEL_INDEX } from '../../src/domain/counting/contributions.ts'
import type { PauseRow } from '../../src/domain/life-cycle/dossier.ts'
import { CACHE_KIB, type Db } from '../open.ts'
import { prepared } from '../prepared.ts'
import { DOSSIER_SQL_COLUMNS, dossierValues, type StoredDossier } from './dossiers.ts'
import type { PersonRow } from './persons.ts'

/**
 * What an import will write, put together in a private temporary database of this connection: the real one is not
 * locked meanwhile, and nothing remains if the process dies. Ids below 0 stand for dossiers that will be new.
 */
const TABLES = [
  `CREATE TABLE stage.persons (local INTEGER PRIMARY KEY, name TEXT, name_folded TEXT, birth_year INTEGER, sex TEXT,
     id_number_sealed BLOB, id_number_hash BLOB, phone_sealed BLOB, phone_hash BLOB,
     id_tail_hash BLOB, phone_tail_hash BLOB, address TEXT, real INTEGER)`,
  'CREATE TABLE stage.dossiers AS SELECT * FROM main.dossiers WHERE 0',
  'CREATE TABLE stage.known (id INTEGER PRIMARY KEY, version INTEGER)',
  `CREATE TABLE stage.events (id INTEGER PRIMARY KEY, dossier_id INTEGER, seq INTEGER, act TEXT, occurred_at INTEGER,
     recorded_at INTEGER, actor_id INTEGER, changes TEXT)`,
  'CREATE TABLE stage.pauses (dossier_id INTEGER, kind TEXT, policy TEXT, from_at INTEGER, to_at INTEGER, due_at INTEGER)',
  'CREATE TABLE stage.texts (dossier_id INTEGER, seq INTEGER, kind TEXT, text TEXT)',
  `CREATE TABLE stage.late (event INTEGER, day TEXT, unit_id INTEGER, receiving_unit_id INTEGER, procedure_id INTEGER,
     channel INTEGER, officer_id INTEGER, flow TEXT, n INTEGER)`,
  'CREATE TABLE stage.cells AS SELECT * FROM main.day_cells WHERE 0',
  'CREATE TABLE stage.stocks AS SELECT * FROM main.stocks WHERE 0',
  'CREATE TABLE stage.anchors AS SELECT * FROM main.stock_anchors WHERE 0',
  'CREATE TABLE stage.numbers (agency_code TEXT, day TEXT, last INTEGER)',
] as const

/** Memory while an import runs: for what is staged, and so that its last step writes each page once. */
const STAGE_CACHE_KIB = 64_000
const FLIP_CACHE_KIB = 256_000

export function openStage(db: Db): void {
  db.pragma('temp_store = FILE')
  db.pragma(`main.cache_size = -${FLIP_CACHE_KIB}`)
  db.exec(`ATTACH DATABASE '' AS stage`)
  db.pragma(`stage.cache_size = -${STAGE_CACHE_KIB}`)
  for (const table of TABLES) db.exec(table)
}

export function closeStage(db: Db): void {
  db.exec('DETACH DATABASE stage')
  db.pragma('temp_store = MEMORY')
  db.pragma(`main.cache_size = -${CACHE_KIB}`)
}

export function stagePerson(db: Db, local: number, person: PersonRow): void {
  prepared(db, 'INSERT INTO stage.persons VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)').run(
    local,
    person.name,
    person.nameFolded,
    person.birthYear,
    person.sex,
    person.idNumberSealed,
    person.idNumberHash,
    person.phoneSealed,
    person.phoneHash,
    person.idTailHash,
    person.phoneTailHash,
    person.address,
  )
}

const INSERT_DOSSIER = `INSERT INTO stage.dossiers (${DOSSIER_SQL_COLUMNS.join(', ')})
  VALUES (${DOSSIER_SQL_COLUMNS.map(() => '?').join(', ')})`

export function stageDossier(db: Db, row: StoredDossier): void {
  prepared(db, INSERT_DOSSIER).run(...dossierValues(row))
}

/** A dossier that is there already, as it was read: written only if nobody has changed it since. */
export function stageKnown(db: Db, id: number, version: number): void {
  prepared(db, 'INSERT INTO stage.known VALUES (?, ?)').run(id, version)
}

export interface StagedEvent {
  readonly id: number
  readonly dossierId: number
  readonly seq: number
  readonly act: string
  readonly occurredAt: number
  readonly recordedAt: number
  readonly actorId: number | null
  readonly changes: string
}

export function stageEvent(db: Db, event: StagedEvent): void {
  prepared(db, 'INSERT INTO stage.events VALUES (?, ?, ?, ?, ?, ?, ?, ?)').run(
    event.id,
    event.dossierId,
    event.seq,
    event.act,
    event.occurredAt,
    event.recordedAt,
    event.actorId,
    event.changes,
  )
}

export function stagePause(db: Db, dossierId: number, { kind, policy, fromAt, toAt, dueAt }: PauseRow): void {
  prepared(db, 'INSERT INTO stage.pauses VALUES (?, ?, ?, ?, ?, ?)').run(
    dossierId,
    kind,
    policy,
    fromAt,
    toAt,
    dueAt,
  )
}

export function stageText(
  db: Db,
  dossierId: number,
  seq: number,
  kind: 'note' | 'reason',
  text: string,
): void {
  prepared(db, 'INSERT INTO stage.texts VALUES (?, ?, ?, ?)').run(dossierId, seq, kind, text)
}

export function stageLateChange(db: Db, event: number, c: Contribution): void {
  prepared(db, 'INSERT INTO stage.late VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)').run(
    event,
    c.day,
    c.unitId,
    c.receivingUnitId,
    c.procedureId,
    CHANNEL_INDEX[c.channel],
    c.officerId,
    c.flow,
    c.n,
  )
}

export function stageNumber(db: Db, agencyCode: string, day: string, last: number): void {
  prepared(db, 'INSERT INTO stage.numbers VALUES (?, ?, ?)').run(agencyCode, day, last)
}

/** Groups many staged rows into one transaction of the temporary database; the real one is not touched. */
export function inStage(db: Db, work: () => void): void {
  db.exec('BEGIN')
  try {
    work()
    db.exec('COMMIT')
  } catch (error) {
    db.exec('ROLLBACK')
    throw error
  }
}
