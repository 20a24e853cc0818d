import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { findAccountByName, setPassword } from '../../db/queries/accounts.ts'
import { sessionsOf } from '../../db/queries/sessions.ts'
import { verifyPassword } from '../../src/accounts/passwords.ts'
import { postsOn } from '../../src/accounts/posts.ts'
import { sessionOf } from '../../src/accounts/session.ts'
import { catalogueOf } from '../../src/catalogue/catalogue.ts'
import { pageApp, textOf } from '../support/page-app.ts'
import { DISTRICT_HEAD, OFFICER, sessionCookieOf } from '../support/signed-in.ts'
import { type TestInstallation, testInstallation } from '../support/test-installation.ts'

const PEOPLE = '/quan-tri/nguoi-dung'
const TODAY = '2023-03-06'

let here: TestInstallation
let app: FastifyInstance

before(async () => {
  here = testInstallation()
  app = await pageApp(here)
})
after(() => app.close())

const get = (url: string, officer?: string) =>
  app.inject({ url, ...(officer && { headers: { [OFFICER]: officer } }) })

const send = (url: string, fields: Readonly<Record<string, string>>, officer?: string) =>
  app.inject({
    method: 'POST',
    url,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      ...(officer && { [OFFICER]: officer }),
    },
    payload: new URLSearchParams(fields).toString(),
  })

const FIRST_POST = { role: 'counter', unit: 'xa-ngoc-ky', title: 'Công chức Văn phòng', from: TODAY }

const passwordIn = (body: string) => /class="handout-password">([^<]+)</.exec(body)?.[1] ?? ''
const accountOf = (username: string) => findAccountByName(here.db, username)!
const count = (table: string) => here.db.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number

test('somebody new gets an account, a post and a slip with a password that works', async () => {
  const { statusCode, body } = await send(`${PEOPLE}/moi`, {
    once: 'new-1',
    name: 'Nguyễn Thị Đào',
    ...FIRST_POST,
    'field-ho-tich': '1',
  })
  assert.equal(statusCode, 200)
  const account = accountOf('nguyen.thi.dao')
  assert.match(passwordIn(body), /^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/)
  assert.ok(await verifyPassword(account.passwordHash, passwordIn(body)))
  assert.match(textOf(body), /Tên đăng nhập nguyen\.thi\.dao .* Đăng nhập trước 13\/03\/2023 09:00/)
  const [post] = postsOn(catalogueOf(here.db), account.officerId, TODAY)
  assert.deepEqual(
    [post?.role, post?.title, post?.fieldSlugs],
    ['counter', 'Công chức Văn phòng', ['ho-tich']],
  )
})

test('a form sent twice makes one account and shows the password once', async () => {
  const fields = { once: 'new-2', name: 'Trần Văn Đúp', ...FIRST_POST }
  const before = count('accounts')
  const [first, second] = await Promise.all([send(`${PEOPLE}/moi`, fields), send(`${PEOPLE}/moi`, fields)])
  assert.deepEqual([first.statusCode, second.statusCode].sort(), [200, 303])
  assert.equal(count('accounts'), before + 1)
  const again = first.statusCode === 303 ? first : second
  assert.equal(again.headers.location, `${PEOPLE}/tran.van.dup`)
  const shown = await get(String(again.headers.location))
  assert.equal(passwordIn(shown.body), '')
  assert.match(textOf(shown.body), /tạm, chưa đổi, dùng được đến 13\/03\/2023 09:00/)
})

test('fields that the form does not have do nothing', async () => {
  await send(`${PEOPLE}/moi`, {
    once: 'new-3',
    name: 'Lê Văn Gian',
    ...FIRST_POST,
    kind: 'client',
    officerId: '1',
    officer_id: '1',
    passwordHash: 'x',
    temporaryUntil: '9999999999999',
    totpConfirmedAt: '1',
    disabledAt: '1',
    roles: 'administrator',
    validTo: '2020-01-01',
    held: '1',
  })
  const account = accountOf('le.van.gian')
  assert.deepEqual([account.kind, account.disabledAt, account.totpConfirmedAt], ['person', null, null])
  assert.equal(account.temporaryUntil, here.clock.now() + 7 * 24 * 60 * 60_000)
  const officer = catalogueOf(here.db).officerById.get(account.officerId)!
  assert.deepEqual([officer.name, officer.installationRoles.length], ['Lê Văn Gian', 0])
  assert.equal(officer.memberships[0]?.validTo, null)
})

test('a refused form comes back as it was typed and makes nothing', async () => {
  const before = [count('accounts'), count('officers'), count('memberships')]
  const refused = await send(`${PEOPLE}/moi`, { name: '<b>Hai', ...FIRST_POST, title: '', auditor: '1' })
  assert.equal(refused.statusCode, 422)
  assert.match(textOf(refused.body), /Hãy ghi chức danh của vị trí/)
  assert.match(refused.body, /value="&lt;b&gt;Hai"/)
  assert.match(refused.body, /id="f-auditor"[^>]* checked/)
  assert.deepEqual([count('accounts'), count('officers'), count('memberships')], before)
})

test('an officer who is known gets an account from the list of those without one', async () => {
  const list = textOf((await get(`${PEOPLE}?xem=without&unit=xa-ha-ky`)).body)
  assert.match(list, /Cán bộ một cửa, Xã Hà Kỳ Tạo tài khoản/)
  const form = await get(`${PEOPLE}/moi?can-bo=xa-ha-ky.mot-cua-1`)
  assert.match(form.body, /<option value="xa-ha-ky\.mot-cua-1" selected>/)
  const made = await send(`${PEOPLE}/moi`, {
    officer: 'xa-ha-ky.mot-cua-1',
    username: 'mot.cua.ha.ky',
    from: TODAY,
  })
  assert.equal(made.statusCode, 200)
  const account = accountOf('mot.cua.ha.ky')
  assert.equal(catalogueOf(here.db).officerById.get(account.officerId)?.key, 'xa-ha-ky.mot-cua-1')
  const twice = await send(`${PEOPLE}/moi`, { officer: 'xa-ha-ky.mot-cua-1', username: 'khac', from: TODAY })
  assert.match(textOf(twice.body), /đã có tài khoản “mot\.cua\.ha\.ky”/)
})

test('the list finds people by name without marks, by unit with what is below, by role and by state', async () => {
  setPassword(here.db, accountOf('mot.cua.ha.ky').id, { hash: 'x', setAt: 1, temporaryUntil: null })
  const names = async (query: string) => {
    const { body } = await get(`${PEOPLE}?${query}`)
    return [...body.matchAll(/<th scope="row"><a href="\/quan-tri\/nguoi-dung\/([^"]+)"/g)].map(
      ([, name]) => name,
    )
  }
  assert.deepEqual(await names(`q=${encodeURIComponent('Thị ĐÀO')}`), ['nguyen.thi.dao'])
  assert.deepEqual(await names('q=mot.cua'), ['mot.cua.ha.ky'])
  assert.deepEqual(await names('unit=xa-ha-ky'), ['mot.cua.ha.ky'])
  assert.ok((await names('unit=huyen-tu-ky')).includes('mot.cua.ha.ky'))
  assert.deepEqual(await names('role=administrator'), [DISTRICT_HEAD])
  assert.deepEqual(await names('xem=active&unit=xa-ha-ky'), ['mot.cua.ha.ky'])
  assert.deepEqual(await names('xem=temporary&unit=xa-ha-ky'), [])
  assert.match(textOf((await get(`${PEOPLE}?unit=xa-ngoc-ky`)).body), /Tất cả 3 .* Chưa đổi mật khẩu tạm 3/)
})

test('a post is given and ended on the page; the only head needs a second word', async () => {
  const url = `${PEOPLE}/nguyen.thi.dao`
  const head = { ...FIRST_POST, unit: 'xa-ha-ky', role: 'head', title: 'Quyền Chủ tịch', once: 'post-1' }
  assert.equal((await send(`${url}/vi-tri`, head)).headers.location, url)
  assert.equal((await send(`${url}/vi-tri`, head)).statusCode, 303, 'two clicks, one post')
  const refused = await send(`${url}/vi-tri`, { ...head, once: 'post-2' })
  assert.equal(refused.statusCode, 422)
  assert.match(textOf(refused.body), /đã giữ vai trò này tại Xã Hà Kỳ từ ngày 06\/03\/2023/)
  const { officerId } = accountOf('nguyen.thi.dao')
  const posts = () => catalogueOf(here.db).officerById.get(officerId)!.memberships
  assert.equal(posts().length, 2)
  const mine = posts().find(({ role }) => role === 'head')!
  assert.equal(
    (await send(`${url}/vi-tri/${mine.id}/ket-thuc`, { last: TODAY })).statusCode,
    303,
    'there is another',
  )
  await send(`${PEOPLE}/moi`, { officer: 'xa-dan-chu.chu-tich', username: 'chu.tich', from: TODAY })
  const chair = catalogueOf(here.db).officerByKey.get('xa-dan-chu.chu-tich')!.memberships[0]!
  const end = `${PEOPLE}/chu.tich/vi-tri/${chair.id}/ket-thuc`
  const warned = await send(end, { last: TODAY })
  assert.equal(warned.statusCode, 422)
  assert.match(textOf(warned.body), /không còn ai đứng đầu Xã Dân Chủ\. .*Vẫn kết thúc dù/)
  assert.equal((await send(end, { last: TODAY, anyway: '1' })).statusCode, 303)
  assert.match(textOf((await get(`${PEOPLE}/chu.tich`)).body), /Chủ tịch UBND 01\/12\/2019 06\/03\/2023/)
  const other = await send(`${url}/vi-tri/${chair.id}/ket-thuc`, { last: TODAY, anyway: '1' })
  assert.equal(other.statusCode, 422, 'a post is ended by its own account only')
})

test('the buttons reset, relieve, disable and enable', async () => {
  const url = `${PEOPLE}/tran.van.dup`
  const { id } = accountOf('tran.van.dup')
  const officer = catalogueOf(here.db).officerById.get(accountOf('tran.van.dup').officerId)!.key
  sessionCookieOf(here, officer)
  const reset = await send(`${url}/mat-khau`, { once: 'reset-1' })
  assert.ok(await verifyPassword(accountOf('tran.van.dup').passwordHash, passwordIn(reset.body)))
  assert.equal(sessionsOf(here.db, id).length, 0)
  const again = await send(`${url}/mat-khau`, { once: 'reset-1' })
  assert.equal(again.headers.location, url)
  assert.ok(await verifyPassword(accountOf('tran.van.dup').passwordHash, passwordIn(reset.body)))
  const roles = () =>
    catalogueOf(here.db)
      .officerByKey.get(officer)!
      .installationRoles.filter(({ validTo }) => validTo === null)
      .map(({ role }) => role)
  await send(`${url}/vai-tro`, { role: 'auditor', held: '1' })
  assert.deepEqual(roles(), ['auditor'])
  await send(`${url}/vai-tro`, { role: 'auditor', held: '' })
  assert.deepEqual(roles(), [])
  assert.equal((await send(`${url}/vai-tro`, { role: 'head', held: '1' })).statusCode, 422)
  sessionCookieOf(here, officer)
  await send(`${url}/phien`, {})
  assert.equal(sessionsOf(here.db, id).length, 0)
  here.db.prepare(`UPDATE accounts SET totp_sealed = x'00', totp_confirmed_at = 1 WHERE id = ?`).run(id)
  await send(`${url}/hai-lop`, {})
  assert.equal(accountOf('tran.van.dup').totpConfirmedAt, null)
  const cookie = sessionCookieOf(here, officer)
  await send(`${url}/khoa`, {})
  assert.equal(sessionOf(here, cookie.slice('motcua='.length)), null)
  assert.match(textOf((await get(url)).body), /Đã khoá/)
  await send(`${url}/mo-khoa`, {})
  assert.equal(accountOf('tran.van.dup').disabledAt, null)
})

test('the last administrator’s own page refuses to end the administration', async () => {
  const url = `${PEOPLE}/${DISTRICT_HEAD}`
  for (const [path, fields] of [
    ['khoa', {}],
    ['vai-tro', { role: 'administrator', held: '' }],
  ] as const) {
    const { statusCode, body } = await send(`${url}/${path}`, fields)
    assert.equal(statusCode, 422)
    assert.match(textOf(body), /quản trị viên cuối cùng/)
  }
})

test('nobody but an administrator opens these pages or sends their forms', async () => {
  const paths = ['', '/moi', '/nguyen.thi.dao']
  for (const officer of ['xa-ngoc-ky.mot-cua-1', 'xa-ngoc-ky.chu-tich', 'huyen-tu-ky.giam-sat']) {
    for (const path of paths) assert.equal((await get(`${PEOPLE}${path}`, officer)).statusCode, 403, path)
    const before = count('audit_entries')
    const forms = [
      'mat-khau',
      'khoa',
      'vai-tro',
      'vi-tri',
      'phien',
      'hai-lop',
      'mo-khoa',
      'vi-tri/1/ket-thuc',
    ]
    for (const path of forms) {
      const fields = { role: 'administrator', held: '1' }
      assert.equal((await send(`${PEOPLE}/nguyen.thi.dao/${path}`, fields, officer)).statusCode, 403, path)
    }
    assert.equal((await send(`${PEOPLE}/moi`, { name: 'Ai đó' }, officer)).statusCode, 403)
    assert.equal(count('audit_entries'), before)
  }
})

test('who is unknown has no page', async () => {
  assert.equal((await get(`${PEOPLE}/khong.co`)).statusCode, 404)
  assert.equal((await get('/quan-tri/khoa-api/khong.co')).statusCode, 404)
})

test('a program is added, gets a token that is shown once, and loses it', async () => {
  const made = await send('/quan-tri/khoa-api', { once: 'client-1', name: 'Cổng tỉnh', unit: 'huyen-tu-ky' })
  const url = String(made.headers.location)
  assert.equal(url, '/quan-tri/khoa-api/cong.tinh')
  const order = {
    once: 'token-1',
    label: 'Máy chủ <1>',
    days: '30',
    'scope-dossiers_read': '1',
    'scope-accounts': '1',
    scopes: 'accounts',
    expiresAt: '9999999999999',
  }
  const issued = await send(`${url}/khoa`, order)
  assert.match(issued.body, /<code>mc_[\w-]{43}<\/code>/)
  assert.equal((await send(`${url}/khoa`, order)).statusCode, 303)
  const rows = here.db
    .prepare<[], { id: number; scopes: string; expires_at: number }>(
      'SELECT id, scopes, expires_at FROM api_tokens',
    )
    .all()
  assert.deepEqual(
    rows.map(({ scopes, expires_at: at }) => [scopes, at - here.clock.now()]),
    [['["dossiers_read"]', 30 * 24 * 60 * 60_000]],
  )
  const shown = await get(url)
  assert.doesNotMatch(shown.body, /mc_[\w-]{43}/)
  assert.match(shown.body, /Máy chủ &lt;1&gt;/)
  const without = await send(`${url}/khoa`, { label: 'Thử', days: '' })
  assert.equal(without.statusCode, 422)
  assert.match(textOf(without.body), /ít nhất một việc/)
  assert.match(
    textOf((await get('/quan-tri/khoa-api')).body),
    /Cổng tỉnh Huyện Tứ Kỳ 1 05\/04\/2023 chưa dùng/,
  )
  await send(`${url}/thu-hoi`, { token: String(rows[0]!.id) })
  assert.match(textOf((await get(url)).body), /thu hồi 06\/03\/2023 09:00/)
  assert.equal((await send(`${url}/thu-hoi`, { token: String(rows[0]!.id) })).statusCode, 422)
})

test('a program works in another unit from a day on, always as a program', async () => {
  const url = `${PEOPLE}/cong.tinh`
  assert.equal((await get(url)).headers.location, '/quan-tri/khoa-api/cong.tinh')
  const added = await send(`${url}/vi-tri`, {
    role: 'head',
    unit: 'xa-ha-ky',
    title: 'Chủ tịch',
    from: '2023-03-10',
  })
  assert.equal(added.headers.location, '/quan-tri/khoa-api/cong.tinh')
  const posts = catalogueOf(here.db).officerById.get(accountOf('cong.tinh').officerId)!.memberships
  assert.deepEqual(
    posts.map(({ role, validFrom }) => [role, validFrom]),
    [
      ['client', TODAY],
      ['client', '2023-03-10'],
    ],
  )
  assert.equal((await send(`${url}/mat-khau`, {})).statusCode, 422)
  assert.equal((await send(`${url}/khoa`, {})).headers.location, '/quan-tri/khoa-api/cong.tinh')
  assert.match(textOf((await get('/quan-tri/khoa-api')).body), /Đã khoá/)
})
