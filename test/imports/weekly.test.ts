import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findDossierByCode } from '../../db/queries/dossiers.ts'
import { eventsOf, textsOf } from '../../db/queries/timeline.ts'
import { parsePeriod } from '../../src/domain/calendar/periods.ts'
import { verifyRows } from '../../src/dossiers/verify-rows.ts'
import { closePeriod } from '../../src/reports/close-period.ts'
import { recountPeriod } from '../../src/reports/recount.ts'
import { deskOf } from '../support/desk.ts'
import { check, importFile } from '../support/import-file.ts'
import { csvOf, ENDED, type GivenRow, OPEN } from '../support/register-file.ts'
import { type TestInstallation, testInstallation } from '../support/test-installation.ts'

let installation: TestInstallation
const CODE = ENDED.code as string

const acts = (code = CODE) => eventsOf(installation.db, dossier(code).id).map(({ act }) => act)
const dossier = (code = CODE) => findDossierByCode(installation.db, code)!

/** A rule of imports, on an installation of its own, after which everything still agrees with everything. */
function rule(name: string, body: () => void): void {
  test(name, () => {
    installation = testInstallation('2023-03-20T09:00')
    body()
    assert.deepEqual(recountPeriod(installation, { from: '2023-01-01', to: '2023-12-31' }).differences, [])
    assert.deepEqual(verifyRows(installation).differences, [])
    assert.deepEqual(installation.db.pragma('foreign_key_check'), [])
    installation.db.close()
  })
}

/** A newer export brings this row; what was known is `OPEN`. */
function newer(row: GivenRow, options: { acceptChanges?: boolean } = {}) {
  importFile(installation, csvOf(OPEN))
  return importFile(installation, csvOf(row), options)
}

rule('a result that is new in the file becomes an act, with the file and row as its source', () => {
  const report = newer(ENDED)
  assert.deepEqual([report.changed, report.contradicting], [1, 0])
  assert.deepEqual(acts(), ['accept', 'finish', 'return_result'])
  const [first, second] = textsOf(installation.db, dossier().id)
  assert.match(first!.text, /^Nhập từ tệp [0-9a-f]{12}, dòng 2$/)
  assert.equal(second!.seq, 2)
  assert.doesNotMatch(JSON.stringify(eventsOf(installation.db, dossier().id)), /Đào/)
})

rule('a pause that is new in the file stops the clock, and its end goes on', () => {
  const asked = { ...OPEN, paused_from: '07/03/2023 10:00', pause_reason: 'bổ sung' }
  newer(asked)
  assert.equal(dossier().state, 'awaiting_supplement')
  importFile(installation, csvOf({ ...asked, paused_to: '13/03/2023 10:00', due_at: '16/03/2023' }))
  assert.deepEqual(acts(), ['accept', 'request_supplement', 'supply_supplement'])
  assert.equal(dossier().dueOn, '2023-03-16')
})

rule('what the newer file leaves out, rows and cells, is left alone', () => {
  importFile(installation, csvOf(ENDED, { ...ENDED, code: '000.24.35.H23-230306-0008' }))
  const report = importFile(installation, csvOf(OPEN))
  assert.deepEqual([report.unchanged, report.changed, report.contradicting], [1, 0, 0])
  assert.equal(dossier().state, 'returned')
  assert.equal(dossier('000.24.35.H23-230306-0008').state, 'returned')
})

rule('what contradicts is listed and not touched unless changes are accepted', () => {
  const other = { ...ENDED, ended_at: '13/03/2023', returned_at: '13/03/2023' }
  importFile(installation, csvOf(ENDED))
  const report = importFile(installation, csvOf(other))
  assert.equal(report.contradicting, 1)
  assert.deepEqual(
    report.contradictions.map(({ row, column, known, given }) => [row, column, known.slice(0, 10), given]),
    [
      [2, 'ended_at', '2023-03-08', '2023-03-13'],
      [2, 'returned_at', '2023-03-08', '2023-03-13'],
    ],
  )
  assert.equal(dossier().endClass, 'early')
  importFile(installation, csvOf(other), { acceptChanges: true })
  assert.deepEqual([dossier().endClass, dossier().lateOn], ['late', '2023-03-10'])
  assert.equal(acts().at(-1), 'correct')
  assert.equal(importFile(installation, csvOf(other)).unchanged, 1)
})

rule(
  'a dossier that the desk changes while the file is read is read again, and nothing of either is lost',
  () => {
    importFile(installation, csvOf(OPEN))
    let isDone = false
    const onProgress = (done: number, total: number) => {
      if (done < total || isDone) return
      isDone = true
      deskOf(installation).act(dossier(), 'transfer', { at: '2023-03-07T08:00' })
    }
    const report = importFile(installation, csvOf(ENDED), { onProgress })
    assert.equal(report.changed, 1)
    assert.deepEqual(acts(), ['accept', 'transfer', 'finish', 'return_result'])
  },
)

rule('another procedure in the file is a correction from acceptance', () => {
  newer({ ...OPEN, procedure: '1.001193', due_at: '06/03/2023' }, { acceptChanges: true })
  assert.equal(acts().at(-1), 'correct')
  assert.equal(dossier().dueOn, '2023-03-06')
})

rule('an address that was missing is filled in, another name contradicts', () => {
  newer({ ...OPEN, address: 'Thôn 3' })
  const address = () =>
    installation.db
      .prepare('SELECT p.address, p.name FROM dossiers d JOIN persons p ON p.id = d.applicant_id')
      .get()
  assert.deepEqual({ ...(address() as object) }, { address: 'Thôn 3', name: 'Nguyễn Thị Đào' })
  assert.equal(
    check(installation, csvOf({ ...OPEN, applicant: 'Trần Thị Mai' })).contradictions[0]?.column,
    'applicant',
  )
})

rule('a dossier of the desk is known by its code, and its own facts are kept through a correction', () => {
  const desk = deskOf(installation)
  const { code } = desk.log({ at: '2023-03-06T09:00', fee: 8_000, feePayment: 'cash', assisted: true })
  const row = { ...ENDED, code: code!, applicant: 'Nguyễn Văn Mẫu', accepted_at: '07/03/2023' }
  importFile(installation, csvOf(row), { acceptChanges: true })
  const { acceptedOn, fee, assisted, state } = dossier(code!)
  assert.deepEqual(
    { acceptedOn, fee, assisted, state },
    { acceptedOn: '2023-03-07', fee: 8_000, assisted: true, state: 'returned' },
  )
})

rule('a submission without a code is known by what it says, and gets its code when it is accepted', () => {
  const submitted = {
    ...OPEN,
    code: '',
    channel: 'level4',
    procedure: '1.004873',
    submitted_at: '06/03/2023 08:00',
    accepted_at: '',
    due_at: '',
  }
  importFile(installation, csvOf(submitted))
  assert.equal(importFile(installation, csvOf(submitted)).unchanged, 1)
  const report = importFile(
    installation,
    csvOf({ ...submitted, code: CODE, accepted_at: '06/03/2023 09:00' }),
  )
  assert.deepEqual([report.added, report.changed], [0, 1])
  assert.deepEqual(acts(), ['submit', 'accept'])
})

rule('two refusals that say the same are two dossiers, however often the file comes', () => {
  const refusal = {
    ...OPEN,
    code: '',
    accepted_at: '',
    due_at: '',
    ended_at: '06/03/2023',
    outcome: 'not_accepted',
  }
  assert.equal(importFile(installation, csvOf(refusal, refusal)).added, 2)
  assert.equal(importFile(installation, csvOf(refusal, refusal)).unchanged, 2)
})

rule('the next number of a day goes past the highest in the file', () => {
  importFile(installation, csvOf(OPEN))
  const { code } = deskOf(installation).log({ at: '2023-03-06T15:00' })
  assert.equal(code, '000.24.35.H23-230306-0008')
})

rule('a first import of old years writes no late changes', () => {
  importFile(installation, csvOf(ENDED))
  assert.equal(lateChanges(), 0)
})

rule('what a file adds to days of closed periods is kept for their revisions', () => {
  deskOf(installation).log({ at: '2023-03-06T09:00' })
  closePeriod(installation, parsePeriod('2023-W10'))
  closePeriod(installation, parsePeriod('2023-02'))
  importFile(installation, csvOf({ ...OPEN, code: '000.24.35.H23-230306-0107' }))
  const flows = installation.db.prepare('SELECT day, flow, n FROM late_changes ORDER BY flow').all() as {
    day: string
    flow: string
    n: number
  }[]
  assert.deepEqual(
    flows.map(({ day, flow, n }) => `${day} ${flow} ${n}`),
    [
      '2023-03-10 becameLate 1',
      '2023-03-09 due 1',
      '2023-03-06 eligible 1',
      '2023-03-10 overdueDelta 1',
      '2023-03-06 received 1',
    ],
  )
})

rule('stocks kept at the ends of closed months move with what a file brings', () => {
  deskOf(installation).log({ at: '2023-02-06T09:00' })
  installation.at('2023-04-20T09:00')
  closePeriod(installation, parsePeriod('2023-02'))
  closePeriod(installation, parsePeriod('2023-03'))
  importFile(
    installation,
    csvOf({ ...OPEN, code: '000.24.35.H23-230206-0107', accepted_at: '06/02/2023', due_at: '09/02/2023' }),
  )
  const anchors = installation.db
    .prepare('SELECT day, sum(open) AS open, sum(overdue) AS overdue FROM stock_anchors GROUP BY day')
    .all()
  assert.deepEqual(
    anchors.map((row) => ({ ...(row as object) })),
    [
      { day: '2023-02-28', open: 2, overdue: 2 },
      { day: '2023-03-31', open: 2, overdue: 2 },
    ],
  )
})

function lateChanges(): number {
  return (installation.db.prepare('SELECT count(*) AS n FROM late_changes').get() as { n: number }).n
}
