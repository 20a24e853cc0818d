import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { groupCommit } from '../../db/group-commit.ts'
import { openDatabase } from '../../db/open.ts'
import type { AuditEntry } from '../../db/queries/audit.ts'
import { findDocument } from '../../db/queries/documents.ts'
import { findDossierById, type StoredDossier } from '../../db/queries/dossiers.ts'
import { findImport } from '../../db/queries/imports.ts'
import { upsertSetting } from '../../db/queries/settings.ts'
import { addAttachments, sentFile } from '../../src/attachments/add-attachments.ts'
import { removeAttachment } from '../../src/attachments/remove-attachments.ts'
import { chained, NO_HASH } from '../../src/audit/record-audit.ts'
import { rootsFileIn } from '../../src/audit/roots-file.ts'
import { catalogueOf } from '../../src/catalogue/catalogue.ts'
import { enterOrAsk } from '../../src/corrections/enter-or-ask.ts'
import { closeDay } from '../../src/day-close/close-day.ts'
import { issueDay } from '../../src/day-close/issue-day.ts'
import { SYSTEM_ACTOR } from '../../src/deps.ts'
import { storedAs } from '../../src/documents/document-store.ts'
import { storedDocument } from '../../src/documents/stored-document.ts'
import { localDayOf } from '../../src/domain/calendar/day.ts'
import { parsePeriod } from '../../src/domain/calendar/periods.ts'
import { keptThrough } from '../../src/domain/retention.ts'
import { issueDossierPaper } from '../../src/dossiers/dossier-papers.ts'
import { runImport } from '../../src/imports/run-import.ts'
import { importDirOf } from '../../src/imports/stored-file.ts'
import { uploadRegister } from '../../src/imports/upload-register.ts'
import type { ErasureTarget } from '../../src/privacy/erasure-target.ts'
import { closeRegister } from '../../src/register/close-register.ts'
import { printRegister } from '../../src/register/print-register.ts'
import { registerOf } from '../../src/register/stored-book.ts'
import { closePeriod } from '../../src/reports/close-period.ts'
import { report } from '../../src/reports/report.ts'
import { verifyInstallation } from '../../src/verify.ts'
import { byCode, bytesOnDisk, erasing, KIN, OTHER } from '../support/erasing.ts'
import { textOf } from '../support/page-app.ts'
import { asOfficer } from '../support/posts.ts'
import { refused } from '../support/refused.ts'
import { csvOf } from '../support/register-file.ts'
import { runCli } from '../support/run-cli.ts'
import { serviceApp } from '../support/service-app.ts'
import type { TempInstallation } from '../support/temp-installation.ts'

const WORDS = ['Bùi Thị Kín', 'bui thi kin', 'ngõ Khuất', 'Ghi chú về người này', 'Lý do riêng']

function person({ db }: TempInstallation, id: number | null) {
  return db.prepare('SELECT * FROM persons WHERE id = ?').get(id) as Record<string, unknown>
}

function chainHolds({ db }: TempInstallation): boolean {
  const entries = db
    .prepare(
      'SELECT id, at, kind, actor_id AS actorId, dossier_id AS dossierId, data, hash FROM audit_entries ORDER BY id',
    )
    .all() as AuditEntry[]
  let before = NO_HASH
  for (const { hash, ...entry } of entries) {
    if (!hash.equals(chained(before, entry))) return false
    before = Buffer.from(hash)
  }
  return entries.length > 0
}

const problems = (installation: TempInstallation) =>
  verifyInstallation(installation.db, {
    ...installation.folders,
    rootsFile: rootsFileIn(installation.config.dataDir),
    vault: installation.vault,
  }).filter(({ problem }) => problem !== null)

const fingerprint = ({ db }: TempInstallation) => {
  const tables = db
    .prepare(`SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name`)
    .pluck()
    .all() as string[]
  const rows = tables.map((table) => [table, db.prepare(`SELECT * FROM "${table}"`).all()])
  return createHash('sha256').update(JSON.stringify(rows)).digest('hex')
}

test('a dossier is kept to the end of the year in which its term ends', () => {
  assert.equal(keptThrough('2014-03-09', 10), '2024-12-31')
  assert.equal(keptThrough('2023-12-31', 0), '2023-12-31')
})

test('erasing a dossier takes its people from the tables, the file and the store, and leaves codes, timeline and figures', async () => {
  const { installation, db, log, end, erase, later } = erasing()
  const writer = groupCommit(db)
  const open = log({ applicant: OTHER })
  const dossier = end(
    log({ note: 'Ghi chú về người này', proxy: { name: 'Bùi Văn Thay', idNumber: '036190000001' } }),
  )
  const clerk = asOfficer(installation, 'xa-ngoc-ky.mot-cua-1')
  const paper = await issueDossierPaper(installation, writer, clerk, dossier, { kind: 'receipt-slip' })
  const file = join(installation.folders.documentsDir, storedAs(paper.sha256))
  assert.ok(existsSync(file))
  installation.at('2023-03-13T06:00')
  closePeriod(installation, parsePeriod('2023-W10'))
  const week = () => {
    const asked = { period: parsePeriod('2023-W10'), by: 'unit', attribution: 'resolving' } as const
    return [
      report(installation, { ...asked, reading: 'closed' }),
      report(installation, { ...asked, reading: 'current' }),
    ]
  }
  const events = () => db.prepare('SELECT * FROM events ORDER BY id').all()
  const cells = () => db.prepare('SELECT * FROM day_cells').all()
  later()
  const before = [week(), events(), cells()]
  for (const word of WORDS) assert.ok(bytesOnDisk(installation).includes(word), word)

  const { dossiers, persons, shared, texts, documents, kept } = erase(byCode(dossier))
  assert.deepEqual([dossiers, persons, shared, documents, kept.length], [1, 2, 0, 1, 0])
  assert.ok(texts >= 2)
  const { name, erased_at: at, ...left } = person(installation, dossier.applicantId)
  assert.equal(name, 'Đã xoá theo quy định')
  assert.equal(at, installation.clock.now())
  assert.deepEqual(
    Object.values(left).filter((value) => value !== null && value !== ''),
    [dossier.applicantId],
  )
  for (const word of WORDS)
    assert.ok(!bytesOnDisk(installation).includes(word), `“${word}” is still on the disk`)
  assert.ok(bytesOnDisk(installation).includes(OTHER.name), 'others stay')
  assert.ok(!existsSync(file))
  assert.deepEqual([week(), events(), cells()], before)
  assert.deepEqual(findDossierById(db, dossier.id), dossier)
  assert.deepEqual(problems(installation), [])
  assert.ok(chainHolds(installation))
  const told = db
    .prepare(`SELECT dossier_id AS dossier, data FROM audit_entries WHERE kind = 'erased'`)
    .all() as {
    dossier: number | null
    data: string
  }[]
  assert.deepEqual(
    told.map(({ dossier: id }) => id),
    [dossier.id, null],
  )
  const { reason, persons: gone } = JSON.parse(told[1]!.data)
  assert.deepEqual([reason, gone], ['het-han', 2])

  const app = await serviceApp(installation, writer)
  const page = async (url: string) =>
    app.inject({ url, headers: { 'x-motcua-officer': 'xa-ngoc-ky.chu-tich' } })
  assert.match(
    textOf((await page(`/ho-so/${dossier.code}`)).body),
    /Đã xoá theo quy định.*đã xoá theo quy định/,
  )
  assert.match(textOf((await page('/ho-so?view=newest')).body), /Đã xoá theo quy định/)
  const opened = await page(`/ho-so/${dossier.code}/giay-to/receipt-slip.pdf?ban=1`)
  assert.equal(opened.statusCode, 404)
  assert.match(textOf(opened.body), /đã bị xoá ngày 02\/01\/2024 theo quy định/)
  assert.equal(
    (await page(`/ho-so/${dossier.code}/giay-to/receipt-slip.pdf`)).statusCode,
    409,
    'nor made anew',
  )
  assert.equal((await page(`/api/v1/dossiers?name=${encodeURIComponent(KIN.name)}`)).json().items.length, 0)
  assert.equal((await page(`/api/v1/dossiers?idNumber=${KIN.idNumber}`)).json().items.length, 0)
  assert.equal((await page(`/ho-so/${open.code}`)).statusCode, 200)
  await app.close()
  installation.close()
})

test('a person whom other dossiers still need is taken out of the erased one and stays in the others', () => {
  const { installation, log, end, erase, later } = erasing()
  const dossier = end(log())
  const open = log()
  const asProxy = log({ applicant: OTHER, proxy: KIN })
  assert.equal(dossier.applicantId, open.applicantId)
  assert.equal(dossier.applicantId, asProxy.proxyId)
  later()
  const { persons, shared } = erase(byCode(dossier))
  assert.deepEqual([persons, shared], [0, 1])
  assert.equal(person(installation, open.applicantId)['name'], KIN.name)
  const erased = findDossierById(installation.db, dossier.id)!
  assert.equal(person(installation, erased.applicantId)['name'], 'Đã xoá theo quy định')
  assert.equal(findDossierById(installation.db, open.id)!.applicantId, open.applicantId)
  assert.equal(findDossierById(installation.db, asProxy.id)!.proxyId, asProxy.proxyId)
  assert.deepEqual(problems(installation), [])
  installation.close()
})

test('with the last dossier that needs them a person goes too', () => {
  const { installation, log, end, erase, later } = erasing()
  const [first, second] = [end(log()), end(log())]
  later()
  assert.equal(erase(byCode(first)).shared, 1)
  assert.equal(erase(byCode(second)).persons, 1)
  assert.ok(person(installation, second.applicantId)['erased_at'])
  installation.close()
})

test('what has not ended, and what is within its term, is refused with the day until which it is kept', () => {
  const { installation, log, end, erase, later } = erasing()
  const [open, dossier, long] = [log(), end(log()), end(log({ procedure: '1.001193' }))]
  const error = refused('erasure_kept_through', () => erase(byCode(dossier)))
  assert.match(error.message, /31\/12\/2023/)
  later()
  refused('erasure_not_ended', () => erase(byCode(open)))
  assert.match(refused('erasure_kept_through', () => erase(byCode(long))).message, /31\/12\/2043/)
  refused('unknown_dossier', () => erase({ by: 'dossier', code: '000.24.35.H23-230306-0999' }))
  refused('erasure_unknown_person', () => erase({ by: 'person', idNumber: '036190777777' }))
  erase(byCode(dossier))
  refused('erasure_nobody_left', () => erase(byCode(dossier)))
  upsertSetting(installation.db, 'retention_years', 'nothing that makes sense')
  refused('erasure_kept_through', () => erase(byCode(long)))
  installation.close()
})

test('of a person all that may go goes, and what must be kept is named', () => {
  const { installation, log, end, erase, later } = erasing()
  const [dossier, open, long] = [end(log()), log(), end(log({ procedure: '1.001193' }))]
  later()
  const { dossiers, kept } = erase({ by: 'person', idNumber: '0361 9012 3456' })
  assert.equal(dossiers, 1)
  assert.deepEqual(
    kept.map(({ dossier: { id }, through }) => [id, through]),
    [
      [open.id, null],
      [long.id, '2043-12-31'],
    ],
  )
  assert.ok(person(installation, findDossierById(installation.db, dossier.id)!.applicantId)['erased_at'])
  installation.close()
})

test('what ended before a day goes in one run, and a second run finds nothing more', () => {
  const { installation, db, desk, log, end, erase, later } = erasing()
  const ended = Array.from({ length: 7 }, (_, n) =>
    end(log({ applicant: { ...OTHER, name: `Người ${n}`, idNumber: `03619000010${n}` } })),
  )
  desk.log({ act: 'refuse_intake', at: '2023-03-06T09:30', applicant: KIN, reason: 'Không thuộc thẩm quyền' })
  const voided = log({ applicant: { name: 'Lê Văn Huỷ' } })
  desk.act(voided, 'void', { reason: 'Lý do riêng' })
  log({ applicant: { name: 'Đỗ Văn Mở' } })
  later()
  const all: ErasureTarget = { by: 'ended_before', day: '2024-01-01' }
  assert.equal(erase({ by: 'ended_before', day: '2023-03-01' }).dossiers, 0)
  assert.equal(erase(all).dossiers, ended.length + 2)
  assert.equal(erase(all).dossiers, 0)
  const names = db.prepare('SELECT name FROM persons WHERE erased_at IS NULL').pluck().all()
  assert.deepEqual(names, ['Đỗ Văn Mở'])
  assert.deepEqual(problems(installation), [])
  assert.ok(chainHolds(installation))
  installation.close()
})

test('a dry run counts the same and changes nothing', () => {
  const { installation, log, end, erase, later } = erasing()
  const dossier = end(log({ note: 'Ghi chú về người này' }))
  later()
  const before = fingerprint(installation)
  const would = erase(byCode(dossier), true)
  assert.equal(fingerprint(installation), before)
  assert.deepEqual(erase(byCode(dossier)), would)
  assert.notEqual(fingerprint(installation), before)
  installation.close()
})

test('files attached to it go with a dossier, their names and the reasons for removing them too; those of others stay', () => {
  const { installation, db, log, end, erase, later } = erasing()
  const clerk = asOfficer(installation, 'xa-ngoc-ky.mot-cua-1')
  const [dossier, open] = [end(log()), log({ applicant: OTHER })]
  const attach = (to: StoredDossier, name: string, words: string) =>
    db
      .transaction(() => {
        const file = sentFile(installation, name, Buffer.from(`%PDF-1.7\n${words}`))
        return addAttachments(installation, clerk, to, [file])[0]!
      })
      .immediate()
  const fileOf = ({ sha256 }: { sha256: string }) =>
    join(installation.folders.attachmentsDir, storedAs(sha256))
  const own = attach(dossier, 'Ảnh chụp Bùi Thị Kín.pdf', 'Ghi chú về người này')
  const wrong = attach(dossier, 'Nhầm.pdf', 'của người khác')
  const reason = 'Lý do riêng để gỡ'
  db.transaction(() => removeAttachment(installation, clerk, dossier, { id: wrong.id, reason })).immediate()
  const shared = attach(dossier, 'Chung.pdf', 'giống nhau')
  attach(open, 'Của người kia.pdf', 'giống nhau')
  later()
  erase(byCode(dossier), true)
  assert.ok(existsSync(fileOf(own)), 'a dry run leaves the files')
  assert.ok(bytesOnDisk(installation).includes('Ảnh chụp Bùi'))
  erase(byCode(dossier))
  assert.ok(!existsSync(fileOf(own)))
  assert.ok(existsSync(fileOf(shared)), 'the other dossier has the same bytes')
  const disk = bytesOnDisk(installation)
  for (const word of [...WORDS, 'Ảnh chụp Bùi', 'Nhầm.pdf', 'Chung.pdf', reason])
    assert.ok(!disk.includes(word), `“${word}” is still on the disk`)
  assert.ok(disk.includes('Của người kia.pdf'))
  assert.deepEqual(problems(installation), [])
  installation.close()
})

test('uploaded registers with a row about somebody erased are thrown away, others stay; no old register brings them back', () => {
  const { installation, db, log, end, erase, later } = erasing()
  const dossier = end(log())
  later()
  const upload = (csv: string) => {
    const file = { name: 'so.csv', bytes: Buffer.from(csv), options: {} }
    const row = db.transaction(() => uploadRegister(installation, SYSTEM_ACTOR, file)).immediate()
    return row
  }
  const row = {
    code: dossier.code!,
    applicant: KIN.name,
    id_number: KIN.idNumber,
    address: KIN.address,
    accepted_at: '06/03/2023 09:00',
  }
  const about = upload(csvOf({ ...row, accepted_at: 'hôm qua' }))
  refused('erasure_import_runs', () => erase(byCode(dossier)))
  const others = upload(csvOf({ code: '000.24.35.H23-230306-0077', applicant: 'Lý Văn Khác' }))
  for (const { id } of [about, others]) runImport(installation, id)
  const fileOf = ({ sha256 }: { sha256: string }) => join(importDirOf(db), sha256)
  assert.ok(findImport(db, about.id)!.report!.includes(KIN.name))
  assert.equal(erase(byCode(dossier)).imports, 1)
  assert.ok(!existsSync(fileOf(about)) && existsSync(fileOf(others)))
  assert.ok(!findImport(db, about.id)!.report!.includes(KIN.name))
  assert.ok(findImport(db, others.id)!.report!.includes('Lý Văn Khác'))
  const again = upload(csvOf(row))
  runImport(installation, again.id)
  db.prepare(`UPDATE imports SET status = 'waiting', accept_changes = 1 WHERE id = ?`).run(again.id)
  runImport(installation, again.id)
  assert.equal(findImport(db, again.id)!.status, 'done')
  assert.equal(db.prepare('SELECT count(*) FROM persons WHERE name = ?').pluck().get(KIN.name), 0)
  installation.close()
})

test('requests for corrections lose their words and what they asked for; one that waited is over', () => {
  const { installation, db, log, end, erase, later } = erasing()
  const dossier = end(log())
  installation.at('2023-03-13T06:00')
  closePeriod(installation, parsePeriod('2023-W10'))
  installation.at('2023-03-13T09:00')
  const request = { channel: 'postal', reason: 'Lý do riêng của người xin' } as const
  const clerk = asOfficer(installation, 'xa-ngoc-ky.mot-cua-1')
  const asked = db
    .transaction(() => enterOrAsk(installation, clerk, { kind: 'correction', which: dossier.id, request }))
    .immediate()
  assert.ok(asked.waiting)
  later()
  assert.equal(erase(byCode(dossier)).requests, 1)
  const left = db
    .prepare('SELECT status, request, reason, decision_note AS note FROM correction_requests')
    .get()
  assert.deepEqual(left, { status: 'rejected', request: null, reason: '', note: null })
  assert.ok(!bytesOnDisk(installation).includes('Lý do riêng của người xin'))
  installation.close()
})

test('a printed book of the year stays while it names anybody who must be kept, and goes with the last of them', async () => {
  const { installation, db, log, end, erase, later } = erasing()
  const [first, second] = [end(log()), end(log({ applicant: OTHER }))]
  later()
  const register = registerOf(installation, '2023', 'xa-ngoc-ky')
  db.transaction(() =>
    closeRegister(installation, { officerId: null, role: 'operator' }, register),
  ).immediate()
  await printRegister(installation, '2023|xa-ngoc-ky')
  const book = () => findDocument(db, 'register-book', '2023|xa-ngoc-ky|1')!
  const bytes = join(installation.folders.documentsDir, storedAs(book().sha256))
  assert.deepEqual(erase(byCode(first)).books, ['2023 xa-ngoc-ky 1'])
  assert.ok(existsSync(bytes))
  const { books, documents } = erase(byCode(second))
  assert.deepEqual([books, documents], [[], 1])
  assert.ok(!existsSync(bytes))
  refused('document_erased', () => storedDocument(installation, book()))
  assert.deepEqual(problems(installation), [])
  installation.close()
})

test('messages to the citizen lose address and words, and none that waits is sent; the register of the day goes with its last', async () => {
  const { installation, db, log, end, erase, later } = erasing()
  const dossier = end(log())
  const said = installation.vault.seal('Kính gửi Bùi Thị Kín')
  for (const status of ['held', 'sent'])
    db.prepare(
      `INSERT INTO messages (dossier_id, template, channel, to_sealed, text_sealed, dossier_version, created_at, send_at, status, attempts)
         VALUES (?, 'received', 'sms', ?, ?, 1, 0, 0, ?, 0)`,
    ).run(dossier.id, said, said, status)
  const unit = catalogueOf(db).unitByKey.get('xa-ngoc-ky')!
  const day = localDayOf(installation.clock.now())
  const actor = { officerId: null, role: 'operator' } as const
  const close = db
    .transaction(() => closeDay(installation, actor, { unit, day, counting: {}, cashNote: '', early: true }))
    .immediate()
  const document = await issueDay(installation, groupCommit(db), actor, unit, close)
  const bytes = join(installation.folders.documentsDir, storedAs(document.sha256))
  assert.ok(existsSync(bytes))
  later()
  erase(byCode(dossier))
  assert.ok(!existsSync(bytes))
  const rows = db.prepare('SELECT status, to_sealed, text_sealed FROM messages ORDER BY id').raw().all()
  assert.deepEqual(rows, [
    ['stopped', null, null],
    ['sent', null, null],
  ])
  assert.deepEqual(problems(installation), [])
  installation.close()
})

test('no byte of the database keeps a rare word of a name, be it erased or corrected before', () => {
  const { installation, db, log, end, erase, later } = erasing()
  const { databaseFile } = installation.config
  const others = (from: number) => {
    for (let n = from; n < from + 20; n += 1) log({ applicant: { name: `Trần Văn Số ${n}` } })
  }
  others(0)
  const dossier = end(log({ applicant: { ...KIN, name: 'Bùi Thị Hoqzwvkm' } }))
  others(20)
  db.prepare(`UPDATE persons SET name = ?, name_folded = ? WHERE id = ?`).run(
    ...['Bùi Thị Hoqzwvka', 'bui thi hoqzwvka', dossier.applicantId],
  )
  others(40)
  // An index keeps of a word what the one before it does not have: its end is looked for.
  const holds = (word: string) =>
    [databaseFile, `${databaseFile}-wal`].some(
      (file) => existsSync(file) && readFileSync(file).includes(word),
    )
  assert.ok(holds('qzwvka') && holds('qzwvkm'))
  later()
  assert.equal(erase(byCode(dossier)).isInLog, false)
  assert.ok(!holds('qzwv'))
  assert.equal(
    db.prepare(`SELECT count(*) FROM persons_words WHERE persons_words MATCH 'tran'`).pluck().get(),
    60,
  )
  installation.close()
})

test('where somebody reads the log of writes, it is told that what was erased stands there still', () => {
  const { installation, db, log, end, erase, later } = erasing()
  const dossier = end(log())
  later()
  const reader = openDatabase(installation.config.databaseFile, { busyTimeoutMs: 0, readOnly: true })
  reader.exec('BEGIN')
  reader.prepare('SELECT count(*) FROM persons').get()
  db.pragma('busy_timeout = 0')
  assert.ok(erase(byCode(dossier)).isInLog)
  reader.exec('COMMIT')
  assert.equal(erase({ by: 'ended_before', day: '2024-01-01' }).isInLog, false)
  reader.close()
  installation.close()
})

test('what was done once for other things than the dossier is not done again because it was erased', () => {
  const { installation, db, log, end, erase, later } = erasing()
  const dossier = end(log())
  later()
  db.prepare(
    `INSERT INTO idempotency_keys (actor_id, operation, key, request_hash, outcome, created_at)
       VALUES (0, 'decide_calendar', 'k', 'h', json_object('id', ?), 0)`,
  ).run(dossier.id)
  erase(byCode(dossier))
  assert.equal(db.prepare('SELECT count(*) FROM idempotency_keys').pluck().get(), 1)
  installation.close()
})

test('the command erases, tells what it did and what it kept, and refuses with the reason; an export is told to the audit', async () => {
  const { installation, db, log, end } = erasing()
  const [dossier, open] = [end(log()), log({ applicant: OTHER })]
  const erase = (...args: string[]) =>
    runCli(['personal-data', 'erase', ...args], { env: installation.env, input: KIN.idNumber })
  const file = join(installation.config.dataDir, 'so.csv')
  const exported = await runCli(['export', file, '--unit', 'xa-ngoc-ky', '--with-numbers'], {
    env: installation.env,
  })
  assert.equal(exported.code, 0, exported.err)
  const told = JSON.parse(
    db.prepare(`SELECT data FROM audit_entries WHERE kind = 'exported'`).pluck().get() as string,
  ) as Record<string, unknown>
  assert.deepEqual([told['rows'], told['format'], told['numbers']], [2, 'csv', true])
  assert.equal((await erase('--dossier', dossier.code!)).code, 2, 'a reason is needed')
  assert.equal((await erase('--dossier', dossier.code!, '--reason', 'vì thế')).code, 2)
  assert.equal((await erase('--dossier', dossier.code!, '--ended-before', '2024-01-01')).code, 2)
  const refusal = await erase('--dossier', open.code!, '--reason', 'theo-yeu-cau')
  assert.equal(refusal.code, 1)
  assert.match(refusal.err, /chưa kết thúc/)
  const dry = await erase('--ended-before', '2024-01-01', '--dry-run')
  assert.match(dry.err, /Sẽ xoá dữ liệu cá nhân của 1 hồ sơ.*Chưa xoá gì/s)
  const done = await erase('--person-id-number', '-', '--reason', 'theo-yeu-cau')
  assert.equal(done.code, 0, done.err)
  assert.match(done.err, /Đã xoá dữ liệu cá nhân của 1 hồ sơ: 1 người/)
  assert.ok(!done.err.includes(KIN.name) && !done.err.includes(KIN.idNumber))
  assert.equal((await runCli(['verify'], { env: installation.env })).code, 0)
  installation.close()
})
