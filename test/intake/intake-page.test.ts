import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { groupCommit } from '../../db/group-commit.ts'
import { nextOfSitting } from '../../src/intake/next-of-sitting.ts'
import { deskOf, HEAD } from '../support/desk.ts'
import { formIn } from '../support/form-in.ts'
import { pageApp, textOf } from '../support/page-app.ts'
import { pdfText } from '../support/pdf.ts'
import { asOfficer } from '../support/posts.ts'
import { type TestInstallation, testInstallation } from '../support/test-installation.ts'

const CLERK = 'xa-ngoc-ky.mot-cua-1'
const DAO = {
  name: 'Nguyễn Thị Đào',
  idNumber: '030190001234',
  birthYear: '1990',
  sex: 'female',
  phone: '0912345678',
  email: 'dao@example.vn',
  address: 'Thôn Ngọc Lâm',
}
/** Cấp Giấy xác nhận tình trạng hôn nhân, with its two required papers. */
const MARRIAGE = {
  procedure: '1.004873 Cấp Giấy xác nhận',
  papersOf: '1.004873',
  'paper-1': '1',
  'paper-3': '1',
  'form-3': 'copy',
  'copies-3': '2',
}
const ALL_TICKED = Object.fromEntries([1, 2, 3, 4, 5].map((n) => [`paper-${n}`, '1']))
/** Certification of copies, answered at once, with its two required papers. */
const COPIES = { procedure: '2.000815', papersOf: '2.000815', 'paper-1': '1', 'paper-2': '1' }

let installation: TestInstallation
let app: FastifyInstance
let sent = 0

before(async () => {
  installation = testInstallation()
  app = await pageApp(installation)
})
// In a suite of its own: a hook beside it would run before every test there is.
describe('the intake page', () => {
  beforeEach(() => installation.db.exec('DELETE FROM idempotency_keys'))
  after(() => app.close())

  const get = (url: string, officer = CLERK) => app.inject({ url, headers: { 'x-motcua-officer': officer } })

  function post(fields: Readonly<Record<string, string>>, path = '', officer = CLERK) {
    sent += 1
    const form = { once: `k${sent}`, unit: 'xa-ngoc-ky', channel: 'counter', ...fields }
    return app.inject({
      method: 'POST',
      url: `/ho-so/moi${path}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-motcua-officer': officer },
      payload: new URLSearchParams(form).toString(),
    })
  }

  const one = (query: string) => installation.db.prepare(query).get() as Record<string, unknown>
  const countOf = (table: string) => one(`SELECT COUNT(*) AS n FROM ${table}`)['n'] as number
  /** A number for somebody who has handed nothing in yet: a man born in 1985. */
  const somebody = () => `030085${String(100_000 + sent).slice(-6)}`

  test('the form logs a dossier with person, papers, fee and return mode, and leads to its slip', async () => {
    const { statusCode, headers } = await post({
      ...DAO,
      ...MARRIAGE,
      otherPapers: 'Đơn đề nghị; ',
      quantity: '2',
      fee: '15.000',
      feePayment: 'cash',
      returnMode: 'postal',
      note: 'Gọi trước khi trả',
    })
    assert.equal(statusCode, 303)
    const dossier = one('SELECT * FROM dossiers ORDER BY id DESC LIMIT 1')
    assert.equal(headers.location, `/ho-so/${dossier['code']}/da-nhan?in=1`)
    const { state, quantity, fee, fee_payment, return_mode, assisted, sitting_id, due_on } = dossier
    assert.deepEqual(
      { state, quantity, fee, fee_payment, return_mode, assisted, sitting_id, due_on },
      {
        ...{ state: 'accepted', quantity: 2, fee: 15_000, fee_payment: 'cash', return_mode: 'postal' },
        ...{ assisted: 0, sitting_id: null, due_on: '2023-03-09' },
      },
    )
    const papers = installation.db
      .prepare('SELECT form, copies FROM dossier_papers WHERE dossier_id = ? ORDER BY position')
      .all(dossier['id'])
    assert.deepEqual(papers, [
      { form: 'original', copies: 1 },
      { form: 'copy', copies: 2 },
      { form: 'original', copies: 1 },
    ])
    assert.equal(one('SELECT email FROM persons ORDER BY id DESC LIMIT 1')['email'], 'dao@example.vn')

    const page = await get(`/ho-so/${dossier['code']}/da-nhan?in=1`)
    assert.match(textOf(page.body), /Hẹn trả thứ Năm 09\/03\/2023 17:00/)
    const slip = await get(`/ho-so/${dossier['code']}/giay-to/receipt-slip.pdf`)
    assert.match(slip.headers['content-security-policy'] as string, /frame-ancestors 'self'/)
    assert.match(pdfText(slip.rawPayload), /Nguyễn Thị Đào/)
  })

  test('a form sent twice logs one dossier', async () => {
    const before = countOf('dossiers')
    const form = { ...MARRIAGE, name: 'Trần Văn Hai', once: 'double' }
    const [first, second] = await Promise.all([post(form), post(form)])
    assert.equal(first.headers.location, second.headers.location)
    assert.equal(countOf('dossiers'), before + 1)
  })

  test('a form come back to, changed and sent again leads to what was saved, and is taken as new the next time', async () => {
    const form = { ...MARRIAGE, name: 'Trần Văn Quay Lại', once: 'back' }
    const first = await post({ ...form, do: 'next' })
    const same = await post({ ...form, do: 'accept' })
    assert.equal(same.statusCode, 303, 'another button says nothing else')
    const { id, code } = one('SELECT id, code FROM dossiers ORDER BY id DESC LIMIT 1')
    assert.ok(first.headers.location!.includes(encodeURIComponent(code as string)))
    assert.ok(same.headers.location!.includes(code as string))

    const before = countOf('dossiers')
    const refused = await post({ ...form, do: 'refuse', refusalReason: 'Trả lại' })
    assert.match(textOf(refused.body), /đã được gửi và đã lưu trước đó/)
    const changed = await post({ ...form, name: 'Trần Văn Khác' })
    assert.equal(changed.statusCode, 422)
    assert.match(textOf(changed.body), /đã được gửi và đã lưu trước đó/)
    assert.doesNotMatch(changed.body, /Idempotency/)
    assert.match(changed.body, new RegExp(`href="/ho-so/so-${id}"`))
    assert.equal((await get(`/ho-so/so-${id}`)).statusCode, 200)
    assert.equal(countOf('dossiers'), before)
    const { once } = formIn(changed.body, '/ho-so/moi')
    assert.notEqual(once, 'back')
    assert.equal((await post({ ...form, name: 'Trần Văn Khác', once: once! })).statusCode, 303)
    assert.equal(countOf('dossiers'), before + 1)
  })

  const WRONG = [
    ['procedure', { procedure: '' }],
    ['procedure', { procedure: '1.000001 Không có' }],
    ['name', { name: '' }],
    ['idNumber', { idNumber: '0301' }],
    ['idNumber', { idNumber: '030190001234', birthYear: '1991' }],
    ['birthYear', { birthYear: '91' }],
    ['phone', { phone: '12' }],
    ['email', { email: 'dao@' }],
    ['quantity', { quantity: '0' }],
    ['fee', { fee: '15k' }],
    ['proxyIdNumber', { proxyName: 'Trần Thay', proxyIdNumber: '1' }],
    ['proxyName', { proxyPhone: '0912345678' }],
    [
      'channel',
      { ...MARRIAGE, ...ALL_TICKED, procedure: '1.001022', papersOf: '1.001022', channel: 'online' },
    ],
  ] as const

  for (const [field, fields] of WRONG) {
    test(`refused input comes back as typed, the sentence at its field: ${field} ${JSON.stringify(fields).slice(0, 40)}`, async () => {
      const before = countOf('dossiers')
      const { statusCode, body } = await post({ ...MARRIAGE, name: 'Lê Thị Gõ', note: 'đã gõ', ...fields })
      assert.equal(statusCode, 422)
      assert.match(body, new RegExp(`href="#f-${field}"`))
      assert.match(body, new RegExp(`id="e-${field}"`))
      assert.match(body, /value="đã gõ"/)
      assert.match(body, /<title>Lỗi: /)
      assert.equal(countOf('dossiers'), before)
    })
  }

  test('a number that contradicts the birth year is taken once somebody has said that the card reads so', async () => {
    const form = { ...MARRIAGE, name: 'Lê Văn Nghi', idNumber: somebody(), birthYear: '1986' }
    assert.match((await post(form)).body, /Có thể sai: số này là của người nam, sinh 1985/)
    assert.equal((await post({ ...form, numberConfirmed: '1' })).statusCode, 303)
  })

  test('papers of another procedure than the one chosen are never recorded unseen', async () => {
    const { statusCode, body } = await post({ ...MARRIAGE, procedure: '1.001193', name: 'Lê Văn Đổi' })
    assert.equal(statusCode, 422)
    assert.match(body, /name="papersOf" value="1.001193"/)
    assert.match(textOf(body), /Hãy xem lại giấy tờ và hạn trả/)
  })

  test('a procedure of the district is not taken in by a commune', async () => {
    const code = one(`SELECT code FROM procedures WHERE level = 'district' LIMIT 1`)['code'] as string
    assert.match(
      textOf((await post({ ...MARRIAGE, name: 'A', procedure: code })).body),
      /không tiếp nhận thủ tục/,
    )
  })

  test('a second open dossier of the same person and procedure needs a reason, which is kept', async () => {
    const form = { ...MARRIAGE, name: 'Lê Văn Trùng', idNumber: somebody() }
    const first = await post(form)
    const code = first.headers.location!.split('/')[2]!
    const refused = await post(form)
    assert.equal(refused.statusCode, 422)
    assert.match(textOf(refused.body), new RegExp(`Đã có hồ sơ cùng người, cùng thủ tục: ${code}`))
    const { duplicateOf } = formIn(refused.body, '/ho-so/moi')
    const reason = { duplicateOf: duplicateOf!, duplicateReason: 'Xin thêm cho nước ngoài' }
    const { statusCode } = await post({ ...form, ...reason })
    assert.equal(statusCode, 303)
    const { kind, text } = one('SELECT kind, text FROM dossier_texts ORDER BY id DESC LIMIT 1')
    assert.deepEqual({ kind, text }, { kind: 'reason', text: 'Xin thêm cho nước ngoài' })

    // Of that one: for somebody else, or another procedure, it says nothing.
    const other = { ...form, name: 'Lê Văn Khác', idNumber: somebody() }
    await post(other)
    const again = await post({ ...other, ...reason })
    assert.equal(again.statusCode, 422)
    assert.equal(formIn(again.body, '/ho-so/moi')['duplicateReason'], '')
    const texts = countOf('dossier_texts')
    assert.equal((await post({ ...form, idNumber: somebody(), ...reason })).statusCode, 303)
    assert.equal(countOf('dossier_texts'), texts)
  })

  test('without a required paper it is taken in only for a reason, which is kept and is of those papers', async () => {
    const form = { ...MARRIAGE, name: 'Lê Văn Thiếu Giấy', idNumber: somebody(), 'paper-1': '' }
    const said = /Còn thiếu 1 giấy tờ bắt buộc: Tờ khai cấp Giấy xác nhận/
    assert.match(textOf((await post(form, '/xem')).json().missing), said)
    assert.match(textOf((await post({ ...form, do: 'compute' })).body), said)
    assert.equal((await post({ ...form, 'paper-1': '1' }, '/xem')).json().missing, '')

    const before = countOf('dossiers')
    const refused = await post(form)
    assert.equal(refused.statusCode, 422)
    assert.match(refused.body, /id="e-missingReason"/)
    assert.equal(countOf('dossiers'), before)
    const { missingOf } = formIn(refused.body, '/ho-so/moi')
    const reason = { missingOf: missingOf!, missingReason: 'Nộp bản gốc ngày mai' }
    assert.equal((await post({ ...form, ...reason, 'paper-3': '' })).statusCode, 422, 'not for another paper')
    assert.equal((await post({ ...form, ...reason })).statusCode, 303)
    const { kind, text } = one('SELECT kind, text FROM dossier_texts ORDER BY id DESC LIMIT 1')
    assert.equal(kind, 'reason')
    assert.match(text as string, /^Tiếp nhận dù thiếu Tờ khai cấp Giấy xác nhận.*: Nộp bản gốc ngày mai$/)
  })

  test('without scripts words that fit several procedures name them as choices', async () => {
    for (const act of ['accept', 'compute']) {
      const { body } = await post({ procedure: 'ket hon', name: 'Lê Thị Cưới', do: act })
      const [, list = ''] = /procedure-choices(.*?)<\/ul>/s.exec(body) ?? []
      const named = [...list.matchAll(/name="pick" value="([^"]+)"/g)].map(([, value]) => value!)
      assert.ok(named.length > 1, act)
      assert.ok(
        named.every((value) => /kết hôn/i.test(value)),
        named.join(),
      )
      assert.match(
        (await post({ pick: named[0]! })).body,
        new RegExp(`name="papersOf" value="${named[0]!.split(' ')[0]}"`),
      )
    }
    assert.doesNotMatch((await post({ procedure: '1.004873', do: 'compute' })).body, /procedure-choices/)
  })

  test('an open dossier is found behind any number of later ones of the same person', async () => {
    const person = { name: 'Lê Thị Năng Nộp', idNumber: somebody() }
    const first = await post({ ...MARRIAGE, ...person })
    const code = first.headers.location!.split('/')[2]!
    const desk = deskOf(installation)
    for (let n = 0; n < 40; n++) desk.log({ unit: 'xa-quang-phuc', applicant: person })
    const refused = await post({ ...MARRIAGE, ...person })
    assert.equal(refused.statusCode, 422)
    assert.match(textOf(refused.body), new RegExp(`cùng người, cùng thủ tục: ${code}`))
  })

  test('“Lưu và tiếp” gives nothing of a dossier that the clerk does not handle any more', async () => {
    const first = await post({ ...MARRIAGE, name: 'Lê Văn Rời', idNumber: somebody(), do: 'next' })
    const code = decodeURIComponent(first.headers.location!.split('luot=')[1]!)
    const elsewhere = `(SELECT id FROM units WHERE key = 'xa-ha-ky')`
    installation.db.exec(`UPDATE dossiers SET unit_id = ${elsewhere}, receiving_unit_id = ${elsewhere},
      holder_unit_id = ${elsewhere} WHERE code = '${code}'`)
    const options = { deps: installation, writer: groupCommit(installation.db) }
    assert.deepEqual(await nextOfSitting(options, asOfficer(installation, CLERK), code), {})
  })

  test('“Lưu và tiếp” brings the same person back, and both dossiers stand on one slip', async () => {
    const idNumber = somebody()
    const first = await post({ ...MARRIAGE, name: 'Lê Văn Lượt', idNumber, phone: '0987654321', do: 'next' })
    const code = decodeURIComponent(first.headers.location!.split('luot=')[1]!)
    const { body } = await get(first.headers.location!)
    assert.match(body, new RegExp(`value="${idNumber}"`))
    assert.match(body, new RegExp(`name="sitting" value="${code}" checked`))
    assert.doesNotMatch(
      (await get(first.headers.location!, 'xa-ngoc-ky.mot-cua-2')).body,
      new RegExp(idNumber),
    )

    const { id } = one(`SELECT id FROM dossiers WHERE code = '${code}'`)
    const read = one(`SELECT kind, dossier_id FROM audit_entries ORDER BY id DESC LIMIT 1`)
    assert.deepEqual(
      { ...read },
      { kind: 'person_read', dossier_id: id },
      'the reading is told, that of who got nothing is not',
    )

    const second = await post({
      ...{ ...COPIES, quantity: '12', sitting: code },
      ...{ name: 'Lê Văn Lượt', idNumber, phone: '0987654321' },
    })
    const page = await get(second.headers.location!)
    assert.match(textOf(page.body), /Đã tiếp nhận 2 hồ sơ trong một lượt/)
    const pdf = pdfText((await get(`/ho-so/${code}/luot.pdf`)).rawPayload)
    assert.match(pdf, /Số hồ sơ của lượt nộp này: 2/)
    for (const each of [code, second.headers.location!.split('/')[2]!]) assert.match(pdf, new RegExp(each))

    const other = await post({ ...MARRIAGE, name: 'Người Khác', idNumber: somebody(), sitting: code })
    assert.equal(other.statusCode, 422)
    assert.match(textOf(other.body), /không thuộc cùng lượt nộp/)
  })

  test('“Lưu và tiếp” says which dossier was saved, with its slip, and from the second on that of the sitting', async () => {
    const person = { name: 'Lê Thị Lưu Tiếp', idNumber: somebody() }
    const first = await post({ ...MARRIAGE, ...person, do: 'next' })
    const code = decodeURIComponent(first.headers.location!.split('luot=')[1]!)
    const { body } = await get(first.headers.location!)
    assert.match(
      textOf(body),
      new RegExp(`Đã lưu hồ sơ ${code} · Cấp Giấy xác nhận tình trạng hôn nhân · hẹn trả thứ Năm 09/03/2023`),
    )
    assert.match(
      body,
      new RegExp(`href="/ho-so/${code}/giay-to/receipt-slip.pdf"[^>]+data-paper="[^"]+" data-key="p"`),
    )
    assert.doesNotMatch(body, /luot\.pdf/)
    const elsewhere = await get(first.headers.location!, 'xa-ngoc-ky.mot-cua-2')
    assert.doesNotMatch(textOf(elsewhere.body), /Đã lưu hồ sơ/)

    const second = await post({ ...COPIES, ...person, sitting: code, do: 'next' })
    const saved = decodeURIComponent(second.headers.location!.split('luot=')[1]!)
    const page = await get(second.headers.location!)
    assert.match(page.body, new RegExp(`href="/ho-so/${saved}/luot.pdf"[^>]+data-key="p"`))
    assert.match(textOf(page.body), /In chung một giấy, 2 hồ sơ/)
    // A refusal of the next one takes the slip of this one not away.
    const refused = await post({ procedure: '', saved })
    assert.match(textOf(refused.body), new RegExp(`Đã lưu hồ sơ ${saved}`))
    assert.doesNotMatch(
      textOf((await post({ procedure: '', saved, unit: 'xa-dai-son' }, '', 'xa-dai-son.mot-cua-1')).body),
      /Đã lưu hồ sơ/,
    )
  })

  test('in training “Lưu và tiếp” goes on with a next training intake of the same person', async () => {
    const dossiers = countOf('dossiers')
    const idNumber = somebody()
    const form = { ...MARRIAGE, name: 'Lê Thị Tập Tiếp', idNumber, training: '1', do: 'next' }
    const { headers } = await post(form)
    assert.match(headers.location!, /^\/ho-so\/moi\?tap-huan=1&luot=\d+$/)
    const { body } = await get(headers.location!)
    assert.match(
      textOf(body),
      /TẬP HUẤN.*Đã tiếp nhận thử, không vào sổ · Cấp Giấy xác nhận tình trạng hôn nhân · hẹn trả thứ Năm 09\/03\/2023/s,
    )
    assert.match(body, new RegExp(`value="${idNumber}"`))
    assert.match(body, /name="training" value="1"/)
    assert.equal((await get(headers.location!, 'xa-ngoc-ky.mot-cua-2')).statusCode, 404)
    assert.equal(countOf('dossiers'), dossiers)
  })

  test('a procedure answered at once is taken in and returned by one button, and only there', async () => {
    const form = { ...COPIES, name: 'Lê Văn Chứng Thực', idNumber: somebody(), quantity: '12' }
    assert.doesNotMatch((await post({ ...form, do: 'compute' })).body, /value="at_once"[^>]* hidden/)
    assert.match((await post({ ...MARRIAGE, do: 'compute' })).body, /value="at_once"[^>]* hidden/)
    assert.equal((await post(form, '/xem')).json().atOnce, true)
    assert.equal((await post({ ...form, channel: 'postal' }, '/xem')).json().atOnce, false)
    assert.equal((await post(MARRIAGE, '/xem')).json().atOnce, false)

    const { headers } = await post({ ...form, do: 'at_once' })
    const { code, state, quantity, outcome } = one('SELECT * FROM dossiers ORDER BY id DESC LIMIT 1')
    assert.deepEqual({ state, quantity, outcome }, { state: 'returned', quantity: 12, outcome: 'granted' })
    assert.equal(headers.location, `/ho-so/${code}/da-nhan`, 'its slip does not print by itself')
    const page = textOf((await get(headers.location!)).body)
    assert.match(page, /Đã tiếp nhận và trả kết quả/)
    assert.match(page, /Đã trả kết quả thứ Hai 06\/03\/2023/)
    assert.doesNotMatch(page, /Hẹn trả/)

    for (const wrong of [
      { ...form, ...MARRIAGE },
      { ...form, channel: 'postal' },
    ]) {
      const refused = await post({ ...wrong, idNumber: somebody(), do: 'at_once' })
      assert.equal(refused.statusCode, 422)
      assert.match(textOf(refused.body), /không giải quyết ngay tại chỗ/)
    }
  })

  test('in training what is answered at once is said to be returned, and counts nowhere', async () => {
    const dossiers = countOf('dossiers')
    const form = { ...COPIES, name: 'Lê Văn Thử Ngay', idNumber: somebody(), training: '1', do: 'at_once' }
    const page = textOf((await get((await post(form)).headers.location!)).body)
    assert.match(page, /Đã tiếp nhận và trả ngay thử/)
    assert.doesNotMatch(page, /Hẹn trả/)
    assert.equal(countOf('dossiers'), dossiers)
  })

  test('what was refused or cancelled is no dossier of the sitting: neither its page nor its slip names it', async () => {
    const person = { name: 'Lê Văn Một Lượt', idNumber: somebody() }
    const first = await post({ ...MARRIAGE, ...person, do: 'next' })
    const code = decodeURIComponent(first.headers.location!.split('luot=')[1]!)
    const other = { ...COPIES, sitting: code, ...person }
    const second = (await post(other)).headers.location!
    const refused = await post({ ...other, do: 'refuse', refusalReason: 'Không thuộc thẩm quyền' })
    assert.equal(refused.statusCode, 303)
    assert.equal(one('SELECT sitting_id AS sitting FROM dossiers ORDER BY id DESC LIMIT 1')['sitting'], null)
    const third = await post({ ...other, ...ALL_TICKED, procedure: '1.001193', papersOf: '1.001193' })
    const cancelled = third.headers.location!.split('/')[2]!
    deskOf(installation, HEAD).act(
      one(`SELECT id FROM dossiers WHERE code = '${cancelled}'`) as never,
      'void',
    )

    assert.match(textOf((await get(second)).body), /Đã tiếp nhận 2 hồ sơ trong một lượt/)
    const pdf = pdfText((await get(`/ho-so/${code}/luot.pdf`)).rawPayload)
    assert.match(pdf, /Số hồ sơ của lượt nộp này: 2/)
    assert.doesNotMatch(pdf, new RegExp(cancelled))

    const slip = `/ho-so/${code}/luot.pdf`
    assert.equal((await get(slip, 'huyen-tu-ky.giam-sat')).statusCode, 403, 'who only watches issues none')
    installation.db.exec(`UPDATE persons SET erased_at = 1 WHERE name = '${person.name}'`)
    const { statusCode, body } = await get(slip)
    assert.equal(statusCode, 409)
    assert.match(textOf(body), /đã được xoá theo quy định/)
  })

  test('a refusal takes a reason and leads to its slip; it has no code', async () => {
    const { body } = await post({ ...MARRIAGE, name: 'Lê Văn Chối', do: 'refuse' })
    assert.match(body, /id="e-refusalReason"/)
    assert.match(body, /href="#f-refusalReason"/)
    assert.deepEqual(body.match(/<\w+ id="[^"]+"(?=[^>]* autofocus)/g), ['<textarea id="f-refusalReason"'])
    const form = { ...MARRIAGE, name: 'Lê Văn Chối', do: 'refuse', refusalReason: 'Không đúng thẩm quyền' }
    const { headers } = await post(form)
    assert.match(headers.location!, /^\/ho-so\/so-\d+\/da-nhan/)
    const page = await get(headers.location!)
    assert.match(page.body, /refusal-slip\.pdf/)
  })

  test('a request for more names the required papers that were not ticked, and leaves nothing behind', async () => {
    const before = [countOf('dossiers'), countOf('documents'), countOf('persons')]
    const form = { ...MARRIAGE, ...DAO, 'paper-1': '', do: 'ask', refusalReason: 'Ghi rõ mục đích' }
    const { rawPayload, headers } = await post(form)
    assert.equal(headers['content-type'], 'application/pdf')
    const text = pdfText(rawPayload)
    assert.match(text, /Thiếu: Tờ khai cấp Giấy xác nhận/)
    assert.match(text, /Ghi rõ mục đích/)
    assert.doesNotMatch(text, /030190001234/)
    assert.deepEqual([countOf('dossiers'), countOf('documents'), countOf('persons')], before)
    assert.match((await post({ ...form, 'paper-1': '1', refusalReason: '' })).body, /id="e-refusalReason"/)
  })

  test('what is typed is answered with due date, papers, duplicates and the known person', async () => {
    const desk = deskOf(installation)
    const idNumber = somebody()
    desk.log({
      applicant: { name: 'Lê Thị Quen', idNumber, birthYear: 1985, address: 'Số 7, Thôn Một, xã Ngọc Kỳ' },
    })
    const { due, papers, radar, person, procedure, fee } = (
      await post({ procedure: 'tinh trang hon nhan', idNumber }, '/xem')
    ).json()
    assert.equal(procedure, '1.004873')
    assert.match(textOf(due), /Cấp Giấy xác nhận tình trạng hôn nhân thứ Năm 09\/03\/2023 17:00/)
    assert.match(due, /ngày tính thứ 3; hạn trả/)
    assert.match(papers, /name="paper-1"/)
    assert.match(textOf(radar), /Đã có hồ sơ cùng người, cùng thủ tục/)
    assert.match(textOf(person), /Đã biết: Lê Thị Quen · 1985 · Số 7/)
    assert.equal(typeof fee, 'string')
    const elsewhere = (
      await post({ procedure: '1.004873', idNumber, unit: 'xa-dai-son' }, '/xem', 'xa-dai-son.mot-cua-1')
    ).json()
    assert.doesNotMatch(elsewhere.person + elsewhere.radar, /Quen|Đã có hồ sơ/)
  })

  test('by a phone number alone neither the house nor the ID number is told', async () => {
    deskOf(installation).log({
      applicant: {
        name: 'Lê Thị Gọi',
        phone: '0933444555',
        idNumber: somebody(),
        address: 'Số 9, Thôn Hai, xã Ngọc Kỳ',
      },
    })
    await post({ phone: '+84 933 444 555' }, '/xem').then((answer) =>
      assert.match(textOf(answer.json().person), /Đã biết: Lê Thị Gọi/),
    )
    const { person } = (await post({ phone: '0933 444 555' }, '/xem')).json()
    assert.match(textOf(person), /Đã biết: Lê Thị Gọi · Thôn Hai, xã Ngọc Kỳ/)
    assert.doesNotMatch(person, /Số 9|0301|\d{9}/)
  })

  test('a scan is a card, a procedure, a dossier, or unknown with what to do; its text is nowhere', async () => {
    const code = one('SELECT code FROM dossiers WHERE code IS NOT NULL LIMIT 1')['code'] as string
    const scan = async (text: string) => (await post({ text }, '/quet')).json()
    const card = await scan(
      '030190001234|141234567|Nguyễn Thị Đào|00001990|Nữ|Thôn Ngọc Lâm|15042021||Mẹ Của Đào',
    )
    assert.deepEqual(card.fields, {
      ...{
        idNumber: '030190001234',
        name: 'Nguyễn Thị Đào',
        birthYear: '1990',
        sex: 'female',
        address: 'Thôn Ngọc Lâm',
      },
    })
    const mangled = await scan('030190001234||Nguy?n|05031990|N?|x|15042021')
    assert.equal(mangled.fields.name, '')
    assert.match(mangled.say, /hãy gõ họ tên/)
    assert.match((await scan('1.004873')).value, /^1\.004873 Cấp/)
    assert.equal((await scan('9.999999')).kind, 'unknown')
    assert.equal((await scan(code)).href, `/ho-so/${code}`)
    const unknown = await scan('https://example.vn/gi-day')
    assert.equal(unknown.kind, 'unknown')
    assert.match(unknown.say, /Không nhận ra mã vừa quét \(25 ký tự\)/)
    assert.doesNotMatch(JSON.stringify([card, unknown]), /Mẹ Của Đào|141234567|example/)
  })

  const chipsOf = async (query = '', officer = CLERK) =>
    [...(await get(`/ho-so/moi${query}`, officer)).body.matchAll(/name="pick" value="([\d.]+)/g)].map(
      ([, code]) => code!,
    )

  test('the procedures most received in 90 days have the keys F1 to F8, and stand still through a day', async () => {
    const desk = deskOf(installation)
    const yesterday = (procedure: string, times: number) => {
      for (let n = 0; n < times; n += 1) desk.log({ procedure, at: '2023-03-03T09:00' })
    }
    yesterday('1.004873', 3)
    yesterday('2.000815', 2)
    yesterday('1.001193', 1)
    const { body } = await get('/ho-so/moi')
    assert.match(body, /value="1\.004873 [^"]+" formnovalidate title="[^"]+" aria-keyshortcuts="F1"/)
    assert.doesNotMatch(body, /aria-keyshortcuts="F9"/)
    const before = await chipsOf()
    assert.deepEqual(before.slice(0, 3), ['1.004873', '2.000815', '1.001193'])
    for (let n = 0; n < 9; n += 1) desk.log({ procedure: '1.001193' })
    for (let n = 0; n < 9; n += 1) desk.log({ procedure: '1.000894' })
    assert.deepEqual(await chipsOf(), before)
  })

  test('a desk that has received little has the procedures of its level behind its own', async () => {
    const desk = deskOf(installation)
    const often = [
      '1.004873',
      '2.000815',
      '1.001193',
      '1.000894',
      '1.004222',
      '1.001022',
      '2.000635',
      '1.004884',
    ]
    for (const [n, procedure] of often.entries())
      for (let times = 0; times < 20 - n; times += 1) desk.log({ procedure, at: '2023-03-02T09:00' })
    desk.log({ unit: 'xa-dai-son', procedure: '1.004884', at: '2023-03-03T09:00' })
    const chips = await chipsOf('', 'xa-dai-son.mot-cua-1')
    assert.deepEqual(chips, ['1.004884', ...often.slice(0, 7)])
  })

  test('without scripts a chip chooses the procedure and “Tính hạn” shows date and papers', async () => {
    const picked = await post({ pick: '1.004873 Cấp', name: 'Giữ nguyên' })
    assert.equal(picked.statusCode, 200)
    assert.match(textOf(picked.body), /thứ Năm 09\/03\/2023 17:00/)
    assert.match(picked.body, /value="Giữ nguyên"/)
    const computed = await post({ procedure: '1.001193', do: 'compute' })
    assert.match(computed.body, /name="papersOf" value="1\.001193"/)
  })

  test('training goes through the same rules and changes no other table', async () => {
    const rows = () => {
      const tables = installation.db
        .prepare(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`)
        .pluck()
        .all() as string[]
      const left = tables.filter(
        (name) => !['training_intakes', 'idempotency_keys', 'sessions'].includes(name),
      )
      return left.map((name) => [name, installation.db.prepare(`SELECT * FROM "${name}"`).raw().all()])
    }
    const before = rows()
    const form = { ...MARRIAGE, ...DAO, idNumber: somebody(), birthYear: '1985', sex: 'male', training: '1' }
    const refused = await post({ ...form, name: '' })
    assert.equal(refused.statusCode, 422)
    assert.match(textOf(refused.body), /TẬP HUẤN/)
    const { headers } = await post(form)
    assert.match(headers.location!, /^\/ho-so\/moi\/tap-huan\/\d+$/)
    assert.match(textOf((await get(headers.location!)).body), /Hẹn trả thứ Năm 09\/03\/2023/)
    const paper = pdfText((await get(`${headers.location}/giay.pdf`)).rawPayload)
    assert.match(paper, /Số phiếu: MẪU TẬP HUẤN/)
    assert.doesNotMatch(paper, /000\.24\.35\.H23/)
    const refusal = await post({ ...form, do: 'refuse', refusalReason: 'Thử' })
    assert.match(textOf((await get(refusal.headers.location!)).body), /Đã từ chối thử/)
    assert.deepEqual(rows(), before)
    assert.equal((await get(headers.location!, 'xa-ngoc-ky.mot-cua-2')).statusCode, 404)
    const sealed = one('SELECT intake_sealed AS sealed FROM training_intakes LIMIT 1')['sealed'] as Buffer
    assert.doesNotMatch(sealed.toString('latin1'), /Nguy/)
  })

  test('a form sent after the session has ended is answered with the sign-in in a tab of its own, and no other way', async () => {
    const { statusCode, body } = await post({ ...MARRIAGE, name: 'Lê Văn Hết Phiên' }, '', '')
    assert.equal(statusCode, 401)
    const [, main = ''] = body.split('<main')
    assert.deepEqual(main.match(/<a [^>]+>[^<]+/g), [
      '<a href="/dang-nhap" target="_blank">Đăng nhập ở thẻ mới',
    ])
  })

  test('who only reads dossiers has no way to the intake', async () => {
    const reader = 'huyen-tu-ky.giam-sat'
    assert.equal((await get('/ho-so/moi', reader)).statusCode, 403)
    assert.doesNotMatch((await get('/', reader)).body, /href="\/ho-so\/moi"/)
    assert.match((await get('/')).body, /href="\/ho-so\/moi" data-key="n"/)
  })

  test('the desk cards bear each procedure as Code 128', async () => {
    const { body, statusCode } = await get('/ho-so/moi/the-thu-tuc')
    assert.equal(statusCode, 200)
    assert.match(textOf(body), /1\.004873 · 3 ngày làm việc/)
    assert.ok((body.match(/class="desk-bars"><svg/g) ?? []).length > 8)
  })
})
