import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { findAccountByName } from '../../db/queries/accounts.ts'
import { identitiesOf, insertIdentity } from '../../db/queries/external-identities.ts'
import { readSetting } from '../../db/queries/settings.ts'
import { verifyPassword } from '../../src/accounts/passwords.ts'
import { principalOfToken, SECOND_FACTOR_SETTING } from '../../src/accounts/principal.ts'
import { catalogueOf } from '../../src/catalogue/catalogue.ts'
import { runCli } from '../support/run-cli.ts'
import { type TempInstallation, tempInstallation } from '../support/temp-installation.ts'

let here: TempInstallation

before(() => {
  here = tempInstallation('2023-03-06T09:00')
})
after(() => here.close())

const run = (...args: string[]) => runCli(args, { env: here.env })
const user = (...args: string[]) => run('user', ...args)
const accountOf = (username: string) => findAccountByName(here.db, username)!

test('accounts are kept from the terminal; a temporary password is printed once, alone on standard output', async () => {
  assert.equal((await user('list')).out, 'Chưa có tài khoản nào.\n')
  const made = await user('create', 'quan.tri', '--name', 'Trần Quản Trị', '--administrator')
  assert.equal(made.code, 0, made.err)
  assert.match(made.out, /^[a-z2-9-]{19}\n$/)
  assert.match(made.err, /chỉ in lần này/)
  assert.ok(await verifyPassword(accountOf('quan.tri').passwordHash, made.out.trim()))
  const known = await user('create', '--officer', 'xa-ngoc-ky.mot-cua-1')
  assert.equal(known.code, 0, known.err)
  const post = ['--role', 'counter', '--unit', 'xa-ha-ky', '--title', 'Công chức', '--from', '2023-03-06']
  const clerk = await user('create', '--name', 'Nguyễn Thị Đào', ...post, '--fields', 'ho-tich,chung-thuc')
  assert.equal(clerk.code, 0, clerk.err)
  const list = (await user('list')).out
  assert.match(list, /^quan\.tri +Trần Quản Trị +Quản trị viên, toàn hệ thống +– +– +Chưa đổi mật khẩu tạm$/m)
  assert.match(list, /^nguyen\.thi\.dao +Nguyễn Thị Đào +Cán bộ một cửa, Xã Hà Kỳ /m)
  const { users } = JSON.parse((await user('list', '--json')).out) as {
    users: { username: string; state: string; posts: { unit: string; to: string | null }[] }[]
  }
  const dao = users.find(({ username }) => username === 'nguyen.thi.dao')
  assert.deepEqual([users.length, dao?.state, dao?.posts[0]?.unit], [3, 'temporary', 'xa-ha-ky'])
  const reset = await user('reset', 'nguyen.thi.dao')
  assert.ok(await verifyPassword(accountOf('nguyen.thi.dao').passwordHash, reset.out.trim()))
  assert.notEqual(reset.out, clerk.out)
})

test('posts, roles and states are changed from the terminal', async () => {
  const before = (await user('post', 'nguyen.thi.dao')).out
  const [, id = ''] = /^ *(\d+) +counter +xa-ha-ky /m.exec(before) ?? []
  assert.equal((await user('post', 'nguyen.thi.dao', '--end', id, '--on', '2023-03-10')).code, 0)
  assert.match((await user('post', 'nguyen.thi.dao')).out, /2023-03-06 +2023-03-10$/m)
  const next = [
    '--role',
    'officer',
    '--unit',
    'phong-tu-phap',
    '--title',
    'Chuyên viên',
    '--from',
    '2023-03-11',
  ]
  assert.equal((await user('post', 'nguyen.thi.dao', ...next)).code, 0)
  const { memberships } = catalogueOf(here.db).officerById.get(accountOf('nguyen.thi.dao').officerId)!
  assert.deepEqual(
    memberships.map(({ role, validTo }) => [role, validTo]),
    [
      ['counter', '2023-03-10'],
      ['officer', null],
    ],
  )
  const refused = await user('role', 'quan.tri', 'administrator', 'off')
  assert.equal(refused.code, 1)
  assert.match(refused.err, /quản trị viên cuối cùng/)
  assert.equal((await user('role', 'nguyen.thi.dao', 'administrator', 'on')).code, 0)
  assert.equal((await user('disable', 'quan.tri')).code, 0)
  assert.notEqual(accountOf('quan.tri').disabledAt, null)
  assert.equal((await user('enable', 'quan.tri')).code, 0)
  assert.equal((await user('reset-second-factor', 'quan.tri')).code, 0)
  const accountId = accountOf('quan.tri').id
  insertIdentity(here.db, { issuer: 'https://sso.example', subject: 'sub', accountId, linkedAt: 1 })
  assert.equal((await user('unlink', 'quan.tri')).code, 0)
  assert.deepEqual(identitiesOf(here.db, accountId), [])
  assert.equal((await user('second-factor-required', 'on')).code, 0)
  assert.equal(readSetting(here.db, SECOND_FACTOR_SETTING), true)
  assert.equal((await user('second-factor-required', 'off')).code, 0)
  assert.equal(readSetting(here.db, SECOND_FACTOR_SETTING), false)
})

test('a program and its tokens are kept from the terminal', async () => {
  assert.match((await run('token', 'list')).out, /^Chưa có phần mềm nào/)
  const made = await user('create', '--client', '--name', 'Cổng tỉnh', '--unit', 'xa-ngoc-ky,xa-ha-ky')
  assert.equal(made.code, 0, made.err)
  const issued = await run(
    'token',
    'issue',
    'cong.tinh',
    '--label',
    'Máy chủ',
    '--scopes',
    'dossiers_read,exchange',
  )
  assert.equal(issued.code, 0, issued.err)
  assert.match(issued.out, /^mc_[\w-]{43}\n$/)
  // The command ran at the machine's own time: the token of today is good whatever the clock of this test says.
  const principal = principalOfToken(here, issued.out.trim())
  assert.deepEqual(principal?.token?.scopes, ['dossiers_read', 'exchange'])
  assert.match(
    (await run('token', 'list')).out,
    /cong\.tinh +1 +Máy chủ +dossiers_read,exchange +– .* đang dùng$/m,
  )
  const { clients } = JSON.parse((await run('token', 'list', '--json')).out) as {
    clients: { username: string; units: string[]; tokens: { id: number; revoked_at: string | null }[] }[]
  }
  assert.deepEqual(clients[0]?.units, ['xa-ngoc-ky', 'xa-ha-ky'])
  assert.equal((await run('token', 'revoke', '1')).code, 0)
  assert.equal(principalOfToken(here, issued.out.trim()), null)
  const twice = await run('token', 'revoke', '1')
  assert.deepEqual([twice.code, twice.err], [1, 'Không có khoá API số 1 đang dùng được.\n'])
  assert.match((await run('token', 'scopes')).out, /^dossiers_write +Tiếp nhận và xử lý hồ sơ$/m)
})

/** Commands that change nothing, side by side. */
function each(commands: readonly (readonly string[])[]) {
  return Promise.all(commands.map(async (args) => ({ words: args.join(' '), ...(await run(...args)) })))
}

test('a refusal is a sentence and 1, a wrong command line its usage and 2', async () => {
  const refused = await each([
    ['user', 'disable', 'khong.co'],
    ['user', 'create', '--officer', 'xa-ngoc-ky.mot-cua-1'],
    ['user', 'create', '--client', '--name', 'Phần mềm'],
    ['user', 'post', 'nguyen.thi.dao', '--end', '1'],
    ['token', 'issue', 'cong.tinh', '--label', 'x', '--scopes', 'accounts'],
    ['token', 'issue', 'cong.tinh', '--label', 'x', '--scopes', 'dossiers_read', '--days', '400'],
  ])
  for (const { words, code, out, err } of refused) {
    assert.deepEqual([code, out], [1, ''], `${words}: ${err}`)
    assert.match(err, /^[^\n]+\.\n$/, words)
  }
  const wrong = await each([
    ['user', 'xoa'],
    ['user', 'disable'],
    ['user', 'create'],
    ['user', 'role', 'quan.tri', 'auditor'],
    ['user', 'post', 'quan.tri', '--role', 'counter'],
    ['user', 'second-factor-required', 'maybe'],
    ['token', 'issue', 'cong.tinh', '--scopes', 'dossiers_read'],
    ['token', 'revoke'],
  ])
  for (const { words, code, err } of wrong) {
    assert.equal(code, 2, `${words}: ${err}`)
    assert.match(err, /motcua (user|token) /)
  }
})
