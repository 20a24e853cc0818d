import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { freePort } from './free-port.ts'
import { killed } from './killed.ts'

export interface TestRedis {
  readonly url: string
  /** Kills the server; everything in it is lost. */
  down(): Promise<void>
  /** Starts an empty server on the same port. */
  up(): Promise<void>
  /** Forgets everything, as after a loss of data. */
  flush(): Promise<void>
  close(): Promise<void>
}

/** Why tests on Redis cannot run here, or false. */
export const redisMissing =
  spawnSync('redis-server', ['--version']).status === 0
    ? false
    : 'redis-server is not installed (apt install redis-server)'

/** A real Redis on a free port, without persistence, in a folder of its own. */
export async function testRedis(): Promise<TestRedis> {
  const dir = mkdtempSync(join(tmpdir(), 'motcua-redis-'))
  const port = await freePort()
  const url = `redis://127.0.0.1:${port}`
  let server: ChildProcess | null = null

  async function up(): Promise<void> {
    server = spawn(
      'redis-server',
      ['--port', String(port), '--dir', dir, '--save', '', '--appendonly', 'no'],
      {
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    )
    for await (const chunk of server.stdout!) if (String(chunk).includes('Ready to accept connections')) break
    server.stdout!.resume()
  }

  const down = () => killed(server)

  await up()
  return {
    url,
    up,
    down,
    async flush() {
      const client = new Redis(url)
      await client.flushall()
      client.disconnect()
    },
    async close() {
      await down()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
