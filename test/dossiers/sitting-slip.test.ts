import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sittingSays } from '../../src/dossiers/sitting-says.ts'
import type { SittingSlip } from '../../src/paper/paper-data.ts'
import { renderPaper } from '../../src/paper/render-paper.ts'
import { deskOf } from '../support/desk.ts'
import { pdfPages, pdfShape } from '../support/pdf.ts'
import { testInstallation } from '../support/test-installation.ts'

const PAPER = { name: 'Tờ khai', form: 'original', copies: 2, digitised: false } as const

/** The pages of the slip of a sitting in which dossiers with so many papers each were handed in. */
async function slipOf(moment: string, papers: readonly number[]): Promise<readonly string[]> {
  const installation = testInstallation(moment)
  const desk = deskOf(installation)
  const applicant = { name: 'Nguyễn Thị Đào', idNumber: '999190001234' }
  const first = desk.log({ applicant, papers: Array(papers[0]).fill(PAPER), fee: 15_000 })
  installation.at(`${moment.slice(0, 13)}:15`)
  const others = papers.slice(1).map((n) =>
    desk.log({
      ...{
        applicant,
        procedure: '2.000815',
        channel: 'postal',
        returnMode: 'postal',
        quantity: 12,
        fee: 24_000,
      },
      ...{ sitting: first.code!, papers: Array(n).fill({ ...PAPER, form: 'copy' }) },
    }),
  )
  const says = sittingSays(installation, [first, ...others])
  const pdf = await renderPaper('sitting-slip', {
    ...says,
    printedOn: '2023-03-06',
    edition: null,
  } as SittingSlip)
  assert.equal(pdfShape(pdf).size, '148×210')
  return pdfPages(pdf)
}

test('the slip of a sitting has every field of form 01 for each dossier', async () => {
  const pages = await slipOf('2023-03-06T09:05', [1, 2])
  const text = pages.join(' ')
  const parts = text.split(/Hồ sơ \d\/2/)
  assert.match(
    parts[0]!,
    /Tiếp nhận hồ sơ của: Nguyễn Thị Đào .*lượt nộp này: 2\. Tổng phí, lệ phí: 39\.000 đồng/,
  )
  assert.match(text, /Mẫu số 01, Thông tư 01\/2018/)
  for (const [n, fields] of [
    [
      '000.24.35.H23-230306-0001',
      'mã thủ tục 1.004873, lĩnh vực Hộ tịch',
      'Hình thức nộp: trực tiếp. Cơ quan giải quyết: Ủy ban nhân dân xã Ngọc Kỳ',
      '1 Tờ khai bản chính 2',
      'Số lượng hồ sơ: 1 (bộ). Phí, lệ phí: 15.000 đồng',
      'Thời gian nhận hồ sơ: 09 giờ 05 phút',
    ],
    [
      '000.24.35.H23-230306-0002',
      'mã thủ tục 2.000815, lĩnh vực',
      'Hình thức nộp: bưu chính công ích. Cơ quan giải quyết',
      '1 Tờ khai bản sao 2 2 Tờ khai bản sao 2',
      'Số lượng hồ sơ: 12 (bộ). Phí, lệ phí: 24.000 đồng',
      'Thời gian nhận hồ sơ: 09 giờ 15 phút',
    ],
  ].entries()) {
    const part = parts[n + 1]!
    for (const field of fields) assert.ok(part.includes(field), `${field} in: ${part}`)
    assert.match(part, /Thời gian giải quyết hồ sơ( theo quy định)?: \S/)
    assert.match(part, /trả kết quả giải quyết hồ sơ: \d\d giờ 00 phút, thứ .*Đăng ký nhận kết quả: /)
    assert.match(part, /Vào Sổ theo dõi hồ sơ, quyển số: \.+ số thứ tự: \.+/)
  }
})

test('a dossier that fits on a page stands on one; one with 40 papers goes on to the next, and nothing is cut', async () => {
  const pages = await slipOf('2025-09-15T09:05', [1, 1, 40, 1])
  const whole = pages.filter((page) => /Hồ sơ 2\/4.*Vào Sổ theo dõi/.test(page))
  assert.equal(whole.length, 1)
  const text = pages.join(' ')
  assert.equal(text.match(/Tờ khai bản (chính|sao) 2/g)?.length, 43)
  assert.equal(text.match(/Vào Sổ theo dõi hồ sơ/g)?.length, 4)
  assert.match(pages.at(-1)!, /NGƯỜI NỘP HỒ SƠ.*Giấy này lập thành hai liên/)
  assert.match(text, /Trung tâm Phục vụ hành chính công/)
})
