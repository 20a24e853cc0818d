import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { groupCommit } from '../../db/group-commit.ts'
import { setPassword } from '../../db/queries/accounts.ts'
import { createAccount } from '../../src/accounts/create-account.ts'
import { lockedUntil } from '../../src/accounts/lock-out.ts'
import { disableAccount, resetPassword } from '../../src/accounts/manage-accounts.ts'
import { hashPassword, randomPassword, verifyPassword } from '../../src/accounts/passwords.ts'
import { setUpFromEnvironment, setupPath } from '../../src/accounts/set-up.ts'
import { localPath } from '../../src/accounts/sign-in-page.ts'
import { buildApp } from '../../src/app.ts'
import { SYSTEM_OPERATOR } from '../../src/deps.ts'
import { textOf } from '../support/page-app.ts'
import { type TestInstallation, testInstallation } from '../support/test-installation.ts'

const CLERK = 'xa-ngoc-ky.mot-cua-1'
const PASSWORD = 'cây đa giếng nước 1923'
/** One computation for the file: the cost of a password is not what is tested. */
const HASH = await hashPassword(PASSWORD)

async function service(moment = '2023-03-06T08:00') {
  const installation = testInstallation(moment)
  const app = await buildApp({ ...installation, writer: groupCommit(installation.db) })
  await app.ready()
  return { installation, app }
}

/** The clerk’s account; `temporary` as an administrator hands it out. */
function withAccount(installation: TestInstallation, temporary = false) {
  const { db, clock } = installation
  const { id } = createAccount(installation, SYSTEM_OPERATOR, {
    username: 'thu.huong',
    officer: CLERK,
    kind: 'person',
  })
  if (temporary) resetPassword(installation, SYSTEM_OPERATOR, 'thu.huong', HASH)
  else setPassword(db, id, { hash: HASH, setAt: clock.now(), temporaryUntil: null })
}

const form = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' }

const post = (app: FastifyInstance, url: string, fields: Record<string, string>, cookie = '') =>
  app.inject({
    method: 'POST',
    url,
    headers: { ...form, ...(cookie && { cookie }) },
    payload: new URLSearchParams(fields).toString(),
  })

const cookieOf = (reply: { headers: Record<string, unknown> }) =>
  String(reply.headers['set-cookie']).split(';')[0]!

const signIn = (app: FastifyInstance, password = PASSWORD, username = 'thu.huong', den = '/') =>
  post(app, '/dang-nhap', { username, password, den })

const open = async (app: FastifyInstance, cookie: string, url = '/ho-so') =>
  (await app.inject({ url, headers: { cookie } })).statusCode

test('whoever is not signed in is led to the sign-in and from there to where they wanted to go', async () => {
  const { app, installation } = await service()
  withAccount(installation)
  const away = await app.inject('/ho-so?view=overdue')
  assert.equal(away.headers.location, '/dang-nhap?den=%2Fho-so%3Fview%3Doverdue')
  const api = await app.inject('/api/v1/dossiers')
  assert.deepEqual(
    [api.statusCode, api.json().code, api.headers['www-authenticate']],
    [401, 'not_signed_in', 'Bearer'],
  )
  const page = await app.inject(away.headers.location as string)
  assert.match(page.body, /name="den" value="\/ho-so\?view=overdue"/)
  const inside = await signIn(app, PASSWORD, ' Thu.Huong ', '/ho-so?view=overdue')
  assert.deepEqual([inside.statusCode, inside.headers.location], [303, '/ho-so?view=overdue'])
  assert.match(String(inside.headers['set-cookie']), /^motcua=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/)
  assert.equal(await open(app, cookieOf(inside)), 200)
})

test('a form sent after the session has ended says how to send it again, and is not redirected away', async () => {
  const { app } = await service()
  const reply = await post(app, '/ho-so/x/khep', { act: 'finish' })
  assert.equal(reply.statusCode, 401)
  assert.match(textOf(reply.body), /đăng nhập, rồi quay lại thẻ này và tải lại để gửi tiếp/)
})

test('a wrong password, an unknown name and a disabled account are answered alike', async () => {
  const { app, installation } = await service()
  withAccount(installation)
  const wrong = await signIn(app, 'sai mật khẩu rồi')
  const unknown = await signIn(app, PASSWORD, 'khong.co.ai')
  disableAccount(installation, SYSTEM_OPERATOR, 'thu.huong')
  const disabled = await signIn(app)
  const words = [wrong, unknown, disabled].map(({ statusCode, body }) => [
    statusCode,
    /Tên đăng nhập hoặc mật khẩu không đúng/.test(textOf(body)),
  ])
  assert.deepEqual(words, Array(3).fill([422, true]))
  assert.equal(wrong.headers['set-cookie'], undefined)
})

test('five wrong passwords lock a name for half a minute, then twice as long each time, up to an hour', () => {
  const now = 1_000_000_000
  const wait = (count: number) => {
    const until = lockedUntil({ count, lastAt: now }, now)
    return until === null ? 0 : (until - now) / 1000
  }
  assert.deepEqual([0, 4, 5, 6, 7, 8, 12, 40].map(wait), [0, 0, 30, 60, 120, 240, 3600, 3600])
  assert.equal(lockedUntil({ count: 5, lastAt: now - 30_000 }, now), null)
  assert.equal(lockedUntil({ count: 40, lastAt: now - 25 * 3_600_000 }, now), null, 'forgotten after a day')
})

test('a locked name is refused even with the right password, and let in when the wait is over', async () => {
  const { app, installation } = await service()
  withAccount(installation)
  for (let i = 0; i < 5; i += 1) await signIn(app, `sai lần thứ ${i}`)
  const locked = await signIn(app)
  assert.equal(locked.statusCode, 422)
  assert.match(textOf(locked.body), /Hãy chờ 1 phút rồi thử lại/)
  installation.at('2023-03-06T08:01')
  assert.equal((await signIn(app)).statusCode, 303)
  assert.equal(installation.db.prepare('SELECT count(*) FROM sign_in_failures').pluck().get(), 0)
})

const failures = ({ db }: TestInstallation) =>
  db
    .prepare<[], { data: string }>(`SELECT data FROM audit_entries WHERE kind = 'sign_in_failed' ORDER BY id`)
    .all()
    .map(({ data }) => (JSON.parse(data) as { why?: string }).why ?? 'wrong')

test('who goes on trying while a name waits leaves one trace a wait, however often; nobody’s name leaves none', async () => {
  const { app, installation } = await service()
  withAccount(installation)
  const wrong = ['wrong', 'wrong', 'wrong', 'wrong', 'wrong']
  for (let i = 0; i < 5; i += 1) await signIn(app, `sai lần thứ ${i}`)
  for (let i = 0; i < 4; i += 1) await signIn(app)
  assert.deepEqual(failures(installation), [...wrong, 'locked'])
  installation.at('2023-03-06T08:01')
  await signIn(app, 'sai nữa')
  for (let i = 0; i < 4; i += 1) await signIn(app)
  assert.deepEqual(failures(installation), [...wrong, 'locked', 'wrong', 'locked'])
  for (let i = 0; i < 9; i += 1) await post(app, '/dang-nhap', { username: 'khong.ai', password: `sai ${i}` })
  assert.equal(failures(installation).filter((why) => why === 'locked').length, 2)
})

test('a password that was given out opens one page: the one to change it; then other sessions are over', async () => {
  const { app, installation } = await service()
  withAccount(installation, true)
  const [first, second] = [cookieOf(await signIn(app)), cookieOf(await signIn(app))]
  const away = await app.inject({ url: '/ho-so', headers: { cookie: first } })
  assert.equal(away.headers.location, '/tai-khoan/mat-khau')
  const api = await app.inject({ url: '/api/v1/dossiers', headers: { cookie: first } })
  assert.equal(api.statusCode, 401)
  const change = (next: string, again = next, old = PASSWORD) =>
    post(app, '/tai-khoan/mat-khau', { old, next, again }, first)
  for (const [reply, sentence] of [
    [await change('ngắn'), /ít nhất 10 ký tự/],
    [await change('một mật khẩu mới', 'một mật khẩu khác'), /không giống nhau/],
    [await change(PASSWORD), /phải khác mật khẩu cũ/],
    [await change('thu.huong là tên tôi'), /không được chứa tên đăng nhập/],
    [await change('một mật khẩu mới', undefined, 'không phải'), /mật khẩu không đúng/],
  ] as const) {
    assert.equal(reply.statusCode, 422)
    assert.match(textOf(reply.body), sentence)
  }
  const changed = await change('ao làng mùa cốm 41')
  assert.deepEqual([changed.statusCode, changed.headers.location], [303, '/'])
  assert.equal(await open(app, cookieOf(changed)), 200)
  assert.equal(await open(app, first), 303, 'the session got another token')
  assert.equal(await open(app, second), 303, 'the other session is over')
  assert.equal((await signIn(app)).statusCode, 422)
  assert.equal((await signIn(app, 'ao làng mùa cốm 41')).statusCode, 303)
})

test('a password that was given out is good for seven days', async () => {
  const { app, installation } = await service()
  withAccount(installation, true)
  installation.at('2023-03-13T08:00')
  assert.match(textOf((await signIn(app)).body), /Mật khẩu tạm đã hết hạn/)
  assert.deepEqual(failures(installation), ['expired'])
  for (let i = 0; i < 9; i += 1) await signIn(app)
  assert.deepEqual(failures(installation), [...Array.from({ length: 5 }, () => 'expired'), 'locked'])
})

test('a session outlives the service, ends unused after two hours and in any case after twelve', async () => {
  const { app, installation } = await service()
  withAccount(installation)
  const cookie = cookieOf(await signIn(app))
  await app.close()
  const again = await buildApp({ ...installation, writer: groupCommit(installation.db) })
  assert.equal(await open(again, cookie), 200)
  for (const hour of ['09:59', '11:58', '13:57', '15:56', '17:55', '19:54']) {
    installation.at(`2023-03-06T${hour}`)
    assert.equal(await open(again, cookie), 200, hour)
    // The use is written beside the request.
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)))
  }
  installation.at('2023-03-06T20:00')
  assert.equal(await open(again, cookie), 303, 'after twelve hours')
  installation.at('2023-03-07T08:00')
  const idle = cookieOf(await signIn(again))
  installation.at('2023-03-07T10:00')
  assert.equal(await open(again, idle), 303, 'unused for two hours')
})

test('one’s sessions are listed and ended one by one or all others; nobody ends another person’s', async () => {
  const { app, installation } = await service()
  withAccount(installation)
  const [mine, other] = [cookieOf(await signIn(app)), cookieOf(await signIn(app))]
  const page = await app.inject({ url: '/tai-khoan', headers: { cookie: mine } })
  assert.match(textOf(page.body), /Phiên đang mở/)
  const ids = installation.db.prepare('SELECT id FROM sessions ORDER BY id').pluck().all() as number[]
  assert.equal((await post(app, '/tai-khoan/phien', { phien: String(ids[1]) }, mine)).statusCode, 303)
  assert.deepEqual([await open(app, mine), await open(app, other)], [200, 303])
  const third = cookieOf(await signIn(app))
  assert.equal((await post(app, '/tai-khoan/phien', { phien: 'khac' }, mine)).statusCode, 303)
  assert.deepEqual([await open(app, mine), await open(app, third)], [200, 303])
  createAccount(installation, SYSTEM_OPERATOR, {
    username: 'ke-gian',
    officer: 'xa-tai-son.mot-cua-1',
    kind: 'person',
  })
  setPassword(installation.db, 2, { hash: HASH, setAt: 0, temporaryUntil: null })
  const thief = cookieOf(await signIn(app, PASSWORD, 'ke-gian'))
  assert.equal((await post(app, '/tai-khoan/phien', { phien: String(ids[0]) }, thief)).statusCode, 404)
  assert.equal(await open(app, mine), 200)
})

test('signing out ends the session on the server, not only in the browser', async () => {
  const { app, installation } = await service()
  withAccount(installation)
  const cookie = cookieOf(await signIn(app))
  const out = await post(app, '/dang-xuat', {}, cookie)
  assert.match(String(out.headers['set-cookie']), /^motcua=; .*Expires=Thu, 01 Jan 1970/)
  assert.equal(await open(app, cookie), 303)
})

test('an account disabled or reset by an administrator is out at once', async () => {
  const { app, installation } = await service()
  withAccount(installation)
  const cookie = cookieOf(await signIn(app))
  disableAccount(installation, SYSTEM_OPERATOR, 'thu.huong')
  assert.equal(await open(app, cookie), 303)
})

test('who holds no post today is told so, and may only look after the account', async () => {
  const { app, installation } = await service()
  createAccount(installation, SYSTEM_OPERATOR, { username: 'nguoi.moi', name: 'Người Mới', kind: 'person' })
  setPassword(installation.db, 1, { hash: HASH, setAt: 0, temporaryUntil: null })
  const cookie = cookieOf(await signIn(app, PASSWORD, 'nguoi.moi'))
  const refused = await app.inject({ url: '/ho-so', headers: { cookie } })
  assert.equal(refused.statusCode, 403)
  assert.match(textOf(refused.body), /Hôm nay Người Mới không giữ vị trí hay vai trò nào/)
  assert.equal(await open(app, cookie, '/tai-khoan'), 200)
})

test('an installation without accounts prints a link that makes one administrator, once, within a day', async () => {
  const { app, installation } = await service()
  const path = setupPath(installation)!
  assert.match(path, /^\/thiet-lap\?ma=[\w-]{43}$/)
  assert.equal((await app.inject('/thiet-lap?ma=sai')).statusCode, 403)
  assert.equal((await app.inject(path)).statusCode, 200)
  const ma = path.split('=')[1]!
  const given = { ma, name: 'Đoàn Thị Lụa', username: 'lua', password: PASSWORD, again: PASSWORD }
  const weak = await post(app, '/thiet-lap', { ...given, password: 'ngan', again: 'ngan' })
  assert.equal(weak.statusCode, 422)
  assert.match(weak.body, /value="Đoàn Thị Lụa"/)
  assert.doesNotMatch(weak.body, /value="ngan"/)
  const both = await Promise.all([post(app, '/thiet-lap', given), post(app, '/thiet-lap', given)])
  assert.deepEqual(both.map(({ statusCode }) => statusCode).sort(), [303, 422])
  const made = both.find(({ statusCode }) => statusCode === 303)!
  assert.equal(await open(app, cookieOf(made), '/quan-tri'), 200)
  assert.equal(setupPath(installation), null)
  assert.equal((await app.inject(path)).statusCode, 403)
})

test('a set-up link is worth nothing after a day, or when a newer one was printed', async () => {
  const { app, installation } = await service()
  const [older, newer] = [setupPath(installation)!, setupPath(installation)!]
  assert.equal((await app.inject(older)).statusCode, 403)
  assert.equal((await app.inject(newer)).statusCode, 200)
  installation.at('2023-03-07T08:00')
  assert.equal((await app.inject(newer)).statusCode, 403)
})

test('the administrator of the environment is made once, and has to choose a password of their own', async () => {
  const { app, installation } = await service()
  const doors = { deps: installation, writer: groupCommit(installation.db) }
  const given = { username: 'quan-tri', password: PASSWORD }
  await assert.rejects(setUpFromEnvironment(doors, { ...given, password: 'admin' }), {
    code: 'password_too_short',
  })
  assert.equal(await setUpFromEnvironment(doors, given), true)
  assert.equal(await setUpFromEnvironment(doors, { ...given, password: 'một mật khẩu khác' }), false)
  const cookie = cookieOf(await signIn(app, PASSWORD, 'quan-tri'))
  const away = await app.inject({ url: '/quan-tri', headers: { cookie } })
  assert.equal(away.headers.location, '/tai-khoan/mat-khau')
})

test('a password is kept as Argon2id, never the same twice, and verified in either form of its letters', async () => {
  const [one, two] = await Promise.all([hashPassword(PASSWORD), hashPassword(PASSWORD)])
  assert.match(one, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/)
  assert.notEqual(one, two)
  assert.equal(await verifyPassword(one, PASSWORD.normalize('NFD')), true)
  assert.equal(await verifyPassword(one, `${PASSWORD} `), false)
  assert.equal(await verifyPassword(null, PASSWORD), false)
  assert.equal(await verifyPassword('$argon2id$v=19$broken', PASSWORD), false)
  assert.match(randomPassword(), /^([a-hjkmnp-z2-9]{4}-){3}[a-hjkmnp-z2-9]{4}$/)
})

test('after the sign-in one goes to a path of this site and nowhere else', () => {
  for (const path of ['/ho-so?view=overdue', '/bao-cao/2023-W10', '/']) assert.equal(localPath(path), path)
  for (const path of [
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    '/dang-nhap',
    '/a\nb',
    '/\tb',
    '',
    undefined,
  ])
    assert.equal(localPath(path), '/')
})
