import { formulaOf } from '../../db/queries/formulas.ts'
import { closingOf } from '../../db/queries/snapshots.ts'
import type { Deps } from '../deps.ts'
import type { Period } from '../domain/calendar/periods.ts'
import { type Rate, rate } from '../domain/counting/rates.ts'
import { emptyTally } from '../domain/counting/tally-sums.ts'
import { RuleError } from '../domain/refusals.ts'
import { type AdjustedCounter, type AdjustingEvent, adjustments, differingCounters } from './adjustments.ts'
import type { IndexedRates } from './indexed-rates.ts'
import { type Reading, requireRevision } from './reading.ts'
import { type Report, type ReportRow, report } from './report.ts'

export interface ComparedRate {
  readonly code: string
  /** What people read. */
  readonly name: string
  readonly before: Rate | null
  readonly after: Rate | null
}

export interface ComparedRow {
  readonly key: string
  readonly label: string
  readonly counters: readonly AdjustedCounter[]
  readonly rates: readonly ComparedRate[]
}

export interface Comparison {
  readonly period: Period
  readonly from: number
  readonly to: Reading
  /** Units in which a counter or a rate differs. */
  readonly rows: readonly ComparedRow[]
  readonly total: ComparedRow
  /** What was recorded between the two. */
  readonly events: readonly AdjustingEvent[]
}

export interface ComparisonRequest {
  readonly period: Period
  readonly from: number
  readonly to: Reading
  readonly unit?: string | undefined
}

/**
 * Two readings of a closed period side by side, by resolving unit, both with the definitions kept at its closing.
 * Refuses a period that is not closed, a revision it has not got and an order that runs backwards.
 */
export function comparison(deps: Pick<Deps, 'db' | 'clock'>, request: ComparisonRequest): Comparison {
  const { period, from, to, unit } = request
  requireRevision(deps, period, from)
  if (to !== 'current') requireRevision(deps, period, to)
  if (to !== 'current' && from >= to) throw new RuleError('revisions_reversed', { from, to })
  const read = (reading: Reading) =>
    report(deps, { period, by: 'unit', attribution: 'resolving', unit, reading, withIndexed: true })
  const [before, after] = [read(from), read(to)]
  const rates = keptRates(deps, period, to !== 'current')
  const byKey = (found: Report) => new Map(found.rows.map((row) => [row.key, row]))
  const [earlier, later] = [byKey(before), byKey(after)]
  const rows = [...new Map([...earlier, ...later]).values()].map(({ key, label }) =>
    compared({ key, label }, earlier.get(key), later.get(key), rates),
  )
  const events = adjustments(deps, { period, unit })?.events ?? []
  return {
    period,
    from,
    to,
    rows: rows
      .filter((row) => row.counters.length + row.rates.length > 0)
      .sort((a, b) => a.label.localeCompare(b.label, 'vi')),
    total: compared(before.total, before.total, after.total, rates),
    events: events.filter(({ revision }) =>
      revision === null ? to === 'current' : revision > from && (to === 'current' || revision <= to),
    ),
  }
}

/** Of the rates that no tally gives. */
const INDEXED = {
  V5: 'Tỷ lệ đúng hạn của hồ sơ tiếp nhận trong kỳ',
  PS: 'Tỷ lệ thủ tục trực tuyến có phát sinh hồ sơ',
} as const satisfies Record<keyof IndexedRates, string>

interface NamedRate {
  readonly code: string
  readonly name: string
  of(row: ReportRow): Rate | null
}

/**
 * The rates to compare, by the definitions of the closing. Those that no tally gives are of the day of each revision;
 * what they are today differs by the days passed since, and is not compared.
 */
function keptRates({ db }: Pick<Deps, 'db'>, period: Period, withIndexed: boolean): readonly NamedRate[] {
  const variants = formulaOf(db, closingOf(db, period.key)?.formulaVersion ?? '') ?? []
  const kept = variants.map((variant) => ({
    code: variant.code,
    name: variant.name,
    of: ({ tally }: ReportRow) => rate(variant, tally),
  }))
  if (!withIndexed) return kept
  const indexed = Object.entries(INDEXED).map(([code, name]) => ({
    code,
    name,
    of: ({ rates }: ReportRow) => rates[code] ?? null,
  }))
  return [...kept, ...indexed]
}

function compared(
  { key, label }: Pick<ReportRow, 'key' | 'label'>,
  before: ReportRow | undefined,
  after: ReportRow | undefined,
  rates: readonly NamedRate[],
): ComparedRow {
  const nothing = emptyTally()
  return {
    key,
    label,
    counters: differingCounters(before?.tally ?? nothing, after?.tally ?? nothing),
    rates: rates
      .map(({ code, name, of }) => ({
        code,
        name,
        before: before === undefined ? null : of(before),
        after: after === undefined ? null : of(after),
      }))
      .filter((each) => !isSameRate(each.before, each.after)),
  }
}

function isSameRate(a: Rate | null, b: Rate | null): boolean {
  return a?.numerator === b?.numerator && a?.denominator === b?.denominator
}
