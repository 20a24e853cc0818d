import { Queue } from 'bullmq'
import { RuleError } from '../src/domain/refusals.ts'
import type { Parcel } from '../src/feed/feed-upward.ts'
import type { Answer, Held } from '../src/feed/take-answer.ts'
import { inTime } from './in-time.ts'

/** What a parent says to a child, by the name of the job in the child's queue. */
export interface Answers {
  readonly answer: Answer
  readonly held: Held
}

const GONE = { removeOnComplete: true, removeOnFail: true } as const

/** A database that is busy for a while is not a reason to wait a day. */
const TRIED = { attempts: 8, backoff: { type: 'exponential', delay: 1_000 } } as const

const LONGEST_RECONNECT_MS = 2_000

export function reconnecting(url: string, isStopping: () => boolean) {
  return {
    url,
    retryStrategy: (times: number) => (isStopping() ? null : Math.min(times * 100, LONGEST_RECONNECT_MS)),
  }
}

/** Runs `work` with a queue of another Redis and closes it. Refuses (`redis_silent`) where it does not answer in time. */
export async function withQueue<T>(
  url: string,
  name: string,
  work: (queue: Queue) => Promise<T>,
): Promise<T> {
  let over = false
  const queue = new Queue(name, { connection: reconnecting(url, () => over), defaultJobOptions: GONE })
  queue.on('error', () => {})
  try {
    await inTime(queue.waitUntilReady()).catch(() => {
      throw new RuleError('redis_silent', { name: new URL(url).host })
    })
    return await work(queue)
  } finally {
    over = true
    await inTime(queue.close()).catch(() => {})
  }
}

export function addParcels(queue: Queue, parcels: readonly Parcel[]): Promise<unknown> {
  const jobs = parcels.map(({ id, envelope }) => ({
    name: 'period',
    data: envelope,
    opts: { ...TRIED, jobId: id },
  }))
  return inTime(queue.addBulk(jobs))
}

export function addAnswer<Name extends keyof Answers>(
  queue: Queue,
  name: Name,
  data: Answers[Name],
): Promise<unknown> {
  return inTime(queue.add(name, data, { ...GONE, ...TRIED }))
}
