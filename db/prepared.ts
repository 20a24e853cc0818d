import type { Statement } from 'better-sqlite3'
import type { Db } from './open.ts'

const statements = new WeakMap<Db, Map<string, Statement<unknown[], unknown>>>()

/** The statement of `sql` on this connection, prepared once. Queries are functions `(db, args)` over it. */
export function prepared<Row = unknown>(db: Db, sql: string): Statement<unknown[], Row> {
  let cache = statements.get(db)
  if (cache === undefined) {
    cache = new Map()
    statements.set(db, cache)
  }
  let statement = cache.get(sql)
  if (statement === undefined) {
    statement = db.prepare<unknown[], unknown>(sql)
    cache.set(sql, statement)
  }
  return statement as Statement<unknown[], Row>
}
