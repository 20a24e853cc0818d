import assert from 'node:assert/strict'
import fc from 'fast-check'
import { catalogueOf } from '../../src/catalogue/catalogue.ts'
import { addDays, localDayOf } from '../../src/domain/calendar/day.ts'
import { parsePeriod } from '../../src/domain/calendar/periods.ts'
import { form06Row, requireForm06 } from '../../src/domain/counting/form06.ts'
import { CHANNELS } from '../../src/domain/counting/tally.ts'
import { joinPeriods } from '../../src/domain/counting/tally-sums.ts'
import type { Dossier } from '../../src/domain/life-cycle/dossier.ts'
import { recountPeriod } from '../../src/reports/recount.ts'
import { type ReportGrain, type ReportRequest, report } from '../../src/reports/report.ts'
import { scopeUnits } from '../../src/reports/scope.ts'
import { HISTORY_STARTS } from '../support/any-history.ts'
import { histories } from '../support/histories.ts'
import { livesOf, naiveTally, type Whose } from '../support/naive-recount.ts'

const { installation, law } = histories()
const catalogue = catalogueOf(installation.db)
const today = () => localDayOf(installation.clock.now())

const UNITS = [
  undefined,
  undefined,
  'xa-ngoc-ky',
  'phong-tu-phap',
  'huyen-tu-ky',
  'bo-phan-mot-cua-huyen',
] as const

/** A table over some days from the `start`-th of the history on, of a scope or of all units. */
const anyRequest: fc.Arbitrary<ReportRequest> = fc
  .record({
    start: fc.nat(110),
    length: fc.integer({ min: 1, max: 40 }),
    by: fc.constantFrom('unit', 'field', 'procedure', 'channel', 'officer'),
    attribution: fc.constantFrom('resolving', 'receiving'),
    unit: fc.constantFrom(...UNITS),
  })
  .map(({ start, length, ...rest }) => {
    const from = addDays(HISTORY_STARTS, start)
    return { period: parsePeriod(`${from}..${addDays(from, length - 1)}`), reading: 'current', ...rest }
  })

law(
  'tallies equal a recount of the timelines, in any table, scope and period, and add up',
  fc.array(anyRequest, { minLength: 4 }),
  (requests) => {
    const lives = livesOf(installation.db, addDays(today(), 1))
    for (const request of requests) {
      const { period, by, attribution } = request
      const { rows, total, asOf, broken } = report(installation, request)
      assert.deepEqual(broken, [])
      const unitIds = scopeUnits(catalogue, request.unit, asOf)
      const unitOf = (whose: Whose) => (attribution === 'resolving' ? whose.unit : whose.receiving)
      const inScope = (whose: Whose) => unitIds === null || unitIds.includes(unitOf(whose))
      const days = { from: period.from <= asOf ? period.from : addDays(asOf, 1), to: asOf }
      for (const { id, label, tally } of rows) {
        const ofRow =
          by === 'officer'
            ? { units: inScope, officer: id }
            : by === 'unit'
              ? { units: (whose: Whose) => inScope(whose) && unitOf(whose) === id }
              : { units: inScope, where: (facts: Dossier) => idOf(by, facts) === id }
        assert.deepEqual(tally, naiveTally(lives, { ...days, ...ofRow }), `${by} ${label}`)
        requireForm06(form06Row(tally), label)
      }
      if (by !== 'officer') assert.deepEqual(total.tally, naiveTally(lives, { ...days, units: inScope }))
    }
  },
)

law('the day cells equal a recount of the dossiers by definition', fc.constant(null), () => {
  const to = addDays(today(), 1)
  assert.deepEqual(recountPeriod(installation, { from: HISTORY_STARTS, to }).differences, [])
  assert.deepEqual(recountPeriod(installation, { from: addDays(to, -20), to }).differences, [])
})

function idOf(by: 'field' | 'procedure' | 'channel', facts: Dossier): number {
  const ids = {
    field: catalogue.procedureById.get(facts.procedureId)!.fieldId,
    procedure: facts.procedureId,
    channel: CHANNELS.indexOf(facts.channel),
  }
  return ids[by]
}

law(
  'the parts of a table sum to the whole, by either attribution, and weeks join to four weeks',
  fc.integer({ min: 0, max: 60 }),
  (start) => {
    const from = addDays(HISTORY_STARTS, start)
    const total = (by: ReportGrain, days: string, attribution: 'resolving' | 'receiving' = 'resolving') =>
      report(installation, { period: parsePeriod(days), by, attribution, reading: 'current' }).total.tally
    const whole = `${from}..${addDays(from, 27)}`
    const units = total('unit', whole)
    for (const by of ['field', 'procedure', 'channel'] as const) assert.deepEqual(total(by, whole), units, by)
    assert.deepEqual(total('unit', whole, 'receiving'), units, 'by receiving unit')

    const officers = total('officer', whole)
    const transferredIn = units.transferredIn + units.handedIn
    const transferredOut = units.transferredOut + units.handedOut
    assert.deepEqual(officers, { ...units, transferredIn, transferredOut, handedIn: 0, handedOut: 0 })
    assert.deepEqual([units.transferredIn, units.handedIn], [units.transferredOut, units.handedOut])

    if (addDays(from, 27) > today()) return
    const weeks = [0, 7, 14, 21].map((days) => `${addDays(from, days)}..${addDays(from, days + 6)}`)
    assert.deepEqual(joinPeriods(weeks.map((week) => total('unit', week))), units, 'four weeks')
  },
)
