import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { openAlarms } from '../../db/queries/alarms.ts'
import { upsertSetting } from '../../db/queries/settings.ts'
import { verifyDatabase } from '../../src/verify.ts'
import { killed } from '../support/killed.ts'
import { randomHistory } from '../support/random-history.ts'
import { redisMissing, testRedis } from '../support/redis.ts'
import { type TempInstallation, tempInstallation } from '../support/temp-installation.ts'
import { waitFor } from '../support/wait-for.ts'

const MAIN = new URL('../../workers/main.ts', import.meta.url).pathname

/** The worker process on this database; its clock stands at the start of the demonstration. */
function worker({ env }: TempInstallation, more: Readonly<Record<string, string>> = {}): ChildProcess {
  const child = spawn(process.execPath, [MAIN], {
    env: { PATH: process.env['PATH'] ?? '', ...env, CLOCK_START: '2023-12-27T09:00', ...more },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  return child
}

const closings = ({ db }: TempInstallation) =>
  db
    .prepare(`SELECT count(*) FROM job_runs WHERE job = 'close-period' AND outcome = 'done'`)
    .pluck()
    .get() as number

async function crashes(redisUrl: string | null): Promise<void> {
  const installation = tempInstallation('2023-01-02T08:00')
  const { db } = installation
  upsertSetting(db, 'demo', true)
  randomHistory(installation, { from: '2023-01-02', days: 20, perDay: 10, seed: 61 })
  installation.at('2023-12-27T09:00')
  const more = redisUrl === null ? {} : { REDIS_URL: redisUrl }
  let child = worker(installation, more)
  try {
    for (const done of [3, 20, 45]) {
      await waitFor(`${done} closings`, () => closings(installation) >= done, 20_000)
      await killed(child)
      child = worker(installation, more)
    }
    const night = db
      .prepare(
        `SELECT sum(job = 'tidy') = 1 AND min(outcome) = 'done' AND max(outcome) = 'done' FROM job_runs`,
      )
      .pluck()
    await waitFor('everything to be done', () => night.get() === 1, 20_000)
    const stopped = once(child, 'exit')
    child.kill('SIGTERM')
    assert.deepEqual(await stopped, [0, null])
  } finally {
    child.kill('SIGKILL')
  }
  const doubled = db
    .prepare('SELECT period_key FROM snapshots GROUP BY period_key, unit_id HAVING count(*) > 1')
    .all()
  assert.deepEqual(doubled, [])
  const keys = db.prepare('SELECT count(*) FROM periods WHERE closed_at IS NOT NULL').pluck().get() as number
  assert.ok(keys >= 51 + 11 + 12 + 3 + 4 + 1 + 2, `${keys} periods of 2023 are closed`)
  assert.deepEqual(openAlarms(db), [])
  for (const { check, problem } of verifyDatabase(installation)) assert.equal(problem, null, check)
  installation.close()
}

test(
  'a worker killed three times in the middle of its work closes every period of a year exactly once',
  { timeout: 90_000 },
  () => crashes(null),
)

test('so does a worker on BullMQ', { skip: redisMissing, timeout: 90_000 }, async () => {
  const redis = await testRedis()
  try {
    await crashes(redis.url)
  } finally {
    await redis.close()
  }
})
