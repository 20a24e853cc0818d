import { systemClock } from '../clock.ts'
import { restoreBackup } from '../restore.ts'
import { command, noMoreThan, UsageError } from './command.ts'
import { cliConfig } from './installation-here.ts'

export const restore = command({
  usage: `motcua restore TỆP

Khôi phục cơ sở dữ liệu từ một bản sao lưu. Dừng dịch vụ trước. Cơ sở dữ liệu đang dùng được giữ lại bên cạnh.`,
  options: {},
  run({ positionals }, terminal) {
    const [file] = positionals
    if (file === undefined) throw new UsageError('Thiếu tệp sao lưu.')
    noMoreThan(1, positionals)
    const config = cliConfig()
    const { keptAside } = restoreBackup(config, { clock: systemClock, file })
    terminal.say(`Đã khôi phục ${config.databaseFile} từ ${file}.`)
    if (keptAside !== null) terminal.say(`Cơ sở dữ liệu trước đó được giữ ở ${keptAside}.`)
  },
})
