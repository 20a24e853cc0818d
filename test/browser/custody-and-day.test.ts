import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { type Browser, chromium, type Page } from 'playwright-core'
import { upsertSetting } from '../../db/queries/settings.ts'
import { deskOf } from '../support/desk.ts'
import { pageApp } from '../support/page-app.ts'
import { OFFICER } from '../support/signed-in.ts'
import { type TestInstallation, testInstallation } from '../support/test-installation.ts'

const CHROMIUM = '/usr/bin/chromium'
const skip = existsSync(CHROMIUM) ? false : `Chromium is not installed at ${CHROMIUM}`
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const ARTEFACTS = new URL('../../.artefacts/', import.meta.url).pathname
const COUNTER = 'xa-ngoc-ky.mot-cua-1'
const RECEIVER = 'phong-tu-phap.chuyen-vien-1'

let installation: TestInstallation
let app: FastifyInstance
let browser: Browser
let origin: string

before(async () => {
  if (skip) return
  mkdirSync(ARTEFACTS, { recursive: true })
  installation = testInstallation()
  upsertSetting(installation.db, 'demo', true)
  app = await pageApp(installation)
  origin = await app.listen({ host: '127.0.0.1', port: 0 })
  browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ['--headless=new', '--no-sandbox', '--disable-gpu'],
  })
})
after(async () => {
  if (skip) return
  await browser.close()
  await app.close()
})

async function deskPage(officer: string, options = {}): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1366, height: 768 },
    extraHTTPHeaders: { [OFFICER]: officer },
    ...options,
  })
  return context.newPage()
}

/** Types like a scanner: the code, then Enter. */
async function scan(page: Page, code: string): Promise<void> {
  await page.locator('input[name="code"]:focus, input[name="ma"]:focus').waitFor()
  await page.keyboard.type(code)
  await page.keyboard.press('Enter')
}

const IN_FOCUS = `[document.activeElement.getAttribute('name'), document.activeElement.textContent.trim()]`

/** Tab until the thing in focus has this name or these words. */
async function tabTo(page: Page, what: string): Promise<void> {
  for (let n = 0; n < 80; n++) {
    if ((await page.evaluate<readonly string[]>(IN_FOCUS)).includes(what)) return
    await page.keyboard.press('Tab')
  }
  assert.fail(`no way to “${what}” by Tab`)
}

for (const javaScriptEnabled of [true, false])
  test(`by keyboard alone ${javaScriptEnabled ? '' : 'and without JavaScript '}three folders are scanned, sent and received`, {
    skip,
  }, async () => {
    const codes = [1, 2, 3].map(() => deskOf(installation).log().code!)
    const page = await deskPage(COUNTER, { javaScriptEnabled })
    await page.goto(`${origin}/ban-giao`)
    for (const code of codes) {
      await scan(page, code)
      // A scanner does not wait; without the script the page comes anew and takes the focus by itself.
      if (!javaScriptEnabled) await page.locator(`button[value="${code}"]`).waitFor()
    }
    await page.locator('.scan-count strong', { hasText: '3' }).waitFor()
    await page.locator('select[name="to"]').focus()
    for (let n = 0; n < 60 && (await page.locator('select[name="to"]').inputValue()) !== 'phong-tu-phap'; n++)
      await page.keyboard.press('ArrowDown')
    await page.locator('button[value="send"]').focus()
    await Promise.all([page.waitForURL(/ban-giao\/phieu\/BG-/), page.keyboard.press('Enter')])
    const receiver = await deskPage(RECEIVER, { javaScriptEnabled })
    await receiver.goto(`${origin}/ban-giao/nhan`)
    for (const code of codes) {
      await scan(receiver, code)
      await receiver.locator('tr', { hasText: code }).filter({ hasText: 'đã nhận' }).waitFor()
    }
    assert.match((await receiver.locator('.block-head').first().textContent()) ?? '', /Đang đến\s*0 hồ sơ/)
    await page.context().close()
    await receiver.context().close()
  })

test('a code that cannot go is said at once, and the next one is scanned without touching anything', {
  skip,
}, async () => {
  const { code } = deskOf(installation).log()
  const page = await deskPage(COUNTER)
  await page.goto(`${origin}/ban-giao`)
  await scan(page, '000.24.35.H23-230306-9999')
  await page.locator('[role="alert"]', { hasText: 'Không tìm thấy hồ sơ' }).waitFor()
  await scan(page, code!)
  await page.locator(`button[value="${code}"]`).waitFor()
  assert.equal(await page.locator('[role="alert"]').count(), 0)
  await page.context().close()
})

test('what is scanned while the connection is away waits on the page and goes with the sheet', {
  skip,
}, async () => {
  const codes = [1, 2, 3].map(() => deskOf(installation).log().code!)
  const page = await deskPage(COUNTER)
  await page.goto(`${origin}/ban-giao`)
  await scan(page, codes[0]!)
  await page.locator(`button[value="${codes[0]}"]`).waitFor()
  await page.context().setOffline(true)
  for (const code of codes.slice(1)) await scan(page, code)
  await page.locator('[role="alert"]', { hasText: '2 mã vừa quét chưa gửi được' }).waitFor()
  await page.locator(`button[value="${codes[0]}"]`).waitFor()
  assert.deepEqual(await leavingAsks(page), true)
  await page.context().setOffline(false)
  await page.locator('select[name="to"]').selectOption('phong-tu-phap')
  await page.locator('button[value="send"]').click()
  await page.waitForURL(/ban-giao\/phieu\/BG-/)
  const sheet = (await page.locator('main').textContent()) ?? ''
  for (const code of codes) assert.ok(sheet.includes(code), code)
  await page.context().close()
})

/** Whether whoever reloads is asked first; they stay. */
async function leavingAsks(page: Page): Promise<boolean> {
  const asked = page.waitForEvent('dialog')
  await page.evaluate('void setTimeout(() => location.reload())')
  const dialog = await asked
  await dialog.dismiss()
  return dialog.type() === 'beforeunload'
}

test('by keyboard alone a fee is taken and the day is closed', { skip }, async () => {
  const { code } = deskOf(installation).log({ procedure: '2.000635', quantity: 2 })
  const page = await deskPage(COUNTER)
  await page.goto(`${origin}/thu-phi`)
  await scan(page, code!)
  await page.locator('input[name="amount"]:focus').waitFor()
  await Promise.all([page.waitForURL(/thu-phi\/BL-/), page.keyboard.press('Enter')])
  await page.goto(`${origin}/cuoi-ngay`)
  await tabTo(page, 'cash')
  await page.keyboard.type('16.000')
  await tabTo(page, 'early')
  await page.keyboard.press('Space')
  await tabTo(page, 'Chốt ngày')
  await page.keyboard.press('Enter')
  await page.locator('.day-closed', { hasText: 'Đã chốt lúc' }).waitFor()
  await page.context().close()
})

test('the pages of folders, fees and the day have no fault that axe finds and fit a phone, light and dark', {
  skip,
}, async () => {
  const desk = deskOf(installation)
  const odd = desk.log({ applicant: { name: 'Nguyễn Thị Bích Hằng' } })
  desk.act(desk.log(), 'finish', { eResult: true })
  desk.log({ procedure: '1.004873', channel: 'online', act: 'submit' })
  installation.at('2023-03-07T09:00')
  const unpaid = desk.log({ procedure: '2.000635' })
  const sheet = installation.db.prepare('SELECT number FROM hand_overs LIMIT 1').pluck().get()
  const receipt = installation.db.prepare('SELECT number FROM fee_receipts LIMIT 1').pluck().get()
  await app.inject({
    method: 'POST',
    url: '/ban-giao',
    headers: { [OFFICER]: COUNTER, 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({
      from: 'xa-ngoc-ky',
      to: 'phong-tu-phap',
      do: 'send',
      codes: odd.code!,
      once: 'odd',
    }).toString(),
  })
  const pages = {
    send: '/ban-giao',
    receive: '/ban-giao/nhan',
    way: '/ban-giao/dang-chuyen',
    sheets: '/ban-giao/phieu',
    sheet: `/ban-giao/phieu/${sheet}`,
    chain: `/ho-so/${odd.code}`,
    fees: '/thu-phi?ngay=2023-03-06',
    fee: `/thu-phi?ma=${unpaid.code}`,
    receipt: `/thu-phi/${receipt}`,
    day: '/cuoi-ngay',
    closed: '/cuoi-ngay?ngay=2023-03-06',
  }
  for (const colorScheme of ['light', 'dark'] as const)
    for (const viewport of [
      { width: 1366, height: 768 },
      { width: 390, height: 844 },
    ]) {
      const page = await deskPage(COUNTER, { viewport, colorScheme })
      for (const [name, path] of Object.entries(pages)) {
        const told: string[] = []
        page.on('console', (message) => message.type() === 'error' && told.push(message.text()))
        await page.goto(origin + path)
        await page.evaluate(AXE)
        const { violations } = await page.evaluate<{
          violations: { id: string; nodes: { html: string }[] }[]
        }>('axe.run(document)')
        const found = violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`)
        assert.deepEqual([...found, ...told], [], `${name} ${viewport.width} ${colorScheme}`)
        const wide = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
        assert.ok(wide <= 0, `${name} is ${wide} px wider than ${viewport.width}`)
        await page.screenshot({
          path: `${ARTEFACTS}custody-${name}-${viewport.width}-${colorScheme}.png`,
          fullPage: true,
        })
      }
      await page.context().close()
    }
})
