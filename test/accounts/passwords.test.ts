import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changePassword } from '../../src/accounts/change-password.ts'
import { checkPassword, randomPassword } from '../../src/accounts/passwords.ts'
import { refused } from '../support/refused.ts'
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
  const { setting } = await import('../support/signed-up.ts')
  const { doors, session, password } = await setting()
  const change = { old: password, next: 'matkhau123456', again: 'matkhau123456' }
  await assert.rejects(changePassword(doors, session, change), { code: 'password_common' })
})
