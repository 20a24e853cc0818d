import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { after, before, test } from 'node:test'
import { ACTING, ROUTES } from '../../src/accounts/routes.ts'
import {
  accountOf,
  makeAdministrator,
  PUBLIC,
  PUBLIC_HOST,
  signedIn,
  stateOf,
  type Target,
  target,
  tokenOf,
  withToken,
} from './support/target.ts'

const HEAD = 'xa-ngoc-ky.chu-tich'
const INTAKE = {
  unit: 'xa-ngoc-ky',
  procedure: '1.004873',
  channel: 'counter',
  applicant: { name: 'Nguyễn Văn Mẫu' },
} as const
let at: Target
let head: { cookie: string }

before(async () => {
  at = await target()
  head = await signedIn(at, HEAD)
})
after(() => at.app.close())

test('a page of another site cannot make a signed-in browser write, by form or by API', async () => {
  const before = stateOf(at)
  const foreign = [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://evil.example' },
    { origin: 'null' },
  ]
  for (const headers of foreign) {
    const form = await at.form('/tai-khoan/phien', { phien: 'khac' }, { ...head, ...headers })
    assert.equal(form.statusCode, 403)
    const api = await at.json('/api/v1/dossiers', INTAKE, { ...head, ...headers })
    assert.deepEqual([api.statusCode, api.json().code], [403, 'foreign_form'])
  }
  assert.equal(stateOf(at), before)
})

test('every method that may write asks where it comes from, also where there is no such route', async () => {
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'] as const) {
    for (const url of ['/ho-so', '/api/v1/dossiers', '/khong-co']) {
      const headers = { ...head, 'sec-fetch-site': 'cross-site' }
      assert.equal((await at.send({ method, url, headers })).statusCode, 403, `${method} ${url}`)
    }
  }
})

test('no other site leads a browser to what issues a paper or takes a register out; one’s own links do', async () => {
  makeAdministrator(at, HEAD)
  const { code } = (await at.json('/api/v1/dossiers', INTAKE, head)).json() as { code: string }
  const paper = `/ho-so/${code}/giay-to/receipt-slip.pdf?lan=1`
  const from = (site: string, url = paper) =>
    at
      .send({ method: 'GET', url, headers: { ...head, 'sec-fetch-site': site } })
      .then(({ statusCode }) => statusCode)
  const documents = () => at.installation.db.prepare('SELECT count(*) FROM documents').pluck().get()
  const before = documents()
  for (const site of ['cross-site', 'same-site']) {
    assert.equal(await from(site), 403)
    assert.equal(await from(site, '/quan-tri/xuat-so/tep?unit=xa-ngoc-ky&format=csv'), 403)
    assert.equal(await from(site, `/ho-so/${code}`), 200, 'a link in a message opens the dossier')
  }
  assert.equal(documents(), before)
  for (const site of ['none', 'same-origin']) assert.equal(await from(site), 200)
})

test('every address that does something when it is opened is opened from here alone, by HEAD as well', async () => {
  for (const route of ACTING) {
    const url = route.replace('GET ', '').replace(/:\w+/g, '1')
    for (const method of ['GET', 'HEAD'] as const) {
      const headers = { ...head, 'sec-fetch-site': 'cross-site' }
      const reply = await at.send({ method, url, headers })
      assert.equal(reply.statusCode, 403, `${method} ${url}`)
      if (method === 'GET') assert.match(reply.body, /trang khác|foreign_form/, route)
    }
  }
})

/** Files that are only read, and pages whose address ends like one. */
const READ_ONLY = [
  'GET /assets/:file',
  'GET /ho-so/:code/tep',
  'GET /ho-so/moi/tap-huan/:id/giay.pdf',
  'GET /quan-tri/mau-giay/:name/tep',
  'GET /quan-tri/thu-tuc/tep',
]

test('a route that gives a file or data out is known to do something, or to be read only', () => {
  const givesOut = /\.(pdf|csv)$|\/tep$|:file$|\/register$|\/exchange\//
  const found = Object.keys(ROUTES).filter((route) => route.startsWith('GET ') && givesOut.test(route))
  assert.deepEqual(found.filter((route) => !ACTING.has(route)).sort(), READ_ONLY)
})

test('what a browser can send without asking, a form or plain text, is no JSON to the API', async () => {
  const before = countDossiers()
  const types = [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/plain; application/json',
    'application/jsonp',
    'application/xml',
  ]
  for (const type of types) {
    const headers = { ...head, 'content-type': type }
    const reply = await at.send({
      method: 'POST',
      url: '/api/v1/dossiers',
      payload: JSON.stringify(INTAKE),
      headers,
    })
    assert.equal(reply.statusCode, 415, type)
  }
  assert.equal(countDossiers(), before)
})

test('a form is not taken for JSON nor JSON for a form', async () => {
  const reply = await at.send({
    method: 'POST',
    url: '/dang-nhap',
    payload: JSON.stringify({ username: HEAD, password: { $ne: null } }),
    headers: { 'content-type': 'application/json' },
  })
  assert.equal(reply.statusCode, 422)
  assert.equal(reply.headers['set-cookie'], undefined)
})

test('keys that would change every object are refused or stay text', async () => {
  const bodies = [
    `{"__proto__":{"isAdmin":true},${JSON.stringify(INTAKE).slice(1)}`,
    `{"constructor":{"prototype":{"isAdmin":true}},${JSON.stringify(INTAKE).slice(1)}`,
    `{${JSON.stringify(INTAKE).slice(1, -1)},"applicant":{"name":"A","__proto__":{"isAdmin":true}}}`,
  ]
  for (const body of bodies) {
    const reply = await at.json('/api/v1/dossiers', body, head)
    assert.equal(reply.statusCode, 400, body)
  }
  await at.form('/dang-nhap', {
    username: 'x',
    password: 'y',
    __proto__: '1',
    'constructor[prototype][isAdmin]': '1',
  })
  await at.send({ method: 'GET', url: '/ho-so?__proto__[isAdmin]=1&constructor=1', headers: head })
  assert.equal(({} as { isAdmin?: unknown }).isAdmin, undefined)
})

test('a name sent twice is one name: no page falls over it, the last one counts', async () => {
  makeAdministrator(at, HEAD)
  const pages = [
    '/dang-nhap?den=/a&den=/b',
    '/thiet-lap?ma=a&ma=b',
    '/ho-so?q=a&q=b',
    '/ho-so?view=newest&view=newest&cursor=1&cursor=2',
    '/quan-tri/lich?nam=2023&nam=2024&unit=a&unit=b',
    '/quan-tri/don-vi?ngay=2023-01-01&ngay=2024-01-01',
    '/quan-tri/xuat-so/tep?unit=a&unit=b',
    '/quan-tri/khep-muon?unit=a&unit=b',
    '/nhap-bu?unit=a&unit=b',
    '/nhap-bu/phieu?unit=a&unit=b',
    '/nhap-bu/gian-doan?unit=a&unit=b',
    '/quan-tri/so-theo-doi?year=2023&year=2022&unit=a&unit=b',
    '/bao-cao/2023-W09?unit=a&unit=b&ban=1&ban=2&map=x&map=y',
    '/bao-cao/2023-W09/bieu-ii06.pdf?unit=a&unit=b',
    '/bao-cao/2023-W09/ho-so?counter=received&counter=received&after=1&after=2',
    '/bao-cao/2023-W09/so-sanh?tu=1&tu=2&den=1&den=2',
    '/quan-tri/webhook?xem=a&xem=b',
  ]
  for (const url of pages) {
    const { statusCode } = await at.send({ method: 'GET', url, headers: head })
    assert.ok(statusCode < 500, `${url}: ${statusCode}`)
  }
  const twice = await at.send({
    method: 'POST',
    url: '/dang-nhap',
    payload: 'username=a&username=b&password=x&password=y&den=//evil&den=/ho-so',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
  assert.equal(twice.statusCode, 422)
  assert.match(twice.body, /name="username"[^>]*value="b"/)
})

test('fields nobody asked for set nothing: not by API, not by form', async () => {
  const extra = {
    id: 1,
    dueAt: '2030-01-01',
    due_at: '2030-01-01',
    state: 'finished',
    version: 9,
    roles: ['administrator'],
  }
  for (const [name, value] of Object.entries(extra)) {
    const reply = await at.json('/api/v1/dossiers', { ...INTAKE, [name]: value }, head)
    assert.deepEqual([reply.statusCode, reply.json().code], [400, 'invalid_request'], name)
  }
  const logged = await at.json('/api/v1/dossiers', INTAKE, head)
  assert.equal(logged.statusCode, 201)
  const act = `/api/v1/dossiers/${logged.json().code}/acts/transfer`
  assert.equal((await at.json(act, { state: 'finished' }, head)).statusCode, 400)
  const id = await accountOf(at, 'xa-van-to.mot-cua-1')
  const own = withToken(tokenOf(at, id))
  await at.form('/tai-khoan/phien', { phien: 'khac', role: 'administrator', username: 'root' }, own)
  const row = at.installation.db.prepare('SELECT username FROM accounts WHERE id = ?').pluck().get(id)
  assert.equal(row, 'xa-van-to.mot-cua-1')
  const roles = at.installation.db
    .prepare('SELECT count(*) FROM installation_roles r JOIN accounts a USING (officer_id) WHERE a.id = ?')
    .pluck()
    .get(id)
  assert.equal(roles, 0)
})

test('what a client says of itself is not believed without a trusted proxy', async () => {
  const forged = {
    'x-forwarded-for': '203.0.113.9',
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'https',
    forwarded: 'for=203.0.113.9;host=evil.example;proto=https',
    'x-real-ip': '203.0.113.9',
    'x-original-url': '/quan-tri',
    'x-rewrite-url': '/quan-tri',
    'x-http-method-override': 'DELETE',
  }
  const id = await accountOf(at, HEAD)
  await at.form('/dang-nhap', { username: HEAD, password: 'con trâu đi trước cái cày' }, forged)
  const address = () =>
    at.installation.db
      .prepare('SELECT address FROM sessions WHERE account_id = ? ORDER BY id DESC LIMIT 1')
      .pluck()
      .get(id)
  assert.equal(address(), '127.0.0.1')
  const page = await at.send({ method: 'GET', url: '/ho-so', headers: forged })
  assert.equal(page.headers.location, '/dang-nhap?den=%2Fho-so')
  assert.equal(page.headers['strict-transport-security'], undefined)
})

test('a trusted proxy is believed about its own client, and about nobody that client names', async () => {
  const site = { ...PUBLIC, trustProxy: ['10.0.0.1'] }
  const behind = await target({ site })
  await accountOf(behind, HEAD)
  const from = async (remoteAddress: string, forwarded: string) => {
    const payload = String(new URLSearchParams({ username: HEAD, password: 'con trâu đi trước cái cày' }))
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'x-forwarded-for': forwarded,
      'x-forwarded-host': 'evil.example',
    }
    const sent = await behind.send({ method: 'POST', url: '/dang-nhap', payload, headers, remoteAddress })
    assert.equal(sent.statusCode, 303)
    return behind.installation.db
      .prepare('SELECT address FROM sessions ORDER BY id DESC LIMIT 1')
      .pluck()
      .get()
  }
  assert.equal(await from('10.0.0.1', '198.51.100.7'), '198.51.100.7')
  assert.equal(await from('10.0.0.1', '203.0.113.9, 198.51.100.7'), '198.51.100.7', 'the client’s own word')
  assert.equal(await from('10.0.0.2', '198.51.100.7'), '10.0.0.2', 'a stranger who says it is a proxy')
  await behind.app.close()
})

test('a request for another host is refused, whoever sends it, and no answer repeats the name', async () => {
  const open = await target({ site: PUBLIC })
  const hosts = [
    'evil.example',
    `${PUBLIC_HOST}.evil.example`,
    `evil.example:443@${PUBLIC_HOST}`,
    `${PUBLIC_HOST}:8443`,
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'null',
  ]
  for (const host of hosts) {
    for (const url of ['/', '/dang-nhap', '/healthz', '/api/v1/dossiers', '/khong-co', '/assets/x']) {
      const { statusCode, body, headers } = await open.send({ method: 'GET', url, headers: { host } })
      assert.equal(statusCode, 403, `${host} ${url}`)
      assert.doesNotMatch(body + JSON.stringify(headers), /evil\.example/)
    }
  }
  for (const host of [PUBLIC_HOST, '127.0.0.1:8080', 'localhost', '[::1]:8080'])
    assert.equal(
      (await open.send({ method: 'GET', url: '/healthz', headers: { host } })).statusCode,
      200,
      host,
    )
  await open.app.close()
})

test('unencrypted, a page of the same name is another site', async () => {
  const open = await target({ site: PUBLIC })
  const sent = (origin: string) => open.form('/dang-nhap', { username: 'x', password: 'y' }, { origin })
  assert.equal((await sent(`http://${PUBLIC_HOST}`)).statusCode, 403)
  assert.equal((await sent(`https://${PUBLIC_HOST}`)).statusCode, 422)
  await open.app.close()
})

test('methods nobody asked for do nothing and echo nothing', async () => {
  await at.app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = at.app.server.address() as { port: number }
  const raw = (head: string) => rawRequest(port, head)
  const before = stateOf(at)
  for (const method of [
    'TRACE',
    'PROPFIND',
    'PATCH',
    'DELETE',
    'PUT',
    'OPTIONS',
    'SEARCH',
    'PURGE',
    'LINK',
  ]) {
    const answer = await raw(
      `${method} /dang-nhap HTTP/1.1\r\nHost: localhost\r\nX-Secret: mirror\r\nConnection: close\r\n\r\n`,
    )
    assert.match(answer, /^HTTP\/1\.1 40[0-9] /, method)
    assert.doesNotMatch(answer, /mirror/, method)
    assert.doesNotMatch(answer, /access-control-allow/i, method)
  }
  assert.match(await raw('BREW /dang-nhap HTTP/1.1\r\nHost: localhost\r\n\r\n'), /^HTTP\/1\.1 400 /)
  assert.match(await raw('CONNECT evil.example:443 HTTP/1.1\r\nHost: localhost\r\n\r\n'), /^(HTTP\/1\.1 4|$)/)
  const headOnly = await raw('HEAD /dang-nhap HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')
  assert.match(headOnly, /^HTTP\/1\.1 200 /)
  assert.equal(headOnly.split('\r\n\r\n')[1], '')
  const guarded = await raw('HEAD /api/v1/dossiers HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')
  assert.match(guarded, /^HTTP\/1\.1 401 /, 'HEAD is asked for what GET is')
  assert.equal(stateOf(at), before)
})

test('a request that means two things to a proxy and to us is none', async () => {
  const { port } = at.app.server.address() as { port: number }
  const smuggled = [
    'Content-Length: 5\r\nTransfer-Encoding: chunked',
    'Content-Length: 5\r\nContent-Length: 6',
    'Transfer-Encoding: xchunked',
    'Transfer-Encoding : chunked',
  ]
  for (const headers of smuggled) {
    const answer = await rawRequest(
      port,
      `POST /dang-nhap HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n`,
    )
    assert.match(answer, /^HTTP\/1\.1 400 /, headers)
    assert.doesNotMatch(answer, /"status":"ok"/, headers)
  }
})

test('a cookie or a head larger than any browser’s is refused before it is read', async () => {
  const { port } = at.app.server.address() as { port: number }
  const big = 'x'.repeat(20_000)
  for (const header of [`Cookie: motcua=${big}`, `X-Big: ${big}`, `Authorization: Bearer ${big}`]) {
    const answer = await rawRequest(
      port,
      `GET /tai-khoan HTTP/1.1\r\nHost: localhost\r\n${header}\r\nConnection: close\r\n\r\n`,
    )
    assert.match(answer, /^HTTP\/1\.1 431 /, header.slice(0, 10))
  }
})

test('a broken address, a broken body and a failure of ours say nothing of the inside', async () => {
  const broken = await target()
  const admin = await signedIn(broken, HEAD)
  makeAdministrator(broken, HEAD)
  broken.installation.db.exec('DROP TABLE webhooks')
  const answers = [
    await broken.send({ method: 'GET', url: '/%E0%A4%A', headers: admin }),
    await broken.json('/api/v1/dossiers', '{"unit":', admin),
    await broken.json('/api/v1/dossiers', 'null', admin),
    await broken.send({ method: 'GET', url: '/quan-tri/webhook', headers: admin }),
    await broken.send({ method: 'GET', url: '/api/v1/webhooks', headers: admin }),
  ]
  assert.deepEqual(
    answers.map(({ statusCode }) => statusCode),
    [400, 400, 400, 500, 500],
  )
  for (const { body, headers } of answers) {
    assert.doesNotMatch(body, /SQLITE|no such table|SELECT|\.ts|node_modules|at \w+ \(|Error:|better-sqlite/)
    assert.equal(headers['x-powered-by'], undefined)
    assert.equal(headers['server'], undefined)
    assert.equal(headers['x-content-type-options'], 'nosniff')
  }
  await broken.app.close()
})

test('a body beyond its bound is refused unread', async () => {
  const big = JSON.stringify({ ...INTAKE, note: 'x'.repeat(300_000) })
  assert.equal((await at.json('/api/v1/dossiers', big, head)).statusCode, 413)
  const form = await at.form('/dang-nhap', { username: 'x'.repeat(300_000), password: 'y' })
  assert.equal(form.statusCode, 413)
  const fields = `username=a&${'x=1&'.repeat(60_000)}password=b`
  const many = await at.send({
    method: 'POST',
    url: '/dang-nhap',
    payload: fields,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
  assert.ok(many.statusCode < 500)
})

function countDossiers(): unknown {
  return at.installation.db.prepare('SELECT count(*) FROM dossiers').pluck().get()
}

/** What the service answers to bytes as they are. */
function rawRequest(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    let answer = ''
    socket.setTimeout(5_000, () => socket.destroy())
    socket.on('data', (piece) => {
      answer += piece
    })
    socket.on('close', () => resolve(answer))
    socket.on('error', (error: { code?: string }) =>
      error.code === 'ECONNRESET' || error.code === 'EPIPE' ? resolve(answer) : reject(error),
    )
    socket.write(text)
  })
}
