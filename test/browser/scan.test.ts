import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { type Browser, chromium, type Page } from 'playwright-core'
import { deskOf } from '../support/desk.ts'
import { pageApp } from '../support/page-app.ts'
import { scan } from '../support/scan.ts'
import { type TestInstallation, testInstallation } from '../support/test-installation.ts'

const CHROMIUM = '/usr/bin/chromium'
const skip = existsSync(CHROMIUM)
  ? false
  : `Chromium is not installed at ${CHROMIUM}: the browser tests did not run`
const ARGS = ['--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run']
const DESK = { width: 1366, height: 768 }
const CARD = '030190001234|141234567|Nguyễn Thị Đào|05031990|Nữ|Thôn Ngọc Lâm, Ngọc Kỳ|15042021'

let installation: TestInstallation
let app: FastifyInstance
let browser: Browser
let origin: string

before(async () => {
  if (skip) return
  installation = testInstallation()
  app = await pageApp(installation)
  origin = await app.listen({ host: '127.0.0.1', port: 0 })
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGS })
})

after(async () => {
  if (skip) return
  await browser.close()
  await app.close()
})

/** The intake page before a clerk. */
async function atDesk(work: (page: Page) => Promise<void>): Promise<void> {
  const context = await browser.newContext({
    viewport: DESK,
    extraHTTPHeaders: { 'x-motcua-officer': 'xa-ngoc-ky.mot-cua-1' },
  })
  const page = await context.newPage()
  await page.goto(`${origin}/ho-so/moi`)
  await work(page)
  await context.close()
}

/** Waits for something in the page; its policy lets nobody evaluate text there but the debugger. */
async function until(page: Page, what: string): Promise<void> {
  for (let tries = 0; !(await page.evaluate<boolean>(what)); tries += 1) {
    assert.ok(tries < 100, what)
    await page.waitForTimeout(50)
  }
}

const value = (page: Page, name: string) => page.inputValue(`#f-${name}`)
const seen = (page: Page, text: string) => page.getByText(text).first().waitFor({ timeout: 5000 })
for (const field of [null, 'idNumber', 'note', 'channel'])
  test(`a scanner that stumbles anywhere in a card is understood, the cursor in ${field ?? 'no field'}`, {
    skip,
  }, async () => {
    await atDesk(async (page) => {
      for (const [n, place] of [1, 2, 4, 7, 12, 15, 20, 40, CARD.length - 1].entries()) {
        if (field === null) await page.evaluate('document.activeElement.blur()')
        else await page.focus(`#f-${field}`)
        const idNumber = `03019000500${n}`
        await scan(page, CARD.replace('030190001234', idNumber), (at) => (at === place ? 45 : 4))
        await until(page, `document.querySelector('#f-idNumber').value === '${idNumber}'`)
        assert.equal(await value(page, 'address'), 'Thôn Ngọc Lâm, Ngọc Kỳ', `stumbled before ${place}`)
        assert.equal(await value(page, 'channel'), 'counter')
        assert.equal(await value(page, 'note'), '')
      }
      assert.match(page.url(), /\/ho-so\/moi$/)
    })
  })

for (const [what, place] of [
  ['first', 1],
  ['fifth', 5],
] as const)
  test(`a code scanned with a stumble after its ${what} character is whole`, { skip }, async () => {
    await atDesk(async (page) => {
      await page.focus('#f-note')
      await scan(page, '1.004873', (n) => (n === place ? 45 : 4))
      await seen(page, 'Đã chọn Cấp Giấy xác nhận tình trạng hôn nhân')
      assert.equal(await value(page, 'note'), '')
    })
  })

test('a scanner of 40 ms a character presses no key of the page and is taken out of a field', {
  skip,
}, async () => {
  await atDesk(async (page) => {
    const small = CARD.replace('Nguyễn Thị Đào', 'nguyen thi dao')
    await page.evaluate('document.activeElement.blur()')
    await scan(page, small, () => 40)
    await seen(page, 'Đã đọc thẻ của nguyen thi dao')
    await page.fill('#f-note', '')
    await page.focus('#f-note')
    await scan(page, small.replace('030190001234', '030190001235'), () => 40)
    await until(page, `document.querySelector('#f-idNumber').value === '030190001235'`)
    assert.equal(await value(page, 'note'), '')
    await page.goto(`${origin}/ho-so`)
    const searched = page.waitForRequest(/\/ho-so\/tim$/)
    await scan(page, small, () => 40)
    const request = await searched
    assert.equal(request.postData(), 'q=030190001234')
  })
})

test('a key that only looked like the beginning of a scan is still pressed', { skip }, async () => {
  await atDesk(async (page) => {
    await page.goto(`${origin}/ho-so`)
    await scan(page, '1', () => 0)
    await page.keyboard.type('0n')
    await page.waitForURL(/\/ho-so\/moi$/)
  })
})

test('what an input method puts in without a key stays, however fast the keys around it', {
  skip,
}, async () => {
  await atDesk(async (page) => {
    await page.focus('#f-note')
    for (const text of ['thứ hai', ' trước', ' chín giờ']) {
      await page.keyboard.type(text)
      await page.waitForTimeout(700)
    }
    assert.equal(await value(page, 'note'), 'thứ hai trước chín giờ')
  })
})

test('what no scan is understood as is said with what was read', { skip }, async () => {
  await atDesk(async (page) => {
    await page.focus('#f-note')
    await scan(page, 'KHONG-PHAI-MA')
    await seen(page, 'Đã đọc: “KHONG-PHAI-MA”')
    assert.equal(await value(page, 'note'), '')
  })
})

test('on the list of what is handed over a scan goes into the list wherever the cursor is', {
  skip,
}, async () => {
  const codes = [1, 2, 3].map(() => deskOf(installation).log().code!)
  await atDesk(async (page) => {
    await page.goto(`${origin}/ban-giao`)
    const receiver = page.locator('select[name="to"]')
    const places = [
      () => receiver.focus(),
      () => page.evaluate('document.activeElement.blur()'),
      () => page.focus('#f-code'),
    ]
    const chosen = await receiver.inputValue()
    for (const [n, focus] of places.entries()) {
      await focus()
      await scan(page, codes[n]!)
      await page.locator(`button[value="${codes[n]}"]`).waitFor()
    }
    assert.equal(await page.locator('.scan-count strong').textContent(), '3')
    assert.equal(await receiver.inputValue(), chosen)
    assert.equal(await value(page, 'code'), '')
    await page.evaluate('document.activeElement.blur()')
    await scan(page, CARD)
    await seen(page, 'không phải mã hồ sơ')
    assert.equal(await page.locator('.scan-count strong').textContent(), '3')
  })
})

test('where no scans are taken a scan is looked for also while a choice has the focus', {
  skip,
}, async () => {
  const { code } = deskOf(installation).log()
  await atDesk(async (page) => {
    await page.goto(`${origin}/quan-tri/so-theo-doi`)
    await page.locator('main select').first().focus()
    await scan(page, code!)
    await page.waitForURL(`${origin}/ho-so/${code}`)
  })
})
