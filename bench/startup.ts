import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { heading, row } from './support/print.ts'
import { answer, PORT } from './support/real-service.ts'

const ROUNDS = 5

/** What `npm start` runs, without npm. */
const START = (
  JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: { start: string } }
).scripts.start
  .split(' ')
  .slice(1)

/** From the start of the process to the first answer, and the memory of the idle service with its workers. */
export async function benchStartup(dir: string): Promise<void> {
  heading('Khởi động và bộ nhớ (dịch vụ và bộ chạy việc nhúng)')
  const times: number[] = []
  let memory = 0
  for (let i = 0; i < ROUNDS; i++) {
    const start = performance.now()
    const child = spawn(process.execPath, START, {
      env: { ...process.env, DATA_DIR: join(dir, 'startup'), PORT: String(PORT), LOG_LEVEL: 'silent' },
      stdio: 'ignore',
    })
    await answer()
    times.push(performance.now() - start)
    if (i === ROUNDS - 1) {
      await new Promise((resolve) => setTimeout(resolve, 5_000))
      memory = residentMiB(child)
    }
    child.kill('SIGTERM')
    await new Promise((resolve) => child.once('exit', resolve))
  }
  const [first, ...later] = times
  row('lần đầu (tạo cơ sở dữ liệu)', `${first?.toFixed(0)} ms`)
  row(
    'các lần sau',
    `${Math.max(...later).toFixed(0)} ms lâu nhất (${(Math.max(...later) / 1500).toFixed(2)} × giới hạn 1.500 ms)`,
  )
  row('bộ nhớ khi nghỉ', `${memory.toFixed(0)} MiB (${(memory / 150).toFixed(2)} × giới hạn 150 MiB)`)
}

function residentMiB(child: ChildProcess): number {
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024
}
