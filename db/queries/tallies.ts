import { STOCK_EFFECT } from '../../src/domain/counting/contributions.ts'
import { CHANNELS, FLOWS, RECEIVED_BY_CHANNEL, type Tally } from '../../src/domain/counting/tally.ts'
import { COUNTERS, type Counted, tallyOf } from '../../src/domain/counting/tally-sums.ts'
import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'
import { snakeCase } from '../snake-case.ts'
import { anchorFor, LATER_CELLS_AT_MOST } from './stock-anchors.ts'

/** What the rows of a table stand for: `cell` is the finest grain, unit by unit. */
export type TallyGrain = 'unit' | 'field' | 'procedure' | 'channel' | 'officer' | 'cell' | 'all'
export type Attribution = 'resolving' | 'receiving'

export interface TallyQuery {
  readonly from: string
  /** Last day counted: the period's end or today, whichever is earlier. */
  readonly to: string
  readonly grain: TallyGrain
  readonly attribution: Attribution
  /** Units of the scope; null for all. */
  readonly unitIds: readonly number[] | null
  /** Where to stop reading stocks back from today's totals; the default suits every caller but a test. */
  readonly laterCellsAtMost?: number
}

export interface TallyRow {
  /** Unit, field, procedure or officer id, or the channel's index; 0 for grain `all`. */
  readonly id: number
  /** Set in grain `cell`. */
  readonly place?: Place
  readonly tally: Tally
}

/** The tally of one place: of one unit, receiving unit, procedure, channel and officer. */
export interface Cell extends TallyRow {
  readonly place: Place
}

export interface Place {
  readonly unitId: number
  readonly receivingUnitId: number
  readonly procedureId: number
  readonly channel: number
  readonly officerId: number
}

const PLACE = 'unit_id, receiving_unit_id, procedure_id, channel, officer_id'

const STOCK_DELTA = Object.entries(STOCK_EFFECT)
  .map(([flow, effect]) => `${effect > 0 ? '+' : '-'} ${snakeCase(flow)}`)
  .join(' ')

const FLOW_SUMS = FLOWS.map((flow) => `SUM(${snakeCase(flow)}) AS "${flow}"`).join(', ')
const CHANNEL_SUMS = CHANNELS.map(
  (channel, index) =>
    `SUM(CASE WHEN channel = ${index} THEN received ELSE 0 END) AS "${RECEIVED_BY_CHANNEL[channel]}"`,
).join(', ')

/**
 * The tallies of a period, a row for each unit (or field, …) with anything in it. Flows are sums of day cells;
 * stocks are today's totals less what the cells after `to` changed, or the stocks kept for the end of a closed month
 * and the cells since; C follows from O and the flows.
 */
export function tallyRows(db: Db, query: TallyQuery): readonly TallyRow[] {
  const key = keyOf(query)
  const scope = scopeOf(query)
  const args = query.unitIds === null ? [] : [JSON.stringify(query.unitIds)]
  const flows = prepared<Flows>(
    db,
    `SELECT ${key} AS id, ${PLACE}, ${FLOW_SUMS}, ${CHANNEL_SUMS}, SUM(0 ${STOCK_DELTA}) AS net
       FROM day_cells ${scope.index} ${joinOf(query)} WHERE day BETWEEN ? AND ? ${scope.where} GROUP BY ${groupOf(query)}`,
  ).all(query.from, query.to, ...args)
  const { base, change, sign } = stockParts(db, query, key, args)
  return compose(query.grain, flows, base, change, sign)
}

/** The tallies of a period at the finest grain, by resolving unit. */
export function tallyCells(db: Db, query: Pick<TallyQuery, 'from' | 'to' | 'unitIds'>): readonly Cell[] {
  return tallyRows(db, { ...query, grain: 'cell', attribution: 'resolving' }) as readonly Cell[]
}

interface StockParts {
  readonly base: readonly Stock[]
  readonly change: readonly Stock[]
  /** What the change does to the base: -1 read back from today's totals, 1 read forward from an anchor. */
  readonly sign: 1 | -1
}

/** The stock at the end of `query.to`: from today's totals back, or from the end of a closed month forward. */
function stockParts(db: Db, query: TallyQuery, key: string, args: readonly string[]): StockParts {
  const scope = scopeOf(query)
  const anchor = anchorFor(db, query.to, query.laterCellsAtMost ?? LATER_CELLS_AT_MOST)
  const [from, to] = anchor === null ? [query.to, '9999-12-31'] : [anchor, query.to]
  const change = prepared<Stock>(
    db,
    `SELECT ${key} AS id, ${PLACE}, SUM(0 ${STOCK_DELTA}) AS open, SUM(overdue_delta) AS overdue
       FROM day_cells ${scope.index} ${joinOf(query)} WHERE day > ? AND day <= ? ${scope.where} GROUP BY ${groupOf(query)}`,
  ).all(from, to, ...args)
  const sums = `SELECT ${key} AS id, ${PLACE}, SUM(open) AS open, SUM(overdue) AS overdue`
  const tail = `${scope.where} GROUP BY ${groupOf(query)}`
  const base =
    anchor === null
      ? prepared<Stock>(db, `${sums} FROM stocks ${joinOf(query)} WHERE 1 ${tail}`).all(...args)
      : prepared<Stock>(db, `${sums} FROM stock_anchors ${joinOf(query)} WHERE day = ? ${tail}`).all(
          anchor,
          ...args,
        )
  return { base, change, sign: anchor === null ? -1 : 1 }
}

type Keyed = { readonly id: number } & Readonly<
  Record<'unit_id' | 'receiving_unit_id' | 'procedure_id' | 'channel' | 'officer_id', number>
>
type Flows = Keyed & { readonly net: number } & Readonly<Partial<Record<Counted, number>>>
type Stock = Keyed & { readonly open: number; readonly overdue: number }

function compose(
  grain: TallyGrain,
  flows: readonly Flows[],
  base: readonly Stock[],
  change: readonly Stock[],
  sign: 1 | -1,
): readonly TallyRow[] {
  const idOf = (row: Keyed) =>
    grain === 'cell'
      ? `${row.unit_id}|${row.receiving_unit_id}|${row.procedure_id}|${row.channel}|${row.officer_id}`
      : String(row.id)
  const rows = new Map<string, { row: Keyed; flows?: Flows; open: number; overdue: number }>()
  for (const row of base) rows.set(idOf(row), { row, open: row.open, overdue: row.overdue })
  for (const row of change) {
    const { open, overdue } = rows.get(idOf(row)) ?? { open: 0, overdue: 0 }
    rows.set(idOf(row), { row, open: open + sign * row.open, overdue: overdue + sign * row.overdue })
  }
  for (const row of flows)
    rows.set(idOf(row), { ...(rows.get(idOf(row)) ?? { row, open: 0, overdue: 0 }), flows: row })
  const result: TallyRow[] = []
  for (const { row, flows: sums, open, overdue } of rows.values()) {
    const stock = { carriedOver: open - (sums?.net ?? 0), open, openOverdue: overdue }
    const tally = tallyOf({
      ...sums,
      ...(grain === 'officer' && sums && handOversAsTransfers(sums)),
      ...stock,
    })
    if (COUNTERS.every((counter) => tally[counter] === 0)) continue
    result.push({ id: row.id, tally, ...(grain === 'cell' && { place: placeOf(row) }) })
  }
  return result
}

/** Officers' tables show hand-overs as Ti and To; elsewhere they cancel out. */
function handOversAsTransfers(sums: Flows) {
  return {
    transferredIn: (sums.transferredIn ?? 0) + (sums.handedIn ?? 0),
    transferredOut: (sums.transferredOut ?? 0) + (sums.handedOut ?? 0),
    handedIn: 0,
    handedOut: 0,
  }
}

function placeOf(row: Keyed): Place {
  return {
    unitId: row.unit_id,
    receivingUnitId: row.receiving_unit_id,
    procedureId: row.procedure_id,
    channel: row.channel,
    officerId: row.officer_id,
  }
}

function keyOf({ grain, attribution }: TallyQuery): string {
  const keys = {
    unit: attribution === 'resolving' ? 'unit_id' : 'receiving_unit_id',
    field: 'field_id',
    procedure: 'procedure_id',
    channel: 'channel',
    officer: 'officer_id',
    cell: '0',
    all: '0',
  } as const satisfies Record<TallyGrain, string>
  return keys[grain]
}

function groupOf(query: TallyQuery): string {
  return query.grain === 'cell' ? PLACE : query.grain === 'all' ? "''" : keyOf(query)
}

function joinOf({ grain }: TallyQuery): string {
  return grain === 'field' ? 'JOIN procedures p ON p.id = procedure_id' : ''
}

/**
 * All units: by day along the primary key; some units: along the index of the attribution. Pinned, not guessed:
 * day_cells has no rowid, so that NOT INDEXED would still allow a scan of the whole history along another index.
 */
function scopeOf({ unitIds, attribution }: TallyQuery): { index: string; where: string } {
  if (unitIds === null) return { index: 'INDEXED BY sqlite_autoindex_day_cells_1', where: '' }
  const [index, column] =
    attribution === 'resolving' ? ['day_cells_unit', 'unit_id'] : ['day_cells_receiving', 'receiving_unit_id']
  return { index: `INDEXED BY ${index}`, where: `AND ${column} IN (SELECT value FROM json_each(?))` }
}
