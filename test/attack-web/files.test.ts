import assert from 'node:assert/strict'
import { existsSync, readdirSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { after, before, test } from 'node:test'
import { deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { fileKind } from '../../src/imports/file-kind.ts'
import { fileNameOf } from '../../src/imports/file-name.ts'
import { guarded, withoutGuard } from '../../src/imports/formula-guard.ts'
import { parseCsv } from '../../src/imports/parse-csv.ts'
import { readTable } from '../../src/imports/read-table.ts'
import { sentFileOf } from '../../src/imports/sent-file.ts'
import { unpackedBytes } from '../../src/imports/unpacked-bytes.ts'
import { csvLine } from '../../src/imports/write-csv.ts'
import { zipPieces } from '../../src/imports/write-zip.ts'
import { textOf } from '../support/page-app.ts'
import { refused, refusedLater } from '../support/refused.ts'
import { bookOf, csvOf, ENDED } from '../support/register-file.ts'
import { type TempInstallation, tempInstallation } from '../support/temp-installation.ts'
import { makeAdministrator, signedIn, type Target, target } from './support/target.ts'

const HEAD = 'huyen-tu-ky.chu-tich'
const MIB = 1024 * 1024
const DANGEROUS = [
  '=1+1',
  '=cmd|" /C calc"!A0',
  '+84 912',
  '-2+3',
  '@SUM(A1)',
  '\t=1+1',
  '\r=1+1',
  '＝1+1',
  'vô hại;=1+1;hết',
  'dòng\n=1+1',
  '"=1+1"',
  'vô hại;"=1+1;',
]
let installation: TempInstallation
let at: Target
let head: { cookie: string }

before(async () => {
  installation = tempInstallation('2023-03-13T09:00')
  at = await target({ installation })
  makeAdministrator(at, HEAD)
  head = await signedIn(at, HEAD)
})
after(async () => {
  await at.app.close()
  installation.close()
})

/** What a browser sends for a form with a file; the header of the part as the attacker writes it. */
function upload(disposition: string, content: Buffer, more = '') {
  const payload = Buffer.concat([
    Buffer.from(
      `--b\r\nContent-Disposition: form-data; name="file"; ${disposition}\r\nContent-Type: text/csv\r\n\r\n`,
    ),
    content,
    Buffer.from(`\r\n${more}--b--\r\n`),
  ])
  const headers = { ...head, 'content-type': 'multipart/form-data; boundary=b' }
  return at.send({ method: 'POST', url: '/quan-tri/nhap-so', payload, headers })
}

const newestName = () =>
  installation.db.prepare('SELECT name FROM imports ORDER BY id DESC LIMIT 1').pluck().get() as string

test('a file name that climbs out of its folder, ends early or turns around is only a name', async () => {
  const names = [
    ['../../../../etc/passwd.csv', 'passwd.csv'],
    ['..\\\\..\\\\windows\\\\so.csv', 'so.csv'],
    ['/etc/cron.d/so.csv', 'so.csv'],
    ['%2e%2e%2fso.csv', '%2e%2e%2fso.csv'],
    ['so\u202egnp.csv', 'sognp.csv'],
    ['so\u2066\u200b.csv', 'so.csv'],
    [`${'dài'.repeat(400)}.csv`, null],
    ['<img src=x onerror=alert(1)>.csv', '<img src=x onerror=alert(1)>.csv'],
  ] as const
  for (const [nth, [sent, shown]] of names.entries()) {
    const reply = await upload(`filename="${sent}"`, Buffer.from(csvOf({ ...ENDED, note: `tệp ${nth}` })))
    assert.equal(reply.statusCode, 303, sent)
    const name = newestName()
    if (shown !== null) assert.equal(name, shown)
    assert.ok([...name].length <= 120)
    const page = await at.send({ method: 'GET', url: String(reply.headers.location), headers: head })
    assert.ok(textOf(page.body).includes(name))
    assert.doesNotMatch(page.body, /<img/)
  }
  const root = dirname(installation.config.dataDir)
  const kept = readdirSync(join(installation.config.dataDir, 'imports'))
  assert.ok(kept.length === names.length && kept.every((file) => /^[0-9a-f]{64}$/.test(file)))
  assert.deepEqual(readdirSync(root).sort(), ['data'])
  assert.ok(!existsSync('/etc/cron.d/so.csv'))
})

test('names from every door are cut to what may be shown', () => {
  assert.equal(fileNameOf('a/b\\c.csv'), 'c.csv')
  assert.equal(fileNameOf('so\u0000.csv'), 'so.csv')
  assert.equal(fileNameOf('sổ\ud800 2023.csv'), 'sổ� 2023.csv')
  assert.equal(fileNameOf('..'), 'register')
  assert.equal(fileNameOf('x/'), 'register')
  assert.equal(fileNameOf('\u202e'), 'register')
  assert.match(fileNameOf(`${'x'.repeat(500)}.xlsx`), /^x{100,}…\.xlsx$/)
})

test('addresses of papers and files lead nowhere but to what they name', async () => {
  const paths = [
    '/assets/..%2f..%2fpackage.json',
    '/assets/%2e%2e/%2e%2e/package.json',
    '/assets/....//package.json',
    '/api/docs/static/..%2f..%2f..%2fpackage.json',
    '/api/docs/static/%2e%2e/%2e%2e/package.json',
    '/ho-so/000.24.35.H23-230306-0001/giay-to/..%2f..%2fmotcua.db',
    '/quan-tri/so-theo-doi/2023/..%2f..%2f/x.pdf',
    '/nhap-bu/phieu/..%2f..%2fmotcua.pdf',
  ]
  for (const url of paths) {
    const { statusCode, body } = await at.send({ method: 'GET', url, headers: head })
    assert.ok(statusCode >= 400 && statusCode < 500, `${url}: ${statusCode}`)
    assert.doesNotMatch(body, /"dependencies"|SQLite format/)
  }
})

test('a program, a picture, a paper or an archive of something else is no register, whatever it is called', async () => {
  const impostors: Readonly<Record<string, Buffer>> = {
    'program.csv': Buffer.concat([Buffer.from('MZ\x90\x00\x03\x00\x00\x00'), Buffer.alloc(600, 0)]),
    'elf.csv': Buffer.concat([Buffer.from('\x7fELF\x02\x01\x01\x00'), Buffer.alloc(600, 7)]),
    'picture.xlsx': Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR'), Buffer.alloc(90, 3)]),
    'paper.csv': Buffer.from('%PDF-1.7\n…'),
    'packed.csv': Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0]), Buffer.alloc(99, 5)]),
    'database.csv': Buffer.from('SQLite format 3\0'.padEnd(200, '\u0001')),
  }
  for (const [name, bytes] of Object.entries(impostors)) {
    const reply = await upload(`filename="${name}"`, bytes)
    assert.equal(reply.statusCode, 422, name)
    assert.match(textOf(reply.body), /không phải CSV hay Excel/)
    const api = await at.send({
      method: 'POST',
      url: `/api/v1/imports?name=${name}`,
      payload: bytes,
      headers: { ...head, 'content-type': 'text/csv' },
    })
    assert.deepEqual([api.statusCode, api.json().code], [422, 'unknown_file_kind'], name)
  }
  const other = Buffer.concat([...zipPieces([{ name: 'word/document.xml', pieces: ['<x/>'] }])])
  refused('broken_workbook', () => readTable(other))
  assert.equal(fileKind(Buffer.from('\ufeffMã,Tên', 'utf16le')), 'text')
  assert.equal(fileKind(Buffer.from('Ma ho so,Ten thu tuc\r\n'.repeat(9), 'utf16le')), 'text')
  assert.equal((await upload('filename="so.exe"', Buffer.from(csvOf(ENDED)))).statusCode, 422)
})

test('a small archive that unpacks to gigabytes is refused, also when it says that it does not', () => {
  const huge = bomb(700 * MIB)
  assert.ok(huge.length < MIB)
  refused('workbook_too_large', () => readTable(huge))
  const lying = bomb(700 * MIB, 10)
  assert.equal(unpackedBytes(lying, 600 * MIB), Number.POSITIVE_INFINITY)
  refused('workbook_too_large', () => readTable(lying))
  const silent = bomb(700 * MIB, 0)
  refused('workbook_too_large', () => readTable(silent))
  assert.equal(unpackedBytes(bomb(5 * MIB, 0), 600 * MIB), 5 * MIB)
  const overlapping = bomb(50 * MIB, 10, 20)
  assert.equal(unpackedBytes(overlapping, 600 * MIB), Number.POSITIVE_INFINITY, 'one file named twenty times')
  assert.equal(unpackedBytes(bomb(1, 1, 1_001), 600 * MIB), Number.POSITIVE_INFINITY, 'a thousand files')
  assert.equal(unpackedBytes(bomb(1, 1, 1_000), 600 * MIB), 1_000)
})

test('a cell far to the right or a merge over the whole sheet does not become millions of cells', () => {
  const [headers, row] = csvOf(ENDED)
    .trim()
    .split('\r\n')
    .map((line) => line.split(','))
  const merged = bookOf({
    So: { rows: [headers!, row!, ...Array(200).fill(row!)], merges: ['A3:XFD1048576'] },
  })
  const table = readTable(merged)
  assert.ok(Math.max(...table.rows.map((cells) => cells.length)) <= 256)
  const merges = Array.from({ length: 60 }, () => 'A3:XFD1048576')
  const many = bookOf({ So: { rows: [headers!, row!, ...Array(200).fill(row!)], merges } })
  refused('workbook_too_large', () => readTable(many))
})

test('a file beyond the bound is refused as it comes, with or without saying how long it is', async () => {
  const big = Buffer.alloc(21 * MIB, 'a')
  const form = await upload('filename="so.csv"', big)
  assert.equal(form.statusCode, 422)
  assert.match(textOf(form.body), /20 MiB/)
  const headers = { ...head, 'content-type': 'text/csv' }
  const api = await at.send({ method: 'POST', url: '/api/v1/imports', payload: big, headers })
  assert.equal(api.json().code, 'import_file_too_large')
})

test('a body without an end is read no further than the bound, and can still be answered', async () => {
  let sent = 0
  function* endless() {
    for (; sent < 40; sent += 1) yield Buffer.alloc(256 * 1024, 'a')
  }
  const stream = Readable.from(endless(), { objectMode: false })
  await refusedLater('import_file_too_large', sentFileOf(stream as IncomingMessage, 1))
  assert.ok(sent < 12, `${sent} pieces were taken`)
  assert.equal(stream.destroyed, false)
})

test('more files, more fields or longer ones than the form has are refused', async () => {
  const part = (name: string, value: string, file = '') =>
    `--b\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n${value}\r\n`
  const content = Buffer.from(csvOf(ENDED))
  const before = installation.db.prepare('SELECT count(*) FROM imports').pluck().get() as number
  const many = await upload('filename="a.csv"', content, part('x', 'y').repeat(50))
  const two = await upload('filename="a.csv"', content, part('f', 'x', '; filename="b.csv"'))
  for (const { statusCode } of [many, two]) assert.ok(statusCode < 500)
  const after = installation.db.prepare('SELECT count(*) FROM imports').pluck().get() as number
  assert.ok(after - before <= 2)
})

test('a text that a spreadsheet would run is disarmed in every CSV, however it splits the line', () => {
  for (const text of DANGEROUS) {
    const line = csvLine([text, 'sau'])
    const cells = [...parseCsv(line, ',').flat(), ...line.split(/[;\t\r\n]/)]
    for (const cell of cells) assert.doesNotMatch(cell, /^"*[=+\-@\t\r\n＝＋－＠]/, JSON.stringify(text))
  }
})

test('a disarmed text comes back as it was, also one that had apostrophes', () => {
  const texts = [...DANGEROUS, "'=1+1", "''=1", "'abc", "a;''=1", ';;=1', "đường 'Trần Phú'"]
  for (const text of texts) assert.equal(withoutGuard(guarded(text)), text)
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'=+-@\t\r\n;\'"a ＝') }), (text) => {
      assert.equal(withoutGuard(guarded(text)), text)
    }),
  )
  const rows = DANGEROUS.map((note) => ({ ...ENDED, note }))
  const read = readTable(Buffer.from(csvOf(...rows)))
  assert.deepEqual(
    read.rows.slice(1).map((row) => row.at(-1)),
    DANGEROUS,
  )
})

test('the register as CSV disarms what a citizen wrote, and as workbook keeps it as text', async () => {
  const intake = { unit: 'xa-ngoc-ky', procedure: '1.004873', channel: 'counter' }
  const formula = '=HYPERLINK("http://evil.example","Bấm vào đây")'
  const logged = await at.json('/api/v1/dossiers', { ...intake, applicant: { name: formula } }, head)
  assert.equal(logged.statusCode, 201)
  const get = (format: string) =>
    at.send({ method: 'GET', url: `/quan-tri/xuat-so/tep?unit=huyen-tu-ky&format=${format}`, headers: head })
  const csv = await get('csv')
  assert.ok(csv.body.includes(`"'=HYPERLINK(""http://evil.example""`), csv.body)
  const { rows } = readTable(csv.rawPayload)
  assert.ok(rows.some((row) => row.includes(formula)))
  const book = readTable((await get('xlsx')).rawPayload)
  assert.ok(book.rows.some((row) => row.includes(formula)))
  assert.deepEqual(book.notes, [], 'no cell is a formula')
})

test('what a file is called in the answer is of letters that end no header', async () => {
  const urls = [
    '/quan-tri/xuat-so/tep?format=csv%0d%0aSet-Cookie:x=1',
    '/bao-cao/2023-W09/bieu-ii06.pdf?unit=xa-ngoc-ky%22%0d%0aSet-Cookie:%20x=1',
    '/ho-so/x%22%0d%0aSet-Cookie:%20x=1/giay-to/receipt-slip.pdf',
    '/dang-nhap?den=/%0d%0aSet-Cookie:%20x=1',
  ]
  for (const url of urls) {
    const { headers, statusCode } = await at.send({ method: 'GET', url, headers: head })
    assert.ok(statusCode < 500, url)
    assert.equal(headers['set-cookie'], undefined, url)
    const name = String(headers['content-disposition'] ?? 'attachment; filename="x"')
    assert.match(name, /^(attachment|inline); filename="[\w.-]+"$/)
  }
})

/** A workbook's frame around one file of `size` zeros that says it has `said` bytes, in the directory `times` times. */
function bomb(size: number, said = size, times = 1): Buffer {
  const content = deflateRawSync(Buffer.alloc(size), { level: 9 })
  const name = Buffer.from('xl/workbook.xml')
  const local = Buffer.alloc(30)
  local.writeUInt32LE(0x04034b50, 0)
  local.writeUInt16LE(8, 8)
  local.writeUInt32LE(content.length, 18)
  local.writeUInt32LE(said, 22)
  local.writeUInt16LE(name.length, 26)
  const entry = Buffer.alloc(46)
  entry.writeUInt32LE(0x02014b50, 0)
  entry.writeUInt16LE(8, 10)
  entry.writeUInt32LE(content.length, 20)
  entry.writeUInt32LE(said, 24)
  entry.writeUInt16LE(name.length, 28)
  const directory = Buffer.concat(Array.from({ length: times }, () => [entry, name]).flat())
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(times, 8)
  end.writeUInt16LE(times, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(30 + name.length + content.length, 16)
  return Buffer.concat([local, name, content, directory, end])
}
