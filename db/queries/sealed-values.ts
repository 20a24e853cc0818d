import type { Db } from '../open.ts'

/** Sealed numbers to try a key on: all of them, or one of each kind where there is any. */
export function* sealedValues(db: Db, which: 'samples' | 'all'): Generator<Buffer> {
  for (const kind of ['id_number', 'phone']) {
    const sql = `SELECT ${kind}_sealed FROM persons WHERE ${kind}_hash IS NOT NULL`
    // The index on the hash finds one at once, or that there is none.
    const end = which === 'samples' ? ` ORDER BY ${kind}_hash LIMIT 1` : ''
    yield* db
      .prepare<[], Buffer>(sql + end)
      .pluck()
      .iterate()
  }
}

/** Takes away the sealed numbers that `opens` says cannot be opened, with what they are found by; returns how many. */
export function removeSealed(db: Db, opens: (sealed: Buffer) => boolean): number {
  db.function('opens', (sealed) => Number(opens(sealed as Buffer)))
  let removed = 0
  for (const [kind, tail] of [
    ['id_number', 'id'],
    ['phone', 'phone'],
  ]) {
    const sql = `UPDATE persons SET ${kind}_sealed = NULL, ${kind}_hash = NULL, ${tail}_tail_hash = NULL
      WHERE ${kind}_sealed IS NOT NULL AND NOT opens(${kind}_sealed)`
    removed += db.prepare(sql).run().changes
  }
  return removed
}
