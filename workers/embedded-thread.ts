import { parentPort, workerData } from 'node:worker_threads'
import { openDatabase } from '../db/open.ts'
import { systemClock } from '../src/clock.ts'
import type { Config } from '../src/config.ts'
import { createLogger } from '../src/logger.ts'
import { openVault } from '../src/vault.ts'
import { startEmbeddedRunner } from './embedded-runner.ts'
import { startMessageRunner } from './message-runner.ts'
import { startWebhookRunner } from './webhook-runner.ts'

export interface EmbeddedThreadData {
  readonly config: Config
  /** What the service's clock is ahead of the machine's, in ms: 0 except in a demonstration. */
  readonly clockOffset: number
  /** When to tick, as a cron pattern; every minute if not given. */
  readonly pattern?: string
}

const BUSY_TIMEOUT_MS = 10_000

/**
 * The thread that the service starts by URL when there is no Redis: same jobs, a connection of its own, so that
 * no request ever waits for a job. The message 'stop' ends it after the piece of work at hand.
 */
const { config, clockOffset, pattern } = workerData as EmbeddedThreadData
const db = openDatabase(config.databaseFile, { busyTimeoutMs: BUSY_TIMEOUT_MS })
const clock = { now: () => systemClock.now() + clockOffset }
const log = createLogger(config.logLevel)
const { messages: messaging } = config
const deps = { db, clock, vault: openVault(config.keyFile), log, config, messages: messaging }
const runner = startEmbeddedRunner(deps, pattern === undefined ? {} : { pattern })
const webhooks = startWebhookRunner(deps, {})
const messages = startMessageRunner(deps)
// BullMQ is loaded only where installations feed each other.
const feeds = config.feedUrl !== null || config.feedReceiveUrl !== null
const feed = feeds ? (await import('./feed.ts')).startFeed(deps) : null

parentPort?.on('message', async (message) => {
  if (message !== 'stop') return
  await Promise.all([runner.stop(), webhooks.stop(), messages.stop(), feed?.stop()])
  db.close()
  parentPort?.close()
})
