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
