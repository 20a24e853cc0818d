import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { doubtsOf, numberSays, parseCitizenCard } from '../../src/domain/citizen-card.ts'

const DAO = {
  idNumber: '030190001234',
  name: 'Nguyễn Thị Đào',
  birthYear: 1990,
  sex: 'female',
  address: 'Thôn Ngọc Lâm, Ngọc Kỳ, Tứ Kỳ, Hải Dương',
} as const
const CARD =
  '030190001234|141234567|Nguyễn Thị Đào|05031990|Nữ|Thôn Ngọc Lâm, Ngọc Kỳ, Tứ Kỳ, Hải Dương|15042021'

const READ = [
  ['the seven fields of a CCCD', CARD, DAO],
  ['one without an old CMND', CARD.replace('141234567', ''), DAO],
  ['one whose birth day and month nobody knows', CARD.replace('05031990', '00001990'), DAO],
  ['one with the birth year alone', CARD.replace('05031990', '1990'), DAO],
  ['names in capitals', CARD.replace(DAO.name, 'NGUYỄN THỊ ĐÀO'), { ...DAO, name: 'NGUYỄN THỊ ĐÀO' }],
  ['decomposed letters, which become composed', CARD.normalize('NFD'), DAO],
  [
    'a thẻ căn cước, of whose further fields nothing is kept',
    `030190001234|Nguyễn Thị Đào|05031990|Nữ|${DAO.address}|20082024|141234567||Nguyễn Văn Bố|Trần Thị Mẹ`,
    DAO,
  ],
  ['a thẻ căn cước in the order of the CCCD', `${CARD}||Nguyễn Văn Bố|Trần Thị Mẹ`, DAO],
  [
    'letters turned into question marks: number, year and sex stay, the name is asked for',
    '030190001234||Nguy?n Th? ?ào|05031990|Nu|Thôn Ng?c Lâm|15042021',
    { ...DAO, name: null, address: null },
  ],
  [
    'letters dropped by the code page',
    '030190001234||Nguyn Th o|05031990|N|Thn Ngc Lm|15042021',
    { ...DAO, name: null, sex: null, address: null },
  ],
  [
    'letters read twice',
    '030190001234||Nguyá»…n Thá»‹ ÄÃ o|05031990|Nam|x|15042021',
    { ...DAO, name: null, sex: 'male', address: null },
  ],
  [
    'separators that are gone: number and date survive',
    '030190001234~141234567~Nguyen~05031990~Nu~x~15042021',
    { idNumber: DAO.idNumber, name: null, birthYear: 1990, sex: null, address: null },
  ],
] as const

for (const [what, text, expected] of READ) {
  test(`a card is read: ${what}`, () => assert.deepEqual(parseCitizenCard(text), expected))
}

test('a text without a number of 12 digits is no card', () => {
  for (const text of ['', '1.001193', '000.24.35.H23-230306-0001', '141234567||Nguyễn|05031990|Nữ|x|y'])
    assert.equal(parseCitizenCard(text), null)
})

test('a birth date that does not exist is not taken', () => {
  for (const date of ['32011990', '01131990', '01011700', '1700', '199', ''])
    assert.equal(parseCitizenCard(`030190001234||Nguyễn Thị Đào|${date}|Nữ|x|`)?.birthYear, null)
})

test('any text is read without an exception, and digits found in a card are never lost', () => {
  const number = fc.stringMatching(/^\d{12}$/)
  const noise = fc.string({ unit: 'binary' }).map((text) => text.replace(/\d/g, ''))
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parseCitizenCard(text)))
  fc.assert(
    fc.property(number, noise, noise, fc.integer({ min: 1900, max: 2099 }), (id, name, address, year) => {
      const card = parseCitizenCard(`${id}||${name}|0101${year}|Nam|${address}|15042021`)
      assert.equal(card?.idNumber, id)
      assert.equal(card?.birthYear, year)
    }),
  )
})

test('a number says sex and birth year by its digits 4 to 6', () => {
  const said = [
    ['001090123456', 1990, 'male'],
    ['001190123456', 1990, 'female'],
    ['030204000001', 2004, 'male'],
    ['030312000001', 2012, 'female'],
  ] as const
  for (const [number, birthYear, sex] of said) assert.deepEqual(numberSays(number), { birthYear, sex })
  assert.equal(numberSays('141234567'), null)
})

test('a number that contradicts year or sex is doubted; what is not known is not', () => {
  assert.deepEqual(doubtsOf(DAO.idNumber, DAO), [])
  assert.deepEqual(doubtsOf(DAO.idNumber, { birthYear: 1991, sex: 'male' }), ['birth_year', 'sex'])
  assert.deepEqual(doubtsOf(DAO.idNumber, { birthYear: 1890 }), ['birth_year'])
  assert.deepEqual(doubtsOf(DAO.idNumber, { birthYear: null, sex: null }), [])
  assert.deepEqual(doubtsOf('141234567', { birthYear: 1991, sex: 'male' }), [])
})
