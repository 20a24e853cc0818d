import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findAccountByName, giveInstallationRole } from '../../db/queries/accounts.ts'
import { sessionsOf } from '../../db/queries/sessions.ts'
import { createAccount } from '../../src/accounts/create-account.ts'
import { endPost } from '../../src/accounts/end-post.ts'
import { givePost } from '../../src/accounts/give-post.ts'
import {
  changeInstallationRole,
  disableAccount,
  enableAccount,
  endSessions,
  resetPassword,
  resetSecondFactor,
  unlinkIdentities,
} from '../../src/accounts/manage-accounts.ts'
import { openAccount } from '../../src/accounts/open-account.ts'
import { postsOn } from '../../src/accounts/posts.ts'
import { openSession } from '../../src/accounts/session.ts'
import { refuseLocked, tellFailure } from '../../src/accounts/sign-in.ts'
import { catalogueOf } from '../../src/catalogue/catalogue.ts'
import { type Actor, SYSTEM_OPERATOR } from '../../src/deps.ts'
import type { RuleError } from '../../src/domain/refusals.ts'
import { type TestInstallation, testInstallation } from '../support/test-installation.ts'

const TODAY = '2023-03-06'
const COUNTER_POST = {
  role: 'counter',
  unit: 'xa-ngoc-ky',
  title: 'Công chức Văn phòng - Thống kê',
  from: TODAY,
  fields: [],
}

function person(here: TestInstallation, name: string, username?: string) {
  return createAccount(here, SYSTEM_OPERATOR, { name, username, kind: 'person' })
}

function administrator(here: TestInstallation, username: string) {
  const account = person(here, username, username)
  changeInstallationRole(here, SYSTEM_OPERATOR, { username, role: 'administrator', held: true })
  return account
}

function refusedWith(code: string, work: () => unknown): void {
  assert.throws(work, (error: RuleError) => {
    assert.equal(error.code, code)
    return true
  })
}

function audited({ db }: TestInstallation) {
  const rows = db
    .prepare<[], { kind: string; data: string }>('SELECT kind, data FROM audit_entries ORDER BY id')
    .all()
  return rows.map(({ kind, data }) => ({ ...(JSON.parse(data) as Record<string, unknown>), kind }))
}

const rolesToday = (here: TestInstallation, officerId: number, day = TODAY) =>
  postsOn(catalogueOf(here.db), officerId, day).map(({ role }) => role)

test('a username is the name without its marks, with a number where somebody has it already', () => {
  const here = testInstallation()
  assert.equal(person(here, 'Nguyễn  Thị Đào ').username, 'nguyen.thi.dao')
  assert.equal(person(here, 'Nguyễn Thị Đáo').username, 'nguyen.thi.dao2')
  assert.equal(person(here, 'Mời').username, 'moi2', 'the address of new accounts is nobody’s')
  const officer = catalogueOf(here.db).officers.find(({ name }) => name === 'Nguyễn Thị Đào')
  assert.equal(officer?.key, 'nguyen.thi.dao')
})

test('an account refuses a bad name, a name that is taken, and an officer who has one', () => {
  const here = testInstallation()
  const officer = 'xa-ngoc-ky.mot-cua-1'
  createAccount(here, SYSTEM_OPERATOR, { officer, username: 'mot.cua', kind: 'person' })
  const add = (input: { name?: string; username?: string; officer?: string }) => () =>
    createAccount(here, SYSTEM_OPERATOR, { kind: 'person', ...input })
  refusedWith('has_account', add({ officer }))
  refusedWith('username_taken', add({ name: 'Trần Văn Bê', username: ' MOT.CUA ' }))
  for (const username of ['ab', 'có dấu', '.dau', 'moi', 'x'.repeat(41)])
    refusedWith('invalid_username', add({ name: 'Trần Văn Bê', username }))
  refusedWith('unknown_officer', add({ officer: 'khong-co' }))
  for (const name of ['', '  ', 'x'.repeat(101)])
    refusedWith('name_of_person_required', add({ name, username: 'be' }))
})

test('somebody new begins with a post, roles and a password good for seven days', () => {
  const here = testInstallation()
  const { username } = openAccount(here, SYSTEM_OPERATOR, {
    name: 'Trần Văn Bê',
    post: COUNTER_POST,
    roles: ['auditor'],
    hash: 'hash',
  })
  const account = findAccountByName(here.db, username)!
  assert.deepEqual(rolesToday(here, account.officerId), ['counter'])
  assert.equal(account.temporaryUntil, here.clock.now() + 7 * 24 * 60 * 60_000)
  const officer = catalogueOf(here.db).officerById.get(account.officerId)!
  assert.deepEqual(
    officer.installationRoles.map(({ role, validFrom, validTo }) => [role, validFrom, validTo]),
    [['auditor', TODAY, null]],
  )
  assert.deepEqual(
    audited(here).map(({ kind }) => kind),
    ['account_created', 'role_changed', 'role_changed', 'password_changed'],
  )
})

test('a post is held from its first day to its last one and stays in the book', () => {
  const here = testInstallation()
  const { username, officerId } = person(here, 'Trần Văn Bê')
  const post = givePost(here, SYSTEM_OPERATOR, username, { ...COUNTER_POST, from: '2023-03-08' })
  assert.deepEqual(rolesToday(here, officerId, '2023-03-07'), [])
  assert.deepEqual(rolesToday(here, officerId, '2023-03-08'), ['counter'])
  endPost(here, SYSTEM_OPERATOR, username, { post, lastDay: '2023-03-10', anyway: false })
  assert.deepEqual(rolesToday(here, officerId, '2023-03-10'), ['counter'])
  assert.deepEqual(rolesToday(here, officerId, '2023-03-11'), [])
  assert.equal(catalogueOf(here.db).officerById.get(officerId)?.memberships.length, 1)
  const before = audited(here).length
  endPost(here, SYSTEM_OPERATOR, username, { post, lastDay: '2023-03-10', anyway: false })
  assert.equal(audited(here).length, before, 'ending it on the same day again does nothing')
  endPost(here, SYSTEM_OPERATOR, username, { post, lastDay: '2023-03-07', anyway: false })
  assert.deepEqual(rolesToday(here, officerId, '2023-03-08'), [], 'one given by mistake is taken back')
  const { unitByKey } = catalogueOf(here.db)
  const held = { post, unit: unitByKey.get('xa-ngoc-ky')?.id, role: 'counter' }
  const account = findAccountByName(here.db, username)!.id
  assert.deepEqual(audited(here).slice(1), [
    { kind: 'role_changed', account, ...held, held: true, on: '2023-03-08' },
    { kind: 'role_changed', account, ...held, held: false, on: '2023-03-10' },
    { kind: 'role_changed', account, ...held, held: false, on: '2023-03-07' },
  ])
})

test('a post refuses what it is not', () => {
  const here = testInstallation()
  const { username } = person(here, 'Trần Văn Bê')
  const give = (change: Partial<typeof COUNTER_POST>) => () =>
    givePost(here, SYSTEM_OPERATOR, username, { ...COUNTER_POST, ...change })
  refusedWith('unknown_role', give({ role: 'client' }))
  refusedWith('unknown_role', give({ role: 'administrator' }))
  refusedWith('unknown_unit', give({ unit: 'xa-khong-co' }))
  refusedWith('unit_not_in_force', give({ from: '2019-01-01' }))
  refusedWith('invalid_day', give({ from: '2023-02-29' }))
  refusedWith('title_required', give({ title: '  ' }))
  refusedWith('unknown_field', () =>
    givePost(here, SYSTEM_OPERATOR, username, { ...COUNTER_POST, fields: ['khong-co'] }),
  )
  const post = give({})()
  refusedWith('post_held', give({ from: '2023-03-20' }))
  const end = (lastDay: string, which = post) =>
    endPost(here, SYSTEM_OPERATOR, username, { post: which, lastDay, anyway: false })
  refusedWith('invalid_days', () => end('2023-03-04'))
  refusedWith('unknown_post', () => end(TODAY, 1))
  end('2023-03-19')
  assert.ok(give({ from: '2023-03-20' })() > post)
})

test('a unit keeps a head unless the administrator insists', () => {
  const here = testInstallation()
  const officer = 'xa-ngoc-ky.chu-tich'
  const { username, officerId } = createAccount(here, SYSTEM_OPERATOR, { officer, kind: 'person' })
  const [post] = postsOn(catalogueOf(here.db), officerId, TODAY)
  const end = (anyway: boolean) =>
    endPost(here, SYSTEM_OPERATOR, username, { post: post!.id, lastDay: '2023-03-31', anyway })
  refusedWith('only_head', () => end(false))
  const next = person(here, 'Trần Văn Bê')
  const head = { ...COUNTER_POST, role: 'head', title: 'Chủ tịch UBND' }
  givePost(here, SYSTEM_OPERATOR, next.username, { ...head, from: '2023-04-02' })
  refusedWith('only_head', () => end(false))
  end(true)
  assert.deepEqual(rolesToday(here, officerId, '2023-04-01'), [])
  const third = person(here, 'Trần Văn Xê')
  givePost(here, SYSTEM_OPERATOR, third.username, { ...head, from: '2023-04-01' })
  endPost(here, SYSTEM_OPERATOR, username, { post: post!.id, lastDay: '2023-03-30', anyway: true })
  end(false)
})

test('the last administrator is neither disabled nor relieved; one of two is', () => {
  const here = testInstallation()
  const first = administrator(here, 'quan.tri.1')
  const take = (username: string) =>
    changeInstallationRole(here, SYSTEM_OPERATOR, { username, role: 'administrator', held: false })
  refusedWith('last_administrator', () => disableAccount(here, SYSTEM_OPERATOR, first.username))
  refusedWith('last_administrator', () => take(first.username))
  const second = administrator(here, 'quan.tri.2')
  disableAccount(here, SYSTEM_OPERATOR, first.username)
  refusedWith('last_administrator', () => take(second.username))
  enableAccount(here, SYSTEM_OPERATOR, first.username)
  take(second.username)
  refusedWith('last_administrator', () => disableAccount(here, SYSTEM_OPERATOR, first.username))
  // A role that stands in two overlapping rows is still one administrator.
  giveInstallationRole(here.db, {
    officerId: first.officerId,
    role: 'administrator',
    validFrom: '2022-01-01',
  })
  here.db
    .prepare(
      `INSERT INTO installation_roles (officer_id, role, valid_from) VALUES (?, 'administrator', '2022-01-01')`,
    )
    .run(first.officerId)
  refusedWith('last_administrator', () => disableAccount(here, SYSTEM_OPERATOR, first.username))
})

test('disabling ends every session; enabling brings none back; either is safe twice', () => {
  const here = testInstallation()
  const { id, username } = person(here, 'Trần Văn Bê')
  openSession(here, id, { browser: 'Chrome', address: null, complete: true })
  disableAccount(here, SYSTEM_OPERATOR, username)
  assert.equal(sessionsOf(here.db, id).length, 0)
  const { disabledAt } = findAccountByName(here.db, username)!
  here.at('2023-03-07T09:00')
  disableAccount(here, SYSTEM_OPERATOR, username)
  assert.equal(findAccountByName(here.db, username)!.disabledAt, disabledAt)
  enableAccount(here, SYSTEM_OPERATOR, username)
  enableAccount(here, SYSTEM_OPERATOR, username)
  assert.equal(findAccountByName(here.db, username)!.disabledAt, null)
  assert.equal(sessionsOf(here.db, id).length, 0)
  assert.deepEqual(audited(here).slice(1), [
    { kind: 'account_changed', account: id, what: 'disabled' },
    { kind: 'account_changed', account: id, what: 'enabled' },
  ])
})

test('an administrator ends sessions and resets password and second factor', () => {
  const here = testInstallation()
  const { id, username } = person(here, 'Trần Văn Bê')
  const sitting = { browser: 'Chrome', address: null, complete: true }
  openSession(here, id, sitting)
  openSession(here, id, sitting)
  assert.equal(endSessions(here, SYSTEM_OPERATOR, username), 2)
  openSession(here, id, sitting)
  for (let n = 0; n < 9; n++) tellFailure(here, username, null)
  assert.throws(() => refuseLocked(here, username))
  resetPassword(here, SYSTEM_OPERATOR, username, 'hash')
  assert.equal(sessionsOf(here.db, id).length, 0)
  refuseLocked(here, username)
  here.db.prepare(`UPDATE accounts SET totp_sealed = x'00', totp_confirmed_at = 1 WHERE id = ?`).run(id)
  openSession(here, id, sitting)
  resetSecondFactor(here, SYSTEM_OPERATOR, username)
  assert.equal(sessionsOf(here.db, id).length, 0, 'whoever found the telephone is out too')
  const failures = Array.from({ length: 9 }, () => 'sign_in_failed')
  const account = findAccountByName(here.db, username)!
  assert.deepEqual([account.totpSealed, account.totpConfirmedAt], [null, null])
  assert.deepEqual(
    audited(here).map(({ kind }) => kind),
    ['account_created', 'session_revoked', ...failures, 'password_changed', 'second_factor_changed'],
  )
})

test('only an administrator administers', () => {
  const here = testInstallation()
  const { username } = person(here, 'Trần Văn Bê')
  const head: Actor = { officerId: 1, role: 'head', roles: ['head', 'supervisor', 'auditor'] }
  for (const work of [
    () => createAccount(here, head, { name: 'Ai đó', kind: 'person' }),
    () => givePost(here, head, username, COUNTER_POST),
    () => endPost(here, head, username, { post: 1, lastDay: TODAY, anyway: true }),
    () => changeInstallationRole(here, head, { username, role: 'administrator', held: true }),
    () => resetPassword(here, head, username, 'hash'),
    () => resetSecondFactor(here, head, username),
    () => unlinkIdentities(here, head, username),
    () => disableAccount(here, head, username),
    () => enableAccount(here, head, username),
    () => endSessions(here, head, username),
  ])
    refusedWith('not_permitted', work)
})

test('the audit tells of people by numbers, never by what was typed', () => {
  const here = testInstallation()
  const { username } = openAccount(here, SYSTEM_OPERATOR, {
    name: 'Trần Văn Bê',
    post: COUNTER_POST,
    roles: ['administrator'],
    hash: 'hash',
  })
  const text = JSON.stringify(audited(here))
  for (const word of ['Trần', 'Bê', username, 'Công chức', 'hash']) assert.ok(!text.includes(word), word)
})
