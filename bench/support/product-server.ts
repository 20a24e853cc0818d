import { randomBytes } from 'node:crypto'
import { parentPort, workerData } from 'node:worker_threads'
import { pino } from 'pino'
import { groupCommit } from '../../db/group-commit.ts'
import { migrateDatabase } from '../../db/migrate.ts'
import { openDatabase } from '../../db/open.ts'
import { loadReference } from '../../db/seeds/load-reference.ts'
import { buildApp } from '../../src/app.ts'
import { fixedClock } from '../../src/clock.ts'
import { parseInstant } from '../../src/domain/calendar/day.ts'
import { vaultOf } from '../../src/vault.ts'
import { LIMITS, ratesFor } from '../../src/web/limits.ts'
import { clientToken } from '../../test/support/client-token.ts'
import { sessionCookieOf } from '../../test/support/signed-in.ts'
import { BENCH_VAULT } from './fill.ts'

interface Started {
  readonly file: string
  readonly port: number
  readonly now: string
  /** Whose sessions are opened too, for pages. */
  readonly officers?: readonly string[]
}

/** The product's own application on `file`, its reference data loaded when the file is new. */
async function startProduct({ file, port, now, officers = [] }: Started) {
  const db = openDatabase(file, { busyTimeoutMs: 0 })
  migrateDatabase(db)
  const isNew = db.prepare('SELECT 1 FROM units LIMIT 1').get() === undefined
  if (isNew) loadReference(db, parseInstant('2021-11-01T08:00'))
  const deps = {
    db,
    clock: fixedClock(parseInstant(now)),
    vault: officers.length === 0 ? vaultOf(randomBytes(32)) : BENCH_VAULT,
    log: pino({ level: 'silent' }),
    folders: { documentsDir: `${file}-documents`, templatesDir: `${file}-templates` },
  }
  const token = clientToken(deps)
  const app = await buildApp({ ...deps, writer: groupCommit(db), limits: { ...LIMITS, rates: ratesFor(0) } })
  await app.listen({ host: '127.0.0.1', port })
  const cookies = Object.fromEntries(officers.map((officer) => [officer, sessionCookieOf(deps, officer)]))
  return { token, cookies }
}

parentPort?.postMessage(await startProduct(workerData as Started))
