import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { findDossierById, type StoredDossier } from '../../db/queries/dossiers.ts'
import { catalogueOf } from '../../src/catalogue/catalogue.ts'
import { addDays, localDayOf } from '../../src/domain/calendar/day.ts'
import { parsePeriod } from '../../src/domain/calendar/periods.ts'
import { lateOnAsOf } from '../../src/domain/life-cycle/lateness.ts'
import { correctDossier } from '../../src/dossiers/correct-dossier.ts'
import { verifyRows } from '../../src/dossiers/verify-rows.ts'
import { recountPeriod } from '../../src/reports/recount.ts'
import { report } from '../../src/reports/report.ts'
import { anyHistory, HISTORY_STARTS, playHistory } from '../support/any-history.ts'
import { anyCorrectedHistory, type CorrectedHistory, playCorrected } from '../support/corrected-history.ts'
import { SYSTEM } from '../support/desk.ts'
import { HISTORY_LENGTH, histories } from '../support/histories.ts'
import { livesOf, naiveTally } from '../support/naive-recount.ts'
import { testProcedure } from '../support/test-procedure.ts'

const { installation, undone, which } = histories()
const { db } = installation
const twins = new Map<string, string>()
for (const { code, versions } of catalogueOf(db).procedures) {
  const copies = versions.map(({ id: _id, components: _components, steps: _steps, ...version }) => version)
  twins.set(code, testProcedure(installation, `8.${code}`, ...copies))
}

const allDossiers = (): readonly StoredDossier[] =>
  db
    .prepare<[], { id: number }>('SELECT id FROM dossiers ORDER BY id')
    .all()
    .map(({ id }) => findDossierById(db, id)!)

function law(name: string, check: () => void): void {
  test(name, () => {
    const property = fc.property(anyCorrectedHistory(HISTORY_LENGTH), (history: CorrectedHistory) =>
      undone(() => {
        playCorrected(installation, history)
        check()
      }),
    )
    fc.assert(property, { ...which, endOnFailure: true })
  })
}

test('a clock run again through all that happened stands where it stood', () => {
  let compared = 0
  const property = fc.property(anyHistory(HISTORY_LENGTH), (history) =>
    undone(() => {
      playHistory(installation, history)
      const today = localDayOf(installation.clock.now())
      const { procedureById } = catalogueOf(db)
      for (const before of allDossiers()) {
        if (before.acceptedAt === null || before.state === 'voided') continue
        const procedure = twins.get(procedureById.get(before.procedureId)!.code)!
        const after = correctDossier(installation, SYSTEM, before.id, { procedure, reason: 'Nhập nhầm' })
        assert.notEqual(after.procedureVersionId, before.procedureVersionId)
        assert.deepEqual(clockOf(after, today), clockOf(before, today))
        compared += 1
      }
    }),
  )
  fc.assert(property, { ...which, endOnFailure: true })
  assert.ok(compared > 300, `only ${compared}`)
})

function clockOf(dossier: StoredDossier, today: string) {
  const { dueAt, dueOn, clockStartedAt, attended, extensionDays, receiptDay, appointmentAt } = dossier
  const { apologyInTime, pausedSince, endedAt, endedOn, endClass, lastOccurredAt, explanationId } = dossier
  const lateOn = lateOnAsOf(dossier, today)
  return {
    ...{ dueAt, dueOn, clockStartedAt, attended, extensionDays, receiptDay, appointmentAt, lateOn },
    ...{ apologyInTime, pausedSince, endedAt, endedOn, endClass, lastOccurredAt, explanationId },
  }
}

law('with corrections and approvals, every row is still its timeline', () => {
  assert.deepEqual(verifyRows(installation).differences, [])
})

law('with corrections and approvals, the codes of an agency and day still have no gap', () => {
  const codes = allDossiers().flatMap(({ code }) => code ?? [])
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

law('with corrections and approvals, cells equal a recount of the dossiers and of the timelines', () => {
  const today = localDayOf(installation.clock.now())
  const lives = livesOf(db, addDays(today, 1))
  for (let from = HISTORY_STARTS; from <= today; from = addDays(from, 7)) {
    const to = addDays(from, 6) <= today ? addDays(from, 6) : today
    assert.deepEqual(recountPeriod(installation, { from, to }).differences, [])
    const period = parsePeriod(`${from}..${to}`)
    const { total, broken } = report(installation, {
      period,
      by: 'unit',
      attribution: 'resolving',
      reading: 'current',
    })
    assert.deepEqual(broken, [])
    assert.deepEqual(total.tally, naiveTally(lives, { from, to }))
  }
})

law('what waits is sealed and whole, what was decided holds nothing of what was asked', () => {
  const rows = db
    .prepare<[], { status: string; request: Buffer | null; event_id: number | null }>(
      'SELECT status, request, event_id FROM correction_requests',
    )
    .all()
  for (const { status, request, event_id } of rows) {
    assert.equal(request !== null, status === 'waiting')
    assert.equal(event_id !== null, status === 'approved')
  }
})

test('the histories contain every kind of correction and every way it may come out', () => {
  const seen = new Map<string, number>()
  for (const history of fc.sample(anyCorrectedHistory(HISTORY_LENGTH), { numRuns: 40, seed: 1 })) {
    undone(() =>
      playCorrected(installation, history, (outcome, kind) => {
        for (const key of [outcome, kind]) seen.set(key, (seen.get(key) ?? 0) + 1)
      }),
    )
  }
  for (const key of [
    'done',
    'asked',
    'approved',
    'rejected',
    'channel',
    'procedure',
    'unit',
    'moment',
    'void',
  ])
    assert.ok((seen.get(key) ?? 0) > 5, `${key}: ${seen.get(key) ?? 0}`)
})
