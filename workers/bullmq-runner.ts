import { setTimeout as sleep } from 'node:timers/promises'
import { type Job, Queue, Worker } from 'bullmq'
import { TIME_ZONE } from '../src/domain/calendar/day.ts'
import { QUEUE_NAME } from '../src/jobs.ts'
import { runnerName } from '../src/runner-name.ts'
import { beatOnce } from './embedded-runner.ts'
import { inTime, REDIS_PATIENCE_MS } from './in-time.ts'
import type { JobDeps } from './job-deps.ts'
import { PROCESSORS } from './processors.ts'
import { runJob } from './run-job.ts'
import { EVERY_MINUTE, isAskedFor, LISTEN_MS, type Runner } from './runner.ts'
import { runKey, type Work } from './schedule.ts'
import { tick } from './tick.ts'
import { watch } from './watch.ts'

export interface BullmqOptions {
  readonly redisUrl: string
  /** When Redis ticks, as a cron pattern in Vietnamese time. */
  readonly pattern?: string
  /** How often the schedule is looked after, in ms; a tick is missed after two and a half times as long. */
  readonly watchMs?: number
}

/** Names of what goes through the queue besides work; the scheduler has the name of the tick. */
const TICK = 'tick'
const WATCH = 'watch'

/** Our work blocks its thread, so a lock could not be renewed meanwhile; that a run is done once is the ledger's affair. */
const LOCK_MS = 10 * 60_000
const RECONNECT_MS = 2_000
const GONE_AT_ONCE = { removeOnComplete: true, removeOnFail: true, attempts: 1 } as const

/**
 * The jobs on BullMQ. Redis only ticks and carries: what is due is asked of the database at every tick, and each
 * run claims its row of the ledger. A schedule that Redis lost is put back; while no tick comes (Redis away, or a
 * scheduler that stopped), this process ticks by itself.
 */
export function startBullmqRunner(deps: JobDeps, options: BullmqOptions): Runner {
  const { log } = deps
  const { redisUrl: url, pattern = EVERY_MINUTE, watchMs = 60_000 } = options
  let stopping = false
  const connection = {
    url,
    retryStrategy: (times: number) => (stopping ? null : Math.min(times * 100, RECONNECT_MS)),
  }
  const queue = new Queue(QUEUE_NAME, { connection, defaultJobOptions: GONE_AT_ONCE })
  let away = false
  let isFirst = true
  let lastTick = performance.now()
  let looking: Promise<void> | null = null

  const ownId = runnerName()
  const carry = (work: Work) => queue.add(work.job, work, { jobId: `${runKey(work)}|${ownId}` })

  async function perform(job: Job): Promise<unknown> {
    if (away) log.info('Redis is back')
    away = false
    if (job.name === WATCH) return job.data.by === ownId ? watch(deps) : undefined
    if (job.name in PROCESSORS) return await runJob(deps, job.data as Work, () => !stopping)
    if (job.name !== TICK) return log.warn({ job: job.name }, 'unknown job in the queue')
    lastTick = performance.now()
    await tick(deps, carry, () => !stopping)
    // Behind the work just carried, so that it does not take for late what is about to be done.
    return (await queue.add(WATCH, { by: ownId }, { jobId: `${WATCH}|${ownId}` })).id
  }

  const worker = new Worker(QUEUE_NAME, perform, { connection, concurrency: 1, lockDuration: LOCK_MS })

  const schedule = () =>
    queue.upsertJobScheduler(TICK, { pattern, tz: TIME_ZONE }, { name: TICK, data: {}, opts: GONE_AT_ONCE })

  async function lookAfterSchedule(): Promise<void> {
    const missed = performance.now() - lastTick > watchMs * 2.5
    if (missed) await beatOnce(deps, () => !stopping)
    try {
      const known = await inTime(queue.getJobScheduler(TICK))
      if (known === undefined || known.pattern !== pattern || missed) await inTime(schedule())
      if (known === undefined) log.info('schedule put into Redis')
      // What was missed while nobody ran is not left until the next minute.
      if (isFirst) await inTime(queue.add(TICK, {}, { jobId: `${TICK}|${ownId}` }))
    } catch (error) {
      onError(error as Error)
      if (isFirst) await beatOnce(deps, () => !stopping)
    }
    isFirst = false
  }

  function onError(error: Error): void {
    if (!away && !stopping) log.warn({ err: error }, 'Redis is away: jobs run without it until it is back')
    away = true
  }

  const look = () => {
    looking ??= lookAfterSchedule().finally(() => {
      looking = null
    })
  }
  queue.on('error', onError)
  worker.on('error', onError)
  worker.on('failed', (job, error) => log.error({ job: job?.name, err: error }, 'queue job failed'))
  const listener = setInterval(() => {
    if (!away && isAskedFor(deps)) queue.add(TICK, {}, { jobId: `${TICK}|asked|${ownId}` }).catch(onError)
  }, LISTEN_MS)
  const timer = setInterval(look, watchMs)
  look()

  return {
    async stop() {
      stopping = true
      clearInterval(timer)
      clearInterval(listener)
      await looking
      await Promise.race([Promise.allSettled([worker.close(), queue.close()]), sleep(REDIS_PATIENCE_MS)])
    },
  }
}
