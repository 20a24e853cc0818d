import type { MessageChannel, MessageTemplate } from '../../src/domain/messages/message-rules.ts'
import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

export const MESSAGE_STATUSES = ['held', 'sending', 'sent', 'stopped', 'failed'] as const
export type MessageStatus = (typeof MESSAGE_STATUSES)[number]

export interface MessageRow {
  readonly id: number
  readonly dossierId: number
  readonly template: MessageTemplate
  readonly channel: MessageChannel
  /** Sealed; null once erased. */
  readonly toSealed: Buffer | null
  readonly textSealed: Buffer | null
  readonly dossierVersion: number
  readonly createdAt: number
  readonly createdById: number | null
  /** Not before then; while it is being sent, the end of the claim. */
  readonly sendAt: number
  readonly status: MessageStatus
  readonly attempts: number
  readonly settledAt: number | null
  readonly error: string | null
}

const COLUMNS = `m.id, m.dossier_id AS dossierId, m.template, m.channel, m.to_sealed AS toSealed, m.text_sealed AS textSealed,
  m.dossier_version AS dossierVersion, m.created_at AS createdAt, m.created_by_id AS createdById, m.send_at AS sendAt,
  m.status, m.attempts, m.settled_at AS settledAt, m.error`

export type NewMessage = Omit<MessageRow, 'id' | 'status' | 'attempts' | 'settledAt' | 'error'>

export function insertMessage(db: Db, message: NewMessage): number {
  const insert = prepared(
    db,
    `INSERT INTO messages (dossier_id, template, channel, to_sealed, text_sealed, dossier_version, created_at,
       created_by_id, send_at, status, attempts)
     VALUES (@dossierId, @template, @channel, @toSealed, @textSealed, @dossierVersion, @createdAt, @createdById, @sendAt,
       'held', 0)`,
  )
  return Number(insert.run(message).lastInsertRowid)
}

export function findMessage(db: Db, id: number): MessageRow | null {
  return prepared<MessageRow>(db, `SELECT ${COLUMNS} FROM messages m WHERE m.id = ?`).get(id) ?? null
}

/** All messages about a dossier, newest first. */
export function messagesOf(db: Db, dossierId: number): readonly MessageRow[] {
  return prepared<MessageRow>(
    db,
    `SELECT ${COLUMNS} FROM messages m WHERE m.dossier_id = ? ORDER BY m.id DESC`,
  ).all(dossierId)
}

/** What is to be looked at by a sender now, the longest due first: held and due, or claimed by somebody who is gone. */
export function dueMessages(db: Db, now: number, limit: number): readonly number[] {
  return prepared<{ id: number }>(
    db,
    `SELECT id FROM messages INDEXED BY messages_due WHERE status IN ('held', 'sending') AND send_at <= ?
       ORDER BY send_at, id LIMIT ?`,
  )
    .all(now, limit)
    .map(({ id }) => id)
}

/** Begins an attempt, of which this is the number; until `leaseEnd` nobody else does. */
export function claimMessage(db: Db, id: number, leaseEnd: number): number {
  const claimed = prepared<{ attempts: number }>(
    db,
    `UPDATE messages SET status = 'sending', attempts = attempts + 1, send_at = ? WHERE id = ? RETURNING attempts`,
  ).get(leaseEnd, id)
  return claimed!.attempts
}

export interface MessageResult {
  readonly status: MessageStatus
  readonly sendAt: number
  readonly settledAt: number | null
  readonly error: string | null
}

/** What came of an attempt; false where the message has changed its standing meanwhile. */
export function settleAttempt(db: Db, id: number, attempt: number, result: MessageResult): boolean {
  const { status, sendAt, settledAt, error } = result
  return (
    prepared(
      db,
      `UPDATE messages SET status = ?, send_at = ?, settled_at = ?, error = ?
         WHERE id = ? AND attempts = ? AND status = 'sending'`,
    ).run(status, sendAt, settledAt, error, id, attempt).changes === 1
  )
}

/** Ends a message without sending it. */
export function endMessage(
  db: Db,
  id: number,
  {
    status,
    at,
    error,
  }: { readonly status: 'stopped' | 'failed'; readonly at: number; readonly error: string },
): void {
  prepared(db, 'UPDATE messages SET status = ?, settled_at = ?, error = ? WHERE id = ?').run(
    status,
    at,
    error,
    id,
  )
}

/** The same message in other words, of the dossier as it is now. */
export function rewriteMessage(db: Db, id: number, textSealed: Buffer, dossierVersion: number): void {
  prepared(db, 'UPDATE messages SET text_sealed = ?, dossier_version = ? WHERE id = ?').run(
    textSealed,
    dossierVersion,
    id,
  )
}

/** Puts it off to `sendAt`. */
export function postponeMessage(db: Db, id: number, sendAt: number): void {
  prepared(db, 'UPDATE messages SET send_at = ? WHERE id = ?').run(sendAt, id)
}

/** Sends a failed one again, with all attempts before it. */
export function reviveMessage(db: Db, id: number, sendAt: number): void {
  prepared(
    db,
    `UPDATE messages SET status = 'held', attempts = 0, send_at = ?, settled_at = NULL, error = NULL WHERE id = ?`,
  ).run(sendAt, id)
}

export interface ListedMessage extends MessageRow {
  readonly code: string | null
}

export interface MessageQuery {
  readonly statuses: readonly MessageStatus[]
  /** Units that received or resolve the dossier; null: all. */
  readonly unitIds: readonly number[] | null
  readonly before: number
  readonly limit: number
}

/** Messages, newest first. */
export function messageList(
  db: Db,
  { statuses, unitIds, before, limit }: MessageQuery,
): readonly ListedMessage[] {
  const seen =
    unitIds === null
      ? ''
      : `AND (d.receiving_unit_id IN (SELECT value FROM json_each(@units))
           OR d.unit_id IN (SELECT value FROM json_each(@units)))`
  return prepared<ListedMessage>(
    db,
    `SELECT ${COLUMNS}, d.code FROM messages m CROSS JOIN dossiers d ON d.id = m.dossier_id
       WHERE m.id < @before AND m.status IN (SELECT value FROM json_each(@statuses)) ${seen}
       ORDER BY m.id DESC LIMIT @limit`,
  ).all({
    before,
    limit,
    statuses: JSON.stringify(statuses),
    ...(unitIds !== null && { units: JSON.stringify(unitIds) }),
  })
}

/** Messages of the trial mailbox, newest first. */
export function mailboxMessages(
  db: Db,
  error: string,
  before: number,
  limit: number,
): readonly ListedMessage[] {
  return prepared<ListedMessage>(
    db,
    `SELECT ${COLUMNS}, d.code FROM messages m CROSS JOIN dossiers d ON d.id = m.dossier_id
       WHERE m.id < ? AND m.status = 'stopped' AND m.error = ? ORDER BY m.id DESC LIMIT ?`,
  ).all(before, error, limit)
}

/** How many failed ones of dossiers received by a unit lie there. Older ones than tidying leaves do not. */
export function failedMessages(db: Db, receivingUnitId: number, since: number): number {
  const row = prepared<{ n: number }>(
    db,
    `SELECT count(*) AS n FROM messages m CROSS JOIN dossiers d ON d.id = m.dossier_id
       WHERE m.id > coalesce((SELECT id FROM messages WHERE created_at < ? ORDER BY id DESC LIMIT 1), 0)
         AND m.status = 'failed' AND d.receiving_unit_id = ?`,
  ).get(since, receivingUnitId)
  return row?.n ?? 0
}

/** Of these dossiers: takes address and text away and sends nothing more. */
export function eraseMessages(db: Db, dossierIds: readonly number[], at: number): number {
  return prepared(
    db,
    `UPDATE messages SET to_sealed = NULL, text_sealed = NULL, settled_at = coalesce(settled_at, @at),
       error = CASE status WHEN 'held' THEN 'erased' ELSE error END,
       status = CASE status WHEN 'held' THEN 'stopped' ELSE status END
     WHERE dossier_id IN (SELECT value FROM json_each(@ids)) AND (to_sealed IS NOT NULL OR text_sealed IS NOT NULL)`,
  ).run({ ids: JSON.stringify(dossierIds), at }).changes
}

/** Takes address and text away from what was settled before `before`; a failed one among them is sent no more. */
export function forgetOldMessages(db: Db, before: number, limit: number): number {
  return prepared(
    db,
    `UPDATE messages SET to_sealed = NULL, text_sealed = NULL,
       error = CASE status WHEN 'failed' THEN 'forgotten' ELSE error END,
       status = CASE status WHEN 'failed' THEN 'stopped' ELSE status END
     WHERE id IN (SELECT id FROM messages WHERE settled_at < ? AND to_sealed IS NOT NULL LIMIT ?)`,
  ).run(before, limit).changes
}

export interface Addresses {
  readonly name: string
  readonly email: string | null
  readonly phoneSealed: Buffer | null
}

/** Where somebody can be told something; null for whoever is erased. */
export function addressesOf(db: Db, personId: number): Addresses | null {
  const row = prepared<Addresses>(
    db,
    `SELECT name, email, phone_sealed AS phoneSealed FROM persons WHERE id = ? AND erased_at IS NULL`,
  ).get(personId)
  return row ?? null
}

/** The last reason given for one of these acts. */
export function lastReason(db: Db, dossierId: number, acts: readonly string[]): string | null {
  const row = prepared<{ text: string }>(
    db,
    `SELECT t.text FROM dossier_texts t INDEXED BY dossier_texts_dossier
       CROSS JOIN events e ON e.dossier_id = t.dossier_id AND e.seq = t.seq
       WHERE t.dossier_id = ? AND t.kind = 'reason' AND e.act IN (SELECT value FROM json_each(?))
       ORDER BY t.seq DESC LIMIT 1`,
  ).get(dossierId, JSON.stringify(acts))
  return row?.text ?? null
}
