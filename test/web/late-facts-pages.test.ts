import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { findDossierById } from '../../db/queries/dossiers.ts'
import { SYSTEM_OPERATOR } from '../../src/deps.ts'
import { parseInstant } from '../../src/domain/calendar/day.ts'
import { correctDossier } from '../../src/dossiers/correct-dossier.ts'
import { deskOf } from '../support/desk.ts'
import { lateFacts } from '../support/late-facts.ts'
import { pageApp, textOf } from '../support/page-app.ts'
import { DISTRICT_HEAD } from '../support/signed-in.ts'
import type { TestInstallation } from '../support/test-installation.ts'
import { weekOfDossiers } from '../support/week-of-dossiers.ts'

const ADMINISTRATOR = DISTRICT_HEAD

let installation: TestInstallation
let app: FastifyInstance

before(async () => {
  installation = weekOfDossiers()
  lateFacts(installation)
  app = await pageApp(installation)
})
after(() => app.close())

async function send(url: string, fields: Record<string, string>, officer = 'xa-ngoc-ky.mot-cua-1') {
  const { statusCode, body, headers } = await app.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-motcua-officer': officer },
    payload: new URLSearchParams(fields).toString(),
  })
  return { status: statusCode, body, text: textOf(body), location: headers.location }
}

const HEAD = 'xa-ngoc-ky.chu-tich'
const as = async (officer: string, url: string) =>
  textOf((await app.inject({ url, headers: { 'x-motcua-officer': officer } })).body)
const read = async (url: string) => textOf((await app.inject(url)).body)

test('a dossier is closed with the real time: today at once, earlier with a reason, in a closed week on approval', async () => {
  const dossier = deskOf(installation).log({ at: '2023-03-13T08:00' })
  const page = `/ho-so/${dossier.code}/khep`
  const finish = { act: 'finish', outcome: 'granted', at: '2023-03-13T08:30', once: 'k-1' }
  const twice = await Promise.all([send(page, finish), send(page, finish)])
  assert.deepEqual(
    twice.map(({ status, location }) => [status, location]),
    [
      [303, `/ho-so/${dossier.code}`],
      [303, `/ho-so/${dossier.code}`],
    ],
  )
  assert.equal(findDossierById(installation.db, dossier.id)?.endedAt, parseInstant('2023-03-13T08:30'))

  const closed = deskOf(installation).log({ at: '2023-03-10T08:00' })
  const there = `/ho-so/${closed.code}/khep`
  const bare = await send(there, { ...finish, at: '2023-03-10T15:00', once: 'k-2' })
  assert.equal(bare.status, 422)
  assert.match(bare.text, /Hãy ghi lý do để “Có kết quả với thời điểm thực”/)
  assert.match(bare.body, /value="2023-03-10T15:00"/)
  const asked = await send(there, {
    ...finish,
    at: '2023-03-10T15:00',
    reason: 'Đã ký, quên bấm',
    once: 'k-3',
  })
  assert.equal(asked.status, 303)
  assert.match(
    await read(`/ho-so/${closed.code}`),
    /Đề nghị số \d+ chờ duyệt: Có kết quả , từ ngày 10\/03\/2023/,
  )
  assert.equal(findDossierById(installation.db, closed.id)?.endedAt, null)
  const again = await send(there, { ...finish, at: '2023-03-10T15:30', reason: 'Gửi lần nữa', once: 'k-4' })
  assert.equal(again.status, 422)
  assert.match(again.text, /Đề nghị số \d+ về việc này đang chờ duyệt/)
  assert.match(await read(there), /Đề nghị số \d+ chờ duyệt/)
})

test('a result that was handed out and not clicked bears the mark too, and is listed once', async () => {
  const desk = deskOf(installation)
  const dossier = desk.log({ at: '2023-03-09T08:00' })
  desk.act(dossier, 'finish', { at: '2023-03-09T09:00' })
  const returned = desk.act(dossier, 'return_result', { at: '2023-03-09T10:00' })
  assert.equal(returned.endEnteredLate, true)
  assert.match(
    await read(`/ho-so/${dossier.code}`),
    /kết thúc lúc 09\/03\/2023 09:00, trả lúc 09\/03\/2023 10:00/,
  )
  const list = await read('/quan-tri/khep-muon')
  assert.equal(list.split(dossier.code!).length - 1, 1)
  assert.match(list, new RegExp(`${dossier.code} Trả kết quả 09/03/2023 10:00`))
  const inTime = desk.log({ at: '2023-03-10T08:00' })
  desk.act(inTime, 'finish', { at: '2023-03-10T09:00' })
  assert.equal(desk.act(inTime, 'return_result', { at: '2023-03-10T10:00' }).endEnteredLate, false)
})

test('what is typed as the minute of the act before counts as after it', async () => {
  installation.clock.set(parseInstant('2023-03-13T09:00:45'))
  const dossier = deskOf(installation).log()
  const answer = await send(`/ho-so/${dossier.code}/khep`, {
    act: 'finish',
    outcome: 'granted',
    at: '2023-03-13T09:00',
  })
  assert.equal(answer.status, 303)
  installation.at('2023-03-13T09:01')
})

test('a correction is shown with all it changes before it is saved, and only what was shown is saved', async () => {
  const dossier = deskOf(installation).log({ at: '2023-03-13T08:00' })
  const page = `/ho-so/${dossier.code}/dinh-chinh`
  const fields = {
    procedure: '1.001193',
    channel: 'counter',
    acceptedAt: '2023-03-13T08:00',
    receivingUnit: 'xa-ngoc-ky',
    resolvingUnit: 'xa-ngoc-ky',
    reason: 'Chọn nhầm thủ tục',
    seen: '',
  }
  const looked = await send(page, fields)
  assert.equal(looked.status, 200)
  assert.match(looked.text, /Hạn trả thứ Năm 16\/03\/2023 thứ Hai 13\/03\/2023/)
  assert.match(looked.text, /Không đổi số liệu của kỳ đã chốt nào/)
  assert.equal(findDossierById(installation.db, dossier.id)?.version, 1, 'looking changes nothing')
  const seen = /name="seen" value="([^"]+)"/.exec(looked.body)![1]!.replaceAll('&quot;', '"')
  const other = await send(page, { ...fields, channel: 'postal', seen })
  assert.equal(other.status, 200, 'changed since it was looked at: it is shown again')
  assert.equal((await send(page, { ...fields, seen })).status, 303)
  assert.equal(findDossierById(installation.db, dossier.id)?.dueOn, '2023-03-13')
  assert.match(await read(`/ho-so/${dossier.code}`), /Lúc tiếp nhận đã hẹn: thứ Năm 16\/03\/2023/)
})

test('the head reads what waits and what it would change, and decides; the home page and the hub count it', async () => {
  assert.match(await read('/'), /\d+ đề nghị đính chính chờ duyệt/)
  assert.match(await read('/quan-tri'), /Đính chính \d+ việc chờ/)
  const listed = async (officer: string) => {
    const [home, hub, list] = await Promise.all(
      ['/', '/quan-tri', '/quan-tri/dinh-chinh'].map((url) => as(officer, url)),
    )
    const [, counted = '0'] = /Đính chính (\d+) việc chờ/.exec(hub!) ?? []
    const [, there = '0'] = /(\d+) đề nghị đính chính chờ duyệt/.exec(list!) ?? []
    assert.equal(counted, there, `${officer}: the hub counts what the page lists`)
    return /\d+ đề nghị đính chính .*?chờ duyệt/.exec(home!)?.[0] ?? null
  }
  assert.match((await listed(HEAD)) ?? '', /^\d+ đề nghị đính chính chờ duyệt/)
  assert.match(
    (await listed('xa-ngoc-ky.mot-cua-1')) ?? '',
    /^\d+ đề nghị đính chính của ông\/bà đang chờ duyệt/,
  )
  assert.equal(await listed('xa-ngoc-ky.mot-cua-2'), null, 'a colleague neither decides nor asked')
  assert.equal(await listed('phong-tu-phap.chuyen-vien-1'), null)
  const page = await read('/quan-tri/dinh-chinh')
  assert.match(page, /Kênh nộp Trực tuyến toàn trình Trực tiếp/)
  assert.match(page, /tiếp nhận trong kỳ \(trực tiếp\) \+1/)
  const clerk = await send('/quan-tri/dinh-chinh/1/duyet', {})
  assert.match(clerk.text, /Việc “Duyệt đính chính” dành cho: người đứng đầu/)
  const bare = await send('/quan-tri/dinh-chinh/2/tu-choi', { 'note-2': '' }, HEAD)
  assert.match(bare.text, /Hãy ghi lý do để “Từ chối đề nghị”/)
  assert.equal(
    (await send('/quan-tri/dinh-chinh/2/tu-choi', { 'note-2': 'Đúng là trực tuyến' }, HEAD)).status,
    303,
  )
  assert.equal((await send('/quan-tri/dinh-chinh/1/duyet', {}, HEAD)).status, 303)
  assert.match(await read('/quan-tri/dinh-chinh'), /từ chối 13\/03 .* Đúng là trực tuyến/)
  assert.match((await send('/quan-tri/dinh-chinh/1/duyet', {}, HEAD)).text, /Đề nghị này đã được duyệt/)
})

test('the timeline says what a correction put right, from what to what', async () => {
  const desk = deskOf(installation)
  const dossier = desk.log()
  desk.act(dossier, 'amend', { fee: 24_000 })
  const { version, code } = findDossierById(installation.db, dossier.id)!
  correctDossier(installation, SYSTEM_OPERATOR, dossier.id, {
    version,
    procedure: '2.000635',
    reason: 'Chọn nhầm',
  })
  const page = await read(`/ho-so/${code}`)
  assert.match(page, /Phí, lệ phí: \S+ đồng → 24\.000 đồng/)
  assert.match(page, /Thủ tục: Cấp Giấy xác nhận tình trạng hôn nhân → Cấp bản sao trích lục hộ tịch/)
})

test('only an administrator changes how corrections are approved', async () => {
  const refused = await send('/quan-tri/dinh-chinh/cach-duyet', { second: '1' }, HEAD)
  assert.match(refused.text, /Việc “Đặt cách duyệt đính chính” dành cho: quản trị viên/)
  assert.equal((await send('/quan-tri/dinh-chinh/cach-duyet', { second: '1' }, ADMINISTRATOR)).status, 303)
  assert.equal((await send('/quan-tri/dinh-chinh/cach-duyet', {}, ADMINISTRATOR)).status, 303)
})

test('what was closed late is marked on its page and in lists, and counted by unit and officer', async () => {
  const { code } = installation.db.prepare('SELECT code FROM dossiers WHERE end_entered_late').get() as {
    code: string
  }
  assert.match(await read(`/ho-so/${code}`), /khép muộn/)
  assert.match(await read(`/ho-so?q=${code.slice(0, 24)}`), /Có kết quả · khép muộn/)
  const list = await read('/quan-tri/khep-muon')
  assert.match(list, /hồ sơ khép muộn trong 30 ngày/)
  assert.ok(list.includes(code))
  assert.match(await read('/quan-tri/khep-muon?unit=xa-quang-phuc'), /Không có hồ sơ khép muộn/)
})

test('a batch of slips is numbered, and printed the same again', async () => {
  const printed = await send('/nhap-bu/phieu', { unit: 'xa-ngoc-ky', count: '3' })
  assert.deepEqual(
    [printed.status, printed.location],
    [303, '/nhap-bu/phieu?unit=xa-ngoc-ky&in=KC-000.24.35.H23-000009'],
  )
  const { body } = await app.inject(String(printed.location))
  const paper = /href="([^"]+\.pdf)"[^>]* data-now/.exec(body)?.[1]
  assert.equal(paper, '/nhap-bu/phieu/KC-000.24.35.H23-000009.pdf')
  const [first, again] = [await app.inject(paper), await app.inject(paper)]
  assert.equal(first.headers['content-type'], 'application/pdf')
  assert.ok(first.rawPayload.subarray(0, 5).equals(Buffer.from('%PDF-')))
  assert.ok(first.rawPayload.equals(again.rawPayload))
  assert.match((await send('/nhap-bu/phieu', { unit: 'xa-ngoc-ky', count: '0' })).text, /từ 1 đến 200 phiếu/)
})

test('slips: what was used, what waits, and what is missing', async () => {
  const page = await read('/nhap-bu/phieu?unit=xa-ngoc-ky')
  assert.match(page, /000001 \S+ \S+ chờ duyệt/)
  assert.match(page, /000002 \S+ \S+ còn thiếu/)
  const spoilt = { unit: 'xa-ngoc-ky', slip: '2', reason: 'Rách' }
  assert.equal((await send('/nhap-bu/phieu/huy', spoilt)).status, 303)
  const again = await send('/nhap-bu/phieu/huy', spoilt)
  assert.deepEqual([again.status, /đã huỷ \(Rách\)/.test(again.text)], [422, true])
  const dossier = installation.db
    .prepare('SELECT d.code FROM emergency_slips s JOIN dossiers d ON d.id = s.dossier_id LIMIT 1')
    .pluck()
    .get()
  assert.match(
    await read(`/ho-so/${dossier}`),
    /từ phiếu KC-000.24.35.H23-00000\d , nhận lúc 13\/03\/2023 08:\d0, nhập lúc 13\/03\/2023 09:00/,
  )
})
