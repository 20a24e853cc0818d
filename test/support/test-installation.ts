import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { migrateDatabase } from '../../db/migrate.ts'
import { type Db, openDatabase } from '../../db/open.ts'
import { loadReference } from '../../db/seeds/load-reference.ts'
import { fixedClock } from '../../src/clock.ts'
import type { PaperDeps } from '../../src/deps.ts'
import { parseInstant } from '../../src/domain/calendar/day.ts'
import { vaultOf } from '../../src/vault.ts'

export interface TestInstallation extends PaperDeps {
  readonly clock: ReturnType<typeof fixedClock>
  /** Sets the clock to a local moment such as '2023-03-06T09:00'. */
  at(moment: string): number
}

/** A real database in memory (or at `file`) with the reference data of Tứ Kỳ, and a clock that stands. */
export function testInstallation(moment = '2023-03-06T09:00', file = ':memory:'): TestInstallation {
  const db: Db = openDatabase(file, { busyTimeoutMs: 5000 })
  migrateDatabase(db)
  loadReference(db, parseInstant('2021-11-01T08:00'))
  const clock = fixedClock(parseInstant(moment))
  return {
    db,
    clock,
    vault: vaultOf(randomBytes(32)),
    log: pino({ level: 'silent' }),
    folders: paperFolders(),
    at(next) {
      clock.set(parseInstant(next))
      return clock.now()
    },
  }
}

const ROOT = join(tmpdir(), `motcua-test-${randomBytes(8).toString('hex')}`)
process.once('exit', () => rmSync(ROOT, { recursive: true, force: true }))
let made = 0

/** Folders that come to be with the first document and go with the process. */
function paperFolders(): PaperDeps['folders'] {
  made += 1
  const own = join(ROOT, String(made))
  return {
    documentsDir: join(own, 'documents'),
    attachmentsDir: join(own, 'attachments'),
    templatesDir: join(own, 'templates'),
  }
}
