import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Logger } from 'pino'
import { type Db, openDatabase } from '../db/open.ts'
import { lastRecordedAt } from '../db/queries/last-event.ts'
import { readSetting } from '../db/queries/settings.ts'
import { loadRules } from '../db/seeds/load-reference.ts'
import { recordAudit } from './audit/record-audit.ts'
import { recordCommand } from './audit/record-command.ts'
import { catalogueOf } from './catalogue/catalogue.ts'
import { type Clock, shiftedClock, systemClock } from './clock.ts'
import { type Config, ConfigError } from './config.ts'
import type { PaperDeps } from './deps.ts'
import { parseInstant } from './domain/calendar/day.ts'
import { keyProblem } from './key-file.ts'
import { upgradeDatabase } from './upgrade.ts'
import { openVault } from './vault.ts'

export interface Installation extends PaperDeps {
  /** The demonstration: invented people, shifted clock, a banner on every page. */
  readonly demo: boolean
}

/** The Monday on which the demonstration begins. */
export const DEMO_START = '2024-01-08T07:30'

const BUSY_TIMEOUT_MS = 5_000

/**
 * Opens the database, the key and the clock of this installation. Where there is none yet, an empty one is made:
 * the schema, the calendars, the rate definitions and the model criteria set, without units or people.
 */
export function openInstallation(config: Config, log: Logger): Installation {
  makeFolders(config)
  const db = openDatabase(config.databaseFile, { busyTimeoutMs: BUSY_TIMEOUT_MS })
  try {
    const upgraded = upgradeDatabase(db, { backupDir: config.backupDir, clock: systemClock, log })
    if (upgraded) recordCommand({ db, clock: systemClock }, 'upgrade')
    loadRulesOnce(db)
    // A new key is made only where nothing was sealed with another one.
    const problem = keyProblem(db, config.keyFile)
    if (problem !== null) throw problem
    const demo = readSetting(db, 'demo') === true
    const clock = clockOf(db, demo, config.clockStart)
    const { messages } = config
    const vault = openVault(config.keyFile)
    const { publicUrl } = config
    return { db, demo, log, clock, wall: systemClock, vault, folders: config, publicUrl, messages }
  } catch (error) {
    db.close()
    throw error
  }
}

/** The folders of the key and, for nobody else to read, of the data. */
export function makeFolders({ dataDir, keyFile }: Pick<Config, 'dataDir' | 'keyFile'>): void {
  mkdirSync(dirname(keyFile), { recursive: true })
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
}

function loadRulesOnce(db: Db): void {
  const isNew = () => catalogueOf(db).regimes.length === 0
  // Asked first without a lock: a start must not wait for whoever is writing.
  if (!isNew()) return
  db.transaction(() => {
    if (!isNew()) return
    loadRules(db, systemClock.now())
    const data = { what: 'rules_loaded' }
    recordAudit({ db, clock: systemClock }, { kind: 'reference_changed', actorId: null, data })
  }).immediate()
}

/** The demonstration's clock starts where it is told, but never before what was already recorded. */
function clockOf(db: Db, demo: boolean, clockStart: string | null): Clock {
  if (demo) return shiftedClock(Math.max(parseInstant(clockStart ?? DEMO_START), lastRecordedAt(db) ?? 0))
  if (clockStart === null) return systemClock
  throw new ConfigError(
    'CLOCK_START chỉ dùng được với cơ sở dữ liệu trình diễn (npm run demo). Hãy bỏ biến này để chạy với giờ thật.',
  )
}
