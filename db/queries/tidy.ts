import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

/** Rows removed in one transaction: no write waits for more. */
const AT_ONCE = 1_000

/** Removes idempotency keys made before `before`. */
export function removeIdempotencyKeys(db: Db, before: number): number {
  return inParts(
    db,
    'DELETE FROM idempotency_keys WHERE (actor_id, operation, key) IN (SELECT actor_id, operation, key FROM idempotency_keys WHERE created_at < ? LIMIT ?)',
    before,
  )
}

/** Removes outbox rows done before `before`; the newest stays, so that no number is given twice. */
export function removeSentRequests(db: Db, before: number): number {
  return inParts(
    db,
    'DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE sent_at < ? AND id < (SELECT max(id) FROM outbox) LIMIT ?)',
    before,
  )
}

/** Removes messages of webhooks that were delivered before `before`, and those given up that were made before it. */
export function removeOldDeliveries(db: Db, before: number): number {
  const old = (isOld: string) =>
    inParts(
      db,
      `DELETE FROM webhook_deliveries WHERE id IN (SELECT id FROM webhook_deliveries WHERE ${isOld} LIMIT ?)`,
      before,
    )
  return old(`status = 'delivered' AND delivered_at < ?`) + old(`status = 'given_up' AND created_at < ?`)
}

/** Takes the words from requests for a new dossier that were rejected before `before`: they are about no dossier. */
export function forgetRejectedEntries(db: Db, before: number): number {
  return inParts(
    db,
    `UPDATE correction_requests SET reason = '', decision_note = NULL WHERE id IN (SELECT id FROM correction_requests
       WHERE decided_at < ? AND status = 'rejected' AND dossier_id IS NULL
         AND (reason <> '' OR decision_note IS NOT NULL) LIMIT ?)`,
    before,
  )
}

/**
 * Removes people that no dossier names any more: somebody else was put in their place. None while a register is being
 * imported, whose people are written before their dossiers.
 */
export function removeUnnamedPeople(db: Db): number {
  const ids = prepared<{ id: number }>(db, `SELECT id FROM persons WHERE ${UNNAMED}`).all()
  const remove = prepared(
    db,
    `DELETE FROM persons WHERE id = ? AND ${UNNAMED} AND NOT EXISTS (SELECT 1 FROM imports WHERE status = 'running')`,
  )
  const removed = ids.map(({ id }) => remove.run(id).changes)
  return removed.reduce((sum, n) => sum + n, 0)
}

const UNNAMED = `NOT EXISTS (SELECT 1 FROM dossiers WHERE applicant_id = persons.id)
  AND NOT EXISTS (SELECT 1 FROM dossiers WHERE proxy_id = persons.id)`

/** Removes intakes of training made before `before`. */
export function removeOldTrainings(db: Db, before: number): number {
  return inParts(
    db,
    'DELETE FROM training_intakes WHERE id IN (SELECT id FROM training_intakes WHERE made_at < ? LIMIT ?)',
    before,
  )
}

function inParts(db: Db, sql: string, before: number): number {
  const remove = prepared(db, sql)
  let removed = 0
  for (let n = AT_ONCE; n === AT_ONCE; removed += n) n = remove.run(before, AT_ONCE).changes
  return removed
}
