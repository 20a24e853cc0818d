import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

/** A dossier as far as its erasure asks. */
export interface ErasureCandidate {
  readonly id: number
  readonly code: string | null
  readonly procedureId: number
  /** Its last day; null while it runs. */
  readonly endedOn: string | null
}

const ENDED_ON = `coalesce(d.ended_on, CASE WHEN d.state = 'not_accepted' THEN d.refused_intake_on
  WHEN d.state = 'voided' THEN date(d.last_occurred_at / 1000, 'unixepoch', '+7 hours') END)`
const CANDIDATE = `SELECT d.id, d.code, d.procedure_id AS procedureId, ${ENDED_ON} AS endedOn FROM dossiers d`
const HAS_PEOPLE = `EXISTS (SELECT 1 FROM persons p WHERE p.id IN (d.applicant_id, d.proxy_id) AND p.erased_at IS NULL)`
/** Notes of registers may stand beside a dossier that never named anybody. */
const HAS_WORDS = 'EXISTS (SELECT 1 FROM dossier_texts t WHERE t.dossier_id = d.id)'
const IDS = '(SELECT value FROM json_each(@ids))'

/** Dossiers with people or words in them: the one of that id. */
export function erasableById(db: Db, id: number): readonly ErasureCandidate[] {
  return prepared<ErasureCandidate>(
    db,
    `${CANDIDATE} WHERE d.id = ? AND (${HAS_PEOPLE} OR ${HAS_WORDS})`,
  ).all(id)
}

/** Those of whoever has that number, as applicant or for another. */
export function erasableByPerson(db: Db, idNumberHash: Buffer): readonly ErasureCandidate[] {
  return prepared<ErasureCandidate>(
    db,
    `WITH who AS (SELECT id FROM persons WHERE id_number_hash = ?)
     ${CANDIDATE} WHERE d.applicant_id IN (SELECT id FROM who) OR d.proxy_id IN (SELECT id FROM who) ORDER BY d.id`,
  ).all(idNumberHash)
}

/** Those that ended before `day`. */
export function erasableEndedBefore(db: Db, day: string): readonly ErasureCandidate[] {
  return prepared<ErasureCandidate>(
    db,
    `${CANDIDATE} WHERE ${ENDED_ON} < ? AND (${HAS_PEOPLE} OR ${HAS_WORDS}) ORDER BY d.id`,
  ).all(day)
}

/** A person who is still there, with what imports may have kept of them. */
export interface NamedPerson {
  readonly id: number
  readonly name: string
  readonly address: string | null
  readonly idNumberSealed: Buffer | null
  readonly phoneSealed: Buffer | null
}

/** The people of these dossiers who are not erased yet. */
export function peopleOf(db: Db, ids: readonly number[]): readonly NamedPerson[] {
  return prepared<NamedPerson>(
    db,
    `SELECT id, name, address, id_number_sealed AS idNumberSealed, phone_sealed AS phoneSealed FROM persons
       WHERE erased_at IS NULL AND id IN (SELECT applicant_id FROM dossiers WHERE id IN ${IDS}
         UNION SELECT proxy_id FROM dossiers WHERE id IN ${IDS})`,
  ).all({ ids: JSON.stringify(ids) })
}

/** Which of these people are needed by other dossiers than these. */
export function neededElsewhere(
  db: Db,
  people: readonly number[],
  ids: readonly number[],
): ReadonlySet<number> {
  const rows = prepared<{ id: number }>(
    db,
    `SELECT applicant_id AS id FROM dossiers INDEXED BY dossiers_applicant
       WHERE applicant_id IN (SELECT value FROM json_each(@people)) AND id NOT IN ${IDS}
     UNION SELECT proxy_id FROM dossiers INDEXED BY dossiers_proxy
       WHERE proxy_id IN (SELECT value FROM json_each(@people)) AND id NOT IN ${IDS}`,
  ).all({ people: JSON.stringify(people), ids: JSON.stringify(ids) })
  return new Set(rows.map(({ id }) => id))
}

/** What is left of somebody: a row that says so in place of the name, found by no name and no number. */
export function erasePerson(
  db: Db,
  id: number,
  { words, at }: { readonly words: string; readonly at: number },
): void {
  prepared(
    db,
    `UPDATE persons SET name = ?, name_folded = '', birth_year = NULL, sex = NULL, id_number_sealed = NULL,
       id_number_hash = NULL, id_tail_hash = NULL, phone_sealed = NULL, phone_hash = NULL, phone_tail_hash = NULL,
       email = NULL, address = NULL, erased_at = ? WHERE id = ?`,
  ).run(words, at, id)
}

/** Puts an erased person into these dossiers in place of one whom other dossiers still need. */
export function detachPerson(
  db: Db,
  personId: number,
  ids: readonly number[],
  { words, at }: { readonly words: string; readonly at: number },
): void {
  const insert = prepared(db, `INSERT INTO persons (name, name_folded, erased_at) VALUES (?, '', ?)`)
  const nobody = Number(insert.run(words, at).lastInsertRowid)
  for (const column of ['applicant_id', 'proxy_id'])
    prepared(db, `UPDATE dossiers SET ${column} = @nobody WHERE ${column} = @personId AND id IN ${IDS}`).run({
      nobody,
      personId,
      ids: JSON.stringify(ids),
    })
}

export interface ErasedRows {
  readonly texts: number
  readonly documents: number
  readonly requests: number
}

/**
 * Takes away what people wrote about these dossiers, what was asked for sealed, and what programs were told and
 * answered; marks their documents. The timeline, the figures and the codes are not touched.
 */
export function eraseBeside(db: Db, ids: readonly number[], at: number): ErasedRows {
  const run = (sql: string) => prepared(db, sql).run({ ids: JSON.stringify(ids), at }).changes
  const texts = run(`DELETE FROM dossier_texts WHERE dossier_id IN ${IDS}`)
  const documents = run(
    `UPDATE documents SET erased_at = @at, template = kind WHERE dossier_id IN ${IDS} AND erased_at IS NULL`,
  )
  const requests = run(
    `UPDATE correction_requests SET request = NULL, reason = '', decision_note = NULL,
       decided_at = coalesce(decided_at, @at), status = CASE status WHEN 'waiting' THEN 'rejected' ELSE status END
       WHERE dossier_id IN ${IDS} AND (request IS NOT NULL OR reason <> '' OR decision_note IS NOT NULL)`,
  )
  run(`UPDATE fee_receipts SET void_reason = NULL WHERE dossier_id IN ${IDS} AND void_reason IS NOT NULL`)
  // What the catalogue calls a paper says a kind; any other name was typed.
  run(
    `UPDATE dossier_papers SET name = 'Giấy tờ khác' WHERE dossier_id IN ${IDS}
       AND name NOT IN (SELECT name FROM procedure_components)`,
  )
  run(`DELETE FROM webhook_deliveries WHERE event_id IN (SELECT id FROM events WHERE dossier_id IN ${IDS})`)
  return { texts, documents, requests }
}

/** Every dossier whose people were taken out, ever. */
export function erasedDossiers(db: Db): ReadonlySet<number> {
  const rows = prepared<{ id: number }>(
    db,
    `SELECT d.id FROM persons p NOT INDEXED CROSS JOIN dossiers d INDEXED BY dossiers_applicant
       ON d.applicant_id = p.id WHERE p.erased_at IS NOT NULL`,
  ).all()
  return new Set(rows.map(({ id }) => id))
}

/** Ids among these whose dossier has nobody left to name. */
export function withoutPeople(db: Db, ids: readonly number[]): ReadonlySet<number> {
  const rows = prepared<{ id: number }>(
    db,
    `SELECT d.id FROM dossiers d WHERE d.id IN ${IDS} AND NOT ${HAS_PEOPLE}`,
  ).all({ ids: JSON.stringify(ids) })
  return new Set(rows.map(({ id }) => id))
}

export interface RegisterDocument {
  readonly id: number
  readonly kind: 'register-book' | 'day-register'
  readonly subject: string
}

/** Registers of a year and of a day as issued, whose bytes are there. */
export function registerDocuments(db: Db): readonly RegisterDocument[] {
  return prepared<RegisterDocument>(
    db,
    `SELECT id, kind, subject FROM documents WHERE kind IN ('register-book', 'day-register')
       AND erased_at IS NULL ORDER BY id`,
  ).all()
}

export function eraseDocument(db: Db, id: number, at: number): void {
  prepared(db, 'UPDATE documents SET erased_at = ?, template = kind WHERE id = ?').run(at, id)
}

/** Files that only erased documents refer to. */
export function filesOfErased(db: Db): readonly string[] {
  return prepared<{ sha256: string }>(
    db,
    `SELECT DISTINCT sha256 FROM documents e WHERE erased_at IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM documents k WHERE k.sha256 = e.sha256 AND k.erased_at IS NULL)`,
  )
    .all()
    .map(({ sha256 }) => sha256)
}

/** Samples of names that the planner keeps. */
export function forgetStatisticsOfPeople(db: Db): void {
  const kept = prepared<{ name: string }>(
    db,
    `SELECT name FROM sqlite_master WHERE name = 'sqlite_stat4'`,
  ).get()
  if (kept !== undefined) db.prepare(`DELETE FROM sqlite_stat4 WHERE tbl = 'persons'`).run()
}

/**
 * Writes the index of names anew: a word that is deleted, or was corrected long ago, else stays in the bytes of its
 * segments (FTS5 only notes that it is gone).
 */
export function rewriteNameIndex(db: Db): void {
  prepared(db, `INSERT INTO persons_words (persons_words) VALUES ('optimize')`).run()
}
