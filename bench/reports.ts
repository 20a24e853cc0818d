import { join } from 'node:path'
import type { Db } from '../db/open.ts'
import { tallyRows } from '../db/queries/tallies.ts'
import { fixedClock } from '../src/clock.ts'
import { instantAt } from '../src/domain/calendar/day.ts'
import { parsePeriod } from '../src/domain/calendar/periods.ts'
import { closePeriod } from '../src/reports/close-period.ts'
import { rebuildCells } from '../src/reports/rebuild-cells.ts'
import { report } from '../src/reports/report.ts'
import { benchDeps } from './support/deps.ts'
import { fill, LAST_DAY } from './support/fill.ts'
import { median } from './support/fsync-probe.ts'
import { heading, row } from './support/print.ts'

const OPEN_WEEK = '2023-W52'
/** The last week that is over. */
const LAST_WEEK = '2023-W51'
const OLD_WEEK = '2021-W10'
const OLD_MONTH = '2021-05'

/** The weekly and monthly tables at `counts` dossiers, against a full recount of the same file. */
export async function benchReports(dir: string, counts: readonly number[]): Promise<void> {
  const before = new Map<string, number>()
  for (const count of counts) {
    const start = performance.now()
    const db = fill(join(dir, `fill-${count}.db`), count)
    const filled = performance.now()
    const deps = benchDeps(db, fixedClock(instantAt(LAST_DAY, 1020)))
    rebuildCells(deps)
    heading(`Bảng số liệu với ${count.toLocaleString('vi')} hồ sơ, 200 xã`)
    row('nạp hồ sơ / dựng lại ô đếm', `${seconds(start, filled)} / ${seconds(filled, performance.now())}`)
    const cells = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM day_cells').get()!.n
    row('ô đếm', cells.toLocaleString('vi'))
    const recount = time(() => recountWeek(db, OPEN_WEEK), 3)
    const all = time(() =>
      report(deps, { period: parsePeriod(OPEN_WEEK), by: 'unit', attribution: 'resolving' }),
    )
    const one = time(() =>
      report(deps, {
        period: parsePeriod(OPEN_WEEK),
        by: 'field',
        attribution: 'resolving',
        unit: 'bench-7',
      }),
    )
    const rollup = time(() => rollUp(db, OPEN_WEEK))
    for (const key of [OLD_WEEK, OLD_MONTH]) {
      const live = time(() =>
        report(deps, { period: parsePeriod(key), by: 'unit', attribution: 'resolving', reading: 'current' }),
      )
      const closing = time(() => void closePeriod(deps, parsePeriod(key)), 1)
      const snapshot = time(() => snapshotRead(db, key))
      const closed = time(() =>
        report(deps, { period: parsePeriod(key), by: 'unit', attribution: 'resolving' }),
      )
      row(
        `${key}: đọc kỳ đã chốt`,
        `${ms(closed)} (${ratio(closed, snapshot)} × đọc bản chốt ${ms(snapshot)})`,
      )
      row(`${key}: tính lại hiện thời / chốt`, `${ms(live)} / ${ms(closing)}`)
      grow(before, `đọc kỳ đã chốt ${key}`, closed)
    }
    const lastRollup = time(() => rollUp(db, LAST_WEEK))
    const lastClosing = time(() => void closePeriod(deps, parsePeriod(LAST_WEEK)), 1)
    row(`chốt ${LAST_WEEK}`, `${ms(lastClosing)} (${ratio(lastClosing, lastRollup)} × câu cộng ô đếm)`)
    row(`${OPEN_WEEK} mọi đơn vị`, `${ms(all)} (${ratio(all, rollup)} × câu cộng ô đếm ${ms(rollup)})`)
    row(`${OPEN_WEEK} một đơn vị`, ms(one))
    row(`đếm lại toàn bộ hồ sơ cho ${OPEN_WEEK}`, `${ms(recount)} = ${ratio(recount, all)} × bảng của motcua`)
    grow(before, `${OPEN_WEEK} mọi đơn vị`, all)
    db.close()
  }
}

/** What the table costs without cells: one pass over all dossiers. */
function recountWeek(db: Db, key: string): void {
  const { from, to } = parsePeriod(key)
  db.prepare(
    `SELECT unit_id, SUM(accepted_on BETWEEN @from AND @to), SUM(ended_on BETWEEN @from AND @to AND end_class = 'late'),
       SUM(ended_on BETWEEN @from AND @to), SUM(accepted_on <= @to AND (ended_on IS NULL OR ended_on > @to)),
       SUM(accepted_on <= @to AND (ended_on IS NULL OR ended_on > @to) AND due_on < @to)
     FROM dossiers NOT INDEXED GROUP BY unit_id`,
  ).all({ from, to })
}

/** The bare roll-up of the same week: three sums over cells and totals. */
function rollUp(db: Db, key: string): void {
  const { from, to } = parsePeriod(key)
  tallyRows(db, { from, to, grain: 'unit', attribution: 'resolving', unitIds: null })
}

function snapshotRead(db: Db, key: string): void {
  const rows = db
    .prepare<[string], { figures: string }>(
      'SELECT figures FROM snapshots WHERE period_key = ? AND revision = 1',
    )
    .all(key)
  for (const { figures } of rows) JSON.parse(figures)
}

function grow(before: Map<string, number>, name: string, value: number): void {
  const earlier = before.get(name)
  if (earlier !== undefined) row(`  tăng so với lần trước: ${name}`, `${ratio(value, earlier)} ×`)
  before.set(name, value)
}

function time(run: () => unknown, rounds = 15): number {
  const times: number[] = []
  for (let i = 0; i < rounds; i++) {
    const start = performance.now()
    run()
    times.push(performance.now() - start)
  }
  return median(times)
}

const ms = (value: number) => `${value.toFixed(value < 10 ? 2 : 0)} ms`
const ratio = (a: number, b: number) => (a / b).toFixed(2)
const seconds = (from: number, to: number) => `${((to - from) / 1000).toFixed(1)} s`
