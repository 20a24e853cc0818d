import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { correctDossier } from '../../src/dossiers/correct-dossier.ts'
import { DATA_POLICY } from '../../src/web/security-headers.ts'
import { deskOf, HEAD } from '../support/desk.ts'
import { linksOf, pageApp, textOf } from '../support/page-app.ts'
import { pdfShape, pdfText } from '../support/pdf.ts'
import type { TestInstallation } from '../support/test-installation.ts'
import { weekOfDossiers } from '../support/week-of-dossiers.ts'

let installation: TestInstallation
let app: FastifyInstance

before(async () => {
  installation = weekOfDossiers()
  app = await pageApp(installation)
})
after(() => app.close())

const get = (url: string) => app.inject({ method: 'GET', url })
const countDocuments = () => installation.db.prepare('SELECT count(*) FROM documents').pluck().get()

test('a dossier’s page offers its papers; printing makes one, printing again serves it', async () => {
  const desk = deskOf(installation)
  const { code, id } = desk.log()
  const page = async () => (await get(`/ho-so/${code}`)).body
  const href = `/ho-so/${code}/giay-to/receipt-slip.pdf?lan=1`
  const before = await page()
  assert.ok(linksOf(before).includes(href))
  assert.match(textOf(before), /Giấy tiếp nhận hồ sơ và hẹn trả kết quả chưa in/)
  const made = Number(countDocuments())
  const first = await get(href)
  const again = await get(href)
  assert.ok(first.rawPayload.equals(again.rawPayload))
  assert.equal(Number(countDocuments()), made + 1)
  assert.equal(first.headers['content-type'], 'application/pdf')
  assert.equal(first.headers['content-disposition'], `inline; filename="receipt-slip-${code}-ban-1.pdf"`)
  const framed = DATA_POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
  assert.equal(first.headers['content-security-policy'], framed)
  assert.equal(first.headers['cache-control'], 'no-store')
  assert.match(textOf(await page()), /in lại bản 1 · 13\/03 09:00/)
  desk.act({ id }, 'amend', { fee: 20_000 })
  assert.match(textOf(await page()), /đã khác bản 1 · 13\/03 09:00/)
  assert.match(pdfText((await get(href)).rawPayload), /Bản 2, thay cho bản ngày 13\/03\/2023/)
  const after = await page()
  assert.match(textOf(after), /Bản 1 13\/03\/2023 09:00, đã thay bằng bản sau in lại bản 2/)
  const old = linksOf(after).find((link) => link.endsWith('ban=1'))
  const shown = pdfText((await get(old!)).rawPayload)
  assert.match(shown, /Phí, lệ phí: không thu.*HẾT GIÁ TRỊ: đã thay bằng bản 2 ngày 13\/03\/2023/)
  installation.db
    .transaction(() => correctDossier(installation, HEAD, id, { channel: 'postal', reason: 'Nhập nhầm' }))
    .immediate()
  assert.match(
    textOf(await page()),
    /Bản 2 .*, đã thay do đính chính .*bản 2 đã hết giá trị, bản mới chưa in/,
  )
  desk.act({ id }, 'void')
  assert.match(textOf(await page()), /đã thay do đính chính .*hết giá trị/)
  assert.doesNotMatch(textOf(await page()), /bản mới chưa in/)
  const second = pdfText((await get(`${href}&ban=2`)).rawPayload)
  assert.match(second, /HẾT GIÁ TRỊ: hồ sơ đã đính chính ngày 13\/03\/2023/)
})

test('a paper of a dossier without a code is found by its number', async () => {
  const { id } = installation.db.prepare(`SELECT id FROM dossiers WHERE state = 'not_accepted'`).get() as {
    id: number
  }
  const { body } = await get(`/ho-so/so-${id}`)
  const link = linksOf(body).find((href) => href.includes('/giay-to/refusal-slip.pdf'))
  assert.equal(link, `/ho-so/so-${id}/giay-to/refusal-slip.pdf?lan=1`)
  assert.match(pdfText((await get(link!)).rawPayload), /Số phiếu: KTN-/)
})

test('the address of the papers leads to their place on the page', async () => {
  const { statusCode, headers } = await get('/ho-so/000.24.35.H23-230227-0001/giay-to')
  assert.deepEqual([statusCode, headers.location], [303, '/ho-so/000.24.35.H23-230227-0001#giay-to'])
})

test('a wrong kind, a wrong version and a paper nothing calls for answer with a page that says what to do', async () => {
  const { code } = deskOf(installation).log()
  const cases = [
    ['giay-to/bien-lai.pdf', 404, 'Không có trang này'],
    ['giay-to/receipt-slip', 404, 'Không có trang này'],
    ['giay-to/receipt-slip.pdf?ban=7', 404, 'Chưa lập “Giấy tiếp nhận hồ sơ và hẹn trả kết quả” bản 7'],
    ['giay-to/receipt-slip.pdf?ban=x', 404, 'Hãy chọn một bản trong danh sách'],
    ['giay-to/receipt-slip.pdf?lan=2', 409, 'Hồ sơ chưa có việc nào lập'],
    ['giay-to/stop-notice.pdf', 409, 'Hãy thực hiện việc đó rồi in'],
  ] as const
  const made = countDocuments()
  for (const [path, status, sentence] of cases) {
    const { statusCode, body } = await get(`/ho-so/${code}/${path}`)
    assert.equal(statusCode, status, path)
    assert.ok(textOf(body).includes(sentence), `${path}: ${textOf(body)}`)
  }
  assert.equal(countDocuments(), made)
})

test('Biểu II.06 is linked from the week and says what the page says', async () => {
  const page = await get('/bao-cao/2023-W10')
  const link = linksOf(page.body).find((href) => href.includes('bieu-ii06.pdf'))
  assert.equal(link, '/bao-cao/2023-W10/bieu-ii06.pdf')
  const { rawPayload, headers } = await get(link!)
  assert.equal(headers['content-disposition'], 'inline; filename="bieu-ii06-2023-W10-r1-all-ban-1.pdf"')
  assert.equal(pdfShape(rawPayload).size, '297×210')
  const printed = pdfText(rawPayload)
  const row = /Tổng số ((?:\d+ ){6})/.exec(printed)?.[1]
  const shown = /<tfoot>[\s\S]*?<\/tfoot>/.exec(page.body)![0]
  assert.ok(row !== undefined)
  for (const figure of row.trim().split(' ')) assert.ok(textOf(shown).includes(` ${figure} `), figure)
  const subject = installation.db
    .prepare(`SELECT subject FROM documents WHERE kind = 'form-ii06'`)
    .pluck()
    .get()
  assert.equal(subject, '2023-W10|r1|all')
})
