import { findAccountByName } from '../../db/queries/accounts.ts'
import { endImport, insertImport } from '../../db/queries/imports.ts'
import { issueToken } from '../../src/accounts/issue-token.ts'
import { openSession } from '../../src/accounts/session.ts'
import { SYSTEM_OPERATOR } from '../../src/deps.ts'
import { dossierHref } from '../../src/dossiers/dossier-table.ts'
import { submissionHref } from '../../src/dossiers/online-intake-view.ts'
import { takeFee } from '../../src/fees/take-fee.ts'
import { readTable } from '../../src/imports/read-table.ts'
import { sampleOf } from '../../src/imports/sample.ts'
import { sha256Of } from '../../src/imports/stored-file.ts'
import { walkRegister } from '../../src/imports/walk-register.ts'
import { trainingIntake } from '../../src/intake/training-intake.ts'
import { foldersOfOfficer, officerAs } from './custody.ts'
import { deskOf } from './desk.ts'
import { closure, decisionsOf } from './new-year-2026.ts'
import { person } from './people.ts'
import { csvOf } from './register-file.ts'
import { planOf, record } from './reorganised.ts'
import { DISTRICT_HEAD } from './signed-in.ts'
import type { TestInstallation } from './test-installation.ts'

const COUNTER = 'xa-ngoc-ky.mot-cua-1'

/**
 * On top of the week of dossiers: one of each thing that has a page of its own and comes about in a way of its own;
 * returns their addresses. The import and the training are of the district's head, for nobody else may see them.
 */
export async function oneOfEverything(installation: TestInstallation) {
  const received = receivedInOneSitting(installation)
  const { number: sheet } = foldersOfOfficer(installation, COUNTER).send({
    from: 'xa-ngoc-ky',
    to: 'phong-tu-phap',
    codes: received,
  })
  const closed = { ...closure('xa-quang-phuc', '2023-03-15'), documentOn: '2023-03-14' }
  const { id: decision } = await decisionsOf(installation).record(closed)
  return {
    taken: `/ho-so/${received[0]}/da-nhan`,
    refused: `${dossierHref(refusedAtTheCounter(installation))}/da-nhan`,
    submission: submissionHref(submitted(installation)),
    training: `/ho-so/moi/tap-huan/${trainingAt(installation)}`,
    sheet: `/ban-giao/phieu/${sheet}`,
    receipt: `/thu-phi/${receiptOf(installation)}`,
    imported: `/quan-tri/nhap-so/${faultyImport(installation)}`,
    decision: `/quan-tri/lich/${decision}`,
    plan: `/quan-tri/don-vi/sap-xep/${record(installation, planOf(installation, 0)).id}`,
    person: `/quan-tri/nguoi-dung/${personWithPosts(installation)}`,
    client: `/quan-tri/khoa-api/${clientWithTokens(installation)}`,
  }
}

/** Codes of two dossiers that one person handed in, the second with a fee. */
function receivedInOneSitting(installation: TestInstallation): readonly string[] {
  const applicant = { name: 'Nguyễn Thị Bích Hằng', phone: '0912345678' }
  const desk = deskOf(installation)
  const first = desk.log({ applicant }).code!
  const second = desk.log({ applicant, procedure: '2.000635', feePayment: 'cash', sitting: first }).code!
  return [first, second]
}

function refusedAtTheCounter(installation: TestInstallation) {
  return deskOf(installation).log({ act: 'refuse_intake', reason: 'Không thuộc thẩm quyền của xã' })
}

function submitted(installation: TestInstallation) {
  const applicant = { name: 'Đỗ Thị Mến', phone: '0912345678' }
  return deskOf(installation).log({ act: 'submit', channel: 'level4', applicant, note: 'Xin nhận tại nhà' })
}

function trainingAt(installation: TestInstallation): number {
  const typed = {
    unit: 'xa-ngoc-ky',
    procedure: '1.004873',
    papersOf: '1.004873',
    'paper-1': '1',
    'paper-3': '1',
    name: 'Tập Thử',
  }
  return trainingIntake(installation, officerAs(installation, DISTRICT_HEAD), typed, 'accept')
}

function receiptOf(installation: TestInstallation): string {
  const { code } = deskOf(installation).log({ procedure: '2.000635', quantity: 2 })
  return takeFee(installation, officerAs(installation, COUNTER), { code: code!, payment: 'cash' }).number
}

/** A register as it was read: a row to be written, one with a unit nobody knows and one with days in the wrong order. */
function faultyImport(installation: TestInstallation): number {
  const { db, clock } = installation
  const file = Buffer.from(
    csvOf(
      {},
      { code: '000.24.35.H23-230306-0009', unit: 'Xã Ngọc Kì', applicant: 'Vũ Thị Hiên' },
      { code: '000.24.35.H23-230306-0010', ended_at: '01/03/2023', returned_at: '' },
    ),
  )
  const table = readTable(file, {})
  const report = walkRegister(installation, table, { acceptChanges: false })
  const id = insertImport(db, {
    sha256: sha256Of(file),
    name: 'sổ theo dõi hồ sơ tháng 3 năm 2023 của xã Ngọc Kỳ.csv',
    bytes: file.length,
    uploadedAt: clock.now(),
    uploadedBy: officerAs(installation, DISTRICT_HEAD).officerId,
    options: '{}',
    acceptChanges: 0,
    status: 'uploaded',
  })
  const read = { ...report, sample: sampleOf(table, report.problems) }
  endImport(db, id, 'checked', JSON.stringify(read), clock.now())
  return id
}

/** Username of somebody with a post that ended, two that hold, and an open session. */
function personWithPosts(installation: TestInstallation): string {
  const username = 'nguyen.thi.minh.nguyet'
  person(installation, username, 'Nguyễn Thị Minh Nguyệt', {
    posts: [
      { unit: 'xa-quang-phuc', role: 'officer', to: '2022-12-31' },
      { unit: 'xa-ngoc-ky', role: 'counter', from: '2023-01-01' },
      { unit: 'huyen-tu-ky', role: 'supervisor', from: '2023-02-01' },
    ],
    roles: ['auditor'],
  })
  const { id } = findAccountByName(installation.db, username)!
  openSession(installation, id, { browser: 'Chrome trên Linux', address: '127.0.0.1', complete: true })
  return username
}

/** Username of a program with a token in use and one whose days are over. */
function clientWithTokens(installation: TestInstallation): string {
  const username = 'cong.dich.vu.cong.tinh'
  person(installation, username, 'Cổng dịch vụ công tỉnh Hải Dương', {
    kind: 'client',
    posts: [{ unit: 'huyen-tu-ky', role: 'client' }],
  })
  const scopes = ['dossiers_read', 'exchange', 'imports']
  const issue = (label: string, days: number) =>
    issueToken(installation, SYSTEM_OPERATOR, username, { label, scopes, days })
  issue('Máy chủ đồng bộ ở trung tâm dữ liệu tỉnh', 180)
  const { clock } = installation
  const now = clock.now()
  clock.set(now - 10 * DAY_MS)
  issue('Thử kết nối', 7)
  clock.set(now)
  return username
}

const DAY_MS = 24 * 60 * 60_000
