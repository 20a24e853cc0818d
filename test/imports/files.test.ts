import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CFB } from '@e965/xlsx'
import { decodeText } from '../../src/imports/decode-text.ts'
import { readTable } from '../../src/imports/read-table.ts'
import { refused } from '../support/refused.ts'
import { bookOf, csvOf, ENDED } from '../support/register-file.ts'

const TEXT = 'Mã hồ sơ;Tên TTHC;Ngày nhận;Họ tên\n1;Đăng ký khai sinh;06/03/2023;Nguyễn Thị Đào, xã Ngọc Kỳ\n'

/** `Nguyễn Thị Đào …` in the fonts of the time before Unicode, byte for byte. */
const TCVN3 = Buffer.from(
  'M\xb7 h\xe5 s\xac;T\xaan TTHC;Ng\xb5y nh\xcbn;H\xe4 t\xaan\n1;\xa7\xa8ng k\xfd khai sinh;06/03/2023;Nguy\xd4n Th\xde \xa7\xb5o, x\xb7 Ng\xe4c K\xfa\n'.replace(
    'M\xb7',
    'M\xb7',
  ),
  'latin1',
)
const VNI = Buffer.from(
  'Ma\xf5 ho\xe0 s\xf4;Te\xe2n TTHC;Nga\xf8y nha\xe4n;Ho\xef te\xe2n\n1;\xd1a\xeang ky\xf9 khai sinh;06/03/2023;Nguye\xe3n Th\xf2 \xd1a\xf8o, xa\xf5 Ngo\xefc Ky\xf8\n',
  'latin1',
)

/** Windows-1258 keeps tones as marks of their own behind the letter. */
function windows1258(text: string): Buffer {
  const marks: Readonly<Record<string, number>> = {
    '\u0300': 0xcc,
    '\u0301': 0xec,
    '\u0309': 0xd2,
    '\u0303': 0xde,
    '\u0323': 0xf2,
  }
  const letters: Readonly<Record<string, number>> = {
    ă: 0xe3,
    Ă: 0xc3,
    đ: 0xf0,
    Đ: 0xd0,
    ơ: 0xf5,
    Ơ: 0xd5,
    ư: 0xfd,
    Ư: 0xdd,
    â: 0xe2,
    ê: 0xea,
    ô: 0xf4,
  }
  const bytes = [
    ...text
      .normalize('NFD')
      .replace(/([aeoAEO])\u0323?\u0302\u0323?/g, (all) =>
        all.includes('\u0323') ? `${all[0]}\u0302\u0323` : all,
      ),
  ]
    .join('')
    .replace(/[aAeEoO]\u0302|[aA]\u0306|[oOuU]\u031b/g, (all) => all.normalize('NFC'))
  return Buffer.from([...bytes].map((letter) => marks[letter] ?? letters[letter] ?? letter.charCodeAt(0)))
}

const FILES = {
  'UTF-8': [Buffer.from(TEXT), 'utf-8'],
  'UTF-8 with a byte order mark': [Buffer.from(`\ufeff${TEXT}`), 'utf-8'],
  'UTF-16': [Buffer.from(`\ufeff${TEXT}`, 'utf16le'), 'utf-16le'],
  'UTF-16 without a mark': [Buffer.from(TEXT, 'utf16le'), 'utf-16le'],
  'UTF-16, big end first': [Buffer.from(`\ufeff${TEXT}`, 'utf16le').swap16(), 'utf-16be'],
  'Windows-1258': [windows1258(TEXT), 'windows-1258'],
} as const

for (const [name, [bytes, encoding]] of Object.entries(FILES)) {
  test(`a file in ${name} is read with every mark in its place`, () => {
    assert.deepEqual(decodeText(bytes), { text: TEXT, encoding })
  })
}

for (const [encoding, bytes] of [
  ['tcvn3', TCVN3],
  ['vni', VNI],
] as const) {
  test(`a file typed in a font of ${encoding} is read with every mark in its place`, () => {
    const read = decodeText(bytes)
    assert.equal(read.encoding, encoding)
    assert.match(
      read.text,
      /^Mã hồ sơ;Tên TTHC;Ngày nhận;Họ tên\n1;Đăng ký khai sinh;06\/03\/2023;Nguyễn Thị Đào, xã Ngọc K[ỳú]/,
    )
  })

  test(`text in a font of ${encoding} that was saved as Unicode is undone as well`, () => {
    const saved = Buffer.from(bytes.toString('latin1'))
    assert.match(decodeText(saved).text, /Nguyễn Thị Đào, xã Ngọc/)
  })
}

test('bytes that read well in no encoding are refused, not guessed', () => {
  refused('unknown_encoding', () =>
    decodeText(Buffer.from('H\xff\xfet\x9f\xd7\xff n\xd7\xf7m;\xd7\xf7\xff', 'latin1')),
  )
})

for (const [name, separator] of [
  ['commas', ','],
  ['semicolons', ';'],
  ['tabs', '\t'],
] as const) {
  test(`a file with ${name} is recognised by its first lines`, () => {
    const text = `code${separator}procedure${separator}accepted_at\n1${separator}"a${separator}b"${separator}06/03/2023\n`
    const table = readTable(Buffer.from(text))
    assert.equal(table.separator, separator)
    assert.deepEqual(table.rows[1], ['1', `a${separator}b`, '06/03/2023'])
  })
}

test('a quote that is never closed is a file cut off, with its row', () => {
  assert.match(
    refused('broken_csv', () => readTable(Buffer.from('code,procedure\n1,"cut'))).message,
    /dòng 2/,
  )
})

test('titles above the header row and a header of two rows are passed over', () => {
  const table = readTable(
    bookOf({
      So: {
        rows: [
          ['SỔ THEO DÕI HỒ SƠ'],
          ['STT', 'Mã hồ sơ', 'Tên TTHC', 'Cơ quan chủ trì giải quyết', 'Nhận và trả kết quả', '', ''],
          ['', '', '', '', 'Nhận hồ sơ (ngày)', 'Hẹn trả kết quả (ngày)', 'Trả kết quả (ngày)'],
        ],
        merges: ['A1:G1', 'A2:A3', 'B2:B3', 'C2:C3', 'D2:D3', 'E2:G2'],
      },
    }),
  )
  assert.equal(table.mapping.headerRow, 3)
  assert.deepEqual(table.mapping.columns, [
    null,
    'code',
    'procedure',
    'unit',
    'accepted_at',
    'due_at',
    'returned_at',
  ])
})

const HEADERS = Object.keys(ENDED)

test('a date of Excel is a day, and a merged cell belongs to every row it covers', () => {
  const date = { t: 'n', v: 44991.375, z: 'dd/mm/yyyy hh:mm' } as const
  const table = readTable(
    bookOf({
      So: {
        rows: [
          ['code', 'procedure', 'accepted_at', 'unit'],
          ['1', 'x', date, 'Xã Ngọc Kỳ'],
          ['2', 'x', { ...date, v: 44992 }, ''],
        ],
        merges: ['D2:D3'],
      },
    }),
  )
  assert.deepEqual(table.rows.slice(1), [
    ['1', 'x', '2023-03-06T09:00', 'Xã Ngọc Kỳ'],
    ['2', 'x', '2023-03-07', 'Xã Ngọc Kỳ'],
  ])
  assert.match(table.notes.join(), /gộp ô/)
})

test('a formula gives the value Excel kept, and the reader is told', () => {
  const sheet = {
    rows: [
      HEADERS,
      [
        'a',
        { t: 'n', v: 7, f: '3+4' } as const,
        { t: 's', v: 'x', f: 'HYPERLINK("http://evil","x")' } as const,
      ],
    ],
  }
  const table = readTable(bookOf({ So: sheet }))
  assert.deepEqual(table.rows[1]?.slice(0, 3), ['a', '7', 'x'])
  assert.match(table.notes.join(), /2 ô là công thức/)
})

test('of several sheets the one with the most known headers is read, and another on demand', () => {
  const sheets = { Bìa: { rows: [['UBND xã']] }, So: { rows: [HEADERS, ['a']] } }
  assert.equal(readTable(bookOf(sheets)).sheet, 'So')
  assert.equal(readTable(bookOf(sheets), { sheet: 'Bìa' }).sheet, 'Bìa')
  refused('unknown_sheet', () => readTable(bookOf(sheets), { sheet: 'Nắp' }))
})

test('an old .xls is read like an .xlsx', () => {
  const sheets = { So: { rows: [HEADERS, ['000.24.35.H23-230306-0007', 'Xã Ngọc Kỳ']] } }
  assert.deepEqual(readTable(bookOf(sheets, 'biff8')).rows, readTable(bookOf(sheets)).rows)
})

test('a workbook cut off, damaged, locked or of no known kind is refused in words', () => {
  const book = bookOf({ So: { rows: [HEADERS, ...Array.from({ length: 50 }, (_, row) => [`${row}`, 'x'])] } })
  refused('broken_workbook', () => readTable(book.subarray(0, book.length / 2)))
  refused('broken_workbook', () => readTable(Buffer.from('PK\x03\x04 nothing else')))
  refused('workbook_locked', () => readTable(lockedWorkbook()))
  refused('unknown_file_kind', () => readTable(Buffer.from('%PDF-1.7 …')))
  refused('empty_file', () => readTable(Buffer.alloc(0)))
})

test('an archive that says it unpacks to gigabytes is not unpacked', () => {
  const book = bookOf({ So: { rows: [HEADERS] } })
  const entry = book.lastIndexOf(Buffer.from([0x50, 0x4b, 1, 2]))
  book.writeUInt32LE(0x7fff_ffff, entry + 24)
  refused('workbook_too_large', () => readTable(book))
})

test('fields with quotes, separators and line breaks come back as they were written', () => {
  const note = 'dòng 1\ndòng "2"; hết, rồi'
  const table = readTable(Buffer.from(csvOf({ note })))
  assert.equal(table.rows[1]?.at(-1), note)
})

/** What Excel writes for a workbook with a password: a compound file that holds an encrypted package. */
function lockedWorkbook(): Buffer {
  const cfb = CFB.utils.cfb_new()
  CFB.utils.cfb_add(cfb, '/EncryptionInfo', Buffer.alloc(64, 4))
  CFB.utils.cfb_add(cfb, '/EncryptedPackage', Buffer.alloc(512, 1))
  return CFB.write(cfb, { type: 'buffer' }) as Buffer
}
