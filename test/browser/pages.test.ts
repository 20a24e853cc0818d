import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { type Browser, chromium, type Page } from 'playwright-core'
import { upsertSetting } from '../../db/queries/settings.ts'
import { SYSTEM_OPERATOR } from '../../src/deps.ts'
import { addChild } from '../../src/feed/children.ts'
import { publicText } from '../../src/feed/feed-keys.ts'
import { recomputeIndex } from '../../src/reform-index/recompute-index.ts'
import { adjustWeek } from '../support/adjusted-week.ts'
import { lateFacts } from '../support/late-facts.ts'
import { pageApp } from '../support/page-app.ts'
import { troubledWebhooks } from '../support/troubled-webhooks.ts'
import { weekOfDossiers } from '../support/week-of-dossiers.ts'

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
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const ARTEFACTS = new URL('../../.artefacts/', import.meta.url).pathname
const SIZES = [
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
  { width: 390, height: 844 },
] as const

let app: FastifyInstance
let browser: Browser
let origin: string
let pages: Readonly<Record<string, string>>

before(async () => {
  if (skip) return
  mkdirSync(ARTEFACTS, { recursive: true })
  const installation = weekOfDossiers()
  adjustWeek(installation)
  addChild(installation, SYSTEM_OPERATOR, {
    installation: 'xa-an-thanh',
    label: 'UBND xã An Thanh',
    publicKey: publicText(generateKeyPairSync('ed25519').publicKey),
    since: '2023-03-06',
    units: ['xa-an-thanh'],
  })
  upsertSetting(installation.db, 'demo', true)
  lateFacts(installation)
  await troubledWebhooks(installation)
  recomputeIndex(installation, { asOf: '2023-03-12' })
  const codeOf = (where: string) =>
    (
      installation.db
        .prepare(`SELECT code FROM dossiers WHERE code IS NOT NULL AND ${where} LIMIT 1`)
        .get() as { code: string }
    ).code
  pages = {
    home: '/',
    dossiers: '/ho-so',
    queue: '/viec',
    online: '/truc-tuyen',
    savedLists: '/viec/danh-sach',
    found: '/ho-so?q=nguyen',
    lookUp: `/tra-cuu?ma=${codeOf(`state = 'processing'`)}`,
    paused: `/ho-so/${codeOf(`state = 'awaiting_supplement'`)}`,
    moved: `/ho-so/${codeOf(`supplement_count = 1 AND state = 'processing'`)}`,
    late: `/ho-so/${codeOf(`end_class = 'late'`)}`,
    week: '/bao-cao/2023-W10',
    revised: '/bao-cao/2023-W10?ban=2',
    comparison: '/bao-cao/2023-W10/so-sanh?tu=1&den=hien-tai',
    alike: '/bao-cao/2023-W09/so-sanh',
    bridged: '/bao-cao/2023-W11',
    running: '/bao-cao/2023-03',
    empty: '/bao-cao/2019',
    counted: '/bao-cao/2023-W10/ho-so?counter=onTime,withdrawnInTime,stoppedInTime',
    index: '/chi-so/2022',
    sheet: '/chi-so/2022/xa-ngoc-ky',
    admin: '/quan-tri',
    requests: '/quan-tri/dinh-chinh',
    closedLate: '/quan-tri/khep-muon',
    closed: `/ho-so/${codeOf('end_entered_late')}`,
    close: `/ho-so/${codeOf(`state = 'accepted'`)}/khep`,
    act: `/ho-so/${codeOf(`state = 'accepted'`)}/viec/request_supplement`,
    files: `/ho-so/${codeOf(`state = 'accepted'`)}/tep`,
    correct: `/ho-so/${codeOf(`state = 'accepted'`)}/dinh-chinh`,
    fromSlip: `/ho-so/${codeOf('id IN (SELECT dossier_id FROM emergency_slips)')}`,
    intake: '/ho-so/moi?unit=xa-ngoc-ky',
    cards: '/ho-so/moi/the-thu-tuc?unit=xa-ngoc-ky',
    backEntry: '/nhap-bu?unit=xa-ngoc-ky',
    slips: '/nhap-bu/phieu?unit=xa-ngoc-ky',
    outages: '/nhap-bu/gian-doan?unit=xa-ngoc-ky',
    handOver: '/ban-giao?unit=xa-ngoc-ky',
    receiving: '/ban-giao/nhan?unit=xa-ngoc-ky',
    onTheWay: '/ban-giao/dang-chuyen',
    fees: '/thu-phi?unit=xa-ngoc-ky',
    dayEnd: '/cuoi-ngay?unit=xa-ngoc-ky',
    people: '/quan-tri/nguoi-dung',
    newPerson: '/quan-tri/nguoi-dung/moi',
    clients: '/quan-tri/khoa-api',
    audit: '/quan-tri/nhat-ky',
    imports: '/quan-tri/nhap-so',
    exports: '/quan-tri/xuat-so',
    registers: '/quan-tri/so-theo-doi',
    register: '/quan-tri/so-theo-doi/2023/xa-ngoc-ky',
    approvals: '/quan-tri/dinh-chinh/cach-duyet',
    secondFactor: '/tai-khoan/hai-lop',
    substitution: '/uy-quyen',
    calendar: '/quan-tri/lich?nam=2023',
    decision: '/quan-tri/lich/moi?nam=2027',
    account: '/tai-khoan',
    password: '/tai-khoan/mat-khau',
    units: '/quan-tri/don-vi',
    children: '/quan-tri/tuyen-duoi',
    unit: '/quan-tri/don-vi/xa-ngoc-ky',
    plans: '/quan-tri/don-vi/sap-xep',
    merger: '/quan-tri/don-vi/sap-xep/moi/nhap',
    waiting: '/quan-tri/don-vi/sap-xep/cho-phan-cong',
    webhooks: '/quan-tri/webhook',
    webhook: '/quan-tri/webhook/1',
    procedures: '/quan-tri/thu-tuc',
    procedure: '/quan-tri/thu-tuc/1.004873',
    version: '/quan-tri/thu-tuc/1.004873/phien-ban',
    procedureSheet: '/quan-tri/thu-tuc/nhap',
    hours: '/quan-tri/gio-lam-viec',
    settings: '/quan-tri/thiet-lap',
    setting: '/quan-tri/thiet-lap/rate_targets',
    jobs: '/quan-tri/viec-nen',
    jobQueue: '/quan-tri/viec-nen/hang-doi',
    messages: '/tin-nhan',
    messageSetting: '/tin-nhan/cach-gui',
    mailbox: '/tin-nhan/hop-thu-thu',
    keys: '/phim-tat',
    status: '/tinh-trang',
    design: '/design',
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

interface AxeResults {
  readonly violations: readonly {
    readonly id: string
    readonly nodes: readonly { readonly html: string }[]
  }[]
}

async function violationsOf(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE)
  const results = await page.evaluate<AxeResults>('axe.run(document)')
  return results.violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .slice(0, 3)
        .map(({ html }) => html.slice(0, 160))
        .join(' | ')}`,
  )
}

/** Opens an address and collects what the browser complains about. */
async function open(page: Page, path: string): Promise<readonly string[]> {
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  const response = await page.goto(`${origin}${path}`)
  assert.equal(response?.status(), 200, path)
  await page.evaluate('document.fonts.ready.then(() => true)')
  return complaints
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing to object to on any page, ${colorScheme}`, { skip }, async () => {
    const context = await browser.newContext({ viewport: SIZES[0], colorScheme })
    const found: Record<string, readonly string[]> = {}
    for (const [name, path] of Object.entries(pages)) {
      const page = await context.newPage()
      const complaints = [...(await open(page, path)), ...(await violationsOf(page))]
      if (complaints.length > 0) found[name] = complaints
      await page.close()
    }
    await context.close()
    assert.deepEqual(found, {})
  })
}

/** What makes a page wider than its window; regions that scroll by themselves may. */
const SPILLING = `document.documentElement.scrollWidth <= window.innerWidth ? [] : [...document.querySelectorAll('main *')]
  .filter((each) => each.getBoundingClientRect().right > window.innerWidth && !each.closest('.scroll'))
  .map((each) => each.className + ': ' + each.textContent.slice(0, 60))`

test('no page is wider than the screen, from a phone to a large monitor', { skip }, async () => {
  for (const viewport of SIZES) {
    const context = await browser.newContext({ viewport })
    for (const [name, path] of Object.entries(pages)) {
      const page = await context.newPage()
      await open(page, path)
      assert.deepEqual(await page.evaluate(SPILLING), [], `${name} at ${viewport.width}`)
      await page.screenshot({ path: `${ARTEFACTS}${name}-${viewport.width}.png`, fullPage: true })
      await page.close()
    }
    await context.close()
  }
})

test('the sign-in has nothing axe objects to, fits a phone and is filled in by keyboard alone', {
  skip,
}, async () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await browser.newContext({
      viewport: SIZES[2],
      colorScheme,
      extraHTTPHeaders: { 'x-motcua-officer': 'nobody' },
    })
    const page = await context.newPage()
    assert.deepEqual([...(await open(page, '/dang-nhap')), ...(await violationsOf(page))], [])
    assert.deepEqual(await page.evaluate(SPILLING), [])
    await page.screenshot({ path: `${ARTEFACTS}sign-in-${colorScheme}.png` })
    await page.keyboard.type('khong.co.ai')
    await page.keyboard.press('Tab')
    await page.keyboard.type('mật khẩu sai')
    await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')])
    assert.match((await page.textContent('[role=alert]')) ?? '', /Tên đăng nhập hoặc mật khẩu không đúng/)
    assert.equal(await page.inputValue('#f-username'), 'khong.co.ai')
    assert.equal(await page.inputValue('#f-password'), '')
    await context.close()
  }
})

test('the first key Tab reaches is the way past the rail, and / goes to the search field', {
  skip,
}, async () => {
  const page = await browser.newPage()
  await open(page, '/')
  await page.keyboard.press('Tab')
  assert.equal(await page.evaluate('document.activeElement.textContent'), 'Đến nội dung chính')
  await page.keyboard.press('/')
  assert.equal(await page.evaluate('document.activeElement.id'), 'search')
  await page.keyboard.type('a/b')
  assert.equal(await page.inputValue('#search'), 'a/b')
  await page.close()
})

test('three slips are entered by keyboard alone, a wrong one is put right at its row', { skip }, async () => {
  const page = await browser.newPage()
  await open(page, '/nhap-bu?unit=xa-ngoc-ky')
  const type = async (fields: readonly string[]) => {
    for (const text of fields) {
      await page.keyboard.type(text)
      await page.keyboard.press('Enter')
    }
  }
  const sent = () => Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')])
  const row = (name: string, idNumber: string, time: string) =>
    ['', '1.004873', name, idNumber, '0912345678', '13/3', time, 'Tờ khai; Giấy khai sinh'] as const
  for (const fields of [
    row('Phạm Thị Lan', '999190001235', '0815'),
    row('Trần Văn Hải', '999190001236', '8h20'),
  ]) {
    await type(fields)
    await sent()
  }
  await type(row('Lê Thị Mến', '12', '830'))
  await sent()
  assert.match((await page.textContent('[role=alert]')) ?? '', /Số định danh phải có 12 chữ số/)
  assert.equal(await page.inputValue('#f-name'), 'Lê Thị Mến')
  await type(['', '', '', '999190001237', '', '', '', ''])
  await sent()
  const lines = await page.locator('table tbody tr').allInnerTexts()
  const entered = lines.filter((line) => /Lan|Hải|Mến/.test(line))
  assert.deepEqual(
    entered.map((line) => /KC-\S+-00000(\d)/.exec(line)?.[1]),
    ['7', '6', '5'],
  )
  assert.match(entered[0] ?? '', /230313-0005.*13\/03\/2023 08:30.*16\/03\/2023/s)
  await page.close()
})

test('everything works without scripts', { skip }, async () => {
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(`${origin}/bao-cao/2023-W10`)
  await page.selectOption('#unit', 'xa-ngoc-ky')
  await page.click('button:has-text("Xem")')
  assert.match(page.url(), /unit=xa-ngoc-ky/)
  await page.fill('#search', 'pham')
  await page.press('#search', 'Enter')
  assert.match(page.url(), /ho-so\?q=pham/)
  await context.close()
})

test('digits in tables have one width, in the face of the text', { skip }, async () => {
  const page = await browser.newPage()
  await open(page, '/bao-cao/2023-W10')
  const widths = await page.evaluate<readonly number[]>(`['1111', '4444', '0000'].map((text) => {
    const cell = document.querySelector('td.n')
    cell.innerHTML = '<span>' + text + '</span>'
    return Math.round(cell.firstChild.getBoundingClientRect().width * 100)
  })`)
  assert.equal(new Set(widths).size, 1, widths.join(' '))
  await page.close()
})

test('the week prints on paper without its frame', { skip }, async () => {
  const page = await browser.newPage()
  await open(page, '/bao-cao/2023-W10')
  await page.emulateMedia({ media: 'print' })
  assert.equal(await page.isVisible('.rail'), false)
  assert.equal(await page.isVisible('.top'), false)
  const path = `${ARTEFACTS}week.pdf`
  await page.pdf({ path, preferCSSPageSize: true, printBackground: true })
  assert.ok(statSync(path).size > 20_000)
  await page.close()
})
