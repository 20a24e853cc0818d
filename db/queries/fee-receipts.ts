import type { FeePayment } from '../../src/domain/life-cycle/dossier.ts'
import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

export interface FeeReceiptRow {
  readonly id: number
  readonly number: string
  readonly dossierId: number
  readonly code: string | null
  readonly payer: string | null
  readonly unitId: number
  /** đồng */
  readonly amount: number
  readonly payment: FeePayment
  readonly takenAt: number
  readonly takenOn: string
  readonly takenById: number | null
  readonly voidedAt: number | null
  readonly voidedOn: string | null
  readonly voidedById: number | null
  readonly voidReason: string | null
}

const ROW = `SELECT r.id, r.number, r.dossier_id AS dossierId, d.code, p.name AS payer, r.unit_id AS unitId, r.amount,
  r.payment, r.taken_at AS takenAt, r.taken_on AS takenOn, r.taken_by_id AS takenById, r.voided_at AS voidedAt,
  r.voided_on AS voidedOn, r.voided_by_id AS voidedById, r.void_reason AS voidReason
  FROM fee_receipts r JOIN dossiers d ON d.id = r.dossier_id LEFT JOIN persons p ON p.id = d.applicant_id`

type NewReceipt = Pick<
  FeeReceiptRow,
  'number' | 'dossierId' | 'unitId' | 'amount' | 'payment' | 'takenAt' | 'takenOn' | 'takenById'
>

export function insertReceipt(db: Db, row: NewReceipt): number {
  const { lastInsertRowid } = prepared(
    db,
    `INSERT INTO fee_receipts (number, dossier_id, unit_id, amount, payment, taken_at, taken_on, taken_by_id)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    row.number,
    row.dossierId,
    row.unitId,
    row.amount,
    row.payment,
    row.takenAt,
    row.takenOn,
    row.takenById,
  )
  return Number(lastInsertRowid)
}

export function findReceipt(db: Db, number: string): FeeReceiptRow | null {
  return prepared<FeeReceiptRow>(db, `${ROW} WHERE r.number = ?`).get(number) ?? null
}

export function findReceiptById(db: Db, id: number): FeeReceiptRow | null {
  return prepared<FeeReceiptRow>(db, `${ROW} WHERE r.id = ?`).get(id) ?? null
}

/** The receipts of a dossier, voided ones too, oldest first. */
export function receiptsOf(db: Db, dossierId: number): readonly FeeReceiptRow[] {
  return prepared<FeeReceiptRow>(db, `${ROW} WHERE r.dossier_id = ? ORDER BY r.id`).all(dossierId)
}

/** What a unit took or voided on these days, by number. Each is found along an index of its own. */
export function receiptsOfDays(db: Db, unitId: number, from: string, to: string): readonly FeeReceiptRow[] {
  return prepared<FeeReceiptRow>(
    db,
    `${ROW} WHERE r.id IN (
         SELECT id FROM fee_receipts WHERE unit_id = @unitId AND taken_on BETWEEN @from AND @to
         UNION SELECT id FROM fee_receipts WHERE unit_id = @unitId AND voided_on BETWEEN @from AND @to)
       ORDER BY r.number`,
  ).all({ unitId, from, to })
}

export function markReceiptVoided(
  db: Db,
  id: number,
  voiding: {
    readonly at: number
    readonly on: string
    readonly officerId: number | null
    readonly reason: string
  },
): void {
  prepared(
    db,
    `UPDATE fee_receipts SET voided_at = ?, voided_on = ?, voided_by_id = ?, void_reason = ?
       WHERE id = ? AND voided_at IS NULL`,
  ).run(voiding.at, voiding.on, voiding.officerId, voiding.reason, id)
}

export interface PaymentSum {
  readonly payment: FeePayment
  /** Receipts of these days, and what they come to, voided ones too. */
  readonly receipts: number
  readonly taken: number
  /** Voided on these days, whenever they were written. */
  readonly voided: number
  readonly voidedReceipts: number
}

/** What a unit took and gave back on these days, by payment; nothing for a payment without any. */
export function cashOfDays(db: Db, unitId: number, from: string, to: string): readonly PaymentSum[] {
  return prepared<PaymentSum>(
    db,
    `SELECT payment, sum(receipts) AS receipts, sum(taken) AS taken, sum(voided) AS voided,
       sum(voidedReceipts) AS voidedReceipts
     FROM (
       SELECT payment, 1 AS receipts, amount AS taken, 0 AS voided, 0 AS voidedReceipts FROM fee_receipts
         WHERE unit_id = @unitId AND taken_on BETWEEN @from AND @to
       UNION ALL SELECT payment, 0, 0, amount, 1 FROM fee_receipts
         WHERE unit_id = @unitId AND voided_on BETWEEN @from AND @to)
     GROUP BY payment`,
  ).all({ unitId, from, to })
}
