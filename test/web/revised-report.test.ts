import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { parsePeriod } from '../../src/domain/calendar/periods.ts'
import { report } from '../../src/reports/report.ts'
import { adjustWeek } from '../support/adjusted-week.ts'
import { deskOf, HEAD } from '../support/desk.ts'
import { linksOf, pageApp, textOf } from '../support/page-app.ts'
import type { TestInstallation } from '../support/test-installation.ts'
import { weekOfDossiers } from '../support/week-of-dossiers.ts'

let installation: TestInstallation
let app: FastifyInstance

before(async () => {
  installation = weekOfDossiers()
  adjustWeek(installation)
  app = await pageApp(installation)
})
after(() => app.close())

const page = (url: string) => app.inject({ method: 'GET', url })
const get = async (url: string) => (await page(url)).body
const boxOf = (body: string) => textOf(/<section class="adjustments[\s\S]*?<\/section>/.exec(body)?.[0] ?? '')
const received = (reading: number | 'current') =>
  report(installation, {
    period: parsePeriod('2023-W10'),
    by: 'unit',
    attribution: 'resolving',
    reading,
  }).total.tally.received

test('a closed week shows its first revision, says that it was adjusted, and offers the later ones', async () => {
  const body = await get('/bao-cao/2023-W10')
  assert.match(textOf(body), new RegExp(`Tiếp nhận trong kỳ ${received(1)} `))
  assert.match(textOf(body), /5 điều chỉnh sau khi chốt/)
  assert.match(textOf(body), /Bản 1, chốt 13\/03\/2023 06:00 Bản 2, lập 14\/03\/2023 01:00 Số liệu hiện tại/)
  assert.match(textOf(body), /Chốt 13\/03 06:00 bản 1 công thức/)
})

test('the box tells each counter by unit, each event with its dossier, and what waits for the night', async () => {
  const body = await get('/bao-cao/2023-W10')
  const box = boxOf(body)
  assert.match(box, new RegExp(`Tổng số tiếp nhận trong kỳ ${received(1)} → ${received('current')}`))
  assert.match(box, /Thị trấn Tứ Kỳ tiếp nhận trong kỳ 15 → 16/)
  assert.match(
    box,
    /000\.24\.35\.H23-230309-\d{4} Tiếp nhận 09\/03\/2023 14:10 13\/03\/2023 09:00 Hệ thống: Bàn tiếp nhận ghi sổ giấy khi mất điện, nay nhập bù bản 2/,
  )
  assert.match(box, /chưa vào bản nào \(đêm nay\)/)
  const codes = linksOf(/<section class="adjustments[\s\S]*?<\/section>/.exec(body)![0]).filter((href) =>
    href.startsWith('/ho-so/'),
  )
  assert.equal(codes.length, 4, 'five events of four dossiers')
  for (const href of codes) assert.equal((await page(href)).statusCode, 200, href)
})

test('a week to which nothing happened after its closing has no box and no choice', async () => {
  const body = await get('/bao-cao/2023-W09')
  assert.equal(boxOf(body), '')
  assert.doesNotMatch(body, /name="ban"/)
})

test('the chosen revision is read, named and kept when the unit changes and when a figure is opened', async () => {
  const body = await get('/bao-cao/2023-W10?ban=2')
  assert.match(textOf(body), new RegExp(`Tiếp nhận trong kỳ ${received(2)} `))
  assert.match(textOf(body), /Chốt 13\/03 06:00 bản 2, lập 14\/03\/2023 01:00/)
  assert.match(body, /<input type="hidden" name="ban" value="2">/)
  const figure = linksOf(body).find((href) => href.includes('/ho-so?counter=received&'))!
  assert.match(figure, /ban=2/)
  assert.match(
    textOf(await get(figure)),
    new RegExp(`${received('current')} hồ sơ tiếp nhận trong kỳ Ở bản 2, con số này là ${received(2)}\\.`),
  )
  const now = textOf(await get('/bao-cao/2023-W10?ban=hien-tai'))
  assert.match(now, new RegExp(`Tiếp nhận trong kỳ ${received('current')} `))
  assert.match(now, /Số liệu hiện tại lúc 14\/03\/2023 09:00, sau các điều chỉnh, không phải số đã chốt/)
})

const REFUSED = [
  ['/bao-cao/2023-W10?ban=3', 404, 'không có bản 3; bản mới nhất là bản 2'],
  ['/bao-cao/2023-W10?ban=hai', 422, 'Bản “hai” không hợp lệ'],
  ['/bao-cao/2023-W11?ban=1', 404, 'chưa chốt nên chưa có bản chốt'],
  ['/bao-cao/2023-W11/so-sanh', 404, 'chưa chốt nên chưa có bản chốt'],
  ['/bao-cao/2023-W10/so-sanh?tu=2&den=1', 422, 'phải mới hơn bản trước'],
  ['/bao-cao/2023-W10/so-sanh?tu=hien-tai&den=1', 422, 'phải mới hơn bản trước'],
] as const

for (const [url, status, sentence] of REFUSED) {
  test(`${url} is refused with a sentence: ${sentence}`, async () => {
    const response = await page(url)
    assert.equal(response.statusCode, status)
    assert.ok(textOf(response.body).includes(sentence), textOf(response.body))
  })
}

test('two revisions side by side: before, after, difference, a total and the events between them', async () => {
  const body = await get('/bao-cao/2023-W10/so-sanh?tu=1&den=2')
  const text = textOf(body)
  assert.match(text, /Bản 2 khác bản 1 ở 2 đơn vị, do 4 việc/)
  assert.match(
    text,
    new RegExp(`Tổng số Tiếp nhận trong kỳ ${received(1)} ${received(2)} \\+${received(2) - received(1)} `),
  )
  assert.match(text, /Rút khi còn hạn 5 4 −1/)
  assert.match(
    text,
    /Tỷ lệ giải quyết đúng hạn \(trên số đã giải quyết\) V1 67,74 % 21\/31 68,75 % 22\/32 tăng 1,01 điểm %/,
  )
  assert.doesNotMatch(text, /Thị trấn Tứ Kỳ Tiếp nhận/)
  const own = textOf(await get('/bao-cao/2023-W10/so-sanh?tu=1&den=2&unit=xa-ngoc-ky'))
  assert.match(own, /Bản 2 khác bản 1 ở 1 đơn vị, do 1 việc/)
  assert.match(textOf(await get('/bao-cao/2023-W09/so-sanh')), /Bản 1 và số liệu hiện tại như nhau/)
})

test('the week after prints the bridge from the closed stock to what it begins with', async () => {
  const body = await get('/bao-cao/2023-W11')
  assert.match(
    textOf(body),
    /Khớp: đang giải quyết khi chốt Tuần 10\/2023 \(06\/03\/2023 – 12\/03\/2023\) 40 \+ điều chỉnh kỳ trước \+2 = kỳ trước chuyển qua 42/,
  )
  assert.match(textOf(body), /Thị trấn Tứ Kỳ 11 \+1 12 .* Tổng số 40 \+2 42/)
  const own = textOf(await get('/bao-cao/2023-W11?unit=xa-quang-phuc'))
  assert.doesNotMatch(own, /điều chỉnh kỳ trước/)
})

test('a week in which nothing had happened when it was closed shows what was found later', async () => {
  const other = weekOfDossiers()
  const found = { at: '2023-03-09T14:10', unit: 'xa-cong-lac', reason: 'Ghi sót' }
  deskOf(other, HEAD).log(found)
  const pages = await pageApp(other)
  const { body } = await pages.inject({ method: 'GET', url: '/bao-cao/2023-W10?unit=xa-cong-lac' })
  await pages.close()
  assert.match(textOf(body), /Không phát sinh hồ sơ 1 điều chỉnh sau khi chốt/)
  assert.match(boxOf(body), /Xã Cộng Lạc tiếp nhận trong kỳ 0 → 1/)
})
