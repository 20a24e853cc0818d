import assert from 'node:assert/strict'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { openAlarms } from '../../db/queries/alarms.ts'
import { attack } from './support/attack.ts'
import { assertWorkDoneOnce, isAllDone } from './support/nothing-lost.ts'
import { waitLong } from './support/wait-long.ts'

const PRELOAD = new URL('./support/dying-thread.ts', import.meta.url).href

test('a worker thread that keeps dying is started again, an alarm shows meanwhile, and it does everything once', () => {
  let killing = ''
  const environment = (dataDir: string) => {
    killing = join(dataDir, 'dies')
    writeFileSync(killing, '')
    return { NODE_OPTIONS: `--import=${PRELOAD}`, DIES_WHILE: killing }
  }
  return attack({ from: '2023-12-01', environment }, async ({ installation, look }) => {
    const { db } = installation
    await waitLong('the alarm', () => openAlarms(db).length > 0)
    const [alarm] = openAlarms(db)
    assert.equal(alarm?.kind, 'workers_stopped')
    assert.match(alarm!.detail, /^Luồng việc nền dừng: chết giữa chừng\. Khởi động lại sau \d+ giây\.$/)
    const page = await (await look('/tinh-trang')).text()
    assert.ok(page.includes('Việc nền dừng đột ngột'))
    rmSync(killing)
    await waitLong('the jobs to be done', () => isAllDone(installation))
    await waitLong('the alarm to be cleared', () => openAlarms(db).length === 0)
    assertWorkDoneOnce(installation)
  })
})
