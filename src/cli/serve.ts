import { command, noMoreThan } from './command.ts'
import { startService } from './start-service.ts'

export const serve = command({
  usage: `motcua serve

Chạy dịch vụ web ở HOST:PORT (mặc định 127.0.0.1:8080) cho đến khi dừng; việc nền chạy cùng nếu không có REDIS_URL.`,
  options: {},
  async run({ positionals }, terminal) {
    noMoreThan(0, positionals)
    await startService(terminal)
  },
})
