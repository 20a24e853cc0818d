import { getTableColumns } from 'drizzle-orm'
import type { Dossier } from '../../src/domain/life-cycle/dossier.ts'
import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'
import { dossiers } from '../schema/dossiers.ts'

/** A dossier as stored: what the rules see, and what only the desk needs. */
export interface StoredDossier extends Dossier {
  readonly id: number
  readonly version: number
  readonly code: string | null
  readonly slipNumber: string | null
  readonly applicantId: number | null
  readonly proxyId: number | null
  /** First dossier of the sitting in which one citizen handed in several; null or left out: alone. */
  readonly sittingId?: number | null
  readonly recordedAt: number
}

type Column = keyof StoredDossier & string

const columns = getTableColumns(dossiers)
const NAMES = Object.keys(columns) as Column[]
const FLAGS = new Set(NAMES.filter((name) => columns[name].dataType === 'boolean'))
const DESK_COLUMNS: ReadonlySet<string> = new Set([
  'id',
  'version',
  'code',
  'slipNumber',
  'applicantId',
  'proxyId',
  'sittingId',
  'recordedAt',
])

/** The columns the rules decide: what events record and a row is rebuilt from. */
export const FACT_COLUMNS = NAMES.filter((name) => !DESK_COLUMNS.has(name)) as (keyof Dossier)[]

/** `d.accepted_at AS "acceptedAt", …` for any query that reads whole dossiers. */
export const DOSSIER_COLUMNS = NAMES.map((name) => `d.${columns[name].name} AS "${name}"`).join(', ')

const INSERTED = NAMES.filter((name) => name !== 'id')
const INSERT = `INSERT INTO dossiers (${INSERTED.map((name) => columns[name].name).join(', ')})
  VALUES (${INSERTED.map(() => '?').join(', ')})`

const UPDATED = NAMES.filter((name) => name !== 'id' && name !== 'recordedAt' && name !== 'version')
const UPDATE = `UPDATE dossiers SET version = version + 1, ${UPDATED.map((name) => `${columns[name].name} = ?`).join(', ')}
  WHERE id = ? AND version = ?`

/** SQL names of all columns, in the order of `dossierValues`. */
export const DOSSIER_SQL_COLUMNS = NAMES.map((name) => columns[name].name)

/** A whole row as SQLite takes it. */
export function dossierValues(row: StoredDossier): readonly unknown[] {
  return NAMES.map((name) => toSql(row[name]))
}

export function insertDossier(db: Db, row: Omit<StoredDossier, 'id'>): number {
  const values = INSERTED.map((name) => toSql(row[name as keyof typeof row]))
  return Number(prepared(db, INSERT).run(...values).lastInsertRowid)
}

/** Writes the row if nobody changed it since `row.version` was read; says whether it did. */
export function updateDossier(db: Db, row: StoredDossier): boolean {
  const values = UPDATED.map((name) => toSql(row[name]))
  return prepared(db, UPDATE).run(...values, row.id, row.version).changes === 1
}

export function findDossierById(db: Db, id: number): StoredDossier | null {
  return fromSql(prepared<SqlRow>(db, `SELECT ${DOSSIER_COLUMNS} FROM dossiers d WHERE d.id = ?`).get(id))
}

export function findDossierByCode(db: Db, code: string): StoredDossier | null {
  return fromSql(prepared<SqlRow>(db, `SELECT ${DOSSIER_COLUMNS} FROM dossiers d WHERE d.code = ?`).get(code))
}

/** The dossier refused with this number at one of these units, in which it never was accepted. */
export function findDossierBySlip(
  db: Db,
  slipNumber: string,
  receivingUnitIds: readonly number[],
): StoredDossier | null {
  const row = prepared<SqlRow>(
    db,
    `SELECT ${DOSSIER_COLUMNS} FROM dossiers d INDEXED BY dossiers_receiving_received
       WHERE d.receiving_unit_id IN (SELECT value FROM json_each(?)) AND d.accepted_on IS NULL AND d.slip_number = ?`,
  ).get(JSON.stringify(receivingUnitIds), slipNumber)
  return fromSql(row)
}

export type SqlRow = Record<string, unknown>

/** A row read with DOSSIER_COLUMNS, its flags as booleans. */
export function fromSql(row: SqlRow | undefined): StoredDossier | null {
  if (row === undefined) return null
  for (const flag of FLAGS) row[flag] = row[flag] === 1
  return row as unknown as StoredDossier
}

function toSql(value: unknown): unknown {
  return typeof value === 'boolean' ? (value ? 1 : 0) : value
}
