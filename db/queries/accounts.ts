import type { InstallationRole } from '../../src/accounts/roles.ts'
import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

export interface AccountRow {
  readonly id: number
  readonly username: string
  readonly officerId: number
  readonly kind: 'person' | 'client'
  readonly passwordHash: string | null
  readonly passwordSetAt: number | null
  readonly temporaryUntil: number | null
  readonly totpSealed: Buffer | null
  readonly totpConfirmedAt: number | null
  readonly totpLastStep: number | null
  readonly createdAt: number
  readonly disabledAt: number | null
}

const COLUMNS = `id, username, officer_id AS officerId, kind, password_hash AS passwordHash,
  password_set_at AS passwordSetAt, temporary_until AS temporaryUntil, totp_sealed AS totpSealed,
  totp_confirmed_at AS totpConfirmedAt, totp_last_step AS totpLastStep, created_at AS createdAt,
  disabled_at AS disabledAt`

export function findAccount(db: Db, id: number): AccountRow | null {
  return prepared<AccountRow>(db, `SELECT ${COLUMNS} FROM accounts WHERE id = ?`).get(id) ?? null
}

export function findAccountByName(db: Db, username: string): AccountRow | null {
  return prepared<AccountRow>(db, `SELECT ${COLUMNS} FROM accounts WHERE username = ?`).get(username) ?? null
}

export function findAccountOfOfficer(db: Db, officerId: number): AccountRow | null {
  return (
    prepared<AccountRow>(db, `SELECT ${COLUMNS} FROM accounts WHERE officer_id = ?`).get(officerId) ?? null
  )
}

/** All of them, by name. */
export function allAccounts(db: Db): readonly AccountRow[] {
  return prepared<AccountRow>(db, `SELECT ${COLUMNS} FROM accounts ORDER BY username`).all()
}

export function hasAccounts(db: Db): boolean {
  return prepared(db, 'SELECT 1 FROM accounts LIMIT 1').get() !== undefined
}

export function insertAccount(
  db: Db,
  account: Pick<AccountRow, 'username' | 'officerId' | 'kind' | 'createdAt'>,
): number {
  const { username, officerId, kind, createdAt } = account
  const insert = prepared(
    db,
    'INSERT INTO accounts (username, officer_id, kind, created_at) VALUES (?, ?, ?, ?)',
  )
  return Number(insert.run(username, officerId, kind, createdAt).lastInsertRowid)
}

/** `temporaryUntil` null: the person's own. */
export function setPassword(
  db: Db,
  id: number,
  { hash, setAt, temporaryUntil }: { hash: string | null; setAt: number; temporaryUntil: number | null },
): void {
  prepared(
    db,
    'UPDATE accounts SET password_hash = ?, password_set_at = ?, temporary_until = ? WHERE id = ?',
  ).run(hash, setAt, temporaryUntil, id)
}

export function setDisabled(db: Db, id: number, at: number | null): void {
  prepared(db, 'UPDATE accounts SET disabled_at = ? WHERE id = ?').run(at, id)
}

/** The second factor: its sealed secret, and when it was confirmed. Null secret: there is none. Codes of before go. */
export function setTotp(db: Db, id: number, sealed: Buffer | null, confirmedAt: number | null): void {
  prepared(db, 'DELETE FROM recovery_codes WHERE account_id = ?').run(id)
  prepared(
    db,
    'UPDATE accounts SET totp_sealed = ?, totp_confirmed_at = ?, totp_last_step = NULL WHERE id = ?',
  ).run(sealed, confirmedAt, id)
}

/** Marks a time step as used; false when it, or a later one, was used before. */
export function useTotpStep(db: Db, id: number, step: number): boolean {
  const used = prepared(
    db,
    'UPDATE accounts SET totp_last_step = @step WHERE id = @id AND coalesce(totp_last_step, 0) < @step',
  )
  return used.run({ id, step }).changes === 1
}

export interface InstallationRoleRow {
  readonly officerId: number
  readonly role: InstallationRole
  readonly validFrom: string
}

/** Safe to repeat: a role that is held is not held twice. */
export function giveInstallationRole(db: Db, { officerId, role, validFrom }: InstallationRoleRow): void {
  prepared(
    db,
    `INSERT INTO installation_roles (officer_id, role, valid_from) SELECT @officerId, @role, @validFrom
       WHERE NOT EXISTS (SELECT 1 FROM installation_roles WHERE officer_id = @officerId AND role = @role
         AND (valid_to IS NULL OR valid_to >= @validFrom))`,
  ).run({ officerId, role, validFrom })
}

/** `lastDay`: the last day on which it is held. */
export function endInstallationRole(
  db: Db,
  officerId: number,
  role: InstallationRoleRow['role'],
  lastDay: string,
): void {
  prepared(
    db,
    `UPDATE installation_roles SET valid_to = ? WHERE officer_id = ? AND role = ? AND (valid_to IS NULL OR valid_to > ?)`,
  ).run(lastDay, officerId, role, lastDay)
}

/** Officers who administer on `day` with an account that works. */
export function administrators(db: Db, day: string): readonly number[] {
  return prepared<{ id: number }>(
    db,
    `SELECT DISTINCT a.officer_id AS id FROM accounts a JOIN installation_roles r ON r.officer_id = a.officer_id
       WHERE r.role = 'administrator' AND a.disabled_at IS NULL AND r.valid_from <= @day
         AND (r.valid_to IS NULL OR r.valid_to >= @day)`,
  )
    .all({ day })
    .map(({ id }) => id)
}

export function insertOfficer(db: Db, key: string, name: string): number {
  return Number(prepared(db, 'INSERT INTO officers (key, name) VALUES (?, ?)').run(key, name).lastInsertRowid)
}
