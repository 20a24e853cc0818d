import { readConfig } from '../../../src/config.ts'
import { openInstallation } from '../../../src/installation.ts'
import { createLogger } from '../../../src/logger.ts'
import { startBullmqRunner } from '../../../workers/bullmq-runner.ts'
import { startEmbeddedRunner } from '../../../workers/embedded-runner.ts'

/** What workers/main.ts is, but with a tick each second instead of each minute. */
const pattern = '* * * * * *'
const config = readConfig(process.env, process.cwd())
const { redisUrl } = config
const installation = openInstallation(config, createLogger(config.logLevel))
const deps = { ...installation, config }
const runner =
  redisUrl === null
    ? startEmbeddedRunner(deps, { pattern })
    : startBullmqRunner(deps, { redisUrl, pattern, watchMs: 400 })

process.on('SIGTERM', async () => {
  await runner.stop()
  installation.db.close()
  process.exit(0)
})
