import assert from 'node:assert/strict'
import { readFileSync, statSync } from 'node:fs'
import { test } from 'node:test'
import { readConfig } from '../../src/config.ts'
import { runCli } from '../support/run-cli.ts'
import { tempInstallation } from '../support/temp-installation.ts'

test('an installation makes its key once, and a parent registers, lists, renews and removes it by command', async () => {
  const child = tempInstallation('2023-03-06T08:00')
  const parent = tempInstallation('2023-03-06T08:00')
  try {
    const made = await runCli(['feed', 'keys'], { env: child.env })
    const key = made.out.trim()
    assert.match(key, /^[A-Za-z0-9+/]{59}=$/)
    assert.equal((await runCli(['feed', 'keys'], { env: child.env })).out.trim(), key)
    const { feedKeyFile, dataDir } = child.config
    assert.equal(statSync(feedKeyFile).mode & 0o777, 0o600)
    assert.ok(!feedKeyFile.startsWith(`${dataDir}/`), 'never where backups and documents lie')
    assert.ok(!made.out.includes(readFileSync(feedKeyFile, 'utf8').split('\n')[1]!))

    const inParent = (...args: string[]) => runCli(['feed', ...args], { env: parent.env })
    const add = [
      'add-child',
      'xa-ngoc-ky',
      '--units',
      'xa-ngoc-ky',
      '--since',
      '2023-03-06',
      '--label',
      'Xã Ngọc Kỳ',
    ]
    assert.equal((await inParent(...add)).code, 2, 'without a key')
    const refused = await inParent(...add, '--key', 'abc')
    assert.deepEqual([refused.code, /Khoá công khai không đúng/.test(refused.err)], [1, true])
    assert.equal((await inParent(...add, '--key', key)).code, 0)
    assert.match((await inParent('list')).out, /xa-ngoc-ky +Xã Ngọc Kỳ +2023-03-06/)
    const renewed = (await runCli(['feed', 'keys', '--new'], { env: child.env })).out.trim()
    assert.notEqual(renewed, key)
    assert.equal((await inParent('set-key', 'xa-ngoc-ky', '--key', renewed)).code, 0)
    assert.equal(parent.db.prepare('SELECT public_key FROM feed_children').pluck().get(), renewed)
    assert.match((await inParent('status')).out, /Tuyến trên chưa hỏi số liệu.*xa-ngoc-ky/s)
    assert.equal((await inParent('remove', 'xa-ngoc-ky')).code, 0)
    assert.match((await inParent('remove', 'ke-la')).err, /Không có hệ thống tuyến dưới tên “ke-la”/)
    assert.match((await runCli(['feed', 'status'], { env: child.env })).out, /Tuyến trên chưa hỏi/)
  } finally {
    child.close()
    parent.close()
  }
})

test('FEED_URL needs a Redis address and the name of this installation', () => {
  const problemsOf = (env: Record<string, string>) => {
    try {
      readConfig(env, '/srv')
      return ''
    } catch (error) {
      return (error as Error).message
    }
  }
  assert.match(problemsOf({ FEED_URL: 'http://may' }), /FEED_URL phải có dạng redis/)
  assert.match(problemsOf({ FEED_RECEIVE_URL: 'may:6379' }), /FEED_RECEIVE_URL phải có dạng redis/)
  assert.match(problemsOf({ FEED_URL: 'rediss://may' }), /FEED_URL cần FEED_INSTALLATION/)
  assert.match(problemsOf({ FEED_URL: 'rediss://may', FEED_INSTALLATION: 'Xã Ngọc Kỳ' }), /FEED_INSTALLATION/)
  assert.equal(problemsOf({ FEED_URL: 'rediss://a:b@may:6380', FEED_INSTALLATION: 'xa-ngoc-ky' }), '')
})
