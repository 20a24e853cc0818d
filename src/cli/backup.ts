import { backupDatabase } from '../backup.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import { command, noMoreThan } from './command.ts'
import { withInstallation } from './installation-here.ts'

export const backup = command({
  usage: `motcua backup

Sao lưu cơ sở dữ liệu vào DATA_DIR/backups, cả khi dịch vụ đang chạy, rồi mở bản sao ra kiểm tra. In tên tệp.
Khoá mở số định danh không nằm trong bản sao lưu: cất riêng.`,
  options: {},
  async run({ positionals }, terminal) {
    noMoreThan(0, positionals)
    await withInstallation(async (installation, config) => {
      const { file, rows } = await backupDatabase(installation, config)
      await terminal.out(`${file}\n`)
      terminal.say(`Đã sao lưu và kiểm tra ${formatCount(rows)} dòng.`)
    })
  },
})
