import { snakeCase } from '../../db/snake-case.ts'
import { printInstant } from '../domain/calendar/day.ts'
import { formatRate } from '../domain/counting/rate-format.ts'
import type { Rate } from '../domain/counting/rates.ts'
import type { Tally } from '../domain/counting/tally.ts'
import type { Bridge, BridgeRow } from '../reports/bridge.ts'
import type { Report, ReportRow } from '../reports/report.ts'
import { lateEventJson } from './late-event-text.ts'

/** A report as scripts read it: snake_case, counters as integers, rates as fractions with their printed text. */
export function reportJson(report: Report, bridge: Bridge | null): string {
  const { period, closed } = report
  const body = {
    period: { key: period.key, from: period.from, to: period.to, label: period.label },
    by: report.by,
    attribution: report.attribution,
    map: report.map,
    as_of: report.asOf,
    closed: closed && {
      at: printInstant(closed.at),
      revision: closed.revision,
      taken_at: printInstant(closed.takenAt),
    },
    bridge: bridge && bridgeJson(bridge),
    formula_version: report.formulaVersion,
    calendar_version: report.calendarVersion,
    rows: report.rows.map(rowJson),
    total: rowJson(report.total),
    broken: report.broken,
    missing: report.missing,
  }
  return `${JSON.stringify(body, null, 2)}\n`
}

function bridgeJson({ previous, total, rows, events }: Bridge) {
  return {
    previous: previous.key,
    ...bridgeRowJson(total),
    rows: rows.map((row) => ({ key: row.key, label: row.label, ...bridgeRowJson(row) })),
    events: events.map(lateEventJson),
  }
}

function bridgeRowJson({ open, adjustment, carriedOver, unexplained }: BridgeRow) {
  return { open, adjustment, carried_over: carriedOver, unexplained }
}

function rowJson({ key, label, note, tally, rates }: ReportRow) {
  return { key, label, note, counters: countersJson(tally), rates: mapped(rates, rateJson) }
}

function countersJson(tally: Tally): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(tally).map(([counter, n]) => [snakeCase(counter), n]))
}

function rateJson(rate: Rate | null) {
  return rate && { ...rate, text: formatRate(rate) }
}

function mapped<T, U>(
  record: Readonly<Record<string, T>>,
  map: (value: T) => U,
): Readonly<Record<string, U>> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]))
}
