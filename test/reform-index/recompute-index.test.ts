import assert from 'node:assert/strict'
import { test } from 'node:test'
import { latestIndexRun, scoresOf, sheetsOf } from '../../db/queries/index-results.ts'
import { catalogueOf } from '../../src/catalogue/catalogue.ts'
import { SYSTEM_ACTOR } from '../../src/deps.ts'
import { parsePeriod } from '../../src/domain/calendar/periods.ts'
import { actOnDossier } from '../../src/dossiers/act-on-dossier.ts'
import { logDossier } from '../../src/dossiers/log-dossier.ts'
import { recomputeIndex } from '../../src/reform-index/recompute-index.ts'
import { closePeriod } from '../../src/reports/close-period.ts'
import { proceduresOfferedOnline } from '../../src/reports/procedures-offered.ts'
import { type TestInstallation, testInstallation } from '../support/test-installation.ts'

/** Ten dossiers of three working days at Ngọc Kỳ on 07/03/2022, seven of them online: 8 early, 1 on the day, 1 late. */
function history(): TestInstallation & { readonly unitId: number; readonly ids: readonly number[] } {
  const installation = testInstallation('2022-03-07T09:00')
  const ids = Array.from({ length: 10 }, (_, n) => {
    const channel = n < 7 ? 'online' : 'counter'
    const input = {
      act: 'accept',
      unit: 'xa-ngoc-ky',
      procedure: '1.004873',
      channel,
      fee: 0,
      applicant: { name: 'Mẫu' },
    } as const
    return logDossier(installation, SYSTEM_ACTOR, input).id
  })
  const moments = ['2022-03-10T15:00', '2022-03-14T09:00']
  for (const [n, id] of [...ids.slice(2), ids[0]!, ids[1]!].entries()) {
    installation.at(n < 8 ? '2022-03-08T10:00' : moments[n - 8]!)
    actOnDossier(installation, SYSTEM_ACTOR, id, { act: 'finish', outcome: 'granted' })
  }
  return { ...installation, ids, unitId: catalogueOf(installation.db).unitByKey.get('xa-ngoc-ky')!.id }
}

test('the automatic criteria of a commune are those computed by hand', () => {
  const installation = history()
  const { db, unitId } = installation
  installation.at('2022-12-15T01:00')
  const [run] = recomputeIndex(installation, { asOf: '2022-12-15' })
  assert.equal(run?.setId, 'TK-XA-2022')
  assert.equal(run?.units, 23)
  const { id } = latestIndexRun(db, 2022)!
  const scores = Object.fromEntries(
    scoresOf(db, id, unitId).map(({ criterion, numerator, denominator, points }) => [
      criterion,
      [numerator, denominator, points],
    ]),
  )
  const offered = proceduresOfferedOnline(catalogueOf(db), unitId, '2022-12-14').size
  const activity = Math.min(1, 1 / offered / 0.6) * 1.5
  const { '7.2': online, ...others } = scores
  assert.deepEqual(others, {
    '3.2': [9, 10, 2], //    V2 90 %: the band from 90 to 95
    '3.3': [0, 1, 2], //     nothing overdue is left
    '3.4': [0, 1, 0], //     one late, no apology
    '3.5': [10, 10, 1.5],
    '3.10': [1, 1, 3], //    only statutory March was graded: 54 + 20 + 10 + 10 = 94, good
    '7.1': [7, 10, 5], //    N1 70 % of a target of 70
    '7.3': [7, 10, 1.75], // 70 / 80 × 2
    '7.4': [0, 0, null], //  no fee was due
  })
  assert.deepEqual(online!.slice(0, 2), [1, offered])
  assert.ok(Math.abs(online![2]! - activity) < 1e-9)
  const sheet = sheetsOf(db, id).find((each) => each.unitId === unitId)!
  assert.equal(sheet.max, 24)
  assert.equal(sheet.rescaled, true)
  assert.equal(sheet.score, Math.round(((15.25 + activity) / 24) * 10_000) / 100)
  assert.equal(sheet.grade, 'satisfactory')
  assert.equal(sheetsOf(db, id).length, 23)
  assert.deepEqual(sheetsOf(db, id).map(({ rank }) => rank)[0], 1)
})

test('closed months give the same grades as open ones', () => {
  const open = history()
  open.at('2022-12-16T06:00')
  const [before] = recomputeIndex(open, { asOf: '2022-12-16' })
  for (let month = 1; month <= 12; month += 1) {
    closePeriod(open, parsePeriod(`2022-${String(month).padStart(2, '0')}@15-14`))
  }
  assert.deepEqual(recomputeIndex(open, { asOf: '2022-12-17' }), [{ ...before, changed: false }])
})

test('nights on which nothing changed keep the run; the same night again replaces it; a new night adds one', () => {
  const installation = history()
  const { db, ids } = installation
  const nights = () => db.prepare('SELECT as_of FROM index_runs ORDER BY as_of').pluck().all()
  installation.at('2023-01-10T01:00')
  assert.equal(recomputeIndex(installation, { asOf: '2023-01-10' })[0]?.changed, true)
  assert.equal(recomputeIndex(installation, { asOf: '2023-01-10' })[0]?.changed, false)
  assert.equal(recomputeIndex(installation, { asOf: '2023-01-11' })[0]?.changed, false)
  assert.deepEqual(nights(), ['2023-01-10'])
  actOnDossier(installation, SYSTEM_ACTOR, ids[0]!, { act: 'void', reason: 'Nhập trùng' })
  assert.equal(recomputeIndex(installation, { asOf: '2023-01-10' })[0]?.changed, true)
  assert.deepEqual(nights(), ['2023-01-10'])
  actOnDossier(installation, SYSTEM_ACTOR, ids[1]!, { act: 'void', reason: 'Nhập trùng' })
  assert.equal(recomputeIndex(installation, { asOf: '2023-01-12' })[0]?.changed, true)
  assert.deepEqual(nights(), ['2023-01-10', '2023-01-12'])
  assert.equal(latestIndexRun(db, 2022)?.asOf, '2023-01-12')
  assert.equal(db.prepare('SELECT count(*) FROM index_sheets').pluck().get(), 46)
})

test('in the year itself only months that are over are graded, and a set that has not begun is not scored', () => {
  const installation = history()
  const { db, unitId } = installation
  assert.deepEqual(recomputeIndex(installation, { asOf: '2021-12-14' }), [])
  installation.at('2022-03-14T20:00')
  recomputeIndex(installation, { asOf: '2022-03-14' })
  const graded = () =>
    scoresOf(db, latestIndexRun(db, 2022)!.id, unitId).find(({ criterion }) => criterion === '3.10')
  assert.equal(graded()?.denominator, 0)
  recomputeIndex(installation, { asOf: '2022-03-15' })
  assert.equal(graded()?.denominator, 1)
})
