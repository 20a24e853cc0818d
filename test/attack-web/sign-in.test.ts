import assert from 'node:assert/strict'
import { createHook } from 'node:async_hooks'
import { after, before, test } from 'node:test'
import { lockedUntil } from '../../src/accounts/lock-out.ts'
import { disableAccount } from '../../src/accounts/manage-accounts.ts'
import { localPath } from '../../src/accounts/sign-in-page.ts'
import { SYSTEM_OPERATOR } from '../../src/deps.ts'
import { textOf } from '../support/page-app.ts'
import { accountOf, PASSWORD, signInAs, type Target, target, tokenOf, withToken } from './support/target.ts'

const HEAD = 'xa-ngoc-ky.chu-tich'
const OTHER = 'xa-van-to.chu-tich'
let at: Target

before(async () => {
  at = await target()
  for (const officer of [HEAD, OTHER]) await accountOf(at, officer)
})
after(() => at.app.close())

test('another site cannot sign a visitor in under a name of its own', async () => {
  const fields = { username: HEAD, password: PASSWORD }
  const foreign = [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'none' },
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'http://localhost.evil.example' },
  ]
  for (const headers of foreign) {
    const { statusCode, headers: given } = await at.form('/dang-nhap', fields, headers)
    assert.deepEqual([statusCode, given['set-cookie']], [403, undefined], JSON.stringify(headers))
  }
  const ours = await at.form('/dang-nhap', fields, { 'sec-fetch-site': 'same-origin' })
  assert.equal(ours.statusCode, 303)
})

test('another site does not begin a sign-in elsewhere for a visitor', async () => {
  for (const site of ['cross-site', 'same-site']) {
    const headers = { 'sec-fetch-site': site }
    const { statusCode } = await at.send({ method: 'GET', url: '/dang-nhap/oidc?den=/', headers })
    assert.equal(statusCode, 403, site)
  }
})

test('a name that is unknown, disabled or has no password is answered like a wrong password, after the same work', async () => {
  await accountOf(at, 'xa-van-to.cong-an')
  disableAccount(at.installation, SYSTEM_OPERATOR, 'xa-van-to.cong-an')
  const asked: Record<string, { page: string; work: number }> = {}
  const names = {
    wrong: OTHER,
    unknown: 'khong.co.ai',
    disabled: 'xa-van-to.cong-an',
    impossible: "' OR 1=1 --",
  }
  for (const [kind, username] of Object.entries(names)) {
    const [reply, work] = await countingPasswords(() =>
      at.form('/dang-nhap', { username, password: 'sai mật khẩu rồi' }),
    )
    assert.equal(reply.statusCode, 422)
    assert.equal(reply.headers['set-cookie'], undefined)
    asked[kind] = { page: textOf(reply.body).replaceAll(username, '…'), work }
  }
  for (const [kind, { page, work }] of Object.entries(asked)) {
    assert.equal(page, asked['wrong']!.page, kind)
    assert.equal(work, 1, `${kind}: one password is computed`)
  }
})

test('the right password of a disabled account is answered like a wrong one', async () => {
  const disabled = await signInAs(at, 'xa-van-to.cong-an')
  const wrong = await signInAs(at, OTHER, 'sai mật khẩu rồi')
  assert.equal(disabled.reply.statusCode, 422)
  assert.deepEqual(refusalIn(disabled.reply.body), refusalIn(wrong.reply.body))
})

test('guessing locks a name for longer and longer, also one that does not exist, and never for good', async () => {
  for (const username of [HEAD, 'khong.ai.ca']) {
    const waits: number[] = []
    for (let tries = 0; tries < 24; tries += 1) {
      // A patient attacker: the minute of the rate limit passes as well.
      at.installation.clock.set(at.installation.clock.now() + 61_000)
      const { reply } = await signInAs(at, username, `mật khẩu số ${tries}`)
      const minutes = /chờ (\d+) phút/.exec(textOf(reply.body))?.[1]
      if (minutes !== undefined) waits.push(Number(minutes))
    }
    assert.ok(waits.length > 10, `${username}: ${waits}`)
    assert.ok(Math.max(...waits) > 1 && Math.max(...waits) <= 60, String(waits))
  }
  at.installation.clock.set(at.installation.clock.now() + 60 * 60_000)
  assert.equal((await signInAs(at, HEAD)).reply.statusCode, 303, 'an hour later its owner is let in')
})

test('the wait after wrong passwords doubles up to an hour', () => {
  const waits = [4, 5, 6, 7, 12, 40, 5000].map((count) => lockedUntil({ count, lastAt: 1_000 }, 1_000))
  assert.deepEqual(
    waits.map((until) => (until === null ? 0 : (until - 1_000) / 1000)),
    [0, 30, 60, 120, 3600, 3600, 3600],
  )
})

test('a cookie planted before the sign-in is worth nothing after it', async () => {
  const planted = 'a'.repeat(43)
  const { reply, token } = await signInAs(at, OTHER, PASSWORD, withToken(planted))
  assert.equal(reply.statusCode, 303)
  assert.notEqual(token, planted)
  const asked = await at.send({ method: 'GET', url: '/tai-khoan', headers: withToken(planted) })
  assert.equal(asked.statusCode, 303)
  assert.match(String(asked.headers.location), /^\/dang-nhap/)
  assert.equal(
    (await at.send({ method: 'GET', url: '/tai-khoan', headers: withToken(token) })).statusCode,
    200,
  )
})

test('signing in again gives another token, and the one before is worth nothing', async () => {
  at.installation.clock.set(at.installation.clock.now() + 61_000)
  const first = await signInAs(at, OTHER)
  const elsewhere = await signInAs(at, OTHER)
  const second = await signInAs(at, OTHER, PASSWORD, withToken(first.token))
  const opens = async (token: string) =>
    (await at.send({ method: 'GET', url: '/tai-khoan', headers: withToken(token) })).statusCode === 200
  assert.deepEqual(
    [await opens(first.token), await opens(second.token), await opens(elsewhere.token)],
    [false, true, true],
  )
})

test('the address to go on to after the sign-in stays on this site, whatever is put into it', async () => {
  const tricks = [
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\/evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '/\r\nLocation: https://evil.example',
    '/\u0000/evil.example',
    '/\u007f/evil.example',
    '/\u00a0/evil.example',
    '/./\\evil.example',
    '/..//evil.example',
    '/.//evil.example',
    '/ho-so/..//evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    'ho-so',
    '@evil.example',
    '.evil.example',
    '',
    '/dang-xuat',
    '/dang-nhap?den=/dang-nhap',
  ]
  for (const trick of tricks) assert.equal(localPath(trick), '/', JSON.stringify(trick))
  assert.equal(localPath('/%2f%2fevil.example'), '/%2f%2fevil.example', 'one path of this site, no host')
  assert.equal(localPath('/ho-so?q=a%20b'), '/ho-so?q=a%20b')
  for (const trick of tricks) {
    at.installation.clock.set(at.installation.clock.now() + 61_000)
    const reply = await at.form('/dang-nhap', { username: OTHER, password: PASSWORD, den: trick })
    assert.equal(new URL(String(reply.headers.location), 'http://here.example').host, 'here.example', trick)
  }
})

test('whoever is signed in already is not led away either', async () => {
  const token = tokenOf(at, await accountOf(at, OTHER))
  for (const den of ['%2F%2Fevil.example', '%2F%5Cevil.example', '/%09/evil.example']) {
    const { headers } = await at.send({
      method: 'GET',
      url: `/dang-nhap?den=${den}`,
      headers: withToken(token),
    })
    assert.equal(headers.location, '/')
  }
})

function refusalIn(body: string): string | undefined {
  return /role="alert">([\s\S]*?)<\/p>/.exec(body)?.[1]
}

/** What `work` answers, and how many passwords were computed for it. */
async function countingPasswords<T>(work: () => Promise<T>): Promise<readonly [T, number]> {
  let count = 0
  const hook = createHook({
    init(_id, type) {
      if (type === 'ARGON2REQUEST') count += 1
    },
  }).enable()
  try {
    return [await work(), count]
  } finally {
    hook.disable()
  }
}
