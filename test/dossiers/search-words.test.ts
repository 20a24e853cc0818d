import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  askedIn,
  codeStarts,
  holdsNumber,
  rankName,
  readSearch,
  tonePlaced,
  untelex,
} from '../../src/dossiers/search-words.ts'
import { fold } from '../../src/fold.ts'

const AGENCIES = ['000.24.35.H23', '000.28.35.H23', 'H23.24.35']

test('a name is read as words without marks, whatever their order', () => {
  assert.deepEqual(
    readSearch('Đào nguyễn  thị').words.map(({ folded }) => folded),
    ['dao', 'nguyen', 'thi'],
  )
})

test('what has a word without digits may be a name; a code or a number never is', () => {
  for (const text of ['0912345678', '230306-0001', '4321', 'H23', '000.24.35.H23-230306-0001'])
    assert.deepEqual(readSearch(text).words, [])
  assert.deepEqual(
    readSearch('Công ty 27-7').words.map(({ folded }) => folded),
    ['cong', 'ty', '27', '7'],
  )
})

test('an ID or phone number is known by its length, blanks, dots, dashes and +84 left out', () => {
  const cases = [
    ['030190001234', '030190001234'],
    ['030 190 001 234', '030190001234'],
    ['123456789', '123456789'],
    ['0912.345.678', '0912345678'],
    ['+84 912 345 678', '0912345678'],
    ['84912345678', '0912345678'],
    ['2303060001', null],
    ['4321', null],
  ] as const
  for (const [text, number] of cases) assert.equal(readSearch(text).number, number, text)
})

test('a whole number is known wherever it stands; its end, a code and a name are none', () => {
  for (const text of ['036190123456', '0912 345 678', '+84912345678', 'Hiên 0912345678', '036190123456 Hiên'])
    assert.ok(holdsNumber(text), text)
  for (const text of ['5678', '230306-0001', '000.24.35.H23-230306-0001', 'Công ty 27', ''])
    assert.ok(!holdsNumber(text), text)
  assert.equal(askedIn('036190123456|123456789|Vũ Thị Hiên|01011990'), '036190123456')
  assert.equal(askedIn(' Vũ Thị Hiên '), 'Vũ Thị Hiên')
})

test('four digits are the end of a number', () => {
  assert.equal(readSearch(' 4321 ').tail, '4321')
  for (const text of ['432', '43210', 'a321']) assert.equal(readSearch(text).tail, null, text)
})

test('what a Telex keyboard leaves behind is taken for marks', () => {
  const cases = [
    ['nguyeenx', 'nguyen'],
    ['nguyenx', 'nguyen'],
    ['ddaof', 'dao'],
    ['dduwcs', 'duc'],
    ['thij', 'thi'],
    ['hoaf', 'hoa'],
    ['nguyen', null],
    ['thi', null],
  ] as const
  for (const [word, plain] of cases) assert.equal(untelex(word), plain, word)
})

test('exact marks come first, then the letters in order, then in any order, then the unfinished', () => {
  const ranks = (typed: string) =>
    ['Nguyễn Thị Đào', 'Nguyễn Thị Đạo', 'Đào Thị Nguyễn', 'Nguyễn Thị Đàoo'].map((name) =>
      rankName(name, typed),
    )
  assert.deepEqual(ranks('nguyễn thị đào'), [0, 1, 1, 3])
  assert.deepEqual(ranks('thi dao'), [1, 1, 2, 3])
  assert.deepEqual(ranks('đào'), [0, 1, 0, 3])
})

test('oa, oe and uy are one word wherever the tone stands; what looks like them is left alone', () => {
  const pairs = ['hoà hòa', 'hoá hóa', 'hoạ họa', 'khoẻ khỏe', 'loè lòe', 'thuỷ thủy', 'uỷ ủy', 'luỹ lũy']
  for (const pair of pairs) {
    const [second = '', first = ''] = pair.split(' ')
    assert.equal(tonePlaced(second), first)
    assert.equal(tonePlaced(second.normalize('NFD')), first)
    assert.equal(tonePlaced(first), first)
    assert.equal(fold(second), fold(first))
  }
  const left = ['quý', 'quỳ', 'quả', 'già', 'giỏi', 'toàn', 'ngoài', 'thùy', 'thuyền', 'khuỷu', 'hoa', 'mỹ']
  for (const word of left) assert.equal(tonePlaced(word), word)
  assert.equal(rankName('Phạm Thị Thủy', 'Thuỷ'), 0)
  assert.equal(rankName('Phạm Thị Thuỷ', 'thị thủy'), 0)
  assert.equal(rankName('Phạm Thị Thùy', 'Thuỷ'), 1)
})

test('a code is found by any part it begins with, with or without dots', () => {
  const cases = [
    ['000.24.35.H23-230306-0001', ['000.24.35.H23-230306-0001']],
    ['0002435H232303060001', ['000.24.35.H23-230306-0001']],
    ['24.35.H23-2303', ['000.24.35.H23-2303']],
    ['24.35.h23', ['000.24.35.H23']],
    ['28.35', ['000.28.35.H23']],
  ] as const
  for (const [text, starts] of cases) {
    assert.deepEqual(codeStarts(readSearch(text).code ?? '', AGENCIES.slice(0, 2)), starts, text)
  }
})

test('the last part of a code is looked for at every agency, but only as a day that can be', () => {
  assert.deepEqual(codeStarts('2303060001', AGENCIES), [
    '000.24.35.H23-230306-0001',
    '000.28.35.H23-230306-0001',
    'H23.24.35-230306-0001',
  ])
  assert.deepEqual(
    codeStarts('2303', AGENCIES),
    AGENCIES.map((agency) => `${agency}-2303`),
  )
  for (const digits of ['2313', '230332', '4321', '230'])
    assert.deepEqual(codeStarts(digits, AGENCIES), [], digits)
})
