import { openInstallation } from '../installation.ts'
import { createLogger } from '../logger.ts'
import { command, noMoreThan } from './command.ts'
import { cliConfig } from './installation-here.ts'

export const migrate = command({
  usage: `motcua migrate

Tạo cơ sở dữ liệu trống trong DATA_DIR, hoặc nâng cấp cơ sở dữ liệu đang có. Chạy lại không sao.`,
  options: {},
  run({ positionals }, terminal) {
    noMoreThan(0, positionals)
    const config = cliConfig()
    openInstallation(config, createLogger('silent')).db.close()
    terminal.say(`Cơ sở dữ liệu đã sẵn sàng: ${config.databaseFile}`)
  },
})
