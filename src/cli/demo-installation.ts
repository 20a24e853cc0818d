import { existsSync } from 'node:fs'
import { createDemo } from '../../db/seeds/demo/create-demo.ts'
import { DEMO_SPAN } from '../../db/seeds/demo/stories.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Config } from '../config.ts'
import { addDays, localDayOf, parseDay, parseInstant } from '../domain/calendar/day.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import { RuleError } from '../domain/refusals.ts'
import { DEMO_START, makeFolders, openInstallation } from '../installation.ts'
import { createLogger } from '../logger.ts'
import { openVault } from '../vault.ts'
import { progressOf } from './progress.ts'
import type { Terminal } from './terminal.ts'

/**
 * Makes the demonstration in DATA_DIR unless it is there. A real installation with units in it is never touched;
 * an empty one, as `npm start` leaves it, gives way.
 */
export function makeDemo(config: Config, terminal: Terminal, from: string = DEMO_SPAN.from): void {
  const there = whatIsThere(config)
  if (there === 'real') throw new RuleError('not_a_demo', { file: config.databaseFile })
  if (there === 'demo') {
    terminal.say(`Dùng lại cơ sở dữ liệu trình diễn ${config.databaseFile}`)
    return
  }
  const until = parseInstant(DEMO_START)
  const span = { from: parseDay(from), to: addDays(localDayOf(until), -1), until }
  makeFolders(config)
  const deps = { vault: openVault(config.keyFile), log: createLogger('silent') }
  const progress = progressOf(terminal, 'Tạo dữ liệu trình diễn')
  const { dossiers, acts } = createDemo(config.databaseFile, deps, span, progress)
  terminal.say(
    `Đã tạo ${formatCount(dossiers)} hồ sơ giả với ${formatCount(acts)} sự kiện trong ${config.databaseFile}`,
  )
}

function whatIsThere(config: Config): 'nothing' | 'demo' | 'real' {
  if (!existsSync(config.databaseFile)) return 'nothing'
  const { db, demo } = openInstallation({ ...config, clockStart: null }, createLogger('silent'))
  const isEmpty = catalogueOf(db).units.length === 0
  db.close()
  if (demo) return 'demo'
  const isOpenElsewhere = existsSync(`${config.databaseFile}-wal`)
  return isEmpty && !isOpenElsewhere ? 'nothing' : 'real'
}
