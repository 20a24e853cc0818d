import type { Db } from '../../db/open.ts'
import type { TallyRow } from '../../db/queries/tallies.ts'
import { type TransferQuery, unitTransfers } from '../../db/queries/unit-moves.ts'
import type { Catalogue } from '../catalogue/catalogue.ts'
import type { LocalDay } from '../domain/calendar/day.ts'
import { sumRates } from '../domain/counting/rates.ts'
import type { Tally } from '../domain/counting/tally.ts'
import { addTallies, tallyOf } from '../domain/counting/tally-sums.ts'
import { unitByMap } from '../domain/counting/unit-map.ts'
import type { IndexedRates } from './indexed-rates.ts'

/** Rows by unit, and the rates of each that its tally cannot give. */
export interface UnitRows {
  readonly rows: readonly TallyRow[]
  readonly indexed?: (unitId: number) => IndexedRates | null
}

/**
 * Rows by unit added up by the map of `today`: earlier units stand in the row of the one they became. What moved
 * within a row neither came nor went; what came from a unit that was split still did.
 */
export function rowsByMap(
  db: Db,
  { lineage }: Catalogue,
  { rows, indexed }: UnitRows,
  query: TransferQuery & { readonly today: LocalDay },
): UnitRows {
  const mapped = (unitId: number) => unitByMap(lineage, unitId, query.today)
  const groups = Map.groupBy(rows, ({ id }) => mapped(id))
  const moves = rows.some(({ tally }) => tally.transferredIn > 0)
  const within = new Map<number, number>()
  for (const { fromUnit, toUnit, n } of moves ? unitTransfers(db, query) : []) {
    const row = mapped(fromUnit)
    if (row === mapped(toUnit)) within.set(row, (within.get(row) ?? 0) + n)
  }
  return {
    rows: [...groups].map(([id, members]) => ({
      id,
      tally: withoutTransfers(addTallies(members.map(({ tally }) => tally)), within.get(id) ?? 0),
    })),
    ...(indexed && { indexed: (id) => ratesOf(groups.get(id) ?? [], indexed) }),
  }
}

/** `n` dossiers fewer came and went. A later correction may have left fewer than that. */
function withoutTransfers(tally: Tally, n: number): Tally {
  const { transferredIn, transferredOut } = tally
  const less = Math.min(n, transferredIn, transferredOut)
  return tallyOf({ ...tally, transferredIn: transferredIn - less, transferredOut: transferredOut - less })
}

/** Cohorts add up; distinct procedures do not, so that a row of several units has no such rate. */
function ratesOf(
  members: readonly TallyRow[],
  indexed: (unitId: number) => IndexedRates | null,
): IndexedRates | null {
  const rates = members.map(({ id }) => indexed(id))
  if (rates.length === 1) return rates[0] ?? null
  return { V5: sumRates(rates.map((each) => each?.V5 ?? null)), PS: null }
}
