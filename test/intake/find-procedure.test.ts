import assert from 'node:assert/strict'
import { test } from 'node:test'
import { catalogueOf } from '../../src/catalogue/catalogue.ts'
import { receivedProcedures } from '../../src/catalogue/received-procedures.ts'
import { findProcedure } from '../../src/intake/find-procedure.ts'
import { refused } from '../support/refused.ts'
import { testInstallation } from '../support/test-installation.ts'

const DAY = '2023-03-06'
const catalogue = catalogueOf(testInstallation().db)
const receivedAt = (key: string) => receivedProcedures(catalogue, catalogue.unitByKey.get(key)!, DAY)
const commune = receivedAt('xa-ngoc-ky')

test('a commune takes in the procedures of communes, the shop of the district those of its departments', () => {
  const levels = (key: string) => [...new Set(receivedAt(key).map(({ procedure }) => procedure.level))]
  assert.deepEqual(levels('xa-ngoc-ky'), ['commune'])
  assert.deepEqual(levels('bo-phan-mot-cua-huyen'), ['district'])
})

test('a procedure is found by its code, by the beginnings of its words, and by its whole name', () => {
  for (const typed of ['1.004873', '1.004873 Cấp Giấy', 'tinh trang hon nhan', 'XÁC NHẬN tình tr'])
    assert.equal(findProcedure(commune, typed).procedure.code, '1.004873')
  assert.equal(findProcedure(commune, 'dang ky khai sinh').procedure.code, '1.001193')
})

test('words that fit none or several are refused with what to do', () => {
  refused('procedure_not_found', () => findProcedure(commune, 'cap phep xay dung nha cao tang'))
  refused('procedure_ambiguous', () => findProcedure(commune, 'kh sinh'))
  refused('procedure_required', () => findProcedure(commune, ' '))
})
