import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { entriesAfter } from '../../db/queries/audit.ts'
import { detailsOf } from '../../src/audit/entry-details.ts'
import { catalogueOf } from '../../src/catalogue/catalogue.ts'
import { localDayOf } from '../../src/domain/calendar/day.ts'
import { csvLine } from '../../src/imports/write-csv.ts'
import { planSheet } from '../../src/procedures/plan-sheet.ts'
import { readProcedureSheet } from '../../src/procedures/read-sheet.ts'
import { sampleRows, sheetRows } from '../../src/procedures/sheet-rows.ts'
import { deskOf } from '../support/desk.ts'
import { linksOf, pageApp, textOf } from '../support/page-app.ts'
import { OFFICER } from '../support/signed-in.ts'
import { type TestInstallation, testInstallation } from '../support/test-installation.ts'

const HREF = '/quan-tri/thu-tuc'
const MARRIAGE = '1.004873'

let here: TestInstallation
let app: FastifyInstance

before(async () => {
  here = testInstallation('2023-03-06T09:00')
  app = await pageApp(here)
})
after(() => app.close())

const get = (url: string, officer?: string) =>
  app.inject({ url, ...(officer && { headers: { [OFFICER]: officer } }) })
const send = (url: string, fields: Readonly<Record<string, string>>) =>
  app.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(fields).toString(),
  })
const versionsOf = (code: string) => catalogueOf(here.db).procedureByCode.get(code)!.versions
const spans = (code: string) => versionsOf(code).map(({ validFrom, validTo }) => [validFrom, validTo])
const told = () =>
  entriesAfter(here.db, 0, 1000)
    .filter(({ kind }) => kind === 'reference_changed')
    .map(({ data }) => JSON.parse(data) as Record<string, unknown>)

/** The fields of a form, as a browser would send them back. */
function fieldsIn(body: string): Record<string, string> {
  const decode = (text: string) =>
    text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&amp;', '&')
  const main = body.slice(body.indexOf('<main'))
  const inputs = [...main.matchAll(/<input[^>]* name="([^"]+)"[^>]* value="([^"]*)"/g)]
  const areas = [...main.matchAll(/<textarea[^>]* name="([^"]+)"[^>]*>([^<]*)</g)]
  const selects = [...main.matchAll(/<select[^>]* name="([^"]+)"[^>]*>(.*?)<\/select>/gs)].map(
    ([, name, options]) =>
      [
        '',
        name,
        /value="([^"]*)" selected/.exec(options!)?.[1] ?? /value="([^"]*)"/.exec(options!)![1],
      ] as const,
  )
  return Object.fromEntries(
    [...inputs, ...areas, ...selects].map(([, name, value]) => [name!, decode(value!)]),
  )
}

async function upload(csv: string) {
  const form = new FormData()
  form.append('file', new Blob([csv]), 'thu-tuc.csv')
  const request = new Request('http://x', { method: 'POST', body: form })
  return app.inject({
    method: 'POST',
    url: `${HREF}/nhap`,
    headers: { 'content-type': request.headers.get('content-type')! },
    payload: Buffer.from(await request.arrayBuffer()),
  })
}

test('procedures are found by words without marks, by code, field, online level and by what is unverified', async () => {
  const codes = async (query: string) =>
    linksOf((await get(`${HREF}?${query}`)).body)
      .filter((href) => /\/thu-tuc\/\d/.test(href))
      .map((href) => href.split('/').at(-1))
  assert.deepEqual(await codes(`q=${encodeURIComponent('TÌNH TRẠNG hon nhan')}`), [MARRIAGE])
  assert.deepEqual(await codes(`q=${MARRIAGE}`), [MARRIAGE])
  const field = await codes('linh_vuc=chung-thuc')
  assert.ok(field.includes('2.000815') && !field.includes(MARRIAGE))
  assert.ok(!(await codes('chua=1')).includes('2.000815'), 'its facts are verified')
  assert.ok((await codes('muc=2')).includes('2.000815'))
  assert.deepEqual(await codes('q=khong-co-thu-tuc-nay'), [])
})

test('a procedure shows its versions, papers and open dossiers; who may not change sees no button', async () => {
  deskOf(here).log()
  const { body } = await get(`${HREF}/${MARRIAGE}`)
  assert.match(textOf(body), /đang áp dụng .*chưa xác minh/)
  assert.match(textOf(body), /1 hồ sơ đang giải quyết theo phiên bản này/)
  assert.match(textOf(body), /Tờ khai cấp Giấy xác nhận/)
  assert.match(body, /phien-ban"/)
  const clerk = await get(`${HREF}/${MARRIAGE}`, 'xa-ngoc-ky.mot-cua-1')
  assert.equal(clerk.statusCode, 200)
  assert.doesNotMatch(clerk.body, /phien-ban"|xac-minh/)
  assert.equal((await get(`${HREF}/9.9`)).statusCode, 422)
})

test('a version is previewed, then recorded once; the one before ends the day before and nothing open moves', async () => {
  const url = `${HREF}/${MARRIAGE}/phien-ban`
  const due = () => here.db.prepare('SELECT due_at FROM dossiers').pluck().all()
  const [dueBefore, before] = [due(), versionsOf(MARRIAGE)]
  const typed = {
    ...fieldsIn((await get(url)).body),
    from: '2023-04-03',
    limit: '5 ngày làm việc',
    fee: '15.000',
  }
  const preview = await send(url, typed)
  assert.equal(preview.statusCode, 200)
  const text = textOf(preview.body)
  assert.match(text, /Áp dụng từ 03\/04\/2023 đến hết 08\/01\/2025/)
  assert.match(text, /1 hồ sơ đang giải quyết giữ phiên bản và hạn của mình; không hồ sơ nào chuyển hạn/)
  assert.match(text, /Khác phiên bản trước: thời hạn; phí, lệ phí/)
  assert.match(
    text,
    /nhận lúc 03\/04\/2023 07:30: hạn trả 10\/04\/2023 17:00, theo phiên bản trước là 06\/04\/2023 17:00/,
  )
  assert.equal(versionsOf(MARRIAGE).length, before.length, 'nothing is written')
  const record = fieldsIn(preview.body)
  assert.equal(record['do'], 'record')
  for (const _ of [1, 2]) assert.equal((await send(url, record)).headers.location, `${HREF}/${MARRIAGE}`)
  assert.deepEqual(spans(MARRIAGE), [
    ['2019-12-01', '2022-08-14'],
    ['2022-08-15', '2023-04-02'],
    ['2023-04-03', '2025-01-08'],
    ['2025-01-09', '2025-06-30'],
    ['2025-07-01', null],
  ])
  const added = versionsOf(MARRIAGE)[2]!
  assert.deepEqual([added.limitText, added.fee, added.components.length], ['5wd', 15_000, 3])
  assert.deepEqual(due(), dueBefore)
  assert.equal(told().filter(({ what }) => what === 'procedure_version').length, 1)
  here.at('2023-04-03T09:00')
  const late = deskOf(here).log()
  assert.equal(localDayOf(late.dueAt!), '2023-04-10')
  here.at('2023-03-06T09:00')
})

test('a version in the past, on a day that has one, alike or wrongly typed is refused with what may be typed', async () => {
  const url = `${HREF}/${MARRIAGE}/phien-ban`
  const typed = fieldsIn((await get(url)).body)
  for (const [fields, sentence] of [
    [{ from: '2023-03-05', limit: '9 ngày' }, /chỉ áp dụng từ hôm nay/],
    [{ from: '2023-04-03', limit: '9 ngày' }, /đã có phiên bản áp dụng từ ngày 03\/04\/2023/],
    [{ from: '2023-05-04', limit: 'ba ngày' }, /Thời hạn: “ba ngày” không dùng được\. Hãy nhập ví dụ/],
    [{ from: '2023-05-04', components: '| bản chính' }, /Thành phần hồ sơ: .* mỗi giấy tờ một dòng/],
    [{ from: '2023-05-04', steps: 'Thẩm định | khong-co | 8 giờ' }, /Quy trình: “khong-co” không dùng được/],
    [{ from: '2023-02-30' }, /Ngày “2023-02-30” không có thật/],
  ] as const) {
    const { statusCode, body } = await send(url, { ...typed, ...fields })
    assert.equal(statusCode, 422)
    assert.match(textOf(body), sentence)
  }
  const alike = await send(url, { ...typed, from: '2023-03-20', do: 'record' })
  assert.match(textOf(alike.body), /giống phiên bản trước/)
})

test('facts are verified with a source, once', async () => {
  const version = versionsOf(MARRIAGE)[1]!
  const url = `${HREF}/${MARRIAGE}/xac-minh/${version.id}`
  assert.match(textOf((await send(url, { source: '' })).body), /Nguồn: .* văn bản đã đối chiếu/)
  assert.equal((await send(url, { source: 'Quyết định 123/QĐ-UBND' })).statusCode, 303)
  const after = versionsOf(MARRIAGE)[1]!
  assert.deepEqual([after.verified, after.source], [true, 'Quyết định 123/QĐ-UBND'])
  assert.equal((await send(url, { source: 'x' })).statusCode, 422)
  assert.equal((await send(`${HREF}/${MARRIAGE}/xac-minh/999999`, { source: 'x' })).statusCode, 422)
})

test('the exported sheet read back changes nothing, as CSV and as Excel', async () => {
  for (const format of ['csv', 'xlsx']) {
    const { rawPayload } = await get(`${HREF}/tep?dang=${format}`)
    const rows = readProcedureSheet(rawPayload)
    const plan = planSheet(here, rows)
    assert.deepEqual(plan.problems, [], format)
    assert.equal(rows.length, catalogueOf(here.db).procedures.flatMap(({ versions }) => versions).length)
    assert.ok(plan.rows.every(({ kind, nameBefore }) => kind === 'unchanged' && nameBefore === null))
  }
})

test('the sample can be imported as it is', async () => {
  const csv = sampleRows()
    .map((row) => csvLine(row))
    .join('')
  assert.deepEqual(planSheet(here, readProcedureSheet(Buffer.from(csv))).problems, [])
  assert.equal((await get(`${HREF}/mau?dang=csv`)).statusCode, 200)
})

test('a sheet is previewed, then written whole: new procedures, versions in any order, a new name', async () => {
  const csv = [
    'Mã thủ tục,Tên thủ tục,Lĩnh vực,Cấp thực hiện,Áp dụng từ,Thời hạn,Nguồn,Phí',
    '9.000001,Thủ tục mới của tỉnh,Hộ tịch,xã,01/01/2024,2 ngày làm việc,QĐ 1,0',
    '9.000001,Thủ tục mới của tỉnh,Hộ tịch,xã,01/01/2020,3 ngày làm việc,QĐ 1,0',
    '2.000815,Chứng thực bản sao (tên mới),Chứng thực,xã,2023-06-01,trong ngày,QĐ 2,"3.000"',
  ].join('\n')
  const count = () => here.db.prepare('SELECT count(*) FROM procedure_versions').pluck().get() as number
  const before = count()
  const preview = await upload(csv)
  assert.equal(preview.statusCode, 200)
  const text = textOf(preview.body)
  assert.match(text, /3 dòng sẽ ghi 1 thủ tục mới, 2 phiên bản mới/)
  assert.match(
    text,
    /Phiên bản mới, đổi tên tên cũ: Chứng thực bản sao .* 01\/06\/2023 trong ngày phí, lệ phí; nguồn/,
  )
  assert.match(text, /1 thủ tục đổi tên\. .*tên mới hiện ngay ở mọi hồ sơ và báo cáo, cả của những năm trước/)
  assert.equal(count(), before)
  const fields = fieldsIn(preview.body)
  for (const _ of [1, 2]) assert.equal((await send(`${HREF}/nhap/ghi`, fields)).headers.location, HREF)
  assert.equal(count(), before + 3)
  assert.deepEqual(spans('9.000001'), [
    ['2020-01-01', '2023-12-31'],
    ['2024-01-01', null],
  ])
  const renamed = catalogueOf(here.db).procedureByCode.get('2.000815')!
  assert.equal(renamed.name, 'Chứng thực bản sao (tên mới)')
  const version = renamed.versions.find(({ validFrom }) => validFrom === '2023-06-01')!
  assert.deepEqual(
    [version.fee, version.components.length > 0],
    [3000, true],
    'columns that are missing are kept',
  )
  assert.deepEqual(told().slice(-2), [
    { what: 'procedure_sheet', rows: 3, procedures: 1, versions: 3, verified: 0, renamed: 1 },
    { what: 'procedure_renamed', procedure: renamed.id },
  ])
  assert.deepEqual(detailsOf(here, told().at(-1)!), ['đổi tên thủ tục', 'Chứng thực bản sao (tên mới)'])
})

test('what is wrong is said by row and column in words, and nothing at all is written', async () => {
  const csv = [
    'code,name,field,level,valid_from,limit,source,mode',
    '9.000002,Tốt,Hộ tịch,xã,2024-01-01,3wd,QĐ,',
    '9.000003,,Không có,tỉnh,2024-01-01,3wd,QĐ,',
    '9.000004,Thiếu hạn,Hộ tịch,xã,2024-01-01,,,nhanh',
    `${MARRIAGE},Cấp Giấy xác nhận tình trạng hôn nhân,Hộ tịch,xã,2022-08-15,9wd,QĐ,`,
    `${MARRIAGE},Cấp Giấy xác nhận tình trạng hôn nhân,Đất đai,xã,2024-08-15,9wd,QĐ,`,
    '9.000002,Tốt,Hộ tịch,xã,2024-01-01,4wd,QĐ,',
    '9.000005,Tốt,Không có,xã,hôm qua,4 tuần,QĐ,',
    `${MARRIAGE},,,,2024-08-15,9 tuần,QĐ,`,
  ].join('\n')
  const before = told().length
  const { statusCode, body } = await upload(csv)
  assert.equal(statusCode, 422)
  assert.doesNotMatch(body, /nhap\/ghi/)
  assert.doesNotMatch(textOf(body), /9 Lĩnh vực/, 'an empty cell of a known procedure says nothing')
  const text = textOf(body)
  for (const sentence of [
    /3 Tên thủ tục trống Thủ tục mới cần tên/,
    /3 Lĩnh vực Không có Hãy nhập một lĩnh vực trong danh mục/,
    /3 Cấp thực hiện tỉnh Hãy nhập xã hoặc huyện/,
    /4 Thời hạn trống Hãy nhập ví dụ: 3 ngày làm việc/,
    /4 Nguồn trống Hãy nhập văn bản quy định thủ tục/,
    /4 Hạn tính đến nhanh Hãy nhập hết ngày \(day_end\), đúng giờ \(hour_exact\)/,
    /5 Thời hạn 9wd Phiên bản từ ngày này đã ghi “3wd”/,
    /6 Lĩnh vực Đất đai Danh mục đang ghi “Hộ tịch”/,
    /7 Áp dụng từ 2024-01-01 Tệp có hai dòng cho thủ tục 9\.000002/,
    /8 Áp dụng từ hôm qua Hãy nhập ngày có thật/,
    /8 Lĩnh vực Không có Hãy nhập một lĩnh vực/,
    /8 Thời hạn 4 tuần Hãy nhập ví dụ/,
    /9 Thời hạn 9 tuần Hãy nhập ví dụ/,
  ])
    assert.match(text, sentence)
  assert.equal(catalogueOf(here.db).procedureByCode.has('9.000002'), false)
  assert.equal(told().length, before)
})

test('a sheet without its columns, without rows, of another kind or changed on the way is refused', async () => {
  for (const [csv, sentence] of [
    ['code,name\n1,2', /Tệp không có cột “Áp dụng từ”, “Thời hạn”, “Nguồn”/],
    ['code,valid_from,limit,source\n', /không có dòng nào/],
    ['', /rỗng|trống|chọn/i],
    ['%PDF-1.4 x', /./],
  ] as const) {
    const { statusCode, body } = await upload(csv)
    assert.equal(statusCode, 422)
    assert.match(textOf(body), sentence)
  }
  for (const sheet of ['', 'AAAA', Buffer.from('[{"row":1}]').toString('base64url')])
    assert.equal((await send(`${HREF}/nhap/ghi`, { sheet, version: '1' })).statusCode, 422)
})

test('a catalogue that changed since the preview is looked at again before anything is written', async () => {
  const csv = 'code,name,field,level,valid_from,limit,source\n9.000009,Mới,Hộ tịch,xã,2024-01-01,3wd,QĐ'
  const fields = fieldsIn((await upload(csv)).body)
  const overtaken = await send(`${HREF}/nhap/ghi`, {
    ...fields,
    version: String(Number(fields['version']) - 1),
  })
  assert.equal(overtaken.statusCode, 409)
  assert.match(textOf(overtaken.body), /Danh mục đã thay đổi sau khi xem trước/)
  assert.equal(catalogueOf(here.db).procedureByCode.has('9.000009'), false)
})

test('rows with formulas in them go out and come back as text', () => {
  const rows = sheetRows(catalogueOf(here.db), '2023-03-06')
  assert.equal(rows.length, 1 + catalogueOf(here.db).procedures.flatMap(({ versions }) => versions).length)
  assert.ok(rows.every((row) => row.length === rows[0]!.length))
})
