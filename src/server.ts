import { Worker } from 'node:worker_threads'
import { groupCommit } from '../db/group-commit.ts'
import { buildApp } from './app.ts'
import { systemClock } from './clock.ts'
import { type Config, ConfigError, readConfig } from './config.ts'
import { type Installation, openInstallation } from './installation.ts'
import { createLogger } from './logger.ts'

/** How long a stop waits for the job at hand before it is cut off (its work is rolled back and done again). */
const WORKER_PATIENCE_MS = 10_000

/** Memory of the worker thread: a small nursery, because it mostly waits; room for a night's closing. */
const WORKER_YOUNG_MB = 8
const WORKER_OLD_MB = 1024

/** The service: config → database → application → listen → embedded workers, if there is no Redis. */
try {
  await serve(readConfig(process.env, process.cwd()))
} catch (error) {
  if (!(error instanceof ConfigError)) throw error
  console.error(error.message)
  process.exit(1)
}

async function serve(config: Config): Promise<void> {
  const log = createLogger(config.logLevel)
  const installation = openInstallation(config, log)
  // From here on a busy database is waited for by the group commit, without holding up the event loop.
  installation.db.pragma('busy_timeout = 0')
  const writer = groupCommit(installation.db, log)
  const app = await buildApp({ ...installation, writer })
  await app.listen({ host: config.host, port: config.port })
  const worker = config.redisUrl === null ? startWorker(config, installation) : null

  let stopping = false
  const stop = async (signal: string) => {
    if (stopping) return
    stopping = true
    log.info({ signal }, 'service stops after the requests at hand')
    await app.close()
    await writer.drain()
    if (worker !== null) await stopWorker(worker)
    installation.db.close()
    process.exit(0)
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop)
}

/** The jobs in a thread of this process, with a connection of their own and the same clock. */
function startWorker(config: Config, { clock, log }: Installation): Worker {
  const clockOffset = clock.now() - systemClock.now()
  const worker = new Worker(new URL('../workers/embedded-thread.ts', import.meta.url), {
    workerData: { config, clockOffset },
    resourceLimits: { maxYoungGenerationSizeMb: WORKER_YOUNG_MB, maxOldGenerationSizeMb: WORKER_OLD_MB },
  })
  worker.on('error', (error) =>
    log.error({ err: error }, 'embedded workers failed; jobs stand until the service is restarted'),
  )
  return worker
}

async function stopWorker(worker: Worker): Promise<void> {
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
  worker.postMessage('stop')
  const cut = setTimeout(() => worker.terminate(), WORKER_PATIENCE_MS)
  await ended
  clearTimeout(cut)
}
