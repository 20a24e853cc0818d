import { setTimeout as sleep } from 'node:timers/promises'
import { type Job, Queue, Worker } from 'bullmq'
import { receiveMessage } from '../src/feed/receive-message.ts'
import { takeAnswer, takeHeld } from '../src/feed/take-answer.ts'
import { answerQueue, FEED_QUEUE } from '../src/jobs.ts'
import { type Answers, addAnswer, reconnecting } from './feed-queues.ts'
import { REDIS_PATIENCE_MS } from './in-time.ts'
import type { JobDeps } from './job-deps.ts'
import type { Runner } from './runner.ts'

/** Of a child: hears the parent's answers. Of a parent: takes the children's messages. Neither: does nothing. */
export function startFeed(deps: JobDeps): Runner {
  const { feedUrl, feedInstallation, feedReceiveUrl } = deps.config
  const listeners = [
    ...(feedUrl !== null && feedInstallation !== null ? [hearAnswers(deps, feedUrl, feedInstallation)] : []),
    ...(feedReceiveUrl !== null ? [takeMessages(deps, feedReceiveUrl)] : []),
  ]
  return {
    async stop() {
      await Promise.all(listeners.map((each) => each.stop()))
    },
  }
}

function hearAnswers(deps: JobDeps, url: string, installation: string): Runner {
  const hear = {
    answer: (answer: Answers['answer']) => takeAnswer(deps, answer),
    held: (held: Answers['held']) => takeHeld(deps, held),
  } as const
  return listen(deps, url, answerQueue(installation), async ({ name, data }) => {
    if (name === 'answer') hear.answer(data)
    else if (name === 'held') hear.held(data)
    else deps.log.warn({ job: name }, 'unknown job in the queue of answers')
  })
}

function takeMessages(deps: JobDeps, url: string): Runner {
  let stopping = false
  const queues = new Map<string, Queue>()
  const queueOf = (installation: string) => {
    let queue = queues.get(installation)
    if (queue === undefined) {
      queue = new Queue(answerQueue(installation), { connection: reconnecting(url, () => stopping) })
      queue.on('error', () => {})
      queues.set(installation, queue)
    }
    return queue
  }
  const listener = listen(deps, url, FEED_QUEUE, async ({ data }) => {
    const received = receiveMessage(deps, data)
    if (received === null) return deps.log.warn('message of the feed not trusted')
    const { installation, answer, isNew } = received
    deps.log.info({ installation, period: answer.period, isNew, refusal: answer.refusal }, 'period received')
    // Not answered is sent again, and then found here.
    return void (await addAnswer(queueOf(installation), 'answer', answer))
  })
  return {
    async stop() {
      await listener.stop()
      stopping = true
      await inPatience([...queues.values()].map((queue) => queue.close()))
    },
  }
}

/** One message at a time, in the order of the queue. */
function listen({ log }: JobDeps, url: string, name: string, take: (job: Job) => Promise<void>): Runner {
  let stopping = false
  let away = false
  const worker = new Worker(name, take, { connection: reconnecting(url, () => stopping), concurrency: 1 })
  worker.on('error', (error) => {
    if (!away && !stopping) log.warn({ queue: name, err: error }, 'Redis of the feed is away')
    away = true
  })
  worker.on('ready', () => {
    away = false
  })
  worker.on('failed', (job, error) =>
    log.error({ queue: name, attempts: job?.attemptsMade, err: error }, 'message failed'),
  )
  return {
    async stop() {
      stopping = true
      await inPatience([worker.close()])
    },
  }
}

async function inPatience(closing: readonly Promise<void>[]): Promise<void> {
  await Promise.race([Promise.allSettled(closing), sleep(REDIS_PATIENCE_MS)])
}
