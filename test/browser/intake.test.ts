import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { deskOf } from '../support/desk.ts'
import { pageApp } from '../support/page-app.ts'
import { scan } from '../support/scan.ts'
import { type TestInstallation, testInstallation } from '../support/test-installation.ts'

const CHROMIUM = '/usr/bin/chromium'
const skip = existsSync(CHROMIUM)
  ? false
  : `Chromium is not installed at ${CHROMIUM}: the browser tests did not run`
const ARGS = ['--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run']
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const ARTEFACTS = new URL('../../.artefacts/', import.meta.url).pathname
const DESK = { width: 1366, height: 768 }
const PHONE = { width: 390, height: 844 }
const CARD = '030190001234|141234567|Nguyễn Thị Đào|05031990|Nữ|Thôn Ngọc Lâm, Ngọc Kỳ|15042021'

let installation: TestInstallation
let app: FastifyInstance
let browser: Browser
let origin: string

before(async () => {
  if (skip) return
  mkdirSync(ARTEFACTS, { recursive: true })
  installation = testInstallation()
  const desk = deskOf(installation)
  for (const procedure of ['1.004873', '2.000815', '2.000815', '1.001193', '1.000894', '1.004222']) {
    desk.log({ procedure, at: '2023-03-03T09:00' })
  }
  app = await pageApp(installation)
  origin = await app.listen({ host: '127.0.0.1', port: 0 })
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGS })
})

after(async () => {
  if (skip) return
  await browser.close()
  await app.close()
})

interface Sitting {
  readonly page: Page
  readonly complaints: readonly string[]
}

/** A clerk's browser, in which the print dialog is counted instead of shown. */
async function atDesk(work: (sitting: Sitting) => Promise<void>, options: object = {}): Promise<void> {
  const context: BrowserContext = await browser.newContext({
    viewport: DESK,
    extraHTTPHeaders: { 'x-motcua-officer': 'xa-ngoc-ky.mot-cua-1' },
    ...options,
  })
  await context.addInitScript('window.print = () => { window.top.printed = (window.top.printed ?? 0) + 1 }')
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(`${origin}/ho-so/moi`)
  await work({ page, complaints })
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
const lastDossier = () =>
  installation.db.prepare('SELECT * FROM dossiers ORDER BY id DESC LIMIT 1').get() as Record<string, unknown>
const dossiers = () => installation.db.prepare('SELECT COUNT(*) FROM dossiers').pluck().get() as number

async function violationsOf(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE)
  const { violations } = await page.evaluate<{
    violations: readonly { id: string; nodes: readonly { html: string }[] }[]
  }>('axe.run(document)')
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`)
}

test('two scans and one key: from the citizen’s card to the slip and its print dialog', {
  skip,
}, async () => {
  await atDesk(async ({ page, complaints }) => {
    const before = dossiers()
    let acts = 0
    const act = (done: Promise<void>) => {
      acts += 1
      return done
    }
    await act(scan(page, CARD))
    await act(scan(page, '1.004873'))
    await act(page.keyboard.press('Control+Enter'))
    await page.waitForURL(/\/da-nhan/)
    await until(page, 'window.printed === 1')
    assert.equal(acts, 3)
    assert.equal(dossiers(), before + 1)
    const { code, state } = lastDossier()
    assert.equal(state, 'accepted')
    await seen(page, String(code))
    assert.match((await page.getAttribute('iframe', 'src')) ?? '', /receipt-slip\.pdf$/)
    assert.ok(page.frames().some((frame) => frame.url().endsWith('receipt-slip.pdf')))
    assert.doesNotMatch(page.url(), /in=1/)
    await page.screenshot({ path: `${ARTEFACTS}intake-taken.png` })
    await page.focus('#search')
    await page.keyboard.type('phamp', { delay: 60 })
    assert.equal(await page.inputValue('#search'), 'phamp')
    assert.equal(await page.evaluate('window.printed'), 1)
    await page.fill('#search', '')
    await page.evaluate('document.activeElement.blur()')
    await page.keyboard.press('p')
    await until(page, 'window.printed === 2')
    await page.keyboard.press('n')
    await page.waitForURL(/\/ho-so\/moi$/)
    assert.deepEqual(complaints, [])
  })
})

test('a scan is caught wherever the cursor is, and leaves nothing in the field it hit', {
  skip,
}, async () => {
  await atDesk(async ({ page }) => {
    await page.focus('#f-note')
    await page.keyboard.type('Gọi trước', { delay: 60 })
    await scan(page, CARD)
    await seen(page, 'Đã đọc thẻ của Nguyễn Thị Đào.')
    assert.equal(await value(page, 'note'), 'Gọi trước')
    assert.equal(await value(page, 'name'), 'Nguyễn Thị Đào')
    assert.equal(await value(page, 'birthYear'), '1990')
    await page.evaluate('document.activeElement.blur()')
    await scan(page, 'KHONG-PHAI-MA-NAO-CUA-HE-THONG')
    await seen(page, 'Không nhận ra mã vừa quét')
    await page.keyboard.press('Escape')
    await page.locator('.scan-say').waitFor({ state: 'hidden' })
  })
})

test('a scanner as slow as a hand is understood when its Enter comes', { skip }, async () => {
  await atDesk(async ({ page }) => {
    await page.focus('#f-idNumber')
    for (const character of CARD) await page.keyboard.insertText(character)
    await page.keyboard.press('Enter')
    await seen(page, 'Đã đọc thẻ của Nguyễn Thị Đào.')
    assert.equal(await value(page, 'idNumber'), '030190001234')
    assert.equal(await value(page, 'name'), 'Nguyễn Thị Đào')
  })
})

test('another person’s card takes nothing over from the one before', { skip }, async () => {
  await atDesk(async ({ page }) => {
    await scan(page, CARD)
    await seen(page, 'Đã đọc thẻ')
    await page.fill('#f-phone', '0912345678')
    await scan(page, '030085000777||Trần Văn Bình|01021985|Nam|Thôn Hai|15042021')
    await seen(page, 'Đã đọc thẻ của Trần Văn Bình.')
    assert.equal(await value(page, 'phone'), '')
    assert.equal(await value(page, 'sex'), 'male')
  })
})

test('the same card again, or one after something was typed, takes nothing away', { skip }, async () => {
  await atDesk(async ({ page }) => {
    await page.fill('#f-phone', '0912345678')
    await scan(page, CARD)
    await seen(page, 'Đã đọc thẻ của Nguyễn Thị Đào.')
    assert.equal(await value(page, 'phone'), '0912345678')
    await page.fill('#f-address', 'Thôn Mới')
    await scan(page, CARD.replace('Nguyễn Thị Đào', 'Nguy?n'))
    await seen(page, 'họ tên không đọc được')
    const kept = await Promise.all(['name', 'address', 'phone'].map((name) => value(page, name)))
    assert.deepEqual(kept, ['Nguyễn Thị Đào', 'Thôn Mới', '0912345678'])
  })
})

test('without a connection what follows is marked as old, and made anew when it is back', {
  skip,
}, async () => {
  await atDesk(async ({ page }) => {
    await page.fill('#f-procedure', '1.004873')
    await seen(page, 'thứ Năm 09/03/2023')
    await page.context().setOffline(true)
    await page.fill('#f-procedure', '2.000815')
    await page.locator('#xem-han.stale').waitFor()
    await seen(page, 'mất kết nối với máy chủ')
    await page.context().setOffline(false)
    await page.locator('#xem-han:not(.stale)').waitFor()
    await page.locator('input[name="papersOf"][value="2.000815"]').waitFor({ state: 'attached' })
    await page.locator('.scan-say').waitFor({ state: 'hidden' })
  })
})

test('without a connection a scan is kept and nothing is sent; both are said, and go on when it is back', {
  skip,
}, async () => {
  await atDesk(async ({ page }) => {
    const before = dossiers()
    await page.fill('#f-procedure', '1.004873')
    await seen(page, 'thứ Năm 09/03/2023')
    await page.context().setOffline(true)
    await scan(page, CARD.replaceAll('030190001234', '030190007001'))
    await seen(
      page,
      'Đã quét nhưng chưa đọc được: mất kết nối với máy chủ. Lần quét và nội dung đã nhập vẫn còn',
    )
    await page.keyboard.press('Control+Enter')
    await seen(page, 'Chưa gửi được hồ sơ: mất kết nối')
    await page.waitForTimeout(500)
    assert.match(page.url(), /\/ho-so\/moi$/)
    assert.match(await value(page, 'procedure'), /^1\.004873/)
    await page.context().setOffline(false)
    await until(page, `document.querySelector('#f-idNumber').value === '030190007001'`)
    await seen(page, 'Đã đọc thẻ của Nguyễn Thị Đào.')
    assert.equal(dossiers(), before)
    await page.keyboard.press('Control+Enter')
    await page.waitForURL(/\/da-nhan/)
  })
})

test('where the session has ended the page says so, links the sign-in, and goes on after it', {
  skip,
}, async () => {
  await atDesk(async ({ page }) => {
    await page.setExtraHTTPHeaders({ 'x-motcua-officer': '' })
    await page.fill('#f-procedure', '1.004873')
    await seen(page, 'phiên làm việc đã hết')
    const link = page.locator('.scan-say a', { hasText: 'Đăng nhập ở thẻ mới' })
    assert.equal(await link.getAttribute('href'), '/dang-nhap')
    assert.equal(await link.getAttribute('target'), '_blank')
    await page.keyboard.press('Control+Enter')
    await seen(page, 'Chưa gửi được hồ sơ: phiên làm việc đã hết')
    await page.setExtraHTTPHeaders({ 'x-motcua-officer': 'xa-ngoc-ky.mot-cua-1' })
    await seen(page, 'thứ Năm 09/03/2023')
    await seen(page, 'Hồ sơ chưa được gửi: hãy bấm gửi lần nữa')
  })
})

test('a card scanned into the fields of whoever hands in for somebody fills those, and says so', {
  skip,
}, async () => {
  await atDesk(async ({ page }) => {
    await scan(page, CARD)
    await seen(page, 'Đã đọc thẻ của Nguyễn Thị Đào. Đã điền vào người nộp.')
    await page.locator('summary', { hasText: 'Nộp thay' }).click()
    await page.focus('#f-proxyName')
    await scan(page, '030085000777||Trần Văn Bình|01021985|Nam|Thôn Hai|15042021')
    await seen(page, 'Đã đọc thẻ của Trần Văn Bình. Đã điền vào người được ủy quyền.')
    const names = ['name', 'idNumber', 'proxyName', 'proxyIdNumber', 'proxyAddress']
    const filled = await Promise.all(names.map((name) => value(page, name)))
    assert.deepEqual(filled, [
      ...['Nguyễn Thị Đào', '030190001234'],
      ...['Trần Văn Bình', '030085000777', 'Thôn Hai'],
    ])
  })
})

test('a scan of another procedure changes the papers under whoever is typing in them', { skip }, async () => {
  await atDesk(async ({ page }) => {
    await page.fill('#f-procedure', '1.004873')
    await page.focus('[name="copies-3"]')
    await scan(page, '1.001193')
    await page.locator('input[name="papersOf"][value="1.001193"]').waitFor({ state: 'attached' })
  })
})

test('what an input method is composing is not taken for a scan', { skip }, async () => {
  await atDesk(async ({ page }) => {
    await page.focus('#f-name')
    await page.evaluate(`for (const key of 'Nguyễn Thị Đào đang gõ bằng bộ gõ') document.activeElement.dispatchEvent(
      new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, isComposing: true }))`)
    await page.waitForTimeout(200)
    assert.equal(await page.isVisible('.scan-say'), false)
  })
})

test('somebody who types fast gets every letter', { skip }, async () => {
  await atDesk(async ({ page }) => {
    await page.focus('#f-note')
    await page.keyboard.type('nhanh tay')
    await page.waitForTimeout(500)
    assert.equal(await value(page, 'note'), 'nhanh tay')
  })
})

test('a whole intake by keyboard alone: words without marks, Enter from field to field, Ctrl+Enter', {
  skip,
}, async () => {
  await atDesk(async ({ page }) => {
    const type = async (text: string) => {
      await page.keyboard.type(text, { delay: 40 })
      await page.keyboard.press('Enter')
    }
    await type('tinh trang hon')
    assert.match(await value(page, 'procedure'), /^1\.004873 /)
    await type('030085000123')
    await type('Lê Văn Phím')
    await type('1985')
    await seen(page, 'Số định danh khớp: nam, sinh 1985')
    await seen(page, 'thứ Năm 09/03/2023')
    await page.keyboard.press('Control+Enter')
    await page.waitForURL(/\/da-nhan/)
    await seen(page, 'Hẹn trả thứ Năm 09/03/2023 17:00')
  })
})

test('F keys choose, Ctrl+Shift+Enter saves and brings the same person back, one slip for both', {
  skip,
}, async () => {
  await atDesk(async ({ page }) => {
    await page.keyboard.press('F1')
    await until(
      page,
      `document.querySelector('#f-procedure').value === document.querySelector('.desk-chip').value`,
    )
    await page.fill('#f-name', 'Phạm Thị Hai Việc')
    await page.fill('#f-quantity', '12')
    await page.keyboard.press('Control+Shift+Enter')
    await page.waitForURL(/luot=/)
    assert.equal(lastDossier()['quantity'], 12)
    assert.equal(await value(page, 'name'), 'Phạm Thị Hai Việc')
    assert.equal(await page.isChecked('#f-sitting'), true)
    await page.keyboard.type('1.004873', { delay: 40 })
    await page.keyboard.press('Control+Enter')
    await page.waitForURL(/\/da-nhan/)
    await seen(page, 'Đã tiếp nhận 2 hồ sơ trong một lượt')
    assert.match((await page.getAttribute('iframe', 'src')) ?? '', /luot\.pdf$/)
    await page.keyboard.press('t')
    await page.waitForURL(/luot=/)
  })
})

test('after “Lưu và tiếp” p shows the slip of what was saved; Ctrl+Alt+Enter answers at once', {
  skip,
}, async () => {
  await atDesk(async ({ page }) => {
    await page.fill('#f-procedure', '1.004873')
    await page.keyboard.press('Control+Alt+Enter')
    await seen(page, 'Chỉ trả ngay được thủ tục giải quyết ngay')
    await page.fill('#f-name', 'Phạm Thị Chứng Thực')
    await page.keyboard.press('Control+Shift+Enter')
    await page.waitForURL(/luot=/)
    await page.screenshot({ path: `${ARTEFACTS}intake-saved.png` })
    await page.keyboard.press('Escape')
    await page.keyboard.press('p')
    await page.locator('#paper[open]').waitFor()
    await page.keyboard.press('Escape')
    await page.fill('#f-procedure', '2.000815')
    await page.keyboard.press('Control+Alt+Enter')
    await page.waitForURL(/\/da-nhan$/)
    await seen(page, 'Đã trả kết quả')
    await page.screenshot({ path: `${ARTEFACTS}intake-at-once.png` })
    assert.equal(lastDossier()['state'], 'returned')
  })
})

test('a duplicate is shown while one types; with a reason it goes on', { skip }, async () => {
  await atDesk(async ({ page }) => {
    const before = dossiers()
    deskOf(installation).log({ applicant: { name: 'Đỗ Thị Trùng', idNumber: '030190000999' } })
    await page.keyboard.press('F2')
    await page.fill('#f-procedure', '1.004873')
    await page.fill('#f-idNumber', '030190000999')
    await seen(page, 'Đã có hồ sơ cùng người, cùng thủ tục')
    await page.keyboard.press('F9')
    await until(page, `document.querySelector('#f-name').value === 'Đỗ Thị Trùng'`)
    await page.keyboard.press('Control+Enter')
    await page.locator('.form-refusal').waitFor()
    assert.equal(await page.evaluate('document.activeElement.id'), 'f-duplicateReason')
    assert.deepEqual(await violationsOf(page), [])
    await page.keyboard.type('Cần thêm bản', { delay: 40 })
    await page.keyboard.press('Control+Enter')
    await page.waitForURL(/\/da-nhan/)
    assert.equal(dossiers(), before + 2)
  })
})

test('`n` opens the intake from anywhere, but not while somebody types', { skip }, async () => {
  await atDesk(async ({ page }) => {
    await page.goto(`${origin}/ho-so`)
    await page.focus('#search')
    await page.keyboard.type('n')
    assert.match(page.url(), /\/ho-so$/)
    await page.evaluate('document.activeElement.blur()')
    await page.keyboard.press('n')
    await page.waitForURL(/\/ho-so\/moi$/)
  })
})

test('no key leads away from what is typed, and who leaves it is asked first; training stays training', {
  skip,
}, async () => {
  await atDesk(async ({ page }) => {
    const asked: string[] = []
    page.on('dialog', (dialog) => {
      asked.push(dialog.type())
      return dialog.dismiss()
    })
    await page.goto(`${origin}/ho-so/moi?tap-huan=1`)
    await page.fill('#f-name', 'Đỗ Thị Gõ Dở')
    await page.locator('summary', { hasText: 'Nộp thay' }).click()
    await page.keyboard.press('n')
    await page.waitForTimeout(300)
    assert.equal(await value(page, 'name'), 'Đỗ Thị Gõ Dở')
    assert.deepEqual(asked, [])
    await page.click('.rail-act', { noWaitAfter: true })
    for (let tries = 0; asked.length === 0 && tries < 50; tries += 1) await page.waitForTimeout(50)
    assert.deepEqual(asked, ['beforeunload'])
    assert.equal(await value(page, 'name'), 'Đỗ Thị Gõ Dở')
    await page.fill('#f-name', '')
    await page.click('.rail-act')
    await page.waitForURL(/\/ho-so\/moi\?tap-huan=1$/)
    await page.fill('#f-procedure', '1.004873')
    await page.fill('#f-name', 'Đỗ Thị Gửi')
    await page.keyboard.press('Control+Enter')
    await page.waitForURL(/tap-huan\/\d+/)
    assert.equal(asked.length, 1)
    await page.click('.rail-act')
    await page.waitForURL(/\/ho-so\/moi\?tap-huan=1$/)
  })
})

test('a required paper unticked is said by the buttons, and a reason takes it in all the same', {
  skip,
}, async () => {
  await atDesk(async ({ page }) => {
    await page.fill('#f-procedure', '1.004873')
    await page.fill('#f-name', 'Đỗ Thị Thiếu')
    await seen(page, 'Tờ khai cấp Giấy xác nhận')
    assert.equal(await page.locator('#xem-thieu').textContent(), '')
    await page.uncheck('#f-paper-1')
    await seen(page, 'Còn thiếu 1 giấy tờ bắt buộc')
    await page.keyboard.press('Control+Enter')
    await page.locator('.form-refusal').waitFor()
    assert.equal(await page.evaluate('document.activeElement.id'), 'f-missingReason')
    assert.deepEqual(await violationsOf(page), [])
    await page.screenshot({ path: `${ARTEFACTS}intake-missing.png` })
    await page.keyboard.type('Nộp sau', { delay: 40 })
    await page.keyboard.press('Control+Enter')
    await page.waitForURL(/\/da-nhan/)
  })
})

test('a refused form puts the cursor where something is wrong, and says it whole', { skip }, async () => {
  await atDesk(async ({ page }) => {
    const isWhole = `[...document.querySelectorAll('.field-error')]
      .every((each) => each.scrollWidth <= each.clientWidth && each.scrollHeight <= each.clientHeight)`
    await page.fill('#f-procedure', '1.004873')
    await page.fill('#f-name', 'Đỗ Thị Chối')
    await page.locator('summary', { hasText: 'Từ chối' }).click()
    await page.click('button[value="refuse"]')
    await page.locator('.form-refusal').waitFor()
    assert.equal(await page.evaluate('document.activeElement.id'), 'f-refusalReason')
    await until(
      page,
      `document.querySelector('#e-refusalReason').getBoundingClientRect().bottom <= innerHeight`,
    )
    assert.ok(await page.evaluate(isWhole))
    await page.fill('#f-refusalReason', '')
    await page.fill('#f-idNumber', '030190001239')
    await page.fill('#f-birthYear', '1985')
    await seen(page, 'Có thể sai')
    await page.keyboard.press('Control+Enter')
    await page.locator('#e-idNumber').waitFor()
    assert.ok(await page.evaluate(isWhole))
    await page.screenshot({ path: `${ARTEFACTS}intake-refused.png` })
  })
})

test('a common dossier fits 1366×768 without scrolling', { skip }, async () => {
  await atDesk(async ({ page }) => {
    await scan(page, CARD.replace('030190001234', '030190005678'))
    await scan(page, '1.004873')
    await seen(page, 'Số định danh khớp')
    await seen(page, 'thứ Năm 09/03/2023')
    const height = await page.evaluate('document.documentElement.scrollHeight')
    assert.equal(height, DESK.height)
    await page.screenshot({ path: `${ARTEFACTS}intake-filled.png` })
  })
})

test('the pages of the intake have nothing axe objects to and fit a phone, light and dark', {
  skip,
}, async () => {
  for (const [viewport, colorScheme] of [
    [DESK, 'light'],
    [DESK, 'dark'],
    [PHONE, 'light'],
  ] as const) {
    await atDesk(
      async ({ page, complaints }) => {
        const found: Record<string, unknown> = {}
        const look = async (name: string) => {
          const wide = await page.evaluate('document.documentElement.scrollWidth > window.innerWidth')
          const wrong = [...(await violationsOf(page)), ...(wide ? ['wider than the window'] : [])]
          if (wrong.length > 0) found[name] = wrong
        }
        await look('empty')
        await page.fill('#f-procedure', '1.004873')
        await page.fill('#f-idNumber', '030190001234')
        await page.fill('#f-birthYear', '1991')
        await seen(page, 'Có thể sai')
        await look('doubt')
        await page.fill('#f-procedure', 'dang ky')
        await page.locator('.found li').first().waitFor()
        await look('list')
        await page.goto(`${origin}/ho-so/moi/the-thu-tuc`)
        await look('cards')
        await page.goto(`${origin}/ho-so/moi?tap-huan=1`)
        await page.fill('#f-procedure', '1.004873')
        await page.fill('#f-name', 'Tập Thử')
        await page.press('#f-name', 'Control+Enter')
        await page.waitForURL(/tap-huan\/\d+/)
        await look('training')
        assert.deepEqual(found, {}, `${viewport.width} ${colorScheme}`)
        assert.deepEqual(complaints, [])
      },
      { viewport, colorScheme },
    )
  }
})
