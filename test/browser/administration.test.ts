import assert from 'node:assert/strict'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { type Browser, chromium, type Page } from 'playwright-core'
import { raiseAlarm } from '../../db/queries/alarms.ts'
import { claimRun, failRun } from '../../db/queries/job-ledger.ts'
import { readSetting } from '../../db/queries/settings.ts'
import { catalogueOf } from '../../src/catalogue/catalogue.ts'
import { pageApp } from '../support/page-app.ts'
import { type TestInstallation, testInstallation } from '../support/test-installation.ts'

const CHROMIUM = '/usr/bin/chromium'
const skip = existsSync(CHROMIUM)
  ? false
  : `Chromium is not installed at ${CHROMIUM}: the browser tests did not run`
const ARGS = ['--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run', '--lang=en-GB']
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let here: TestInstallation
let app: FastifyInstance
let browser: Browser
let origin: string

before(async () => {
  if (skip) return
  here = testInstallation()
  app = await pageApp(here)
  origin = await app.listen({ host: '127.0.0.1', port: 0 })
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGS })
})

after(async () => {
  if (skip) return
  await browser.close()
  await app.close()
})

/** Presses Tab until what has the focus says `words`. */
async function tabTo(page: Page, words: RegExp): Promise<void> {
  for (let n = 0; n < 120; n += 1) {
    await page.keyboard.press('Tab')
    const said = await page.evaluate<string>(
      `(() => {
        const e = document.activeElement
        return e.matches('a, button, input, select, textarea, summary') ? (e.labels?.[0]?.textContent ?? '') + ' ' + e.textContent : ''
      })()`,
    )
    if (words.test(said)) return
  }
  assert.fail(`the keyboard does not reach ${words}`)
}

async function press(page: Page, words: RegExp): Promise<void> {
  await tabTo(page, words)
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')])
}

async function violationsOf(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE)
  const { violations } = await page.evaluate<{ violations: readonly { id: string }[] }>('axe.run(document)')
  return violations.map(({ id }) => id)
}

test('by keyboard alone: a setting is changed, a wrong one is put right at its field', { skip }, async () => {
  const page = await browser.newPage()
  await page.goto(`${origin}/quan-tri`)
  await press(page, /Thiết lập/)
  await press(page, /Đổi Một phiên dài nhất/)
  assert.equal(await page.evaluate('document.activeElement.id'), 'f-value')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('99')
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')])
  assert.match((await page.textContent('[role=alert]')) ?? '', /“99” không dùng được\. Hãy nhập từ 1 đến 24/)
  assert.deepEqual(await violationsOf(page), [])
  await page.keyboard.press('Control+a')
  await page.keyboard.type('8')
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')])
  assert.equal(readSetting(here.db, 'session_hours'), 8)
  assert.match((await page.textContent('#session_hours')) ?? '', /8 giờ/)
  await page.close()
})

test('by keyboard alone: a version of a procedure is typed, looked at and recorded', { skip }, async () => {
  const page = await browser.newPage()
  await page.goto(`${origin}/quan-tri/thu-tuc`)
  await tabTo(page, /Mã hoặc tên thủ tục/)
  await page.keyboard.type('tinh trang hon nhan')
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')])
  await press(page, /Cấp Giấy xác nhận tình trạng hôn nhân/)
  await press(page, /Ghi phiên bản mới/)
  await tabTo(page, /Thời hạn/)
  await page.keyboard.press('Control+a')
  await page.keyboard.type('2 ngày làm việc')
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')])
  assert.match((await page.textContent('main')) ?? '', /không hồ sơ nào chuyển hạn/)
  assert.deepEqual(await violationsOf(page), [])
  await press(page, /Ghi phiên bản/)
  const versions = catalogueOf(here.db).procedureByCode.get('1.004873')!.versions
  assert.deepEqual(versions.map(({ validFrom, limitText }) => `${validFrom} ${limitText}`).slice(1, 3), [
    '2022-08-15 3wd',
    '2023-03-07 2wd',
  ])
  await page.close()
})

test('by keyboard alone: a failed job is asked for again and an alarm cleared', { skip }, async () => {
  const now = here.clock.now()
  const run = claimRun(here.db, { job: 'backup', subject: '2023-03-06', version: 1, runner: 'x', now })!
  failRun(here.db, run, 'Đĩa đầy.', now)
  raiseAlarm(here.db, { kind: 'job_failed', subject: 'backup', detail: 'Đĩa đầy.', raisedAt: now })
  for (const viewport of [
    { width: 1366, height: 768 },
    { width: 390, height: 844 },
  ]) {
    const page = await browser.newPage({ viewport })
    await page.goto(`${origin}/quan-tri/viec-nen`)
    assert.deepEqual(await violationsOf(page), [])
    assert.equal(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth'), true)
    await page.close()
  }
  const page = await browser.newPage()
  await page.goto(`${origin}/quan-tri/viec-nen`)
  await press(page, /Đã xử lý, tắt cảnh báo/)
  await press(page, /Chạy lại ngay Sao lưu/)
  assert.match((await page.textContent('main')) ?? '', /Đã yêu cầu chạy lại/)
  assert.equal(await page.locator('.alarms li').count(), 0)
  await page.close()
})

test('by keyboard alone: a template is edited, put right at its line, tried out and put back', {
  skip,
}, async () => {
  const own = join(here.folders.templatesDir, 'stop-notice.typ')
  rmSync(own, { force: true })
  const page = await browser.newPage()
  await page.goto(`${origin}/quan-tri`)
  await press(page, /Mẫu giấy/)
  await press(page, /Sửa Thông báo dừng giải quyết hồ sơ/)
  await tabTo(page, /Nội dung mẫu/)
  const shipped = await page.inputValue('#f-text')
  await page.keyboard.press('Control+End')
  await page.keyboard.insertText('#khong-co()')
  await press(page, /Ghi mẫu/)
  assert.match((await page.textContent('[role=alert]')) ?? '', /không có tên “khong-co”/)
  assert.equal(await page.textContent('.template-lines .wrong'), '#khong-co()')
  assert.equal(await page.inputValue('#f-text'), `${shipped}#khong-co()`)
  assert.deepEqual(await violationsOf(page), [])
  await tabTo(page, /Nội dung mẫu/)
  await page.keyboard.press('Control+End')
  for (const _ of '#khong-co()') await page.keyboard.press('Backspace')
  await page.keyboard.insertText('Chữ của xã')
  await tabTo(page, /Xem thử/)
  const [reply] = await Promise.all([
    page.context().waitForEvent('response', (each) => each.url().endsWith('/xem-thu')),
    page.keyboard.press('Enter'),
  ])
  assert.equal(reply.headers()['content-type'], 'application/pdf')
  await page.waitForSelector('#paper .loaded')
  await page.keyboard.press('Escape')
  assert.equal(await page.inputValue('#f-text'), `${shipped}Chữ của xã`)
  assert.equal(existsSync(own), false)
  await tabTo(page, /Nội dung mẫu/)
  await press(page, /Ghi mẫu/)
  assert.equal(readFileSync(own, 'utf8'), `${shipped}Chữ của xã\n`)
  assert.match((await page.textContent('#stop-notice')) ?? '', /Mẫu của đơn vị/)
  await press(page, /Sửa Thông báo dừng giải quyết hồ sơ/)
  assert.deepEqual(await violationsOf(page), [])
  await press(page, /Trở về mẫu có sẵn/)
  assert.equal(existsSync(own), false)
  await page.close()
})

test('the templates fit a phone, and without JavaScript they are edited all the same', { skip }, async () => {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    javaScriptEnabled: false,
  })
  const page = await context.newPage()
  await page.goto(`${origin}/quan-tri/mau-giay/receipt-slip`)
  const text = await page.inputValue('#f-text')
  await page.fill('#f-text', `${text}Chữ của xã`)
  await page.getByRole('button', { name: 'Ghi mẫu' }).click()
  await page.waitForURL(/mau-giay#receipt-slip/)
  assert.match((await page.textContent('#receipt-slip')) ?? '', /Mẫu của đơn vị/)
  await context.close()
  const wide = await browser.newPage({ viewport: { width: 390, height: 844 } })
  for (const path of ['', '/receipt-slip', '/common']) {
    await wide.goto(`${origin}/quan-tri/mau-giay${path}`)
    assert.deepEqual(await violationsOf(wide), [])
    assert.equal(await wide.evaluate('document.documentElement.scrollWidth <= window.innerWidth'), true)
  }
  await wide.close()
})
