import { openInstallation } from '../installation.ts'
import { createLogger } from '../logger.ts'
import { command, noMoreThan } from './command.ts'
import { makeDemo } from './demo-installation.ts'
import { cliConfig } from './installation-here.ts'

export const seed = command({
  usage: `motcua seed [--demo [--from 2021-12-01]]

Nạp dữ liệu quy định (lịch làm việc, chế độ pháp lý, công thức tỷ lệ, bộ tiêu chí mẫu) vào DATA_DIR nếu chưa có.

  --demo              tạo cơ sở dữ liệu trình diễn: huyện Tứ Kỳ, người và hồ sơ đều là giả
  --from NGÀY         ngày đầu của dữ liệu trình diễn; mặc định 2021-12-01`,
  options: { demo: { type: 'boolean', default: false }, from: { type: 'string' } },
  run({ values, positionals }, terminal) {
    noMoreThan(0, positionals)
    const config = cliConfig()
    if (values.demo) {
      makeDemo(config, terminal, values.from)
      return
    }
    openInstallation(config, createLogger('silent')).db.close()
    terminal.say(`Dữ liệu quy định đã sẵn sàng trong ${config.databaseFile}`)
  },
})
