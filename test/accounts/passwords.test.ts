import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findAccountByName } from '../../db/queries/accounts.ts'
import { changePassword } from '../../src/accounts/change-password.ts'
import { endSessions, resetPassword } from '../../src/accounts/manage-accounts.ts'
import { checkPassword, randomPassword } from '../../src/accounts/passwords.ts'
import { SYSTEM_OPERATOR } from '../../src/deps.ts'
import { refused } from '../support/refused.ts'
import { setting } from '../support/signed-up.ts'
import { testInstallation } from '../support/test-installation.ts'

const { db } = testInstallation()
const taken = (password: string) => checkPassword(db, password, 'nguyen.van.a')
const tooCommon = (password: string) => refused('password_common', () => taken(password))

test('a common password is refused, however its letters and marks are written', () => {
  for (const password of [
    'q1w2e3r4t5',
    'Password123',
    'IloveYou2024',
    'MatKhau123',
    'mật khẩu 123',
    'Anhyêuem123',
  ])
    tooCommon(password)
})

test('the list holds more than three thousand passwords that are long enough', async () => {
  const { readFileSync } = await import('node:fs')
  const list = readFileSync(new URL('../../db/seeds/common-passwords.txt', import.meta.url), 'utf8')
  const words = list.split('\n').filter((line) => line !== '' && !line.startsWith('# ') && line !== '#')
  assert.ok(words.length > 5_000)
  assert.equal(new Set(words).size, words.length)
  assert.deepEqual(
    words.filter((word) => word.length < 10 || word !== word.toLowerCase()),
    [],
  )
})

test('one character or a short piece again and again is refused', () => {
  for (const password of ['aaaaaaaaaaaa', 'abcabcabcabc', '1212121212', 'ba ba ba ba ba', 'đđđđđđđđđđ'])
    tooCommon(password)
})

test('runs along the alphabet, the digits or the keyboard are refused', () => {
  for (const password of ['1234567890', '0987654321', 'abcdefghijkl', 'qwertyuiopasdf', 'abc123456789'])
    tooCommon(password)
})

test('the names of units and of the product are refused with a year or a sign behind', () => {
  for (const password of [
    'XaNgocKy2025',
    'Ngọc Kỳ @2026',
    'UBND@123456',
    'motcua@2026!',
    'HuyenTuKy#99',
    'Admin@202699',
  ])
    tooCommon(password)
})

test('a sentence is taken, also one with the name of a unit in it, and what the product makes itself', () => {
  for (const password of ['con mèo nhà bác Ba', 'Ngọc Kỳ mùa lúa chín', 'sáu con vịt xiêm', randomPassword()])
    taken(password)
})

test('too short, too long and the own name are refused as before', () => {
  refused('password_too_short', () => taken('ngắn quá'))
  refused('password_too_long', () => taken('dài '.repeat(200)))
  refused('password_has_name', () => taken('toi la Nguyen.Van.A day'))
})

test('the door that changes a password asks for the list', async () => {
  const { doors, session, password } = await setting()
  const change = { old: password, next: 'matkhau123456', again: 'matkhau123456' }
  await assert.rejects(changePassword(doors, session, change), { code: 'password_common' })
})

test('a password that an administrator resets meanwhile stays reset', async () => {
  const { doors, session, account, password } = await setting()
  const change = { old: password, next: 'một câu dài của riêng tôi', again: 'một câu dài của riêng tôi' }
  const changing = changePassword(doors, session, change)
  resetPassword(doors.deps, SYSTEM_OPERATOR, account.username, 'given out')
  await assert.rejects(changing, { code: 'not_signed_in' })
  assert.equal(findAccountByName(doors.deps.db, account.username)?.passwordHash, 'given out')
})

test('of two new passwords sent at once only one is taken: for the other the old one is wrong', async () => {
  const { doors, session, password } = await setting()
  const to = (next: string) => changePassword(doors, session, { old: password, next, again: next })
  const answers = await Promise.allSettled([
    to('một câu dài của riêng tôi'),
    to('một câu khác của riêng tôi'),
  ])
  assert.deepEqual(answers.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
  const refusal = answers.find(({ status }) => status === 'rejected') as PromiseRejectedResult
  assert.equal(refusal.reason.code, 'wrong_password')
})

test('a session that is ended while its password is changed changes nothing', async () => {
  const { doors, session, account, password } = await setting()
  const change = { old: password, next: 'một câu dài của riêng tôi', again: 'một câu dài của riêng tôi' }
  const changing = changePassword(doors, session, change)
  endSessions(doors.deps, SYSTEM_OPERATOR, account.username)
  await assert.rejects(changing, { code: 'not_signed_in' })
  assert.equal(findAccountByName(doors.deps.db, account.username)?.passwordHash, account.passwordHash)
})
