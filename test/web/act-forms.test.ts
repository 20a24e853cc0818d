import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { findDossierById, type StoredDossier } from '../../db/queries/dossiers.ts'
import { eventsOf, textsOf } from '../../db/queries/timeline.ts'
import {
  ACTS,
  PLAIN_ACTS,
  type PlainAct,
  TRANSITIONS,
  type Transition,
} from '../../src/domain/life-cycle/life-cycle.ts'
import { dossierHref } from '../../src/dossiers/dossier-table.ts'
import { deskOf } from '../support/desk.ts'
import { formIn } from '../support/form-in.ts'
import { pageApp, textOf } from '../support/page-app.ts'
import { type TestInstallation, testInstallation } from '../support/test-installation.ts'
import { testProcedure } from '../support/test-procedure.ts'

const COUNTER = 'xa-ngoc-ky.mot-cua-1'
const COLLEAGUE = 'xa-ngoc-ky.mot-cua-2'
const HEAD = 'xa-ngoc-ky.chu-tich'
const PAPERS = [
  { name: 'Tờ khai', form: 'original', copies: 1, digitised: false },
  { name: 'Giấy chứng sinh', form: 'original', copies: 1, digitised: false },
] as const

let installation: TestInstallation
let app: FastifyInstance
let desk: ReturnType<typeof deskOf>

before(async () => {
  installation = testInstallation('2023-03-07T08:00')
  testProcedure(installation, 'INSTANT', { instant: true })
  testProcedure(installation, 'LONGER', { extensionDays: 3 })
  app = await pageApp(installation)
  desk = deskOf(installation)
})
after(() => app.close())

const online = (procedure = '1.004873') =>
  desk.log({ act: 'submit', channel: 'level4', procedure, at: '2023-03-07T07:40' })
const accepted = (procedure = '1.004873') =>
  desk.log({ procedure, papers: [...PAPERS], at: '2023-03-06T09:00' })
const then = (dossier: StoredDossier, ...acts: readonly PlainAct[]) =>
  acts.reduce((each, act, index) => desk.act(each, act, { at: `2023-03-06T10:0${index}` }), dossier)

/** A dossier on which each act is possible, and what somebody types beyond what stands in its form. */
const CASES = {
  accept: () => [online()],
  resolve_at_once: () => [online('INSTANT')],
  refuse_intake: () => [online()],
  ask_before_acceptance: () => [online()],
  answer_before_acceptance: () => [desk.act(online(), 'ask_before_acceptance', { at: '2023-03-07T07:50' })],
  transfer: () => [accepted()],
  request_supplement: () => [accepted(), { 'missing-1': '1', reason: 'Ghi rõ nơi sinh' }],
  supply_supplement: () => [then(accepted(), 'request_supplement')],
  request_payment: () => [accepted()],
  pay: () => [then(accepted(), 'request_payment'), { feePayment: 'transfer' }],
  begin_verification: () => [accepted()],
  end_verification: () => [then(accepted(), 'begin_verification')],
  begin_consultation: () => [accepted()],
  end_consultation: () => [then(accepted(), 'begin_consultation')],
  send_for_signature: () => [then(accepted(), 'transfer')],
  return_from_signature: () => [then(accepted(), 'send_for_signature')],
  extend: () => [accepted('LONGER'), { days: '2' }],
  apologise: () => [accepted(), { appointmentDays: '2' }],
  assign: () => [accepted(), { assignee: COLLEAGUE }],
  finish_step: () => [withSteps()],
  finish: () => [then(accepted(), 'transfer'), { outcome: 'partly', eResult: '1' }],
  return_result: () => [then(accepted(), 'finish'), { returnMode: 'postal', receiver: 'Trần Thị Mẫu' }],
  withdraw: () => [accepted()],
  stop: () => [accepted()],
  reopen: () => [then(accepted(), 'finish')],
  void: () => [accepted()],
  amend: () => [accepted(), { fee: '8.000', feePayment: 'cash', quantity: '2', digitised: '1' }],
} as const satisfies Record<PlainAct, () => readonly [StoredDossier, Record<string, string>?]>

const open = (dossier: StoredDossier, act: string, officer?: string) =>
  app.inject({
    url: `${dossierHref(dossier)}/viec/${act}`,
    headers: officer ? { 'x-motcua-officer': officer } : {},
  })
const send = (dossier: StoredDossier, act: string, typed: Record<string, string>, officer?: string) =>
  app.inject({
    method: 'POST',
    url: `${dossierHref(dossier)}/viec/${act}`,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      ...(officer && { 'x-motcua-officer': officer }),
    },
    payload: new URLSearchParams(typed).toString(),
  })
const now = ({ id }: StoredDossier) => findDossierById(installation.db, id) as StoredDossier
const newest = ({ id }: StoredDossier) => eventsOf(installation.db, id).at(-1)!
const textOfAct = (dossier: StoredDossier, kind: string) =>
  textsOf(installation.db, dossier.id).find((text) => text.seq === newest(dossier).seq && text.kind === kind)
    ?.text

for (const act of PLAIN_ACTS) {
  const { label, needsReason }: Transition = TRANSITIONS[act]
  test(`“${label}” is done through its form`, async () => {
    const [dossier, typed = {}] = CASES[act]()
    const page = await open(dossier, act)
    assert.equal(page.statusCode, 200, textOf(page.body))
    assert.match(textOf(page.body), /Nếu làm việc này/)
    const form = formIn(page.body, `/viec/${act}`)
    assert.equal(form['version'], String(dossier.version))
    const told = { ...form, ...(needsReason && { reason: 'Theo quy định' }), ...typed }
    const done = await send(dossier, act, told)
    assert.equal(done.statusCode, 303, textOf(done.body))
    assert.equal(newest(dossier).act, act)
    assert.equal(now(dossier).version, dossier.version + 1)
    const after = await app.inject({ url: done.headers.location as string })
    assert.equal(after.statusCode, 200)
    assert.ok(textOf(after.body).includes(`Đã ghi “${label}”`))
  })
}

test('every act that a person may do has a form or a page of its own', async () => {
  const dossier = accepted()
  const { body } = await app.inject({ url: dossierHref(dossier) })
  for (const act of ACTS) {
    const { role }: Transition = TRANSITIONS[act]
    if (role === 'decision' || act === 'submit') continue
    if (act === 'correct') assert.match(body, /\/dinh-chinh#f-procedure">Đổi thủ tục/)
    else assert.ok(act in CASES, act)
  }
})

test('what each form takes is kept as it was typed', async () => {
  const go = async (act: PlainAct) => {
    const [dossier, typed = {}] = CASES[act]()
    const form = formIn((await open(dossier, act)).body, `/viec/${act}`)
    await send(dossier, act, { ...form, ...(TRANSITIONS[act].needsReason && { reason: 'Vì thế' }), ...typed })
    return now(dossier)
  }
  const { outcome, eResult } = await go('finish')
  assert.deepEqual({ outcome, eResult }, { outcome: 'partly', eResult: true })
  const returned = await go('return_result')
  assert.equal(returned.returnedMode, 'postal')
  assert.equal(textOfAct(returned, 'note'), 'Người nhận: Trần Thị Mẫu')
  assert.equal(textOfAct(await go('request_supplement'), 'reason'), 'Giấy chứng sinh\nGhi rõ nơi sinh')
  const { fee, feePayment, quantity, digitised } = await go('amend')
  assert.deepEqual([fee, feePayment, quantity, digitised], [8000, 'cash', 2, true])
  assert.equal((await go('extend')).extensionDays, 2)
  assert.equal((await go('pay')).feePayment, 'transfer')
})

test('a supplement request that names nothing is refused, and what was typed comes back', async () => {
  const dossier = accepted()
  const form = formIn((await open(dossier, 'request_supplement')).body, '/viec/request_supplement')
  const { statusCode, body } = await send(dossier, 'request_supplement', {
    ...form,
    at: '2023-03-06T09:30',
    note: 'Theo Nghị định 123',
  })
  assert.equal(statusCode, 422)
  assert.match(textOf(body), /Hãy ghi lý do/)
  assert.match(body, /<details class="act-more" open>/)
  assert.match(textOf(body), /Lý do, căn cứ/)
  assert.equal(formIn(body, '/viec/request_supplement')['note'], 'Theo Nghị định 123')
})

test('after a supplement request its slip can be opened, from that page only', async () => {
  const dossier = accepted()
  const form = formIn((await open(dossier, 'request_supplement')).body, '/viec/request_supplement')
  const { headers } = await send(dossier, 'request_supplement', { ...form, 'missing-0': '1' })
  const { body } = await app.inject({ url: headers.location as string })
  assert.match(body, /data-now/)
  assert.match(textOf(body), /Tờ khai 1 bản chính · chờ bổ sung/)
  desk.act(dossier, 'supply_supplement')
  const later = await app.inject({ url: headers.location as string })
  assert.doesNotMatch(later.body, /data-now|Đã ghi/)
  assert.match(textOf(later.body), /Tờ khai 1 bản chính · đã bổ sung/)
})

test('a form tells what it does to the due date, and that is what happens', async () => {
  const dossier = accepted()
  assert.match(
    textOf((await open(dossier, 'transfer')).body),
    /Hạn trả giữ nguyên: thứ Năm 09\/03\/2023 \(còn 2 ngày/,
  )
  const asked = textOf((await open(dossier, 'request_supplement')).body)
  assert.match(asked, /Đồng hồ dừng từ lúc này; khi tiếp tục, thời hạn được tính lại từ đầu/)
  const told = /thứ Sáu 10\/03\/2023 sau 3 ngày làm việc (\S+ \S+ \d\d\/\d\d\/\d{4})/.exec(asked)?.[1]
  assert.equal(told, 'thứ Tư 15/03/2023')
  desk.act(dossier, 'request_supplement')
  installation.at('2023-03-10T07:30')
  assert.equal(desk.act(dossier, 'supply_supplement').dueOn, '2023-03-15')
  installation.at('2023-03-07T08:00')
})

test('an extension shows the day to which each number of days leads', async () => {
  const { body } = await open(accepted('LONGER'), 'extend')
  assert.match(textOf(body), /1 ngày làm việc → thứ Sáu 10\/03\/2023 2 ngày làm việc → thứ Hai 13\/03\/2023/)
  assert.match(textOf(body), /Hạn trả chuyển sang thứ Sáu 10\/03\/2023/)
})

test('days and date of a new appointment say the same, whichever was typed last, and nothing is written by looking', async () => {
  const dossier = accepted()
  const look = async (typed: Record<string, string>) => {
    const { body, statusCode } = await send(dossier, 'apologise', { ...typed, look: '1' })
    assert.equal(statusCode, 200)
    return { form: formIn(body, '/viec/apologise'), text: textOf(body) }
  }
  const first = formIn((await open(dossier, 'apologise')).body, '/viec/apologise')
  const byDays = await look({ ...first, appointmentDays: '3' })
  assert.equal(byDays.form['appointmentOn'], '2023-03-14')
  assert.match(byDays.text, /Hẹn lại thứ Ba 14\/03\/2023; hạn trả giữ nguyên/)
  const byDate = await look({ ...byDays.form, appointmentOn: '2023-03-13' })
  assert.equal(byDate.form['appointmentDays'], '2')
  const again = await look({ ...byDate.form, appointmentDays: '1' })
  assert.equal(again.form['appointmentOn'], '2023-03-10')
  const sunday = await look({ ...again.form, appointmentOn: '2023-03-12' })
  assert.match(sunday.text, /không phải ngày làm việc/)
  assert.equal(now(dossier).version, dossier.version)
})

test('the cause of lateness is asked for when the dossier is late, and only then', async () => {
  const dossier = then(accepted(), 'transfer')
  assert.doesNotMatch((await open(dossier, 'finish')).body, /name="overdueReason"/)
  installation.at('2023-03-14T08:00')
  const page = await open(dossier, 'finish')
  assert.match(textOf(page.body), /hồ sơ được tính là xong quá hạn/)
  const form = formIn(page.body, '/viec/finish')
  await send(dossier, 'finish', { ...form, overdueReason: 'Thiếu phôi bản sao' })
  assert.equal(now(dossier).overdueReason, 'Thiếu phôi bản sao')
  installation.at('2023-03-07T08:00')
})

test('a moment too far back waits for approval, once it has a reason', async () => {
  installation.at('2023-03-10T08:00')
  const dossier = then(accepted(), 'transfer')
  const form = formIn((await open(dossier, 'finish', COUNTER)).body, '/viec/finish')
  const late = { ...form, at: '2023-03-07T09:00' }
  const refused = await send(dossier, 'finish', late, COUNTER)
  assert.equal(refused.statusCode, 422)
  assert.match(textOf(refused.body), /Chỉ được nhập lùi/)
  const asked = await send(dossier, 'finish', { ...late, reason: 'Quên bấm' }, COUNTER)
  assert.equal(asked.headers.location, dossierHref(dossier))
  assert.match(textOf((await app.inject({ url: dossierHref(dossier) })).body), /chờ (được )?duyệt/i)
  assert.equal(now(dossier).state, 'processing')
  installation.at('2023-03-07T08:00')
})

test('a form sent twice does its act once', async () => {
  const dossier = accepted()
  const form = formIn((await open(dossier, 'transfer')).body, '/viec/transfer')
  const [one, two] = [await send(dossier, 'transfer', form), await send(dossier, 'transfer', form)]
  assert.deepEqual([one.statusCode, two.statusCode], [303, 303])
  assert.equal(now(dossier).version, dossier.version + 1)
})

test('only what somebody may do is offered', async () => {
  const dossier = accepted()
  const page = async (officer: string) =>
    (await app.inject({ url: dossierHref(dossier), headers: { 'x-motcua-officer': officer } })).body
  assert.match(await page(HEAD), /\/viec\/void"/)
  const counter = await page(COUNTER)
  assert.doesNotMatch(counter, /\/viec\/void"/)
  assert.match(counter, /class="button primary" href="[^"]+\/viec\/transfer" data-key="s"/)
  const supervisor = await page('huyen-tu-ky.giam-sat')
  assert.doesNotMatch(supervisor, /\/viec\//)
  assert.match(textOf(supervisor), /việc trên hồ sơ do cán bộ của đơn vị xử lý thực hiện/)
  assert.equal((await open(dossier, 'void', COUNTER)).statusCode, 409)
  assert.equal((await send(dossier, 'void', { reason: 'x', version: '1' }, COUNTER)).statusCode, 422)
  assert.equal((await open(dossier, 'transfer', 'xa-tai-son.mot-cua-1')).statusCode, 403)
  assert.equal((await send(dossier, 'transfer', { version: '1' }, 'xa-tai-son.mot-cua-1')).statusCode, 403)
  assert.equal((await open(dossier, 'calendar_change')).statusCode, 404)
  assert.equal(now(dossier).version, 1)
})

test('who was slower sees what the other did beside what they typed, and goes on with one click', async () => {
  const dossier = accepted()
  const form = formIn((await open(dossier, 'request_supplement', COUNTER)).body, '/viec/request_supplement')
  const theirs = formIn((await open(dossier, 'transfer', COLLEAGUE)).body, '/viec/transfer')
  await send(dossier, 'transfer', theirs, COLLEAGUE)
  const typed = { ...form, 'missing-1': '1', reason: 'Ghi rõ <nơi sinh>' }
  const stale = await send(dossier, 'request_supplement', typed, COUNTER)
  assert.equal(stale.statusCode, 412)
  const text = textOf(stale.body)
  const colleague = installation.db.prepare('SELECT name FROM officers WHERE key = ?').pluck().get(COLLEAGUE)
  assert.match(text, new RegExp(`Người khác vừa làm Chuyển xử lý ${colleague}, 07/03/2023 08:00`))
  assert.match(text, /Trạng thái Đã tiếp nhận Đang xử lý/)
  assert.match(text, /Làm tiếp trên bản mới/)
  const kept = formIn(stale.body, '/viec/request_supplement')
  assert.equal(kept['reason'], 'Ghi rõ <nơi sinh>')
  assert.equal(kept['missing-1'], '1')
  assert.equal(kept['version'], '2')
  assert.equal(newest(dossier).act, 'transfer')
  assert.equal((await send(dossier, 'request_supplement', kept, COUNTER)).statusCode, 303)
  assert.equal(textOfAct(dossier, 'reason'), 'Giấy chứng sinh\nGhi rõ <nơi sinh>')
})

test('looking at the effect of a stale form tells so, too', async () => {
  const dossier = accepted()
  const form = formIn((await open(dossier, 'stop')).body, '/viec/stop')
  desk.act(dossier, 'transfer')
  const { statusCode, body } = await send(dossier, 'stop', { ...form, look: '1' })
  assert.equal(statusCode, 412)
  assert.match(textOf(body), /Người khác vừa làm/)
})

test('where the act is no longer possible, the page says why and keeps the words to copy', async () => {
  const dossier = then(accepted(), 'transfer')
  const form = formIn((await open(dossier, 'request_supplement', COUNTER)).body, '/viec/request_supplement')
  desk.act(dossier, 'finish')
  const { statusCode, body } = await send(
    dossier,
    'request_supplement',
    { ...form, reason: 'Ghi rõ nơi sinh' },
    COUNTER,
  )
  assert.equal(statusCode, 412)
  assert.match(textOf(body), /Không thể “Yêu cầu bổ sung” khi hồ sơ ở trạng thái “Có kết quả”/)
  assert.match(body, /<textarea id="da-nhap" rows="6" readonly>Ghi rõ nơi sinh<\/textarea>/)
  assert.doesNotMatch(body, /Làm tiếp trên bản mới/)
})

test('who else has the dossier open is named, for a minute after the last sign', async () => {
  const dossier = accepted()
  const see = async (officer: string) =>
    textOf((await app.inject({ url: dossierHref(dossier), headers: { 'x-motcua-officer': officer } })).body)
  const beat = (officer: string) =>
    app.inject({
      method: 'POST',
      url: `${dossierHref(dossier)}/dang-xem`,
      headers: { 'x-motcua-officer': officer },
    })
  assert.doesNotMatch(await see(COUNTER), /đang mở hồ sơ này/)
  const name = installation.db.prepare('SELECT name FROM officers WHERE key = ?').pluck().get(COUNTER)
  assert.ok((await see(COLLEAGUE)).includes(`${name} đang mở hồ sơ này`))
  installation.clock.set(installation.clock.now() + 50_000)
  assert.deepEqual((await beat(COUNTER)).json().others?.endsWith('đang mở hồ sơ này'), true)
  installation.clock.set(installation.clock.now() + 15_000)
  assert.deepEqual((await beat(COUNTER)).json(), { others: null })
  assert.ok((await see(HEAD)).includes(`${name} đang mở hồ sơ này`))
  assert.equal((await beat('xa-tai-son.mot-cua-1')).statusCode, 403)
  installation.at('2023-03-07T08:00')
})

test('a page left open does not keep its session alive, a page that is asked for does', async () => {
  // After every other test's moment: the newest session is this one.
  installation.at('2023-03-20T08:00')
  const url = dossierHref(accepted())
  const headers = { 'x-motcua-officer': HEAD }
  // The last use is kept in a write that no answer waits for.
  const seenAt = async () => {
    await new Promise((resolve) => setTimeout(resolve, 100))
    return installation.db.prepare('SELECT max(last_seen_at) FROM sessions').pluck().get()
  }
  await app.inject({ url, headers })
  const before = await seenAt()
  const later = installation.clock.now() + 10 * 60_000
  installation.clock.set(later)
  await app.inject({ method: 'POST', url: `${url}/dang-xem`, headers })
  assert.equal(await seenAt(), before)
  await app.inject({ url, headers })
  assert.equal(await seenAt(), later)
  installation.at('2023-03-07T08:00')
})

/** A birth with everything that follows it: three agencies, a step each. */
function withSteps(): StoredDossier {
  const code = installation.db
    .prepare(
      `SELECT p.code FROM procedures p JOIN procedure_versions v ON v.procedure_id = p.id
         JOIN procedure_steps s ON s.procedure_version_id = v.id WHERE p.level = 'commune' LIMIT 1`,
    )
    .pluck()
    .get() as string
  return accepted(code)
}
