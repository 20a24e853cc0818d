import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { CONTENT_SECURITY_POLICY, DATA_POLICY } from '../../src/web/security-headers.ts'
import { CONCERNS_SHOWN, siteConcerns } from '../../src/web/site-concerns.ts'
import { textOf } from '../support/page-app.ts'
import { weekOfDossiers } from '../support/week-of-dossiers.ts'
import {
  accountOf,
  makeAdministrator,
  PUBLIC,
  signedIn,
  type Target,
  target,
  tokenOf,
  withToken,
} from './support/target.ts'

const HEAD = 'huyen-tu-ky.chu-tich'
let at: Target
let head: { cookie: string }

before(async () => {
  at = await target({ site: PUBLIC, installation: weekOfDossiers() })
  makeAdministrator(at, HEAD)
  head = withToken(tokenOf(at, await accountOf(at, HEAD)), '__Host-motcua')
})
after(() => at.app.close())

/** Every kind of answer there is: pages, refusals, files, data, redirects, nothing. */
const ANSWERS = [
  ['/', 'page'],
  ['/dang-nhap', 'page'],
  ['/khong-co', 'page'],
  ['/bao-cao/2023-W60', 'page'],
  ['/bao-cao/2023-W10/bieu-ii06.pdf', 'paper'],
  ['/quan-tri/xuat-so/tep?format=csv', 'page'],
  ['/quan-tri/xuat-so/tep?format=xlsx', 'page'],
  ['/healthz', 'page'],
  ['/api/v1/units', 'data'],
  ['/api/v1/dossiers/khong-co', 'data'],
  ['/api/v1/register?format=csv', 'data'],
  ['/api/v1/openapi.json', 'data'],
  ['/api/khong-co', 'page'],
  ['/%E0%A4%A', 'data'],
] as const

const POLICIES = {
  page: CONTENT_SECURITY_POLICY,
  data: DATA_POLICY,
  // Our own pages show papers in a frame.
  paper: DATA_POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'"),
} as const

test('every answer is taken for what it is, framed by nobody else, kept by nobody, and asked for encrypted', async () => {
  for (const [url, kind] of ANSWERS) {
    for (const asker of [head, {}]) {
      const { headers } = await at.send({ method: 'GET', url, headers: asker })
      assert.equal(headers['x-content-type-options'], 'nosniff', url)
      const isPaper = kind === 'paper' && asker === head
      assert.equal(headers['x-frame-options'], isPaper ? 'SAMEORIGIN' : 'DENY', url)
      assert.equal(headers['referrer-policy'], 'same-origin', url)
      assert.equal(headers['cross-origin-resource-policy'], 'same-origin', url)
      assert.equal(headers['cross-origin-opener-policy'], 'same-origin', url)
      assert.equal(headers['cache-control'], 'no-store', url)
      assert.equal(headers['strict-transport-security'], 'max-age=63072000; includeSubDomains', url)
      const framed = isPaper ? /frame-ancestors 'self'/ : /frame-ancestors 'none'/
      assert.match(String(headers['content-security-policy']), framed, url)
      assert.equal(headers['access-control-allow-origin'], undefined, url)
      assert.ok(headers['content-type'] !== undefined || headers.location !== undefined, url)
      if (asker === head) assert.equal(headers['content-security-policy'], POLICIES[kind], url)
    }
  }
})

test('no policy lets an inline script or one from elsewhere run', async () => {
  const docs = await at.send({ method: 'GET', url: '/api/docs/', headers: head })
  assert.equal(docs.statusCode, 200)
  for (const policy of [
    CONTENT_SECURITY_POLICY,
    DATA_POLICY,
    String(docs.headers['content-security-policy']),
  ]) {
    assert.match(policy, /^default-src 'none'/)
    assert.match(policy, /frame-ancestors 'none'/)
    const scripts = /script-src ([^;]*)/.exec(policy)?.[1] ?? "'none'"
    assert.match(scripts, /^'(self|none)'$/)
  }
  assert.doesNotMatch(docs.body, /<script(?![^>]*\ssrc="\.?\/)[^>]*>/)
})

test('encryption is not asked for where there is none', async () => {
  const plain = await target()
  const { headers } = await plain.send({ method: 'GET', url: '/dang-nhap' })
  assert.equal(headers['strict-transport-security'], undefined)
  await plain.app.close()
})

test('a service reached without encryption, or with a certificate that ends, says so to who looks after it', async () => {
  const now = Date.UTC(2023, 2, 6)
  const day = 24 * 60 * 60_000
  const concerns = (origin: string | null, certificateEnds?: number) =>
    siteConcerns(
      { origin, trustProxy: [], ...(certificateEnds !== undefined && { certificateEnds }) },
      now,
    ).join()
  assert.equal(concerns('http://motcua.xa.example'), 'not_encrypted')
  assert.equal(concerns('http://127.0.0.1:8080'), '')
  assert.equal(concerns(null), '')
  assert.equal(concerns('https://motcua.xa.example', now + 22 * day), '')
  assert.equal(concerns('https://motcua.xa.example', now + 20 * day), 'certificate_ending')
  assert.equal(concerns('https://motcua.xa.example', now), 'certificate_over')
  const plain = await target({ site: { origin: 'http://motcua.xa.example', trustProxy: [] } })
  makeAdministrator(plain, HEAD)
  const page = await plain.send({ method: 'GET', url: '/tinh-trang', headers: await signedIn(plain, HEAD) })
  assert.match(textOf(page.body), /1 cảnh báo cần xem/)
  assert.ok(textOf(page.body).includes(CONCERNS_SHOWN.not_encrypted))
  await plain.app.close()
  const good = await at.send({ method: 'GET', url: '/tinh-trang', headers: head })
  assert.equal(good.statusCode, 200)
  assert.doesNotMatch(textOf(good.body), /Đường truyền/)
})
