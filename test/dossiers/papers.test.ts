import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eq } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { groupCommit } from '../../db/group-commit.ts'
import { upsertSetting } from '../../db/queries/settings.ts'
import { officers } from '../../db/schema/catalogue.ts'
import type { DossierPaperKind } from '../../src/documents/kinds.ts'
import { storedDocument } from '../../src/documents/stored-document.ts'
import { findDossier } from '../../src/dossiers/act-on-dossier.ts'
import { dossierPapers, issueDossierPaper } from '../../src/dossiers/dossier-papers.ts'
import { type DeskIntake, deskOf } from '../support/desk.ts'
import { pdfShape, pdfText } from '../support/pdf.ts'
import { type TestInstallation, testInstallation } from '../support/test-installation.ts'
import { testProcedure } from '../support/test-procedure.ts'

const DAO = {
  name: 'Nguyễn Thị Đào',
  idNumber: '999190001234',
  phone: '0900000678',
  address: 'Thôn Ngọc Lâm, xã Ngọc Kỳ, huyện Tứ Kỳ',
}
const INTAKE: DeskIntake = {
  applicant: DAO,
  proxy: { name: 'Phạm Văn Khải' },
  channel: 'postal',
  returnMode: 'postal',
  quantity: 3,
  fee: 45_000,
  papers: [
    { name: 'Tờ khai', form: 'original', copies: 1, digitised: false },
    { name: 'Giấy tờ chứng minh nơi cư trú', form: 'copy', copies: 2, digitised: true },
    { name: 'Ảnh chụp', form: 'electronic', copies: 1, digitised: true },
  ],
}

function clerkAt(installation: TestInstallation) {
  const row = drizzle(installation.db)
    .select()
    .from(officers)
    .where(eq(officers.key, 'xa-ngoc-ky.mot-cua-1'))
    .get()!
  return { name: row.name, desk: deskOf(installation, { officerId: row.id, role: 'counter' }) }
}

async function paper(
  installation: TestInstallation,
  { id }: { id: number },
  kind: DossierPaperKind,
): Promise<Buffer> {
  const dossier = findDossier(installation, id)
  const writer = groupCommit(installation.db)
  const row = await issueDossierPaper(installation, writer, { officerId: null, role: 'counter' }, dossier, {
    kind,
  })
  return storedDocument(installation, row)
}

function says(text: string, ...parts: readonly (string | RegExp)[]): void {
  for (const part of parts) {
    if (typeof part === 'string') assert.ok(text.includes(part), `“${part}” in: ${text}`)
    else assert.match(text, part)
  }
}

test('the receipt slip has every field of form 01 with the dossier’s data', async () => {
  const installation = testInstallation('2023-03-06T09:05')
  const { desk, name } = clerkAt(installation)
  const pdf = await paper(installation, desk.log(INTAKE), 'receipt-slip')
  assert.deepEqual(pdfShape(pdf), { pages: 1, size: '148×210' })
  says(
    pdfText(pdf),
    'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
    'Độc lập - Tự do - Hạnh phúc',
    'ỦY BAN NHÂN DÂN XÃ NGỌC KỲ',
    'BỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ',
    'Ngọc Kỳ, ngày 06 tháng 03 năm 2023',
    'Mã hồ sơ: 000.24.35.H23-230306-0001',
    'GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ',
    'Tiếp nhận hồ sơ của: Nguyễn Thị Đào',
    'CCCD/MST: •••••••••234',
    'Số điện thoại: •••••••678',
    'Địa chỉ: Thôn Ngọc Lâm, xã Ngọc Kỳ, huyện Tứ Kỳ',
    'Người được ủy quyền: Phạm Văn Khải',
    'Nội dung yêu cầu giải quyết: Cấp Giấy xác nhận tình trạng hôn nhân',
    '1.004873',
    'Hình thức nộp: bưu chính công ích',
    /1 Tờ khai bản chính 1 2 Giấy tờ chứng minh nơi cư trú bản sao 2 3 Ảnh chụp bản điện tử 1/,
    'Số lượng hồ sơ: 3 (bộ)',
    'Phí, lệ phí: 45.000 đồng',
    '3 ngày làm việc',
    'Thời gian nhận hồ sơ: 09 giờ 05 phút, ngày 06 tháng 03 năm 2023',
    'Thời gian trả kết quả giải quyết hồ sơ: 17 giờ 00 phút, thứ Năm, ngày 09 tháng 03 năm 2023',
    'Đăng ký nhận kết quả: qua dịch vụ bưu chính công ích',
    /Vào Sổ theo dõi hồ sơ, quyển số: \.+ số thứ tự: \.+/,
    /NGƯỜI NỘP HỒ SƠ NGƯỜI TIẾP NHẬN HỒ SƠ/,
    new RegExp(`Phạm Văn Khải ${name}`),
    'Mẫu số 01, Thông tư 01/2018/TT-VPCP',
  )
})

test('the full identification and phone numbers are in no paper', async () => {
  const installation = testInstallation('2023-03-06T09:05')
  const { desk } = clerkAt(installation)
  const text = pdfText(await paper(installation, desk.log(INTAKE), 'receipt-slip'))
  assert.ok(!text.includes(DAO.idNumber) && !text.includes(DAO.phone))
})

test('the request for more names what is missing line by line', async () => {
  const installation = testInstallation('2023-03-06T09:05')
  const { desk, name } = clerkAt(installation)
  const dossier = desk.log(INTAKE)
  installation.at('2023-03-07T10:30')
  desk.act(dossier, 'request_supplement', { reason: 'Thiếu bản sao ly hôn\nTờ khai chưa ký' })
  const text = pdfText(await paper(installation, dossier, 'supplement-request'))
  says(
    text,
    'PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ',
    'Mã hồ sơ: 000.24.35.H23-230306-0001',
    'Hồ sơ của: Nguyễn Thị Đào',
    'Thời gian nhận hồ sơ: 09 giờ 05 phút, ngày 06 tháng 03 năm 2023',
    'Thời điểm yêu cầu: 10 giờ 30 phút, ngày 07 tháng 03 năm 2023',
    /1\. Thiếu bản sao ly hôn 2\. Tờ khai chưa ký/,
    'liên hệ với Bộ phận Tiếp nhận và Trả kết quả, Ủy ban nhân dân xã Ngọc Kỳ',
    'NGƯỜI HƯỚNG DẪN',
    name,
    'Mẫu số 02, Thông tư 01/2018/TT-VPCP',
  )
  assert.ok(!text.includes('Hạn bổ sung'))
})

test('a refusal at the counter has a slip number, no code and the reason', async () => {
  const installation = testInstallation('2023-03-06T09:05')
  const { desk } = clerkAt(installation)
  const dossier = desk.log({ ...INTAKE, act: 'refuse_intake', reason: 'Không thuộc thẩm quyền' })
  const text = pdfText(await paper(installation, dossier, 'refusal-slip'))
  says(
    text,
    'PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ',
    'Số phiếu: KTN-000.24.35.H23-230306-0001',
    'Thời điểm từ chối: 09 giờ 05 phút, ngày 06 tháng 03 năm 2023',
    'lý do cụ thể như sau: Không thuộc thẩm quyền',
    'Mẫu số 03, Thông tư 01/2018/TT-VPCP',
  )
  assert.ok(!text.includes('Mã hồ sơ'))
})

test('a refusal tells the law it rests on where the reason or the note begins so, and keeps other notes off the paper', async () => {
  const installation = testInstallation('2023-03-06T09:05')
  const { desk } = clerkAt(installation)
  const refusal = { ...INTAKE, act: 'refuse_intake' } as const
  const said = async (reason: string, note: string) =>
    pdfText(await paper(installation, desk.log({ ...refusal, reason, note }), 'refusal-slip'))
  const both = await said(
    'Nơi cư trú ở xã khác\nCăn cứ: Điều 21 Nghị định 123/2015',
    'Đã gọi điện cho người nộp',
  )
  says(both, 'như sau: Nơi cư trú ở xã khác Căn cứ: Điều 21 Nghị định 123/2015 Nếu cần')
  assert.doesNotMatch(both, /gọi điện/)
  says(await said('Nơi cư trú ở xã khác', 'Căn cứ Điều 21'), 'xã khác Căn cứ: Điều 21 Nếu cần')
  says(await said('Căn cứ Điều 21 thì không thuộc thẩm quyền', ''), 'như sau: Căn cứ Điều 21 thì')
})

test('slips before acceptance bear what stands for the code, drawn to be scanned', async () => {
  const installation = testInstallation('2023-03-06T09:05')
  const { desk } = clerkAt(installation)
  const online = desk.log({ ...INTAKE, act: 'submit', channel: 'level4' })
  desk.act(online, 'ask_before_acceptance')
  says(pdfText(await paper(installation, online, 'supplement-request')), `Mã tạm: CTN-${online.id}`)
  desk.act(online, 'refuse_intake')
  says(pdfText(await paper(installation, online, 'refusal-slip')), `Mã tạm: CTN-${online.id}`)
})

test('the only thing asked for is numbered too, and no number is printed twice', async () => {
  const installation = testInstallation('2023-03-06T09:05')
  const { desk } = clerkAt(installation)
  const asked = async (reason: string) => {
    const dossier = desk.log(INTAKE)
    desk.act(dossier, 'request_supplement', { reason })
    return pdfText(await paper(installation, dossier, 'supplement-request'))
  }
  says(await asked('Bản sao ly hôn'), 'nội dung sau: 1. Bản sao ly hôn Trong')
  says(await asked('1. Bản sao ly hôn\n2) Tờ khai'), 'nội dung sau: 1. Bản sao ly hôn 2. Tờ khai Trong')
})

test('the apology names what was promised, why it is late and the new day, and the head signs', async () => {
  const installation = testInstallation('2023-03-06T09:05')
  const { desk } = clerkAt(installation)
  const dossier = desk.log(INTAKE)
  installation.at('2023-03-08T10:30')
  desk.act(dossier, 'apologise', { appointmentAt: '2023-03-13T17:00', reason: 'Chờ xác minh' })
  says(
    pdfText(await paper(installation, dossier, 'apology-slip')),
    'PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ',
    'Kính gửi: Nguyễn Thị Đào',
    'Vào ngày 06 tháng 03 năm 2023, Ủy ban nhân dân xã Ngọc Kỳ đã tiếp nhận',
    'Thời gian hẹn trả kết quả giải quyết hồ sơ: 17 giờ 00 phút, thứ Năm, ngày 09 tháng 03 năm 2023',
    'Lý do: Chờ xác minh',
    /vào: 17 giờ 00 phút, thứ Hai, ngày 13 tháng 03 năm 2023/,
    'CHỦ TỊCH UBND',
    'Mẫu số 04, Thông tư 01/2018/TT-VPCP',
  )
})

test('the notice of stopping tells a withdrawal from a stop and claims no form number before 2025', async () => {
  for (const [act, words] of [
    ['withdraw', 'theo đề nghị của người nộp hồ sơ. Lý do: Nộp ở nơi khác'],
    ['stop', 'năm 2023. Lý do: Nộp ở nơi khác'],
  ] as const) {
    const installation = testInstallation('2023-03-06T09:05')
    const { desk } = clerkAt(installation)
    const dossier = desk.log(INTAKE)
    installation.at('2023-03-07T10:30')
    desk.act(dossier, act, { reason: 'Nộp ở nơi khác' })
    const text = pdfText(await paper(installation, dossier, 'stop-notice'))
    says(text, 'THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ', 'kể từ 10 giờ 30 phút, ngày 07 tháng 03 năm 2023', words)
    assert.doesNotMatch(text, /Mẫu số/)
  }
})

test('from 15/9/2025 the notice of stopping names who asked for it and when', async () => {
  const installation = testInstallation('2025-09-15T09:05')
  const { desk, name } = clerkAt(installation)
  const procedure = testProcedure(installation, '9.000001')
  const stopped = async (act: 'withdraw' | 'stop') => {
    installation.at('2025-09-15T09:05')
    const dossier = desk.log({ ...INTAKE, procedure })
    installation.at('2025-09-16T10:30')
    desk.act(dossier, act)
    return pdfText(await paper(installation, dossier, 'stop-notice'))
  }
  const day = 'Ngày đề nghị: ngày 16 tháng 09 năm 2025'
  says(await stopped('withdraw'), `Người đề nghị: Phạm Văn Khải ${day}`)
  says(await stopped('stop'), `Người đề nghị: ${name}, Ủy ban nhân dân xã Ngọc Kỳ ${day}`)
})

test('the request for more tells the law that asks for it, where it was written', async () => {
  const installation = testInstallation('2023-03-06T09:05')
  const { desk } = clerkAt(installation)
  const dossier = desk.log({ ...INTAKE, applicant: { ...DAO, email: 'dao.nguyen@vi-du.vn' } })
  desk.act(dossier, 'request_supplement', { reason: 'Bản sao ly hôn', note: 'Điều 22 Nghị định 123/2015' })
  const text = pdfText(await paper(installation, dossier, 'supplement-request'))
  says(text, 'Lý do, căn cứ: Điều 22 Nghị định 123/2015', 'Email: d•••@vi-du.vn')
})

test('the control sheet tells who gave the dossier to whom, leaves rows for the rest and names no citizen', async () => {
  const installation = testInstallation('2023-03-06T09:05')
  const { desk, name } = clerkAt(installation)
  const dossier = desk.log(INTAKE)
  const printed = async () => pdfText(await paper(installation, dossier, 'control-sheet'))
  assert.equal((await printed()).match(/1\. Giao: \.\.\./g)?.length, 5)
  installation.at('2023-03-06T10:00')
  desk.act(dossier, 'transfer')
  installation.at('2023-03-08T14:00')
  desk.act(dossier, 'send_for_signature')
  installation.at('2023-03-08T16:00')
  desk.act(dossier, 'finish')
  const text = await printed()
  says(
    text,
    'PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ',
    'Mã hồ sơ: 000.24.35.H23-230306-0001',
    'Cơ quan giải quyết hồ sơ: Ủy ban nhân dân xã Ngọc Kỳ',
    'Hạn trả kết quả: 17 giờ 00 phút, ngày 09 tháng 03 năm 2023',
    '1. Giao: Bộ phận Tiếp nhận và',
    `(${name})`,
    'Chuyển xử',
    '10 giờ 00 phút, ngày 06 tháng',
    '2. Nhận: Lãnh đạo Ủy ban',
    '16 giờ 00 phút, ngày 08 tháng',
    'Trước hạn',
    'Mẫu số 05, Thông tư 01/2018/TT-VPCP',
    'Bản 2, thay cho bản ngày 06/03/2023',
  )
  assert.equal(text.match(/1\. Giao:/g)?.length, 3)
  assert.ok(!text.includes(DAO.name) && !text.includes('Khải'))
})

test('a control sheet tells a transfer that the work implied, and the agencies of an inter-agency dossier', async () => {
  const installation = testInstallation('2023-03-06T09:05')
  const { desk } = clerkAt(installation)
  const dossier = desk.log(INTAKE)
  desk.act(dossier, 'finish')
  const text = pdfText(await paper(installation, dossier, 'control-sheet'))
  assert.equal(text.match(/1\. Giao:/g)?.length, 2)
  assert.ok(!text.includes('phối hợp'))
  const linked = desk.log({ procedure: '2.000986', at: '2023-03-06T08:00' })
  desk.act(linked, 'finish_step', { at: '2023-03-06T09:00' })
  const steps = pdfText(await paper(installation, linked, 'control-sheet'))
  says(
    steps,
    'Cơ quan phối hợp giải quyết hồ sơ: ',
    '1. Giao: Bộ phận Một cửa',
    '2. Nhận: cơ quan giải quyết',
    'Công an huyện Tứ Kỳ, Bảo hiểm xã hội huyện Tứ Kỳ',
  )
})

test('a control sheet has no hand-over that never was: the shop asks, and the folder stays there until it is answered', async () => {
  const installation = testInstallation('2023-03-06T09:05')
  const { desk } = clerkAt(installation)
  const asked = desk.log(INTAKE)
  installation.at('2023-03-06T10:00')
  desk.act(asked, 'request_supplement')
  const given = async (dossier: { id: number }) =>
    pdfText(await paper(installation, dossier, 'control-sheet')).match(/1\. Giao: [^.]{3}/g) ?? []
  assert.deepEqual(await given(asked), [])
  installation.at('2023-03-07T08:00')
  desk.act(asked, 'supply_supplement')
  assert.deepEqual(await given(asked), ['1. Giao: Bộ '])

  const withdrawn = desk.log(INTAKE)
  desk.act(withdrawn, 'transfer')
  desk.act(withdrawn, 'request_supplement')
  desk.act(withdrawn, 'withdraw')
  assert.deepEqual(await given(withdrawn), ['1. Giao: Bộ ', '1. Giao: Ủy '])
})

const REGIMES = [
  ['2025-06-30T09:00', 'Bộ phận Tiếp nhận và Trả kết quả', 'PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ', true],
  [
    '2025-07-01T09:00',
    'Trung tâm Phục vụ hành chính công',
    'PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ',
    true,
  ],
  [
    '2025-09-12T09:00',
    'Trung tâm Phục vụ hành chính công',
    'PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ',
    true,
  ],
  [
    '2025-09-15T09:00',
    'Trung tâm Phục vụ hành chính công',
    'VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT',
    false,
  ],
] as const

for (const [moment, shop, apology, numbered] of REGIMES) {
  test(`received on ${moment.slice(0, 10)}, papers use the words and the form numbers of that day`, async () => {
    const installation = testInstallation(moment)
    const desk = deskOf(installation)
    const dossier = desk.log({ ...INTAKE, procedure: testProcedure(installation, '9.000001') })
    const slip = pdfText(await paper(installation, dossier, 'receipt-slip'))
    says(slip, shop, shop.toUpperCase())
    assert.equal(/Mẫu số 01, Thông tư 01\/2018/.test(slip), numbered)
    assert.equal(/Mẫu số/.test(slip), numbered)
    installation.at('2025-09-16T10:00')
    desk.act(dossier, 'apologise', { appointmentAt: '2025-12-31T17:00' })
    const said = pdfText(await paper(installation, dossier, 'apology-slip'))
    says(said.toUpperCase(), apology)
    assert.equal(said.includes('xin lỗi và đề nghị gia hạn'), !numbered)
    const listed = dossierPapers(installation, findDossier(installation, dossier.id))
    const named = listed.find(({ occasion }) => occasion.kind === 'apology-slip')
    assert.equal(named?.label.toUpperCase(), apology)
    const control = pdfText(await paper(installation, dossier, 'control-sheet'))
    assert.equal(control.includes('Mẫu số 05, Thông tư 01/2018'), numbered)
  })
}

test('a limit that was not checked is not called the law’s, and a demonstration says that it is one', async () => {
  const installation = testInstallation('2023-03-06T09:00')
  const desk = deskOf(installation)
  const checked = testProcedure(installation, '9.000002', { verified: true })
  const unchecked = testProcedure(installation, '9.000003', { verified: false })
  const slip = async (procedure: string) =>
    pdfText(await paper(installation, desk.log({ procedure }), 'receipt-slip'))
  says(await slip(checked), 'Thời gian giải quyết hồ sơ theo quy định: 3 ngày làm việc')
  const plain = await slip(unchecked)
  says(plain, 'Thời gian giải quyết hồ sơ: 3 ngày làm việc')
  assert.ok(!plain.includes('trình diễn'))
  upsertSetting(installation.db, 'demo', true)
  says(await slip(unchecked), 'Bản trình diễn: người và hồ sơ là giả định')
})
