import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { inTurn } from '../../src/accounts/in-turn.ts'
import { ROUTES } from '../../src/accounts/routes.ts'
import { fixedClock } from '../../src/clock.ts'
import { LIMITS, ratesFor } from '../../src/web/limits.ts'
import { rateStoreOf } from '../../src/web/rate-store.ts'
import { textOf } from '../support/page-app.ts'
import { accountOf, signedIn, type Target, target, tokenOf, withToken } from './support/target.ts'

const HEAD = 'xa-ngoc-ky.chu-tich'
const MINUTE_MS = 60_000
const SMALL = { ...LIMITS, rates: { ...ratesFor(5), sign_in: 3, proof: 2, look_up: 2 } }
let at: Target

before(async () => {
  at = await target({ limits: SMALL })
})
after(() => at.app.close())

const pass = () => at.installation.clock.set(at.installation.clock.now() + MINUTE_MS)

test('too many sign-ins from one address are answered by a page that says to wait, and how long', async () => {
  const guess = (remoteAddress: string) =>
    at.send({
      method: 'POST',
      url: '/dang-nhap',
      payload: 'username=a&password=b',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      remoteAddress,
    })
  for (let nth = 0; nth < 3; nth += 1) assert.equal((await guess('203.0.113.1')).statusCode, 422)
  const refused = await guess('203.0.113.1')
  assert.equal(refused.statusCode, 429)
  assert.equal(refused.headers['retry-after'], '60')
  assert.equal(refused.headers['cache-control'], 'no-store')
  assert.match(textOf(refused.body), /Hãy chờ một lát Có quá nhiều yêu cầu/)
  assert.equal((await guess('203.0.113.2')).statusCode, 422, 'somebody else')
  pass()
  assert.equal((await guess('203.0.113.1')).statusCode, 422, 'a minute later')
})

test('addresses of one IPv6 network are one', async () => {
  const guess = (remoteAddress: string) =>
    at.send({ method: 'GET', url: '/thiet-lap?ma=x', remoteAddress }).then(({ statusCode }) => statusCode)
  for (let nth = 1; nth <= 3; nth += 1) assert.equal(await guess(`2001:db8::${nth}`), 403)
  assert.equal(await guess('2001:db8::ffff'), 429)
  assert.equal(await guess('2001:db8:0:1::1'), 403)
})

test('an office behind one address is counted by session, so one colleague does not lock out another', async () => {
  pass()
  const [one, other] = [await signedIn(at, HEAD), await signedIn(at, 'xa-ngoc-ky.mot-cua-1')]
  const ask = (headers: { cookie: string }) =>
    at.send({ method: 'GET', url: '/tai-khoan', headers }).then(({ statusCode }) => statusCode)
  for (let nth = 0; nth < 5; nth += 1) assert.equal(await ask(one), 200)
  assert.equal(await ask(one), 429)
  assert.equal(await ask(other), 200)
})

test('inventing cookies is no way to be counted anew', async () => {
  pass()
  const ask = (nth: number) =>
    at.send({
      method: 'GET',
      url: '/api/v1/units',
      headers: withToken(`invented${nth}`),
      remoteAddress: '203.0.113.77',
    })
  for (let nth = 0; nth < 5; nth += 1) assert.equal((await ask(nth)).statusCode, 401)
  const refused = await ask(6)
  assert.equal(refused.statusCode, 429)
  assert.equal(refused.headers['content-type'], 'application/problem+json; charset=utf-8')
  assert.equal(refused.json().code, 'too_many_requests')
  assert.equal(refused.headers['retry-after'], '60')
})

test('a password or a code within a session is asked for a few times a minute', async () => {
  pass()
  const half = withToken(tokenOf(at, await accountOf(at, HEAD)))
  const change = () =>
    at
      .form('/tai-khoan/mat-khau', { old: 'sai', next: 'x', again: 'x' }, half)
      .then(({ statusCode }) => statusCode)
  assert.deepEqual([await change(), await change(), await change()], [422, 422, 429])
})

test('so is the proof before a sign-in service is linked', async () => {
  pass()
  const session = await signedIn(at, HEAD)
  const prove = () =>
    at.form('/tai-khoan/lien-ket', { proof: 'sai' }, session).then(({ statusCode }) => statusCode)
  const answers = [await prove(), await prove(), await prove()]
  assert.equal(answers[2], 429)
  assert.ok(!answers.slice(0, 2).includes(429))
})

test('whatever is open to strangers and does something is bound strictly, without being named', async () => {
  const open = Object.entries(ROUTES).filter(([route, door]) => door === 'public' && !route.startsWith('GET'))
  assert.ok(open.length >= 2)
  for (const [route] of open) {
    pass()
    const url = route.split(' ')[1]!
    const ask = () => at.form(url, {}).then(({ statusCode }) => statusCode)
    const answers = [await ask(), await ask(), await ask(), await ask()]
    assert.equal(answers[3], 429, route)
    assert.ok(!answers.slice(0, 3).includes(429), route)
  }
})

test('the public look-up has a strict rate of its own, by address', async () => {
  pass()
  const ask = (remoteAddress: string) =>
    at.send({ method: 'GET', url: '/tra-cuu?ma=000', remoteAddress }).then(({ statusCode }) => statusCode)
  assert.deepEqual([await ask('203.0.113.5'), await ask('203.0.113.5')], [404, 404])
  assert.equal(await ask('203.0.113.5'), 429)
  assert.equal(await ask('203.0.113.6'), 404)
})

test('files of the frame are not counted: they come from memory', async () => {
  pass()
  const page = await at.send({ method: 'GET', url: '/dang-nhap', remoteAddress: '203.0.113.99' })
  const script = /src="(\/assets\/[^"]+)"/.exec(page.body)![1]!
  for (let nth = 0; nth < 20; nth += 1) {
    const { statusCode } = await at.send({ method: 'GET', url: script, remoteAddress: '203.0.113.99' })
    assert.equal(statusCode, 200)
  }
})

test('the store forgets the longest unheard of, and a clock set back keeps nobody out', () => {
  const clock = fixedClock(1_000_000)
  const store = new (rateStoreOf(clock, 3))({})
  const count = (key: string) => {
    let current = 0
    store.incr(key, (_error, result) => (current = result?.current ?? 0), MINUTE_MS, 5)
    return current
  }
  assert.deepEqual([count('a'), count('a'), count('b'), count('c'), count('a')], [1, 2, 1, 1, 3])
  count('d')
  assert.equal(count('b'), 1, 'b was forgotten for d')
  assert.equal(count('a'), 4)
  clock.set(1_000_000 - 365 * 24 * 60 * MINUTE_MS)
  assert.equal(count('a'), 1)
})

test('a flood of passwords is computed two at a time, and the last to come are told that it is busy', async () => {
  const turn = inTurn({ atOnce: 2, waiting: 3 })
  let [running, most] = [0, 0]
  const work = async (nth: number) => {
    running += 1
    most = Math.max(most, running)
    await new Promise((resolve) => setTimeout(resolve, 2))
    running -= 1
    if (nth === 1) throw new Error('broken')
    return nth
  }
  const settled = await Promise.allSettled(Array.from({ length: 8 }, (_, nth) => turn(() => work(nth))))
  assert.equal(most, 2)
  assert.deepEqual(
    settled.map((each) =>
      each.status === 'fulfilled' ? each.value : (each.reason as Error).message.slice(0, 8),
    ),
    [0, 'broken', 2, 3, 4, 'Hệ thống', 'Hệ thống', 'Hệ thống'],
  )
  assert.equal(await turn(async () => 'again'), 'again')
})

test('more sign-ins at once than can be computed are refused with 503, and the service goes on', async () => {
  const own = await target({ limits: { ...LIMITS, rates: { ...LIMITS.rates, sign_in: 1_000 } } })
  const answers = await Promise.all(
    Array.from({ length: 90 }, () => own.form('/dang-nhap', { username: 'a', password: 'b' })),
  )
  const statuses = answers.map(({ statusCode }) => statusCode)
  assert.ok(statuses.filter((status) => status === 503).length >= 20, String(statuses))
  assert.ok(statuses.filter((status) => status === 422).length >= 60)
  const busy = answers.find(({ statusCode }) => statusCode === 503)!
  assert.equal(busy.headers['retry-after'], '5')
  assert.equal((await own.send({ method: 'GET', url: '/healthz' })).statusCode, 200)
  await own.app.close()
})
