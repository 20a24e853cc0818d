import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { findDossierById, type StoredDossier } from '../../db/queries/dossiers.ts'
import { dossierHref } from '../../src/dossiers/dossier-table.ts'
import { deskOf } from '../support/desk.ts'
import { pageApp } from '../support/page-app.ts'
import { scan } from '../support/scan.ts'
import { type TestInstallation, testInstallation } from '../support/test-installation.ts'

const CHROMIUM = '/usr/bin/chromium'
const skip = existsSync(CHROMIUM)
  ? false
  : `Chromium is not installed at ${CHROMIUM}: the browser tests did not run`
const ARGS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-component-update',
]
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const ARTEFACTS = new URL('../../.artefacts/', import.meta.url).pathname
const COUNTER = 'xa-ngoc-ky.mot-cua-1'
const COLLEAGUE = 'xa-ngoc-ky.mot-cua-2'
const PDF = Buffer.from('%PDF-1.7\n%%EOF')
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
  mkdirSync(ARTEFACTS, { recursive: true })
  installation = testInstallation('2023-03-07T08:00')
  app = await pageApp(installation)
  desk = deskOf(installation)
  origin = await app.listen({ host: '127.0.0.1', port: 0 })
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGS })
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
const now = ({ id }: StoredDossier) => findDossierById(installation.db, id) as StoredDossier
const as = (officer: string, more: Parameters<Browser['newContext']>[0] = {}): Promise<BrowserContext> =>
  browser.newContext({
    viewport: { width: 1366, height: 768 },
    extraHTTPHeaders: { 'x-motcua-officer': officer },
    ...more,
  })

async function open(context: BrowserContext, path: string): Promise<Page> {
  const page = await context.newPage()
  page.on('pageerror', (error) => assert.fail(error.message))
  await page.goto(`${origin}${path}`)
  await page.evaluate('document.fonts.ready.then(() => true)')
  return page
}

const loaded = (page: Page, key: string) => Promise.all([page.waitForEvent('load'), page.keyboard.press(key)])
const text = (page: Page, selector: string) => page.locator(selector).innerText()

/** The page's own policy forbids Playwright's way of waiting for an expression. */
async function until(page: Page, expression: string): Promise<void> {
  for (let n = 0; n < 100; n += 1) {
    if (await page.evaluate(expression)) return
    await page.waitForTimeout(100)
  }
  assert.fail(`never: ${expression}`)
}

async function tabTo(page: Page, selector: string): Promise<void> {
  for (let n = 0; n < 60; n += 1) {
    if (await page.evaluate(`document.activeElement?.matches(${JSON.stringify(selector)})`)) return
    await page.keyboard.press('Tab')
  }
  assert.fail(`Tab never reaches ${selector}`)
}

interface AxeResults {
  readonly violations: readonly {
    readonly id: string
    readonly nodes: readonly { readonly html: string }[]
  }[]
}

test('s, the form and Enter: the usual next act takes no mouse', { skip }, async () => {
  const dossier = accepted()
  const context = await as(COUNTER)
  const page = await open(context, dossierHref(dossier))
  await loaded(page, 's')
  assert.match(await text(page, '#tac-dong'), /Hạn trả giữ nguyên/)
  // Nothing has to be said: the cursor is on the button.
  await loaded(page, 'Enter')
  assert.match(await text(page, '.done-notice'), /Đã ghi “Chuyển xử lý”/)
  assert.equal(now(dossier).state, 'processing')
  await loaded(page, 'Enter')
  assert.match(page.url(), /\/viec\/finish$/)
  assert.equal(await page.evaluate('document.activeElement.name'), 'outcome')
  await page.keyboard.press('Control+Enter')
  await page.waitForURL(/vua=finish/)
  assert.equal(now(dossier).state, 'result_ready')
  await loaded(page, 's')
  await page.evaluate('document.activeElement.blur()')
  await loaded(page, 'Escape')
  await loaded(page, 'Escape')
  assert.equal(new URL(page.url()).pathname, '/ho-so')
  await context.close()
})

test('Esc leads back to the list as it was, also after an act', { skip }, async () => {
  const dossier = accepted()
  const context = await as(COUNTER)
  const page = await open(context, '/viec?scope=all&sort=received')
  const list = page.url()
  await Promise.all([page.waitForEvent('load'), page.click(`a.code:has-text("${dossier.code}")`)])
  await loaded(page, 's')
  await loaded(page, 'Enter')
  assert.equal(new URL(page.url()).pathname, dossierHref(dossier))
  await loaded(page, 'Escape')
  assert.equal(page.url(), list)
  await context.close()
})

test('a slip scanned on any page opens its dossier, and does nothing to the one that is shown', {
  skip,
}, async () => {
  const [shown, scanned] = [accepted(), accepted()]
  const context = await as(COUNTER)
  const page = await open(context, dossierHref(shown))
  await scan(page, scanned.code!)
  await page.waitForURL(`${origin}${dossierHref(scanned)}`)
  await page.goto(`${origin}${dossierHref(shown)}/viec/apologise`)
  await page.focus('#f-reason')
  await scan(page, 'Máy in hỏng')
  assert.match(page.url(), /\/viec\/apologise$/)
  assert.match(await page.inputValue('#f-reason'), /^Máy in hỏng/)
  await context.close()
})

test('keys are left alone in a field, with a modifier and while an input method composes', {
  skip,
}, async () => {
  const context = await as(COUNTER)
  const page = await open(context, dossierHref(accepted()))
  const address = page.url()
  await page.keyboard.press('/')
  await page.keyboard.type('sis')
  assert.equal(await page.inputValue('#search'), 'sis')
  await page.evaluate(`document.activeElement.blur();
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 's', bubbles: true, isComposing: true }));
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 's', bubbles: true, ctrlKey: true }))`)
  await page.waitForTimeout(200)
  assert.equal(page.url(), address)
  await context.close()
})

test('a supplement is asked for by keyboard, and its slip shows', { skip }, async () => {
  const dossier = accepted()
  const context = await as(COUNTER)
  const page = await open(context, `${dossierHref(dossier)}/viec/request_supplement`)
  await tabTo(page, '[name="missing-0"]')
  await page.keyboard.press('Space')
  await tabTo(page, 'textarea[name="reason"]')
  await page.keyboard.type('Ghi rõ nơi sinh')
  await tabTo(page, 'button.primary')
  await loaded(page, 'Enter')
  await page.waitForSelector('#paper .loaded')
  assert.match(await text(page, '#paper h2'), /Phiếu yêu cầu bổ sung/)
  assert.equal(new URL(page.url()).search, '')
  assert.match(await text(page, '.checklist'), /chờ bổ sung/)
  assert.equal(now(dossier).state, 'awaiting_supplement')
  await context.close()
})

test('days and date of an appointment follow each other while one types', { skip }, async () => {
  const context = await as(COUNTER)
  const page = await open(context, `${dossierHref(accepted())}/viec/apologise`)
  assert.equal(await page.evaluate('document.activeElement.id'), 'f-appointmentDays')
  await page.keyboard.type('2')
  await until(page, `document.querySelector('#f-appointmentOn').value === '2023-03-13'`)
  assert.match(await text(page, '#tac-dong'), /Hẹn lại thứ Hai 13\/03\/2023; hạn trả giữ nguyên/)
  await page.fill('#f-appointmentOn', '2023-03-15')
  await until(page, `document.querySelector('#f-appointmentDays').value === '4'`)
  assert.equal(await page.inputValue('#f-appointmentOn'), '2023-03-15')
  await context.close()
})

test('two people on one dossier see each other, and the slower one goes on without typing anew', {
  skip,
}, async () => {
  const dossier = accepted()
  const [mine, theirs] = [await as(COUNTER), await as(COLLEAGUE)]
  const page = await open(mine, `${dossierHref(dossier)}/viec/stop`)
  const other = await open(theirs, dossierHref(dossier))
  const name = installation.db.prepare('SELECT name FROM officers WHERE key = ?').pluck().get(COUNTER)
  assert.equal(await text(other, '.presence'), `${name} đang mở hồ sơ này`)
  await loaded(other, 's')
  await tabTo(other, 'button.primary')
  await loaded(other, 'Enter')
  await tabTo(page, 'textarea[name="reason"]')
  await page.keyboard.type('Người nộp không bổ sung')
  await tabTo(page, 'button.primary')
  await loaded(page, 'Enter')
  assert.match(await text(page, '.since'), /Chuyển xử lý.*Đã tiếp nhận\s+Đang xử lý/s)
  await page.screenshot({ path: `${ARTEFACTS}dossier-conflict.png` })
  await page.evaluate(AXE)
  const { violations } = await page.evaluate<AxeResults>('axe.run(document)')
  assert.deepEqual(
    violations.map(({ id }) => id),
    [],
  )
  assert.equal(await page.inputValue('textarea[name="reason"]'), 'Người nộp không bổ sung')
  await tabTo(page, 'button.primary')
  await loaded(page, 'Enter')
  assert.equal(now(dossier).state, 'stopped')
  await mine.close()
  await theirs.close()
})

test('one click copies the code, and the button says so for a while', { skip }, async () => {
  const dossier = accepted()
  const context = await as(COUNTER, { permissions: ['clipboard-read', 'clipboard-write'] })
  const page = await open(context, dossierHref(dossier))
  await tabTo(page, '.copy')
  await page.keyboard.press('Enter')
  await until(page, `document.querySelector('.copy').textContent === 'Đã chép'`)
  assert.equal(await page.evaluate('navigator.clipboard.readText()'), dossier.code)
  await until(page, `document.querySelector('.copy').textContent === 'Chép mã'`)
  await context.close()
})

test('the identity stays on top while the page scrolls, on paper it does not', { skip }, async () => {
  const context = await as(COUNTER, { viewport: { width: 1366, height: 500 } })
  const page = await open(context, dossierHref(accepted()))
  await page.evaluate('window.scrollTo(0, 300)')
  assert.equal(await page.evaluate(`document.querySelector('.identity').getBoundingClientRect().top`), 48)
  await page.emulateMedia({ media: 'print' })
  assert.equal(
    await page.evaluate(`getComputedStyle(document.querySelector('.identity')).position`),
    'static',
  )
  assert.equal(await page.isVisible('.acts'), false)
  await context.close()
})

test('without scripts an act is previewed and done, files are attached and removed', { skip }, async () => {
  const dossier = accepted()
  const context = await as(COUNTER, { javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(`${origin}${dossierHref(dossier)}/viec/apologise`)
  await page.fill('#f-appointmentDays', '2')
  await page.fill('#f-reason', 'Máy in hỏng')
  await page.click('button:has-text("Xem trước")')
  assert.match(await text(page, '#tac-dong'), /Hẹn lại thứ Hai 13\/03\/2023/)
  assert.equal(await page.inputValue('#f-reason'), 'Máy in hỏng')
  await page.click('button.primary')
  assert.equal(now(dossier).reappointed, true)
  await page.setInputFiles('#tep-moi', [
    { name: 'Đơn.pdf', mimeType: 'application/pdf', buffer: PDF },
    { name: 'ảnh.png', mimeType: 'image/png', buffer: PNG },
  ])
  await page.click('button:has-text("Tải lên")')
  assert.match(await text(page, '.attachments'), /Đơn\.pdf[\s\S]*ảnh\.png/)
  await page.click('.attachments li:last-child .removal summary')
  await page.fill('.attachments li:last-child [name="reason"]', 'Ảnh mờ')
  await page.click('.attachments li:last-child form button')
  assert.match(await text(page, '.removed summary'), /Đã gỡ 1 tệp/)
  await context.close()
})

/** What makes a page wider than its window. */
const SPILLING = `document.documentElement.scrollWidth <= window.innerWidth ? [] : [...document.querySelectorAll('main *')]
  .filter((each) => each.getBoundingClientRect().right > window.innerWidth && !each.closest('.scroll'))
  .map((each) => each.className + ': ' + each.textContent.slice(0, 60))`

for (const [scheme, width] of [
  ['light', 1366],
  ['dark', 1366],
  ['light', 390],
  ['dark', 390],
] as const) {
  test(`axe finds nothing on the forms of a dossier and nothing spills, ${scheme} ${width}`, {
    skip,
  }, async () => {
    const context = await as(COUNTER, { colorScheme: scheme, viewport: { width, height: 844 } })
    const dossier = accepted()
    const href = dossierHref(dossier)
    const acts = ['transfer', 'request_supplement', 'apologise', 'assign', 'finish', 'amend', 'void']
    for (const path of [href, `${href}/tep`, ...acts.map((act) => `${href}/viec/${act}`)]) {
      const page = await open(context, path)
      await page.evaluate(AXE)
      const { violations } = await page.evaluate<AxeResults>('axe.run(document)')
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)}`)
      assert.deepEqual(found, [], path)
      assert.deepEqual(await page.evaluate(SPILLING), [], path)
      await page.screenshot({ path: `${ARTEFACTS}dossier-${path.split('/').at(-1)}-${scheme}-${width}.png` })
      await page.close()
    }
    await context.close()
  })
}
