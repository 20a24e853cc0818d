import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { upsertSetting } from '../../db/queries/settings.ts'
import { CONTENT_SECURITY_POLICY } from '../../src/web/security-headers.ts'
import { linksOf, pageApp, textOf } from '../support/page-app.ts'
import type { TestInstallation } from '../support/test-installation.ts'
import { HOSTILE_NAME, weekOfDossiers } from '../support/week-of-dossiers.ts'

let installation: TestInstallation
let app: FastifyInstance

before(async () => {
  installation = weekOfDossiers()
  app = await pageApp(installation)
})
after(() => app.close())

const get = (url: string) => app.inject({ method: 'GET', url })

test('every page forbids inline scripts and styles, framing, and lasting copies', async () => {
  for (const url of ['/', '/ho-so', '/bao-cao/2023-W10', '/khong-co', '/bao-cao/2023-W60']) {
    const { headers, body } = await get(url)
    assert.equal(headers['content-security-policy'], CONTENT_SECURITY_POLICY)
    assert.equal(headers['x-content-type-options'], 'nosniff')
    assert.equal(headers['cache-control'], 'no-store')
    assert.doesNotMatch(body, /\sstyle=|\son\w+=|<style|<script(?![^>]*\ssrc=)/)
  }
})

test('a name with markup in it stays text on every page that shows it', async () => {
  const list = await get('/ho-so?view=newest')
  assert.doesNotMatch(list.body, /<script>alert/)
  assert.ok(textOf(list.body).includes(HOSTILE_NAME))
  const row = installation.db
    .prepare(
      'SELECT d.code FROM dossiers d JOIN persons p ON p.id = d.applicant_id WHERE p.name = ? AND d.code IS NOT NULL',
    )
    .get(HOSTILE_NAME) as { code: string }
  const page = await get(`/ho-so/${row.code}`)
  assert.equal(page.statusCode, 200)
  assert.doesNotMatch(page.body, /<script>alert/)
  assert.ok(textOf(page.body).includes(HOSTILE_NAME))
  const search = await get(`/ho-so?q=${encodeURIComponent('"><script>alert(1)</script>')}`)
  assert.doesNotMatch(search.body, /<script>alert/)
})

test('who only reads a dossier sees of an identification number its last three digits', async () => {
  const { code } = installation.db
    .prepare('SELECT code FROM dossiers WHERE code IS NOT NULL LIMIT 1')
    .get() as { code: string }
  const headers = { 'x-motcua-officer': 'huyen-tu-ky.giam-sat' }
  const { body } = await app.inject({ url: `/ho-so/${code}`, headers })
  assert.match(body, /•{9}\d{3}/)
  assert.doesNotMatch(body, /999000000\d{3}/)
})

test('all links reachable from the first page lead to a page', async () => {
  const perShape = new Map<string, number>()
  const seen = new Set<string>(['/'])
  const queue = ['/']
  const broken: string[] = []
  for (let url = queue.shift(); url !== undefined; url = queue.shift()) {
    const response = await get(url)
    if (response.statusCode >= 400) broken.push(`${response.statusCode} ${url}`)
    const location = response.headers.location
    const links = location === undefined ? linksOf(response.body) : [location]
    for (const link of links) {
      const shape = shapeOf(link)
      const tried = perShape.get(shape) ?? 0
      if (seen.has(link) || tried >= MOST_PER_SHAPE) continue
      perShape.set(shape, tried + 1)
      seen.add(link)
      queue.push(link)
    }
  }
  assert.deepEqual(broken, [])
  assert.ok(seen.size > 150, `only ${seen.size} addresses`)
})

/** Periods go on for ever in both directions: each kind of address is tried this often. */
const MOST_PER_SHAPE = 40

function shapeOf(link: string): string {
  const [path = '', query = ''] = link.split('?')
  const names = [...new URLSearchParams(query)].map(([name, value]) => (name === 'counter' ? value : name))
  return `${path.replace(/\d[\w.@-]*/g, '#')}?${names.join('&')}`
}

test('a wrong address, a wrong period and an unknown dossier answer with a page that says what to do', async () => {
  const cases = [
    ['/khong-co', 404, 'Không có trang này'],
    ['/bao-cao/2023-W60', 422, 'Hãy nhập dạng 2023-W10'],
    ['/bao-cao/2023-W10?unit=xa-nao-do', 422, 'Hãy chọn đơn vị trong danh mục'],
    ['/bao-cao/2023-W10/ho-so?counter=tat-ca', 422, 'Hãy mở lại báo cáo'],
    ['/ho-so/000.00.00.H23-230101-0001', 404, 'Hãy kiểm tra lại mã hồ sơ'],
    ['/chi-so/2022', 200, 'Chưa tính chỉ số năm này'],
    ['/bao-cao/2030', 200, 'Kỳ này chưa bắt đầu'],
    ['/bao-cao/2019', 200, 'Không có hồ sơ nào trong kỳ'],
    ['/ho-so?q=khong-ai', 200, 'Không tìm thấy hồ sơ nào'],
  ] as const
  for (const [url, status, sentence] of cases) {
    const response = await get(url)
    assert.equal(response.statusCode, status, url)
    assert.ok(textOf(response.body).includes(sentence), url)
  }
})

test('a failure shows the request number and nothing of its cause', async () => {
  const own = weekOfDossiers()
  const failing = await pageApp(own)
  own.db.close()
  const { statusCode, body } = await failing.inject({
    url: '/dang-nhap',
    headers: { 'x-motcua-officer': 'nobody' },
  })
  assert.equal(statusCode, 500)
  assert.match(textOf(body), /báo quản trị viên mã req-/)
  assert.doesNotMatch(body, /database|SQLITE|\.ts/)
  await failing.close()
})

test('searching by a whole code opens the dossier, by a name without marks lists the people', async () => {
  const { code } = installation.db
    .prepare('SELECT code FROM dossiers WHERE code IS NOT NULL LIMIT 1')
    .get() as { code: string }
  const found = await get(`/ho-so?q=${code.toLowerCase()}`)
  assert.equal(found.statusCode, 303)
  assert.equal(found.headers.location, `/ho-so/${code}`)
  const people = await get('/ho-so?q=nguyen%20thi%20dao')
  assert.match(people.body, /Nguyễn Thị Đào/)
  assert.doesNotMatch(people.body, /Phạm Văn Khải/)
})

test('a list read page by page shows every dossier once', async () => {
  const codes: string[] = []
  let url: string | undefined = '/ho-so?view=newest'
  while (url !== undefined) {
    const { body } = await get(url)
    codes.push(...[...body.matchAll(/<a class="code" href="([^"]+)"/g)].map(([, href]) => href!))
    url = linksOf(
      body
        .match(/<nav class="pager"[\s\S]*?<\/nav>/)?.[0]
        .replace(/<a class="button" href="[^"]*">Về đầu/, '') ?? '',
    )[0]
  }
  const { n } = installation.db.prepare('SELECT count(*) AS n FROM dossiers').get() as { n: number }
  assert.equal(codes.length, n)
  assert.equal(new Set(codes).size, n)
})

test('stylesheet, script and fonts are served by their hash and kept for ever', async () => {
  const { body } = await get('/')
  const assets = [
    ...linksOf(body).filter((link) => link.startsWith('/assets/')),
    /src="(\/assets\/[^"]+\.js)"/.exec(body)![1]!,
  ]
  const css = assets.find((link) => link.endsWith('.css'))!
  const fonts = [...(await get(css)).body.matchAll(/url\(([^)]+)\)/g)].map(([, url]) => url!)
  assert.ok(fonts.length >= 9)
  for (const url of [...assets, ...fonts]) {
    const { statusCode, headers } = await get(url)
    assert.equal(statusCode, 200, url)
    assert.match(String(headers['cache-control']), /immutable/)
  }
})

test('only a database marked as a demonstration carries the banner', async () => {
  assert.doesNotMatch((await get('/')).body, /Bản trình diễn/)
  upsertSetting(installation.db, 'demo', true)
  assert.match((await get('/')).body, /Bản trình diễn[^<]+09:00 thứ Hai 13\/03\/2023/)
  upsertSetting(installation.db, 'demo', false)
})
