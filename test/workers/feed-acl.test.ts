import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { Queue } from 'bullmq'
import { Redis } from 'ioredis'
import { readSetting } from '../../db/queries/settings.ts'
import { parsePeriod } from '../../src/domain/calendar/periods.ts'
import { keepAsked } from '../../src/feed/asked.ts'
import { feedKey } from '../../src/feed/feed-keys.ts'
import { answerQueue, FEED_QUEUE } from '../../src/jobs.ts'
import { closePeriod } from '../../src/reports/close-period.ts'
import { startFeed } from '../../workers/feed.ts'
import { sendUpward } from '../../workers/feed-jobs.ts'
import { addAnswer } from '../../workers/feed-queues.ts'
import { redisMissing, testRedis } from '../support/redis.ts'
import { tempInstallation } from '../support/temp-installation.ts'
import { waitFor } from '../support/wait-for.ts'

/** The rule for a child as docs/feed.md has it. */
function documentedRule(name: string, password: string): string[] {
  const page = readFileSync(new URL('../../docs/feed.md', import.meta.url), 'utf8')
  const line = /^user xa-ngoc-ky (.+)$/m.exec(page)![1]!
  return line.replaceAll('xa-ngoc-ky', name).replace('MẬT-KHẨU', password).split(' ')
}

test('with the rule of docs/feed.md a child sends and hears its own answers, and reaches nothing else', {
  skip: redisMissing,
}, async () => {
  const redis = await testRedis()
  const admin = new Redis(redis.url)
  const installation = tempInstallation('2023-03-13T06:00')
  await admin.call('ACL', 'SETUSER', 'xa-ngoc-ky', ...documentedRule('xa-ngoc-ky', 'bi-mat'))
  const url = redis.url.replace('redis://', 'redis://xa-ngoc-ky:bi-mat@')
  const { config, db } = installation
  const deps = { ...installation, config: { ...config, feedUrl: url, feedInstallation: 'xa-ngoc-ky' } }
  const queue = new Queue(FEED_QUEUE, { connection: { url: redis.url } })
  const answers = new Queue(answerQueue('xa-ngoc-ky'), { connection: { url: redis.url } })
  const feed = startFeed(deps)
  const own = new Redis(url)
  try {
    feedKey(config.feedKeyFile)
    closePeriod(installation, parsePeriod('2023-W10'))
    keepAsked(db, { units: ['xa-ngoc-ky'], since: '2023-03-06' })
    assert.equal((await sendUpward(deps)).rows, 1)
    assert.equal((await queue.getWaiting()).length, 1)
    await addAnswer(answers, 'held', { units: ['xa-van-to'], since: '2023-03-06', held: [] })
    await waitFor('what the parent asks for', () =>
      JSON.stringify(readSetting(db, 'feed_asked')).includes('xa-van-to'),
    )
    await admin.set('motcua', 'of somebody else')
    await assert.rejects(own.get('motcua'), /NOPERM/)
    await assert.rejects(own.hgetall(`bull:${answerQueue('xa-van-to')}:meta`), /NOPERM/)
    await assert.rejects(own.flushall(), /NOPERM/)
    await assert.rejects(own.keys('*'), /NOPERM/)
    await assert.rejects(own.config('GET', '*'), /NOPERM/)
  } finally {
    own.disconnect()
    await feed.stop()
    await queue.close()
    await answers.close()
    admin.disconnect()
    await redis.close()
    installation.close()
  }
})
