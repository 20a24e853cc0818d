import assert from 'node:assert/strict'
import { test } from 'node:test'
import { idDigits, isPhone, phoneDigits, phoneSpellings } from '../src/person-numbers.ts'

test('a phone number is the same however it is written', () => {
  const ways = ['0912345678', '0912.345.678', '+84 912 345 678', '84912345678', '0084-912-345-678']
  for (const text of [...ways, '+84 (0)912 345 678', '(091) 234 5678'])
    assert.equal(phoneDigits(text), '0912345678', text)
  assert.equal(phoneDigits('+84 24 3825 1234'), '02438251234')
})

test('a number of another country keeps its plus; a short one beginning with 84 is no country code', () => {
  assert.equal(phoneDigits('+86 138 0013 8000'), '+8613800138000')
  assert.equal(phoneDigits('84123456'), '84123456')
  assert.ok(!isPhone(phoneDigits('84')))
})

test('an ID number is its digits, whatever stands between them', () => {
  for (const text of ['030 190 001 234', '030.190.001.234', '030190-001234', '030190001234'])
    assert.equal(idDigits(text), '030190001234', text)
})

test('people recorded earlier may have their phone number with the country before it', () => {
  assert.deepEqual(phoneSpellings('0912345678'), ['0912345678', '+84912345678', '84912345678'])
  assert.deepEqual(phoneSpellings('+8613800138000'), ['+8613800138000'])
})
