import { cliConfig } from './installation-here.ts'
import type { Terminal } from './terminal.ts'

/** Starts the web service in this process; it runs until it is stopped. */
export async function startService(terminal: Terminal): Promise<void> {
  const { host, port } = cliConfig()
  try {
    await import(new URL('../server.ts', import.meta.url).href)
  } catch (error) {
    if ((error as { code?: string }).code !== 'EADDRINUSE') throw error
    terminal.say(
      `Cổng ${port} ở ${host} đang được dùng. Hãy dừng chương trình kia, hoặc đặt PORT là một cổng khác.`,
    )
    process.exit(1)
  }
  terminal.say(`Dịch vụ chạy ở http://${host}:${port} (Ctrl+C để dừng)`)
}
