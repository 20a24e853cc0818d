import { command, noMoreThan } from './command.ts'

export const worker = command({
  usage: `motcua worker

Chạy tiến trình xử lý việc nền với REDIS_URL cho đến khi dừng.`,
  options: {},
  async run({ positionals }) {
    noMoreThan(0, positionals)
    // The source never imports the workers: it starts them by their address.
    await import(new URL('../../workers/main.ts', import.meta.url).href)
  },
})
