import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { groupCommit } from '../../db/group-commit.ts'
import { type DocumentRow, documentsOf } from '../../db/queries/documents.ts'
import { findDossierById, type StoredDossier } from '../../db/queries/dossiers.ts'
import { keepBytes, readBytes, storedAs } from '../../src/documents/document-store.ts'
import { storedDocument } from '../../src/documents/stored-document.ts'
import { changedDocument } from '../../src/documents/verify-documents.ts'
import { issueDossierPaper, issuedVersion } from '../../src/dossiers/dossier-papers.ts'
import { COUNTER, deskOf, HEAD } from '../support/desk.ts'
import { pdfText } from '../support/pdf.ts'
import { refused, refusedLater } from '../support/refused.ts'
import { type TestInstallation, testInstallation } from '../support/test-installation.ts'

function shop(moment = '2023-03-06T09:00') {
  const installation = testInstallation(moment)
  const writer = groupCommit(installation.db)
  const desk = deskOf(installation)
  const again = ({ id }: { id: number }) => findDossierById(installation.db, id) as StoredDossier
  const print = (
    dossier: { id: number },
    kind: 'receipt-slip' | 'supplement-request' = 'receipt-slip',
    nth?: number,
  ) => issueDossierPaper(installation, writer, COUNTER, again(dossier), { kind, nth })
  return { installation, writer, desk, print, again }
}

const textOf = (installation: TestInstallation, row: DocumentRow) =>
  pdfText(storedDocument(installation, row))

test('printing again serves the stored bytes, however often and whoever asks', async () => {
  const { installation, desk, print } = shop()
  const dossier = desk.log()
  const first = await print(dossier)
  installation.at('2023-03-08T10:00')
  desk.act(dossier, 'transfer')
  desk.act(dossier, 'assign', { assignee: 'xa-ngoc-ky.mot-cua-1' })
  const second = await print(dossier)
  assert.deepEqual(second, first)
  assert.equal(documentsOf(installation.db, dossier.id).length, 1)
  assert.match(textOf(installation, first), /ngày 06 tháng 03 năm 2023/)
})

test('people who print at the same moment get one version', async () => {
  const { installation, desk, print } = shop()
  const dossier = desk.log()
  const rows = await Promise.all([print(dossier), print(dossier), print(dossier)])
  assert.deepEqual(new Set(rows.map(({ id }) => id)).size, 1)
  desk.act(dossier, 'amend', { quantity: 2 })
  const next = await Promise.all([print(dossier), print(dossier)])
  assert.deepEqual(
    next.map(({ version }) => version),
    [2, 2],
  )
  assert.equal(documentsOf(installation.db, dossier.id).length, 2)
})

test('what says something else is the next version; the one before is void and keeps its bytes', async () => {
  const { installation, desk, print, again } = shop()
  const dossier = desk.log()
  const first = await print(dossier)
  installation.at('2023-03-07T09:00')
  desk.act(dossier, 'request_supplement')
  installation.at('2023-03-10T09:00')
  desk.act(dossier, 'supply_supplement')
  const second = await print(dossier)
  assert.equal(second.version, 2)
  const text = textOf(installation, second)
  assert.match(text, /Bản 2, thay cho bản ngày 06\/03\/2023/)
  assert.match(text, /trả kết quả giải quyết hồ sơ: 17 giờ 00 phút, thứ Tư, ngày 15 tháng 03 năm 2023/)
  const [old] = documentsOf(installation.db, dossier.id)
  assert.deepEqual([old?.voidCause, old?.voidedAt], ['replaced', installation.clock.now()])
  const shown = issuedVersion(installation, again(dossier), { kind: 'receipt-slip' }, 1)
  assert.equal(shown.sha256, first.sha256)
  assert.match(textOf(installation, shown), /thứ Năm, ngày 09 tháng 03 năm 2023/)
  refused('unknown_document', () => issuedVersion(installation, again(dossier), { kind: 'receipt-slip' }, 3))
})

test('a dossier that changes while its paper is drawn is drawn as it is then', async () => {
  const { installation, desk, print } = shop()
  const dossier = desk.log()
  const printing = print(dossier)
  desk.act(dossier, 'amend', { quantity: 7 })
  const row = await printing
  assert.deepEqual([row.version, row.dossierVersion], [1, 2])
  assert.match(textOf(installation, row), /Số lượng hồ sơ: 7 \(bộ\)/)
  const other = desk.log()
  const voided = print(other)
  desk.as(HEAD).act(other, 'void')
  await refusedLater('voided_dossier', voided)
  assert.equal(documentsOf(installation.db, other.id).length, 0)
})

test('a slip tells where to look a dossier up where there is an address, and a new address makes no new version', async () => {
  const { installation, desk, print, again } = shop()
  const dossier = desk.log()
  const plain = textOf(installation, await print(dossier))
  assert.match(plain, /Giấy này lập thành hai liên/)
  assert.doesNotMatch(plain, /[Tt]ra cứu/)

  const open = { ...installation, publicUrl: 'https://motcua.xa-ngoc-ky.gov.vn' }
  const writer = groupCommit(installation.db)
  const kind = 'receipt-slip'
  const printed = (which: { id: number }) => issueDossierPaper(open, writer, COUNTER, again(which), { kind })
  assert.equal((await printed(dossier)).version, 1)
  const told = textOf(installation, await printed(desk.log()))
  assert.match(told, /mã QR ở trên, tại https:\/\/motcua\.xa-ngoc-ky\.gov\.vn\/tra-cuu\./)
})

test('an apology moves no promise of the receipt slip', async () => {
  const { installation, desk, print } = shop()
  const dossier = desk.log()
  const first = await print(dossier)
  installation.at('2023-03-08T09:00')
  desk.act(dossier, 'apologise', { appointmentAt: '2023-03-13T17:00' })
  assert.equal((await print(dossier)).id, first.id)
})

test('each request for more is a paper of its own, and its reprint is that of its day', async () => {
  const { installation, desk, print } = shop()
  const dossier = desk.log()
  installation.at('2023-03-06T10:00')
  desk.act(dossier, 'request_supplement', { reason: 'Thiếu tờ khai' })
  const first = await print(dossier, 'supplement-request')
  installation.at('2023-03-08T10:00')
  desk.act(dossier, 'supply_supplement')
  desk.act(dossier, 'request_supplement', { reason: 'Thiếu bản sao' })
  const second = await print(dossier, 'supplement-request')
  assert.deepEqual([first.version, second.version], [1, 1])
  assert.equal(second.subject, `${first.subject}|2`)
  assert.match(textOf(installation, second), /Thiếu bản sao/)
  assert.equal((await print(dossier, 'supplement-request', 1)).id, first.id)
  assert.ok(documentsOf(installation.db, dossier.id).every(({ voidedAt }) => voidedAt === null))
})

test('a file that is missing or was changed is refused and never made anew', async () => {
  for (const damage of ['missing', 'changed'] as const) {
    const { installation, desk, print } = shop()
    const row = await print(desk.log())
    const file = join(installation.folders.documentsDir, storedAs(row.sha256))
    if (damage === 'missing') rmSync(file)
    else appendFileSync(file, ' ')
    const error = refused('damaged_document', () => storedDocument(installation, row))
    assert.match(error.message, /phục hồi đúng tệp này từ bản sao lưu/)
    assert.ok(error.message.includes(row.sha256))
    assert.equal(existsSync(file), damage === 'changed')
    const problem = changedDocument(installation.db, installation.folders.documentsDir)
    assert.match(problem ?? '', new RegExp(`receipt-slip .* bản 1: tệp documents/.*${row.sha256}`))
  }
})

test('with a voided dossier its papers cease to hold, and none is made', async () => {
  const { installation, desk, print, again } = shop()
  const dossier = desk.log()
  const row = await print(dossier)
  desk.as(HEAD).act(dossier, 'void')
  assert.equal(documentsOf(installation.db, dossier.id)[0]?.voidCause, 'dossier_voided')
  await refusedLater('voided_dossier', print(dossier))
  const shown = issuedVersion(installation, again(dossier), { kind: 'receipt-slip' }, 1)
  assert.ok(storedDocument(installation, shown).length === row.bytes)
})

test('a paper that no act calls for is refused with the name of the paper', async () => {
  const { desk, print } = shop()
  const dossier = desk.log()
  const error = await refusedLater('nothing_to_print', print(dossier, 'supplement-request'))
  assert.match(error.message, /Phiếu yêu cầu bổ sung/)
})

test('the store names files by their SHA-256, for the owner alone, and writes over nothing whole', (t) => {
  const { folders, db } = testInstallation()
  t.after(() => db.close())
  const { documentsDir } = folders
  const bytes = Buffer.from('Giấy tiếp nhận')
  const sha256 = keepBytes(documentsDir, bytes)
  assert.equal(sha256, createHash('sha256').update(bytes).digest('hex'))
  const file = join(documentsDir, sha256.slice(0, 2), sha256)
  assert.deepEqual(readFileSync(file), bytes)
  assert.equal(statSync(file).mode & 0o777, 0o600)
  assert.deepEqual(readdirSync(join(documentsDir, sha256.slice(0, 2))), [sha256])
  const changed = Buffer.alloc(bytes.length, 'x')
  writeFileSync(file, changed)
  assert.equal(keepBytes(documentsDir, bytes), sha256)
  assert.deepEqual(readFileSync(file), changed)
  assert.equal(readBytes(documentsDir, sha256), 'changed')
  assert.equal(readBytes(documentsDir, 'ab'.repeat(32)), 'missing')
})

test('a template that does not compile leaves neither a row nor a file', async () => {
  const { installation, desk, print } = shop()
  const dossier = desk.log()
  const { documentsDir, templatesDir } = installation.folders
  mkdirSync(templatesDir, { recursive: true })
  writeFileSync(join(templatesDir, 'receipt-slip.typ'), '#khong_co')
  await refusedLater('broken_template', print(dossier))
  assert.equal(documentsOf(installation.db, dossier.id).length, 0)
  assert.equal(existsSync(documentsDir), false)
  rmSync(join(templatesDir, 'receipt-slip.typ'))
  assert.equal((await print(dossier)).version, 1)
})

test('a changed template changes no paper that was issued', async () => {
  const { installation, desk, print } = shop()
  const dossier = desk.log()
  const first = await print(dossier)
  mkdirSync(installation.folders.templatesDir, { recursive: true })
  writeFileSync(join(installation.folders.templatesDir, 'receipt-slip.typ'), 'Mẫu mới')
  assert.equal((await print(dossier)).sha256, first.sha256)
  assert.match(textOf(installation, await print(desk.log())), /Mẫu mới/)
})
