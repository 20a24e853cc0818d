import { printInstant } from '../domain/calendar/day.ts'
import { parsePeriod } from '../domain/calendar/periods.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import { type ListedRevision, revisionList } from '../reports/revision-list.ts'
import { moment } from '../web/formats.ts'
import { command, noMoreThan, UsageError } from './command.ts'
import { withInstallation } from './installation-here.ts'
import { lateEventJson, lateEventLine } from './late-event-text.ts'
import { type Column, terminalTable } from './terminal-table.ts'

export const revisions = command({
  usage: `motcua revisions KỲ [tuỳ chọn]

In các bản của một kỳ đã chốt: bản 1 và các bản điều chỉnh sau đó, mỗi bản vì những việc nào.

  --unit ĐƠN_VỊ       mã hoặc khoá đơn vị, tính cả đơn vị trực thuộc; mặc định: tất cả
  --json              in JSON thay cho bảng`,
  options: { unit: { type: 'string' }, json: { type: 'boolean', default: false } },
  async run({ values, positionals }, terminal) {
    const [key] = positionals
    if (key === undefined) throw new UsageError('Thiếu kỳ báo cáo, ví dụ 2023-W10 hoặc 2023-03.')
    noMoreThan(1, positionals)
    const period = parsePeriod(key)
    await withInstallation(async (installation) => {
      const list = revisionList(installation, { period, unit: values.unit })
      await terminal.out(values.json ? json(period.key, list) : `${period.label}\n\n${table(list)}`)
    })
  },
})

const KINDS = { full: 'đầy đủ', difference: 'chênh lệch' } as const satisfies Record<
  ListedRevision['kind'],
  string
>

const COLUMNS: readonly Column<ListedRevision>[] = [
  { head: 'Bản', align: 'right', cell: ({ revision }) => formatCount(revision) },
  { head: 'Lập lúc', align: 'left', cell: ({ takenAt }) => moment(takenAt) },
  { head: 'Loại', align: 'left', cell: ({ kind }) => KINDS[kind] },
  { head: 'Đơn vị', align: 'left', cell: ({ unit }) => unit.label },
  { head: 'Việc', align: 'right', cell: ({ events }) => formatCount(events.length) },
  { head: 'Mã băm', align: 'left', cell: ({ hash }) => hash.slice(0, 12) },
]

/** The later revisions unit by unit, the first ones in a line; below, what they took up. */
function table(list: readonly ListedRevision[]): string {
  const first = list.filter(({ revision }) => revision === 1)
  const later = list.filter(({ revision }) => revision > 1)
  const closed =
    first[0] === undefined
      ? ''
      : `Bản 1 chốt ${moment(first[0].takenAt)}, ${formatCount(first.length)} đơn vị.\n`
  if (later.length === 0) return `${closed}Chưa có bản điều chỉnh nào.\n`
  const events = new Map(later.flatMap((row) => row.events.map((event) => [event.id, event])))
  return `${closed}\n${terminalTable(COLUMNS, later)}\n${[...events.values()].map(lateEventLine).join('')}`
}

function json(period: string, list: readonly ListedRevision[]): string {
  const rows = list.map(({ unit, revision, kind, takenAt, hash, events }) => ({
    unit,
    revision,
    kind,
    taken_at: printInstant(takenAt),
    hash,
    events: events.map(lateEventJson),
  }))
  return `${JSON.stringify({ period, revisions: rows }, null, 2)}\n`
}
