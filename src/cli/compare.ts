import { snakeCase } from '../../db/snake-case.ts'
import { parsePeriod } from '../domain/calendar/periods.ts'
import { formatCount, formatRate } from '../domain/counting/rate-format.ts'
import { rateChange } from '../reports/change.ts'
import { type ComparedRow, type Comparison, comparison } from '../reports/comparison.ts'
import { COUNTER_LABELS } from '../reports/counter-labels.ts'
import { rateJson } from '../reports/rate-json.ts'
import { readingName } from '../reports/reading.ts'
import { command, noMoreThan, UsageError } from './command.ts'
import { withInstallation } from './installation-here.ts'
import { lateEventJson, lateEventLine } from './late-event-text.ts'
import { type Column, terminalTable } from './terminal-table.ts'

export const compare = command({
  usage: `motcua compare KỲ BẢN_TRƯỚC BẢN_SAU [tuỳ chọn]

In những số liệu và tỷ lệ khác nhau giữa hai bản của một kỳ đã chốt và những việc ghi nhận giữa hai bản. BẢN_SAU
có thể là current: số liệu hiện tại.

  --unit ĐƠN_VỊ       mã hoặc khoá đơn vị, tính cả đơn vị trực thuộc; mặc định: tất cả
  --json              in JSON thay cho bảng`,
  options: { unit: { type: 'string' }, json: { type: 'boolean', default: false } },
  async run({ values, positionals }, terminal) {
    const [key, from, to] = positionals
    if (key === undefined || from === undefined || to === undefined)
      throw new UsageError('Cho biết kỳ và hai bản, ví dụ 2023-W10 1 2.')
    noMoreThan(3, positionals)
    const readings = { from: revisionOf(from), to: to === 'current' ? to : revisionOf(to) } as const
    const request = { period: parsePeriod(key), ...readings, unit: values.unit }
    await withInstallation(async (installation) => {
      const found = comparison(installation, request)
      await terminal.out(values.json ? json(found) : text(found))
    })
  },
})

function revisionOf(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text))
    throw new UsageError('Bản phải là một số, ví dụ 1 hoặc 2; bản sau có thể là current.')
  return Number(text)
}

interface Line {
  readonly unit: string
  readonly what: string
  readonly before: string
  readonly after: string
  readonly difference: string
}

const COLUMNS: readonly Column<Line>[] = [
  { head: 'Đơn vị', align: 'left', cell: ({ unit }) => unit },
  { head: 'Số liệu', align: 'left', cell: ({ what }) => what },
  { head: 'Trước', align: 'right', cell: ({ before }) => before },
  { head: 'Sau', align: 'right', cell: ({ after }) => after },
  { head: 'Chênh lệch', align: 'right', cell: ({ difference }) => difference },
]

function text({ period, from, to, rows, total, events }: Comparison): string {
  const heading = `${period.label}\nBản ${from} so với ${readingName(to)}\n\n`
  if (rows.length === 0) return `${heading}Không có số liệu nào khác nhau.\n`
  const lines = [...rows, total].flatMap(linesOf)
  return `${heading}${terminalTable(COLUMNS, lines)}\n${events.map(lateEventLine).join('')}`
}

function linesOf({ label, counters, rates }: ComparedRow): readonly Line[] {
  return [
    ...counters.map(({ counter, before, after }) => ({
      what: COUNTER_LABELS[counter],
      before: formatCount(before),
      after: formatCount(after),
      difference: `${after > before ? '+' : ''}${formatCount(after - before)}`,
    })),
    ...rates.map(({ code, before, after }) => ({
      what: code,
      before: formatRate(before),
      after: formatRate(after),
      difference: rateChange(after, before)?.text ?? '',
    })),
  ].map((line, index) => ({ unit: index === 0 ? label : '', ...line }))
}

function json({ period, from, to, rows, total, events }: Comparison): string {
  const body = {
    period: period.key,
    from,
    to,
    rows: rows.map(rowJson),
    total: rowJson(total),
    events: events.map(lateEventJson),
  }
  return `${JSON.stringify(body, null, 2)}\n`
}

function rowJson({ key, label, counters, rates }: ComparedRow) {
  return {
    key,
    label,
    counters: Object.fromEntries(
      counters.map(({ counter, before, after }) => [
        snakeCase(counter),
        { before, after, difference: after - before },
      ]),
    ),
    rates: Object.fromEntries(
      rates.map(({ code, before, after }) => [code, { before: rateJson(before), after: rateJson(after) }]),
    ),
  }
}
