import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { openDatabase } from '../../db/open.ts'
import { openAlarms } from '../../db/queries/alarms.ts'
import { attack, type Scene } from './support/attack.ts'
import { assertWorkDoneOnce, dossiersIn, isAllDone } from './support/nothing-lost.ts'
import { withWorkers } from './support/processes.ts'
import { waitLong } from './support/wait-long.ts'

const SHORT = { from: '2023-12-01' }

/** Another program that opens the database and holds it. */
function other({ installation: { config } }: Scene) {
  return openDatabase(config.databaseFile, { busyTimeoutMs: 5_000 })
}

async function moreAnswers({ clients }: Scene): Promise<void> {
  const before = clients.answered()
  await waitLong('more answers', () => clients.answered() > before + 50)
}

test('a long reader stops neither requests nor jobs, and goes on seeing the moment at which it began', () =>
  attack(SHORT, async (scene) => {
    const { installation, clients } = scene
    const reader = other(scene)
    reader.exec('BEGIN')
    const seen = dossiersIn(reader)
    await withWorkers(installation, [{}], async () => {
      await moreAnswers(scene)
      await waitLong('the jobs to be done', () => isAllDone(installation))
      assert.equal(dossiersIn(reader), seen)
    })
    reader.close()
    await moreAnswers(scene)
    assert.deepEqual(clients.refusals, [])
    assertWorkDoneOnce(installation)
  }))

test(
  'a long writer makes requests wait, then refuses them, while reading goes on; then all goes on',
  {
    timeout: 600_000,
  },
  () =>
    attack(SHORT, async (scene) => {
      const { installation, look, clients } = scene
      const { db } = installation
      const writer = other(scene)
      const reads = async () => (await look('/ho-so')).status

      writer.exec('BEGIN IMMEDIATE')
      const dossiers = dossiersIn(db)
      for (let i = 0; i < 20; i += 1) assert.equal(await reads(), 200)
      await sleep(500)
      assert.equal(dossiersIn(db), dossiers, 'they wait')
      writer.exec('COMMIT')
      await moreAnswers(scene)
      assert.deepEqual(clients.refusals, [], 'and are not refused')

      writer.exec('BEGIN IMMEDIATE')
      await withWorkers(installation, [{ LOG_LEVEL: 'error' }], async ([worker]) => {
        await waitLong('requests to be refused', () => clients.refusals.length > 0)
        assert.deepEqual([...new Set(clients.refusals)], ['busy'])
        assert.equal(await reads(), 200)
        await waitLong('a job to give up waiting', () => worker!.log().includes('job failed'))
        writer.exec('COMMIT')
        writer.close()
        await moreAnswers(scene)
        await waitLong('the jobs to be done', () => isAllDone(installation))
        await waitLong('the alarms to be cleared', () => openAlarms(db).length === 0)
      })
      assertWorkDoneOnce(installation)
    }),
)
