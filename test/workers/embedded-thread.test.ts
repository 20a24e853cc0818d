import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { Worker } from 'node:worker_threads'
import { groupCommit } from '../../db/group-commit.ts'
import { systemClock } from '../../src/clock.ts'
import { SYSTEM_ACTOR } from '../../src/deps.ts'
import { parseInstant } from '../../src/domain/calendar/day.ts'
import { logDossier } from '../../src/dossiers/log-dossier.ts'
import type { EmbeddedThreadData } from '../../workers/embedded-thread.ts'
import { randomHistory } from '../support/random-history.ts'
import { tempInstallation } from '../support/temp-installation.ts'
import { waitFor } from '../support/wait-for.ts'

test('without Redis the thread beside the service closes the week on its clock while dossiers come in', async () => {
  const installation = tempInstallation('2023-03-06T08:00')
  const { db, config } = installation
  randomHistory(installation, { from: '2023-03-06', days: 5, perDay: 10, seed: 41 })
  // Three seconds before the hour of closing, so that nothing is due at the start but the night.
  const start = parseInstant('2023-03-13T05:59:57')
  const data: EmbeddedThreadData = { config, clockOffset: start - systemClock.now(), pattern: '* * * * * *' }
  const thread = new Worker(new URL('../../workers/embedded-thread.ts', import.meta.url), {
    workerData: data,
  })
  const { write } = groupCommit(db)
  const closed = db.prepare(`SELECT closed_at FROM periods WHERE key = '2023-W10'`).pluck()
  let logged = 0
  try {
    await waitFor('the week to be closed', async () => {
      installation.clock.set(systemClock.now() + data.clockOffset)
      const input = {
        act: 'accept',
        unit: 'xa-ngoc-ky',
        procedure: '1.004873',
        channel: 'counter',
        applicant: { name: 'Mẫu' },
      } as const
      await write(() => logDossier(installation, SYSTEM_ACTOR, input))
      logged += 1
      return typeof closed.get() === 'number'
    })
    assert.ok((closed.get() as number) >= parseInstant('2023-03-13T06:00'))
    assert.ok(logged > 20)
    thread.postMessage('stop')
    const [code] = await once(thread, 'exit')
    assert.equal(code, 0)
  } finally {
    await thread.terminate()
    installation.close()
  }
})
