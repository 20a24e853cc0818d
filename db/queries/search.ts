import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'
import { type QueueScope, scopeArgs } from './queue-scope.ts'

/** A dossier found, with what it is put in order by. */
export interface Found {
  readonly id: number
  readonly applicant: string | null
}

export interface SeenBy {
  readonly scope: QueueScope
  readonly limit: number
}

const among = (column: string, name: string) => `${column} IN (SELECT value FROM json_each(@${name}))`
const BESIDE = `(${among('d.holder_unit_id', 'units')} OR ${among('d.assignee_id', 'officers')}
  OR ${among('d.procedure_version_id', 'versions')})`
const PENDING = 'd.accepted_at IS NOT NULL AND d.ended_at IS NULL'

/** Dossiers somebody may see: of their units; while pending, also held by them, assigned, or with a step of theirs. */
const SEEN = `(${among('d.unit_id', 'units')} OR ${among('d.receiving_unit_id', 'units')} OR (${PENDING} AND ${BESIDE}))`

function seenBy({ kind }: QueueScope): string {
  return kind === 'all' ? '' : `AND ${SEEN}`
}

/** Dossiers whose code begins in one of these ways, each with a whole day in it: at no agency are they many. */
export function foundByDay(db: Db, starts: readonly string[], { scope, limit }: SeenBy): readonly Found[] {
  return prepared<Found>(
    db,
    `SELECT d.id, p.name AS applicant FROM json_each(@starts) s
       CROSS JOIN dossiers d INDEXED BY dossiers_code_unique ON d.code >= s.value AND d.code < s.value || char(1114111)
       LEFT JOIN persons p ON p.id = d.applicant_id WHERE 1 ${seenBy(scope)} LIMIT @limit`,
  ).all({ starts: JSON.stringify(starts), limit, ...scopeArgs(scope, []) })
}

/** The last codes of each of these beginnings, as many of each as `ofEach`. */
export function foundByCode(
  db: Db,
  starts: readonly string[],
  { scope, limit, ofEach }: SeenBy & { readonly ofEach: number },
): readonly Found[] {
  const last = prepared<{ id: number }>(
    db,
    `SELECT id FROM dossiers INDEXED BY dossiers_code_unique WHERE code >= @start AND code < @start || char(1114111)
       ORDER BY code DESC LIMIT @ofEach`,
  )
  const ids = starts.flatMap((start) => last.all({ start, ofEach }).map(({ id }) => id))
  return prepared<Found>(
    db,
    `SELECT d.id, p.name AS applicant FROM json_each(@ids) i CROSS JOIN dossiers d ON d.id = i.value
       LEFT JOIN persons p ON p.id = d.applicant_id WHERE 1 ${seenBy(scope)} ORDER BY d.id DESC LIMIT @limit`,
  ).all({ ids: JSON.stringify(ids), limit, ...scopeArgs(scope, []) })
}

/** Dossiers of whoever has this ID or phone number, newest first. */
export function foundByNumber(db: Db, hash: Buffer, seen: SeenBy): readonly Found[] {
  return ofPersons(
    db,
    `SELECT id FROM persons INDEXED BY persons_id_number WHERE id_number_hash = @hash
     UNION SELECT id FROM persons INDEXED BY persons_phone WHERE phone_hash = @hash`,
    { hash },
    seen,
  )
}

/** Dossiers of whoever's ID or phone number ends so, newest first. */
export function foundByTail(db: Db, hash: Buffer, seen: SeenBy): readonly Found[] {
  return ofPersons(
    db,
    `SELECT id FROM persons INDEXED BY persons_id_tail WHERE id_tail_hash = @hash
     UNION SELECT id FROM persons INDEXED BY persons_phone_tail WHERE phone_tail_hash = @hash`,
    { hash },
    seen,
  )
}

/** People recorded last whose names are looked at one by one. */
const MOST_PEOPLE = 500

/** Dossiers of the last people whose name has these words (FTS5), newest first; `isAll`: there are no more such people. */
export function foundByName(
  db: Db,
  match: string,
  seen: SeenBy,
): { readonly found: readonly Found[]; readonly isAll: boolean } {
  const people = prepared<{ id: number }>(
    db,
    `SELECT rowid AS id FROM persons_words WHERE persons_words MATCH ? ORDER BY rowid DESC LIMIT ${MOST_PEOPLE}`,
  )
    .all(match)
    .map(({ id }) => id)
  const args = { people: JSON.stringify(people) }
  const found = ofPersons(db, 'SELECT value AS id FROM json_each(@people)', args, seen)
  return { found, isAll: people.length < MOST_PEOPLE }
}

/** A unit, and how many of its last dossiers are looked through. */
export interface Near {
  readonly unitId: number
  readonly most: number
  readonly limit: number
}

/**
 * The same among the dossiers a unit received last: of a common name all the newest people may be somebody else's.
 * `likes`: patterns of whole or unfinished words.
 */
export function foundByNameNear(db: Db, likes: readonly string[], near: Near): readonly Found[] {
  const isLike = likes.map((_, index) => `AND ' ' || p.name_folded || ' ' LIKE @like${index}`).join(' ')
  return prepared<Found>(
    db,
    `SELECT d.id, p.name AS applicant FROM (
       SELECT id, applicant_id FROM dossiers INDEXED BY dossiers_receiving_received
         WHERE receiving_unit_id = @unitId ORDER BY accepted_on DESC LIMIT @most) d
       CROSS JOIN persons p ON p.id = d.applicant_id WHERE 1 ${isLike} LIMIT @limit`,
  ).all({ ...near, ...Object.fromEntries(likes.map((like, index) => [`like${index}`, like])) })
}

function ofPersons(
  db: Db,
  people: string,
  args: Record<string, unknown>,
  { scope, limit }: SeenBy,
): readonly Found[] {
  return prepared<Found>(
    db,
    `SELECT d.id, p.name AS applicant FROM (${people}) w CROSS JOIN persons p ON p.id = w.id
       CROSS JOIN dossiers d INDEXED BY dossiers_applicant ON d.applicant_id = p.id
       WHERE 1 ${seenBy(scope)} ORDER BY d.id DESC LIMIT @limit`,
  ).all({ ...args, limit, ...scopeArgs(scope, []) })
}
