import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { test } from 'node:test'
import { upsertSetting } from '../../db/queries/settings.ts'
import { openVault } from '../../src/vault.ts'
import { startMessageRunner } from '../../workers/message-runner.ts'
import { GATEWAY_SECRET, standing, submitted, telling } from '../support/citizens.ts'
import { killed } from '../support/killed.ts'
import { mailServer } from '../support/mail-server.ts'
import { receiver } from '../support/receiver.ts'
import { tempInstallation } from '../support/temp-installation.ts'
import { waitFor } from '../support/wait-for.ts'

const FROM = 'motcua@xa.example'

test('the workers send what is due, each once, and stop after what is on its way', async () => {
  const server = await mailServer()
  const made = tempInstallation('2023-03-06T09:00')
  const installation = telling(made, { mail: { url: server.url, from: FROM } })
  for (let n = 0; n < 9; n += 1) {
    const { desk, dossier } = submitted(installation)
    desk.act(dossier, 'accept')
  }
  const runners = [1, 2].map(() => startMessageRunner(installation, { everyMs: 50 }))
  installation.at('2023-03-06T09:05')
  await waitFor('the mails', () => standing(installation).every((each) => each === 'received:email:sent'))
  await Promise.all(runners.map((runner) => runner.stop()))
  assert.equal(server.received.length, 9)
  assert.equal(new Set(server.received.map(({ id }) => id)).size, 9)
  await server.close()
  made.close()
})

test('a worker killed between sending and writing it down leaves a message that fails and is not sent twice', async () => {
  const there = await receiver()
  there.answer(() => {})
  const made = tempInstallation('2023-03-06T09:00')
  const installation = telling(
    { ...made, vault: openVault(made.config.keyFile) },
    { gateway: { url: there.url, secret: GATEWAY_SECRET } },
  )
  upsertSetting(installation.db, 'demo', true)
  const { desk, dossier } = submitted(installation, { email: null })
  desk.act(dossier, 'accept')
  const worker = (start: string) =>
    spawn(process.execPath, [new URL('../../workers/main.ts', import.meta.url).pathname], {
      env: {
        PATH: process.env['PATH'] ?? '',
        ...made.env,
        CLOCK_START: start,
        MESSAGE_GATEWAY_URL: there.url,
        MESSAGE_GATEWAY_SECRET: GATEWAY_SECRET,
      },
      stdio: ['ignore', 'inherit', 'inherit'],
    })
  let child = worker('2023-03-06T09:06')
  try {
    await waitFor('the message', () => there.received.length === 1, 20_000)
    await killed(child)
    assert.deepEqual(standing(installation), ['received:sms:sending'])
    there.answer((response) => response.writeHead(204).end())
    child = worker('2023-03-06T09:20')
    await waitFor(
      'the verdict',
      () => standing(installation).join() === 'received:sms:failed:unknown',
      20_000,
    )
    assert.equal(there.received.length, 1)
  } finally {
    await killed(child)
    await there.close()
    made.close()
  }
})
