import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { groupCommit, type Writer } from '../../db/group-commit.ts'
import { attachmentsOf } from '../../db/queries/attachments.ts'
import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { upsertSetting } from '../../db/queries/settings.ts'
import { sentFile } from '../../src/attachments/add-attachments.ts'
import { cleanName } from '../../src/attachments/clean-name.ts'
import { mediaTypeOf } from '../../src/attachments/media-type.ts'
import { forgetBytes, removeAttachmentsOf } from '../../src/attachments/remove-attachments.ts'
import { storeAttachments } from '../../src/attachments/store-attachments.ts'
import { sweepAttachments } from '../../src/attachments/sweep-attachments.ts'
import { rootsFileIn } from '../../src/audit/roots-file.ts'
import { copyBackups } from '../../src/backup/copy-backups.ts'
import { storedAs, storedHashes } from '../../src/documents/document-store.ts'
import { dossierHref } from '../../src/dossiers/dossier-table.ts'
import { verifyInstallation } from '../../src/verify.ts'
import { deskOf } from '../support/desk.ts'
import { textOf } from '../support/page-app.ts'
import { asOfficer } from '../support/posts.ts'
import { serviceApp } from '../support/service-app.ts'
import { type TempInstallation, tempInstallation } from '../support/temp-installation.ts'

const COUNTER = 'xa-ngoc-ky.mot-cua-1'
const PDF = Buffer.from('%PDF-1.7\nmột trang\n%%EOF')
const PNG = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.from('ảnh')])
const JPEG = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from('ảnh khác')])
const HTML = Buffer.from('<!doctype html><script>alert(1)</script>')

let installation: TempInstallation
let app: FastifyInstance
let desk: ReturnType<typeof deskOf>

before(async () => {
  installation = tempInstallation('2023-03-07T08:00')
  app = await serviceApp(installation)
  desk = deskOf(installation)
})
after(async () => {
  await app.close()
  installation.close()
})

type File = readonly [name: string, content: Buffer]

async function upload(dossier: StoredDossier, files: readonly File[], officer = COUNTER, once = '') {
  const boundary = 'x-motcua-boundary'
  const part = (head: string, content: Buffer) =>
    Buffer.concat([
      Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; ${head}\r\n\r\n`),
      content,
      Buffer.from('\r\n'),
    ])
  const payload = Buffer.concat([
    part('name="once"', Buffer.from(once)),
    ...files.map(([name, content]) =>
      part(`name="files"; filename="${name}"\r\nContent-Type: application/pdf`, content),
    ),
    Buffer.from(`--${boundary}--\r\n`),
  ])
  return app.inject({
    method: 'POST',
    url: `${dossierHref(dossier)}/tep`,
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}`, 'x-motcua-officer': officer },
    payload,
  })
}

const get = (url: string, officer = COUNTER) => app.inject({ url, headers: { 'x-motcua-officer': officer } })
const remove = (dossier: StoredDossier, id: number, reason: string) =>
  app.inject({
    method: 'POST',
    url: `${dossierHref(dossier)}/tep/${id}/go`,
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-motcua-officer': COUNTER },
    payload: new URLSearchParams({ reason }).toString(),
  })
const rows = ({ id }: StoredDossier) => attachmentsOf(installation.db, id)
const folder = () => installation.config.attachmentsDir
const audited = ({ id }: StoredDossier) =>
  installation.db
    .prepare(
      `SELECT data FROM audit_entries WHERE kind = 'attachment_changed' AND dossier_id = ? ORDER BY id`,
    )
    .pluck()
    .all(id)
    .map((data) => JSON.parse(data as string))

test('several files are attached at once, shown with size, moment and officer, and served as they were sent', async () => {
  const dossier = desk.log()
  const done = await upload(dossier, [
    ['Giấy chứng sinh.pdf', PDF],
    ['ảnh.png', PNG],
    ['ảnh 2.JPEG', JPEG],
  ])
  assert.equal(done.statusCode, 303, textOf(done.body))
  assert.deepEqual(
    rows(dossier).map(({ name, mediaType }) => [name, mediaType]),
    [
      ['Giấy chứng sinh.pdf', 'application/pdf'],
      ['ảnh.png', 'image/png'],
      ['ảnh 2.jpg', 'image/jpeg'],
    ],
  )
  const text = textOf((await get(dossierHref(dossier))).body)
  const name = installation.db.prepare('SELECT name FROM officers WHERE key = ?').pluck().get(COUNTER)
  assert.ok(text.includes(`Giấy chứng sinh.pdf 1 KiB · 07/03 08:00 · ${name}`), text)
  for (const [index, bytes] of [PDF, PNG, JPEG].entries()) {
    const shown = await get(`${dossierHref(dossier)}/tep/${rows(dossier)[index]!.id}`)
    assert.ok(shown.rawPayload.equals(bytes))
  }
  assert.deepEqual(audited(dossier)[0], {
    change: 'added',
    attachment: rows(dossier)[0]!.id,
    mediaType: 'application/pdf',
    bytes: PDF.length,
  })
})

test('a file is served so that nothing in it runs, under its own name', async () => {
  const dossier = desk.log()
  await upload(dossier, [[`Đơn 'x"; a\\b.pdf`, PDF]])
  const { id } = rows(dossier)[0]!
  const { headers } = await get(`${dossierHref(dossier)}/tep/${id}`)
  assert.match(headers['content-security-policy'] as string, /default-src 'none';.*\bsandbox$/)
  assert.equal(headers['x-content-type-options'], 'nosniff')
  assert.equal(headers['content-type'], 'application/pdf')
  assert.equal(headers['cache-control'], 'no-store')
  assert.match(
    headers['content-disposition'] as string,
    /^inline; filename="[\w. -]+\.pdf"; filename\*=UTF-8''[\w.%-]+$/,
  )
  const kept = await get(`${dossierHref(dossier)}/tep/${id}?tai=1`)
  assert.match(kept.headers['content-disposition'] as string, /^attachment; /)
})

test('what a file is, is told by its content: a page or program in the name of a picture is refused whole', async () => {
  const dossier = desk.log()
  for (const [name, content] of [
    ['anh.png', HTML],
    ['don.pdf', Buffer.from('MZ\x90\x00 %PDF-1.7')],
    ['anh.jpg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
  ] as const) {
    const { statusCode, body } = await upload(dossier, [
      ['tot.pdf', PDF],
      [name, content],
    ])
    assert.equal(statusCode, 422)
    assert.match(textOf(body), new RegExp(`Tệp “${name}” không phải PDF, JPEG hay PNG`))
  }
  assert.equal(rows(dossier).length, 0)
  assert.deepEqual([PDF, PNG, JPEG, HTML].map(mediaTypeOf), [
    'application/pdf',
    'image/png',
    'image/jpeg',
    null,
  ])
})

test('a file that is too large, an empty one and too many at once are refused, in words that say what to do', async () => {
  const dossier = desk.log()
  upsertSetting(installation.db, 'attachment_max_mib', 1)
  const large = Buffer.concat([PDF, Buffer.alloc(1024 * 1024)])
  const refusals = [
    [[['to.pdf', large]], /“to.pdf” lớn quá 1 MiB/],
    [[['rong.pdf', Buffer.alloc(0)]], /Tệp trống/],
    [[], /Tệp trống/],
    [Array.from({ length: 11 }, (_, n): File => [`${n}.pdf`, PDF]), /nhiều nhất 10 tệp/],
  ] as const
  for (const [files, sentence] of refusals) {
    const { statusCode, body } = await upload(dossier, files)
    assert.equal(statusCode, 422)
    assert.match(textOf(body), sentence)
  }
  upsertSetting(installation.db, 'attachment_max_mib', null)
  assert.equal(rows(dossier).length, 0)
})

test('no name leads out of the folder, hides its direction or breaks a header', async () => {
  assert.equal(cleanName('../../../etc/passwd', 'application/pdf'), 'passwd.pdf')
  assert.equal(cleanName('..\\..\\Windows\\giấy tờ.exe', 'application/pdf'), 'giấy tờ.pdf')
  assert.equal(cleanName('anh\u202egnp.exe', 'image/png'), 'anhgnp.png')
  assert.equal(cleanName('a\r\nSet-Cookie: x.pdf', 'application/pdf'), 'aSet-Cookie x.pdf')
  assert.equal(cleanName('...', 'image/jpeg'), 'tep-dinh-kem.jpg')
  assert.equal(cleanName('x'.repeat(500), 'image/png'), `${'x'.repeat(120)}.png`)
  const dossier = desk.log()
  await upload(dossier, [['../../../../tmp/motcua-escaped.pdf', PDF]])
  assert.equal(rows(dossier)[0]!.name, 'motcua-escaped.pdf')
  assert.deepEqual(
    readdirSync(folder()).filter((name) => !/^[0-9a-f]{2}$/.test(name)),
    [],
  )
  assert.ok(!existsSync('/tmp/motcua-escaped.pdf'))
})

test('a file is removed with a reason; its row stays, its bytes only while another dossier has them', async () => {
  const [one, two] = [desk.log(), desk.log()]
  const bytes = Buffer.concat([PDF, Buffer.from('chung')])
  await upload(one, [['a.pdf', bytes]])
  await upload(two, [['b.pdf', bytes]])
  const [first, second] = [rows(one)[0]!, rows(two)[0]!]
  const file = join(folder(), storedAs(first.sha256))
  assert.equal((await remove(one, first.id, '')).statusCode, 422)
  assert.equal((await remove(two, first.id, 'nhầm')).statusCode, 422)
  assert.equal((await remove(one, first.id, 'Quét nhầm trang')).statusCode, 303)
  assert.ok(existsSync(file))
  const page = await get(dossierHref(one))
  assert.match(textOf(page.body), /Đã gỡ 1 tệp a\.pdf Lý do: Quét nhầm trang/)
  assert.equal((await get(`${dossierHref(one)}/tep/${first.id}`)).statusCode, 404)
  await remove(two, second.id, 'Quét nhầm trang')
  assert.ok(!existsSync(file))
  assert.deepEqual(audited(one).at(-1), { change: 'removed', attachment: first.id })
})

test('files sent twice under one key are attached once; what is refused leaves no bytes', async () => {
  const dossier = desk.log()
  const bytes = Buffer.concat([PDF, Buffer.from('một lần')])
  for (let time = 0; time < 2; time += 1) await upload(dossier, [['a.pdf', bytes]], COUNTER, 'khoa-1')
  assert.equal(rows(dossier).length, 1)
  const before = storedHashes(folder()).length
  const elsewhere = await upload(dossier, [['a.pdf', Buffer.concat([bytes, bytes])]], COUNTER, 'khoa-1')
  assert.equal(elsewhere.statusCode, 422)
  assert.equal(storedHashes(folder()).length, before)
})

test('only who works on the dossier attaches; who does not handle it opens no file, but may see that it is there', async () => {
  const dossier = desk.log()
  await upload(dossier, [['a.pdf', PDF]])
  const url = `${dossierHref(dossier)}/tep/${rows(dossier)[0]!.id}`
  assert.equal((await get(url, 'xa-tai-son.mot-cua-1')).statusCode, 403)
  assert.equal((await get(url, 'huyen-tu-ky.giam-sat')).statusCode, 403)
  const read = await get(dossierHref(dossier), 'huyen-tu-ky.giam-sat')
  assert.match(textOf(read.body), /a\.pdf .*Nội dung tệp chỉ mở được với người xử lý hồ sơ/s)
  assert.ok(!read.body.includes(`${url}"`))
  assert.equal((await upload(dossier, [['b.pdf', PDF]], 'huyen-tu-ky.giam-sat')).statusCode, 403)
  assert.equal((await upload(dossier, [['b.pdf', PDF]], 'xa-tai-son.mot-cua-1')).statusCode, 403)
  const other = desk.log()
  assert.equal((await get(url.replace(dossier.code!, other.code!))).statusCode, 404)
  desk.act(other, 'void')
  assert.equal((await upload(other, [['b.pdf', PDF]])).statusCode, 422)
})

test('each opening of a file is told to the audit before the file is sent', async () => {
  const dossier = desk.log()
  await upload(dossier, [['CCCD.png', PNG]])
  const { id } = rows(dossier)[0]!
  const told = () =>
    installation.db
      .prepare(`SELECT data FROM audit_entries WHERE kind = 'person_read' AND dossier_id = ?`)
      .pluck()
      .all(dossier.id)
  assert.deepEqual(told(), [])
  await get(`${dossierHref(dossier)}/tep/${id}`)
  await get(`/api/v1/dossiers/${dossier.code}/attachments/${id}`)
  assert.deepEqual(
    told().map((data) => JSON.parse(data as string)),
    [{ attachment: id }, { attachment: id }],
  )
})

test('programs list, attach and fetch files, too', async () => {
  const dossier = desk.log()
  const url = `/api/v1/dossiers/${dossier.code}/attachments`
  const headers = { 'x-motcua-officer': COUNTER, 'content-type': 'application/pdf' }
  const add = (payload: Buffer, type = 'application/pdf') =>
    app.inject({
      method: 'POST',
      url: `${url}?name=${encodeURIComponent('Đơn.pdf')}`,
      headers: { ...headers, 'content-type': type, 'idempotency-key': `k${payload.length}` },
      payload,
    })
  const added = await add(PDF)
  assert.equal(added.statusCode, 201, added.body)
  assert.equal((await add(PDF)).json().id, added.json().id)
  assert.equal((await add(HTML)).json().code, 'attachment_kind')
  assert.equal((await add(PDF, 'multipart/form-data; boundary=x')).statusCode, 415)
  const { items } = (await get(url)).json()
  assert.deepEqual(items, [added.json()])
  assert.equal(items[0].addedBy, COUNTER)
  const file = await get(added.headers.location as string)
  assert.ok(file.rawPayload.equals(PDF))
  assert.match(file.headers['content-disposition'] as string, /^attachment; /)
  assert.match(file.headers['content-security-policy'] as string, /sandbox/)
  assert.equal((await get(`${url}/999999`)).json().code, 'unknown_attachment')
})

test('erasing takes names and bytes of all files of a dossier, removed ones too, and of no other', async () => {
  const [dossier, other] = [desk.log(), desk.log()]
  const bytes = Buffer.concat([PDF, Buffer.from('riêng')])
  await upload(dossier, [
    ['Nguyễn Thị Đào.pdf', bytes],
    ['CCCD Đào.png', PNG],
  ])
  await upload(other, [['khac.png', PNG]])
  await remove(dossier, rows(dossier)[1]!.id, 'thừa')
  const hashes = installation.db.transaction(() => removeAttachmentsOf(installation, dossier.id)).immediate()
  forgetBytes(installation, hashes)
  assert.deepEqual(
    rows(dossier).map(({ name, removedAt }) => [name, removedAt !== null]),
    [
      ['đã xóa', true],
      ['đã xóa', true],
    ],
  )
  assert.ok(!existsSync(join(folder(), storedAs(rows(dossier)[0]!.sha256))))
  assert.equal((await get(`${dossierHref(other)}/tep/${rows(other)[0]!.id}`)).statusCode, 200)
  assert.deepEqual(audited(dossier).at(-1), { change: 'erased', attachments: 2 })
  installation.db
    .prepare('UPDATE persons SET erased_at = ? WHERE id = ?')
    .run(installation.clock.now(), dossier.applicantId)
  const late = await upload(dossier, [['them.pdf', PDF]])
  assert.equal(late.statusCode, 422)
  assert.match(textOf(late.body), /đã được xoá theo quy định nên không lập giấy tờ, không đính kèm tệp/)
})

test('verification finds a file that is missing or was changed', async () => {
  const dossier = desk.log()
  await upload(dossier, [['a.pdf', Buffer.concat([PDF, Buffer.from('kiểm')])]])
  const file = join(folder(), storedAs(rows(dossier)[0]!.sha256))
  const rootsFile = rootsFileIn(installation.config.dataDir)
  const finding = () =>
    verifyInstallation(installation.db, { ...installation.config, rootsFile, vault: null }).find(
      ({ check }) => check === 'attachments',
    )
  assert.deepEqual(finding(), { check: 'attachments', label: 'Tệp đính kèm còn nguyên', problem: null })
  const bytes = readFileSync(file)
  writeFileSync(file, 'khác')
  assert.match(finding()?.problem ?? '', /attachments\/[0-9a-f]{2}\/[0-9a-f]{64} đã bị thay đổi/)
  assert.equal((await get(`${dossierHref(dossier)}/tep/${rows(dossier)[0]!.id}`)).statusCode, 503)
  writeFileSync(file, bytes)
})

test('the second place gets the files, and gives a removed one up after five weeks', async () => {
  const dossier = desk.log()
  await upload(dossier, [['a.pdf', Buffer.concat([PDF, Buffer.from('chép')])]])
  const [row] = rows(dossier)
  const to = join(installation.config.dataDir, '..', 'second')
  const there = join(to, 'attachments', storedAs(row!.sha256))
  const copy = async () => {
    mkdirSync(to, { recursive: true })
    mkdirSync(installation.config.backupDir, { recursive: true })
    await copyBackups(installation, installation.config, to)
  }
  await copy()
  assert.ok(existsSync(there))
  await remove(dossier, row!.id, 'thừa')
  installation.at('2023-04-10T08:00')
  await copy()
  assert.ok(existsSync(there))
  installation.at('2023-04-12T08:00')
  await copy()
  assert.ok(!existsSync(there))
  installation.at('2023-03-07T08:00')
})

test('what an upload that broke off left behind goes after a day, what is attached stays', async () => {
  const dossier = desk.log()
  await upload(dossier, [['a.pdf', Buffer.concat([PDF, Buffer.from('quét')])]])
  const attached = join(folder(), storedAs(rows(dossier)[0]!.sha256))
  const orphan = join(folder(), storedAs(`${rows(dossier)[0]!.sha256.slice(0, 2)}${'0'.repeat(62)}`))
  writeFileSync(orphan, 'x')
  sweepAttachments(installation, folder())
  assert.ok(existsSync(orphan))
  for (const file of [orphan, attached]) utimesSync(file, 0, 0)
  sweepAttachments(installation, folder())
  assert.deepEqual([existsSync(orphan), existsSync(attached)], [false, true])
})

test('a dossier that was voided while a file was on its way gets neither the file nor its bytes', async () => {
  const dossier = desk.log()
  const actor = asOfficer(installation, COUNTER)
  const inBetween = groupCommit(installation.db)
  const writer: Writer = {
    ...inBetween,
    write: (work) => {
      desk.act(dossier, 'void')
      return inBetween.write(work)
    },
  }
  const bytes = Buffer.from('%PDF-1.7\ntrên đường')
  const files = [sentFile(installation, 'a.pdf', bytes)]
  const stored = storeAttachments({ deps: installation, writer }, actor, dossier, { files, key: undefined })
  await assert.rejects(stored, { code: 'voided_dossier' })
  assert.deepEqual(rows(dossier), [])
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  assert.ok(!storedHashes(folder()).includes(sha256))
})
