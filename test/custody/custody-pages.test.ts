import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { findDossierById } from '../../db/queries/dossiers.ts'
import { foldersOnTheWay } from '../../db/queries/hand-overs.ts'
import { upsertSetting } from '../../db/queries/settings.ts'
import { deskOf } from '../support/desk.ts'
import { textOf } from '../support/page-app.ts'
import { pdfShape, pdfText } from '../support/pdf.ts'
import { person } from '../support/people.ts'
import { serviceApp } from '../support/service-app.ts'
import { OFFICER } from '../support/signed-in.ts'
import { type TestInstallation, testInstallation } from '../support/test-installation.ts'

const COUNTER = 'xa-ngoc-ky.mot-cua-1'
const RECEIVER = 'phong-tu-phap.chuyen-vien-1'
const SUPERVISOR = 'huyen-tu-ky.giam-sat'
const WITH_FEE = '2.000635'
const NO_DOSSIER_SCANNED = '/cuoi-ngay/quet?unit=xa-ngoc-ky&ma=khong-co'

let installation: TestInstallation
let app: FastifyInstance

before(async () => {
  installation = testInstallation()
  app = await serviceApp(installation)
})
after(() => app.close())

const get = (url: string, officer = COUNTER) => app.inject({ url, headers: { [OFFICER]: officer } })
const post = (url: string, fields: Record<string, string>, officer = COUNTER) =>
  app.inject({
    method: 'POST',
    url,
    headers: { [OFFICER]: officer, 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(fields).toString(),
  })
const send = (url: string, payload: object, officer = COUNTER) =>
  app.inject({ method: 'POST', url, headers: { [OFFICER]: officer }, payload })
const dossier = (intake = {}) => deskOf(installation).log(intake)
const scanned = (body: string) => /name="codes" value="([^"]*)"/.exec(body)?.[1]

test('codes are scanned one a form, kept by the form, and sent as one sheet', async () => {
  const codes = [dossier().code!, dossier().code!, dossier().code!]
  let kept = ''
  for (const code of codes) {
    const page = await post('/ban-giao', { from: 'xa-ngoc-ky', do: 'add', codes: kept, code })
    assert.equal(page.statusCode, 200)
    kept = scanned(page.body)!
  }
  assert.equal(kept, codes.join(' '))
  const twice = await post('/ban-giao', { from: 'xa-ngoc-ky', do: 'add', codes: kept, code: codes[0]! })
  assert.equal(twice.statusCode, 422)
  assert.match(textOf(twice.body), /đã có trong phiếu này/)
  assert.equal(scanned(twice.body), kept)
  const without = await post('/ban-giao', { from: 'xa-ngoc-ky', codes: kept, remove: codes[1]! })
  assert.equal(scanned(without.body), `${codes[0]} ${codes[2]}`)
  const nowhere = await post('/ban-giao', { from: 'xa-ngoc-ky', do: 'send', codes: kept, to: '' })
  assert.equal(nowhere.statusCode, 422)
  const form = { from: 'xa-ngoc-ky', to: 'phong-tu-phap', do: 'send', codes: kept, once: 'one-sheet' }
  const sent = await post('/ban-giao', form)
  assert.equal(sent.statusCode, 303)
  assert.equal((await post('/ban-giao', form)).headers.location, sent.headers.location)
  const sheet = await get(sent.headers.location as string)
  assert.match(textOf(sheet.body), /Xã Ngọc Kỳ giao Phòng Tư pháp huyện Tứ Kỳ 3 hồ sơ/)
})

test('the sheet prints once as it was sent, and anew without what was taken back', async () => {
  const codes = [dossier().code!, dossier().code!]
  const form = { from: 'xa-ngoc-ky', to: 'phong-tu-phap', do: 'send', codes: codes.join(' '), once: 'print' }
  const href = (await post('/ban-giao', form)).headers.location as string
  const print = () => get(`${href}/phieu.pdf`)
  const first = await print()
  assert.equal(first.headers['content-type'], 'application/pdf')
  assert.deepEqual(pdfShape(first.rawPayload), { pages: 1, size: '210×297' })
  for (const words of [
    ...codes,
    decodeURIComponent(href.split('/').at(-1)!),
    'Số hồ sơ: 2',
    'Đỗ Thị Nhàn',
    'BÊN NHẬN',
  ])
    assert.ok(pdfText(first.rawPayload).includes(words), words)
  installation.at('2023-03-06T09:20')
  assert.ok((await print()).rawPayload.equals(first.rawPayload))
  const id = (
    installation.db.prepare('SELECT id FROM dossiers WHERE code = ?').pluck().get(codes[1]) as number
  ).toString()
  assert.equal((await post(`${href}/thu-hoi`, { dossier: id }, RECEIVER)).statusCode, 422)
  assert.equal((await post(`${href}/thu-hoi`, { dossier: id })).statusCode, 303)
  const second = pdfText((await print()).rawPayload)
  assert.match(second, /Bản 2, thay cho bản ngày 06\/03\/2023/)
  assert.ok(second.includes(codes[0]!) && !second.includes(codes[1]!))
})

test('what is taken back is the whole sheet or a folder of it, and nothing where the choice cannot be read', async () => {
  const here = dossier()
  const elsewhere = dossier()
  const codes = [here.code!, dossier().code!]
  const form = { from: 'xa-ngoc-ky', to: 'phong-tu-phap', do: 'send', codes: codes.join(' '), once: 'recall' }
  const href = (await post('/ban-giao', form)).headers.location as string
  const onTheWay = () => foldersOnTheWay(installation.db, null).filter(({ code }) => codes.includes(code))
  for (const fields of [{ dossier: 'x1' }, {}, { dossier: String(elsewhere.id) }, { dossier: '1e999' }]) {
    const refusal = await post(`${href}/thu-hoi`, fields as Record<string, string>)
    assert.equal(refusal.statusCode, 422)
    assert.match(textOf(refusal.body), /nên chưa thu hồi gì/)
    assert.equal(onTheWay().length, 2)
  }
  await post(`${href}/thu-hoi`, { dossier: String(here.id) })
  assert.deepEqual(
    onTheWay().map(({ code }) => code),
    [codes[1]],
  )
  await post(`${href}/thu-hoi`, { dossier: '' })
  assert.equal(onTheWay().length, 0)
})

test('who only watches reads the sheet as it was printed, and has none printed', async () => {
  const form = { from: 'xa-ngoc-ky', to: 'phong-tu-phap', do: 'send', codes: dossier().code!, once: 'watch' }
  const href = (await post('/ban-giao', form)).headers.location as string
  assert.equal((await get(`${href}/phieu.pdf`, SUPERVISOR)).statusCode, 404)
  const printed = await get(`${href}/phieu.pdf`)
  const read = await get(`${href}/phieu.pdf`, SUPERVISOR)
  assert.ok(read.rawPayload.equals(printed.rawPayload))
})

test('the other side scans each folder, and the dossier shows the chain', async () => {
  const { code } = dossier()
  await post('/ban-giao', {
    from: 'xa-ngoc-ky',
    to: 'phong-tu-phap',
    do: 'send',
    codes: code!,
    once: 'chain',
  })
  const coming = await get('/ban-giao/nhan', RECEIVER)
  assert.ok(coming.body.includes(code!))
  const received = await post(
    '/ban-giao/nhan',
    { unit: 'phong-tu-phap', code: code!.toLowerCase() },
    RECEIVER,
  )
  assert.equal(received.statusCode, 303)
  const again = await post('/ban-giao/nhan', { unit: 'phong-tu-phap', code: code! }, RECEIVER)
  assert.equal(again.statusCode, 422)
  assert.match(textOf(again.body), /đã nhận lúc 06\/03\/2023/)
  assert.match(
    textOf((await get(`/ho-so/${code}`)).body),
    /Bản giấy .*Xã Ngọc Kỳ → Phòng Tư pháp.*nhận 06\/03/,
  )
})

test('the people of one’s unit are offered beside the other units, and what they get is theirs to scan', async () => {
  const { code } = dossier()
  const form = await get('/ban-giao')
  assert.match(
    form.body,
    /<optgroup label="Trong Xã Ngọc Kỳ">.*value="@xa-ngoc-ky\.van-hoa-xa-hoi"[^>]*>Ngô Kim Oanh</s,
  )
  assert.doesNotMatch(form.body, /value="@xa-ngoc-ky\.mot-cua-1"/)
  const sent = await post('/ban-giao', {
    ...{ from: 'xa-ngoc-ky', to: '@xa-ngoc-ky.van-hoa-xa-hoi', do: 'send', codes: code!, once: 'within' },
  })
  const href = sent.headers.location as string
  const between = /Đỗ Thị Nhàn, Xã Ngọc Kỳ giao Ngô Kim Oanh, Xã Ngọc Kỳ 1 hồ sơ/
  assert.match(textOf((await get(href)).body), between)
  const paper = pdfText((await get(`${href}/phieu.pdf`)).rawPayload)
  assert.match(paper, /Bên nhận: Ngô Kim Oanh, Xã Ngọc Kỳ/)
  const chain = async () => textOf((await get(`/ho-so/${code}`)).body)
  assert.match(await chain(), /Đỗ Thị Nhàn → Ngô Kim Oanh .*đang trên đường/)
  const coming = textOf((await get('/ban-giao/nhan', 'xa-ngoc-ky.van-hoa-xa-hoi')).body)
  assert.match(coming, /Đang đến 1 hồ sơ/)
  const others = textOf((await get('/ban-giao/nhan', 'xa-ngoc-ky.mot-cua-2')).body)
  assert.match(others, /Đang đến 0 hồ sơ .*Đang đến người khác trong đơn vị 1 hồ sơ/)
  await post('/ban-giao/nhan', { unit: 'xa-ngoc-ky', code: code! }, 'xa-ngoc-ky.mot-cua-2')
  assert.match(textOf((await get(href)).body), /đã nhận 06\/03 \S+, Ngô Văn Toản nhận thay/)
  assert.match(await chain(), /người nhận Ngô Văn Toản nhận 06\/03\/2023/)
})

test('a sheet is shown to both sides and to whoever is above, and to nobody else', async () => {
  const { code } = dossier()
  const form = { from: 'xa-ngoc-ky', to: 'phong-tu-phap', do: 'send', codes: code!, once: 'seen' }
  const href = (await post('/ban-giao', form)).headers.location as string
  assert.equal((await get(href, RECEIVER)).statusCode, 200)
  assert.equal((await get(href, SUPERVISOR)).statusCode, 200)
  assert.equal((await get(href, 'xa-an-thanh.mot-cua-1')).statusCode, 404)
})

test('what has been too long on its way is counted, with who sent it, after the hours that are set', async () => {
  const { code } = dossier()
  await post('/ban-giao', { from: 'xa-ngoc-ky', to: 'phong-tu-phap', do: 'send', codes: code!, once: 'late' })
  installation.at('2023-03-07T15:00')
  const open = foldersOnTheWay(installation.db, null).length
  const page = textOf((await get('/ban-giao/dang-chuyen')).body)
  assert.ok(page.includes(`${open} hồ sơ đang trên đường, ${open} quá 4 giờ làm việc`))
  assert.match(page, /Đỗ Thị Nhàn .* quá lâu: \d+ giờ/)
  assert.doesNotMatch((await get('/ban-giao/dang-chuyen', SUPERVISOR)).body, /name="hours"/)
  upsertSetting(installation.db, 'folder_hours', 20)
  assert.match(textOf((await get('/ban-giao/dang-chuyen')).body), /0 quá 20 giờ làm việc/)
})

test('programs hand over and acknowledge too, once for a key', async () => {
  const codes = [dossier().code!, dossier().code!]
  const key = { 'idempotency-key': 'hand-over-1', [OFFICER]: COUNTER }
  const request = {
    method: 'POST',
    url: '/api/v1/hand-overs',
    headers: key,
    payload: { to: 'phong-tu-phap', codes },
  } as const
  const sent = await app.inject(request)
  assert.equal(sent.statusCode, 201)
  assert.deepEqual((await app.inject(request)).json(), sent.json())
  const { number, from, folders } = sent.json()
  assert.deepEqual([from, folders.length, folders[0].receivedAt], ['xa-ngoc-ky', 2, null])
  const received = await send('/api/v1/hand-overs/receipts', { codes }, RECEIVER)
  assert.deepEqual(
    received
      .json()
      .folders.map((folder: { code: string; unit: string; handOver: string }) => [
        folder.unit,
        folder.handOver,
      ]),
    [
      ['phong-tu-phap', number],
      ['phong-tu-phap', number],
    ],
  )
  const within = await send('/api/v1/hand-overs', {
    toOfficer: 'xa-ngoc-ky.van-hoa-xa-hoi',
    codes: [dossier().code!],
  })
  const sheet = within.json()
  assert.deepEqual([sheet.to, sheet.toOfficer], ['xa-ngoc-ky', 'xa-ngoc-ky.van-hoa-xa-hoi'])
  const taken = await send('/api/v1/hand-overs/receipts', { codes: [sheet.folders[0].code] })
  assert.equal(taken.json().folders[0].receivedBy, COUNTER)
  const refusal = await send('/api/v1/hand-overs/receipts', { codes }, RECEIVER)
  assert.deepEqual([refusal.statusCode, refusal.json().code], [409, 'folder_not_on_the_way'])
  const listed = (await app.inject({ url: '/api/v1/hand-overs', headers: { [OFFICER]: RECEIVER } })).json()
    .handOvers
  assert.ok(listed.some((sheet: { number: string }) => sheet.number === number))
})

test('a fee is found by its code, taken with a receipt, listed by payment, and struck through when void', async () => {
  const paid = dossier({ procedure: WITH_FEE, quantity: 2, applicant: { name: 'Nguyễn Thị Đào' } })
  const lost = await get('/thu-phi?ma=000.24.35.H23-230306-9999')
  assert.equal(lost.statusCode, 422)
  assert.match(textOf(lost.body), /Không tìm thấy hồ sơ/)
  assert.match(
    textOf((await get(`/thu-phi?ma=${paid.code}`)).body),
    /Nguyễn Thị Đào .* 16\.000 đồng, chưa nộp/,
  )
  const wrong = await post('/thu-phi', {
    unit: 'xa-ngoc-ky',
    code: paid.code!,
    payment: 'cash',
    amount: 'mười',
  })
  assert.equal(wrong.statusCode, 422)
  const taken = await post('/thu-phi', {
    unit: 'xa-ngoc-ky',
    code: paid.code!,
    payment: 'cash',
    amount: '16.000',
  })
  assert.equal(taken.statusCode, 303)
  const href = taken.headers.location as string
  const today = '/thu-phi?ngay=2023-03-07'
  assert.match(textOf((await get(today)).body), /Tiền mặt: 1 biên lai, huỷ 0 16\.000/)
  const pdf = await get(`${href}/bien-lai.pdf`)
  assert.match(pdfText(pdf.rawPayload), /16\.000 đồng .*mười sáu nghìn đồng/)
  assert.equal(pdfShape((await get(`${href}/bien-lai.pdf?kho=80`)).rawPayload).size.split('×')[0], '80')
  assert.equal((await post(`${href}/huy`, { reason: 'Nhầm người' }, 'xa-ngoc-ky.mot-cua-2')).statusCode, 422)
  assert.equal((await post(`${href}/huy`, { reason: 'Nhầm người' })).statusCode, 303)
  const voided = await get(today)
  assert.match(voided.body, /<s>BL-000\.24\.35\.H23-2023-000001<\/s>/)
  assert.match(textOf(voided.body), /Tiền mặt: 1 biên lai, huỷ 1 0/)
  assert.equal(findDossierById(installation.db, paid.id)!.feePayment, null)
  assert.equal((await get(href, 'xa-an-thanh.mot-cua-1')).statusCode, 404)
})

test('a day is closed with its cash, prints its register, and is opened again by the head only', async () => {
  const paid = dossier({ procedure: WITH_FEE })
  await post('/thu-phi', { unit: 'xa-ngoc-ky', code: paid.code!, payment: 'cash', amount: '8.000' })
  const open = textOf((await get('/cuoi-ngay')).body)
  assert.match(open, /Từ trước chuyển sang/)
  assert.match(open, /Theo biên lai 8\.000 đồng/)
  const asked = { unit: 'xa-ngoc-ky', ngay: '2023-03-07' }
  assert.match(open, /Chốt trước giờ kết thúc 17:00/)
  const early = await post('/cuoi-ngay', { ...asked, cash: '8.000' })
  assert.match(textOf(early.body), /Đến 17:00 mới hết giờ làm việc/)
  const desk = { ...asked, early: '1' }
  const missing = await post('/cuoi-ngay', { ...desk, cash: '7.000' })
  assert.equal(missing.statusCode, 422)
  assert.match(textOf(missing.body), /Tiền mặt lệch -1\.000 đồng/)
  assert.match(missing.body, /name="cash"[^>]* value="7\.000"/)
  const closed = await post('/cuoi-ngay', { ...desk, cash: '7.000', cashNote: 'Thiếu tiền lẻ' })
  assert.equal(closed.statusCode, 303)
  const page = textOf((await get(closed.headers.location as string)).body)
  assert.match(page, /Đã chốt lúc .*Đỗ Thị Nhàn/)
  assert.match(page, /Mở đầu thứ Tư 08\/03\/2023/)
  assert.match(textOf((await get(NO_DOSSIER_SCANNED)).body), /Không tìm thấy hồ sơ.*Đã chốt lúc/)
  assert.match(page, /Biên lai 2 biên lai thu hoặc huỷ .*Tiền mặt: 2 biên lai, huỷ 1 8\.000/)
  assert.doesNotMatch(page, /Sau khi chốt/)
  const second = await post('/cuoi-ngay', { ...desk, cash: '7.500', cashNote: 'Đếm lại' })
  assert.equal(second.statusCode, 422)
  assert.match(
    textOf(second.body),
    /Ngày này đã được Đỗ Thị Nhàn chốt lúc .* Vừa nhập: tiền mặt 7\.500; lý do “Đếm lại”/,
  )
  assert.doesNotMatch(second.body, /<details class="reopen" open|Muốn ghi thêm tiền/)
  const after = dossier({ procedure: WITH_FEE, feePayment: 'cash' })
  const since = textOf((await get(closed.headers.location as string)).body)
  assert.match(since, /Sau khi chốt 1 hồ sơ tiếp nhận, 1 khoản phí; thuộc lần chốt sau/)
  assert.match(textOf((await get(`/thu-phi?ma=${after.code}`)).body), /thuộc tiền của lần chốt sau/)
  await post('/thu-phi', { unit: 'xa-ngoc-ky', code: after.code!, payment: 'cash', amount: '8.000' })
  assert.match(textOf((await get('/thu-phi?ngay=2023-03-07')).body), /Sau khi chốt ngày, thuộc lần chốt sau/)
  const pdf = await get('/cuoi-ngay/so.pdf?unit=xa-ngoc-ky&ngay=2023-03-07')
  assert.ok(pdfText(pdf.rawPayload).includes(paid.code!))
  assert.ok(
    (await get('/cuoi-ngay/so.pdf?unit=xa-ngoc-ky&ngay=2023-03-07')).rawPayload.equals(pdf.rawPayload),
  )
  assert.equal((await post('/cuoi-ngay/mo-lai', { ...desk, reason: 'Sót' })).statusCode, 422)
  assert.equal(
    (await post('/cuoi-ngay/mo-lai', { ...desk, reason: 'Sót' }, 'xa-ngoc-ky.chu-tich')).statusCode,
    303,
  )
  assert.match(textOf((await get('/cuoi-ngay')).body), /được mở lại lúc .*: Sót/)
})

test('who watches and who audits read the end of a day and its receipts as printed, and can do nothing there', async () => {
  person(installation, 'kiem-tra', 'Đỗ Kiểm Tra', { roles: ['auditor'] })
  const query = '?unit=xa-ngoc-ky&ngay=2023-03-07'
  const receipt = installation.db.prepare('SELECT number FROM fee_receipts ORDER BY id').pluck().get()
  for (const reader of [SUPERVISOR, 'kiem-tra']) {
    const day = await get(`/cuoi-ngay${query}`, reader)
    assert.match(textOf(day.body), /Tiền theo biên lai Ngày này chưa chốt lại\. Tiền mặt 8\.000/)
    assert.doesNotMatch(day.body, /class="form"|cuoi-ngay\/quet/)
    assert.match(textOf((await get(`/thu-phi${query}`, reader)).body), /Tiền mặt: 2 biên lai, huỷ 1/)
    const one = await get(`/thu-phi/${receipt}`, reader)
    assert.equal(one.statusCode, 200)
    assert.doesNotMatch(one.body, /Lý do huỷ|kho=80/)
    assert.equal((await get(`/thu-phi/${receipt}/bien-lai.pdf`, reader)).statusCode, 200)
    const pdf = await get(`/cuoi-ngay/so.pdf${query}`, reader)
    assert.match(pdfText(pdf.rawPayload), /Ngày 07\/03\/2023/)
    assert.equal(
      (await post('/cuoi-ngay', { unit: 'xa-ngoc-ky', ngay: '2023-03-07' }, reader)).statusCode,
      403,
    )
  }
  assert.match((await get(`/cuoi-ngay${query}`, 'xa-an-thanh.mot-cua-1')).body, /Hãy chọn Bộ phận Một cửa/)
})

test('the day after one that was opened again leads back to it', async () => {
  installation.at('2023-03-08T17:30')
  const page = await get('/cuoi-ngay')
  assert.match(textOf(page.body), /Ngày 07\/03\/2023 đã được mở lại và chưa chốt lại/)
  assert.match(page.body, /href="\/cuoi-ngay\?unit=xa-ngoc-ky&amp;ngay=2023-03-07"/)
  assert.doesNotMatch(page.body, /name="cash"/)
  const refusal = await post('/cuoi-ngay', { unit: 'xa-ngoc-ky', ngay: '2023-03-08', cash: '0' })
  assert.equal(refusal.statusCode, 422)
  assert.match(textOf(refusal.body), /Hãy chốt ngày 07\/03\/2023 trước/)
})

test('an online submission whose hours are over stands apart from those whose hours end soon, with the sign', async () => {
  dossier({ procedure: '1.004873', channel: 'online', act: 'submit' })
  installation.at('2023-03-09T16:00')
  dossier({ procedure: '1.004873', channel: 'online', act: 'submit' })
  installation.at('2023-03-10T11:00')
  const { body } = await get('/cuoi-ngay')
  const text = textOf(body)
  assert.match(text, /Trực tuyến đã quá 8 giờ tiếp nhận 1 hồ sơ .* quá 0?\d:\d\d giờ làm việc/)
  assert.match(
    text,
    /Trực tuyến sắp hết 8 giờ 1 hồ sơ, trong 4 giờ làm việc tới .* còn 0?\d:\d\d giờ làm việc/,
  )
  assert.match(body, /class="due overdue"/)
  assert.match(text, /Ngày trước/)
  assert.doesNotMatch(text, /Kỳ trước/)
})

test('a slip scanned at the end of the day opens the form that closes its dossier', async () => {
  const { code } = dossier()
  const scan = await get(`/cuoi-ngay/quet?unit=xa-ngoc-ky&ma=${code!.toLowerCase()}`)
  assert.equal(scan.headers.location, `/ho-so/${code}/khep`)
})

test('a code of no dossier scanned at the end of the day is refused at the field it was scanned into', async () => {
  const { statusCode, body } = await get(NO_DOSSIER_SCANNED)
  assert.equal(statusCode, 422)
  const form = /<form class="scan".*?<\/form>/s.exec(body)?.[0] ?? ''
  assert.match(textOf(form), /Không tìm thấy hồ sơ “KHONG-CO”/)
  assert.equal(body.match(/role="alert"/g)?.length, 1)
})

test('what was done stands in the audit, by ids and counts', async () => {
  const rows = installation.db
    .prepare(
      `SELECT kind, data FROM audit_entries WHERE kind IN ('folder_handed_over', 'fee_receipt', 'day_closed')`,
    )
    .all() as readonly { kind: string; data: string }[]
  assert.deepEqual([...new Set(rows.map(({ kind }) => kind))].sort(), [
    'day_closed',
    'fee_receipt',
    'folder_handed_over',
  ])
  for (const { data } of rows) assert.doesNotMatch(data, /[À-ỹ]|Sót|Nhầm/)
})
