import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Db } from '../db/open.ts'
import { insertImport } from '../db/queries/imports.ts'
import { fixedClock } from '../src/clock.ts'
import { SYSTEM_ACTOR } from '../src/deps.ts'
import { instantAt } from '../src/domain/calendar/day.ts'
import { exportRegister } from '../src/imports/export-register.ts'
import { importRegister } from '../src/imports/import-register.ts'
import { readTable } from '../src/imports/read-table.ts'
import { sha256Of } from '../src/imports/stored-file.ts'
import { csvLine } from '../src/imports/write-csv.ts'
import { benchDeps } from './support/deps.ts'
import { fill, LAST_DAY } from './support/fill.ts'
import { heading, row } from './support/print.ts'

const ROWS = 100_000
const CLOCK = fixedClock(instantAt(LAST_DAY, 1_020))
const SCOPE = { unitIds: null, from: null, to: null, withNumbers: false } as const

/** Everything a run writes, table by table. */
const WRITTEN = [
  'persons',
  'explanations',
  'dossiers',
  'events',
  'dossier_texts',
  'day_cells',
  'stocks',
  'code_sequences',
] as const

/** An import of a register of 100,000 rows against a bare insert of the very rows it makes, in one run. */
export async function benchImport(dir: string): Promise<void> {
  heading(`Nhập sổ ${ROWS} dòng`)
  const file = join(dir, 'register.csv')
  makeRegister(dir, file, ROWS)
  const db = fill(join(dir, 'import.db'), 0)
  const cpu = process.cpuUsage()
  const started = performance.now()
  const bytes = readFileSync(file)
  const sha256 = sha256Of(bytes)
  const id = insertImport(db, {
    sha256,
    name: 'register.csv',
    bytes: bytes.length,
    uploadedAt: CLOCK.now(),
    uploadedBy: null,
    options: '{}',
    acceptChanges: 0,
    status: 'checked',
  })
  const holds = longestHold(db)
  const run = { id, sha256, table: readTable(bytes), actor: SYSTEM_ACTOR }
  importRegister(benchDeps(db, CLOCK), run, { acceptChanges: false })
  const product = cpuMs(cpu)
  const seconds = (performance.now() - started) / 1000
  const bare = bareInsert(db, join(dir, 'bare.db'))
  db.close()
  row(
    'motcua: dòng/giây',
    `${(ROWS / seconds).toFixed(0)} (${seconds.toFixed(1)} s, ${(product / 1000).toFixed(1)} s bộ xử lý)`,
  )
  row(
    'motcua: lần giữ cơ sở dữ liệu lâu nhất',
    `${holds().ms.toFixed(0)} ms, ${holds().cpu.toFixed(0)} ms bộ xử lý`,
  )
  row('tham chiếu: chỉ chèn đúng những dòng ấy', `${(bare / 1000).toFixed(1)} s bộ xử lý`)
  row('  tỷ số (bộ xử lý)', `${(product / bare).toFixed(2)} ×`)
}

/** Writes a register of `rows` dossiers of the bench's 200 communes to `file`, with codes that `fill` does not give. */
export function makeRegister(dir: string, file: string, rows: number): void {
  const source = join(dir, 'register-source.db')
  const db = fill(source, rows)
  const lines = [...exportRegister(benchDeps(db, CLOCK), SCOPE)].flat()
  writeFileSync(file, lines.map(({ cells }) => csvLine(cells.map(otherCode))).join(''))
  db.close()
  for (const suffix of ['', '-wal', '-shm']) rmSync(source + suffix, { force: true })
}

/** The same rows, read before the clock starts, inserted one by one in one transaction by prepared statements. */
function bareInsert(from: Db, file: string): number {
  const to = fill(file, 0)
  const rows = WRITTEN.map((table) => ({
    table,
    values: from.prepare(`SELECT * FROM ${table}`).raw().all() as unknown[][],
  }))
  const started = process.cpuUsage()
  to.transaction(() => {
    for (const { table, values } of rows) {
      const insert = to.prepare(
        `INSERT OR IGNORE INTO ${table} VALUES (${(values[0] ?? []).map(() => '?').join(', ')})`,
      )
      for (const value of values) insert.run(...value)
    }
  }).immediate()
  const ms = cpuMs(started)
  to.close()
  return ms
}

/** Watches the transactions of a connection; tells how long the longest took. */
function longestHold(db: Db): () => { readonly ms: number; readonly cpu: number } {
  let longest = { ms: 0, cpu: 0 }
  const transaction = db.transaction.bind(db)
  db.transaction = ((work: Parameters<Db['transaction']>[0]) => {
    const { immediate } = transaction(work)
    return {
      immediate(...args: unknown[]) {
        const cpu = process.cpuUsage()
        const started = performance.now()
        const result = immediate(...args)
        const ms = performance.now() - started
        if (ms > longest.ms) longest = { ms, cpu: cpuMs(cpu) }
        return result
      },
    }
  }) as unknown as Db['transaction']
  return () => longest
}

function cpuMs(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since)
  return (user + system) / 1000
}

function otherCode(cell: string, column: number): string {
  return column === 0 ? cell.replace(/\d{4}$/, (number) => String(5_000 + Number(number))) : cell
}
