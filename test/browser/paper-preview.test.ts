import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { dossierHref } from '../../src/dossiers/dossier-table.ts'
import {
  ARTEFACTS,
  complaintsOf,
  DESK,
  launchBrowser,
  PHONE,
  skip,
  violationsOf,
} from '../support/chromium.ts'
import { deskOf } from '../support/desk.ts'
import { pageApp } from '../support/page-app.ts'
import { DISTRICT_HEAD } from '../support/signed-in.ts'
import { type TestInstallation, testInstallation } from '../support/test-installation.ts'

const COUNTER = 'xa-ngoc-ky.mot-cua-1'
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

let installation: TestInstallation
let app: FastifyInstance
let browser: Browser
let origin: string
let desk: ReturnType<typeof deskOf>

before(async () => {
  if (skip) return
  installation = testInstallation('2023-03-07T08:00')
  app = await pageApp(installation)
  desk = deskOf(installation)
  origin = await app.listen({ host: '127.0.0.1', port: 0 })
  browser = await launchBrowser()
})
after(async () => {
  if (skip) return
  await browser.close()
  await app.close()
})

const accepted = () =>
  desk.log({
    at: '2023-03-06T09:00',
    papers: [{ name: 'Tờ khai', form: 'original', copies: 1, digitised: false }],
  })

interface Desk {
  readonly context: BrowserContext
  readonly page: Page
  /** What the browser complained about. */
  readonly complaints: readonly string[]
}

/** A page in a browser whose print dialog is counted instead of shown. */
async function open(path: string, officer = COUNTER, before = ''): Promise<Desk> {
  const context = await browser.newContext({
    viewport: DESK,
    extraHTTPHeaders: { 'x-motcua-officer': officer },
  })
  await context.addInitScript(
    `window.print = () => { window.top.printed = (window.top.printed ?? 0) + 1 }; ${before}`,
  )
  const page = await context.newPage()
  const complaints = complaintsOf(page)
  await page.goto(`${origin}${path}`)
  return { context, page, complaints }
}

/** The page's own policy forbids Playwright's way of waiting for an expression. */
async function until(page: Page, expression: string): Promise<void> {
  for (let n = 0; n < 100; n += 1) {
    if (await page.evaluate(expression)) return
    await page.waitForTimeout(100)
  }
  assert.fail(`never: ${expression}`)
}

const SHOWN = `document.querySelector('#paper[open] .loaded') !== null`
const typeShown = (page: Page) =>
  page.evaluate(`document.querySelector('#paper iframe').contentDocument.contentType`)
const isOpen = (page: Page) => page.evaluate(`document.querySelector('#paper').open`)
const said = (page: Page) => page.locator('#paper [role=status]').innerText()

test('the slip an act calls for shows over the page, Enter prints it, Esc puts it away', {
  skip,
}, async () => {
  const dossier = accepted()
  desk.act(dossier, 'request_supplement', { reason: 'Thiếu tờ khai' })
  const { context, page, complaints } = await open(`${dossierHref(dossier)}?vua=request_supplement`)
  await until(page, SHOWN)
  assert.equal(await page.locator('#paper h2').innerText(), 'Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ')
  assert.equal(await typeShown(page), 'application/pdf')
  assert.match(await page.locator('#giay-to').innerText(), /chưa in/)
  await page.keyboard.press('Enter')
  await until(page, 'window.printed === 1')
  assert.deepEqual(await violationsOf(page), [])
  await page.screenshot({ path: `${ARTEFACTS}paper-preview-1366.png` })
  await page.setViewportSize(PHONE)
  const right = `Math.max(...[...document.querySelectorAll('#paper *')].map((each) => each.getBoundingClientRect().right))`
  assert.ok(((await page.evaluate(right)) as number) <= 390)
  await page.screenshot({ path: `${ARTEFACTS}paper-preview-390.png` })
  await page.keyboard.press('Escape')
  assert.equal(await isOpen(page), false)
  // What was issued a moment ago is told without reading the page again.
  await until(page, `/in lại bản 1/.test(document.querySelector('#giay-to').innerText)`)
  assert.equal(new URL(page.url()).search, '')
  await page.reload()
  assert.equal(await isOpen(page), false)
  assert.deepEqual(complaints, [])
  await context.close()
})

test('i on a dossier shows its slip; looked at twice it is one issue of it', { skip }, async () => {
  const dossier = accepted()
  const { context, page } = await open(dossierHref(dossier))
  for (const _ of ['first', 'again']) {
    await page.keyboard.press('i')
    await until(page, SHOWN)
    // Keys of the page sleep meanwhile.
    await page.keyboard.press('s')
    await page.keyboard.press('Escape')
  }
  assert.equal(new URL(page.url()).pathname, dossierHref(dossier))
  const issued = installation.db
    .prepare(`SELECT count(*) FROM documents WHERE kind = 'receipt-slip' AND subject LIKE ?`)
    .pluck()
  assert.equal(issued.get(`%${dossier.id}%`), 1)
  await context.close()
})

test('a picture and a PDF that were attached are looked at in the page, and only then read', {
  skip,
}, async () => {
  const dossier = accepted()
  const { context, page, complaints } = await open(dossierHref(dossier))
  const slip = await app.inject({
    url: `${dossierHref(dossier)}/giay-to/receipt-slip.pdf`,
    headers: { 'x-motcua-officer': COUNTER },
  })
  await page.setInputFiles('#tep-moi', [
    { name: 'ảnh.png', mimeType: 'image/png', buffer: PNG },
    { name: 'đơn.pdf', mimeType: 'application/pdf', buffer: slip.rawPayload },
  ])
  await Promise.all([page.waitForEvent('load'), page.click('button:has-text("Tải lên")')])
  assert.equal(readings(dossier), 0)
  const look = async (name: string) => {
    await page.click(`.attachment-look:has-text("${name}")`)
    await until(page, SHOWN)
    assert.equal(await page.locator('#paper h2').innerText(), name)
  }
  await look('ảnh.png')
  assert.equal(await page.evaluate(`document.querySelector('#paper img').naturalWidth`), 1)
  assert.deepEqual(await violationsOf(page), [])
  await page.keyboard.press('Escape')
  await look('đơn.pdf')
  assert.equal(await typeShown(page), 'application/pdf')
  await page.keyboard.press('Escape')
  assert.equal(readings(dossier), 2)
  assert.deepEqual(complaints, [])
  await context.close()
})

/** How often the audit was told that a file of the dossier was opened. */
function readings({ id }: StoredDossier): number {
  return installation.db
    .prepare(
      "SELECT count(*) FROM audit_entries WHERE kind = 'person_read' AND dossier_id = ? AND data LIKE '%attachment%'",
    )
    .pluck()
    .get(id) as number
}

test('why a paper does not come is said in its place, and the page stays', { skip }, async () => {
  const dossier = accepted()
  const { context, page } = await open(dossierHref(dossier))
  await page.route('**/giay-to/**', (route) => route.abort())
  await page.keyboard.press('i')
  await until(page, `document.querySelector('#paper [role=status]').innerText !== 'Đang mở…'`)
  assert.match(await said(page), /Không nối được với máy chủ/)
  await page.keyboard.press('Escape')
  await page.unroute('**/giay-to/**')
  await page.evaluate(`document.querySelector('[data-key="i"]').href += '?lan=7'`)
  await page.keyboard.press('i')
  await until(page, `document.querySelector('#paper [role=status] h1') !== null`)
  assert.match(await said(page), /Giấy tiếp nhận/)
  assert.deepEqual(await violationsOf(page), [])
  await page.screenshot({ path: `${ARTEFACTS}paper-refused-1366.png` })
  await context.close()
})

test('a browser that shows no PDF is led to the paper', { skip }, async () => {
  const noViewer = `Object.defineProperty(navigator, 'pdfViewerEnabled', { value: false })`
  const { context, page } = await open(dossierHref(accepted()), COUNTER, noViewer)
  const [beside] = await Promise.all([context.waitForEvent('page'), page.keyboard.press('i')])
  assert.match(beside.url(), /receipt-slip\.pdf$|^about:blank$/)
  assert.equal(await isOpen(page), false)
  await context.close()
})

test('a template is tried over its page; one that makes no paper comes back with its fault', {
  skip,
}, async () => {
  const { context, page } = await open('/quan-tri/mau-giay/receipt-slip', DISTRICT_HEAD)
  const area = page.locator('textarea[name=text]')
  const before = await area.inputValue()
  await page.click('button:has-text("Xem thử")')
  await until(page, SHOWN)
  assert.equal(await typeShown(page), 'application/pdf')
  await page.keyboard.press('Escape')
  await area.fill(`${before}\n#let x = (`)
  await page.click('button:has-text("Xem thử")')
  await page.waitForSelector('[role=alert]')
  assert.match(await area.inputValue(), /#let x = \($/)
  assert.equal(context.pages().length, 1)
  await context.close()
})

test('what is missing at the counter is asked for on a slip, and the intake stays as it was typed', {
  skip,
}, async () => {
  const { context, page } = await open('/ho-so/moi')
  await page.fill('#f-procedure', '1.004873')
  await page.click('.refuse summary')
  await page.fill('#f-refusalReason', 'Ghi rõ mục đích')
  await page.click('button:has-text("Lập phiếu yêu cầu bổ sung")')
  await page.waitForSelector('[role=alert]')
  assert.match(await page.locator('[role=alert]').innerText(), /họ tên/)
  await page.fill('#f-name', 'Phạm Thị Lan')
  await page.click('button:has-text("Lập phiếu yêu cầu bổ sung")')
  await until(page, SHOWN)
  assert.equal(await typeShown(page), 'application/pdf')
  await page.keyboard.press('Enter')
  await until(page, 'window.printed === 1')
  await page.keyboard.press('Escape')
  assert.equal(await page.inputValue('#f-name'), 'Phạm Thị Lan')
  await context.close()
})
