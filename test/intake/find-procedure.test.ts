import assert from 'node:assert/strict'
import { test } from 'node:test'
import { catalogueOf } from '../../src/catalogue/catalogue.ts'
import { type ReceivedProcedure, receivedProcedures } from '../../src/catalogue/received-procedures.ts'
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

test('every procedure is found by its own name, whatever punctuation is in it or left out', () => {
  const named = (name: string): ReceivedProcedure => {
    const [first] = commune
    return { ...first!, procedure: { ...first!.procedure, id: -1, code: '9.000001', name } }
  }
  const odd = [
    'Đăng ký kết hôn (có yếu tố nước ngoài), trừ trường hợp ở biên giới.',
    'Cấp lại bản sao/bản chính Giấy chứng nhận – lần 2; mẫu “A”',
  ].map(named)
  for (const each of [...commune, ...receivedAt('bo-phan-mot-cua-huyen'), ...odd]) {
    const among = [...commune, ...receivedAt('bo-phan-mot-cua-huyen'), each]
    const { name } = each.procedure
    for (const typed of [name, name.replace(/[^\p{L}\d]+/gu, ' '), name.toUpperCase()])
      assert.equal(findProcedure(alone(among), typed).procedure.name, name)
  }
})

/** Each name once. */
function alone(all: readonly ReceivedProcedure[]): readonly ReceivedProcedure[] {
  return [...new Map(all.map((each) => [each.procedure.name, each])).values()]
}

test('words that fit none or several are refused with what to do', () => {
  refused('procedure_not_found', () => findProcedure(commune, 'cap phep xay dung nha cao tang'))
  refused('procedure_ambiguous', () => findProcedure(commune, 'kh sinh'))
  refused('procedure_required', () => findProcedure(commune, ' '))
})
