import assert from 'node:assert/strict'
import { beforeEach, describe, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { groupCommit } from '../../db/group-commit.ts'
import { findDossierById, type StoredDossier } from '../../db/queries/dossiers.ts'
import { sentFile } from '../../src/attachments/add-attachments.ts'
import { storeAttachments } from '../../src/attachments/store-attachments.ts'
import { longDay } from '../../src/web/formats.ts'
import { deskOf, SYSTEM } from '../support/desk.ts'
import { linksOf, pageApp, textOf } from '../support/page-app.ts'
import { type TestInstallation, testInstallation } from '../support/test-installation.ts'

const CLERK = 'xa-ngoc-ky.mot-cua-1'
const OTHER = 'xa-ngoc-ky.mot-cua-2'
const STRANGER = 'xa-quang-phuc.mot-cua-1'

let installation: TestInstallation
let app: FastifyInstance
let desk: ReturnType<typeof deskOf>

// In a suite of its own: a hook beside it would run before every test there is.
describe('the desk’s lists', () => {
  beforeEach(async () => {
    installation = testInstallation('2023-03-06T09:00')
    desk = deskOf(installation)
    app = await pageApp(installation)
  })

  async function read(url: string, officer = CLERK) {
    const { statusCode, body, headers } = await app.inject({ url, headers: { 'x-motcua-officer': officer } })
    return { status: statusCode, body, text: textOf(body), location: headers.location }
  }

  function attach(dossier: StoredDossier, name: string) {
    const file = sentFile(installation, name, Buffer.from('%PDF-1.7\nmột trang\n%%EOF'))
    return storeAttachments({ deps: installation, writer: groupCommit(installation.db) }, SYSTEM, dossier, {
      files: [file],
      key: undefined,
    })
  }

  async function send(url: string, fields: Readonly<Record<string, string>>, officer = CLERK) {
    const { statusCode, body, headers } = await app.inject({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-motcua-officer': officer },
      payload: new URLSearchParams(fields).toString(),
    })
    return { status: statusCode, body, text: textOf(body), location: headers.location }
  }

  test('the queue leads with its counts, each to its list, and says where a dossier is and who has it', async () => {
    const dossier = desk.log({ assignee: CLERK, applicant: { name: 'Vũ Thị Hiên' } })
    const { text, body } = await read('/viec')
    assert.match(text, /Việc của tôi/)
    assert.match(text, /Trong 2 ngày 0/)
    assert.match(text, /T5 09\/03\/2023 còn 3 ngày làm việc/)
    assert.match(text, new RegExp(`${dossier.code} .* Vũ Thị Hiên 06/03 Ngọc Kỳ · đã tiếp nhận`))
    assert.ok(linksOf(body).some((href) => href === '/viec?scope=mine&view=overdue'))
    assert.match(body, /aria-sort="ascending"/)
  })

  test('addresses of earlier still open the list they meant', async () => {
    const dossier = desk.log()
    installation.at('2023-03-13T09:00')
    for (const url of ['/ho-so', '/ho-so?view=overdue&unit=xa-ngoc-ky', '/ho-so?view=open&after=0.0']) {
      const { status, body } = await read(url, 'huyen-tu-ky.chu-tich')
      assert.equal(status, 200)
      assert.ok(body.includes(dossier.code ?? ''), url)
    }
    const { body } = await read('/ho-so?view=overdue&unit=xa-quang-phuc', 'huyen-tu-ky.chu-tich')
    assert.ok(!body.includes(dossier.code ?? ''))
  })

  test('a filter that is on is a chip that takes it off again and keeps the others', async () => {
    desk.log({ channel: 'counter' })
    const { text, body } = await read('/viec?scope=units&channel=counter&procedure=1.004873&sort=-code')
    assert.match(text, /Hình thức: Trực tiếp/)
    assert.ok(linksOf(body).includes('/viec?scope=units&procedure=1.004873&sort=-code'))
    assert.match((await read('/viec?scope=units&channel=postal')).text, /Không có hồ sơ nào cần gấp/)
    const wrong = await read('/viec?scope=units&procedure=khong-co')
    assert.deepEqual([wrong.status, wrong.text.includes('khong-co')], [422, true])
  })

  test('one filters by officers of units one sees, each named once, and by who is chosen already', async () => {
    desk.log({ unit: 'bo-phan-mot-cua-huyen', procedure: '1.001612' })
    const officers = (body: string) =>
      [
        ...body
          .split('id="f-assignee"')[1]!
          .split('</select>')[0]!
          .matchAll(/value="([^"]+)"/g),
      ].map(([, key]) => key!)
    const { body } = await read('/viec?scope=units&view=open', 'bo-phan-mot-cua-huyen.quay-1')
    assert.ok(officers(body).includes('bo-phan-mot-cua-huyen.quay-1'))
    assert.deepEqual(
      officers(body).filter((key) => key !== 'none' && !key.startsWith('bo-phan-mot-cua-huyen.')),
      [],
    )
    assert.equal(new Set(officers(body)).size, officers(body).length)
    const nothing = await read(`/viec?scope=units&view=overdue&assignee=${CLERK}`)
    assert.match(nothing.body, new RegExp(`<option value="${CLERK}" selected>`))
  })

  test('dossiers of others are in nobody’s list but theirs', async () => {
    const { code } = desk.log()
    for (const scope of ['mine', 'units', 'all']) {
      assert.ok(!(await read(`/viec?scope=${scope}&view=open`, STRANGER)).body.includes(code ?? ''))
    }
  })

  test('several dossiers are assigned by one form, once however often it is sent', async () => {
    const [first, second] = [desk.log(), desk.log()]
    const form = {
      once: 'khoa-1',
      act: 'assign',
      assignee: OTHER,
      [`d-${first.id}`]: String(first.version),
      [`d-${second.id}`]: String(second.version),
    }
    const done = await send('/viec?scope=units', form)
    assert.deepEqual([done.status, done.location], [303, '/viec?scope=units&done=assign.2'])
    assert.match((await read(done.location ?? '')).text, /Đã giao 2 hồ sơ/)
    const again = await send('/viec?scope=units', form)
    assert.deepEqual([again.status, again.location], [303, '/viec?scope=units&done=assign.2'])
    assert.equal(findDossierById(installation.db, first.id)?.version, first.version + 1)
  })

  test('what could not be done is listed by code with its reason, and stays chosen', async () => {
    const good = desk.log()
    const gone = desk.act(desk.log(), 'transfer')
    const { status, text, body } = await send('/viec?scope=units', {
      act: 'transfer',
      [`d-${good.id}`]: String(good.version),
      [`d-${gone.id}`]: String(gone.version),
    })
    assert.equal(status, 200)
    assert.match(text, /Đã chuyển giải quyết 1 hồ sơ\. 1 hồ sơ chưa làm được/)
    assert.match(text, new RegExp(`${gone.code} : .*Đang xử lý`))
    assert.match(body, new RegExp(`id="d-${gone.id}"[^>]* checked`))
    assert.doesNotMatch(body, new RegExp(`id="d-${good.id}"[^>]* checked`))
  })

  test('a form without a choice comes back with what to do', async () => {
    const dossier = desk.log()
    assert.match((await send('/viec', { act: 'assign', assignee: OTHER })).text, /Chưa chọn hồ sơ nào/)
    const nobody = await send('/viec?scope=units', {
      act: 'assign',
      [`d-${dossier.id}`]: String(dossier.version),
    })
    assert.equal(nobody.status, 422)
    assert.match(nobody.text, /Chưa chọn cán bộ nhận hồ sơ/)
    assert.match(nobody.body, new RegExp(`id="d-${dossier.id}"[^>]* checked`))
  })

  test('a list is kept under a name, for its owner alone; renamed, put in order and removed', async () => {
    const save = (name: string, query: string, officer = CLERK) =>
      send('/viec/danh-sach', { name, query }, officer)
    const saved = await save('Khai sinh', 'scope=units&procedure=1.001193&after=12&xau=1')
    assert.deepEqual([saved.status, saved.location], [303, '/viec?scope=units&procedure=1.001193'])
    await save('Quá hạn', 'scope=mine&view=overdue')
    const list = async (officer = CLERK) => (await read('/viec/danh-sach', officer)).body
    const names = (body: string) =>
      [...body.matchAll(/<li><a href="\/viec[^"]*">([^<]+)/g)].map(([, name]) => name)
    assert.deepEqual(names(await list()), ['Khai sinh', 'Quá hạn'])
    assert.deepEqual(names(await list(OTHER)), [])
    await send('/viec/danh-sach/2/len', {})
    assert.deepEqual(names(await list()), ['Quá hạn', 'Khai sinh'])
    const taken = await send('/viec/danh-sach/1/ten', { name: 'Quá hạn' })
    assert.deepEqual([taken.status, /Đã có danh sách tên “Quá hạn”/.test(taken.text)], [422, true])
    await send('/viec/danh-sach/1/ten', { name: 'Hộ tịch' })
    assert.match((await send('/viec/danh-sach/1/xoa', {}, OTHER)).text, /Không có danh sách đã lưu này/)
    await send('/viec/danh-sach/2/xoa', {})
    assert.deepEqual(names(await list()), ['Hộ tịch'])
    assert.match((await save(' ', 'scope=all')).text, /Danh sách cần một tên/)
    assert.match((await read('/viec')).text, /Danh sách đã lưu \(1\)/)
  })

  test('what came online opens one by one, the most urgent first, and is received', async () => {
    const online = { act: 'submit', channel: 'level4' } as const
    const second = desk.log({ ...online, applicant: { name: 'Trần Văn Hải' } })
    const first = desk.log({ ...online, at: '2023-03-03T16:00', applicant: { name: 'Vũ Thị Hiên' } })
    const { text, body } = await read('/truc-tuyen')
    assert.match(text, /Vũ Thị Hiên/)
    assert.match(text, /Tiếp nhận trước 16:00 thứ Hai 06\/03\/2023 còn \d\d:\d\d giờ làm việc/)
    assert.match(text, /Đang chờ tiếp nhận: 2/)
    assert.ok(body.includes(`action="/truc-tuyen/so-${first.id}"`))
    const sent = await send(`/truc-tuyen/so-${first.id}`, { act: 'accept', version: String(first.version) })
    assert.deepEqual([sent.status, sent.location], [303, `/truc-tuyen?done=accept.${first.id}`])
    const next = await read(sent.location ?? '')
    assert.match(next.text, /Đã tiếp nhận 000\.\S+-230306-0001 , hẹn trả thứ/)
    const { code } = findDossierById(installation.db, first.id)!
    const slip = `<a class="button" href="/ho-so/${code}/giay-to/receipt-slip.pdf"[^>]* data-now>`
    assert.match(next.body, new RegExp(slip), 'the slip shows by itself')
    assert.ok(next.body.includes(`action="/truc-tuyen/so-${second.id}"`))
    assert.equal((await read(`/truc-tuyen/so-${first.id}`)).status, 303)
  })

  test('more is asked for or it is refused, each with a reason the applicant reads; then the next one opens', async () => {
    const online = { act: 'submit', channel: 'level4' } as const
    const [one, two] = [desk.log(online), desk.log(online)]
    const bare = await send(`/truc-tuyen/so-${one.id}`, { act: 'ask_before_acceptance', reason: ' ' })
    assert.equal(bare.status, 422)
    assert.match(bare.body, /<title>Lỗi: Tiếp nhận trực tuyến/)
    assert.match(bare.body, /<textarea id="f-reason"[^>]* autofocus[^>]* aria-invalid="true"/)
    await send(`/truc-tuyen/so-${one.id}`, { act: 'ask_before_acceptance', reason: 'Thiếu tờ khai' })
    assert.equal(findDossierById(installation.db, one.id)?.subState, 'asked_before_acceptance')
    const next = await read(`/truc-tuyen?done=ask_before_acceptance.${one.id}`)
    assert.match(next.text, /Đã yêu cầu bổ sung/)
    assert.match(next.body, /giay-to\/supplement-request\.pdf"[^>]* data-now>/)
    assert.ok(next.body.includes(`action="/truc-tuyen/so-${two.id}"`))
    const refused = await send(`/truc-tuyen/so-${two.id}`, {
      act: 'refuse_intake',
      reason: 'Không thuộc thẩm quyền',
    })
    assert.equal(findDossierById(installation.db, two.id)?.state, 'not_accepted')
    assert.match((await read(refused.location ?? '')).body, /giay-to\/refusal-slip\.pdf"[^>]* data-now>/)
    desk.act(one, 'answer_before_acceptance')
    const old = await read(`/truc-tuyen?done=ask_before_acceptance.${one.id}`)
    assert.doesNotMatch(old.body, /supplement-request\.pdf/, 'an old address prints nothing')
    desk.act(one, 'ask_before_acceptance')
    assert.match((await read('/truc-tuyen')).text, /Không còn hồ sơ trực tuyến nào chờ tiếp nhận/)
    assert.match((await read(`/truc-tuyen/so-${one.id}`)).text, /Đã nhận bổ sung/)
  })

  test('what one has to know before answering stands beside: numbers, files, the due day, what is missing', async () => {
    const dossier = desk.log({
      ...{ act: 'submit', channel: 'level4' },
      applicant: { name: 'Vũ Thị Hiên', idNumber: '036190123456', phone: '0912345678' },
      papers: [{ name: 'Bản sao căn cước', form: 'electronic', copies: 1, digitised: false }],
    })
    await attach(dossier, 'Tờ khai.pdf')
    const { text, body } = await read('/truc-tuyen')
    assert.match(text, /Số định danh 036190123456 Điện thoại 0912345678/)
    const told = installation.db.prepare(`SELECT dossier_id FROM audit_entries WHERE kind = 'person_read'`)
    assert.deepEqual(told.pluck().all(), [dossier.id], 'a reading in full is told to the audit')
    assert.match(body, /href="\/ho-so\/so-\d+\/tep\/\d+"[^>]* data-paper="Tờ khai\.pdf"/)
    assert.match(text, /Thiếu \d giấy tờ bắt buộc: /)
    const { dueOn } = desk.act(dossier, 'accept')
    assert.match(text, new RegExp(`Hạn trả .*${longDay(dueOn!)} .*ngày tính thứ 3; hạn trả`))
  })

  test('an open dossier of the same person about the same procedure is named, with the way to it', async () => {
    const applicant = { name: 'Vũ Thị Hiên', idNumber: '036190123456' }
    const online = { act: 'submit', channel: 'level4' } as const
    const alone = desk.log({ ...online, applicant: { name: 'Vũ Thị Hiên', idNumber: '036190999999' } })
    assert.doesNotMatch((await read(`/truc-tuyen/so-${alone.id}`)).text, /cùng thủ tục/)
    const there = desk.log({ applicant })
    const again = desk.log({ ...online, applicant })
    const { text, body } = await read(`/truc-tuyen/so-${again.id}`)
    assert.ok(text.includes(`Đã có hồ sơ cùng người, cùng thủ tục: ${there.code}, `))
    assert.ok(linksOf(body).includes(`/ho-so/${there.code}`))
    desk.act(there, 'finish')
    assert.doesNotMatch((await read(`/truc-tuyen/so-${again.id}`)).text, /cùng thủ tục/)
  })

  test('what somebody else has answered is answered once: who did is said, and the next one opens', async () => {
    const online = { act: 'submit', channel: 'level4' } as const
    const first = desk.log({ ...online, at: '2023-03-03T16:00', applicant: { name: 'Vũ Thị Hiên' } })
    const second = desk.log({ ...online, applicant: { name: 'Trần Văn Hải' } })
    const answer = { act: 'refuse_intake', reason: 'Trùng', version: String(first.version) }
    await send(`/truc-tuyen/so-${first.id}`, { act: 'accept', version: answer.version }, OTHER)
    const { status, text, body } = await send(`/truc-tuyen/so-${first.id}`, answer)
    const { code, state } = findDossierById(installation.db, first.id)!
    assert.deepEqual([status, state], [409, 'accepted'])
    assert.match(text, /đã trả lời hồ sơ này lúc 06\/03\/2023 09:00: tiếp nhận/)
    assert.ok(text.includes(code!))
    assert.ok(!body.includes(`action="/truc-tuyen/so-${first.id}"`))
    assert.ok(body.includes(`action="/truc-tuyen/so-${second.id}"`))
    assert.doesNotMatch(body, />Trùng</)
  })

  test('an answer without a button pressed is none', async () => {
    const dossier = desk.log({ act: 'submit', channel: 'level4' })
    for (const fields of [{}, { act: 'finish' }]) {
      const { status, text } = await send(`/truc-tuyen/so-${dossier.id}`, fields)
      assert.equal(status, 422)
      assert.match(text, /Hãy chọn trong: Tiếp nhận/)
      assert.equal(findDossierById(installation.db, dossier.id)?.state, 'submitted')
    }
  })

  test('a submission received after its 8 working hours is shown as late, before and after', async () => {
    const dossier = desk.log({ act: 'submit', channel: 'level4' })
    installation.at('2023-03-08T09:00')
    const { text } = await read('/truc-tuyen')
    assert.match(text, /quá \d\d:\d\d giờ làm việc/)
    assert.match(text, /tiếp nhận muộn/)
    const { location } = await send(`/truc-tuyen/so-${dossier.id}`, { act: 'accept' })
    assert.match((await read(location ?? '')).text, /tiếp nhận muộn quá 8 giờ làm việc/)
    assert.equal(findDossierById(installation.db, dossier.id)?.receivedLate, true)
  })

  test('a clerk of another commune sees and receives nothing that came here', async () => {
    const dossier = desk.log({ act: 'submit', channel: 'level4' })
    assert.match((await read('/truc-tuyen', STRANGER)).text, /Không còn hồ sơ trực tuyến nào/)
    assert.equal((await read(`/truc-tuyen/so-${dossier.id}`, STRANGER)).status, 403)
    const sent = await send(`/truc-tuyen/so-${dossier.id}`, { act: 'accept' }, STRANGER)
    assert.equal(sent.status, 403)
    assert.doesNotMatch((await read(`/truc-tuyen?done=accept.${dossier.id}`, STRANGER)).text, /Đã tiếp nhận/)
    assert.equal(findDossierById(installation.db, dossier.id)?.state, 'submitted')
  })

  test('while one types, what may be meant is offered: of one’s own dossiers only, as text', async () => {
    const { code } = desk.log({ applicant: { name: 'Vũ <b>Thị</b> Hiên' } })
    const { body, text } = await send('/tim', { q: 'hien vu' })
    assert.match(body, /^<ul role="listbox"/)
    assert.ok(body.includes(`data-href="/ho-so/${code}"`))
    assert.doesNotMatch(body, /<b>/)
    assert.match(text, /Xem mọi kết quả với “hien vu”/)
    assert.match((await send('/tim', { q: 'hien vu' }, STRANGER)).text, /Không tìm thấy/)
    assert.match((await send('/tim', { q: '' })).text, /Không tìm thấy/)
  })

  test('a whole ID or phone number is searched for and stands in no address, anything else can be kept', async () => {
    const [hien, hoa] = ['Vũ Thị Hiên', 'Vũ Văn Hoà'].map((name, n) =>
      desk.log({ applicant: { name, idNumber: `03619012345${n}`, phone: '0912345678' } }),
    )
    const card = '036190123450|123456789|Vũ Thị Hiên|01011990|Nữ|Hải Dương|01012021'
    for (const q of ['036190123450', '036 190 123 450', card]) {
      const { status, location } = await send('/ho-so/tim', { q })
      assert.deepEqual([status, location], [303, `/ho-so/${hien!.code}`], q)
    }
    for (const q of ['0912345678', '+84 912 345 678']) {
      const { status, body, text } = await send('/ho-so/tim', { q })
      assert.equal(status, 200)
      for (const { code } of [hien!, hoa!]) assert.ok(text.includes(code!), q)
      const addresses = [...body.matchAll(/(?:href|action)="([^"]*)"/g)].map(([, href]) => href)
      assert.ok(!addresses.join(' ').includes('345678'), 'no link carries it')
      assert.match(body, /<title>Tìm “•+678”/)
    }
    const none = await send('/ho-so/tim', { q: '0987000111 Hiên' })
    assert.match(none.text, /Không tìm thấy hồ sơ nào/)
    for (const q of ['hien vu', '5678', hien!.code!])
      assert.equal((await send('/ho-so/tim', { q })).location, `/ho-so?${new URLSearchParams({ q })}`)
    assert.equal((await send('/ho-so/tim', { q: ' ' })).location, '/ho-so')
    const typed = await read('/ho-so?q=0912345678')
    assert.equal(typed.location, '/ho-so/tim')
    assert.match((await read('/ho-so/tim')).text, /Hãy gõ vào ô tìm ở trên/)
    const { body } = await read('/ho-so')
    assert.match(body, /<form class="search" role="search" action="\/ho-so\/tim" method="post">/)
    assert.doesNotMatch((await send('/tim', { q: '0912345678' })).body, /href="[^"]*0912345678/)
  })

  test('a search with one answer opens it; a whole code of another unit says whom to ask', async () => {
    const { code } = desk.log({ applicant: { name: 'Vũ Thị Hiên', phone: '0912345678' } })
    for (const q of ['hien thi vu', '5678', (code ?? '').slice(-11)]) {
      assert.equal((await read(`/ho-so?q=${encodeURIComponent(q)}`)).location, `/ho-so/${code}`, q)
    }
    const elsewhere = await read(`/ho-so?q=${code}`, STRANGER)
    assert.deepEqual([elsewhere.status, /Ngọc Kỳ/.test(elsewhere.text)], [403, true])
  })
})
