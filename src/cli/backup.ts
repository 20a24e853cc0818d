import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { backupDatabase } from '../backup/backup-database.ts'
import { type BackupName, backupsAmong } from '../backup/backup-names.ts'
import { ageWords } from '../backup/backup-standing.ts'
import { backupsThere, copyBackups, copyLater } from '../backup/copy-backups.ts'
import { secondPlace } from '../backup/second-place.ts'
import { systemClock } from '../clock.ts'
import type { Config } from '../config.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import { moment } from '../web/formats.ts'
import { command, noMoreThan } from './command.ts'
import { cliConfig, withInstallation } from './installation-here.ts'
import type { Terminal } from './terminal.ts'

export const backup = command({
  usage: `motcua backup [--list]

Sao lưu cơ sở dữ liệu vào DATA_DIR/backups, cả khi dịch vụ đang chạy, rồi mở bản sao ra kiểm tra và đếm lại. In tên
tệp. Có BACKUP_COPY_TO thì chép tiếp bản sao và tệp đính kèm sang đó. Khoá không nằm trong bản sao lưu: cất riêng bằng
“motcua key export”.

  --list              in các bản sao lưu đang có tại máy và ở nơi thứ hai, mới nhất trước`,
  options: { list: { type: 'boolean', default: false } },
  async run({ values, positionals }, terminal) {
    noMoreThan(0, positionals)
    if (values.list) return list(cliConfig(), terminal)
    await withInstallation(async (installation, config) => {
      const { file, rows, documentProblem } = backupDatabase(installation, config)
      await terminal.out(`${file}\n`)
      terminal.say(`Đã sao lưu và kiểm tra ${formatCount(rows)} dòng.`)
      if (documentProblem !== null) terminal.say(`Chú ý: kho tệp đính kèm ${documentProblem}`)
      const { backupCopyTo: to } = config
      if (to === null) return
      try {
        await copyBackups(installation, config, to)
        terminal.say(`Đã chép sang ${to} và đọc lại để kiểm tra.`)
      } catch (error) {
        const problem = (error as Error).message
        copyLater(installation, problem)
        terminal.say(`Bản sao lưu tốt, nhưng chưa chép được sang nơi thứ hai: ${problem} Sẽ tự chép lại.`)
        terminal.exitCode(1)
      }
    })
  },
})

async function list({ backupDir, backupCopyTo: to }: Config, terminal: Terminal): Promise<void> {
  const here = existsSync(backupDir) ? backupsAmong(readdirSync(backupDir)) : []
  await terminal.out(`Tại máy, ${backupDir}:\n`)
  for (const backup of here) {
    const megabytes = Math.ceil(statSync(join(backupDir, backup.name)).size / 1_000_000)
    await terminal.out(`${lineOf(backup)}  ${formatCount(megabytes)} MB\n`)
  }
  if (here.length === 0) await terminal.out('  chưa có bản nào\n')
  if (to === null) return terminal.out('Nơi thứ hai: chưa đặt BACKUP_COPY_TO\n')
  const there = backupsThere(await secondPlace(to).list())
  await terminal.out(`Nơi thứ hai, ${to}:\n`)
  for (const backup of there) await terminal.out(`${lineOf(backup)}\n`)
  if (there.length === 0) await terminal.out('  chưa có bản nào\n')
}

function lineOf({ name, at, beforeUpgrade }: BackupName): string {
  const age = ageWords(at, systemClock.now())
  return `  ${moment(at)}  ${name}  (${age}${beforeUpgrade === null ? '' : ', trước khi nâng cấp'})`
}
