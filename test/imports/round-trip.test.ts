import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { RECOUNTED, type Recounted, recount } from '../../db/queries/recount.ts'
import { addDays, instantAt } from '../../src/domain/calendar/day.ts'
import { verifyRows } from '../../src/dossiers/verify-rows.ts'
import { recountPeriod } from '../../src/reports/recount.ts'
import { addHistoryProcedures, anyHistory, HISTORY_STARTS, playHistory } from '../support/any-history.ts'
import { HISTORY_LENGTH, histories } from '../support/histories.ts'
import { check, exported, importFile } from '../support/import-file.ts'
import { type TestInstallation, testInstallation } from '../support/test-installation.ts'

/** What a register does not tell: fees, e-results, apologies, when something was typed in. */
const UNTOLD: ReadonlySet<Recounted> = new Set([
  'assisted',
  'digitised',
  'feeDue',
  'paidOnline',
  'enteredLate',
  'eResult',
  'apologised',
])
const TOLD = RECOUNTED.filter((counter) => !UNTOLD.has(counter))

/** A register has one unit to a dossier: what a reorganisation has moved is told by the unit it is with now. */
const toldHistory = anyHistory(HISTORY_LENGTH).map((history) =>
  history.map((attempt) => ({ ...attempt, reorganises: false })),
)

const { installation, undone, which } = histories()
const copy = testInstallation()
addHistoryProcedures(copy)

const END = addDays(HISTORY_STARTS, 300)

test('any history, exported and imported into an empty installation, gives every tally of every period', () => {
  const law = fc.property(
    toldHistory,
    fc.boolean(),
    fc.array(fc.nat(200), { minLength: 4, maxLength: 4 }),
    (history, asExcel, days) =>
      both(() => {
        playHistory(installation, history)
        const { csv, pauses, excel } = exported(installation)
        for (const each of [installation, copy]) each.clock.set(instantAt(END, 600))
        const report = asExcel ? importFile(copy, excel) : importFile(copy, csv, { pauses })
        assert.equal(report.contradicting, 0)
        assert.deepEqual(exported(copy), { csv, pauses, excel })
        const spans = [
          { from: HISTORY_STARTS, to: END },
          ...days.map((day) => ({
            from: addDays(HISTORY_STARTS, day),
            to: addDays(HISTORY_STARTS, day + 6),
          })),
        ]
        for (const span of spans) assert.deepEqual(tallies(copy, span), tallies(installation, span))
        assert.deepEqual(recountPeriod(copy, { from: HISTORY_STARTS, to: END }).differences, [])
        assert.deepEqual(verifyRows(copy).differences, [])
      }),
  )
  fc.assert(law, which)
})

test('the same register imported a second time changes nothing', () => {
  const law = fc.property(toldHistory, (history) =>
    both(() => {
      playHistory(installation, history)
      const { csv, pauses } = exported(installation)
      for (const each of [installation, copy]) each.clock.set(instantAt(END, 600))
      const first = importFile(copy, csv, { pauses })
      const again = importFile(copy, csv, { pauses })
      assert.deepEqual(
        [again.added, again.changed, again.contradicting, again.unchanged],
        [0, 0, 0, first.added],
      )
      const onItself = check(installation, csv, { pauses })
      assert.deepEqual([onItself.added, onItself.changed, onItself.contradicting], [0, 0, 0])
    }),
  )
  fc.assert(law, { ...which, numRuns: Math.ceil(which.numRuns / 4) })
})

/** Each history on two empty installations. */
function both(body: () => void): void {
  undone(() => {
    body()
  })
  clear(copy)
}

function clear({ db }: TestInstallation): void {
  for (const table of [
    'late_changes',
    'events',
    'pauses',
    'dossier_texts',
    'dossiers',
    'persons',
    'day_cells',
    'stocks',
    'code_sequences',
    'imports',
  ])
    db.prepare(`DELETE FROM ${table}`).run()
}

function tallies({ db }: TestInstallation, { from, to }: { from: string; to: string }) {
  return recount(db, { from, to, before: addDays(from, -1) })
    .map((row) => ({
      place: `${row.unitId} ${row.procedureId} ${row.channel}`,
      ...Object.fromEntries(TOLD.map((counter) => [counter, row[counter]])),
    }))
    .filter(({ place: _, ...counts }) => Object.values(counts).some((n) => n !== 0))
    .sort((a, b) => a.place.localeCompare(b.place))
}
