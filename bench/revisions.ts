import { join } from 'node:path'
import { closedPeriodKeys } from '../db/queries/periods.ts'
import { fixedClock } from '../src/clock.ts'
import type { Actor, Deps } from '../src/deps.ts'
import { instantAt } from '../src/domain/calendar/day.ts'
import { parsePeriod } from '../src/domain/calendar/periods.ts'
import { logDossier } from '../src/dossiers/log-dossier.ts'
import { closePeriod } from '../src/reports/close-period.ts'
import { periodsToClose } from '../src/reports/closed-kinds.ts'
import { closingSpan } from '../src/reports/late-closings.ts'
import { rebuildCells } from '../src/reports/rebuild-cells.ts'
import { report } from '../src/reports/report.ts'
import { revisionSlices } from '../src/reports/revise-periods.ts'
import { differingRevision } from '../src/reports/verify-revisions.ts'
import { benchDeps } from './support/deps.ts'
import { fill, LAST_DAY } from './support/fill.ts'
import { heading, row } from './support/print.ts'

const HEAD: Actor = { officerId: null, role: 'head' }
const LAST_WEEK = '2023-W51'
/** A Sunday fourteen months before the last day. */
const LONG_AGO = '2022-10-30'
/** The last Sunday: the file has used no codes on it. */
const LAST_SUNDAY = '2023-12-24'
const PERIODS_SINCE = '2022-09-01'

/** A night's revisions of closed periods at `count` dossiers, against closing one week in the same run. */
export async function benchRevisions(dir: string, count: number): Promise<void> {
  const db = fill(join(dir, `revisions-${count}.db`), count)
  const deps = benchDeps(db, fixedClock(instantAt(LAST_DAY, 1020)))
  rebuildCells(deps)
  heading(`Bản điều chỉnh của kỳ đã chốt với ${count.toLocaleString('vi')} hồ sơ, 200 xã`)
  const span = closingSpan(deps)!
  const due = periodsToClose(deps.clock.now(), span).filter(({ to }) => to >= PERIODS_SINCE)
  let closing = 0
  for (const period of due) {
    const took = time(() => void closePeriod(deps, period))
    if (period.key === LAST_WEEK) closing = took
  }
  row('kỳ đã chốt từ 09/2022', String(closedPeriodKeys(db).size))
  row(`chốt ${LAST_WEEK}`, ms(closing))
  log(deps, 'bench-7', LONG_AGO)
  night(deps, 'một hồ sơ tiếp nhận lùi 14 tháng', closing)
  for (let unit = 1; unit <= 200; unit += 1) log(deps, `bench-${unit}`, LAST_SUNDAY)
  night(deps, '200 xã, mỗi xã một hồ sơ lùi 5 ngày', closing)
  night(deps, 'đêm không có gì thay đổi', closing)
  const period = parsePeriod('2023-W10')
  const read = (reading: number) =>
    time(() => report(deps, { period, by: 'unit', attribution: 'resolving', reading }), 15)
  const first = read(1)
  row('đọc bản 2 / bản 1 của một tuần', `${ms(read(2))} / ${ms(first)}`)
  let difference: string | null = null
  row('đối chiếu mọi kỳ, mọi đơn vị (verify)', ms(time(() => (difference = differingRevision(db)))))
  if (difference !== null) throw new Error(difference)
  db.close()
}

function log(deps: Deps, unit: string, day: string): void {
  const write = deps.db.transaction(() =>
    logDossier(deps, HEAD, {
      act: 'accept',
      unit,
      procedure: '1.004873',
      channel: 'counter',
      applicant: { name: 'Nguyễn Văn Mẫu' },
      at: instantAt(day, 540),
      reason: 'Ghi sót',
    }),
  )
  write.immediate()
}

function night(deps: Deps, name: string, closing: number): void {
  const rows = { full: 0, difference: 0 }
  let longest = 0
  const start = performance.now()
  const slices = revisionSlices(deps)
  for (;;) {
    const before = performance.now()
    const { done, value } = slices.next()
    longest = Math.max(longest, performance.now() - before)
    if (done) break
    rows.full += value.full
    rows.difference += value.difference
  }
  const took = performance.now() - start
  row(name, `${ms(took)} = ${(took / closing).toFixed(2)} × chốt một tuần`)
  row(
    '  bản đầy đủ / chênh lệch, lần giữ khoá ghi lâu nhất',
    `${rows.full} / ${rows.difference}, ${ms(longest)}`,
  )
}

function time(run: () => unknown, rounds = 1): number {
  const start = performance.now()
  for (let i = 0; i < rounds; i += 1) run()
  return (performance.now() - start) / rounds
}

const ms = (value: number) => `${value.toFixed(value < 10 ? 2 : 0)} ms`
