import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import bwip from 'bwip-js/node'
import { withCodes } from '../../src/paper/paper-codes.ts'
import type { PaperData, PaperTemplate, ReceiptSlip } from '../../src/paper/paper-data.ts'
import { sampleOf } from '../../src/paper/paper-templates.ts'
import { renderPaper } from '../../src/paper/render-paper.ts'
import { pdfRuns, pdfShape, pdfText } from '../support/pdf.ts'
import { refusedLater } from '../support/refused.ts'
import { testInstallation } from '../support/test-installation.ts'

const SHIPPED = new URL('../../src/paper/templates/', import.meta.url)
const sample = <T extends PaperTemplate>(template: T) => JSON.parse(sampleOf(template)!) as PaperData[T]
const SLIP = sample('receipt-slip')

/** A line through the bars of every slip, from the top of the page. */
const BARS_DOWN_MM = 43.5

const PAPERS = {
  'receipt-slip': '148×210',
  'sitting-slip': '148×210',
  'supplement-request': '148×210',
  'refusal-slip': '148×210',
  'apology-slip': '148×210',
  'stop-notice': '148×210',
  'control-sheet': '148×210',
  'emergency-slips': '210×297',
  'form-ii06': '297×210',
  'register-book': '297×210',
  'hand-over-sheet': '210×297',
  'fee-receipt': '210×148',
  'day-register': '297×210',
} as const satisfies Record<PaperTemplate, string>

for (const [template, size] of Object.entries(PAPERS) as [PaperTemplate, string][]) {
  test(`${template} of the shipped sample is ${size} mm and has no other font than Tinos`, async () => {
    const pdf = await renderPaper(template, sample(template))
    assert.equal(pdfShape(pdf).size, size)
    const fonts = new Set(
      [...pdf.toString('latin1').matchAll(/\/BaseFont \/\w+\+([\w-]+)/g)].map(([, name]) => name),
    )
    assert.ok(fonts.size > 0)
    for (const font of fonts) assert.match(font!, /^Tinos/)
  })
}

test('the same data give the same bytes, other data or another day others', async () => {
  const first = await renderPaper('receipt-slip', SLIP)
  await renderPaper('apology-slip', sample('apology-slip'))
  const again = await renderPaper('receipt-slip', structuredClone(SLIP))
  assert.ok(first.equals(again))
  assert.ok(!first.equals(await renderPaper('receipt-slip', { ...SLIP, printedOn: '2023-03-07' })))
  assert.ok(!first.equals(await renderPaper('receipt-slip', { ...SLIP, fee: 'không thu' })))
})

test('papers made at the same moment do not see each other’s data', async () => {
  const names = ['Nguyễn Thị Đào', 'Phạm Văn Khải', 'Vũ Đức Thuận']
  const pdfs = await Promise.all(names.map((name) => renderPaper('receipt-slip', named(name))))
  for (const [n, pdf] of pdfs.entries()) {
    for (const name of names)
      assert.equal(pdfText(pdf).includes(`Tiếp nhận hồ sơ của: ${name}`), name === names[n])
  }
})

const HOSTILE = [
  '#Hưng "Thịnh" \\ @Phát <nhãn> $x^2$',
  '*đậm* _nghiêng_ `mã` // ghi chú /* hết */ = tiêu đề',
  '#panic("x")',
  '#read("data.json")',
  '] #v(9cm) [',
  '\\u{41} ~ -- --- ... {} ; {name}',
]

for (const name of HOSTILE) {
  test(`a name like ${name} prints as it is, wherever it stands`, async () => {
    const paper = {
      ...named(name),
      procedure: { name, code: name, field: name },
      papers: [{ name, form: 'bản sao', copies: 1 }],
    }
    const text = pdfText(
      await renderPaper('receipt-slip', { ...paper, signatures: [{ role: name, note: name, name }] }),
    )
    assert.equal(count(withoutBlanks(text), withoutBlanks(name)) >= 6, true, text)
  })
}

test('marks that turn text around and letters nobody sees never reach paper; what no font has breaks nothing', async () => {
  const pdf = await renderPaper('receipt-slip', named('Nguyễn\u202eoàĐ\u2066 \u200bVăn 😀 漢\u0007 Khải'))
  assert.deepEqual(pdfShape(pdf), { pages: 1, size: '148×210' })
  const text = pdfText(pdf)
  assert.match(text, /Tiếp nhận hồ sơ của: NguyễnoàĐ Văn .*Khải CCCD/)
  assert.doesNotMatch(text, /[\u202a-\u202e\u2066-\u2069\u200b]/)
})

test('long names and 20 papers go on to numbered pages, and nothing is cut', async () => {
  const name = 'Công ty Trách nhiệm hữu hạn Một thành viên Đầu tư Xây dựng và Thương mại Dịch vụ Nông nghiệp '
    .repeat(3)
    .trim()
  const papers = Array.from({ length: 20 }, (_, n) => ({
    name: `Giấy tờ thứ ${n + 1}: bản sao có chứng thực Giấy chứng nhận quyền sử dụng đất, quyền sở hữu nhà ở (hết ${n + 1})`,
    form: 'bản điện tử',
    copies: n + 1,
  }))
  const pdf = await renderPaper('receipt-slip', { ...named(name), papers })
  const shape = pdfShape(pdf)
  assert.ok(shape.pages > 1)
  assert.equal(shape.size, '148×210')
  const text = pdfText(pdf)
  const run = withoutBlanks(text)
  assert.ok(run.includes(withoutBlanks(name)))
  for (const paper of papers) assert.ok(run.includes(`(hết${paper.copies})`), paper.name)
  for (let page = 1; page <= shape.pages; page += 1) assert.ok(text.includes(`trang ${page}/${shape.pages}`))
  for (const words of ['NGƯỜI TIẾP NHẬN HỒ SƠ', 'Khi nhận kết quả, đề nghị mang theo giấy này'])
    assert.ok(text.includes(words))
})

test('a word of 500 letters stays within the page, on a slip and in a column of the register', async () => {
  const word = 'Ẩ'.repeat(500)
  const slip = { ...named(word), applicant: { ...named(word).applicant, address: word } }
  const papers = [{ name: word, form: 'bản sao', copies: 1 }]
  const signatures = [{ role: 'Người nộp hồ sơ', note: 'ký', name: word }, ...SLIP.signatures.slice(1)]
  const text = pdfText(await renderPaper('receipt-slip', { ...slip, papers, signatures }))
  assert.equal(count(text, 'Ẩ'), 4 * word.length)
  assert.ok(text.includes('Vũ Đức Thuận'))

  const book = sample('register-book')
  const row = { ...book.rows[0]!, applicant: word, contact: word, note: word }
  const register = pdfText(await renderPaper('register-book', { ...book, rows: [row] }))
  assert.equal(count(register, 'Ẩ'), 3 * word.length)
  assert.ok(register.includes(row.code))
})

const SCANNED = {
  'receipt-slip': 'code',
  'supplement-request': 'code',
  'apology-slip': 'code',
  'stop-notice': 'code',
  'control-sheet': 'code',
  'refusal-slip': 'slipNumber',
} as const

for (const [template, number] of Object.entries(SCANNED) as [keyof typeof SCANNED, 'code' | 'slipNumber'][]) {
  test(`${template} bears its ${number} as Code 128`, async () => {
    const data = sample(template)
    const [{ sbs } = { sbs: [] }] = bwip.raw({ bcid: 'code128', text: data[number]! }) as { sbs: number[] }[]
    const runs = pdfRuns(await renderPaper(template, data), BARS_DOWN_MM).slice(1, sbs.length + 1)
    const modules = sbs.reduce((sum, width) => sum + width, 0)
    const pixels = runs.reduce((sum, width) => sum + width, 0)
    assert.deepEqual(
      runs.map((width) => Math.round((width * modules) / pixels)),
      [...sbs],
    )
  })
}

test('a specimen is drawn without codes', async () => {
  const specimen = { ...SLIP, code: null, slipNumber: 'MẪU TẬP HUẤN', specimen: 'MẪU TẬP HUẤN' }
  assert.deepEqual(withCodes(specimen).codes, {})
  assert.match(pdfText(await renderPaper('receipt-slip', specimen)), /Số phiếu: MẪU TẬP HUẤN/)
})

test('a number too long for the narrow stub stays whole on emergency slips, each number on both parts', async () => {
  const slips = Array.from({ length: 5 }, (_, n) => ({ number: `KC-000.24.35.H23-230306-000${n + 1}` }))
  const sheet = {
    unitName: 'Bộ phận Tiếp nhận và Trả kết quả',
    agencyName: 'Ủy ban nhân dân xã Ngọc Kỳ',
    printedOn: '2023-03-06',
    slips,
  }
  const pdf = await renderPaper('emergency-slips', sheet)
  assert.deepEqual(pdfShape(pdf), { pages: 3, size: '210×297' })
  const text = pdfText(pdf)
  for (const { number } of slips) assert.equal(count(text, number), 2)
  for (const field of [
    'Thủ tục:',
    'Họ và tên:',
    'Số định danh:',
    'Điện thoại:',
    'Nhận lúc',
    'Giấy tờ:',
    'Hẹn trả',
    'Người nộp',
    'Người nhận',
  ]) {
    assert.equal(count(text, field), 10, field)
  }
  assert.equal(count(text, 'Cuống lưu'), 5)
  assert.ok(text.includes('In ngày 06/03/2023'))
})

test('a file of the same name in the templates folder stands in for a shipped template, at once', async (t) => {
  const templatesDir = ownTemplates(t, {
    'receipt-slip.typ': '#let d = json("data.json")\nMẫu riêng của #d.applicant.name',
  })
  assert.equal(
    pdfText(await renderPaper('receipt-slip', SLIP, { templatesDir })).trim(),
    'Mẫu riêng của Nguyễn Thị Đào',
  )
  assert.ok(
    pdfText(await renderPaper('stop-notice', sample('stop-notice'), { templatesDir })).includes(
      'THÔNG BÁO DỪNG',
    ),
  )
  rmSync(join(templatesDir, 'receipt-slip.typ'))
  assert.ok(
    (await renderPaper('receipt-slip', SLIP, { templatesDir })).equals(
      await renderPaper('receipt-slip', SLIP),
    ),
  )
})

const BROKEN = [
  ['#let d = json("data.json")\n\n#d.nguoi_nop', 3, 'dữ liệu không có trường “nguoi_nop”'],
  ['một\n#khong-co()', 2, 'không có tên “khong-co”'],
  ['một\nhai\n#text(', 3, 'dấu ngoặc mở ở đây chưa được đóng'],
  ['#read("/etc/passwd")', 1, 'không tìm thấy tệp được gọi'],
  ['một\n#import "@preview/tablex:0.0.9": *', 2, 'không được dùng gói tải từ Internet (“@…”)'],
  ['#assert(1 == 2)', 1, 'trình dựng trang báo “assertion failed”'],
] as const

for (const [source, line, problem] of BROKEN) {
  test(`a template of one's own that is wrong (${problem}) is refused with its line`, async (t) => {
    const templatesDir = ownTemplates(t, { 'receipt-slip.typ': source })
    const error = await refusedLater('broken_template', renderPaper('receipt-slip', SLIP, { templatesDir }))
    assert.deepEqual(
      [error.params.file, error.params.line, error.params.problem],
      ['receipt-slip.typ', line, problem],
    )
    assert.match(error.message, /bỏ tệp khỏi thư mục templates/)
    assert.ok((await renderPaper('receipt-slip', SLIP)).length > 0)
  })
}

test('shipped templates and samples come in pairs, common parts apart', () => {
  const names = readdirSync(SHIPPED)
  const of = (extension: string) =>
    names.filter((name) => name.endsWith(extension)).map((name) => name.replace(extension, ''))
  assert.deepEqual(of('.json').sort(), Object.keys(PAPERS).sort())
  assert.deepEqual(
    of('.typ').sort(),
    [...Object.keys(PAPERS), 'common', 'receipt-facts', 'register-table'].sort(),
  )
})

test('docs/paper.md names every template and every field of its data', () => {
  const page = readFileSync(new URL('../../docs/paper.md', import.meta.url), 'utf8')
  for (const template of Object.keys(PAPERS) as PaperTemplate[]) {
    assert.ok(page.includes(`\`${template}\``), template)
    for (const field of Object.keys(sample(template)))
      assert.ok(page.includes(`\`${field}\``), `${template}: ${field}`)
  }
})

function named(name: string): ReceiptSlip {
  return { ...SLIP, applicant: { ...SLIP.applicant, name } }
}

function ownTemplates(t: { after(done: () => void): void }, files: Readonly<Record<string, string>>): string {
  const { db, folders } = testInstallation()
  t.after(() => db.close())
  mkdirSync(folders.templatesDir, { recursive: true })
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folders.templatesDir, name), text)
  return folders.templatesDir
}

function withoutBlanks(text: string): string {
  return text.replace(/\s+/g, '')
}

function count(text: string, part: string): number {
  return text.split(part).length - 1
}
