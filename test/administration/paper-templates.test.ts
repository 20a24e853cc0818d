import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { entriesAfter } from '../../db/queries/audit.ts'
import { upsertSetting } from '../../db/queries/settings.ts'
import { detailsOf } from '../../src/audit/entry-details.ts'
import type { PaperData } from '../../src/paper/paper-data.ts'
import { sampleOf } from '../../src/paper/paper-templates.ts'
import { renderPaper } from '../../src/paper/render-paper.ts'
import { TEMPLATE_FILES } from '../../src/paper-templates/template-files.ts'
import { templateState, textHash } from '../../src/paper-templates/template-state.ts'
import { tryTemplate } from '../../src/paper-templates/try-template.ts'
import { formIn } from '../support/form-in.ts'
import { pageApp, textOf } from '../support/page-app.ts'
import { pdfText } from '../support/pdf.ts'
import { refusedLater } from '../support/refused.ts'
import { OFFICER } from '../support/signed-in.ts'
import { type TestInstallation, testInstallation } from '../support/test-installation.ts'

const HREF = '/quan-tri/mau-giay'
const SHIPPED = new URL('../../src/paper/templates/', import.meta.url)
const OWN = '#let d = json("data.json")\nMẫu của xã: #d.applicant.name\n'

let here: TestInstallation
let app: FastifyInstance

before(async () => {
  here = testInstallation()
  app = await pageApp(here)
})
after(() => app.close())
beforeEach(() => rmSync(here.folders.templatesDir, { recursive: true, force: true }))

const get = (url: string, officer?: string) =>
  app.inject({ url, ...(officer && { headers: { [OFFICER]: officer } }) })
const post = (url: string, fields: Readonly<Record<string, string>>) =>
  app.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(fields).toString(),
  })
const shipped = (name: string) => readFileSync(new URL(`${name}.typ`, SHIPPED), 'utf8')
const ownFile = (name: string) => join(here.folders.templatesDir, `${name}.typ`)
const openedIn = (body: string) => formIn(body, '/receipt-slip')['opened']!
const opened = async (name: string) => formIn((await get(`${HREF}/${name}`)).body, `/${name}`)['opened']!
const save = async (name: string, text: string, seen?: string) =>
  post(`${HREF}/${name}`, { text, opened: seen ?? (await opened(name)) })
/** What stands in the field: a browser drops the line end after the tag. */
const standing = (body: string) => formIn(body, '/receipt-slip')['text']!.replace(/^\n/, '')
const told = () =>
  entriesAfter(here.db, 0, 1000)
    .filter(({ kind }) => kind === 'reference_changed')
    .map(({ data }) => JSON.parse(data) as Record<string, unknown>)
    .filter(({ what }) => what === 'paper_template')

test('the list names every shipped template, and what of ours stands in for it since when', async () => {
  const names = readdirSync(SHIPPED).filter((name) => name.endsWith('.typ'))
  assert.deepEqual(TEMPLATE_FILES.map(({ name }) => `${name}.typ`).sort(), names.sort())
  const before = (await get(HREF)).body
  for (const { name, label } of TEMPLATE_FILES) {
    assert.ok(before.includes(`href="${HREF}/${name}"`), name)
    assert.ok(textOf(before).includes(label), name)
  }
  assert.doesNotMatch(before, /Mẫu của đơn vị/)
  await save('stop-notice', OWN)
  assert.match(
    textOf((await get(HREF)).body),
    /stop-notice\.typ Mẫu của đơn vị \d\d\/\d\d\/\d{4} \d\d:\d\d Sửa/,
  )
})

test('a text that was typed is shown as the shipped sample before anything is written', async () => {
  const reply = await post(`${HREF}/receipt-slip/xem-thu`, { text: OWN.replaceAll('\n', '\r\n') })
  assert.equal(reply.headers['content-type'], 'application/pdf')
  assert.equal(pdfText(reply.rawPayload).trim(), 'Mẫu của xã: Nguyễn Thị Đào')
  assert.equal(existsSync(ownFile('receipt-slip')), false)
})

test('a text that is wrong is shown with its line, comes back as typed, and is neither shown nor written', async () => {
  const wrong = '\n  #let d = json("data.json")\n#d.nguoi_nop\n\n'
  for (const path of ['/xem-thu', '']) {
    const reply = await post(`${HREF}/receipt-slip${path}`, {
      text: wrong,
      opened: await opened('receipt-slip'),
    })
    assert.equal(reply.statusCode, 409)
    assert.match(
      textOf(reply.body),
      /receipt-slip\.typ không dựng được, dòng 3: dữ liệu không có trường “nguoi_nop”/,
    )
    assert.match(reply.body, /<li value="3" class="wrong"><code>#d\.nguoi_nop<\/code>/)
    assert.equal(standing(reply.body), wrong)
    assert.equal(existsSync(ownFile('receipt-slip')), false)
  }
})

test('what is saved is in force at once, is told to the audit, and the former text is kept', async () => {
  const before = told().length
  assert.equal((await save('receipt-slip', OWN)).headers.location, `${HREF}#receipt-slip`)
  assert.equal(readFileSync(ownFile('receipt-slip'), 'utf8'), OWN)
  const slip = JSON.parse(sampleOf('receipt-slip')!) as PaperData['receipt-slip']
  const pdf = await renderPaper('receipt-slip', slip, { templatesDir: here.folders.templatesDir })
  assert.equal(pdfText(pdf).trim(), 'Mẫu của xã: Nguyễn Thị Đào')
  await save('receipt-slip', OWN)
  assert.equal(told().length, before + 1, 'nothing changed the second time')
  await save('receipt-slip', `${OWN}Hết`)
  assert.equal(told().length, before + 2)
  assert.deepEqual(detailsOf(here, told().at(-1)!), [
    'mẫu giấy',
    'Giấy tiếp nhận hồ sơ và hẹn trả kết quả',
    'dùng mẫu của đơn vị',
  ])
  const files = readdirSync(here.folders.templatesDir)
  const former = files.filter((name) => /^receipt-slip\.typ\.[0-9a-f]{8}\.cu$/.test(name))
  assert.deepEqual(
    former.map((name) => readFileSync(join(here.folders.templatesDir, name), 'utf8')),
    [OWN],
  )
  assert.equal(files.length, 2)
})

test('back to the shipped one: ours goes out of force and is kept; the shipped text typed again is the same', async () => {
  const before = told().length
  await save('receipt-slip', OWN)
  const body = { opened: await opened('receipt-slip') }
  assert.equal((await post(`${HREF}/receipt-slip/co-san`, body)).statusCode, 303)
  assert.equal(existsSync(ownFile('receipt-slip')), false)
  assert.deepEqual(
    told()
      .slice(before)
      .map(({ change }) => change),
    ['template_own', 'template_shipped'],
  )
  assert.equal(readdirSync(here.folders.templatesDir).length, 1)
  await save('receipt-slip', OWN)
  await save('receipt-slip', shipped('receipt-slip'))
  assert.equal(existsSync(ownFile('receipt-slip')), false)
})

test('of two who edit the second is told, keeps what was typed, sees what is in force and may write after that', async () => {
  const seen = await opened('receipt-slip')
  await save('receipt-slip', `${OWN}Người thứ nhất`, seen)
  const mine = `${OWN}Người thứ hai\n`
  const refusal = await save('receipt-slip', mine, seen)
  assert.equal(refusal.statusCode, 412)
  assert.match(textOf(refusal.body), /đã được đổi sau khi ông\/bà mở trang/)
  assert.ok(standing(refusal.body).includes('Người thứ hai'))
  assert.match(refusal.body, /Bản đang dùng<\/h2>[\s\S]*Người thứ nhất/)
  assert.equal((await post(`${HREF}/receipt-slip/co-san`, { opened: seen })).statusCode, 412)
  assert.equal((await save('receipt-slip', mine, openedIn(refusal.body))).statusCode, 303)
  assert.equal(readFileSync(ownFile('receipt-slip'), 'utf8'), mine)
})

test('a wrong text that is put right is still compared with what was opened first', async () => {
  const seen = await opened('receipt-slip')
  const wrong = await save('receipt-slip', '#khong-co', seen)
  await save('receipt-slip', OWN)
  assert.equal(openedIn(wrong.body), seen)
})

test('common parts are tried with every paper they are in', async () => {
  const gone = shipped('common').replace('#let scan-codes()', '#let ma-vach()')
  const refusal = await save('common', gone)
  assert.equal(refusal.statusCode, 409)
  assert.match(textOf(refusal.body), /không có tên “scan-codes”\. Tệp ấy dùng đến mẫu đang sửa/)
  const table = shipped('register-table').replace('#let', '#let them = 1\n#let')
  assert.equal((await save('register-table', table)).statusCode, 303)
  const common = shipped('common').replace('Độc lập - Tự do - Hạnh phúc', 'Độc lập – Tự do – Hạnh phúc')
  const preview = await post(`${HREF}/common/xem-thu`, { text: common })
  assert.ok(pdfText(preview.rawPayload).includes('Độc lập – Tự do – Hạnh phúc'))
})

test('a template that does not end is ended, and not the service', async () => {
  const endless = '#for a in range(1000000) { for b in range(1000000) { let c = a * b } }'
  const trial = { papers: ['receipt-slip'], templatesDir: here.folders.templatesDir } as const
  const typed = { file: 'receipt-slip.typ', text: endless }
  const refusal = await refusedLater('template_too_slow', tryTemplate({ ...trial, typed }, 1_500))
  assert.match(refusal.message, /các vòng lặp/)
})

test('nothing, too much and what reaches outside are refused in words', async () => {
  for (const [text, sentence] of [
    [' \n ', /không có chữ nào/],
    ['a'.repeat(64 * 1024 + 1), /dài quá 64 KiB/],
    ['#import "@preview/tablex:0.0.9": *', /gói tải từ Internet/],
    ['#read("/etc/passwd")', /không tìm thấy tệp/],
    ['#let f(x) = f(x)\n#f(1)', /không dựng được, dòng/],
  ] as const) {
    const refusal = await save('receipt-slip', text)
    assert.ok([409, 422].includes(refusal.statusCode))
    assert.match(textOf(refusal.body), sentence)
    assert.equal(existsSync(ownFile('receipt-slip')), false)
  }
})

test('a shipped template that is newer than the one ours was made from is said so, until ours is written again', async () => {
  await save('receipt-slip', OWN)
  assert.equal(templateState(here, 'receipt-slip').isOutdated, false)
  upsertSetting(here.db, 'paper_templates', { 'receipt-slip': 'của bản trước' })
  assert.match(textOf((await get(HREF)).body), /mẫu có sẵn mới hơn/)
  assert.match(textOf((await get(`${HREF}/receipt-slip`)).body), /Mẫu có sẵn đã đổi cùng phần mềm/)
  assert.equal((await save('receipt-slip', OWN)).statusCode, 303)
  assert.equal(templateState(here, 'receipt-slip').isOutdated, false)
  rmSync(ownFile('receipt-slip'))
  mkdirSync(here.folders.templatesDir, { recursive: true })
  writeFileSync(ownFile('apology-slip'), OWN)
  assert.equal(templateState(here, 'apology-slip').isOutdated, false, 'nobody knows what it was made from')
})

test('a folder that cannot be written leaves all as it was and the text in the field', async () => {
  await save('receipt-slip', OWN.replace('xã', 'thôn'))
  const before = told().length
  // Where the former one is to be kept lies something else.
  const former = textHash(OWN.replace('xã', 'thôn')).slice(0, 8)
  mkdirSync(`${ownFile('receipt-slip')}.${former}.cu`)
  const refusal = await save('receipt-slip', OWN)
  assert.equal(refusal.statusCode, 503)
  assert.match(textOf(refusal.body), /Không ghi được vào thư mục/)
  assert.ok(standing(refusal.body).includes('Mẫu của xã'))
  assert.equal(told().length, before)
})

test('what is in force and what is shipped can be taken home', async () => {
  await save('receipt-slip', OWN)
  const own = await get(`${HREF}/receipt-slip/tep`)
  assert.equal(own.body, OWN)
  assert.match(own.headers['content-disposition'] as string, /filename="receipt-slip\.typ"/)
  assert.equal((await get(`${HREF}/receipt-slip/tep?ban=co-san`)).body, shipped('receipt-slip'))
})

test('other names, however written, are no templates; officers may not look', async () => {
  for (const name of ['khong-co', '..%2F..%2Fmotcua', 'receipt-slip.typ', '__proto__'])
    assert.equal((await get(`${HREF}/${name}`)).statusCode, 404, name)
  assert.equal((await get(HREF, 'xa-ngoc-ky.chu-tich')).statusCode, 403)
})
