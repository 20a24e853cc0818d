import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { actorOfOfficer } from '../../src/accounts/acting.ts'
import { catalogueOf } from '../../src/catalogue/catalogue.ts'
import { sendMessage } from '../../src/messages/send-message.ts'
import { standing, submitted, telling } from '../support/citizens.ts'
import { deskOf } from '../support/desk.ts'
import { pageApp } from '../support/page-app.ts'
import { testInstallation } from '../support/test-installation.ts'

const CHROMIUM = '/usr/bin/chromium'
const skip = existsSync(CHROMIUM)
  ? false
  : `Chromium is not installed at ${CHROMIUM}: the browser tests did not run`
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const CLERK = 'xa-ngoc-ky.mot-cua-1'

const installation = telling(testInstallation('2023-03-06T09:00'), { mode: 'mailbox' })
let app: FastifyInstance
let browser: Browser
let origin: string
let code: string

before(async () => {
  if (skip) return
  const { desk, dossier } = submitted(installation)
  code = desk.act(dossier, 'accept').code!
  const failed = submitted(installation)
  desk.act(failed.dossier, 'accept')
  installation.db
    .prepare(`UPDATE messages SET status = 'failed', error = 'unknown', settled_at = 1 WHERE id = 2`)
    .run()
  const kept = submitted(installation)
  desk.act(kept.dossier, 'accept')
  installation.at('2023-03-06T09:05')
  await sendMessage(installation, 3, new AbortController().signal)
  const head = catalogueOf(installation.db).officerByKey.get('xa-ngoc-ky.chu-tich')!.id
  deskOf(installation, actorOfOfficer(installation, head)!).log({ assignee: CLERK })
  installation.at('2023-03-06T09:02')
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

const contextOf = (
  officer: string | null,
  given: Parameters<Browser['newContext']>[0] = {},
): Promise<BrowserContext> =>
  browser.newContext({
    viewport: { width: 1366, height: 768 },
    ...(officer !== null && { extraHTTPHeaders: { 'x-motcua-officer': officer } }),
    ...given,
  })

async function violationsOf(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE)
  const { violations } = await page.evaluate<{ violations: { id: string; nodes: { html: string }[] }[] }>(
    'axe.run(document)',
  )
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)}`)
}

test('messages, the trial mailbox, keys and the morning: nothing for axe, nothing too wide, light, dark and phone', {
  skip,
}, async () => {
  for (const given of [
    { colorScheme: 'light' },
    { colorScheme: 'dark' },
    { viewport: { width: 390, height: 844 } },
  ] as const) {
    const found: Record<string, unknown> = {}
    const look = async (officer: string | null, paths: readonly string[]) => {
      const context = await contextOf(officer, given)
      const page = await context.newPage()
      for (const path of paths) {
        await page.goto(`${origin}${path}`)
        const wide = await page.evaluate('document.documentElement.scrollWidth > window.innerWidth')
        const problems = await violationsOf(page)
        if (problems.length > 0 || wide) found[path] = { problems, wide }
      }
      await context.close()
    }
    await look(null, [
      '/tin-nhan',
      '/tin-nhan?xem=loi',
      '/tin-nhan/cach-gui',
      '/tin-nhan/hop-thu-thu',
      '/phim-tat',
    ])
    await look(CLERK, [`/ho-so/${code}`, '/phim-tat', '/'])
    assert.deepEqual(found, {}, JSON.stringify(given))
  }
})

test('? opens the keys of the page and Esc closes them; in a field and while composing it is a letter', {
  skip,
}, async () => {
  const context = await contextOf(CLERK)
  const page = await context.newPage()
  const isOpen = () => page.evaluate(`document.querySelector('#key-help').open`)
  await page.goto(`${origin}/ho-so/${code}`)
  await page.keyboard.press('?')
  assert.equal(await isOpen(), true)
  assert.match(
    await page.innerText('#key-help'),
    /Một hồ sơ[\s\S]*Làm việc tiếp theo[\s\S]*Mọi trang[\s\S]*Tìm hồ sơ/,
  )
  assert.deepEqual(await violationsOf(page), [])
  await page.keyboard.press('Escape')
  assert.equal(await isOpen(), false)
  assert.ok(page.url().endsWith(code), 'Esc closes the keys and leads nowhere')
  await page.keyboard.press('/')
  await page.keyboard.type('ai?')
  assert.equal(await isOpen(), false)
  assert.equal(await page.inputValue('#search'), 'ai?')
  await page.evaluate('document.activeElement.blur()')
  await page.evaluate(
    `document.body.dispatchEvent(new KeyboardEvent('keydown', { key: '?', isComposing: true, bubbles: true }))`,
  )
  await page.keyboard.press('Control+Shift+?')
  assert.equal(await isOpen(), false)
  await page.keyboard.press('?')
  await page.keyboard.press('Enter')
  assert.equal(await isOpen(), false, 'the button to close it has the focus')
  await context.close()
})

test('without scripts the keys are a page away, from the foot of the rail', { skip }, async () => {
  const context = await contextOf(CLERK, { javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(`${origin}/tin-nhan`)
  await page.click('.rail-foot a')
  assert.match(page.url(), /\/phim-tat$/)
  assert.match(await page.innerText('main'), /F1–F8[\s\S]*Ctrl \+ Enter/)
  await context.close()
})

test('a clerk sees on the rail that something is new, reads it, and stops a message, by keyboard alone', {
  skip,
}, async () => {
  const context = await contextOf(CLERK)
  const page = await context.newPage()
  await page.goto(`${origin}/tin-nhan`)
  assert.match(await page.innerText('.rail'), /Hôm nay\s*1/)
  const tabTo = async (selector: string) => {
    for (let n = 0; n < 60; n += 1) {
      if (await page.evaluate(`document.activeElement.matches(${JSON.stringify(selector)})`)) return
      await page.keyboard.press('Tab')
    }
    throw new Error(`Tab never reaches ${selector}`)
  }
  const follow = () => Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')])
  await tabTo('.rail a[href="/"]')
  await follow()
  assert.match(await page.innerText('.morning'), /1 hồ sơ mới được giao\s*mới/)
  await page.goto(`${origin}/ho-so/${code}`)
  await tabTo('.dossier-messages summary')
  await page.keyboard.press('Enter')
  assert.match(await page.innerText('.dossier-messages'), /Hẹn trả kết quả:[\s\S]*còn 3 phút/)
  await tabTo('form[action="/tin-nhan/1/dung"] button')
  await follow()
  assert.match(page.url(), new RegExp(`/ho-so/${code}$`))
  assert.equal(standing(installation)[0], 'received:email:stopped:by_hand')
  assert.match(await page.innerText('.dossier-messages'), /1 tin đã gửi hoặc đã dừng/)
  await context.close()
})
