import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Secret, TOTP } from 'otpauth'
import { prepared } from '../../db/prepared.ts'
import { findAccountByName } from '../../db/queries/accounts.ts'
import { sessionsOf } from '../../db/queries/sessions.ts'
import { resetSecondFactor } from '../../src/accounts/manage-accounts.ts'
import { requireSecondFactor } from '../../src/accounts/require-second-factor.ts'
import { openSession } from '../../src/accounts/session.ts'
import { SYSTEM_OPERATOR } from '../../src/deps.ts'
import { textOf } from '../support/page-app.ts'
import { refused } from '../support/refused.ts'
import { appOf, browserOf, PASSWORD, SITTING, signUp } from '../support/signed-up.ts'
import { type TestInstallation, testInstallation } from '../support/test-installation.ts'

const MINUTE = 60_000

const setting = async (administrator = false) => {
  const installation = testInstallation('2023-03-06T09:00')
  const account = await signUp(installation, {
    username: 'chi.lan',
    officer: 'xa-ngoc-ky.mot-cua-1',
    administrator,
  })
  const app = await appOf(installation)
  return {
    installation,
    account,
    app,
    later: (ms: number) => installation.clock.set(installation.clock.now() + ms),
  }
}

const signInBy = async (browser: ReturnType<typeof browserOf>, den = '/ho-so') =>
  browser.post('/dang-nhap', { username: 'chi.lan', password: PASSWORD, den })

const codeAt = (secret: string, at: number) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at })

/** Turns the second factor on as a person would: reads the secret off the page, sends a code. */
async function enrol({ installation, app }: Awaited<ReturnType<typeof setting>>) {
  const browser = browserOf(app)
  await signInBy(browser)
  const { body } = await browser.get('/tai-khoan/hai-lop')
  const secret = secretOn(body)
  const code = codeAt(secret, installation.clock.now())
  const answer = await browser.post('/tai-khoan/hai-lop', { note: noteOn(body), code })
  assert.equal(answer.statusCode, 200)
  const codes = [...answer.body.matchAll(/<code>([a-z0-9]{5}-[a-z0-9]{5})<\/code>/g)].map(([, one]) => one!)
  return { browser, secret, codes, code, answer }
}

const secretOn = (body: string) => /<code>([A-Z2-7 ]+)<\/code>/.exec(body)![1]!.replaceAll(' ', '')
const noteOn = (body: string) => /name="note" value="([^"]+)"/.exec(body)![1]!
const audits = ({ db }: TestInstallation, kind: string) =>
  prepared<{ data: string }>(db, 'SELECT data FROM audit_entries WHERE kind = ? ORDER BY id')
    .all(kind)
    .map(({ data }) => JSON.parse(data) as Record<string, unknown>)

test('a person turns it on with a first code, gets ten recovery codes once, and every other session ends', async () => {
  const all = await setting()
  const { installation, account } = all
  openSession(installation, account.id, { ...SITTING, complete: true })
  const { browser, codes, secret, answer } = await enrol(all)
  assert.equal(new Set(codes).size, 10)
  assert.equal(answer.headers['cache-control'], 'no-store')
  assert.doesNotMatch((await browser.get('/tai-khoan/hai-lop')).body, /[a-z0-9]{5}-[a-z0-9]{5}<\/code>/)
  assert.match(textOf((await browser.get('/tai-khoan/hai-lop')).body), /Còn 10 mã khôi phục/)
  assert.equal(sessionsOf(installation.db, account.id).length, 1)
  const { totpSealed } = findAccountByName(installation.db, 'chi.lan')!
  assert.equal(totpSealed!.includes(secret), false)
  assert.deepEqual(audits(installation, 'second_factor_changed'), [
    { account: account.id, on: true, by: 'self' },
  ])
})

test('the page asks for nothing that its policy refuses: the QR code is drawn in it', async () => {
  const { app } = await setting()
  const browser = browserOf(app)
  await signInBy(browser)
  const { body } = await browser.get('/tai-khoan/hai-lop')
  assert.match(body, /<div class="qr" role="img"[^>]*><svg viewBox="[\d ]+" xmlns="[^"]+">\s*<path d="[^"]+"/)
  assert.doesNotMatch(body, /<img|style=|<style|<script(?! type="module" src="\/assets)/)
})

test('each visit makes another secret; a wrong first code keeps the one that was scanned', async () => {
  const { app, installation } = await setting()
  const browser = browserOf(app)
  await signInBy(browser)
  const first = (await browser.get('/tai-khoan/hai-lop')).body
  assert.notEqual(secretOn(first), secretOn((await browser.get('/tai-khoan/hai-lop')).body))
  const answer = await browser.post('/tai-khoan/hai-lop', { note: noteOn(first), code: '000000' })
  assert.equal(answer.statusCode, 422)
  assert.match(textOf(answer.body), /Mã xác thực không đúng/)
  assert.equal(secretOn(answer.body), secretOn(first))
  const code = codeAt(secretOn(first), installation.clock.now())
  assert.equal(
    (await browser.post('/tai-khoan/hai-lop', { note: noteOn(answer.body), code })).statusCode,
    200,
  )
})

test('a secret of another person, or one scanned long ago, is not taken', async () => {
  const all = await setting()
  const { app, installation, later } = all
  await signUp(installation, { username: 'anh.ba', officer: 'xa-ngoc-ky.chu-tich' })
  const [lan, ba] = [browserOf(app), browserOf(app)]
  await signInBy(lan)
  await ba.post('/dang-nhap', { username: 'anh.ba', password: PASSWORD })
  const others = (await ba.get('/tai-khoan/hai-lop')).body
  const code = codeAt(secretOn(others), installation.clock.now())
  assert.equal((await lan.post('/tai-khoan/hai-lop', { note: noteOn(others), code })).statusCode, 422)
  const body = (await lan.get('/tai-khoan/hai-lop')).body
  later(31 * MINUTE)
  const late = await lan.post('/tai-khoan/hai-lop', {
    note: noteOn(body),
    code: codeAt(secretOn(body), installation.clock.now()),
  })
  assert.match(textOf(late.body), /quá hạn/)
  assert.equal(findAccountByName(installation.db, 'chi.lan')!.totpConfirmedAt, null)
})

test('after the password the code is asked for, and nothing else can be opened before', async () => {
  const all = await setting()
  const { secret } = await enrol(all)
  const { app, installation, later } = all
  later(MINUTE)
  const browser = browserOf(app)
  const { headers } = await signInBy(browser)
  assert.equal(headers['location'], '/dang-nhap/ma?den=%2Fho-so')
  const halfway = browser.cookies.get('motcua')
  for (const url of ['/ho-so', '/tai-khoan', '/tai-khoan/hai-lop', '/tai-khoan/mat-khau', '/']) {
    assert.equal((await browser.get(url)).headers['location'], '/dang-nhap/ma', url)
  }
  const answer = await browser.post('/dang-nhap/ma', {
    code: codeAt(secret, installation.clock.now()),
    den: '/ho-so',
  })
  assert.equal(answer.headers['location'], '/ho-so')
  assert.notEqual(browser.cookies.get('motcua'), halfway)
  assert.equal((await browser.get('/ho-so')).statusCode, 200)
  const old = browserOf(app)
  old.cookies.set('motcua', halfway!)
  assert.match(String((await old.get('/ho-so')).headers['location']), /^\/dang-nhap\?/)
  assert.equal(audits(installation, 'signed_in').at(-1)?.['by'], 'password_and_code')
})

test('a session that awaits the code lives ten minutes; a complete one its whole life', async () => {
  const all = await setting()
  const { secret } = await enrol(all)
  const { app, installation, account, later } = all
  later(MINUTE)
  const late = browserOf(app)
  await signInBy(late)
  later(11 * MINUTE)
  const { headers } = await late.post('/dang-nhap/ma', { code: codeAt(secret, installation.clock.now()) })
  assert.equal(headers['set-cookie'], undefined)
  const browser = browserOf(app)
  await signInBy(browser)
  await browser.post('/dang-nhap/ma', { code: codeAt(secret, installation.clock.now()) })
  const [newest] = sessionsOf(installation.db, account.id)
  assert.equal(newest!.expiresAt - installation.clock.now(), 12 * 60 * MINUTE)
})

test('the code of one step before or after is taken, of two it is not', async () => {
  for (const [offset, status] of [
    [-30_000, 303],
    [30_000, 303],
    [-60_000, 422],
    [60_000, 422],
  ] as const) {
    const all = await setting()
    const { secret } = await enrol(all)
    const { app, installation, later } = all
    later(5 * MINUTE)
    const browser = browserOf(app)
    await signInBy(browser)
    const code = codeAt(secret, installation.clock.now() + offset)
    assert.equal((await browser.post('/dang-nhap/ma', { code })).statusCode, status, String(offset))
  }
})

test('a code is good once, also the one by which it was turned on', async () => {
  const all = await setting()
  const { secret, code: first } = await enrol(all)
  const { app, installation, later } = all
  const again = browserOf(app)
  await signInBy(again)
  assert.equal((await again.post('/dang-nhap/ma', { code: first })).statusCode, 422)
  later(5 * MINUTE)
  const code = codeAt(secret, installation.clock.now())
  const [one, two] = [browserOf(app), browserOf(app)]
  await signInBy(one)
  await signInBy(two)
  const both = await Promise.all([one, two].map((browser) => browser.post('/dang-nhap/ma', { code })))
  assert.deepEqual(both.map(({ statusCode }) => statusCode).sort(), [303, 422])
})

test('codes are of the real time where the clock plays another one', async () => {
  const installation = testInstallation('2024-01-08T09:00')
  await signUp(installation, { username: 'chi.lan', officer: 'xa-ngoc-ky.mot-cua-1' })
  const real = installation.clock.now() + 700 * 24 * 60 * MINUTE
  const app = await appOf({ ...installation, wall: { now: () => real } } as TestInstallation)
  const browser = browserOf(app)
  await signInBy(browser)
  const { body } = await browser.get('/tai-khoan/hai-lop')
  const send = (at: number) =>
    browser.post('/tai-khoan/hai-lop', { note: noteOn(body), code: codeAt(secretOn(body), at) })
  assert.equal((await send(installation.clock.now())).statusCode, 422)
  assert.equal((await send(real)).statusCode, 200)
})

test('a recovery code stands for the telephone, once', async () => {
  const all = await setting()
  const { codes } = await enrol(all)
  const { app } = all
  const browser = browserOf(app)
  await signInBy(browser)
  const typed = codes[3]!.toUpperCase().replace('-', ' ')
  assert.equal((await browser.post('/dang-nhap/ma', { code: typed, bang: 'khoi-phuc' })).statusCode, 303)
  assert.match(textOf((await browser.get('/tai-khoan/hai-lop')).body), /Còn 9 mã/)
  const again = browserOf(app)
  await signInBy(again)
  const answer = await again.post('/dang-nhap/ma', { code: codes[3]!, bang: 'khoi-phuc' })
  assert.equal(answer.statusCode, 422)
  assert.match(answer.body, /Mã khôi phục/)
})

test('wrong codes wait like wrong passwords, and the right password in between takes nothing off', async () => {
  const all = await setting()
  const { secret } = await enrol(all)
  const { app, installation, later } = all
  later(MINUTE)
  const browser = browserOf(app)
  for (let n = 0; n < 4; n += 1) {
    await signInBy(browser)
    assert.equal((await browser.post('/dang-nhap/ma', { code: '000000' })).statusCode, 422)
  }
  await signInBy(browser)
  assert.match(textOf((await browser.post('/dang-nhap/ma', { code: '000000' })).body), /không đúng/)
  const right = () => browser.post('/dang-nhap/ma', { code: codeAt(secret, installation.clock.now()) })
  assert.match(textOf((await right()).body), /chờ 1 phút/)
  assert.match(textOf((await signInBy(browserOf(app))).body), /chờ 1 phút/)
  later(31_000)
  assert.equal((await right()).statusCode, 303)
  assert.equal(prepared(installation.db, 'SELECT 1 FROM sign_in_failures').get(), undefined)
  assert.deepEqual(
    audits(installation, 'sign_in_failed').map(({ why }) => why),
    [undefined, undefined, undefined, undefined, undefined, 'locked'],
  )
  assert.equal((await signInBy(browserOf(app))).statusCode, 303)
})

test('the password or a code takes it off again, anything else is counted', async () => {
  const all = await setting()
  const { browser, codes } = await enrol(all)
  const { app, installation, account } = all
  const answer = await browser.post('/tai-khoan/hai-lop/go', { remove_proof: 'không phải mật khẩu' })
  assert.equal(answer.statusCode, 422)
  assert.match(textOf(answer.body), /Mật khẩu hoặc mã xác thực không đúng/)
  assert.equal(audits(installation, 'sign_in_failed').length, 1)
  openSession(installation, account.id, { ...SITTING, complete: true })
  const before = browser.cookies.get('motcua')
  assert.equal((await browser.post('/tai-khoan/hai-lop/go', { remove_proof: PASSWORD })).statusCode, 303)
  assert.notEqual(browser.cookies.get('motcua'), before)
  assert.equal(sessionsOf(installation.db, account.id).length, 1)
  const { totpSealed, totpConfirmedAt } = findAccountByName(installation.db, 'chi.lan')!
  assert.deepEqual([totpSealed, totpConfirmedAt], [null, null])
  assert.equal((await signInBy(browserOf(app))).headers['location'], '/ho-so')
  assert.deepEqual(audits(installation, 'second_factor_changed').at(-1), {
    account: account.id,
    on: false,
    by: 'self',
  })
  const second = await enrol(all)
  assert.equal(
    (await second.browser.post('/tai-khoan/hai-lop/go', { remove_proof: codes[0]! })).statusCode,
    422,
  )
  assert.equal(
    (await second.browser.post('/tai-khoan/hai-lop/go', { remove_proof: second.codes[0]! })).statusCode,
    303,
  )
})

test('new recovery codes make those of before worth nothing', async () => {
  const all = await setting()
  const { browser, codes } = await enrol(all)
  const answer = await browser.post('/tai-khoan/hai-lop/ma-khoi-phuc', { renew_proof: PASSWORD })
  assert.equal(answer.statusCode, 200)
  assert.equal(answer.body.includes(codes[0]!), false)
  const other = browserOf(all.app)
  await signInBy(other)
  assert.equal((await other.post('/dang-nhap/ma', { code: codes[0]! })).statusCode, 422)
})

test('an administrator who needs it is led to it before anything else, and cannot take it off', async () => {
  const all = await setting(true)
  const { app, installation, account } = all
  const browser = browserOf(app)
  await signInBy(browser)
  assert.equal((await browser.get('/quan-tri')).statusCode, 200)
  refused('not_permitted', () => requireSecondFactor(installation, { officerId: 1, role: 'head' }, true))
  requireSecondFactor(installation, SYSTEM_OPERATOR, true)
  for (const url of ['/quan-tri', '/tai-khoan', '/'])
    assert.equal((await browser.get(url)).headers['location'], '/tai-khoan/hai-lop')
  const { browser: enrolled } = await enrol(all)
  assert.equal((await enrolled.get('/quan-tri')).statusCode, 200)
  const answer = await enrolled.post('/tai-khoan/hai-lop/go', { remove_proof: PASSWORD })
  assert.match(textOf(answer.body), /Quản trị viên phải dùng xác thực hai lớp nên không gỡ được/)
  assert.notEqual(findAccountByName(installation.db, 'chi.lan')!.totpConfirmedAt, null)
  requireSecondFactor(installation, { officerId: account.officerId, role: 'administrator' }, false)
  assert.equal((await enrolled.post('/tai-khoan/hai-lop/go', { remove_proof: PASSWORD })).statusCode, 303)
  assert.deepEqual(
    audits(installation, 'setting_changed').map(({ on }) => on),
    [true, false],
  )
})

test('an administrator who takes a lost one away takes its recovery codes too', async () => {
  const all = await setting()
  await enrol(all)
  const { app, installation } = all
  const browser = browserOf(app)
  await signInBy(browser)
  resetSecondFactor(installation, SYSTEM_OPERATOR, 'chi.lan')
  assert.equal(prepared(installation.db, 'SELECT 1 FROM recovery_codes').get(), undefined)
  // The session that still awaited a code is over; signing in anew asks for none.
  assert.equal((await browser.post('/dang-nhap/ma', { code: '123456' })).statusCode, 401)
  assert.equal((await signInBy(browser)).headers['location'], '/ho-so')
})
