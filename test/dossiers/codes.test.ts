import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dossierCode, normalizeCode } from '../../src/domain/life-cycle/dossier-code.ts'
import { deskOf } from '../support/desk.ts'
import { refused } from '../support/refused.ts'
import { testInstallation } from '../support/test-installation.ts'

test('a code is agency, day of receipt and number of the day; beyond 9999 it widens', () => {
  assert.equal(dossierCode('000.28.15.H23', '2023-03-24', 7), '000.28.15.H23-230324-0007')
  assert.equal(dossierCode('000.28.15.H23', '2023-03-24', 9999), '000.28.15.H23-230324-9999')
  assert.equal(dossierCode('000.28.15.H23', '2023-03-24', 10_000), '000.28.15.H23-230324-10000')
  assert.equal(
    normalizeCode(dossierCode('000.28.15.H23', '2023-03-24', 10_000)),
    '000.28.15.H23-230324-10000',
  )
})

test('numbers run by agency and local day, also back-dated and just after midnight', () => {
  const installation = testInstallation('2023-03-07T06:30')
  const { log } = deskOf(installation)
  const number = (at: string, unit = 'xa-ngoc-ky') => log({ at, unit }).code!.split('-').slice(1).join('-')
  assert.equal(number('2023-03-06T23:59'), '230306-0001')
  assert.equal(number('2023-03-07T00:00'), '230307-0001')
  assert.equal(number('2023-03-06T09:00'), '230306-0002')
  assert.equal(number('2023-03-07T06:30', 'thi-tran-tu-ky'), '230307-0001')
  assert.equal(number('2023-03-07T06:30'), '230307-0002')
})

test('the ten thousandth dossier of a day gets five digits', () => {
  const installation = testInstallation('2023-03-06T09:00')
  const { log } = deskOf(installation)
  log()
  installation.db.exec('UPDATE code_sequences SET last = 9998')
  assert.match(log().code!, /-230306-9999$/)
  assert.match(log().code!, /-230306-10000$/)
})

test('a refused entry takes no number', () => {
  const { log } = deskOf(testInstallation('2023-03-06T09:00'))
  refused('invalid_phone', () => log({ applicant: { name: 'Nguyễn Văn Mẫu', phone: '1' } }))
  refused('unknown_officer', () => log({ assignee: 'khong-ai' }))
  assert.match(log().code!, /-0001$/)
})

test('a typed code is read whole, in both official forms and in any case', () => {
  assert.equal(normalizeCode(' 000.28.15.h23-230324-0007 '), '000.28.15.H23-230324-0007')
  assert.equal(normalizeCode('H15.50.05.13-261008-0975'), 'H15.50.05.13-261008-0975')
  assert.equal(normalizeCode('G01.01-261008-1234567'), 'G01.01-261008-1234567')
  for (const text of [
    'C3',
    '230324-0007',
    '000.28.15.H23-230324-007',
    '000.28.15.H23-230324-00070000',
    "' OR 1=1",
  ]) {
    refused('invalid_code', () => normalizeCode(text))
  }
})
