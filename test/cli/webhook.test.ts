import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deliver, dueMessages } from '../../src/exchange/webhooks/deliver.ts'
import { pumpEvents } from '../../src/exchange/webhooks/pump-events.ts'
import { openVault } from '../../src/vault.ts'
import { deskOf } from '../support/desk.ts'
import { receiver } from '../support/receiver.ts'
import { runCli } from '../support/run-cli.ts'
import { tempInstallation } from '../support/temp-installation.ts'

test('webhooks are kept from the terminal: added, tried, looked at, sent again, paused, removed', async () => {
  const made = tempInstallation('2023-03-06T09:00')
  const installation = { ...made, vault: openVault(made.config.keyFile) }
  const { env } = installation
  const there = await receiver()
  const run = (...args: string[]) => runCli(['webhook', ...args], { env })
  try {
    const added = await run('add', there.url, '--label', 'Cổng tỉnh', '--acts', 'accept,finish')
    assert.equal(added.code, 0, added.err)
    assert.match(added.out, /^whsec_[\w+/=]{44}\n$/)
    assert.match(added.err, /chỉ in lần này/)
    assert.equal((await run('test', '1')).code, 0)
    deskOf(installation).log()
    pumpEvents(installation)
    there.answer((response) => response.writeHead(500).end('hỏng'))
    await deliver(installation, dueMessages(installation)[0]!, new AbortController().signal)
    assert.match((await run('list')).out, /Cổng tỉnh .* 06\/03\/2023 09:00 +1 +0\n$/)
    assert.match((await run('log', '1')).out, /1 {2}accept .* waiting .* 500 hỏng\n$/)
    assert.match((await run('log', '1', '--status', 'delivered')).out, /Chưa có tin nào/)
    assert.equal((await run('resend', '1', '1')).code, 0)
    assert.equal(installation.db.prepare('SELECT attempts FROM webhook_deliveries').pluck().get(), 0)
    const failed = await run('test', '1')
    assert.deepEqual([failed.code, failed.err], [1, 'Bên nhận không nhận: 500 hỏng\n'])
    assert.match((await run('pause', '1')).err, /tạm dừng/)
    assert.match((await run('resume', '1')).err, /chạy tiếp/)
    assert.match((await run('rotate-secret', '1')).out, /^whsec_/)
    assert.match((await run('remove', '1')).err, /1 tin đang chờ thôi gửi/)
    assert.equal((await run('list')).out, 'Chưa có webhook nào.\n')
    const unknown = await run('log', '1')
    assert.equal(unknown.code, 1)
    assert.match(unknown.err, /Không có webhook số 1/)
    for (const wrong of [
      ['nhảy'],
      ['pause'],
      ['pause', 'x'],
      ['resend', '1'],
      ['pause', '1', '2'],
      ['log', '1', '--status', 'x'],
    ])
      assert.equal((await run(...wrong)).code, 2, wrong.join(' '))
  } finally {
    await there.close()
    installation.close()
  }
})
