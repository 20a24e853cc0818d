import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { after, before, beforeEach, describe, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { findDossierById } from '../../db/queries/dossiers.ts'
import { deskOf } from '../support/desk.ts'
import { pageApp } from '../support/page-app.ts'
import { type TestInstallation, testInstallation } from '../support/test-installation.ts'

const CHROMIUM = '/usr/bin/chromium'
const skip = existsSync(CHROMIUM)
  ? false
  : `Chromium is not installed at ${CHROMIUM}: the browser tests did not run`
const ARGS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-sync',
]
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const ARTEFACTS = new URL('../../.artefacts/', import.meta.url).pathname
const DESK = { width: 1366, height: 768 }
const PHONE = { width: 390, height: 844 }

let installation: TestInstallation
let app: FastifyInstance
let browser: Browser
let origin: string
let context: BrowserContext
let page: Page
let dossiers: readonly StoredDossier[]

before(async () => {
  if (skip) return
  mkdirSync(ARTEFACTS, { recursive: true })
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGS })
})

after(() => browser?.close())

// In a suite of its own: a hook beside it would run before every test there is.
describe('the desk’s lists in a browser', () => {
  beforeEach(async () => {
    if (skip) return
    await context?.close()
    await app?.close()
    installation = testInstallation('2023-03-06T09:00')
    const desk = deskOf(installation)
    dossiers = ['Nguyễn Thị Đào', 'Trần Văn Hải', 'Vũ Thị Hiên', 'Phạm Văn Khải'].map((name) =>
      desk.log({ applicant: { name, phone: '0912345678' } }),
    )
    for (const name of ['Đỗ Thị Mến', 'Lê Văn Tám']) {
      desk.log({ act: 'submit', channel: 'level4', applicant: { name } })
      installation.clock.set(installation.clock.now() + 60_000)
    }
    app = await pageApp(installation)
    origin = await app.listen({ host: '127.0.0.1', port: 0 })
    await as('xa-ngoc-ky.mot-cua-1')
  })

  after(() => app?.close())

  async function as(officer: string, more: object = {}): Promise<void> {
    context = await browser.newContext({
      viewport: DESK,
      extraHTTPHeaders: { 'x-motcua-officer': officer },
      ...more,
    })
    page = await context.newPage()
  }

  async function complaintsOf(path: string): Promise<readonly string[]> {
    const complaints: string[] = []
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(error.message))
    await page.goto(`${origin}${path}`)
    await page.evaluate('document.fonts.ready.then(() => true)')
    return complaints
  }

  async function violations(): Promise<readonly string[]> {
    await page.evaluate(AXE)
    const { violations: found } = await page.evaluate<{
      violations: readonly { id: string; nodes: readonly { html: string }[] }[]
    }>('axe.run(document)')
    return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`)
  }

  const press = async (...keys: readonly string[]) => {
    for (const key of keys) await page.keyboard.press(key)
  }
  const sent = (...keys: readonly string[]) => Promise.all([page.waitForEvent('load'), press(...keys)])
  const focused = () => page.evaluate<string>('document.activeElement.textContent')

  test('a dossier of the queue is opened by keyboard alone', { skip }, async () => {
    await complaintsOf('/viec')
    await press('j', 'j', 'k', 'j')
    assert.equal(await focused(), dossiers[1]?.code)
    await sent('Enter')
    assert.equal(new URL(page.url()).pathname, `/ho-so/${dossiers[1]?.code}`)
  })

  test('what was found is gone through by keyboard too', { skip }, async () => {
    await complaintsOf('/ho-so?q=thi')
    await press('j', 'j', 'k')
    const first = await page.locator('table a.code').first().getAttribute('href')
    assert.equal(await page.evaluate(`document.activeElement.getAttribute('href')`), first)
    await sent('Enter')
    assert.equal(new URL(page.url()).pathname, first)
  })

  test('two dossiers are chosen and assigned by keyboard alone', { skip }, async () => {
    await complaintsOf('/viec')
    await press('j', 'x', 'j', 'x')
    assert.match((await page.textContent('[data-picked]')) ?? '', /Đã chọn 2 hồ sơ/)
    await press('a')
    assert.equal(await page.evaluate('document.activeElement.id'), 'bulk-assignee')
    const name = await page.textContent('#bulk-assignee option[value="xa-ngoc-ky.mot-cua-2"]')
    await page.keyboard.type(name ?? '')
    await press('Tab')
    await sent('Enter')
    assert.match((await page.textContent('main [role=status]')) ?? '', /Đã giao 2 hồ sơ/)
    const versions = dossiers.map(({ id }) => findDossierById(installation.db, id)?.assigneeId !== null)
    assert.deepEqual(versions, [true, true, false, false])
  })

  test('with Shift a whole stretch is chosen, and Enter in a box opens the dossier instead of sending the form', {
    skip,
  }, async () => {
    await complaintsOf('/viec')
    await press('j', 'x', 'j', 'j', 'Shift+X')
    assert.equal(await page.locator('tbody input:checked').count(), 3)
    await page.focus(`#d-${dossiers[3]?.id}`)
    await sent('Enter')
    assert.equal(new URL(page.url()).pathname, `/ho-so/${dossiers[3]?.code}`)
  })

  test('letters typed into a field stay letters', { skip }, async () => {
    await complaintsOf('/viec')
    await press('/')
    await page.keyboard.type('xa jk')
    assert.equal(await page.inputValue('#search'), 'xa jk')
    assert.equal(await page.locator('tbody input:checked').count(), 0)
  })

  test('what came online is received by keyboard alone, one after the other', { skip }, async () => {
    await complaintsOf('/truc-tuyen')
    assert.match((await page.textContent('main')) ?? '', /Đỗ Thị Mến/)
    await sent('Control+Enter')
    assert.match((await page.textContent('main [role=status]')) ?? '', /Đã tiếp nhận 000\./)
    // The slip for the citizen shows by itself, over the next submission.
    assert.equal(await page.getAttribute('dialog[open]', 'id'), 'paper')
    await press('Escape', 'b')
    await sent('Control+Enter')
    assert.equal(await page.evaluate('document.activeElement.id'), 'f-reason', 'a reason is needed first')
    await page.keyboard.type('Tờ khai chưa ký tên')
    await sent('Control+Enter')
    assert.match((await page.textContent('main')) ?? '', /Không còn hồ sơ trực tuyến nào/)
    const states = installation.db
      .prepare(`SELECT state, sub_state AS sub FROM dossiers WHERE channel = 'level4' ORDER BY id`)
      .all()
    assert.deepEqual(states, [
      { state: 'accepted', sub: null },
      { state: 'submitted', sub: 'asked_before_acceptance' },
    ])
  })

  test('suggestions come while one types, arrows choose and Enter opens', { skip }, async () => {
    await complaintsOf('/viec')
    await press('/')
    await page.keyboard.type('dao')
    await page.waitForSelector('.suggestions [role=option]')
    assert.equal(await page.getAttribute('#search', 'aria-expanded'), 'true')
    assert.deepEqual(await violations(), [])
    await page.screenshot({ path: `${ARTEFACTS}suggestions.png` })
    await page.setViewportSize(PHONE)
    assert.deepEqual(await violations(), [])
    assert.equal(await page.evaluate('document.documentElement.scrollWidth > window.innerWidth'), false)
    await page.screenshot({ path: `${ARTEFACTS}suggestions-390.png` })
    await page.setViewportSize(DESK)
    await press('ArrowDown')
    assert.equal(await page.getAttribute('#search', 'aria-activedescendant'), 'search-option-0')
    await press('Escape')
    assert.equal(await page.isVisible('.suggestions'), false)
    await page.keyboard.type(' thi')
    await page.waitForSelector('.suggestions [role=option]')
    await press('ArrowDown')
    await sent('Enter')
    assert.equal(new URL(page.url()).pathname, `/ho-so/${dossiers[0]?.code}`)
  })

  test('a number that is searched for is in no address, not even of what is asked for while one types', {
    skip,
  }, async () => {
    await complaintsOf('/viec')
    const asked: string[] = []
    page.on('request', (request) =>
      asked.push(`${request.method()} ${new URL(request.url()).pathname}${new URL(request.url()).search}`),
    )
    await press('/')
    await page.keyboard.type('0912345678')
    await page.waitForSelector('.suggestions [role=option]')
    await press('ArrowUp')
    await sent('Enter')
    assert.equal(page.url(), `${origin}/ho-so/tim`)
    assert.match((await page.textContent('main')) ?? '', /Nguyễn Thị Đào/)
    assert.equal(await page.inputValue('#search'), '')
    assert.ok(asked.includes('POST /tim'))
    assert.ok(!asked.some((each) => each.includes('0912345678')), asked.join(' '))
    await press('/')
    await page.keyboard.type('hiên')
    await sent('Enter')
    assert.equal(new URL(page.url()).pathname, `/ho-so/${dossiers[2]?.code}`)
  })

  test('while an input method is composing, nothing is asked', { skip }, async () => {
    await complaintsOf('/viec')
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    await press('/')
    const client = await context.newCDPSession(page)
    await client.send('Input.imeSetComposition', { text: 'đa', selectionStart: 2, selectionEnd: 2 })
    await page.waitForTimeout(300)
    assert.deepEqual(
      asked.filter((url) => url.includes('/tim')),
      [],
    )
    await client.send('Input.insertText', { text: 'đào' })
    await page.waitForSelector('.suggestions [role=option]')
  })

  const PAGES = {
    queue: '/viec',
    queueAll: '/viec?scope=all&view=open&channel=counter&sort=-applicant',
    queueOnline: '/viec?scope=units&view=submitted',
    queueEmpty: '/viec?view=overdue',
    online: '/truc-tuyen',
    saved: '/viec/danh-sach',
  } as const

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`the lists of the desk have nothing axe objects to and fit a phone, ${colorScheme}`, {
      skip,
    }, async () => {
      const found: Record<string, readonly string[]> = {}
      for (const viewport of [DESK, PHONE]) {
        await context.close()
        await as('xa-ngoc-ky.mot-cua-1', { viewport, colorScheme })
        for (const [name, path] of Object.entries(PAGES)) {
          const complaints = [...(await complaintsOf(path)), ...(await violations())]
          const isWide = await page.evaluate('document.documentElement.scrollWidth > window.innerWidth')
          if (complaints.length > 0 || isWide)
            found[`${name} ${viewport.width}`] = [...complaints, String(isWide)]
          await page.screenshot({ path: `${ARTEFACTS}${name}-${viewport.width}-${colorScheme}.png` })
        }
      }
      assert.deepEqual(found, {})
    })
  }

  test('everything of the queue works without scripts', { skip }, async () => {
    await context.close()
    await as('xa-ngoc-ky.mot-cua-1', { javaScriptEnabled: false })
    await page.goto(`${origin}/viec`)
    await page.click('.filters summary')
    await page.selectOption('#f-channel', 'counter')
    await page.click('.filter-form button')
    assert.match(page.url(), /channel=counter/)
    await page.check(`#d-${dossiers[0]?.id}`)
    await page.click('button[value="transfer"]')
    assert.match((await page.textContent('main [role=status]')) ?? '', /Đã chuyển giải quyết 1 hồ sơ/)
  })
})
