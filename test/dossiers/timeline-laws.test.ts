import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { findDossierById, type StoredDossier } from '../../db/queries/dossiers.ts'
import { eventsOf } from '../../db/queries/timeline.ts'
import { snakeCase } from '../../db/snake-case.ts'
import { localDayOf } from '../../src/domain/calendar/day.ts'
import { CHANNEL_INDEX, contributions, STOCK_EFFECT } from '../../src/domain/counting/contributions.ts'
import { FLOWS, type Flow } from '../../src/domain/counting/tally.ts'
import { PLAIN_ACTS } from '../../src/domain/life-cycle/life-cycle.ts'
import { countingFacts, rebuild } from '../../src/dossiers/store-change.ts'
import { anyHistory, playHistory } from '../support/any-history.ts'
import { HISTORY_LENGTH, histories } from '../support/histories.ts'

const { installation, law, undone, which } = histories()
const { db } = installation

const storedDossiers = (): readonly StoredDossier[] =>
  db
    .prepare<[], { id: number }>('SELECT id FROM dossiers ORDER BY id')
    .all()
    .map(({ id }) => findDossierById(db, id)!)

law('every dossier is its timeline: its row can be rebuilt from its events', fc.constant(null), () => {
  for (const {
    id,
    version,
    code,
    slipNumber,
    applicantId,
    proxyId,
    sittingId: _sittingId,
    recordedAt,
    ...facts
  } of storedDossiers()) {
    const events = eventsOf(db, id)
    assert.deepEqual(rebuild(events), facts)
    assert.deepEqual(
      events.map(({ seq }) => seq),
      Array.from({ length: version }, (_, index) => index + 1),
    )
    assert.equal(code !== null, facts.acceptedOn !== null)
  }
})

law('the codes of an agency and day are 1, 2, 3 … whatever was refused or voided', fc.constant(null), () => {
  const codes = storedDossiers().flatMap(({ code }) => code ?? [])
  const days = Map.groupBy(codes, (code) => code.slice(0, code.lastIndexOf('-')))
  for (const [day, list] of days) {
    const numbers = list.map((code) => Number(code.slice(day.length + 1))).sort((a, b) => a - b)
    assert.deepEqual(
      numbers,
      [...numbers.keys()].map((index) => index + 1),
      day,
    )
  }
})

law(
  'day cells and running totals are the sum of the contributions of all dossiers',
  fc.constant(null),
  () => {
    const flows = new Map<string, number>()
    const stocks = new Map<string, number>()
    const sum = (sums: Map<string, number>, key: string, n: number) => sums.set(key, (sums.get(key) ?? 0) + n)
    for (const dossier of storedDossiers()) {
      for (const c of contributions(dossier, countingFacts(db, dossier))) {
        const place = [
          c.unitId,
          c.receivingUnitId,
          c.procedureId,
          CHANNEL_INDEX[c.channel],
          c.officerId,
        ].join('|')
        sum(flows, `${c.day}|${place}|${c.flow}`, c.n)
        sum(stocks, `${place}|open`, ((STOCK_EFFECT as Partial<Record<Flow, number>>)[c.flow] ?? 0) * c.n)
        sum(stocks, `${place}|overdue`, c.flow === 'overdueDelta' ? c.n : 0)
      }
    }
    const cells = tableOf('day_cells').flatMap((row) =>
      FLOWS.map((flow) => [`${row.day}|${placeOf(row)}|${flow}`, Number(row[snakeCase(flow)])] as const),
    )
    assert.deepEqual(nonZero(cells), nonZero([...flows]))
    const totals = tableOf('stocks').flatMap((row) =>
      ['open', 'overdue'].map((stock) => [`${placeOf(row)}|${stock}`, Number(row[stock])] as const),
    )
    assert.deepEqual(nonZero(totals), nonZero([...stocks]))
  },
)

type Row = Readonly<Record<string, string | number>>

const tableOf = (table: string) => db.prepare<[], Row>(`SELECT * FROM ${table}`).all()

const placeOf = (row: Row) =>
  ['unit_id', 'receiving_unit_id', 'procedure_id', 'channel', 'officer_id']
    .map((column) => row[column])
    .join('|')

function nonZero(entries: readonly (readonly [string, number])[]) {
  return entries.filter(([, n]) => n !== 0).sort(([a], [b]) => (a < b ? -1 : 1))
}

/** Corrections by nature: they say that something was never so. */
const CORRECTIONS: ReadonlySet<string> = new Set(['reopen', 'void', 'amend'])
/** Counted on the day of acceptance, known only later. */
const KNOWN_LATER: ReadonlySet<Flow> = new Set(['multiSupplement', 'paidOnline'])

test('an act changes nothing counted on an earlier day, unless it is a correction', () => {
  const columns = FLOWS.filter((flow) => !KNOWN_LATER.has(flow)).map(snakeCase)
  const before = db
    .prepare<[string], unknown[]>(
      `SELECT day, unit_id, procedure_id, channel, ${columns.map((column) => `SUM(${column})`).join(', ')}
         FROM day_cells WHERE day < ? GROUP BY 1, 2, 3, 4
         HAVING ${columns.map((column) => `SUM(${column}) <> 0`).join(' OR ')}`,
    )
    .raw()
  const property = fc.property(anyHistory(HISTORY_LENGTH), (history) =>
    undone(() => {
      let known: unknown[][] = []
      playHistory(installation, history, ({ act, at }) => {
        const day = localDayOf(at)
        if (!CORRECTIONS.has(act)) {
          assert.deepEqual(
            before.all(day),
            known.filter(([on]) => String(on) < day),
            `${act} on ${day}`,
          )
        }
        known = before.all('9999')
      })
    }),
  )
  fc.assert(property, which)
})

test('the histories contain every act, many times', () => {
  const happened: string[] = []
  for (const history of fc.sample(anyHistory(HISTORY_LENGTH), { numRuns: 40, seed: 1 })) {
    undone(() => playHistory(installation, history, ({ act }) => happened.push(act)))
  }
  assert.ok(happened.length > 1500, `only ${happened.length} acts happened`)
  assert.deepEqual([...new Set(happened)].sort(), ['submit', 'transfer_unit', ...PLAIN_ACTS].sort())
})
