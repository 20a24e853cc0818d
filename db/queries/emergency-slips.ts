import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

export interface SlipRow {
  readonly id: number
  readonly unitId: number
  /** `KC-000.24.35.H23-000123` */
  readonly number: string
  readonly printedAt: number
  readonly printedBy: number | null
  readonly dossierId: number | null
  readonly enteredAt: number | null
  readonly cancelledAt: number | null
  readonly cancelReason: string | null
}

const COLUMNS = `s.id, s.unit_id AS unitId, s.number, s.printed_at AS printedAt, s.printed_by AS printedBy,
  s.dossier_id AS dossierId, s.entered_at AS enteredAt, s.cancelled_at AS cancelledAt, s.cancel_reason AS cancelReason`

export function insertSlip(
  db: Db,
  slip: Pick<SlipRow, 'unitId' | 'number' | 'printedAt' | 'printedBy'>,
): void {
  prepared(
    db,
    'INSERT INTO emergency_slips (unit_id, number, printed_at, printed_by) VALUES (@unitId, @number, @printedAt, @printedBy)',
  ).run(slip)
}

/** A unit's slip by its number, or by the six digits at its end. */
export function findSlip(db: Db, unitId: number, text: string): SlipRow | null {
  const row = prepared<SlipRow>(
    db,
    `SELECT ${COLUMNS} FROM emergency_slips s INDEXED BY emergency_slips_unit
       WHERE s.unit_id = @unitId AND (s.number = @text OR substr(s.number, -7) = '-' || @text) ORDER BY s.id DESC LIMIT 1`,
  ).get({ unitId, text })
  return row ?? null
}

/** The slips numbered together with this one, in their order; none for a number nobody gave. */
export function slipBatch(db: Db, number: string): readonly SlipRow[] {
  return prepared<SlipRow>(
    db,
    `SELECT ${COLUMNS} FROM emergency_slips f JOIN emergency_slips s INDEXED BY emergency_slips_unit
       ON s.unit_id = f.unit_id AND s.printed_at = f.printed_at WHERE f.number = ? ORDER BY s.id`,
  ).all(number)
}

/** The slip a dossier was written on first, or null. */
export function slipOfDossier(db: Db, dossierId: number): SlipRow | null {
  const row = prepared<SlipRow>(db, `SELECT ${COLUMNS} FROM emergency_slips s WHERE s.dossier_id = ?`)
  return row.get(dossierId) ?? null
}

export interface SlipLine extends SlipRow {
  readonly code: string | null
  readonly acceptedAt: number | null
  readonly dueOn: string | null
  readonly applicant: string | null
}

const SLIP_VIEWS = {
  open: 's.dossier_id IS NULL AND s.cancelled_at IS NULL',
  used: 's.dossier_id IS NOT NULL',
  cancelled: 's.cancelled_at IS NOT NULL',
} as const

export type SlipView = keyof typeof SLIP_VIEWS

/** A unit's slips: the open ones by number, the others with the newest first. */
export function slipsOf(db: Db, unitId: number, view: SlipView, limit: number): readonly SlipLine[] {
  const order = { open: 's.id', used: 's.entered_at DESC, s.id DESC', cancelled: 's.cancelled_at DESC' }[view]
  return prepared<SlipLine>(
    db,
    `SELECT ${COLUMNS}, d.code, d.accepted_at AS acceptedAt, d.due_on AS dueOn, p.name AS applicant
       FROM emergency_slips s INDEXED BY emergency_slips_unit LEFT JOIN dossiers d ON d.id = s.dossier_id
       LEFT JOIN persons p ON p.id = d.applicant_id
       WHERE s.unit_id = ? AND ${SLIP_VIEWS[view]} ORDER BY ${order} LIMIT ?`,
  ).all(unitId, limit)
}

export interface SlipCounts {
  readonly open: number
  readonly used: number
  readonly cancelled: number
  /** Newest slip that was used: an open one before it may be lost. */
  readonly lastUsed: number
}

export function slipCounts(db: Db, unitId: number): SlipCounts {
  return prepared<SlipCounts>(
    db,
    `SELECT count(*) - count(dossier_id) - count(cancelled_at) AS open, count(dossier_id) AS used,
       count(cancelled_at) AS cancelled, coalesce(max(CASE WHEN dossier_id IS NOT NULL THEN id END), 0) AS lastUsed
       FROM emergency_slips INDEXED BY emergency_slips_unit WHERE unit_id = ?`,
  ).get(unitId) as SlipCounts
}

export function markSlipUsed(db: Db, id: number, dossierId: number, enteredAt: number): void {
  prepared(db, 'UPDATE emergency_slips SET dossier_id = ?, entered_at = ? WHERE id = ?').run(
    dossierId,
    enteredAt,
    id,
  )
}

export function markSlipCancelled(db: Db, id: number, at: number, reason: string): void {
  prepared(db, 'UPDATE emergency_slips SET cancelled_at = ?, cancel_reason = ? WHERE id = ?').run(
    at,
    reason,
    id,
  )
}
