import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { closedPeriodsSince } from '../../db/queries/periods.ts'
import { allSnapshots, NEWEST_REVISION, revisionHeads, snapshotChains } from '../../db/queries/snapshots.ts'
import { parsePeriod } from '../../src/domain/calendar/periods.ts'
import { brokenTallyIdentities } from '../../src/domain/counting/tally-check.ts'
import { closePeriod } from '../../src/reports/close-period.ts'
import { periodsToClose } from '../../src/reports/closed-kinds.ts'
import { composeSnapshots } from '../../src/reports/compose-snapshots.ts'
import { breakdownText, figuresText, readFigures } from '../../src/reports/figures.ts'
import { closingSpan } from '../../src/reports/late-closings.ts'
import { revisePeriods, revisionSlices } from '../../src/reports/revise-periods.ts'
import { readRevision } from '../../src/reports/revisions.ts'
import { differingRevision } from '../../src/reports/verify-revisions.ts'
import { changedSnapshot } from '../../src/reports/verify-snapshots.ts'
import { anyHistory, playHistory } from '../support/any-history.ts'
import { HISTORY_LENGTH, histories } from '../support/histories.ts'

const { installation, undone, which } = histories()
const { db } = installation
/** Each of these histories is read in some seventy closed periods. */
const few = { ...which, numRuns: Math.ceil(which.numRuns / 4) }

/** Plays a history; what is due is closed after every `closing`-th act, what was changed is revised at every `night`-th. */
function playWithNights(history: Parameters<typeof playHistory>[1], closing: number, night: number): void {
  let acts = 0
  playHistory(installation, history, () => {
    acts += 1
    if (acts % closing === 0) {
      const due = periodsToClose(installation.clock.now(), closingSpan(installation)!)
      for (const period of due) closePeriod(installation, period)
    }
    if (acts % night === 0) revisePeriods(installation)
  })
}

const periods = () => closedPeriodsSince(db, '0000-00-00').map(({ key }) => parsePeriod(key))
const firstRevisions = () => {
  const rows = periods().map(({ key }) =>
    snapshotChains(db, { periodKey: key, revision: 1, withBreakdown: true }),
  )
  return JSON.stringify(rows)
}

function assertNewestIsToday(): void {
  for (const period of periods()) {
    const query = { periodKey: period.key, revision: NEWEST_REVISION, withBreakdown: true }
    const newest = new Map(readRevision(db, query).map((row) => [row.unitId, row]))
    const fresh = composeSnapshots(installation, period)
    assert.ok(fresh.length > 0)
    for (const { unitId, figures, breakdown } of fresh) {
      const told = newest.get(unitId)
      const at = `${period.key} #${unitId}`
      assert.ok(told, at)
      const expected = readFigures(figures)
      assert.deepEqual(told.figures.tally, expected.tally, at)
      assert.equal(told.figures.longOverdue, expected.longOverdue, at)
      assert.deepEqual(told.figures.rates.PS, expected.rates.PS, at)
      assert.equal(breakdownText(told.cells), breakdown, at)
    }
  }
}

test('after a night the newest revision of every closed period and unit is today’s numbers, and revision 1 is as it was', () => {
  const later = { full: 0, difference: 0 }
  const property = fc.property(
    anyHistory(HISTORY_LENGTH),
    fc.integer({ min: 3, max: 20 }),
    fc.integer({ min: 4, max: 60 }),
    (history, closing, night) =>
      undone(() => {
        playWithNights(history, closing, night)
        const before = firstRevisions()
        assert.equal(differingRevision(db), null, 'before the night: with the changes since')
        revisePeriods(installation)
        assertNewestIsToday()
        assert.equal(firstRevisions(), before)
        assert.equal(differingRevision(db), null)
        assert.equal(changedSnapshot(db), null)
        assert.deepEqual(revisePeriods(installation), { full: 0, difference: 0 }, 'a second run')
        for (const { revision, kind } of allSnapshots(db)) later[kind] += revision > 1 ? 1 : 0
      }),
  )
  fc.assert(property, few)
  assert.ok(later.full > 50 && later.difference > 10, JSON.stringify(later))
})

test('every revision of every closed period adds up', () => {
  const property = fc.property(
    anyHistory(HISTORY_LENGTH),
    fc.integer({ min: 4, max: 30 }),
    (history, night) =>
      undone(() => {
        playWithNights(history, 5, night)
        revisePeriods(installation)
        for (const { key } of periods()) {
          const numbers = new Set(revisionHeads(db, key).map(({ revision }) => revision))
          for (const revision of numbers) {
            for (const { figures, cells } of readRevision(db, {
              periodKey: key,
              revision,
              withBreakdown: true,
            })) {
              assert.deepEqual(brokenTallyIdentities(figures.tally), [])
              for (const { tally } of cells) assert.deepEqual(brokenTallyIdentities(tally), [])
            }
          }
        }
      }),
  )
  fc.assert(property, few)
})

test('interrupted after any slice and run again, a night leaves what it would have left at once', () => {
  const content = () =>
    [...allSnapshots(db)].map(({ periodKey, unitId, revision, kind, figures, breakdown, cause }) =>
      [periodKey, unitId, revision, kind, figures, breakdown, cause].join(' '),
    )
  const property = fc.property(anyHistory(HISTORY_LENGTH), fc.nat(6), (history, slices) => {
    const left = [0, slices].map((stopAfter) => {
      let rows: readonly string[] = []
      undone(() => {
        playWithNights(history, 5, 40)
        const night = revisionSlices(installation)
        for (let n = 0; n < stopAfter; n += 1) night.next()
        night.return(undefined)
        revisePeriods(installation)
        rows = content()
      })
      return rows
    })
    assert.deepEqual(left[1], left[0])
  })
  fc.assert(property, few)
})

test('a full revision of tonight has the cohort rate of tonight', () => {
  const property = fc.property(anyHistory(HISTORY_LENGTH), (history) =>
    undone(() => {
      playWithNights(history, 5, 1000)
      revisePeriods(installation)
      for (const period of periods()) {
        const fresh = new Map(composeSnapshots(installation, period).map((row) => [row.unitId, row]))
        const newest = { periodKey: period.key, revision: NEWEST_REVISION, withBreakdown: false }
        for (const { unitId, revision, kind } of revisionHeads(db, period.key)) {
          if (revision === 1 || kind !== 'full') continue
          const told = readRevision(db, { ...newest, unitId })[0]!
          assert.equal(figuresText(told.figures), fresh.get(unitId)!.figures)
        }
      }
    }),
  )
  fc.assert(property, few)
})
