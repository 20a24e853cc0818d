import assert from 'node:assert/strict'
import { test } from 'node:test'
import { problemSentence } from '../../src/imports/report.ts'
import { check, importFile } from '../support/import-file.ts'
import { bookOf, csvOf, ENDED, type GivenRow, OPEN } from '../support/register-file.ts'
import { testInstallation } from '../support/test-installation.ts'

const NOW = '2023-03-20T09:00'
const installation = testInstallation(NOW)

/** Row, column and sentence of what is wrong with a register of one row. */
function wrongWith(row: GivenRow, weight: 'error' | 'warning' = 'error'): readonly string[] {
  const { problems } = check(installation, csvOf(row))
  return problems
    .filter((problem) => problem.weight === weight)
    .map((problem) => `${problem.row} ${problem.column}: ${problemSentence(problem)}`)
}

// biome-ignore format: a table, one trap a line
const TRAPS: readonly (readonly [string, GivenRow, RegExp])[] = [
  ['a day that does not exist', { accepted_at: '31/02/2023' }, /^2 accepted_at: có “31\/02\/2023”, cần ngày có thật/],
  ['month before day', { accepted_at: '03/16/2023' }, /^2 accepted_at: có “03\/16\/2023”, cần ngày có thật/],
  ['a moment to come', { ended_at: '21/03/2023' }, /^2 ended_at: .*không ở tương lai/],
  ['due before acceptance', { due_at: '05/03/2023' }, /^2 due_at: .*không sớm hơn ngày nhận \(2023-03-06\)/],
  ['ended before acceptance', { ended_at: '03/03/2023', returned_at: '' }, /^2 ended_at: .*không sớm hơn ngày nhận/],
  ['returned before it was ready', { returned_at: '07/03/2023' }, /^2 returned_at: .*không sớm hơn ngày có kết quả/],
  ['an end without an outcome', { outcome: '' }, /^2 outcome: có ô trống, cần kết quả/],
  ['an outcome without an end', { ended_at: '', returned_at: '' }, /^2 ended_at: có ô trống, cần ngày kết thúc/],
  ['an outcome nobody knows', { outcome: 'xong' }, /^2 outcome: có “xong”, cần một trong: đồng ý \(granted\)/],
  ['an unknown unit, with the nearest names', { unit: 'Xã Ngọc Kì' }, /^2 unit: có “Xã Ngọc Kì”, cần .*gần nhất: “Xã Ngọc Kỳ”/],
  ['a unit that does not resolve', { unit: 'bo-phan-mot-cua-huyen' }, /^2 unit: .*cần một đơn vị giải quyết/],
  ['a procedure nobody knows', { procedure: 'Cấp giấy xác nhận độc thân' }, /^2 procedure: .*mã \(dạng 1\.001193\) hoặc đúng tên/],
  ['a channel nobody knows', { channel: 'Zalo' }, /^2 channel: có “Zalo”, cần một trong: trực tiếp \(counter\)/],
  ['the code of another unit', { code: '000.36.35.H23-230306-0001' }, /^2 code: .*mã này là của Xã Văn Tố/],
  ['a code that is none', { code: 'HS-17' }, /^2 code: có “HS-17”, cần mã hồ sơ đủ/],
  ['no code although accepted', { code: '' }, /^2 code: có ô trống, cần mã hồ sơ, vì hồ sơ đã được tiếp nhận/],
  ['an ID number that a spreadsheet rounded', { id_number: '1.23457E+11' }, /^2 id_number: có “1\.23457E\+11”, cần đủ 12 chữ số; Excel đã làm tròn/],
  ['an ID number of the wrong length', { id_number: '12345' }, /^2 id_number: .*12 chữ số/],
  ['a name whose marks were lost', { applicant: 'Nguy?n Th? Ðào' }, /^2 applicant: .*chữ còn nguyên dấu/],
  ['a cell with an error of Excel', { accepted_at: '#LỖI!' }, /^2 accepted_at: .*công thức ở ô này bị lỗi/],
  ['a pause that goes on after the result', { paused_from: '07/03/2023' }, /^2 paused_to: .*ngày kết thúc đợt tạm dừng/],
  ['a pause that ends before it begins', { paused_from: '07/03/2023', paused_to: '06/03/2023' }, /^2 paused_to: .*không sớm hơn ngày tạm dừng/],
  ['an officer nobody knows', { officer: 'Ai đó' }, /^2 officer: .*cán bộ trong danh mục/],
  ['late before it came', { late_since: '06/03/2023' }, /^2 late_since: .*sau ngày nhận/],
  ['refused at intake and yet accepted', { outcome: 'không tiếp nhận' }, /^2 outcome: .*để trống ngày nhận/],
  ['no due date and no version of the procedure that day', { accepted_at: '06/03/2010 09:00', due_at: '', ended_at: '08/03/2010', returned_at: '', code: '000.24.35.H23-100306-0007' }, /^2 unit: .*hoạt động vào ngày 2010-03-06/],
]

for (const [name, row, expected] of TRAPS) {
  test(`a row with ${name} is told by its row and column, and what is needed`, () => {
    const wrong = wrongWith(row)
    assert.ok(
      wrong.some((sentence) => expected.test(sentence)),
      wrong.join('\n') || 'nothing told',
    )
  })
}

test('what nobody sees in a name is left out, and a name without a letter is told and left out whole', () => {
  assert.deepEqual(wrongWith({ applicant: 'Nguyễn\u202e Thị\u200b Đào' }, 'warning'), [])
  assert.deepEqual(wrongWith({ applicant: '...' }), [])
  assert.match(wrongWith({ applicant: '...' }, 'warning').join(), /^2 applicant: .*không có chữ cái nào/)
})

test('the register without a trap has nothing wrong with it', () => {
  assert.deepEqual(wrongWith({}), [])
  assert.deepEqual(wrongWith({}, 'warning'), [])
})

test('every problem of a file is told at once, and nothing is written while one stands', () => {
  const file = csvOf({}, { code: 'x' }, { code: '000.24.35.H23-230306-0009', accepted_at: '31/02/2023' })
  assert.equal(check(installation, file).errors, 2)
  assert.throws(() => importFile(installation, file), /còn 2 chỗ phải sửa/)
  assert.equal(count('dossiers') + count('persons') + count('events') + count('day_cells'), 0)
})

test('a code twice in a file is told with the row where it stood first', () => {
  const { problems } = check(installation, csvOf({}, {}))
  assert.match(problems.map(problemSentence).join(), /mã này đã có ở dòng 2/)
})

test('an ID number whose first zero Excel dropped gets it back, and that is said', () => {
  assert.match(
    wrongWith({ id_number: '99012345678' }, 'warning').join(),
    /^2 id_number: .*thêm lại số 0 ở đầu mà Excel đã bỏ/,
  )
})

test('a report shows no ID or phone number whole', () => {
  const { problems } = check(installation, csvOf({ id_number: '99912345678', phone: '12345' }))
  assert.deepEqual(
    problems.map(({ has }) => has),
    ['999…', '123…'],
  )
})

test('lines of sums and signatures below a register are passed over, and that is said', () => {
  const { skipped, rows, errors } = check(
    installation,
    `${csvOf({})}Tổng cộng: 1 hồ sơ\r\n,,,,,,Người lập,\r\n\r\n`,
  )
  assert.deepEqual([rows, errors, skipped], [1, 0, 2])
})

test('a file without the columns of a register says what it has and what is needed', () => {
  assert.throws(
    () => check(installation, 'Tên,Tuổi\nĐào,33\n'),
    /Có: “Tên”, “Tuổi”. Cần: procedure, unit, accepted_at/,
  )
})

test('columns can be named, and empty cells filled, where a guess is wrong', () => {
  const file = 'Mã,TTHC,Vào sổ,Trả\n000.24.35.H23-230306-0007,1.004873,06/03/2023,08/03/2023\n'
  const options = {
    columns: { code: 'Mã', accepted_at: 'Vào sổ', returned_at: 'Trả' },
    defaults: { unit: 'xa-ngoc-ky', outcome: 'granted', channel: 'counter' },
  }
  const report = check(installation, file, options)
  assert.deepEqual([report.errors, report.added], [0, 1])
})

test('words that a spreadsheet or a browser would run stay words', () => {
  const fresh = testInstallation(NOW)
  importFile(fresh, csvOf({ applicant: `=cmd|' /C calc'!A0`, note: '<script>alert(1)</script>' }))
  assert.equal(
    (fresh.db.prepare('SELECT name FROM persons').get() as { name: string }).name,
    `=cmd|' /C calc'!A0`,
  )
  fresh.db.close()
})

// biome-ignore format: a table, one way of writing a line
const DAYS: readonly (readonly [string, string])[] = [
  ['2023-03-06', 'day'], ['06/03/2023', 'day'], ['6/3/2023', 'day'], ['06-03-2023', 'day'], ['06.03.2023', 'day'], ['44991', 'day'],
  ['2023-03-06T09:00', 'minute'], ['2023-03-06 09:00:00', 'minute'], ['06/03/2023 09:00', 'minute'], ['06/03/2023 9h00', 'minute'],
  ['09:00 06/03/2023', 'minute'], ['9 giờ 00 phút, ngày 06/03/2023', 'minute'], ['44991.375', 'minute'], ['2023-03-06T09:00:00+07:00', 'minute'],
]

for (const [text, grain] of DAYS) {
  test(`“${text}” is the 6th of March 2023${grain === 'minute' ? ' at nine' : ''}`, () => {
    const fresh = testInstallation(NOW)
    importFile(fresh, csvOf({ accepted_at: text }))
    const { at } = fresh.db
      .prepare(
        `SELECT strftime('%Y-%m-%d %H:%M', accepted_at / 1000, 'unixepoch', '+7 hours') AS at FROM dossiers`,
      )
      .get() as { at: string }
    assert.equal(at, grain === 'minute' ? '2023-03-06 09:00' : '2023-03-06 08:00')
    fresh.db.close()
  })
}

// biome-ignore format: a table, one name a line
const UNITS = ['xa-ngoc-ky', 'Xã Ngọc Kỳ', 'XÃ NGỌC KỲ', 'Ngọc Kỳ', '11089', '000.24.35.H23']

for (const unit of UNITS) {
  test(`“${unit}” is Xã Ngọc Kỳ on that day`, () => assert.deepEqual(wrongWith({ unit }), []))
}

test('a given due date is kept as the promise and in force, the computed one is kept beside it and the difference told', () => {
  const fresh = testInstallation(NOW)
  const report = importFile(fresh, csvOf({ ...OPEN, due_at: '15/03/2023' }))
  assert.deepEqual(report.dueDifferences.first, [
    { row: 2, code: ENDED.code, given: '2023-03-15', computed: '2023-03-09' },
  ])
  const days = `date(due_at / 1000, 'unixepoch', '+7 hours') AS due, date(appointment_at / 1000, 'unixepoch', '+7 hours') AS promised,
    date(first_due_at / 1000, 'unixepoch', '+7 hours') AS first`
  assert.deepEqual(
    { ...(fresh.db.prepare(`SELECT ${days} FROM dossiers`).get() as object) },
    { due: '2023-03-15', promised: '2023-03-15', first: '2023-03-09' },
  )
  fresh.db.close()
})

test('a dossier from before the first calendar is taken with the due date it was promised', () => {
  const fresh = testInstallation(NOW)
  fresh.db.prepare(`UPDATE unit_versions SET valid_from = '2010-01-01'`).run()
  fresh.db
    .prepare(`UPDATE settings SET value = CAST(value AS INTEGER) + 1 WHERE key = 'catalogue_version'`)
    .run()
  const old = {
    code: '000.24.35.H23-150306-0001',
    accepted_at: '06/03/2015',
    due_at: '09/03/2015',
    ended_at: '10/03/2015',
    returned_at: '',
  }
  importFile(fresh, csvOf(old))
  assert.deepEqual(
    { ...(fresh.db.prepare('SELECT due_on, end_class, late_on FROM dossiers').get() as object) },
    { due_on: '2015-03-09', end_class: 'late', late_on: '2015-03-10' },
  )
  fresh.db.close()
})

test('in a workbook problems stand at the rows of the sheet, titles and empty rows counted', () => {
  const rows = [
    ['SỔ THEO DÕI'],
    [],
    ['code', 'procedure', 'unit', 'accepted_at', 'channel'],
    [],
    ['x', '1.004873', 'xa-ngoc-ky', '06/03/2023', 'counter'],
  ]
  const { problems } = check(installation, bookOf({ So: { rows } }))
  assert.deepEqual(
    problems.filter(({ weight }) => weight === 'error').map(({ row, column }) => [row, column]),
    [[5, 'code']],
  )
})

function count(table: string): number {
  return (installation.db.prepare(`SELECT count(*) AS n FROM ${table}`).get() as { n: number }).n
}
