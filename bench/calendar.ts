import { join } from 'node:path'
import { groupCommit, type Writer } from '../db/group-commit.ts'
import type { DecisionInput } from '../src/calendar-decisions/decision-input.ts'
import { recordDecision } from '../src/calendar-decisions/record-decision.ts'
import { undoDecision } from '../src/calendar-decisions/undo-decision.ts'
import { fixedClock } from '../src/clock.ts'
import { SYSTEM_ACTOR } from '../src/deps.ts'
import { parseInstant } from '../src/domain/calendar/day.ts'
import { rebuildCells } from '../src/reports/rebuild-cells.ts'
import { benchDeps } from './support/deps.ts'
import { fill } from './support/fill.ts'
import { heading, row } from './support/print.ts'

const DAY_OFF: DecisionInput = {
  title: 'Nghỉ thêm một ngày',
  document: 'Công văn thử',
  documentOn: '2023-12-29',
  days: [{ change: 'off', date: '2024-01-02', name: 'Nghỉ thêm' }],
}

/** Seconds for which the writer is held, and the longest turn of the event loop besides. */
export async function benchCalendar(dir: string, count: number): Promise<void> {
  heading(`Quyết định về lịch với ${count.toLocaleString('vi')} hồ sơ đang giải quyết`)
  const db = fill(join(dir, `calendar-${count}.db`), count, { days: 3, allOpen: true })
  const deps = benchDeps(db, fixedClock(parseInstant('2023-12-29T16:00')))
  rebuildCells(deps)
  const { id, moved } = await timed('ghi quyết định', db, (writer) =>
    recordDecision(deps, writer, SYSTEM_ACTOR, DAY_OFF),
  )
  row('hồ sơ đã chuyển hạn', moved.toLocaleString('vi'))
  await timed('hoàn tác', db, (writer) => undoDecision(deps, writer, SYSTEM_ACTOR, id))
  db.close()
}

async function timed<T>(
  name: string,
  db: Parameters<typeof groupCommit>[0],
  work: (writer: Writer) => Promise<{ readonly value: T }>,
): Promise<T> {
  const writer = groupCommit(db)
  let held = 0
  const measured: Writer = {
    ...writer,
    write: (work) => {
      const start = performance.now()
      return writer.write(work).finally(() => {
        held = performance.now() - start
      })
    },
  }
  let [longest, last] = [0, performance.now()]
  const tick = setInterval(() => {
    longest = held === 0 ? Math.max(longest, performance.now() - last) : longest
    last = performance.now()
  }, 1)
  const start = performance.now()
  const { value } = await work(measured)
  clearInterval(tick)
  row(`${name}: cả việc`, `${((performance.now() - start) / 1000).toFixed(2)} s`)
  row(`${name}: giữ quyền ghi`, `${(held / 1000).toFixed(2)} s`)
  return value
}
