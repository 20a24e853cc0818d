import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { groupCommit } from '../../db/group-commit.ts'
import type { Db } from '../../db/open.ts'
import { findDocument } from '../../db/queries/documents.ts'
import { findImport } from '../../db/queries/imports.ts'
import { addAttachments, sentFile } from '../../src/attachments/add-attachments.ts'
import { catalogueOf } from '../../src/catalogue/catalogue.ts'
import { closeDay, reopenDay } from '../../src/day-close/close-day.ts'
import { issueDay } from '../../src/day-close/issue-day.ts'
import { SYSTEM_ACTOR } from '../../src/deps.ts'
import { storedAs } from '../../src/documents/document-store.ts'
import { parseInstant } from '../../src/domain/calendar/day.ts'
import { correctDossier } from '../../src/dossiers/correct-dossier.ts'
import { issueDossierPaper } from '../../src/dossiers/dossier-papers.ts'
import { runImport } from '../../src/imports/run-import.ts'
import { importDirOf } from '../../src/imports/stored-file.ts'
import { uploadRegister } from '../../src/imports/upload-register.ts'
import { closeRegister } from '../../src/register/close-register.ts'
import { printRegister } from '../../src/register/print-register.ts'
import { registerOf } from '../../src/register/stored-book.ts'
import { HEAD } from '../support/desk.ts'
import { byCode, bytesOnDisk, erasing, KIN } from '../support/erasing.ts'
import { asOfficer } from '../support/posts.ts'
import { refused } from '../support/refused.ts'
import { csvOf } from '../support/register-file.ts'

const OPERATOR = { officerId: null, role: 'operator' } as const

/** The run dies where it would write this. */
function dyingAt(db: Db, when: string, work: () => unknown): void {
  db.exec(`CREATE TEMP TRIGGER dies BEFORE ${when} BEGIN SELECT raise(ABORT, 'died here'); END`)
  assert.throws(work, /died here/)
  db.exec('DROP TRIGGER temp.dies')
}

test('what a run leaves that dies after its last dossier, the next one finishes: registers, papers, attached files, uploads', async () => {
  const { installation, db, log, end, erase, later } = erasing()
  const { documentsDir, attachmentsDir } = installation.folders
  const writer = groupCommit(db)
  const clerk = asOfficer(installation, 'xa-ngoc-ky.mot-cua-1')
  const dossier = end(log())
  const paper = await issueDossierPaper(installation, writer, clerk, dossier, { kind: 'receipt-slip' })
  const attached = db
    .transaction(() =>
      addAttachments(installation, clerk, dossier, [
        sentFile(installation, 'a.pdf', Buffer.from('%PDF-1.7\nảnh')),
      ]),
    )
    .immediate()[0]!
  later()
  const register = registerOf(installation, '2023', 'xa-ngoc-ky')
  db.transaction(() => closeRegister(installation, OPERATOR, register)).immediate()
  await printRegister(installation, '2023|xa-ngoc-ky')
  const book = findDocument(db, 'register-book', '2023|xa-ngoc-ky|1')!
  const csv = csvOf({ code: dossier.code!, applicant: KIN.name, accepted_at: 'hôm qua' })
  const file = { name: 'so.csv', bytes: Buffer.from(csv), options: {} }
  const upload = db.transaction(() => uploadRegister(installation, SYSTEM_ACTOR, file)).immediate()
  runImport(installation, upload.id)
  const files = [
    join(documentsDir, storedAs(paper.sha256)),
    join(documentsDir, storedAs(book.sha256)),
    join(attachmentsDir, storedAs(attached.sha256)),
    join(importDirOf(db), upload.sha256),
  ]
  assert.ok(files.every((each) => existsSync(each)))

  dyingAt(db, 'INSERT ON audit_entries WHEN NEW.dossier_id IS NULL', () => erase(byCode(dossier)))
  refused('erasure_nobody_left', () => erase(byCode(dossier)))
  assert.deepEqual(
    files.filter((each) => existsSync(each)),
    [],
  )
  assert.ok(!findImport(db, upload.id)!.report!.includes(KIN.name))
  for (const word of [KIN.name, 'bui thi kin', KIN.address])
    assert.ok(!bytesOnDisk(installation).includes(word), `“${word}” is still on the disk`)
  installation.close()
})

test('a dry run foresees the register of the year that goes with its last dossier', async () => {
  const { installation, db, log, end, erase, later } = erasing()
  const dossier = end(log())
  later()
  const register = registerOf(installation, '2023', 'xa-ngoc-ky')
  db.transaction(() => closeRegister(installation, OPERATOR, register)).immediate()
  await printRegister(installation, '2023|xa-ngoc-ky')
  const would = erase(byCode(dossier), true)
  assert.equal(would.documents, 1)
  assert.deepEqual(erase(byCode(dossier)), would)
  installation.close()
})

test('a register of the day goes in every version with whom an earlier one named', async () => {
  const { installation, db, desk, log, erase, later } = erasing()
  const writer = groupCommit(db)
  const unit = catalogueOf(db).unitByKey.get('xa-ngoc-ky')!
  const dossier = log({ at: '2023-03-08T08:00' })
  const close = async () => {
    const day = { unit, day: '2023-03-08', counting: {}, cashNote: '', early: true }
    const closed = db.transaction(() => closeDay(installation, OPERATOR, day)).immediate()
    return issueDay(installation, writer, OPERATOR, unit, closed)
  }
  const first = await close()
  installation.at('2023-03-08T11:30')
  db.transaction(() => {
    reopenDay(installation, HEAD, unit, '2023-03-08', 'Ghi nhầm ngày')
    correctDossier(installation, HEAD, dossier.id, {
      acceptedAt: parseInstant('2023-03-07T08:00'),
      reason: 'Ghi nhầm ngày',
    })
  }).immediate()
  const second = await close()
  assert.equal(second.version, 2)
  installation.at('2023-03-09T11:00')
  desk.act(dossier, 'finish', { at: '2023-03-09T09:00' })
  desk.act(dossier, 'return_result', { at: '2023-03-09T10:00' })
  later()
  erase(byCode(dossier))
  for (const { sha256 } of [first, second])
    assert.ok(!existsSync(join(installation.folders.documentsDir, storedAs(sha256))))
  installation.close()
})
