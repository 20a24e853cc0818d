import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openDatabase } from '../db/open.ts'
import { upsertSetting } from '../db/queries/settings.ts'
import { fixedClock } from '../src/clock.ts'
import { instantAt, parseInstant } from '../src/domain/calendar/day.ts'
import { rebuildCells } from '../src/reports/rebuild-cells.ts'
import { clientToken } from '../test/support/client-token.ts'
import { sessionCookieOf } from '../test/support/signed-in.ts'
import { makeRegister } from './import.ts'
import { benchDeps } from './support/deps.ts'
import { fill, LAST_DAY } from './support/fill.ts'
import { median } from './support/fsync-probe.ts'
import { heading, row } from './support/print.ts'
import { answer, PORT } from './support/real-service.ts'

/** One dossier every so many ms, whether or not the last one has been answered. */
const PACE_MS = 20
const QUIET_MS = 5_000
const REGISTER_ROWS = 100_000

/** The second working day after the last dossier: the year is to be closed. */
const CLOCK_START = '2024-01-03T09:00'

interface Scene {
  /** Environment of every process of the product on this file. */
  readonly env: Readonly<Record<string, string>>
  readonly file: string
  /** A register of 100 thousand dossiers that are not in it. */
  readonly register: string
  readonly keys: Keys
}

interface Keys {
  /** Of the program that logs dossiers. */
  readonly token: string
  /** Of the person who decides. */
  readonly cookie: string
}

interface Disturbance {
  readonly name: string
  /** The service does the jobs itself. */
  readonly embedded?: boolean
  /** Resolves when the heavy work is over. */
  run(scene: Scene): Promise<void>
}

/** What may make a clerk wait. */
const DISTURBANCES: readonly Disturbance[] = [
  { name: 'không có việc nền', run: () => sleep(QUIET_MS) },
  { name: 'chốt bù mọi kỳ của ba năm, luồng nhúng', embedded: true, run: allClosed },
  {
    name: 'chốt bù mọi kỳ của ba năm, tiến trình riêng',
    run: (scene) => during('src/cli.ts', ['worker'], scene, allClosed),
  },
  {
    name: 'lập lại ô số liệu (recount --repair)',
    run: (scene) => during('src/cli.ts', ['recount', '--repair'], scene),
  },
  {
    name: 'nhập sổ 100.000 dòng',
    run: (scene) => during('src/cli.ts', ['import', scene.register, '--apply'], scene),
  },
  { name: 'một ngày nghỉ được hoán đổi, xem trước rồi ghi', run: decideCalendar },
]

/** How long one who logs dossiers waits while the house does its heaviest work. */
export async function benchWaits(dir: string, count: number): Promise<void> {
  heading(`Chờ lâu nhất khi ghi hồ sơ, ${count.toLocaleString('vi')} hồ sơ, mỗi ${PACE_MS} ms một hồ sơ`)
  const original = join(dir, 'waits.db')
  const db = fill(original, count)
  rebuildCells(benchDeps(db, fixedClock(instantAt(LAST_DAY, 1020))))
  upsertSetting(db, 'demo', true)
  const deps = benchDeps(db, fixedClock(parseInstant(CLOCK_START)))
  const keys = { token: clientToken(deps), cookie: sessionCookieOf(deps) }
  db.close()
  const register = join(dir, 'waits-register.csv')
  makeRegister(dir, register, REGISTER_ROWS)
  let quiet: Waits | undefined
  for (const disturbance of DISTURBANCES) {
    const waits = await disturbed(join(dir, disturbance.name), { original, register, keys }, disturbance)
    quiet ??= waits
    row(disturbance.name, `${describe(waits)}${waits === quiet ? '' : ` (${ratio(waits, quiet)})`}`)
  }
}

async function disturbed(
  dir: string,
  { original, register, keys }: { readonly original: string; readonly register: string; readonly keys: Keys },
  { embedded = false, run }: Disturbance,
): Promise<Waits> {
  mkdirSync(dir)
  const file = join(dir, 'motcua.db')
  cpSync(original, file)
  const env = {
    PATH: process.env['PATH'] ?? '',
    DATA_DIR: dir,
    LOG_LEVEL: 'error',
    CLOCK_START,
  }
  const elsewhere = embedded ? {} : { REDIS_URL: 'redis://127.0.0.1:1' }
  const service = start('src/server.ts', [], { ...env, ...elsewhere, PORT: String(PORT) })
  try {
    await answer()
    const client = logAtPace(keys.token)
    await run({ env, file, register, keys })
    return await client.stop()
  } finally {
    service.kill('SIGTERM')
    await once(service, 'exit')
  }
}

interface Waits {
  readonly sorted: readonly number[]
  readonly seconds: number
}

/** Logs dossiers at a steady pace, each from its own moment on: a service that stands still makes all of them wait. */
function logAtPace(token: string): { stop(): Promise<Waits> } {
  const begun = performance.now()
  const waits: Promise<number>[] = []
  const timer = setInterval(() => {
    const wait = logOne(waits.length, token)
    // One that fails is reported at the end, when the service can be stopped.
    wait.catch(() => {})
    waits.push(wait)
  }, PACE_MS)
  return {
    async stop() {
      clearInterval(timer)
      const all = await Promise.all(waits)
      return { sorted: all.sort((a, b) => a - b), seconds: (performance.now() - begun) / 1000 }
    },
  }
}

/** How long until the dossier is logged, in ms; who is told to come again does so. */
async function logOne(number: number, token: string): Promise<number> {
  const begun = performance.now()
  const body = JSON.stringify({
    unit: `bench-${1 + (number % 200)}`,
    procedure: '1.004873',
    channel: 'counter',
    applicant: { name: `Nguyễn Văn Mẫu ${number}` },
  })
  for (;;) {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
    const request = { method: 'POST', headers, body }
    const answer = await fetch(`http://127.0.0.1:${PORT}/api/v1/dossiers`, request)
    const text = await answer.text()
    if (answer.status === 201) return performance.now() - begun
    if (answer.status !== 503) throw new Error(`${answer.status}: ${text}`)
  }
}

/** A process of the product runs until it ends, or until `isOver` says that its work is done. */
async function during(
  script: string,
  args: readonly string[],
  scene: Scene,
  isOver?: (scene: Scene) => Promise<void>,
) {
  const child = start(script, args, scene.env)
  const ended = once(child, 'exit')
  if (isOver === undefined) return void (await ended)
  await isOver(scene)
  child.kill('SIGTERM')
  await ended
}

/** A working day of next week becomes a day off: worked out twice, as a person does who looks first, and written. */
async function decideCalendar({ keys }: Scene): Promise<void> {
  const body = JSON.stringify({
    title: 'Hoán đổi ngày làm việc',
    document: 'Công văn 1/VPCP-KGVX',
    documentOn: '2024-01-03',
    days: [{ change: 'swap', date: '2024-01-05', makeUpOn: '2024-01-13' }],
  })
  for (const path of ['decisions/preview', 'decisions']) {
    const answer = await fetch(`http://127.0.0.1:${PORT}/api/v1/calendar/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: keys.cookie },
      body,
    })
    if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`)
  }
}

/** Every job due has been done: the last of the night is the tidying. */
async function allClosed({ file }: Scene): Promise<void> {
  const db = openDatabase(file, { busyTimeoutMs: 5_000, readOnly: true })
  const done = db.prepare(`SELECT 1 FROM job_runs WHERE job = 'tidy' AND outcome = 'done'`)
  while (done.get() === undefined) await sleep(100)
  db.close()
}

function start(script: string, args: readonly string[], env: Readonly<Record<string, string>>): ChildProcess {
  return spawn(process.execPath, [script, ...args], { env, stdio: ['ignore', 'inherit', 'inherit'] })
}

function describe({ sorted, seconds }: Waits): string {
  return `giữa ${ms(median(sorted))}, p99 ${ms(p99(sorted))}, lâu nhất ${ms(sorted.at(-1)!)} trong ${seconds.toFixed(0)} s`
}

function ratio(waits: Waits, quiet: Waits): string {
  return `${(median(waits.sorted) / median(quiet.sorted)).toFixed(1)} / ${(p99(waits.sorted) / p99(quiet.sorted)).toFixed(1)} / ${(waits.sorted.at(-1)! / quiet.sorted.at(-1)!).toFixed(1)} ×`
}

const p99 = (sorted: readonly number[]) => sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN
const ms = (value: number) => `${value.toFixed(value < 10 ? 1 : 0)} ms`
