import { formatCount, formatRate } from '../domain/counting/rate-format.ts'
import type { Counter } from '../domain/counting/tally.ts'
import type { Bridge } from '../reports/bridge.ts'
import { bridgeSentence, unexplainedSentence } from '../reports/bridge-sentence.ts'
import { missingSentence } from '../reports/missing-sentence.ts'
import type { Report, ReportRow } from '../reports/report.ts'
import { fullDay, moment } from '../web/formats.ts'
import { lateEventLine } from './late-event-text.ts'
import { type Column, terminalTable } from './terminal-table.ts'

/** Columns of figures, in the order of Biểu II.06, with what each letter stands for. */
const COUNTS = [
  ['C', 'carriedOver', 'kỳ trước chuyển qua'],
  ['R', 'received', 'tiếp nhận trong kỳ'],
  ['E', 'ended', 'kết thúc trong kỳ'],
  ['De', 'early', 'trước hạn'],
  ['Do', 'onTime', 'đúng hạn'],
  ['Dl', 'late', 'quá hạn'],
  ['X', 'closed', 'rút, dừng'],
  ['O', 'open', 'đang giải quyết'],
  ['Ol', 'openOverdue', 'đang giải quyết, quá hạn'],
] as const satisfies readonly (readonly [string, Counter, string])[]

const TRANSFERS = [
  ['Ti', 'transferredIn', 'nhận chuyển đến'],
  ['To', 'transferredOut', 'chuyển đi'],
] as const satisfies readonly (readonly [string, Counter, string])[]

const RATES = [
  ['V1', 'đúng hạn trên số đã giải quyết'],
  ['V2', 'đúng hạn tính cả số đang giải quyết'],
  ['N1', 'trực tuyến trên số tiếp nhận'],
] as const

/** A report for people: one line a row, the total under a rule, the meaning of the letters below. */
export function reportTable(report: Report, bridge: Bridge | null): string {
  const counts = [...COUNTS, ...(moves(report) ? TRANSFERS : [])]
  const columns: Column<ReportRow>[] = [
    {
      head: HEADS[report.by],
      align: 'left',
      cell: ({ label, note }) => shortened(note === null ? label : `${label} (${note})`),
    },
    ...counts.map(
      ([head, counter]): Column<ReportRow> => ({
        head,
        align: 'right',
        cell: ({ tally }) => formatCount(tally[counter]),
      }),
    ),
    ...RATES.map(
      ([code]): Column<ReportRow> => ({
        head: code,
        align: 'right',
        cell: ({ rates }) => formatRate(rates[code] ?? null),
      }),
    ),
  ]
  const legend = [
    ...counts.map(([head, , meaning]) => `${head} ${meaning}`),
    ...RATES.map(([code, meaning]) => `${code} ${meaning}`),
  ]
  const broken = report.broken.map(({ sentence }) => `! ${sentence}\n`).join('')
  const missing = missingSentence(report)
  return `${title(report)}\n${missing === null ? '' : `! ${missing}\n`}\n${terminalTable(columns, report.rows, report.total)}\n${wrapped(legend)}${bridge === null ? '' : bridgeLines(bridge)}\n${broken}`
}

const HEADS = {
  unit: 'Đơn vị',
  field: 'Lĩnh vực',
  procedure: 'Thủ tục',
  channel: 'Hình thức',
  officer: 'Cán bộ',
} as const satisfies Record<Report['by'], string>

function title({ period, closed, asOf, map, formulaVersion, calendarVersion }: Report): string {
  const state = closed
    ? `Chốt ${moment(closed.at)}, bản ${closed.revision}${closed.revision > 1 ? ` lập ${moment(closed.takenAt)}` : ''}`
    : `Chưa chốt, số liệu đến hết ngày ${fullDay(asOf)}`
  const units = map === 'today' ? ' · theo đơn vị hiện nay' : ''
  return `${period.label}\n${state}${units} · công thức ${formulaVersion} · lịch ${calendarVersion}`
}

/** Officers' tables, and those of units that handed dossiers over, have two more columns. */
function moves({ by, total, rows }: Report): boolean {
  return (
    by === 'officer' || [...rows, total].some(({ tally }) => tally.transferredIn + tally.transferredOut > 0)
  )
}

/** Why C is not the O of the period before, with what changed it. */
function bridgeLines({ total, events, previous }: Bridge): string {
  const unexplained = unexplainedSentence(total)
  return [
    `\n${bridgeSentence(total, previous)}\n`,
    ...events.map(lateEventLine),
    ...(unexplained === null ? [] : [`! ${unexplained}\n`]),
  ].join('')
}

const LONGEST_LABEL = 60

/** Names of procedures run to hundreds of letters. */
function shortened(label: string): string {
  return label.length > LONGEST_LABEL ? `${label.slice(0, LONGEST_LABEL - 1).trimEnd()}…` : label
}

const LEGEND_WIDTH = 110

function wrapped(parts: readonly string[]): string {
  const lines: string[] = []
  for (const part of parts) {
    const longer = `${lines.at(-1) ?? ''} · ${part}`
    if (lines.length > 0 && longer.length <= LEGEND_WIDTH) lines[lines.length - 1] = longer
    else lines.push(part)
  }
  return `${lines.join('\n')}\n`
}
