import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { deskOf } from '../support/desk.ts'
import { textOf } from '../support/page-app.ts'
import { pdfText } from '../support/pdf.ts'
import { makeAdministrator, signedIn, stateOf, type Target, target } from './support/target.ts'

const MARKUP = `<script>alert(1)</script><img src=x onerror=alert(2)>" onfocus=alert(3) autofocus x='`
let at: Target
let code: string
let own: { cookie: string }
let stranger: { cookie: string }

before(async () => {
  at = await target()
  own = await signedIn(at, 'xa-ngoc-ky.chu-tich')
  stranger = await signedIn(at, 'xa-van-to.chu-tich')
  code = deskOf(at.installation).log({ unit: 'xa-ngoc-ky', applicant: { name: 'Nguyễn Thị Bí Mật' } }).code!
})
after(() => at.app.close())

test('an officer of another unit does nothing on a dossier, by API or page, and nothing of it changes', async () => {
  const before = stateOf(at)
  const acts = [
    ['transfer', {}],
    ['finish', { outcome: 'granted' }],
    ['return_result', {}],
    ['withdraw', { reason: 'x' }],
    ['extend', { reason: 'x', until: '2023-03-20' }],
    ['amend', { fee: 1 }],
  ] as const
  for (const [act, body] of acts) {
    const { statusCode } = await at.json(`/api/v1/dossiers/${code}/acts/${act}`, body, stranger)
    assert.ok(statusCode >= 400 && statusCode < 500, `${act}: ${statusCode}`)
  }
  const written = await at.json(`/api/v1/dossiers/${code}/acts/transfer`, {}, stranger)
  assert.equal(written.statusCode, 403)
  const pages = [`/ho-so/${code}/khep`, `/ho-so/${code}/dinh-chinh`]
  for (const url of pages) {
    const { statusCode } = await at.form(
      url,
      { act: 'finish', at: '2023-03-06T09:30', reason: 'x' },
      stranger,
    )
    assert.ok(statusCode >= 400 && statusCode < 500, `${url}: ${statusCode}`)
  }
  const intake = { unit: 'xa-ngoc-ky', procedure: '1.004873', channel: 'counter' }
  const logged = await at.json('/api/v1/dossiers', { ...intake, applicant: { name: 'X' } }, stranger)
  assert.equal(logged.statusCode, 403)
  assert.equal(stateOf(at), before)
})

test('guessing a dossier code of another unit shows nothing of whom it is about', async () => {
  for (const url of [
    `/ho-so/${code}`,
    `/ho-so?q=${code}`,
    '/ho-so?q=nguyen+thi+bi+mat',
    `/ho-so/${code}/giay-to/receipt-slip.pdf`,
    `/api/v1/dossiers/${code}`,
    `/api/v1/dossiers/${code}/timeline`,
    '/api/v1/dossiers',
  ]) {
    const { body, statusCode } = await at.send({ method: 'GET', url, headers: stranger })
    assert.ok(statusCode < 500, url)
    assert.doesNotMatch(textOf(body), /Bí Mật/, url)
  }
})

test('guessing codes, sessions, tokens and links without an account finds nothing but the sign-in', async () => {
  const guesses = [code, code.replace(/.$/, '9'), 'so-1', '1', '0', '-1', '1e9', '%27', '..', 'null']
  for (const guess of guesses) {
    for (const url of [`/ho-so/${guess}`, `/ho-so/${guess}/giay-to/receipt-slip.pdf`]) {
      const { statusCode, body, headers } = await at.send({ method: 'GET', url })
      assert.ok(statusCode === 303 || statusCode === 404, `${url}: ${statusCode}`)
      if (statusCode === 303) assert.match(String(headers.location), /^\/dang-nhap/)
      assert.doesNotMatch(body, /Bí Mật/)
    }
    const api = await at.send({ method: 'GET', url: `/api/v1/dossiers/${guess}` })
    assert.ok(api.statusCode === 401 || api.statusCode === 404)
    const bearer = { authorization: `Bearer ${guess}` }
    const asked = await at.send({ method: 'GET', url: '/api/v1/dossiers', headers: bearer })
    assert.equal(asked.statusCode, 401)
  }
})

test('a form or request that is sent again is done once, and somebody else’s key opens nothing', async () => {
  const intake = {
    unit: 'xa-ngoc-ky',
    procedure: '1.004873',
    channel: 'counter',
    applicant: { name: 'Một Lần' },
  }
  const key = { 'idempotency-key': randomUUID() }
  const first = await at.json('/api/v1/dossiers', intake, { ...own, ...key })
  const again = await at.json('/api/v1/dossiers', intake, { ...own, ...key })
  assert.equal(first.statusCode, 201)
  assert.equal(again.json().id, first.json().id)
  assert.equal(
    rows(`SELECT count(*) FROM dossiers d JOIN persons p ON p.id = d.applicant_id WHERE p.name = 'Một Lần'`),
    1,
  )
  const stolen = await at.json('/api/v1/dossiers', intake, { ...stranger, ...key })
  assert.equal(stolen.statusCode, 403, 'a replay by another officer is their own request, and refused')
  const changed = { ...intake, applicant: { name: 'Người Khác' } }
  assert.equal((await at.json('/api/v1/dossiers', changed, { ...own, ...key })).statusCode, 422)
  makeAdministrator(at, 'xa-ngoc-ky.chu-tich')
  const form = {
    label: 'Cổng tỉnh',
    url: 'https://nhan.tinh.example/motcua',
    'act-accept': '1',
    once: randomUUID(),
  }
  const shown = await at.form('/quan-tri/webhook', form, own)
  const replayed = await at.form('/quan-tri/webhook', form, own)
  assert.equal(shown.statusCode, 200)
  assert.equal(replayed.statusCode, 303, 'the secret is not shown a second time')
  assert.equal(rows('SELECT count(*) FROM webhooks'), 1)
})

test('a form recorded before the sign-out is refused when it is replayed after it', async () => {
  const session = await signedIn(at, 'xa-ngoc-ky.mot-cua-1')
  await at.form('/dang-xuat', {}, session)
  const before = stateOf(at)
  const { statusCode } = await at.form('/nhap-bu/phieu', { unit: 'xa-ngoc-ky', count: '5' }, session)
  assert.equal(statusCode, 401)
  assert.equal(stateOf(at), before)
})

test('markup in any text a citizen or an officer gives stays text on every page and paper', async () => {
  const intake = { unit: 'xa-ngoc-ky', procedure: '1.004873', channel: 'counter' }
  const given = { name: MARKUP, address: MARKUP }
  const logged = await at.json('/api/v1/dossiers', { ...intake, applicant: given, note: MARKUP }, own)
  assert.equal(logged.statusCode, 201, logged.body)
  const dossier = logged.json().code as string
  const pages = [
    '/',
    '/ho-so?view=newest',
    `/ho-so/${dossier}`,
    `/ho-so/${dossier}/dinh-chinh`,
    `/ho-so?q=${encodeURIComponent(MARKUP)}`,
    `/dang-nhap?den=${encodeURIComponent(`/${MARKUP}`)}`,
    `/thiet-lap?ma=${encodeURIComponent(MARKUP)}`,
    `/quan-tri/lich?nam=${encodeURIComponent(MARKUP)}`,
    `/${encodeURIComponent(MARKUP)}`,
    `/bao-cao/${encodeURIComponent(MARKUP)}`,
  ]
  let shown = 0
  for (const url of pages) {
    const { body } = await at.send({ method: 'GET', url, headers: own })
    assert.doesNotMatch(body, /<script>|<img src=x|" onfocus=/, url)
    if (textOf(body).includes('alert(1)')) shown += 1
  }
  assert.ok(shown >= 3, `${shown} pages show it`)
  const paper = await at.send({
    method: 'GET',
    url: `/ho-so/${dossier}/giay-to/receipt-slip.pdf?lan=1`,
    headers: own,
  })
  assert.equal(paper.statusCode, 200)
  assert.match(pdfText(paper.rawPayload), /<script>alert\(1\)/)
  const json = await at.send({ method: 'GET', url: `/api/v1/dossiers/${dossier}`, headers: own })
  assert.match(String(json.headers['content-type']), /^application\/json/)
})

test('text of a template or a query in a name does nothing', async () => {
  const intake = { unit: 'xa-ngoc-ky', procedure: '1.004873', channel: 'counter' }
  const names = [
    '#read("/etc/passwd")',
    '#include "x.typ"',
    '$ sum $',
    "'; DROP TABLE dossiers; --",
    'Khải \u0024{7*7}',
    'Khải {{7*7}}',
  ]
  for (const name of names) {
    const logged = await at.json('/api/v1/dossiers', { ...intake, applicant: { name } }, own)
    assert.equal(logged.statusCode, 201)
    const url = `/ho-so/${logged.json().code}/giay-to/receipt-slip.pdf?lan=1`
    const paper = await at.send({ method: 'GET', url, headers: own })
    assert.equal(paper.statusCode, 200, name)
    assert.doesNotMatch(pdfText(paper.rawPayload), /root:x|\b49\b/)
    const found = await at.send({ method: 'GET', url: `/ho-so?q=${encodeURIComponent(name)}`, headers: own })
    assert.ok(found.statusCode < 500)
  }
})

function rows(sql: string): unknown {
  return at.installation.db.prepare(sql).pluck().get()
}
