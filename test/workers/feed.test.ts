import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { openAlarms } from '../../db/queries/alarms.ts'
import { upsertSetting } from '../../db/queries/settings.ts'
import { parsePeriod } from '../../src/domain/calendar/periods.ts'
import { feedWaits } from '../../src/feed/feed-upward.ts'
import { report } from '../../src/reports/report.ts'
import { startEmbeddedRunner } from '../../workers/embedded-runner.ts'
import { startFeed } from '../../workers/feed.ts'
import type { JobDeps } from '../../workers/job-deps.ts'
import type { Runner } from '../../workers/runner.ts'
import {
  CLOSED,
  closeAll,
  correct,
  night,
  PARTS,
  type Province,
  province,
  SINCE,
  tell,
} from '../support/fed-province.ts'
import { killed } from '../support/killed.ts'
import { redisMissing, type TestRedis, testRedis } from '../support/redis.ts'
import { assertSameTables } from '../support/same-tables.ts'
import { type TempInstallation, tempInstallation } from '../support/temp-installation.ts'
import { waitFor } from '../support/wait-for.ts'

/** A tick each second instead of each minute. */
const FAST = { pattern: '* * * * * *' }

interface Scene extends Province {
  readonly redis: TestRedis
  readonly of: Readonly<Record<string, TempInstallation>>
  /** The environment by which an installation feeds, or is fed. */
  envOf(name: string): Readonly<Record<string, string>>
  /** Its runner, with the feed, in this process. */
  start(name: string): Runner
}

async function scene(work: (scene: Scene) => Promise<void>): Promise<void> {
  const made: Record<string, TempInstallation> = {}
  const all = province((name) => {
    made[name] = tempInstallation(`${SINCE}T07:30`)
    return made[name]
  })
  const redis = await testRedis()
  const running = new Set<Runner>()
  for (const { name, key } of all.children) {
    const pem = key.export({ format: 'pem', type: 'pkcs8' })
    writeFileSync(made[name]!.config.feedKeyFile, pem, { mode: 0o600 })
  }
  const envOf = (name: string): Record<string, string> =>
    name === 'parent' ? { FEED_RECEIVE_URL: redis.url } : { FEED_URL: redis.url, FEED_INSTALLATION: name }
  function start(name: string): Runner {
    const installation = made[name]!
    const feed =
      name === 'parent' ? { feedReceiveUrl: redis.url } : { feedUrl: redis.url, feedInstallation: name }
    const deps: JobDeps = { ...installation, config: { ...installation.config, ...feed } }
    const parts = [startEmbeddedRunner(deps, FAST), startFeed(deps)]
    const runner = {
      async stop() {
        running.delete(runner)
        await Promise.all(parts.map((part) => part.stop()))
      },
    }
    running.add(runner)
    return runner
  }
  try {
    await work({ ...all, redis, of: made, envOf, start })
  } finally {
    await Promise.all([...running].map((runner) => runner.stop()))
    await redis.close()
    for (const each of Object.values(made)) each.close()
  }
}

const received = ({ parent }: Province) =>
  parent.db.prepare('SELECT count(*) FROM feed_received').pluck().get() as number
const unanswered = ({ children }: Province) =>
  children.some(
    ({ installation: { db } }) =>
      db.prepare('SELECT 1 FROM feed_sent WHERE acknowledged_at IS NULL').get() !== undefined,
  )
const isSettled = (all: Province) => {
  try {
    assertSameTables(all, 'newest')
    return !unanswered(all) && !all.children.some(({ installation }) => feedWaits(installation))
  } catch {
    return false
  }
}
const alarms = ({ db }: TempInstallation, kind: string) =>
  openAlarms(db)
    .filter((alarm) => alarm.kind === kind)
    .map(({ subject }) => subject)

test(
  'three installations on one Redis: closed, revised, away for three weeks, and Redis empty',
  { skip: redisMissing },
  () =>
    scene(async (all) => {
      const { of, redis, start } = all
      closeAll(all)
      start('parent')
      start('hai-xa')
      const ngocKy = start('xa-ngoc-ky')
      await waitFor('the closed periods of both', () => isSettled(all), 30_000)
      assertSameTables(all, 1)

      // Corrections, the night, and the Redis of the parent away meanwhile.
      await redis.down()
      correct(all, 'xa-ngoc-ky', '2023-04-05T09:00', '2023-03-08')
      correct(all, 'hai-xa', '2023-04-05T10:00', '2023-03-15')
      night(all, '2023-04-06T01:00')
      await waitFor(
        'the failure to be in the ledger',
        () => alarms(of['hai-xa']!, 'job_failed').length > 0,
        30_000,
      )
      await redis.up()
      all.everywhere((installation) => installation.at('2023-04-06T03:00'))
      await waitFor('the revisions', () => isSettled(all), 30_000)
      await waitFor('the alarm to go', () => alarms(of['hai-xa']!, 'job_failed').length === 0)

      // A child away for three weeks; the others go on.
      await ngocKy.stop()
      all.everywhere((installation) => installation.at('2023-04-25T06:00'))
      of['xa-ngoc-ky']!.at('2023-04-06T03:00')
      const late = () => alarms(of['parent']!, 'feed_late')
      await waitFor('the alarm for its week', () => late().includes('xa-ngoc-ky 2023-W14'), 30_000)
      await waitFor('the weeks of the other child', () =>
        late().every((subject) => subject.startsWith('xa-ngoc-ky')),
      )
      const week = { period: parsePeriod('2023-W15'), by: 'unit', attribution: 'resolving' } as const
      await waitFor('its own week', () => report(of['parent']!, week).closed !== null)
      assert.deepEqual(
        report(of['parent']!, week).missing.map(({ key }) => key),
        ['xa-ngoc-ky'],
      )
      of['xa-ngoc-ky']!.at('2023-04-25T06:00')
      start('xa-ngoc-ky')
      await waitFor('the weeks it was away', () => late().length === 0, 30_000)
      assert.deepEqual(report(of['parent']!, week).missing, [])

      // Redis forgets what was on the way; after a day it is sent again.
      await redis.flush()
      correct(all, 'xa-ngoc-ky', '2023-04-26T09:00', '2023-03-22')
      night(all, '2023-04-27T01:00')
      await redis.flush()
      all.everywhere((installation) => installation.at('2023-04-28T02:00'))
      await waitFor('all of it', () => isSettled(all), 30_000)
      assert.deepEqual(alarms(of['parent']!, 'feed_refused'), [])
    }),
)

const MAIN = new URL('../../workers/main.ts', import.meta.url).pathname

test('real worker processes carry the periods of two children to the parent', { skip: redisMissing }, () =>
  scene(async (all) => {
    closeAll(all)
    tell(all)
    const names = ['parent', ...Object.keys(PARTS)]
    for (const name of names) upsertSetting(all.of[name]!.db, 'demo', true)
    const processes = names.map(
      (name): ChildProcess =>
        spawn(process.execPath, [MAIN], {
          env: {
            PATH: process.env['PATH'] ?? '',
            ...all.of[name]!.env,
            ...all.envOf(name),
            CLOCK_START: '2023-04-04T07:00',
          },
          stdio: ['ignore', 'inherit', 'inherit'],
        }),
    )
    try {
      await waitFor('all messages', () => received(all) >= CLOSED.length * 3, 90_000)
      await waitFor('all answers', () => !unanswered(all), 90_000)
      assertSameTables(all, 1)
    } finally {
      await Promise.all(processes.map(killed))
    }
  }),
)

test(
  'an installation that knows no parent and no child runs nothing of the feed',
  { skip: redisMissing },
  () =>
    scene(async (all) => {
      const { whole } = all.of
      closeAll(all)
      const deps = { ...whole!, config: whole!.config }
      const runner = startEmbeddedRunner(deps, FAST)
      const feed = startFeed(deps)
      const done = whole!.db
        .prepare(`SELECT count(*) FROM job_runs WHERE job = 'tidy' AND outcome = 'done'`)
        .pluck()
      await waitFor('the night', () => done.get() === 1, 30_000)
      await Promise.all([runner.stop(), feed.stop()])
      assert.equal(whole!.db.prepare(`SELECT count(*) FROM job_runs WHERE job LIKE 'feed%'`).pluck().get(), 0)
    }),
)
