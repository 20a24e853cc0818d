import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import type { Browser, Page } from 'playwright-core'
import { upsertSetting } from '../../db/queries/settings.ts'
import { ROUTES } from '../../src/accounts/routes.ts'
import { SYSTEM_OPERATOR } from '../../src/deps.ts'
import { addChild } from '../../src/feed/children.ts'
import { publicText } from '../../src/feed/feed-keys.ts'
import { recomputeIndex } from '../../src/reform-index/recompute-index.ts'
import { adjustWeek } from '../support/adjusted-week.ts'
import {
  ARTEFACTS,
  complaintsOf,
  DESK,
  launchBrowser,
  MONITOR,
  PHONE,
  skip,
  spillingOf,
  violationsOf,
} from '../support/chromium.ts'
import { lateFacts } from '../support/late-facts.ts'
import { oneOfEverything } from '../support/one-of-everything.ts'
import { pageApp } from '../support/page-app.ts'
import { OFFICER } from '../support/signed-in.ts'
import { troubledWebhooks } from '../support/troubled-webhooks.ts'
import { weekOfDossiers } from '../support/week-of-dossiers.ts'

const SIZES = [DESK, MONITOR, PHONE]

let app: FastifyInstance
let browser: Browser
let origin: string
let pages: Readonly<Record<string, string>>

before(async () => {
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
  const one = await oneOfEverything(installation)
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
    submission: one.submission,
    savedLists: '/viec/danh-sach',
    found: '/ho-so?q=nguyen',
    numberTypedAgain: '/ho-so/tim',
    lookUp: `/tra-cuu?ma=${codeOf(`state = 'processing'`)}`,
    paused: `/ho-so/${codeOf(`state = 'awaiting_supplement'`)}`,
    moved: `/ho-so/${codeOf(`supplement_count = 1 AND state = 'processing'`)}`,
    papers: `/ho-so/${codeOf(`end_class = 'late'`)}/giay-to`,
    late: `/ho-so/${codeOf(`end_class = 'late'`)}`,
    newestWeek: '/bao-cao',
    week: '/bao-cao/2023-W10',
    revised: '/bao-cao/2023-W10?ban=2',
    comparison: '/bao-cao/2023-W10/so-sanh?tu=1&den=hien-tai',
    alike: '/bao-cao/2023-W09/so-sanh',
    bridged: '/bao-cao/2023-W11',
    running: '/bao-cao/2023-03',
    empty: '/bao-cao/2019',
    counted: '/bao-cao/2023-W10/ho-so?counter=onTime,withdrawnInTime,stoppedInTime',
    newestIndex: '/chi-so',
    index: '/chi-so/2022',
    sheet: '/chi-so/2022/xa-ngoc-ky',
    admin: '/quan-tri',
    requests: '/quan-tri/dinh-chinh',
    closedLate: '/quan-tri/khep-muon',
    closed: `/ho-so/${codeOf('end_entered_late')}`,
    close: `/ho-so/${codeOf(`state = 'accepted'`)}/khep`,
    act: `/ho-so/${codeOf(`state = 'accepted'`)}/viec/request_supplement`,
    files: `/ho-so/${codeOf(`state = 'accepted'`)}/tep`,
    putRight: `/ho-so/${codeOf(`state = 'accepted'`)}/nguoi-nop`,
    correct: `/ho-so/${codeOf(`state = 'accepted'`)}/dinh-chinh`,
    fromSlip: `/ho-so/${codeOf('id IN (SELECT dossier_id FROM emergency_slips)')}`,
    intake: '/ho-so/moi?unit=xa-ngoc-ky',
    taken: one.taken,
    refused: one.refused,
    training: one.training,
    cards: '/ho-so/moi/the-thu-tuc?unit=xa-ngoc-ky',
    backEntry: '/nhap-bu?unit=xa-ngoc-ky',
    slips: '/nhap-bu/phieu?unit=xa-ngoc-ky',
    outages: '/nhap-bu/gian-doan?unit=xa-ngoc-ky',
    handOver: '/ban-giao?unit=xa-ngoc-ky',
    receiving: '/ban-giao/nhan?unit=xa-ngoc-ky',
    onTheWay: '/ban-giao/dang-chuyen',
    custodySheets: '/ban-giao/phieu',
    custodySheet: one.sheet,
    fees: '/thu-phi?unit=xa-ngoc-ky',
    receipt: one.receipt,
    dayEnd: '/cuoi-ngay?unit=xa-ngoc-ky',
    dayNumber: '/cuoi-ngay/ho-so?unit=xa-ngoc-ky&so=received',
    morningLine: '/sang-nay/today',
    people: '/quan-tri/nguoi-dung',
    person: one.person,
    newPerson: '/quan-tri/nguoi-dung/moi',
    clients: '/quan-tri/khoa-api',
    client: one.client,
    audit: '/quan-tri/nhat-ky',
    imports: '/quan-tri/nhap-so',
    imported: one.imported,
    exports: '/quan-tri/xuat-so',
    registers: '/quan-tri/so-theo-doi',
    register: '/quan-tri/so-theo-doi/2023/xa-ngoc-ky',
    approvals: '/quan-tri/dinh-chinh/cach-duyet',
    secondFactor: '/tai-khoan/hai-lop',
    substitution: '/uy-quyen',
    calendar: '/quan-tri/lich?nam=2023',
    decision: '/quan-tri/lich/moi?nam=2027',
    decided: one.decision,
    undo: `${one.decision}/hoan-tac`,
    account: '/tai-khoan',
    password: '/tai-khoan/mat-khau',
    units: '/quan-tri/don-vi',
    children: '/quan-tri/tuyen-duoi',
    unit: '/quan-tri/don-vi/xa-ngoc-ky',
    plans: '/quan-tri/don-vi/sap-xep',
    plan: one.plan,
    merger: '/quan-tri/don-vi/sap-xep/moi/nhap',
    renaming: '/quan-tri/don-vi/sap-xep/moi/doi-ten',
    planFromFile: '/quan-tri/don-vi/sap-xep/moi/tep',
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
    templates: '/quan-tri/mau-giay',
    template: '/quan-tri/mau-giay/receipt-slip',
    jobs: '/quan-tri/viec-nen',
    jobQueue: '/quan-tri/viec-nen/hang-doi',
    messages: '/tin-nhan',
    messageSetting: '/tin-nhan/cach-gui',
    mailbox: '/tin-nhan/hop-thu-thu',
    keys: '/phim-tat',
    status: '/tinh-trang',
    design: '/design',
  }
  if (skip) return
  app = await pageApp(installation)
  origin = await app.listen({ host: '127.0.0.1', port: 0 })
  browser = await launchBrowser()
})

after(async () => {
  if (skip) return
  await browser.close()
  await app.close()
})

/** Pages that answer that something cannot be had, and to whom. */
const ERRORS = {
  unknownPage: { path: '/khong-co-trang', status: 404 },
  unknownDossier: { path: '/ho-so/000.24.35.H23-230306-9999', status: 404 },
  notAllowed: { path: '/quan-tri/nguoi-dung', status: 403, officer: 'xa-ngoc-ky.mot-cua-1' },
  scannedWrong: { path: '/cuoi-ngay/quet?unit=xa-ngoc-ky&ma=khong-co', status: 422 },
} as const

/** Routes that are no page to look at; `*` stands for anything. */
const NO_PAGE = {
  'for programs and watchdogs': ['/api/*', '/healthz'],
  'a paper or a table to take away': ['*.pdf', '*.csv', '/ho-so/:code/giay-to/:file'],
  'a file as it is kept': [
    '/assets/:file',
    '/ho-so/:code/tep/:id',
    '/quan-tri/xuat-so/tep',
    '/quan-tri/thu-tuc/tep',
    '/quan-tri/thu-tuc/mau',
    '/quan-tri/mau-giay/:name/tep',
  ],
  'the way on to the sign-in service': ['/tai-khoan/lien-ket/di'],
  'drawn by another project, and only with a Redis': ['/quan-tri/viec-nen/bull-board/*'],
} as const

/** Pages before somebody is signed in, or of an installation of their own: gates.test.ts looks at them. */
const GATES = [
  '/dang-nhap',
  '/dang-nhap/oidc',
  '/dang-nhap/oidc/ve',
  '/dang-nhap/ma',
  '/thiet-lap',
  '/tai-khoan/lien-ket',
]

test('every page of the product is opened by these tests, and every exception still exists', () => {
  const routes = Object.keys(ROUTES)
    .filter((route) => route.startsWith('GET '))
    .map((route) => route.slice('GET '.length))
  const addresses = [...Object.values(pages), ERRORS.scannedWrong.path]
  const opened = new Set(addresses.map((address) => routeOf(address, routes)))
  const exceptions = [...Object.values(NO_PAGE).flat(), ...GATES]
  const excepts = (exception: string, route: string) => patternOf(exception, '*', '.*').test(route)
  assert.deepEqual(
    routes.filter((route) => !opened.has(route) && !exceptions.some((each) => excepts(each, route))),
    [],
  )
  const stale = exceptions.filter(
    (each) => !routes.some((route) => excepts(each, route) && !opened.has(route)),
  )
  assert.deepEqual(stale, [])
  const gates = readFileSync(new URL('gates.test.ts', import.meta.url), 'utf8')
  assert.deepEqual(
    GATES.filter((gate) => !gates.includes(`'${gate}'`)),
    [],
  )
})

/** The route that answers an address: the one with the fewest parameters. */
function routeOf(address: string, routes: readonly string[]): string | undefined {
  const path = address.split('?')[0]!
  const parameters = (route: string) => route.split('/:').length
  return routes
    .filter((route) => patternOf(route, /:[a-z]+/, '[^/]+').test(path))
    .sort((a, b) => parameters(a) - parameters(b))[0]
}

/** Matches a text like this one with `anything` in place of each hole. */
function patternOf(text: string, hole: RegExp | string, anything: string): RegExp {
  const parts = text.split(hole).map((part) => RegExp.escape(part))
  return new RegExp(`^${parts.join(anything)}$`)
}

/** Opens an address and collects what the browser complains about. */
async function open(page: Page, path: string): Promise<readonly string[]> {
  const complaints = complaintsOf(page)
  const response = await page.goto(`${origin}${path}`)
  assert.equal(response?.status(), 200, path)
  await page.evaluate('document.fonts.ready.then(() => true)')
  return complaints
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing to object to on any page, ${colorScheme}`, { skip }, async () => {
    const context = await browser.newContext({ viewport: DESK, colorScheme })
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

test('no page is wider than the screen, from a phone to a large monitor', { skip }, async () => {
  for (const viewport of SIZES) {
    const context = await browser.newContext({ viewport })
    for (const [name, path] of Object.entries(pages)) {
      const page = await context.newPage()
      await open(page, path)
      assert.deepEqual(await spillingOf(page), [], `${name} at ${viewport.width}`)
      await page.screenshot({ path: `${ARTEFACTS}${name}-${viewport.width}.png`, fullPage: true })
      await page.close()
    }
    await context.close()
  }
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the pages that say what cannot be had pass axe and fit a phone, ${colorScheme}`, {
    skip,
  }, async () => {
    for (const [name, { path, status, ...who }] of Object.entries(ERRORS)) {
      const extraHTTPHeaders = 'officer' in who ? { [OFFICER]: who.officer } : {}
      const page = await browser.newPage({ viewport: PHONE, colorScheme, extraHTTPHeaders })
      const complaints = complaintsOf(page)
      assert.equal((await page.goto(`${origin}${path}`))?.status(), status, name)
      await lookAt(page, `${name}-${colorScheme}`)
      assert.deepEqual(complaints, [], name)
      await page.close()
    }
  })

  test(`a form with errors passes axe and fits a phone, ${colorScheme}`, { skip }, async () => {
    const page = await browser.newPage({ viewport: PHONE, colorScheme })
    await open(page, '/quan-tri/nguoi-dung/moi')
    await page.evaluate(`document.querySelector('main form').noValidate = true`)
    const [answer] = await Promise.all([
      page.waitForEvent('response', (each) => each.request().method() === 'POST'),
      page.waitForEvent('load'),
      page.click('main button[type=submit]'),
    ])
    assert.equal(answer.status(), 422)
    await lookAt(page, `formRefused-${colorScheme}`)
    await page.close()
  })
}

async function lookAt(page: Page, name: string): Promise<void> {
  assert.deepEqual(await violationsOf(page), [], name)
  assert.deepEqual(await spillingOf(page), [], name)
  await page.screenshot({ path: `${ARTEFACTS}${name}.png`, fullPage: true })
}

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
