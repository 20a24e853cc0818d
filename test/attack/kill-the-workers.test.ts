import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Db } from '../../db/open.ts'
import { openAlarms } from '../../db/queries/alarms.ts'
import { addToOutbox } from '../../db/queries/outbox.ts'
import { redisMissing, testRedis } from '../support/redis.ts'
import { attack, type Scene } from './support/attack.ts'
import { assertWorkDoneOnce, isAllDone } from './support/nothing-lost.ts'
import { type Environment, start, startWorker, withWorkers } from './support/processes.ts'
import { moments, PAST, RESTARTS } from './support/rounds.ts'
import { waitLong } from './support/wait-long.ts'

const HALTING = 'test/attack/support/halting-worker.ts'
const LONG = { from: PAST }
const SHORT = { from: '2023-12-01' }

const allDone = ({ installation }: Scene) =>
  waitLong('everything due to be done', () => isAllDone(installation))

const runsOf = ({ installation }: Scene) =>
  installation.db.prepare(`SELECT count(*) FROM job_runs WHERE outcome = 'done'`).pluck().get() as number
const mostAttempts = ({ installation }: Scene) =>
  installation.db.prepare('SELECT max(attempts) FROM job_runs').pluck().get()

/** Work asked for by hand, as a request does it. */
function askForRecount({ installation }: Scene): void {
  const payload = JSON.stringify({ day: '2023-12-27' })
  addToOutbox(installation.db, { job: 'recount', payload }, installation.clock.now())
}

/** All that jobs leave behind of a closing. */
function written(db: Db): readonly unknown[] {
  return ['job_runs', 'periods', 'snapshots'].map((table) => db.prepare(`SELECT * FROM ${table}`).all())
}

function isStopped(pid: number): boolean {
  return /^State:\s+T/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
}

async function withRedis(work: (url: string, redis: Awaited<ReturnType<typeof testRedis>>) => Promise<void>) {
  const redis = await testRedis()
  try {
    await work(redis.url, redis)
  } finally {
    await redis.close()
  }
}

async function killedAgainAndAgain(scene: Scene, more: Environment): Promise<void> {
  const after = moments('kill the workers')
  for (let kill = 0; kill < RESTARTS; kill += 1) {
    const worker = startWorker(scene.installation, more)
    await sleep(after(500, 1_500))
    await worker.end('SIGKILL')
  }
  await withWorkers(scene.installation, [more], () => allDone(scene))
  assertWorkDoneOnce(scene.installation)
}

test(
  `a worker killed ${RESTARTS} times at any moment does everything once`,
  {
    timeout: 300_000 + RESTARTS * 10_000,
  },
  () => attack(LONG, (scene) => killedAgainAndAgain(scene, {})),
)

test(
  `so does a worker on Redis killed ${RESTARTS} times`,
  {
    skip: redisMissing,
    timeout: 300_000 + RESTARTS * 10_000,
  },
  () => withRedis((url) => attack(LONG, (scene) => killedAgainAndAgain(scene, { REDIS_URL: url }))),
)

for (const [point, when] of [
  ['claimed', 'between the claim and the effect'],
  ['closed', 'between the effect and the ledger'],
] as const) {
  test(`a worker killed ${when} leaves a run that the next one ends, with one effect`, () =>
    attack(SHORT, async (scene) => {
      const { installation } = scene
      const { child } = start(HALTING, installation, {}, [point, 'SIGKILL'])
      assert.deepEqual(await once(child, 'exit'), [null, 'SIGKILL'])
      const left = installation.db.prepare(`SELECT count(*) FROM job_runs WHERE outcome = 'running'`).pluck()
      assert.equal(left.get(), 1)
      await withWorkers(scene.installation, [{}], () => allDone(scene))
      assertWorkDoneOnce(installation)
    }))

  test(`a worker that stood still ${when} until another took over writes nothing more when it wakes`, () =>
    attack(SHORT, async (scene) => {
      const { installation } = scene
      const { db, clock } = installation
      const sleeper = start(HALTING, installation, {}, [point, 'SIGSTOP'])
      try {
        const { pid } = sleeper.child
        await waitLong('the sleeper to sleep', () => isStopped(pid!))
        const isLate = () => openAlarms(db).some(({ kind }) => kind === 'closing_late')
        if (point === 'claimed') await withWorkers(installation, [{}], () => waitLong('the alarm', isLate))
        // Half an hour later, when the run has gone stale.
        clock.set(clock.now() + 40 * 60_000)
        await withWorkers(scene.installation, [{ CLOCK_START: '2023-12-27T09:40' }], () => allDone(scene))
        const before = written(db)
        sleeper.signal('SIGCONT')
        assert.deepEqual(await once(sleeper.child, 'exit'), [0, null])
        assert.deepEqual(written(db), before)
      } finally {
        await sleeper.end('SIGKILL')
      }
      assertWorkDoneOnce(installation)
    }))
}

test('two worker processes on one database and one Redis do everything once', { skip: redisMissing }, () =>
  withRedis((url) =>
    attack(LONG, async (scene) => {
      await withWorkers(scene.installation, [{ REDIS_URL: url }, { REDIS_URL: url }], () => allDone(scene))
      assertWorkDoneOnce(scene.installation)
      assert.equal(mostAttempts(scene), 1)
    }),
  ),
)

test(
  'Redis forgets everything in the middle of the work and between ticks, and nothing is lost',
  {
    skip: redisMissing,
  },
  () =>
    withRedis((url, redis) =>
      attack(LONG, async (scene) => {
        await withWorkers(scene.installation, [{ REDIS_URL: url }], async () => {
          for (const closings of [3, 10, 20]) {
            await waitLong(`${closings} closings`, () => runsOf(scene) >= closings)
            await redis.flush()
          }
          await allDone(scene)
          await redis.flush()
          askForRecount(scene)
          await allDone(scene)
        })
        assertWorkDoneOnce(scene.installation)
      }),
    ),
)

test(
  'with Redis away for several ticks and back, the work goes on and is done once',
  { skip: redisMissing },
  () =>
    withRedis((url, redis) =>
      attack(LONG, async (scene) => {
        await withWorkers(scene.installation, [{ REDIS_URL: url }], async () => {
          await waitLong('some closings', () => runsOf(scene) >= 10)
          await redis.down()
          await allDone(scene)
          askForRecount(scene)
          await allDone(scene)
          await redis.up()
          askForRecount(scene)
          await allDone(scene)
        })
        assertWorkDoneOnce(scene.installation)
      }),
    ),
)
