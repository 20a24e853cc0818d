import { openDatabase } from '../../../db/open.ts'
import { readConfig } from '../../../src/config.ts'
import { openInstallation } from '../../../src/installation.ts'
import { createLogger } from '../../../src/logger.ts'
import { beatOnce } from '../../../workers/embedded-runner.ts'

/**
 * One beat of a worker that sends itself a signal at a point of its first closing: `claimed` (the ledger says running,
 * nothing is done yet) or `closed` (the period is closed, the ledger does not say so). Both lie between transactions,
 * when an operation asks for the database.
 */
const [point, signal] = process.argv.slice(2) as ['claimed' | 'closed', NodeJS.Signals]
const config = readConfig(process.env, process.cwd())
const installation = openInstallation(config, createLogger(config.logLevel))
const onlooker = openDatabase(config.databaseFile, { busyTimeoutMs: 0, readOnly: true })
const isThere = onlooker
  .prepare(
    `SELECT EXISTS (SELECT 1 FROM job_runs r LEFT JOIN periods p ON p.key = r.subject
       WHERE r.job = 'close-period' AND r.outcome = 'running' AND (p.closed_at IS NOT NULL) = ?)`,
  )
  .pluck()

let halted = false
await beatOnce({
  ...installation,
  config,
  get db() {
    if (!halted && isThere.get(point === 'closed' ? 1 : 0) === 1) {
      halted = true
      process.kill(process.pid, signal)
    }
    return installation.db
  },
})
onlooker.close()
installation.db.close()
