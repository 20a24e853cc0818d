import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { freePort } from '../../support/free-port.ts'
import type { TempInstallation } from '../../support/temp-installation.ts'
import { waitLong } from './wait-long.ts'

export type Environment = Readonly<Record<string, string>>

/** Where the clock of every process of the product starts: a Wednesday, when weeks, months and nights are due. */
export const CLOCK_START = '2023-12-27T09:00'

/** Attacks of load come from one session, faster than any person. */
const UNHURRIED = { REQUESTS_PER_MINUTE: '0' } as const

/** A Redis that nobody asks: with it the service leaves the jobs to worker processes. */
const ELSEWHERE = { REDIS_URL: 'redis://127.0.0.1:1' } as const

export interface Process {
  readonly child: ChildProcess
  /** What it has logged. */
  log(): string
  signal(name: NodeJS.Signals): void
  /** Ends it by a signal; its exit code, null when it was killed. */
  end(name: 'SIGKILL' | 'SIGTERM'): Promise<number | null>
}

export interface Service extends Process {
  readonly url: string
}

/** A process of the product on this installation. */
export function start(
  script: string,
  { env }: TempInstallation,
  more: Environment = {},
  args: readonly string[] = [],
): Process {
  const child = spawn(process.execPath, [new URL(`../../../${script}`, import.meta.url).pathname, ...args], {
    env: { PATH: process.env['PATH'] ?? '', CLOCK_START, ...UNHURRIED, ...env, ...more },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let log = ''
  child.stdout.on('data', (chunk) => {
    log += chunk
  })
  return {
    child,
    log: () => log,
    signal: (name) => void child.kill(name),
    async end(name) {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
      const gone = once(child, 'exit')
      child.kill(name)
      const [code] = (await gone) as [number | null]
      return code
    },
  }
}

/** The real service, answering; without `more` the jobs run elsewhere. */
export async function startService(
  installation: TempInstallation,
  more: Environment = ELSEWHERE,
): Promise<Service> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const service = start('src/server.ts', installation, { PORT: String(port), ...more })
  const answers = () =>
    fetch(`${url}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    )
  await waitLong('the service to answer', answers)
  return { ...service, url }
}

/** A worker process that looks for work each second. */
export function startWorker(installation: TempInstallation, more: Environment = {}): Process {
  return start('test/attack/support/fast-worker.ts', installation, more)
}

/** Worker processes on this database until `work` is over. */
export async function withWorkers(
  installation: TempInstallation,
  environments: readonly Environment[],
  work: (workers: readonly Process[]) => Promise<void>,
): Promise<void> {
  const workers = environments.map((more) => startWorker(installation, more))
  try {
    await work(workers)
    for (const worker of workers) assert.equal(await worker.end('SIGTERM'), 0)
  } finally {
    for (const worker of workers) await worker.end('SIGKILL')
  }
}
