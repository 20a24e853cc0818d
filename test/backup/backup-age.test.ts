import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { backupDatabase } from '../../src/backup/backup-database.ts'
import { copyBackups } from '../../src/backup/copy-backups.ts'
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
