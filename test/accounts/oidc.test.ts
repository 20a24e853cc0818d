import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { after, before, test } from 'node:test'
import { prepared } from '../../db/prepared.ts'
import { setPassword } from '../../db/queries/accounts.ts'
import { findIdentity, insertIdentity } from '../../db/queries/external-identities.ts'
import { sessionsOf } from '../../db/queries/sessions.ts'
import { externalService } from '../../src/accounts/external-service.ts'
import { disableAccount } from '../../src/accounts/manage-accounts.ts'
import { requireSecondFactor } from '../../src/accounts/require-second-factor.ts'
import { ConfigError, readConfig, type SignInService } from '../../src/config.ts'
import { SYSTEM_OPERATOR } from '../../src/deps.ts'
import { freePort } from '../support/free-port.ts'
import { textOf } from '../support/page-app.ts'
import { ORIGIN, type SignInProvider, signInProvider } from '../support/sign-in-provider.ts'
import { appOf, browserOf, PASSWORD, signUp } from '../support/signed-up.ts'
import { type TestInstallation, testInstallation } from '../support/test-installation.ts'

let provider: SignInProvider

before(async () => {
  provider = await signInProvider()
})
after(() => provider.stop())

const setting = async (changes: Partial<SignInService> = {}) => {
  Object.assign(provider, { person: 'sub-lan', claims: {} })
  const installation = testInstallation()
  const settings = { ...provider.settings, ...changes }
  const lan = await signUp(installation, { username: 'chi.lan', officer: 'xa-ngoc-ky.mot-cua-1' })
  const app = await appOf(installation, externalService(settings, ORIGIN, installation.log))
  const linked = (subject = 'sub-lan') =>
    insertIdentity(installation.db, { issuer: settings.issuer, subject, accountId: lan.id, linkedAt: 1 })
  return { installation, app, lan, linked, browser: browserOf(app) }
}

type Browser = ReturnType<typeof browserOf>

/** Leaves for the service; the path and query at which it lets us come back. */
const leave = async (browser: Browser, from = '/dang-nhap/oidc?den=%2Fho-so') => {
  const { headers, statusCode } = await browser.get(from)
  assert.equal(statusCode, 303)
  const back = new URL(await provider.walk(String(headers['location'])))
  return back.pathname + back.search
}
const signInThere = async (browser: Browser) => browser.get(await leave(browser))

/** Proves again who they are; the address that leads on to the service. */
const wayToLink = async (browser: Browser, proof = PASSWORD) => {
  const { body } = await browser.post('/tai-khoan/lien-ket', { proof })
  return /href="(\/tai-khoan\/lien-ket\/di\?phep=[\w-]+)"/.exec(body)?.[1] ?? ''
}

const audits = ({ db }: TestInstallation, kind: string) =>
  prepared<{ data: string }>(db, 'SELECT data FROM audit_entries WHERE kind = ? ORDER BY id')
    .all(kind)
    .map(({ data }) => JSON.parse(data) as Record<string, unknown>)

const notIn = async (browser: Browser) =>
  assert.match(String((await browser.get('/ho-so')).headers['location']), /^\/dang-nhap\?/)

test('who is linked signs in there and comes back to where they wanted to go', async () => {
  const { browser, linked, installation, lan } = await setting()
  linked()
  assert.match(
    (await browser.get('/dang-nhap?den=/ho-so')).body,
    /href="\/dang-nhap\/oidc\?den=%2Fho-so">Đăng nhập bằng VNeID</,
  )
  const answer = await signInThere(browser)
  assert.equal(answer.headers['location'], '/ho-so')
  assert.equal((await browser.get('/ho-so')).statusCode, 200)
  assert.equal(browser.cookies.has('motcua-oidc'), false)
  assert.equal(audits(installation, 'signed_in').at(-1)?.['by'], 'external')
  assert.equal(sessionsOf(installation.db, lan.id)[0]?.external, 1)
})

test('whoever signs in there leaves no other session of this browser behind', async () => {
  const { browser, linked, installation, lan } = await setting()
  linked()
  await browser.post('/dang-nhap', { username: 'chi.lan', password: PASSWORD })
  await signInThere(browser)
  const sessions = sessionsOf(installation.db, lan.id)
  assert.deepEqual(
    sessions.map(({ external }) => external),
    [1],
  )
})

test('the request carries state, nonce and the hash of a verifier, and the cookie tells nobody what they are', async () => {
  const { browser } = await setting()
  const { headers, cookies } = await browser.get('/dang-nhap/oidc')
  const query = new URL(String(headers['location'])).searchParams
  assert.equal(query.get('code_challenge_method'), 'S256')
  assert.equal(query.get('redirect_uri'), `${ORIGIN}/dang-nhap/oidc/ve`)
  assert.equal(query.get('scope'), 'openid')
  const [cookie] = cookies
  assert.equal(cookie?.httpOnly, true)
  assert.equal(cookie?.maxAge, 600)
  for (const name of ['state', 'nonce', 'code_challenge']) {
    assert.ok(query.get(name)!.length >= 40, name)
    assert.equal(cookie!.value.includes(query.get(name)!), false)
    assert.equal(Buffer.from(cookie!.value, 'base64url').includes(query.get(name)!), false)
  }
})

test('a wrong state, no cookie, another browser and a late return are refused', async () => {
  const { app, browser, linked, installation } = await setting()
  linked()
  const back = await leave(browser)
  const wrong = await browser.get(back.replace(/state=[^&]+/, 'state=made-up'))
  assert.equal(wrong.statusCode, 422)
  assert.match(textOf(wrong.body), /không bắt đầu ở trình duyệt này/)
  // The cookie went with the first return.
  assert.equal((await browser.get(back)).statusCode, 422)
  const other = browserOf(app)
  assert.equal((await other.get(await leave(browser))).statusCode, 422)
  await leave(other)
  assert.equal((await other.get(await leave(browser))).statusCode, 422)
  const late = await leave(browser)
  installation.clock.set(installation.clock.now() + 11 * 60_000)
  assert.equal((await browser.get(late)).statusCode, 422)
  await notIn(browser)
  await notIn(other)
  assert.deepEqual(audits(installation, 'signed_in'), [])
})

test('a code that was used before is refused, also with the cookie of its own flow', async () => {
  const { app, browser, linked } = await setting()
  linked()
  const back = await leave(browser)
  const kept = browser.cookies.get('motcua-oidc')!
  assert.equal((await browser.get(back)).statusCode, 303)
  const thief = browserOf(app)
  thief.cookies.set('motcua-oidc', kept)
  const answer = await thief.get(back)
  assert.equal(answer.statusCode, 403)
  assert.match(textOf(answer.body), /VNeID không xác nhận lần đăng nhập này/)
  await notIn(thief)
})

test('an answer in the name of another service, or a refusal of the service, is refused', async () => {
  const { browser, linked } = await setting()
  linked()
  const back = await leave(browser)
  assert.match(back, /[?&]iss=/)
  assert.equal(
    (await browser.get(back.replace(/iss=[^&]+/, 'iss=https%3A%2F%2Fevil.example'))).statusCode,
    403,
  )
  const second = new URL(await leave(browser), ORIGIN).searchParams
  const denied = `/dang-nhap/oidc/ve?error=access_denied&state=${second.get('state')}&iss=${encodeURIComponent(second.get('iss')!)}`
  assert.equal((await browser.get(denied)).statusCode, 403)
  await notIn(browser)
})

test('somebody whom nobody linked is told how, and the audit keeps no name', async () => {
  const { browser, installation } = await setting()
  provider.person = 'sub-stranger'
  const answer = await signInThere(browser)
  assert.equal(answer.statusCode, 403)
  assert.match(textOf(answer.body), /Chưa có tài khoản nào ở đây liên kết với VNeID/)
  assert.match(answer.body, /name="password"/)
  await notIn(browser)
  const [failed] = audits(installation, 'sign_in_failed')
  assert.match(String(failed?.['identity']), /^[0-9a-f]{32}$/)
})

test('a disabled account stays closed', async () => {
  const { browser, linked, installation } = await setting()
  linked()
  disableAccount(installation, SYSTEM_OPERATOR, 'chi.lan')
  const answer = await signInThere(browser)
  assert.equal(answer.statusCode, 403)
  assert.match(textOf(answer.body), /đã bị ngừng/)
  await notIn(browser)
})

test('whoever is signed in links their account, signs in by it, and can undo it', async () => {
  const { app, browser, installation, lan } = await setting()
  await browser.post('/dang-nhap', { username: 'chi.lan', password: PASSWORD })
  assert.match((await browser.get('/tai-khoan')).body, /href="\/tai-khoan\/lien-ket">Liên kết với VNeID/)
  assert.match(textOf((await browser.get('/tai-khoan/lien-ket')).body), /Hãy xác nhận đây là ông\/bà/)
  const answer = await browser.get(await leave(browser, await wayToLink(browser)))
  assert.equal(answer.headers['location'], '/tai-khoan')
  assert.equal(findIdentity(installation.db, provider.settings.issuer, 'sub-lan')?.accountId, lan.id)
  assert.match(textOf((await browser.get('/tai-khoan')).body), /Đã liên kết với VNeID/)
  const other = browserOf(app)
  assert.equal((await signInThere(other)).statusCode, 303)
  assert.equal((await browser.post('/tai-khoan/lien-ket/go', {})).statusCode, 303)
  assert.equal((await signInThere(browserOf(app))).statusCode, 403)
  assert.deepEqual(
    audits(installation, 'account_changed').map(({ what }) => what),
    ['linked', 'unlinked'],
  )
})

test('nobody can lead somebody else to link: the way there belongs to a session', async () => {
  const { app, browser, installation } = await setting()
  await signUp(installation, { username: 'anh.ba', officer: 'xa-ngoc-ky.chu-tich' })
  const ba = browserOf(app)
  await browser.post('/dang-nhap', { username: 'chi.lan', password: PASSWORD })
  await ba.post('/dang-nhap', { username: 'anh.ba', password: PASSWORD })
  const link = await wayToLink(ba)
  for (const url of ['/tai-khoan/lien-ket/di', '/tai-khoan/lien-ket/di?phep=x', link])
    assert.equal((await browser.get(url)).statusCode, 422)
  // A flow that began in one session and ends in another links nobody.
  const back = await leave(ba, link)
  browser.cookies.set('motcua-oidc', ba.cookies.get('motcua-oidc')!)
  assert.equal((await browser.get(back)).statusCode, 422)
  assert.equal(findIdentity(installation.db, provider.settings.issuer, 'sub-lan'), null)
})

test('whoever finds a session left open links nothing: who links proves again who they are, within ten minutes', async () => {
  const { browser, installation } = await setting()
  await browser.post('/dang-nhap', { username: 'chi.lan', password: PASSWORD })
  const wrong = await browser.post('/tai-khoan/lien-ket', { proof: 'không phải mật khẩu' })
  assert.equal(wrong.statusCode, 422)
  assert.match(textOf(wrong.body), /Mật khẩu hoặc mã xác thực không đúng/)
  assert.doesNotMatch(wrong.body, /phep=/)
  assert.equal(audits(installation, 'sign_in_failed').length, 1)
  const link = await wayToLink(browser)
  installation.clock.set(installation.clock.now() + 11 * 60_000)
  assert.equal((await browser.get(link)).statusCode, 422)
})

test('an account that is linked is linked with nobody else before that is undone', async () => {
  const { browser, linked, installation } = await setting()
  linked('sub-before')
  await browser.post('/dang-nhap', { username: 'chi.lan', password: PASSWORD })
  const answer = await browser.get(await leave(browser, await wayToLink(browser)))
  assert.equal(answer.statusCode, 409)
  assert.match(textOf(answer.body), /đã liên kết với VNeID bằng một danh tính khác/)
  assert.equal(findIdentity(installation.db, provider.settings.issuer, 'sub-lan'), null)
})

test('a new password takes no link away; an administrator does, and then whoever was linked is out', async () => {
  const { app, browser, linked, installation, lan } = await setting()
  linked()
  await signInThere(browser)
  const admin = browserOf(app)
  await signUp(installation, { username: 'quan.tri', officer: 'xa-ngoc-ky.chu-tich', administrator: true })
  await admin.post('/dang-nhap', { username: 'quan.tri', password: PASSWORD })
  const page = '/quan-tri/nguoi-dung/chi.lan'
  await admin.post(`${page}/mat-khau`, {})
  assert.equal((await signInThere(browser)).statusCode, 303)
  assert.match(textOf((await admin.get(page)).body), /Đăng nhập qua dịch vụ khác liên kết với/)
  assert.equal((await admin.post(`${page}/lien-ket`, {})).statusCode, 303)
  assert.equal(sessionsOf(installation.db, lan.id).length, 0)
  assert.equal((await signInThere(browser)).statusCode, 403)
  assert.doesNotMatch(textOf((await admin.get(page)).body), /Đăng nhập qua dịch vụ khác/)
  assert.equal((await admin.post(`${page}/lien-ket`, {})).statusCode, 303)
  assert.deepEqual(
    audits(installation, 'account_changed').map(({ account, what }) => [account, what]),
    [[lan.id, 'unlinked']],
  )
})

test('an identity belongs to one account, and the only way in cannot be taken away', async () => {
  const { app, installation, linked, lan } = await setting()
  linked()
  await signUp(installation, { username: 'anh.ba', officer: 'xa-ngoc-ky.chu-tich' })
  const ba = browserOf(app)
  await ba.post('/dang-nhap', { username: 'anh.ba', password: PASSWORD })
  const link = await wayToLink(ba)
  const answer = await ba.get(await leave(ba, link))
  assert.equal(answer.statusCode, 409)
  assert.match(textOf(answer.body), /đã liên kết với tài khoản của người khác/)
  setPassword(installation.db, lan.id, { hash: null, setAt: 1, temporaryUntil: null })
  const browser = browserOf(app)
  await signInThere(browser)
  assert.equal((await browser.post('/tai-khoan/lien-ket/go', {})).statusCode, 409)
})

test('a username that the service tells counts only where the installation says so, once', async () => {
  const off = await setting()
  provider.claims = { preferred_username: 'chi.lan' }
  assert.equal((await signInThere(off.browser)).statusCode, 403)
  const on = await setting({ usernameClaim: 'preferred_username' })
  provider.claims = { preferred_username: 'Chi.Lan' }
  assert.equal((await signInThere(on.browser)).headers['location'], '/ho-so')
  // From now on it is that subject, whoever takes the name there later.
  provider.person = 'sub-other'
  assert.equal((await signInThere(browserOf(on.app))).statusCode, 403)
  provider.person = 'sub-lan'
  provider.claims = { preferred_username: 'somebody.else' }
  assert.equal((await signInThere(browserOf(on.app))).statusCode, 303)
})

test('an address in place of a username counts only when the service has verified it', async () => {
  for (const [verified, status] of [
    [false, 403],
    [true, 303],
  ] as const) {
    const { browser } = await setting({ usernameClaim: 'email' })
    provider.claims = { email: 'chi.lan', email_verified: verified }
    assert.equal((await signInThere(browser)).statusCode, status)
  }
})

test('an administrator who signs in there is not asked for a second factor here', async () => {
  const { installation, browser } = await setting()
  const head = await signUp(installation, {
    username: 'chu.tich',
    officer: 'xa-ngoc-ky.chu-tich',
    administrator: true,
  })
  const { issuer } = provider.settings
  insertIdentity(installation.db, { issuer, subject: 'sub-lan', accountId: head.id, linkedAt: 1 })
  requireSecondFactor(installation, SYSTEM_OPERATOR, true)
  assert.equal((await signInThere(browser)).statusCode, 303)
  assert.equal((await browser.get('/quan-tri')).statusCode, 200)
})

test('while the service is down a page says so and the password still works; then it works again', async () => {
  const { app, linked } = await setting()
  linked()
  await provider.stop()
  const browser = browserOf(app)
  const answer = await browser.get('/dang-nhap/oidc?den=%2Fho-so')
  assert.equal(answer.statusCode, 503)
  assert.match(textOf(answer.body), /Chưa liên lạc được với VNeID/)
  const signedIn = await browser.post('/dang-nhap', {
    username: 'chi.lan',
    password: PASSWORD,
    den: '/ho-so',
  })
  assert.equal(signedIn.headers['location'], '/ho-so')
  await provider.start()
  const other = browserOf(app)
  const back = await leave(other)
  await provider.stop()
  assert.equal((await other.get(back)).statusCode, 503)
  await provider.start()
  assert.equal((await signInThere(other)).statusCode, 303)
})

test('a service that calls itself something else than was configured is not used', async () => {
  const port = await freePort()
  const document = { issuer: 'https://evil.example', authorization_endpoint: 'https://evil.example/a' }
  const server = createServer((_request, reply) =>
    reply.setHeader('content-type', 'application/json').end(JSON.stringify(document)),
  ).listen(port, '127.0.0.1')
  const { browser } = await setting({ issuer: `http://127.0.0.1:${port}` })
  assert.equal((await browser.get('/dang-nhap/oidc')).statusCode, 503)
  server.close()
})

test('a service that gave no secret is asked without one', async () => {
  const { browser, linked } = await setting({ clientId: 'motcua-without-secret', clientSecret: '' })
  linked()
  assert.equal((await signInThere(browser)).headers['location'], '/ho-so')
})

test('without such a service there is no button and no way', async () => {
  const installation = testInstallation()
  await signUp(installation, { username: 'chi.lan', officer: 'xa-ngoc-ky.mot-cua-1' })
  const browser = browserOf(await appOf(installation))
  assert.doesNotMatch((await browser.get('/dang-nhap')).body, /oidc/)
  assert.equal((await browser.get('/dang-nhap/oidc')).statusCode, 404)
  assert.equal((await browser.get('/dang-nhap/oidc/ve?code=x&state=y')).statusCode, 404)
})

test('the service is named with https, or on this machine, and with what it calls us', () => {
  const read = (env: Record<string, string>) => readConfig(env, '/srv').signInService
  const id = { OIDC_CLIENT_ID: 'motcua' }
  assert.equal(read({}), null)
  assert.deepEqual(read({ OIDC_ISSUER: 'https://sso.haiduong.gov.vn/realms/can-bo', ...id }), {
    issuer: 'https://sso.haiduong.gov.vn/realms/can-bo',
    clientId: 'motcua',
    clientSecret: '',
    label: 'Đăng nhập bằng tài khoản của tỉnh',
    usernameClaim: null,
  })
  for (const issuer of ['http://localhost:9000', 'http://127.0.0.1:9000', 'http://[::1]:9000'])
    assert.equal(read({ OIDC_ISSUER: issuer, ...id })?.issuer, issuer)
  for (const env of [
    { OIDC_ISSUER: 'http://sso.haiduong.gov.vn', ...id },
    { OIDC_ISSUER: 'sso.haiduong.gov.vn', ...id },
    { OIDC_ISSUER: 'https://sso.haiduong.gov.vn/?a=b', ...id },
    { OIDC_ISSUER: 'https://sso.haiduong.gov.vn' },
    id,
  ])
    assert.throws(() => read(env), ConfigError, JSON.stringify(env))
})
