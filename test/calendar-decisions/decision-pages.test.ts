import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { deskOf } from '../support/desk.ts'
import { beforeTheSwap } from '../support/new-year-2026.ts'
import { pageApp, textOf } from '../support/page-app.ts'
import type { TestInstallation } from '../support/test-installation.ts'

let installation: TestInstallation
let app: FastifyInstance
let code: string

before(async () => {
  installation = beforeTheSwap('2025-12-31T10:00')
  code = deskOf(installation).log({ at: '2025-12-31T09:00' }).code as string
  app = await pageApp(installation)
})
after(() => app.close())

const TYPED = {
  rows: '3',
  year: '2027',
  title: 'Hoán đổi dịp <b>Tết Dương lịch</b>',
  document: 'Công văn 12729/VPCP-KGVX',
  documentOn: '2025-12-25',
  change0: 'swap',
  date0: '2026-01-02',
  makeUpOn0: '2026-01-10',
  once: 'k-1',
}

async function post(url: string, typed: Record<string, string>, headers: Record<string, string> = {}) {
  const {
    statusCode,
    body,
    headers: answered,
  } = await app.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    payload: new URLSearchParams(typed).toString(),
  })
  return { status: statusCode, body, text: textOf(body), headers: answered }
}

const hidden = (body: string, name: string) =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(body)?.[1] ?? ''
const decisions = () => installation.db.prepare('SELECT count(*) FROM calendar_decisions').pluck().get()

test('what is refused comes back with everything typed, and so it does one step back', async () => {
  const wrong = await post('/quan-tri/lich/moi', { ...TYPED, makeUpOn0: '2026-01-09' })
  assert.equal(wrong.status, 422)
  assert.match(wrong.text, /Ngày 09\/01\/2026 vốn là ngày làm việc nên không làm bù được/)
  const back = await post('/quan-tri/lich/moi', { ...TYPED, do: 'edit' })
  for (const { body } of [wrong, back]) {
    assert.match(body, /value="Hoán đổi dịp &lt;b&gt;Tết Dương lịch&lt;\/b&gt;"/)
    assert.match(body, /<option value="swap" selected>/)
    assert.match(body, /name="date0" type="date" value="2026-01-02"/)
    assert.equal(hidden(body, 'once'), 'k-1')
  }
  const more = await post('/quan-tri/lich/moi', { ...TYPED, do: 'more' })
  assert.match(more.body, /name="date5"/)
  assert.match(more.body, /value="2026-01-10"/)
})

test('a decision is looked at, then exactly that is recorded, once; the dossier tells why its date moved', async () => {
  const preview = await post('/quan-tri/lich/moi', TYPED)
  assert.equal(preview.status, 200)
  assert.match(preview.text, /1 hồ sơ chuyển hạn/)
  assert.match(preview.text, new RegExp(`${code} Chuyển hạn T3 06/01/2026 17:00 T4 07/01/2026 17:00`))
  assert.equal(decisions(), 0, 'nothing is written by looking')

  const csv = await post('/quan-tri/lich/moi', { ...TYPED, do: 'csv' })
  assert.match(
    csv.body,
    new RegExp(`moved,${code},xa-ngoc-ky,2026-01-06T17:00:00\\+07:00,2026-01-07T17:00:00`),
  )

  deskOf(installation).log({ at: '2025-12-31T09:30' })
  const record = { ...TYPED, previewed: hidden(preview.body, 'previewed'), do: 'record' }
  const changed = await post('/quan-tri/lich/moi', record)
  assert.equal(changed.status, 412)
  assert.match(changed.text, /tác động đã khác.*2 hồ sơ chuyển hạn|2 hồ sơ chuyển hạn.*tác động đã khác/)
  assert.equal(decisions(), 0)

  const again = { ...record, previewed: hidden(changed.body, 'previewed') }
  const clicks = await Promise.all([post('/quan-tri/lich/moi', again), post('/quan-tri/lich/moi', again)])
  assert.deepEqual(
    clicks.map(({ status, headers }) => [status, headers.location]),
    [
      [303, '/quan-tri/lich/1'],
      [303, '/quan-tri/lich/1'],
    ],
  )
  assert.equal(decisions(), 1)

  const dossier = textOf((await app.inject({ url: `/ho-so/${code}` })).body)
  assert.match(dossier, /Lịch làm việc thay đổi theo Công văn 12729\/VPCP-KGVX ngày 25\/12\/2025/)
  assert.match(dossier, /Hạn trả chuyển từ thứ Ba 06\/01\/2026 sang thứ Tư 07\/01\/2026/)
  assert.match(dossier, /Hiện nay: thứ Tư 07\/01\/2026.*Lúc tiếp nhận đã hẹn: thứ Ba 06\/01\/2026/)
})

test('the year shows its days with their documents, and the decision what it did', async () => {
  const year = await app.inject({ url: '/quan-tri/lich?nam=2026' })
  assert.match(textOf(year.body), /T7 10\/01\/2026 làm bù Làm bù ngày 02\/01\/2026 Công văn 12729\/VPCP-KGVX/)
  assert.equal((await app.inject({ url: '/quan-tri/lich?nam=2050' })).statusCode, 422)
  assert.match(
    textOf((await app.inject({ url: '/quan-tri/lich?nam=2027' })).body),
    /các ngày nghỉ là dự kiến/,
  )
  const decision = await app.inject({ url: '/quan-tri/lich/1' })
  assert.match(textOf(decision.body), new RegExp(`${code} hạn trả T3 06/01/2026 17:00 T4 07/01/2026 17:00`))
  assert.equal((await app.inject({ url: '/quan-tri/lich/9' })).statusCode, 404)
  const list = await app.inject({ url: '/quan-tri/lich/1/ho-so.csv' })
  assert.equal(list.body.trim().split('\r\n').length, 3)
})

test('a counter may not decide', async () => {
  const officer = { 'x-motcua-officer': 'xa-ngoc-ky.mot-cua-1' }
  const { status, text } = await post('/quan-tri/lich/moi', TYPED, officer)
  assert.equal(status, 403)
  assert.match(text, /Việc “Ghi quyết định về lịch làm việc” dành cho: người đứng đầu/)
})

test('undoing is looked at first, tells what stays and why, and is done once', async () => {
  const desk = deskOf(installation)
  const second = installation.db.prepare('SELECT max(id) AS id FROM dossiers').get() as { id: number }
  installation.at('2025-12-31T11:00')
  desk.act(second, 'finish')
  const look = await app.inject({ url: '/quan-tri/lich/1/hoan-tac' })
  assert.match(textOf(look.body), /Hoàn tác: 1 hồ sơ trả lại hạn cũ/)
  assert.match(textOf(look.body), /Giữ nguyên: đã kết thúc 1/)
  installation.at('2025-12-31T11:05')
  const undone = await post('/quan-tri/lich/1/hoan-tac', { once: 'u-1' })
  assert.deepEqual([undone.status, undone.headers.location], [303, '/quan-tri/lich/1'])
  assert.equal((await post('/quan-tri/lich/1/hoan-tac', { once: 'u-1' })).status, 303, 'a second click')
  assert.equal((await post('/quan-tri/lich/1/hoan-tac', { once: 'u-2' })).status, 409, 'another attempt')
  const page = textOf((await app.inject({ url: '/quan-tri/lich/1' })).body)
  assert.match(page, /đã trả lại/)
  assert.match(page, /giữ nguyên: đã kết thúc/)
  assert.match(page, /Đã hoàn tác 31\/12\/2025 11:05/)
  const dossier = textOf((await app.inject({ url: `/ho-so/${code}` })).body)
  assert.match(dossier, /Lịch làm việc trở lại: hoàn tác Công văn 12729/)
})

test('the form of a year comes filled with the days expected', async () => {
  const { body } = await app.inject({ url: '/quan-tri/lich/moi?nam=2027' })
  assert.match(body, /name="date1" type="date" value="2027-02-04"/)
  assert.match(body, /name="decidesYear" type="checkbox" value="1" checked/)
})
