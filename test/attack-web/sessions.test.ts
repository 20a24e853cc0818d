import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { pino } from 'pino'
import { upsertSetting } from '../../db/queries/settings.ts'
import { insertToken, revokeToken } from '../../db/queries/tokens.ts'
import { disableAccount, resetPassword } from '../../src/accounts/manage-accounts.ts'
import { hashPassword } from '../../src/accounts/passwords.ts'
import { hashOfToken, newToken } from '../../src/accounts/session.ts'
import { setupPath } from '../../src/accounts/set-up.ts'
import { SYSTEM_OPERATOR } from '../../src/deps.ts'
import { testInstallation } from '../support/test-installation.ts'
import {
  accountOf,
  PASSWORD,
  PUBLIC,
  signedIn,
  signInAs,
  type Target,
  target,
  tokenOf,
  withToken,
} from './support/target.ts'

const HEAD = 'xa-ngoc-ky.chu-tich'
const HOUR_MS = 60 * 60_000
let at: Target

before(async () => {
  at = await target()
})
after(() => at.app.close())

/** Whether a page behind the sign-in opens. */
async function opens(headers: Readonly<Record<string, string>>, where = at): Promise<boolean> {
  const { statusCode } = await where.send({ method: 'GET', url: '/tai-khoan', headers })
  return statusCode === 200
}

test('the cookie of an encrypted service is bound to its host, unseen by scripts, and sent by no other site’s form', async () => {
  const open = await target({ site: PUBLIC })
  await accountOf(open, HEAD)
  const { set } = await signInAs(open, HEAD)
  assert.match(set, /^__Host-motcua=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/)
  const [, token = ''] = /=([^;]+)/.exec(set)!
  assert.ok(await opens(withToken(token, '__Host-motcua'), open))
  assert.equal(await opens(withToken(token), open), false, 'a plain name, which a neighbour could set')
  await open.app.close()
})

test('on this machine the cookie has the same attributes but the encryption', async () => {
  await accountOf(at, HEAD)
  const { set } = await signInAs(at, HEAD)
  assert.match(set, /^motcua=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/)
})

test('only the hash of a token is kept, so a stolen database signs nobody in', async () => {
  const token = tokenOf(at, await accountOf(at, HEAD))
  const rows = at.installation.db.prepare('SELECT * FROM sessions').all() as Record<string, unknown>[]
  const kept = JSON.stringify(rows.map((row) => Object.values(row).map((v) => String(v))))
  assert.doesNotMatch(kept, new RegExp(token))
  const stolen = rows.map(({ token_hash: hash }) => (hash as Buffer).toString('base64url'))
  for (const hash of stolen) assert.equal(await opens(withToken(hash)), false)
})

test('a stolen cookie is dead once its owner signs out, and the browser is told to forget it', async () => {
  const stolen = await signedIn(at, HEAD)
  assert.ok(await opens(stolen))
  const left = await at.form('/dang-xuat', {}, stolen)
  assert.match(String(left.headers['set-cookie']), /^motcua=; Max-Age=0; Path=\/; /)
  assert.ok(left.headers['clear-site-data'])
  assert.equal(await opens(stolen), false)
})

test('a stolen cookie is dead once its owner ends that session from another place', async () => {
  const id = await accountOf(at, HEAD)
  const [stolen, own] = [withToken(tokenOf(at, id)), withToken(tokenOf(at, id))]
  assert.equal((await at.form('/tai-khoan/phien', { phien: 'khac' }, own)).statusCode, 303)
  assert.deepEqual([await opens(stolen), await opens(own)], [false, true])
})

test('nobody ends a session of somebody else', async () => {
  const victim = withToken(tokenOf(at, await accountOf(at, HEAD)))
  const attacker = await signedIn(at, 'xa-van-to.chu-tich')
  const ids = at.installation.db.prepare('SELECT id FROM sessions').pluck().all() as number[]
  const own = await at.form('/tai-khoan/phien', { phien: String(Math.max(...ids)) }, attacker)
  assert.equal(own.statusCode, 303, 'the last one opened is the attacker’s own')
  const again = await signedIn(at, 'xa-van-to.chu-tich')
  for (const id of ids) await at.form('/tai-khoan/phien', { phien: String(id) }, again)
  assert.ok(await opens(victim))
})

test('a stolen cookie is dead once the password is changed or given anew', async () => {
  const id = await accountOf(at, HEAD)
  const [stolen, own] = [withToken(tokenOf(at, id)), withToken(tokenOf(at, id))]
  const next = 'một câu khác hẳn câu trước'
  const changed = await at.form('/tai-khoan/mat-khau', { old: PASSWORD, next, again: next }, own)
  assert.equal(changed.statusCode, 303)
  assert.deepEqual(
    [await opens(stolen), await opens(own)],
    [false, false],
    'its own token is another one too',
  )
  const fresh = /motcua=([^;]+)/.exec(String(changed.headers['set-cookie']))![1]!
  assert.ok(await opens(withToken(fresh)))
  resetPassword(at.installation, SYSTEM_OPERATOR, HEAD, await hashPassword('mật khẩu được cấp'))
  assert.equal(await opens(withToken(fresh)), false)
})

test('the open session of an account dies the moment the account is disabled', async () => {
  const officer = 'xa-ngoc-ky.mot-cua-1'
  const open = await signedIn(at, officer)
  assert.ok(await opens(open))
  disableAccount(at.installation, SYSTEM_OPERATOR, officer)
  assert.equal(await opens(open), false)
  const kept = withToken(tokenOf(at, await accountOf(at, officer)))
  assert.equal(await opens(kept), false, 'nor would a session that was overlooked be one')
})

test('a session ends when nothing was asked for a while, and after its hours whatever is asked', async () => {
  const { clock } = at.installation
  at.installation.at('2023-03-06T07:00')
  const idle = await signedIn(at, HEAD)
  clock.set(clock.now() + 2 * HOUR_MS - 1)
  assert.ok(await opens(idle))
  clock.set(clock.now() + 2 * HOUR_MS)
  assert.equal(await opens(idle), false)
  const busy = await signedIn(at, HEAD)
  const from = clock.now()
  for (let hour = 1; hour < 12; hour += 1) {
    clock.set(from + hour * HOUR_MS)
    assert.ok(await opens(busy), `hour ${hour}`)
    await at.writer.drain()
  }
  clock.set(from + 12 * HOUR_MS)
  assert.equal(await opens(busy), false)
})

test('setting the clock back brings no dead session to life that was removed, and shortens none to nothing', async () => {
  upsertSetting(at.installation.db, 'session_idle_minutes', -5)
  upsertSetting(at.installation.db, 'session_hours', 'abc')
  assert.ok(await opens(await signedIn(at, HEAD)), 'a setting that makes no sense leaves the default')
  for (const key of ['session_idle_minutes', 'session_hours'])
    at.installation.db.prepare('DELETE FROM settings WHERE key = ?').run(key)
})

test('a token of one kind is none of another: session, half session, set-up link, API token', async () => {
  const id = await accountOf(at, HEAD)
  const session = tokenOf(at, id)
  const half = tokenOf(at, id, false)
  const api = newToken()
  const { db, clock } = at.installation
  const token = insertToken(db, hashOfToken(api), {
    accountId: id,
    label: 'Cổng tỉnh',
    scopes: ['dossiers_read'],
    createdAt: clock.now(),
    createdById: null,
    expiresAt: clock.now() + HOUR_MS,
  })
  const ask = async (headers: Readonly<Record<string, string>>, url = '/api/v1/dossiers') =>
    (await at.send({ method: 'GET', url, headers })).statusCode
  assert.equal(await ask(withToken(session)), 200)
  assert.equal(await ask({ authorization: `Bearer ${api}` }), 200)
  assert.equal(await ask({ authorization: `Bearer ${session}` }), 401, 'a session is no API token')
  assert.equal(await ask(withToken(api)), 401, 'an API token is no session')
  assert.equal(await ask(withToken(half)), 401, 'a session without its second factor is none')
  assert.equal(await ask({ authorization: `Bearer ${api}` }, '/ho-so'), 303, 'pages take no API token')
  assert.equal(await ask({ ...withToken(session), authorization: 'Bearer nothing' }), 401)
  revokeToken(db, token, clock.now())
  assert.equal(await ask({ authorization: `Bearer ${api}` }), 401, 'revoked')
})

test('an API token ends by itself and with its account', async () => {
  const { db, clock } = at.installation
  const id = await accountOf(at, 'xa-van-to.mot-cua-1')
  const make = (expiresAt: number) => {
    const token = newToken()
    const row = { accountId: id, label: 'x', scopes: ['dossiers_read'], createdById: null }
    insertToken(db, hashOfToken(token), { ...row, createdAt: clock.now(), expiresAt })
    return { authorization: `Bearer ${token}` }
  }
  const ask = async (headers: Readonly<Record<string, string>>) =>
    (await at.send({ method: 'GET', url: '/api/v1/dossiers', headers })).statusCode
  const [over, good] = [make(clock.now()), make(clock.now() + HOUR_MS)]
  assert.deepEqual([await ask(over), await ask(good)], [401, 200])
  disableAccount(at.installation, SYSTEM_OPERATOR, 'xa-van-to.mot-cua-1')
  assert.equal(await ask(good), 401)
})

test('a set-up link opens nothing once there is an account, nor a day later, and is no session', async () => {
  const empty = await target({ installation: testInstallation() })
  const path = setupPath(empty.installation)!
  const code = new URL(path, 'http://x').searchParams.get('ma')!
  const ask = async (url: string) => (await empty.send({ method: 'GET', url })).statusCode
  assert.equal(await ask(path), 200)
  assert.equal(await opens(withToken(code), empty), false)
  assert.equal(await ask('/thiet-lap?ma=guessed'), 403)
  empty.installation.clock.set(empty.installation.clock.now() + 24 * HOUR_MS)
  assert.equal(await ask(path), 403)
  const anew = setupPath(empty.installation)!
  await accountOf(empty, HEAD)
  assert.equal(await ask(anew), 403)
  await empty.app.close()
})

test('a guessed or broken cookie is nobody’s, and nothing falls over it', async () => {
  const guesses = [
    '',
    'x',
    'a'.repeat(43),
    'A'.repeat(4_000),
    '%00',
    '%ff%fe',
    '"',
    "' OR 1=1 --",
    '__proto__',
  ]
  for (const guess of guesses) {
    const { statusCode } = await at.send({ method: 'GET', url: '/tai-khoan', headers: withToken(guess) })
    assert.equal(statusCode, 303, guess)
  }
})

test('no token stands in an address or in a line of the log', async () => {
  const lines: string[] = []
  const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) })
  const own = await target({ installation: { ...testInstallation(), log } })
  await accountOf(own, HEAD)
  const { token, reply } = await signInAs(own, HEAD, PASSWORD, { 'user-agent': 'Firefox/120' })
  const seen = [String(reply.headers.location), reply.body]
  for (const url of ['/', '/tai-khoan', '/ho-so?q=Nguyen', '/khong-co', '/api/v1/dossiers', '/api/v1/x']) {
    const { body, headers } = await own.send({ method: 'GET', url, headers: withToken(token) })
    seen.push(body, String(headers.location))
  }
  await own.form('/dang-nhap', { username: HEAD, password: 'sai mật khẩu' })
  assert.ok(lines.length >= 7, `${lines.length} requests were logged`)
  for (const text of [...seen, ...lines]) {
    assert.ok(!text.includes(token))
    assert.ok(!text.includes(PASSWORD))
  }
  for (const line of lines) assert.doesNotMatch(line, /sai mật khẩu|q=Nguyen|"cookie"|chu-tich/)
  await own.app.close()
})

test('whoever tries the doors stands in the log: what was refused, to which account, from where', async () => {
  const lines: Record<string, unknown>[] = []
  const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(JSON.parse(line)) })
  const own = await target({ installation: { ...testInstallation(), log } })
  const account = await accountOf(own, HEAD)
  const headers = withToken(tokenOf(own, account))
  await own.send({ method: 'GET', url: '/quan-tri/webhook', headers })
  await own.send({ method: 'GET', url: '/api/v1/dossiers', remoteAddress: '203.0.113.9' })
  await own.form('/tai-khoan/phien', { phien: 'khac' }, { ...headers, 'sec-fetch-site': 'cross-site' })
  await own.send({ method: 'GET', url: '/', headers: { host: 'evil.example' } })
  assert.deepEqual(
    lines.map((line) => [line['code'], line['account'], line['address']]),
    [
      ['not_permitted', account, '127.0.0.1'],
      ['not_signed_in', null, '203.0.113.9'],
      ['foreign_form', account, '127.0.0.1'],
      ['wrong_host', null, '127.0.0.1'],
    ],
  )
  await own.app.close()
})
