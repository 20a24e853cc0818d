import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { parsePeriod } from '../../src/domain/calendar/periods.ts'
import { countChange, rateChange } from '../../src/reports/change.ts'
import { finding } from '../../src/reports/finding.ts'
import { report } from '../../src/reports/report.ts'
import { linksOf, pageApp, textOf } from '../support/page-app.ts'
import type { TestInstallation } from '../support/test-installation.ts'
import { weekOfDossiers } from '../support/week-of-dossiers.ts'

let installation: TestInstallation
let app: FastifyInstance

before(async () => {
  installation = weekOfDossiers()
  app = await pageApp(installation)
})
after(() => app.close())

const get = async (url: string) => (await app.inject({ method: 'GET', url })).body

test('every figure of a week opens as many dossiers as it says', async () => {
  const body = await get('/bao-cao/2023-W10')
  const figures = [
    ...body.matchAll(/<a href="([^"]*ho-so\?counter=[^"]+)" aria-label="([\d.]+) hồ sơ[^"]*">([\d.]+)<\/a>/g),
  ]
  assert.ok(figures.length > 30, `${figures.length} figures`)
  for (const [, href, , printed] of figures) {
    const n = Number(printed!.replaceAll('.', ''))
    assert.equal(await rowsBehind(href!.replaceAll('&amp;', '&')), n, href!)
  }
})

async function rowsBehind(first: string): Promise<number> {
  let rows = 0
  let url: string | undefined = first
  while (url !== undefined) {
    const body: string = await get(url)
    rows += body.split('<a class="code"').length - 1
    url = linksOf(/<a class="button" rel="next" href="[^"]+"/.exec(body)?.[0] ?? '')[0]
  }
  return rows
}

test('the first page begins with the week of one’s own commune; who looks after several begins with that of all', async () => {
  const week = (key: string, unit?: string) =>
    report(installation, { period: parsePeriod(key), by: 'unit', attribution: 'resolving', unit })
  const found = (unit?: string) => finding(week('2023-W10', unit), week('2023-W09', unit))
  const titleFor = async (officer: string) => {
    const { body } = await app.inject({ url: '/', headers: { 'x-motcua-officer': officer } })
    const [, head = ''] = /<header class="page-head">([\s\S]*?)<\/header>/.exec(body) ?? []
    return { text: textOf(head).trim(), links: linksOf(head) }
  }
  for (const officer of ['xa-ngoc-ky.mot-cua-1', 'xa-ngoc-ky.chu-tich']) {
    const { text, links } = await titleFor(officer)
    assert.match(text, /^Tuần 10\/2023 \(.*\), Xã Ngọc Kỳ, đã chốt /)
    assert.match(text, new RegExp(`${found('xa-ngoc-ky')}, trực tuyến [\\d,]+ % \\(mục tiêu 70 %\\)`))
    assert.ok(text.toLowerCase().endsWith(`mọi đơn vị : ${found()}.`.toLowerCase()), text)
    assert.deepEqual(links, ['/bao-cao/2023-W10?unit=xa-ngoc-ky', '/bao-cao/2023-W10'])
  }
  for (const officer of ['huyen-tu-ky.chu-tich', 'huyen-tu-ky.giam-sat', 'bo-phan-mot-cua-huyen.quay-1']) {
    const { text, links } = await titleFor(officer)
    assert.ok(text.endsWith(found()), text)
    assert.deepEqual(links, ['/bao-cao/2023-W10'])
  }
})

test('the closed week names its closing, revision, formula and calendar; the running one says it is provisional', async () => {
  assert.match(
    textOf(await get('/bao-cao/2023-W10')),
    /Chốt 13\/03 06:00 bản 1 công thức ct-[0-9a-f]{6} lịch \S+/,
  )
  const running = textOf(await get('/bao-cao/2023-W11'))
  assert.match(running, /Số liệu tạm tính đến 13\/03\/2023 09:00/)
  assert.match(running, /Kỳ chưa kết thúc/)
})

test('where nothing was resolved the rate is printed as a dash, never as 0 or 100 percent', async () => {
  const unit = 'xa-cong-lac'
  assert.match(textOf(await get(`/bao-cao/2023-W10?unit=${unit}`)), /Không phát sinh hồ sơ/)
  const { total } = report(installation, {
    period: parsePeriod('2023-W11'),
    by: 'unit',
    attribution: 'resolving',
  })
  assert.equal(total.rates.V1, null)
  assert.match(
    await get('/bao-cao/2023-W11'),
    /Giải quyết đúng hạn \(V1\)<\/dt><dd class="figure-value">–<\/dd>/,
  )
})

test('a unit with fewer than five dossiers is shown as a fraction and not ranked', async () => {
  const body = await get('/bao-cao/2023-W10')
  const small = /Dưới 5 hồ sơ, không xếp hạng<\/h2>([\s\S]*?)<\/section>/.exec(body)?.[1] ?? ''
  assert.match(textOf(small), /Xã Hà Thanh \d\/\d/)
  const ranking = /<table class="plot">([\s\S]*?)<\/table>/.exec(body)?.[1] ?? ''
  assert.doesNotMatch(ranking, /Xã Hà Thanh/)
  assert.match(ranking, /Xã Quang Phục/)
})

test('the identities stand at the foot with their numbers, all ticked', async () => {
  const body = await get('/bao-cao/2023-W10')
  const list = /<section class="identities">([\s\S]*?)<\/section>/.exec(body)?.[1] ?? ''
  assert.equal(list.split('class="holds"').length - 1, 5)
  assert.doesNotMatch(list, /class="broken"/)
  const { tally } = report(installation, {
    period: parsePeriod('2023-W10'),
    by: 'unit',
    attribution: 'resolving',
  }).total
  assert.ok(
    textOf(list).includes(
      `tiếp nhận ${tally.received} + kỳ trước chuyển qua ${tally.carriedOver} = kết thúc ${tally.ended} + đang giải quyết ${tally.open}`,
    ),
  )
})

test('/bao-cao is the latest closed week', async () => {
  const response = await app.inject({ method: 'GET', url: '/bao-cao' })
  assert.equal(response.headers.location, '/bao-cao/2023-W10')
})

test('the finding tells the rate against the week before and what lies overdue beside it', () => {
  const week = (met: number, resolved: number, openOverdue: number) => {
    const { total } = report(installation, {
      period: parsePeriod('2019-W10'),
      by: 'unit',
      attribution: 'resolving',
    })
    const rates = { V1: resolved === 0 ? null : { numerator: met, denominator: resolved } }
    return { total: { ...total, rates, tally: { ...total.tally, received: resolved, openOverdue } } }
  }
  assert.equal(
    finding(week(942, 1000, 14), week(960, 1000, 20)),
    'Đúng hạn giảm còn 94,2 %, còn 14 hồ sơ quá hạn tồn',
  )
  assert.equal(
    finding(week(98, 100, 3), week(97, 100, 1)),
    'Đúng hạn tăng lên 98,0 %, quá hạn tồn tăng lên 3 hồ sơ',
  )
  assert.equal(finding(week(3, 4, 0), week(97, 100, 1)), 'Đúng hạn 3/4 hồ sơ, không còn hồ sơ quá hạn tồn')
  assert.equal(finding(week(0, 0, 0), week(0, 0, 0)), 'Không phát sinh hồ sơ, không có hồ sơ quá hạn tồn')
})

test('a change of a rate is told in percentage points of the fractions', () => {
  const of = (numerator: number, denominator: number) => ({ numerator, denominator })
  assert.deepEqual(rateChange(of(942, 1000), of(960, 1000)), { direction: 'down', text: 'giảm 1,80 điểm %' })
  assert.deepEqual(rateChange(of(1, 2), of(2, 4)), { direction: 'same', text: 'bằng kỳ trước' })
  assert.deepEqual(rateChange(of(100_001, 200_000), of(1, 2)), {
    direction: 'up',
    text: 'tăng dưới 0,01 điểm %',
  })
  assert.equal(rateChange(null, of(1, 2)), null)
  assert.deepEqual(countChange(1250, 50), { direction: 'up', text: 'thêm 1.200' })
})
