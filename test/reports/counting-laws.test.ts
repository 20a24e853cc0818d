import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { findDossierById, type StoredDossier } from '../../db/queries/dossiers.ts'
import { eventsOf } from '../../db/queries/timeline.ts'
import { snakeCase } from '../../db/snake-case.ts'
import { catalogueOf } from '../../src/catalogue/catalogue.ts'
import { CHANNEL_INDEX, contributions, STOCK_EFFECT } from '../../src/domain/contributions.ts'
import { addDays, localDayOf } from '../../src/domain/day.ts'
import type { Dossier } from '../../src/domain/dossier.ts'
import { form06Row, requireForm06 } from '../../src/domain/form06.ts'
import { TRANSITIONS } from '../../src/domain/life-cycle.ts'
import { parsePeriod } from '../../src/domain/periods.ts'
import { CHANNELS, FLOWS, type Flow } from '../../src/domain/tally.ts'
import { joinPeriods } from '../../src/domain/tally-sums.ts'
import { countingFacts, rebuild } from '../../src/dossiers/store-change.ts'
import { type ReportGrain, type ReportRequest, report } from '../../src/reports/report.ts'
import { scopeUnits } from '../../src/reports/scope.ts'
import { addHistoryProcedures, anyHistory, HISTORY_STARTS, playHistory } from '../support/any-history.ts'
import { livesOf, naiveTally } from '../support/naive-recount.ts'
import { testInstallation } from '../support/test-installation.ts'

const RUNS = Number(process.env.HISTORIES ?? 50)
const LENGTH = 120

const installation = testInstallation()
addHistoryProcedures(installation)
const { db } = installation
const catalogue = catalogueOf(db)

/** Runs the body on the database and leaves it as it was. */
function undone(body: () => void): void {
  db.exec('BEGIN')
  try {
    body()
  } finally {
    db.exec('ROLLBACK')
  }
}

const law = (name: string, arbitraries: fc.Arbitrary<unknown>[], check: (...values: never[]) => void) =>
  test(name, () => {
    fc.assert(
      fc.property(anyHistory(LENGTH), fc.tuple(...arbitraries), (history, values) =>
        undone(() => {
          playHistory(installation, history)
          check(...(values as never[]))
        }),
      ),
      { numRuns: RUNS },
    )
  })

const GRAINS = ['unit', 'field', 'procedure', 'channel', 'officer'] as const satisfies readonly ReportGrain[]

/** A report over `length` days from the `start`-th of the history, in a scope or in all units. */
const anyRequest = fc
  .record({
    start: fc.nat(110),
    length: fc.integer({ min: 1, max: 40 }),
    by: fc.constantFrom(...GRAINS),
    attribution: fc.constantFrom('resolving', 'receiving'),
    unit: fc.constantFrom(
      undefined,
      undefined,
      'xa-ngoc-ky',
      'phong-tu-phap',
      'huyen-tu-ky',
      'bo-phan-mot-cua-huyen',
    ),
  })
  .map(({ start, length, ...rest }) => {
    const from = addDays(HISTORY_STARTS, start)
    const period = parsePeriod(`${from}..${addDays(from, length - 1)}`)
    return { period, reading: 'current', ...rest } satisfies ReportRequest
  })

const today = () => localDayOf(installation.clock.now())
const all = (by: ReportGrain, period: string): ReportRequest => ({
  period: parsePeriod(period),
  by,
  attribution: 'resolving',
  reading: 'current',
})

law(
  'tallies equal a recount of the timelines, at any grain, scope and period',
  [fc.array(anyRequest, { minLength: 4 })],
  (requests: readonly ReportRequest[]) => {
    const lives = livesOf(db, addDays(today(), 1))
    for (const request of requests) {
      const { rows, total, asOf, broken } = report(installation, request)
      assert.deepEqual(broken, [])
      const unitIds = scopeUnits(catalogue, request.unit, asOf)
      const unitOf = (facts: Dossier) =>
        request.attribution === 'resolving' ? facts.unitId : facts.receivingUnitId
      const { from } = request.period
      const span = { from: from <= asOf ? from : addDays(asOf, 1), to: asOf }
      const inScope = (facts: Dossier) => unitIds === null || unitIds.includes(unitOf(facts))
      for (const row of rows) {
        const expected =
          request.by === 'officer'
            ? naiveTally(lives, { ...span, where: inScope, officer: row.id })
            : naiveTally(lives, {
                ...span,
                where: (facts) => inScope(facts) && idOf(request, facts) === row.id,
              })
        assert.deepEqual(row.tally, expected, `${request.by} ${row.label}`)
        requireForm06(form06Row(row.tally), row.label)
      }
      if (request.by !== 'officer')
        assert.deepEqual(total.tally, naiveTally(lives, { ...span, where: inScope }))
    }
  },
)

function idOf({ by, attribution }: ReportRequest, facts: Dossier): number {
  const ids = {
    unit: attribution === 'resolving' ? facts.unitId : facts.receivingUnitId,
    field: catalogue.procedureById.get(facts.procedureId)!.fieldId,
    procedure: facts.procedureId,
    channel: CHANNELS.indexOf(facts.channel),
    officer: Number.NaN,
  }
  return ids[by]
}

law(
  'the parts of a table sum to the whole, and weeks join to the month',
  [fc.integer({ min: 0, max: 60 })],
  (start: number) => {
    const from = addDays(HISTORY_STARTS, start)
    const weeks = [0, 7, 14, 21].map((days) => `${addDays(from, days)}..${addDays(from, days + 6)}`)
    const whole = `${from}..${addDays(from, 27)}`
    const units = report(installation, all('unit', whole))
    for (const by of ['field', 'procedure', 'channel'] as const) {
      assert.deepEqual(report(installation, all(by, whole)).total.tally, units.total.tally, by)
    }
    const receiving = report(installation, { ...all('unit', whole), attribution: 'receiving' })
    assert.deepEqual(receiving.total.tally, units.total.tally, 'by receiving unit')
    const { handedIn, handedOut, ...officers } = report(installation, all('officer', whole)).total.tally
    assert.equal(officers.transferredIn, units.total.tally.handedIn)
    assert.deepEqual(
      [officers.open, officers.received, officers.openOverdue, handedIn, handedOut],
      [units.total.tally.open, units.total.tally.received, units.total.tally.openOverdue, 0, 0],
    )
    if (addDays(from, 27) <= today()) {
      const parts = weeks.map((week) => report(installation, all('unit', week)).total.tally)
      assert.deepEqual(joinPeriods(parts), units.total.tally, 'four weeks')
    }
  },
)

const storedDossiers = (): readonly StoredDossier[] =>
  db
    .prepare<[], { id: number }>('SELECT id FROM dossiers ORDER BY id')
    .all()
    .map(({ id }) => findDossierById(db, id)!)

law('every dossier is its timeline, the cells are the sum of the dossiers, and codes have no gap', [], () => {
  const flows = new Map<string, number>()
  const stocks = new Map<string, { open: number; overdue: number }>()
  for (const dossier of storedDossiers()) {
    const { id, version, code, slipNumber, applicantId, proxyId, recordedAt, ...facts } = dossier
    const events = eventsOf(db, id)
    assert.deepEqual(rebuild(events), facts)
    assert.deepEqual(
      events.map(({ seq }) => seq),
      Array.from({ length: version }, (_, i) => i + 1),
    )
    assert.equal(code !== null, facts.acceptedOn !== null)
    for (const c of contributions(dossier, countingFacts(db, dossier))) {
      const place = [c.unitId, c.receivingUnitId, c.procedureId, CHANNEL_INDEX[c.channel], c.officerId].join(
        '|',
      )
      const key = `${c.day}|${place}|${c.flow}`
      flows.set(key, (flows.get(key) ?? 0) + c.n)
      const stock = stocks.get(place) ?? { open: 0, overdue: 0 }
      const effect = (STOCK_EFFECT as Partial<Record<Flow, number>>)[c.flow] ?? 0
      stock.open += effect * c.n
      stock.overdue += c.flow === 'overdueDelta' ? c.n : 0
      stocks.set(place, stock)
    }
  }
  assert.deepEqual(storedFlows(), sorted([...flows].filter(([, n]) => n !== 0)))
  assert.deepEqual(
    storedStocks(),
    sorted([...stocks].filter(([, { open, overdue }]) => open !== 0 || overdue !== 0)),
  )
  assertCodes()
})

type Keyed = Readonly<
  Record<'unit_id' | 'receiving_unit_id' | 'procedure_id' | 'channel' | 'officer_id', number>
>

const placeOf = (row: Keyed) =>
  [row.unit_id, row.receiving_unit_id, row.procedure_id, row.channel, row.officer_id].join('|')

function storedFlows() {
  const rows = db
    .prepare<[], Keyed & { day: string } & Record<string, number>>('SELECT * FROM day_cells')
    .all()
  return sorted(
    rows.flatMap((row) =>
      FLOWS.filter((flow) => row[snakeCase(flow)] !== 0).map(
        (flow) => [`${row.day}|${placeOf(row)}|${flow}`, row[snakeCase(flow)]!] as const,
      ),
    ),
  )
}

function storedStocks() {
  const rows = db.prepare<[], Keyed & { open: number; overdue: number }>('SELECT * FROM stocks').all()
  const present = rows.filter(({ open, overdue }) => open !== 0 || overdue !== 0)
  return sorted(present.map((row) => [placeOf(row), { open: row.open, overdue: row.overdue }] as const))
}

function sorted<T>(entries: readonly (readonly [string, T])[]) {
  return entries.map(([key, value]) => [key, value] as const).sort(([a], [b]) => (a < b ? -1 : 1))
}

function assertCodes(): void {
  const codes = db.prepare<[], { code: string }>('SELECT code FROM dossiers WHERE code IS NOT NULL').all()
  const days = Map.groupBy(codes, ({ code }) => code.slice(0, code.lastIndexOf('-')))
  for (const [day, list] of days) {
    const numbers = list.map(({ code }) => Number(code.slice(day.length + 1))).sort((a, b) => a - b)
    assert.deepEqual(
      numbers,
      numbers.map((_, i) => i + 1),
      day,
    )
  }
}

/** Corrections by nature: they say that something was never so. */
const CORRECTIONS = new Set(['reopen', 'void', 'amend'])

test('an act changes nothing counted on an earlier day, unless it is a correction', () => {
  const counted = FLOWS.filter((flow) => flow !== 'multiSupplement' && flow !== 'paidOnline').map(snakeCase)
  const sums = counted.map((column) => `SUM(${column})`).join(', ')
  const past = db
    .prepare(
      `SELECT day, unit_id, procedure_id, channel, ${sums} FROM day_cells WHERE day < ? GROUP BY 1, 2, 3, 4
         HAVING ${counted.map((column) => `SUM(${column}) <> 0`).join(' OR ')}`,
    )
    .raw()
  fc.assert(
    fc.property(anyHistory(LENGTH), (history) =>
      undone(() => {
        let before: unknown[][] = []
        playHistory(installation, history, ({ act, at }) => {
          const day = localDayOf(at)
          if (!CORRECTIONS.has(act)) {
            const known = before.filter(([on]) => String(on) < day)
            assert.deepEqual(past.all(day), known, `${act} on ${day}`)
          }
          before = past.all('9999') as unknown[][]
        })
      }),
    ),
    { numRuns: RUNS },
  )
})

test('a random history does enough to test anything', () => {
  const happened: string[] = []
  for (const history of fc.sample(anyHistory(LENGTH), { numRuns: 40, seed: 1 })) {
    undone(() => playHistory(installation, history, ({ act }) => happened.push(act)))
  }
  const acts = Map.groupBy(happened, (act) => act)
  assert.ok(happened.length > 1500, `only ${happened.length} acts happened`)
  assert.deepEqual(
    [...acts.keys()].sort(),
    Object.keys(TRANSITIONS).sort(),
    [...acts].map(([act, list]) => `${act} ${list.length}`).join(', '),
  )
})
