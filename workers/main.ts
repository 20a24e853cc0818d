import { readConfig } from '../src/config.ts'
import { openInstallation } from '../src/installation.ts'
import { createLogger } from '../src/logger.ts'
import { startBullmqRunner } from './bullmq-runner.ts'
import { startEmbeddedRunner } from './embedded-runner.ts'
import { startFeed } from './feed.ts'
import { startMessageRunner } from './message-runner.ts'
import { startWebhookRunner } from './webhook-runner.ts'

/** The worker process: `npm run worker`. With REDIS_URL the jobs go through BullMQ, without it by a timer. */
const config = readConfig(process.env, process.cwd())
const log = createLogger(config.logLevel)
const installation = openInstallation(config, log)
const deps = { ...installation, config }
const { redisUrl } = config
const runner = redisUrl === null ? startEmbeddedRunner(deps) : startBullmqRunner(deps, { redisUrl })
const feed = startFeed(deps)
const webhooks = startWebhookRunner(deps, config)
const messages = startMessageRunner(deps)
log.info({ queue: redisUrl !== null }, 'workers ready')

let stopping = false
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, async () => {
    if (stopping) return
    stopping = true
    log.info({ signal }, 'workers stop after the work at hand')
    await Promise.all([runner.stop(), webhooks.stop(), messages.stop(), feed.stop()])
    installation.db.close()
    process.exit(0)
  })
}
