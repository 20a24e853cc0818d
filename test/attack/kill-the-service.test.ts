import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { upsertSetting } from '../../db/queries/settings.ts'
import { verifyDatabase } from '../../src/verify.ts'
import { clientToken } from '../support/client-token.ts'
import { tempInstallation } from '../support/temp-installation.ts'
import { attack } from './support/attack.ts'
import { startClients } from './support/clients.ts'
import { assertKept, assertNothingLost } from './support/nothing-lost.ts'
import { startService } from './support/processes.ts'
import { KILLS, moments, tell } from './support/rounds.ts'
import { waitLong } from './support/wait-long.ts'

const CLERKS = 6

/** Room for the embedded jobs too: the service runs as it does without Redis. */
const EMBEDDED = {}

test(`a service killed ${KILLS} times under load keeps every acknowledged dossier and act, and makes none twice`, {
  timeout: 300_000 + KILLS * 20_000,
}, async () => {
  const installation = tempInstallation('2023-12-27T09:00')
  upsertSetting(installation.db, 'demo', true)
  const after = moments('kill the service')
  const token = clientToken(installation)
  let service = await startService(installation, EMBEDDED)
  const clients = startClients({ urlNow: () => service.url, token }, CLERKS)
  try {
    for (let kill = 0; kill < KILLS; kill += 1) {
      const answered = clients.answered()
      await waitLong('some answers', () => clients.answered() > answered + CLERKS)
      await sleep(after(0, 500))
      await service.end('SIGKILL')
      assertKept(installation.db, clients.acknowledged, 'and what was not answered')
      for (const { check, problem } of verifyDatabase(installation)) assert.equal(problem, null, check)
      service = await startService(installation, EMBEDDED)
      tell(`${kill + 1} kills, ${clients.answered()} answers, ${clients.acknowledged.length} dossiers`)
    }
    await clients.finish()
    assert.equal(await service.end('SIGTERM'), 0)
    assertNothingLost(installation, clients.acknowledged, 0)
    assert.ok(clients.answered() > KILLS * CLERKS)
  } finally {
    clients.abandon()
    await service.end('SIGKILL')
    installation.close()
  }
})

test(
  'a service told to stop under load answers what it has taken and goes, whoever keeps a connection open',
  {
    timeout: 40_000,
  },
  () =>
    attack({ from: '2023-12-01' }, async ({ installation, service, clients, restart }) => {
      await waitLong('some answers', () => clients.answered() > 100)
      assert.equal(await service.end('SIGTERM'), 0)
      assertKept(installation.db, clients.acknowledged, 'and nothing else')
      await restart()
    }),
)
