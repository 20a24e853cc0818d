import { Worker } from 'node:worker_threads'
import { groupCommit, type Writer } from '../db/group-commit.ts'
import { raiseAlarm } from '../db/queries/alarms.ts'
import { externalService } from './accounts/external-service.ts'
import { setUpFromEnvironment, setupPath } from './accounts/set-up.ts'
import type { Doors } from './accounts/sign-in.ts'
import { buildApp } from './app.ts'
import { systemClock } from './clock.ts'
import { type Config, ConfigError, readConfig } from './config.ts'
import { type Installation, openInstallation } from './installation.ts'
import { type KeptWorker, keepWorker } from './kept-worker.ts'
import { createLogger } from './logger.ts'
import { readTls } from './tls.ts'
import { LIMITS, ratesFor } from './web/limits.ts'
import type { Site } from './web/site.ts'
import { CONCERNS_LOGGED, siteConcerns } from './web/site-concerns.ts'

/** How long a stop waits for the job at hand before it is cut off (its work is rolled back and done again). */
const WORKER_PATIENCE_MS = 10_000

/** How often connections that have become idle are closed while the service stops. */
const SWEEP_MS = 50

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
  const tls = readTls(config)
  const site: Site = {
    origin: config.publicUrl,
    trustProxy: config.trustProxy,
    ...(tls !== null && { certificateEnds: tls.ends }),
  }
  for (const concern of siteConcerns(site, systemClock.now())) log.warn({ concern }, CONCERNS_LOGGED[concern])
  const installation = openInstallation(config, log)
  // From here on a busy database is waited for by the group commit, without holding up the event loop.
  installation.db.pragma('busy_timeout = 0')
  const writer = groupCommit(installation.db, log)
  const limits = { ...LIMITS, rates: ratesFor(config.requestsPerMinute) }
  const { signInService } = config
  const external = signInService === null ? undefined : externalService(signInService, originOf(config), log)
  const app = await buildApp({
    ...installation,
    ...{ writer, site, tls, limits, external },
    redisUrl: config.redisUrl,
  })
  await app.listen({ host: config.host, port: config.port })
  await letFirstIn(config, { deps: installation, writer })
  const worker = config.redisUrl === null ? startWorker(config, installation, writer) : null

  let stopping = false
  const stop = async (signal: string) => {
    if (stopping) return
    stopping = true
    log.info({ signal }, 'service stops after the requests at hand')
    // A connection whose last answer leaves after the closing began would be kept open for the next request.
    const sweep = setInterval(() => app.server.closeIdleConnections(), SWEEP_MS)
    await app.close()
    clearInterval(sweep)
    await writer.drain()
    await worker?.stop(WORKER_PATIENCE_MS)
    installation.db.close()
    process.exit(0)
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop)
}

/** An installation without accounts: the administrator of the environment, or a link by which somebody becomes one. */
async function letFirstIn(config: Config, doors: Doors): Promise<void> {
  const { deps, writer } = doors
  const { firstAdministrator } = config
  if (firstAdministrator !== null) {
    const made = await setUpFromEnvironment(doors, firstAdministrator)
    if (made) deps.log.warn('first administrator made from the environment; remove ADMIN_PASSWORD')
    return
  }
  const path = await writer.write(() => setupPath(deps))
  if (path === null) return
  console.error(`Chưa có tài khoản nào. Mở đường dẫn này để tạo quản trị viên đầu tiên (dùng một lần, trong 24 giờ):
  ${originOf(config)}${path}`)
}

/** How a browser reaches the service, on this machine at least. */
function originOf({ publicUrl, host, port }: Config): string {
  return publicUrl ?? `http://${host}:${port}`
}

/**
 * The jobs in a thread of this process, with a connection of their own and the same clock. While the thread is dead an
 * alarm shows; its next whole beat clears it (workers/watch.ts).
 */
function startWorker(config: Config, { db, clock, log }: Installation, { write }: Writer): KeptWorker {
  const clockOffset = clock.now() - systemClock.now()
  const start = () =>
    new Worker(new URL('../workers/embedded-thread.ts', import.meta.url), {
      workerData: { config, clockOffset },
      resourceLimits: { maxYoungGenerationSizeMb: WORKER_YOUNG_MB, maxOldGenerationSizeMb: WORKER_OLD_MB },
    })
  return keepWorker(start, (error, waitMs) => {
    log.error({ err: error, waitMs }, 'embedded workers died; they are started again')
    const detail = `Luồng việc nền dừng: ${error.message}. Khởi động lại sau ${Math.ceil(waitMs / 1000)} giây.`
    const alarm = { kind: 'workers_stopped', subject: 'embedded', detail, raisedAt: clock.now() } as const
    write(() => raiseAlarm(db, alarm)).catch((failure) => log.error({ err: failure }, 'alarm not raised'))
  })
}
