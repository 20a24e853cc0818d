import assert from 'node:assert/strict'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { findImport } from '../../db/queries/imports.ts'
import { runJob } from '../../workers/run-job.ts'
import { tick } from '../../workers/tick.ts'
import { textOf } from '../support/page-app.ts'
import { bookOf, csvOf, ENDED, OPEN } from '../support/register-file.ts'
import { serviceApp } from '../support/service-app.ts'
import { type TempInstallation, tempInstallation } from '../support/temp-installation.ts'

let installation: TempInstallation
let app: FastifyInstance

before(async () => {
  installation = tempInstallation('2023-03-20T09:00')
  app = await serviceApp(installation)
})

after(async () => {
  await app.close()
  installation.close()
})

const PATH = '/quan-tri/nhap-so'
const work = () => tick(installation, (piece) => runJob(installation, piece))
const folder = () => join(installation.config.dataDir, 'imports')
const cookie = (officer: string) => ({ 'x-motcua-officer': officer })
const dossiers = () =>
  (installation.db.prepare('SELECT count(*) AS n FROM dossiers').get() as { n: number }).n

async function upload(name: string, content: Buffer | string, headers: Record<string, string> = {}) {
  const boundary = 'x-motcua-boundary'
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: application/octet-stream\r\n\r\n`
  const payload = Buffer.concat([
    Buffer.from(head),
    Buffer.from(content),
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ])
  return app.inject({
    method: 'POST',
    url: PATH,
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}`, ...headers },
    payload,
  })
}

const post = (url: string, fields: Record<string, string>) =>
  app.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(fields).toString(),
  })
const page = async (url: string) => textOf((await app.inject(url)).body)

test('an upload is shown with its problems in their cells, corrected, and written when asked', async () => {
  const sent = await upload(
    'sổ tháng 3.csv',
    csvOf({}, { code: '000.24.35.H23-230306-0009', unit: 'Xã Ngọc Kì' }),
  )
  assert.equal(sent.statusCode, 303)
  const url = sent.headers.location as string
  const waiting = await app.inject(url)
  assert.equal(waiting.headers['refresh'], '3')
  assert.match(textOf(waiting.body), /Đang đọc và đối chiếu/)
  await work()
  const shown = await page(url)
  assert.match(shown, /sổ tháng 3\.csv/)
  assert.match(shown, /1 chỗ phải sửa trong 2 dòng/)
  assert.match(shown, /Xã Ngọc Kì Cần tên, khoá hoặc mã của một đơn vị; gần nhất: “Xã Ngọc Kỳ”/)
  assert.doesNotMatch(shown, /Ghi vào hệ thống/)
  assert.equal(dossiers(), 0)
})

test('a checked register is written by the workers, its file forgotten, and the same file named', async () => {
  const first = (await upload('so.csv', csvOf(ENDED))).headers.location as string
  await work()
  assert.match(await page(first), /1 dòng đọc được: 1 mới/)
  assert.equal((await post(`${first}/ghi`, { once: 'k1' })).statusCode, 303)
  assert.match(await page(first), /Đang chờ đến lượt/)
  await work()
  assert.match(await page(first), /Đã nhập 1 dòng: 1 mới/)
  assert.equal(dossiers(), 1)
  const { sha256 } = findImport(installation.db, Number(first.split('/').at(-1)))!
  assert.equal(existsSync(join(folder(), sha256)), false)
  const again = (await upload('so.csv', csvOf(ENDED))).headers.location as string
  await work()
  assert.match(await page(again), /Tệp này đã nhập ngày .*20\/03\/2023/)
  assert.match(await page(again), /1 không đổi/)
})

test('how a file was read is shown, and read again with what was corrected', async () => {
  const file = 'Mã;TTHC;Vào sổ\n000.24.35.H23-230307-0001;1.004873;07/03/2023\n'
  const url = (await upload('la.csv', file)).headers.location as string
  await work()
  assert.match(await page(url), /Không nhận ra cột bắt buộc/)
  const fields = {
    headerRow: '1',
    'column-accepted_at': 'Vào sổ',
    'column-code': 'Mã',
    'default-unit': 'xa-ngoc-ky',
    'default-channel': 'counter',
  }
  await post(`${url}/doc-lai`, { once: 'k2', ...fields })
  await work()
  assert.match(await page(url), /1 dòng đọc được: 1 mới/)
})

test('what is no register, too large or sent by the counter is refused in words', async () => {
  const pdf = await upload('so.pdf', '%PDF-1.7')
  assert.equal(pdf.statusCode, 422)
  assert.match(textOf(pdf.body), /không phải CSV hay Excel/)
  installation.db.prepare(`INSERT INTO settings (key, value) VALUES ('import_max_mib', '1')`).run()
  const large = await upload('so.csv', Buffer.alloc(1024 * 1024 + 1, 'a'))
  assert.match(textOf(large.body), /lớn quá 1 MiB/)
  const clerk = await upload('so.csv', csvOf(ENDED), cookie('xa-ngoc-ky.mot-cua-1'))
  assert.equal(clerk.statusCode, 403)
  const foreign = await upload('so.csv', csvOf(ENDED), { 'sec-fetch-site': 'cross-site' })
  assert.equal(foreign.statusCode, 403)
})

test('markup in a name is shown as text', async () => {
  const url = (
    await upload(
      'x.csv',
      csvOf({ ...OPEN, code: '000.24.35.H23-230306-0077', applicant: '<script>alert(1)</script>' }),
    )
  ).headers.location as string
  await work()
  const { body } = await app.inject(url)
  assert.doesNotMatch(body, /<script>alert/)
  assert.match(body, /&lt;script&gt;/)
})

test('through the API a register is uploaded raw, read, applied once for a key, and its report fetched', async () => {
  const book = bookOf({
    So: { rows: [Object.keys(OPEN), Object.values({ ...OPEN, code: '000.24.35.H23-230306-0050' })] },
  })
  const headers = {
    'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'idempotency-key': 'u1',
  }
  const sent = await app.inject({
    method: 'POST',
    url: '/api/v1/imports?name=so.xlsx',
    headers,
    payload: book,
  })
  assert.equal(sent.statusCode, 202, sent.body)
  const { id } = sent.json() as { id: number }
  const repeated = await app.inject({
    method: 'POST',
    url: '/api/v1/imports?name=so.xlsx',
    headers,
    payload: book,
  })
  assert.equal((repeated.json() as { id: number }).id, id)
  await work()
  const shown = (await app.inject(`/api/v1/imports/${id}`)).json() as {
    status: string
    report: { added: number; applied: boolean }
  }
  assert.deepEqual([shown.status, shown.report.added, shown.report.applied], ['checked', 1, false])
  const before = dossiers()
  for (const _ of [1, 2]) {
    const applied = await app.inject({
      method: 'POST',
      url: `/api/v1/imports/${id}/application`,
      headers: { 'idempotency-key': 'a1' },
      payload: { acceptChanges: false },
    })
    assert.equal(applied.statusCode, 202, applied.body)
  }
  await work()
  const done = (await app.inject(`/api/v1/imports/${id}`)).json() as {
    status: string
    report: { applied: boolean }
  }
  assert.deepEqual([done.status, done.report.applied, dossiers()], ['done', true, before + 1])
  const otherKey = await app.inject({
    method: 'POST',
    url: `/api/v1/imports/${id}/application`,
    headers: { 'idempotency-key': 'a2' },
    payload: {},
  })
  assert.equal(otherKey.statusCode, 409)
})

test('the API takes no multipart, which another site could send, and no clerk', async () => {
  const multi = await app.inject({
    method: 'POST',
    url: '/api/v1/imports',
    headers: { 'content-type': 'multipart/form-data; boundary=x' },
    payload: '--x--',
  })
  assert.equal(multi.statusCode, 415)
  const clerk = await app.inject({
    url: '/api/v1/imports',
    headers: { 'x-motcua-officer': 'xa-ngoc-ky.mot-cua-1' },
  })
  assert.equal(clerk.statusCode, 403)
})

test('uploads left alone for a week are forgotten at night', async () => {
  assert.ok(readdirSync(folder()).length > 0)
  installation.at('2023-03-29T02:00')
  await work()
  assert.deepEqual(readdirSync(folder()), [])
  const kept = installation.db
    .prepare(`SELECT count(*) AS n FROM imports WHERE report LIKE '%"sample"%'`)
    .get() as { n: number }
  assert.equal(kept.n, 0)
})
