import assert from 'node:assert/strict'
import { test } from 'node:test'
import { groupCommit } from '../../db/group-commit.ts'
import { documentsOf } from '../../db/queries/documents.ts'
import { findDossierById, type StoredDossier } from '../../db/queries/dossiers.ts'
import { keepBytes } from '../../src/documents/document-store.ts'
import { shownDocument } from '../../src/documents/shown-document.ts'
import { storedDocument } from '../../src/documents/stored-document.ts'
import { issueDossierPaper } from '../../src/dossiers/dossier-papers.ts'
import { COUNTER, deskOf, HEAD } from '../support/desk.ts'
import { pdfPages, pdfShape } from '../support/pdf.ts'
import { refusedLater } from '../support/refused.ts'
import { testInstallation } from '../support/test-installation.ts'

const PAPERS = Array.from({ length: 40 }, (_, n) => ({
  name: `Giấy tờ thứ ${n + 1}: bản sao Giấy chứng nhận quyền sử dụng đất`,
  form: 'copy' as const,
  copies: 1,
  digitised: false,
}))

function shop() {
  const installation = testInstallation('2023-03-06T09:00')
  const writer = groupCommit(installation.db)
  const desk = deskOf(installation)
  const dossier = desk.log({ papers: PAPERS })
  const print = () => {
    const now = findDossierById(installation.db, dossier.id) as StoredDossier
    return issueDossierPaper(installation, writer, COUNTER, now, { kind: 'receipt-slip' })
  }
  const version = (n: number) => documentsOf(installation.db, dossier.id)[n - 1]!
  return { installation, desk, dossier, print, version }
}

test('what is in force is shown by the byte, and a replaced version with its mark on every page', async () => {
  const { installation, desk, dossier, print, version } = shop()
  const first = await print()
  assert.ok((await shownDocument(installation, first)).equals(storedDocument(installation, first)))
  installation.at('2023-03-07T09:00')
  desk.act(dossier, 'amend', { quantity: 2 })
  const second = await print()
  assert.ok((await shownDocument(installation, second)).equals(storedDocument(installation, second)))

  const stored = storedDocument(installation, version(1))
  const shown = await shownDocument(installation, version(1))
  assert.deepEqual(pdfShape(shown), pdfShape(stored))
  const pages = pdfPages(shown)
  assert.ok(pages.length >= 2)
  for (const [n, page] of pages.entries()) {
    assert.match(page, /HẾT GIÁ TRỊ: đã thay bằng bản 2 ngày 07\/03\/2023$/)
    assert.equal(
      page.match(/Giấy tờ thứ \d+/g)?.length,
      pdfPages(stored)[n]!.match(/Giấy tờ thứ \d+/g)?.length,
    )
  }
  assert.ok(!pdfPages(stored).join().includes('HẾT GIÁ TRỊ'))
  assert.ok(shown.equals(await shownDocument(installation, version(1))))
})

test('the papers of a voided dossier say that it is, and when', async () => {
  const { installation, desk, dossier, print, version } = shop()
  await print()
  installation.at('2023-03-08T09:00')
  desk.as(HEAD).act(dossier, 'void')
  const pages = pdfPages(await shownDocument(installation, version(1)))
  for (const page of pages) assert.match(page, /HẾT GIÁ TRỊ: hồ sơ đã huỷ ngày 08\/03\/2023$/)
})

test('a version that cannot be marked is not shown at all', async () => {
  const { installation, desk, dossier, print, version } = shop()
  await print()
  desk.as(HEAD).act(dossier, 'void')
  for (const bytes of ['không phải PDF', '%PDF-1.7 /Type /Pages /Count 1']) {
    const sha256 = keepBytes(installation.folders.documentsDir, Buffer.from(bytes))
    const error = await refusedLater(
      'unmarked_document',
      shownDocument(installation, { ...version(1), sha256 }),
    )
    assert.match(error.message, /Giấy tiếp nhận hồ sơ và hẹn trả kết quả.* bản 1 đã hết giá trị/)
  }
})
