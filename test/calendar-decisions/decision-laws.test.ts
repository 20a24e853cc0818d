import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { DayChange, DecisionInput } from '../../src/calendar-decisions/decision-input.ts'
import type { Sliced } from '../../src/calendar-decisions/in-slices.ts'
import { planDecision } from '../../src/calendar-decisions/plan-decision.ts'
import { planUndo } from '../../src/calendar-decisions/plan-undo.ts'
import { storeDecision } from '../../src/calendar-decisions/record-decision.ts'
import { storeUndo } from '../../src/calendar-decisions/undo-decision.ts'
import { SYSTEM_ACTOR } from '../../src/deps.ts'
import { addDays, instantAt, localDayOf } from '../../src/domain/calendar/day.ts'
import { parsePeriod } from '../../src/domain/calendar/periods.ts'
import { RuleError } from '../../src/domain/refusals.ts'
import { verifyRows } from '../../src/dossiers/verify-rows.ts'
import { recountPeriod } from '../../src/reports/recount.ts'
import { report } from '../../src/reports/report.ts'
import { type Attempt, anyHistory, HISTORY_STARTS, playHistory } from '../support/any-history.ts'
import { HISTORY_LENGTH, histories } from '../support/histories.ts'
import { livesOf, naiveTally } from '../support/naive-recount.ts'

const { installation, undone, which } = histories()
const { db, clock } = installation

/** Days around the end of a history: off, worked, closed for one unit, given back. */
const anyChange = fc.record({
  change: fc.constantFrom('off', 'off', 'closure', 'make_up', 'ordinary', 'swap'),
  days: fc.integer({ min: -4, max: 5 }),
  other: fc.integer({ min: -2, max: 16 }),
  unit: fc.constantFrom('xa-ngoc-ky', 'bo-phan-mot-cua-huyen'),
})
const anyDecision = fc.array(anyChange, { minLength: 4, maxLength: 8 })
/** Dossiers of the last days, so that there is something to move. */
const anyArrivals = anyHistory(24).map((history) =>
  history.map(
    (attempt): Attempt => ({
      ...attempt,
      wait: 0,
      back: attempt.which * 1000,
      role: 'system',
      opens: true,
      opening: attempt.yes || attempt.also ? 'accept' : 'submit',
    }),
  ),
)
const RUNS = { ...which, numRuns: Math.ceil(which.numRuns / 3) }

type Wanted = readonly (typeof anyChange extends fc.Arbitrary<infer T> ? T : never)[]

let count = 0

/** Records as many of the wanted changes as make sense together; null when none does. */
function record(wanted: Wanted, today: string): number | null {
  const days: DayChange[] = []
  for (const { change, days: shift, other, unit } of wanted) {
    const next: DayChange = {
      change,
      date: addDays(today, shift),
      ...(change === 'swap' && { makeUpOn: addDays(today, other) }),
      ...(change === 'closure' && { unit }),
      ...((change === 'off' || change === 'closure') && { name: 'Nghỉ' }),
    }
    if (plan([...days, next]) !== null) days.push(next)
  }
  const planned = days.length === 0 ? null : plan(days)
  return planned === null ? null : storeDecision(installation, SYSTEM_ACTOR, planned).id
}

function plan(days: DayChange[]) {
  const input: DecisionInput = { title: 'Thử', document: `CV ${count++}`, documentOn: '2023-01-01', days }
  try {
    return ran(planDecision(installation, input))
  } catch (error) {
    if (error instanceof RuleError) return null
    throw error
  }
}

function ran<T>(work: Sliced<T>): T {
  for (;;) {
    const step = work.next()
    if (step.done) return step.value
  }
}

function tableOf(table: string, except: readonly string[] = []) {
  return db
    .prepare<[], Record<string, unknown>>(`SELECT * FROM ${table}`)
    .all()
    .map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => !except.includes(name))))
    .map((row) => JSON.stringify(row))
    .sort()
}

const NUMBERS = db
  .prepare<[], { name: string }>(`SELECT name FROM pragma_table_info('day_cells')`)
  .all()
  .map(({ name }) => name)
const KEY = ['day', 'unit_id', 'receiving_unit_id', 'procedure_id', 'channel', 'officer_id']
const FLOW_COLUMNS = NUMBERS.filter((name) => !KEY.includes(name))

/** Cells up to the day before `day`, by what is not zero in them. */
function cells(before = '9999-12-31') {
  const some = FLOW_COLUMNS.map((name) => `${name} <> 0`).join(' OR ')
  return db
    .prepare(`SELECT * FROM day_cells WHERE day < ? AND (${some}) ORDER BY ${KEY.join(', ')}`)
    .raw()
    .all(before)
}

/** Everything that undoing gives back. */
function state() {
  return {
    dossiers: tableOf('dossiers', ['version']),
    pauses: tableOf('pauses'),
    steps: tableOf('dossier_steps'),
    spells: tableOf('overdue_spells'),
    stays: tableOf('dossier_stays'),
    cells: cells(),
    days: tableOf('calendar_days WHERE removed_in IS NULL', ['id', 'added_in']),
  }
}

function holds(today: string, when: string) {
  const whole = { from: HISTORY_STARTS, to: addDays(today, 40) }
  assert.deepEqual(recountPeriod(installation, whole).differences, [], `cells equal the recount ${when}`)
  assert.deepEqual(verifyRows(installation).differences, [], `rows equal their timelines ${when}`)
  const period = parsePeriod(`${HISTORY_STARTS}..${today}`)
  const { total, broken } = report(installation, {
    period,
    by: 'unit',
    attribution: 'resolving',
    reading: 'current',
  })
  assert.deepEqual(broken, [], `identities hold ${when}`)
  const lives = livesOf(db, addDays(today, 1))
  assert.deepEqual(total.tally, naiveTally(lives, { from: period.from, to: today }), `naive recount ${when}`)
}

test('recorded, a decision changes no day past; undone at once, it leaves everything as it was', () => {
  let [moved, cleared] = [0, 0]
  const property = fc.property(
    anyHistory(HISTORY_LENGTH),
    anyArrivals,
    anyDecision,
    (history, arrivals, wanted) =>
      undone(() => {
        playHistory(installation, history)
        playHistory(installation, arrivals, undefined, clock.now())
        const today = localDayOf(clock.now())
        const [before, past] = [state(), cells(today)]
        const id = record(wanted, today)
        if (id === null) return
        assert.deepEqual(cells(today), past, 'no cell of a day past changes')
        moved += db
          .prepare('SELECT count(*) FROM calendar_moves WHERE decision_id = ?')
          .pluck()
          .get(id) as number
        cleared += db.prepare('SELECT count(*) FROM overdue_spells').pluck().get() as number
        holds(today, 'after recording')
        storeUndo(installation, SYSTEM_ACTOR, ran(planUndo(installation, id)))
        assert.deepEqual(state(), before)
        holds(today, 'after undoing')
        assert.equal(db.prepare('SELECT count(*) FROM late_changes').pluck().get(), 0)
      }),
  )
  fc.assert(property, RUNS)
  assert.ok(moved > 100 && cleared > 10, `only ${moved} dossiers moved, ${cleared} in time again`)
})

test('whatever happens after decisions and between them, cells, rows and timelines agree, and no promise shortens', () => {
  const later = fc.integer({ min: 0, max: 4 })
  const property = fc.property(
    anyHistory(HISTORY_LENGTH),
    anyArrivals,
    anyDecision,
    anyDecision,
    anyHistory(30),
    later,
    (history, arrivals, first, second, more, days) =>
      undone(() => {
        playHistory(installation, history)
        playHistory(installation, arrivals, undefined, clock.now())
        const id = record(first, localDayOf(clock.now()))
        playHistory(installation, more, undefined, clock.now())
        clock.set(instantAt(addDays(localDayOf(clock.now()), days), 600))
        const promised = db
          .prepare('SELECT id, due_at FROM dossiers WHERE ended_at IS NULL AND due_at IS NOT NULL')
          .raw()
        const before = promised.all() as [number, number][]
        record(second, localDayOf(clock.now()))
        const after = new Map(promised.all() as [number, number][])
        for (const [dossier, dueAt] of before) assert.ok(after.get(dossier)! >= dueAt)
        const today = localDayOf(clock.now())
        holds(today, 'after the second decision')
        if (id === null) return
        const past = cells(today)
        try {
          storeUndo(installation, SYSTEM_ACTOR, ran(planUndo(installation, id)))
        } catch (error) {
          if (!(error instanceof RuleError)) throw error
          assert.equal(error.code, 'calendar_changed_since')
        }
        assert.deepEqual(cells(today), past, 'no cell of a day past changes')
        holds(today, 'after undoing the first')
      }),
  )
  fc.assert(property, RUNS)
})
