import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openAlarms } from '../../db/queries/alarms.ts'
import { verifyDatabase } from '../../src/verify.ts'
import { attack, type Scene } from './support/attack.ts'
import { assertKept, assertWorkDoneOnce, isAllDone } from './support/nothing-lost.ts'
import { withWorkers } from './support/processes.ts'
import { fileSizeLimit, type SmallDisk, smallFileSystem } from './support/small-disk.ts'
import { waitLong } from './support/wait-long.ts'

async function fillUp({ installation, service, clients, look }: Scene, disk: SmallDisk): Promise<void> {
  const { db } = installation
  await waitLong('some answers', () => clients.answered() > 50)
  const pids = [service.child.pid!]
  disk.full(pids)
  await withWorkers(installation, [{ LOG_LEVEL: 'error' }], async ([worker]) => {
    pids.push(worker!.child.pid!)
    disk.full(pids)
    await waitLong('requests to be refused', () => clients.refusals.length > 10)
    assert.deepEqual([...new Set(clients.refusals)], ['storage_failing'])
    await waitLong('a job to fail without a trace', () =>
      worker!.log().includes('failure not written down yet'),
    )
    assertKept(db, clients.acknowledged, 'and nothing else')
    for (const { check, problem } of verifyDatabase(installation)) assert.equal(problem, null, check)
    assert.equal((await look('/tinh-trang')).status, 200, 'what only reads is served')

    disk.free(pids)
    const answered = clients.answered()
    await waitLong('requests to be answered again', () => clients.answered() > answered + 50)
    await waitLong('the jobs to be done', () => isAllDone(installation))
    const details = db.prepare('SELECT detail FROM alarms WHERE kind = ?').pluck()
    assert.match(details.get('job_failed') as string, /(disk is full|I\/O error)/)
    await waitLong('the alarms to be cleared', () => openAlarms(db).length === 0)
    assertWorkDoneOnce(installation)
  })
}

for (const [name, make] of [
  ['on a full disk', smallFileSystem],
  ['when no file may grow', fileSizeLimit],
] as const) {
  test(`${name} requests are refused, jobs fail and say so as soon as they can, and all goes on when there is room`, {
    timeout: 600_000,
  }, async (t) => {
    const disk = make()
    if (disk === null) return t.skip('not allowed here')
    try {
      await attack({ from: '2023-12-01', folder: disk.folder }, (scene) => fillUp(scene, disk))
    } finally {
      disk.close()
    }
  })
}
