import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { claimRun, finishRun } from '../../db/queries/job-ledger.ts'
import { backupDatabase } from '../../src/backup/backup-database.ts'
import { copyBackups } from '../../src/backup/copy-backups.ts'
import { PROCESSORS } from '../../workers/processors.ts'
import { pageApp, textOf } from '../support/page-app.ts'
import { tempInstallation } from '../support/temp-installation.ts'

test('the page of the state of the house tells how old the newest backup is, here and at the second place', async () => {
  const installation = tempInstallation('2023-03-09T01:00')
  const { config } = installation
  const app = await pageApp(installation)
  const page = async () => textOf((await app.inject('/tinh-trang')).body)
  assert.match(await page(), /Tại máy chưa có bản nào Nơi thứ hai chưa có bản nào/)
  const to = join(dirname(config.dataDir), 'usb')
  mkdirSync(to)
  backupDatabase(installation, config)
  await copyBackups(installation, config, to)
  installation.at('2023-03-10T01:00')
  backupDatabase(installation, config)
  installation.at('2023-03-11T02:30')
  assert.match(
    await page(),
    new RegExp(`Tại máy 10/03/2023 01:00 25 giờ trước Nơi thứ hai: ${to} 09/03/2023 01:00 2 ngày trước`),
  )
  await app.close()
  installation.close()
})

test('where there is no second place its job is neither good nor bad, and days are written as everywhere', async () => {
  const installation = tempInstallation('2023-03-09T02:00')
  const { db, clock } = installation
  const now = clock.now()
  const key = { job: 'copy-backup', subject: '2023-03-09', version: 1, runner: 'test', now } as const
  const { rows, checksum, detail } = await PROCESSORS['copy-backup'](installation as never)
  finishRun(db, claimRun(db, key)!, { rows, checksum, detail }, now + 1000)
  const app = await pageApp(installation)
  const page = async (url: string) => textOf((await app.inject(url)).body)
  const status = await page('/tinh-trang')
  assert.match(status, /Nơi thứ hai không đặt nơi thứ hai/)
  assert.match(status, /Chép bản sao lưu sang nơi thứ hai không đặt nơi thứ hai 09\/03\/2023/)
  assert.doesNotMatch(status, /2023-03-09/)
  const jobs = await page('/quan-tri/viec-nen')
  assert.equal(jobs.split('không đặt nơi thứ hai').length - 1, 2, 'of the job, and of its run')
  assert.doesNotMatch(jobs, /Xong 0/)
  await app.close()
  installation.close()
})
