import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { groupCommit } from '../../db/group-commit.ts'
import { findDayClose } from '../../db/queries/day-closes.ts'
import { findReceipt } from '../../db/queries/fee-receipts.ts'
import { catalogueOf } from '../../src/catalogue/catalogue.ts'
import { type Closing, closeDay, reopenDay } from '../../src/day-close/close-day.ts'
import { dayFigures, figuresOf, namedIn, openByState, untied } from '../../src/day-close/day-figures.ts'
import { unclickedOf } from '../../src/day-close/done-unclicked.ts'
import { issueDay } from '../../src/day-close/issue-day.ts'
import { storedDocument } from '../../src/documents/stored-document.ts'
import { addDays, instantAt, localDayOf } from '../../src/domain/calendar/day.ts'
import { dayCash } from '../../src/fees/day-cash.ts'
import { linesAfterClose, receiptLines } from '../../src/fees/receipt-lines.ts'
import { takeFee } from '../../src/fees/take-fee.ts'
import { voidReceipt } from '../../src/fees/void-receipt.ts'
import { anyHistory, playHistory } from '../support/any-history.ts'
import { foldersOfOfficer, officerAs } from '../support/custody.ts'
import { deskOf } from '../support/desk.ts'
import { HISTORY_LENGTH, histories } from '../support/histories.ts'
import { livesOf, naiveTally } from '../support/naive-recount.ts'
import { pdfPages, pdfShape, pdfText } from '../support/pdf.ts'
import { refused } from '../support/refused.ts'
import { serviceApp } from '../support/service-app.ts'
import { OFFICER } from '../support/signed-in.ts'
import { type TestInstallation, testInstallation } from '../support/test-installation.ts'
import { weekOfDossiers } from '../support/week-of-dossiers.ts'

const COUNTER = 'xa-ngoc-ky.mot-cua-1'
const HEAD = 'xa-ngoc-ky.chu-tich'
const WITH_FEE = '2.000635'

function closer(installation: TestInstallation, key = COUNTER) {
  const actor = officerAs(installation, key)
  const unit = catalogueOf(installation.db).unitByKey.get('xa-ngoc-ky')!
  const write = <T>(work: () => T): T => installation.db.transaction(work).immediate()
  return {
    actor,
    unit,
    close: (day: string, given: Partial<Closing> = {}) =>
      write(() =>
        closeDay(installation, actor, { unit, day, counting: {}, cashNote: '', early: true, ...given }),
      ),
    reopen: (day: string, reason = 'Sót một biên lai') =>
      write(() => reopenDay(installation, actor, unit, day, reason)),
    take: (code: string, payment: 'cash' | 'transfer' = 'cash') =>
      write(() => takeFee(installation, actor, { code, payment })),
    cancel: (number: string) =>
      write(() => voidReceipt(installation, actor, findReceipt(installation.db, number)!.id, 'Ghi nhầm')),
    figures: (day: string) => dayFigures(installation, unit.id, day),
  }
}

test('a day adds up from the last closing to what is left, by cells, by dossiers and by state', () => {
  const installation = testInstallation()
  const desk = deskOf(installation)
  const { close, figures } = closer(installation)
  const [one, two] = [desk.log(), desk.log(), desk.log()]
  const first = figuresOf(close('2023-03-06'))
  assert.deepEqual([first.from, first.counted.carriedOver, first.counted.open], ['2023-03-06', 0, 3])
  installation.at('2023-03-07T09:00')
  desk.log()
  desk.act(one!, 'finish')
  desk.act(two!, 'withdraw')
  const second = figures('2023-03-07')
  assert.equal(second.opening, 3)
  const { carriedOver, received, resolved, withdrawn, open } = second.counted
  assert.deepEqual([carriedOver, received, resolved, withdrawn, open], [3, 1, 1, 1, 2])
  assert.deepEqual([untied(second), second.moved, openByState(second)], [[], [], 2])
  assert.deepEqual([second.received.length, second.finished], [1, [one!.id, two!.id]])
})

test('the days since the last closing are closed together, and one on which nothing happened closes too', () => {
  const installation = testInstallation('2023-03-10T17:00')
  const { close } = closer(installation)
  const empty = figuresOf(close('2023-03-10'))
  assert.deepEqual([empty.counted.open, empty.received, untied(empty)], [0, [], []])
  installation.at('2023-03-11T09:00')
  deskOf(installation).log()
  installation.at('2023-03-13T17:00')
  const monday = figuresOf(close('2023-03-13'))
  assert.deepEqual([monday.from, monday.to, monday.counted.received], ['2023-03-11', '2023-03-13', 1])
})

test('what is written later about a closed day shows the next day, dossier by dossier', () => {
  const installation = testInstallation('2023-03-06T16:00')
  const desk = deskOf(installation)
  const { close, figures } = closer(installation)
  const kept = desk.log()
  const gone = desk.log()
  close('2023-03-06')
  installation.at('2023-03-07T09:00')
  desk.act(gone, 'finish', { at: '2023-03-06T16:30' })
  const late = desk.log({ at: '2023-03-06T15:00' })
  const { opening, counted, moved } = figures('2023-03-07')
  assert.deepEqual([opening, counted.carriedOver, counted.open], [2, 2, 2])
  assert.deepEqual(moved, [
    { dossierId: late.id, how: 'appeared' },
    { dossierId: gone.id, how: 'gone' },
  ])
  assert.ok(!moved.some(({ dossierId }) => dossierId === kept.id))
})

test('what began and ended on a closed day, or was voided since, shows the next day too, and in its register', async () => {
  const installation = testInstallation('2023-03-06T16:00')
  const desk = deskOf(installation)
  const { close, figures, unit, actor } = closer(installation)
  const [done, voidedBefore] = [desk.log(), desk.log()]
  desk.act(done, 'finish')
  desk.act(voidedBefore, 'void')
  close('2023-03-06')
  installation.at('2023-03-07T09:00')
  const late = desk.log({ at: '2023-03-06T15:00' })
  desk.act(late, 'finish', { at: '2023-03-06T16:30' })
  desk.act(done, 'void')
  const { opening, counted, moved } = figures('2023-03-07')
  assert.deepEqual([opening, counted.carriedOver], [0, 0])
  assert.deepEqual(moved, [
    { dossierId: late.id, how: 'added' },
    { dossierId: done.id, how: 'removed' },
  ])
  const document = await issueDay(
    installation,
    groupCommit(installation.db),
    actor,
    unit,
    close('2023-03-07'),
  )
  const text = pdfText(storedDocument(installation, document))
  assert.match(text, new RegExp(`${late.code}: thêm vào sổ của ngày đã chốt`))
  assert.match(text, new RegExp(`${done.code}: không còn trong sổ của ngày đã chốt`))
})

test('a fee that was paid without a receipt holds the closing up until there is one, or a word about it', () => {
  const installation = testInstallation()
  const desk = deskOf(installation)
  const paid = { procedure: WITH_FEE, feePayment: 'cash' } as const
  const [one, two] = [desk.log(paid), desk.log(paid)]
  desk.act(desk.log({ procedure: WITH_FEE }), 'amend', { feePayment: 'online' })
  const { close, take, figures } = closer(installation)
  assert.deepEqual(figures('2023-03-06').unreceipted, [one.id, two.id])
  take(one.code!)
  const counting = { cash: 8_000 }
  assert.match(refused('fees_without_receipt', () => close('2023-03-06', { counting })).message, /Có 1 hồ sơ/)
  const closed = figuresOf(close('2023-03-06', { counting, cashNote: 'Hết quyển biên lai' }))
  assert.deepEqual(closed.unreceipted, [two.id])
  installation.at('2023-03-07T09:00')
  const late = desk.log({ ...paid, at: '2023-03-06T15:00' })
  assert.deepEqual(figures('2023-03-07').unreceipted, [late.id])
})

test('cash is what receipts say less what was voided; a difference needs a word', () => {
  const installation = testInstallation()
  const desk = deskOf(installation)
  const { close, take, cancel } = closer(installation)
  const codes = [1, 2, 3].map((quantity) => desk.log({ procedure: WITH_FEE, quantity }).code!)
  take(codes[0]!)
  cancel(take(codes[1]!).number)
  take(codes[2]!, 'transfer')
  refused('cash_not_counted', () => close('2023-03-06', { counting: { cash: 8_000 } }))
  const counting = { cash: 7_000, transfer: 24_000 }
  const refusal = refused('cash_differs', () => close('2023-03-06', { counting }))
  assert.match(refusal.message, /Tiền mặt lệch -1\.000 đồng/)
  const { cash, cashNote } = figuresOf(close('2023-03-06', { counting, cashNote: 'Thiếu một tờ' }))
  assert.deepEqual(
    [cash.cash, cash.transfer.due, cashNote],
    [{ receipts: 2, voidedReceipts: 1, due: 8_000 }, 24_000, 'Thiếu một tờ'],
  )
})

test('a day is not closed twice; the head opens it again, and that is kept', () => {
  const installation = testInstallation()
  const desk = deskOf(installation)
  const [paid, later] = [desk.log({ procedure: WITH_FEE }), desk.log({ procedure: WITH_FEE })]
  const { close, take, reopen } = closer(installation)
  take(paid.code!)
  close('2023-03-06', { counting: { cash: 8_000 } })
  refused('desk_day_closed', () => close('2023-03-06'))
  refused('head_only', () => reopen('2023-03-06'))
  const head = closer(installation, HEAD)
  refused('reason_required', () => head.reopen('2023-03-06', ' '))
  head.reopen('2023-03-06')
  refused('desk_day_not_closed', () => head.reopen('2023-03-06'))
  take(later.code!)
  const again = figuresOf(close('2023-03-06', { counting: { cash: 16_000 } }))
  assert.deepEqual(
    again.reopenings.map(({ by, reason }) => [by, reason]),
    [[head.actor.officerId, 'Sót một biên lai']],
  )
  assert.equal(again.openAgain, false)
})

test('money that comes or goes after a day is closed is in the cash of the next closing, and that of the closed day stays', () => {
  const installation = testInstallation('2023-03-06T16:00')
  const desk = deskOf(installation)
  const free = { procedure: WITH_FEE }
  const [counted, late, explained] = [
    desk.log(free),
    desk.log(free),
    desk.log({ ...free, feePayment: 'cash' }),
  ]
  const { close, take, cancel, unit } = closer(installation)
  const { number } = take(counted.code!)
  const cashNote = 'Hết quyển biên lai'
  installation.at('2023-03-06T17:05')
  close('2023-03-06', { counting: { cash: 16_000 }, cashNote })
  installation.at('2023-03-06T17:20')
  cancel(number)
  assert.equal(take(late.code!).takenOn, '2023-03-07')
  const atOnce = take(desk.log({ ...free, feePayment: 'cash' }).code!)
  const backDated = take(desk.log({ ...free, feePayment: 'cash', at: '2023-03-06T16:30' }).code!)
  assert.deepEqual([atOnce.takenOn, backDated.takenOn], ['2023-03-07', '2023-03-07'])
  assert.match(atOnce.number, /-2023-00000\d$/)
  refused('desk_day_closed', () => take(explained.code!))
  const days = { from: '2023-03-06', to: '2023-03-06' }
  assert.equal(dayCash(installation, unit.id, days).cash.due, 8_000)
  assert.equal(linesAfterClose(installation, unit.id, '2023-03-06').length, 4)
  installation.at('2023-03-07T17:05')
  const { cash } = figuresOf(close('2023-03-07', { counting: { cash: 16_000 } }))
  assert.deepEqual(cash.cash, { receipts: 3, voidedReceipts: 1, due: 16_000 })
})

test('before the end of the hours a day is closed by who says so; afterwards, for another day or on a day off nobody is asked', () => {
  const installation = testInstallation('2023-03-06T07:46')
  const { close } = closer(installation)
  const early = { early: false }
  assert.match(refused('hours_not_over', () => close('2023-03-06', early)).message, /Đến 17:00 mới hết giờ/)
  close('2023-03-06')
  installation.at('2023-03-08T08:00')
  close('2023-03-07', early)
  installation.at('2023-03-08T17:00')
  close('2023-03-08', early)
  installation.at('2023-03-11T09:00')
  close('2023-03-11', early)
})

test('a day is closed after the days before it, not before they come, and only the last is opened again', () => {
  const installation = testInstallation()
  const { close } = closer(installation)
  const head = closer(installation, HEAD)
  refused('desk_day_to_come', () => close('2023-03-07'))
  close('2023-03-06')
  installation.at('2023-03-07T17:00')
  close('2023-03-07')
  refused('later_day_closed', () => head.reopen('2023-03-06'))
  refused('later_day_closed', () => close('2023-03-03'))
  head.reopen('2023-03-07')
  head.reopen('2023-03-06')
  refused('not_your_unit', () => closerOf('xa-an-thanh.mot-cua-1'))

  function closerOf(key: string) {
    return closer(installation, key).close('2023-03-06')
  }
})

test('a day is not closed while one before it stands open again, the first of all too: no money is lost between', () => {
  const installation = testInstallation()
  const { close, take } = closer(installation)
  const head = closer(installation, HEAD)
  take(deskOf(installation).log({ procedure: WITH_FEE }).code!)
  close('2023-03-06', { counting: { cash: 8_000 } })
  installation.at('2023-03-07T17:00')
  head.reopen('2023-03-06')
  const refusal = refused('earlier_day_open', () => close('2023-03-07'))
  assert.match(refusal.message, /Hãy chốt ngày 06\/03\/2023 trước/)
  close('2023-03-06', { counting: { cash: 8_000 } })
  assert.equal(figuresOf(close('2023-03-07')).from, '2023-03-07')
})

test('the day’s register prints its dossiers, sums and cash once, and anew after another closing', async () => {
  const installation = testInstallation('2023-03-03T09:00')
  const desk = deskOf(installation)
  const before = desk.log({ applicant: { name: 'Phạm Văn Khải' } })
  installation.at('2023-03-06T09:00')
  const dossier = desk.log({ procedure: WITH_FEE, applicant: { name: 'Nguyễn Thị Đào' } })
  desk.act(before, 'finish')
  const { close, take, unit, actor } = closer(installation)
  take(dossier.code!)
  installation.at('2023-03-06T17:05')
  const closed = close('2023-03-06', { counting: { cash: 9_000 }, cashNote: 'Khách chưa lấy tiền thừa' })
  const writer = groupCommit(installation.db)
  const document = await issueDay(installation, writer, actor, unit, closed)
  const pdf = storedDocument(installation, document)
  const text = pdfText(pdf)
  assert.equal(pdfShape(pdf).size, '297×210')
  const said = [
    'Ngày 06/03/2023',
    dossier.code!,
    'Nguyễn Thị Đào',
    before.code!,
    'Đẳng thức: từ trước 1 + tiếp nhận 1 = có kết quả 1 + rút 0 + dừng 0 + còn lại 1.',
    '8.000 9.000 1.000',
    'Khách chưa lấy tiền thừa',
    'Đỗ Thị Nhàn',
    'Đỗ Đình Phúc',
  ]
  for (const words of said) assert.ok(text.includes(words), words)
  const row = () => findDayClose(installation.db, unit.id, '2023-03-06')!
  assert.equal(row().documentId, document.id)
  assert.equal((await issueDay(installation, writer, actor, unit, row())).id, document.id)
  closer(installation, HEAD).reopen('2023-03-06')
  installation.at('2023-03-06T17:20')
  close('2023-03-06', { counting: { cash: 8_000 } })
  const anew = await issueDay(installation, writer, actor, unit, row())
  assert.equal(anew.version, 2)
  assert.match(pdfText(storedDocument(installation, anew)), /Bản 2, thay cho bản ngày 06\/03\/2023/)
})

test('the register lists every receipt of its days, voided ones with when and why, and their sums are the cash', async () => {
  const installation = testInstallation()
  const { db } = installation
  const desk = deskOf(installation)
  const applicant = { name: 'Nguyễn Thị Đào' }
  const codes = [1, 2, 3].map(() => desk.log({ procedure: WITH_FEE, applicant }).code!)
  const { close, take, cancel, unit, actor } = closer(installation)
  const yesterdays = take(codes[0]!)
  close('2023-03-06', { counting: { cash: 8_000 } })
  installation.at('2023-03-07T09:10')
  const gone = take(codes[1]!)
  cancel(gone.number)
  take(codes[2]!, 'transfer')
  closer(installation, HEAD).cancel(yesterdays.number)
  const closed = close('2023-03-07', { counting: { cash: -8_000, transfer: 8_000 } })
  const { cash, voidedOf } = figuresOf(closed)
  const lines = receiptLines(installation, unit.id, { from: '2023-03-07', to: '2023-03-07' })
  for (const payment of ['cash', 'transfer'] as const) {
    const left = lines.filter(({ receipt, isStruck }) => receipt.payment === payment && !isStruck)
    assert.equal(
      left.reduce((sum, { amount }) => sum + amount, 0),
      cash[payment].due,
    )
  }
  assert.deepEqual(voidedOf, [yesterdays.dossierId, gone.dossierId])
  // Why it was voided may name somebody: with the dossier this register goes.
  assert.ok(namedIn(figuresOf(closed)).includes(yesterdays.dossierId))
  const document = await issueDay(installation, groupCommit(db), actor, unit, closed)
  const text = pdfText(storedDocument(installation, document))
  for (const words of [
    `${gone.number} 09:10 ${codes[1]} Tiền mặt 8.000 huỷ 09:10: Ghi nhầm`,
    `${yesterdays.number} 06/03/2023 09:00 ${codes[0]} Tiền mặt -8.000 huỷ 09:10: Ghi nhầm`,
    'Tiền mặt: 1 biên lai, huỷ 2 -8.000',
    'Chuyển khoản: 1 biên lai, huỷ 0 8.000',
  ])
    assert.ok(text.includes(words), `${words} in ${text}`)
  assert.doesNotMatch(text, /Không thu khoản nào|Nguyễn Thị Đào/)
})

test('a receipt taken and voided on a day without any other stands in its register', async () => {
  const installation = testInstallation()
  const { close, take, cancel, unit, actor } = closer(installation)
  const { number } = take(deskOf(installation).log({ procedure: WITH_FEE }).code!)
  cancel(number)
  const closed = close('2023-03-06', { counting: { cash: 0 } })
  const document = await issueDay(installation, groupCommit(installation.db), actor, unit, closed)
  const text = pdfText(storedDocument(installation, document))
  assert.ok(text.includes(number))
  assert.match(text, /Tiền mặt: 1 biên lai, huỷ 1 0 .*Tiền mặt 0 0 0/)
  assert.doesNotMatch(text, /Không thu khoản nào/)
})

test('the signatures of the register stand on the page of the figures they sign', async () => {
  const installation = testInstallation()
  const desk = deskOf(installation)
  const { close, unit, actor } = closer(installation)
  const writer = groupCommit(installation.db)
  for (const day of ['06', '07', '08', '09', '10']) {
    installation.at(`2023-03-${day}T09:00`)
    for (let n = 0; n < Number(day); n++) desk.log()
    const document = await issueDay(installation, writer, actor, unit, close(`2023-03-${day}`))
    const last = pdfPages(storedDocument(installation, document)).at(-1)!
    assert.match(last, /Cộng hồ sơ .*Đẳng thức.*NGƯỜI CHỐT/, day)
  }
})

test('what is done but not clicked is found by its result, its folder and its signature, and not before', () => {
  const installation = testInstallation()
  const desk = deskOf(installation)
  const [sent, back, signed, attached] = [desk.log(), desk.log(), desk.log(), desk.log(), desk.log()]
  const counter = foldersOfOfficer(installation, COUNTER)
  const { unit } = closer(installation)
  desk.act(sent!, 'finish', { eResult: true })
  desk.act(signed!, 'send_for_signature')
  desk.act(attached!, 'transfer')
  counter.send({ to: 'phong-tu-phap', codes: [back!.code!] })
  const found = (day: string) =>
    unclickedOf(installation, unit.id, day).map(({ dossierId, why }) => [dossierId, why[0]!.split(' ')[0]])
  assert.deepEqual(found('2023-03-06'), [[sent!.id, 'đã']])
  const resolver = foldersOfOfficer(installation, 'phong-tu-phap.chuyen-vien-1')
  resolver.receive({ codes: [back!.code!] })
  assert.equal(found('2023-03-06').length, 1)
  resolver.send({ to: 'xa-ngoc-ky', codes: [back!.code!] })
  installation.at('2023-03-09T16:00')
  counter.receive({ codes: [back!.code!] })
  const attach = installation.db.prepare(
    `INSERT INTO attachments (dossier_id, name, media_type, bytes, sha256, added_at) VALUES (?, ?, 'application/pdf', 1, 'x', ?)`,
  )
  attach.run(attached!.id, 'Tờ khai.pdf', installation.clock.now())
  assert.deepEqual(
    found('2023-03-09').map(([id]) => id),
    [sent!.id, back!.id, signed!.id],
  )
  attach.run(attached!.id, 'Kết quả giải quyết.pdf', installation.clock.now())
  assert.deepEqual(
    found('2023-03-09').map(([id]) => id),
    [sent!.id, back!.id, signed!.id, attached!.id],
  )
  desk.act(back!, 'finish')
  assert.ok(!found('2023-03-09').some(([id]) => id === back!.id))
})

test('what was done in another year says in which', () => {
  const installation = testInstallation('2022-12-30T09:00')
  deskOf(installation).act(deskOf(installation).log(), 'finish', { eResult: true })
  const { unit } = closer(installation)
  const why = (day: string) => unclickedOf(installation, unit.id, day)[0]!.why
  assert.deepEqual(why('2022-12-30'), ['đã gửi kết quả điện tử 30/12 09:00'])
  assert.deepEqual(why('2023-01-03'), ['đã gửi kết quả điện tử 30/12/2022 09:00'])
})

test('a folder that came back says so while it lies at the shop, and not once the dossier is passed on', () => {
  const installation = testInstallation()
  const desk = deskOf(installation)
  const dossier = desk.log()
  const codes = [dossier.code!]
  const counter = foldersOfOfficer(installation, COUNTER)
  const resolver = foldersOfOfficer(installation, 'phong-tu-phap.chuyen-vien-1')
  const { unit } = closer(installation)
  const isFound = () => unclickedOf(installation, unit.id, '2023-03-06').length === 1
  const later = (minute: number) => installation.at(`2023-03-06T10:${minute}`)
  counter.send({ to: 'phong-tu-phap', codes })
  resolver.receive({ codes })
  resolver.send({ to: 'xa-ngoc-ky', codes })
  later(10)
  counter.receive({ codes })
  assert.equal(isFound(), true)
  later(20)
  const away = counter.send({ to: 'phong-tu-phap', codes })
  assert.equal(isFound(), false)
  counter.recall(away)
  assert.equal(isFound(), true)
  counter.send({ to: 'phong-tu-phap', codes })
  later(30)
  resolver.receive({ codes })
  assert.equal(isFound(), false)
  resolver.send({ to: 'xa-ngoc-ky', codes })
  later(40)
  counter.receive({ codes })
  assert.equal(isFound(), true)
  later(50)
  desk.act(dossier, 'transfer')
  assert.equal(isFound(), false)
})

const { installation: played, undone } = histories()

test('after any history a closing equals a naive recount of the timelines, and what moved since is all that differs', () => {
  const anyHalf = anyHistory(HISTORY_LENGTH / 2)
  fc.assert(
    fc.property(anyHalf, anyHalf, (history, more) =>
      undone(() => {
        const { unit } = closer(played)
        playHistory(played, history)
        const first = localDayOf(played.clock.now())
        const actor = { officerId: null, role: 'system' } as const
        const closing = { unit, counting: {}, cashNote: '', early: true }
        const before = figuresOf(closeDay(played, actor, { ...closing, day: first }))
        playHistory(played, more, () => {}, instantAt(addDays(first, 1), 0))
        const day = addDays(localDayOf(played.clock.now()), 0)
        if (day === first) return
        const figures = dayFigures(played, unit.id, day)
        const units = ({ receiving }: { readonly receiving: number }) => receiving === unit.id
        const naive = naiveTally(livesOf(played.db, addDays(day, 1)), { from: figures.from, to: day, units })
        const { carriedOver, received, transferredIn, transferredOut, open } = naive
        const { resolved, withdrawn, stopped } = figures.counted
        assert.deepEqual(untied(figures), [])
        assert.deepEqual(
          [figures.counted.carriedOver, figures.counted.received, figures.counted.open],
          [carriedOver, received, open],
        )
        assert.deepEqual([resolved, withdrawn + stopped], [naive.resolved, naive.closed])
        assert.deepEqual(
          [figures.counted.transferredIn, figures.counted.transferredOut],
          [transferredIn, transferredOut],
        )
        assert.equal(figures.openIds.length, open)
        const appeared = figures.moved.filter(({ how }) => how === 'appeared').length
        assert.equal(before.counted.open + appeared - (figures.moved.length - appeared), carriedOver)
        assert.equal(openByState(figures), open)
      }),
    ),
    { seed: 20230306, numRuns: 40 },
  )
})

test('every number of a day opens as many dossiers as it says, and a closed day those of its days', async () => {
  const installation = weekOfDossiers()
  installation.at('2023-03-10T17:30')
  const app = await serviceApp(installation)
  const get = (url: string) => app.inject({ url, headers: { [OFFICER]: COUNTER } })
  const look = async (url: string) => {
    const { body } = await get(url)
    const links = body.matchAll(/<a href="(\/cuoi-ngay\/ho-so[^"]*)">([\d.]+)<\/a>/g)
    const seen: string[] = []
    for (const [, href = '', n = ''] of links) {
      const list = await get(href.replaceAll('&amp;', '&'))
      assert.equal((list.body.match(/<th scope="row" class="col-code">/g) ?? []).length, Number(n), href)
      assert.match(list.body, new RegExp(`: ${n} hồ sơ</h1>`))
      seen.push(new URL(href.replaceAll('&amp;', '&'), 'http://x').searchParams.get('so')!)
    }
    return [...new Set(seen)]
  }
  const seen = await look('/cuoi-ngay')
  for (const name of ['carriedOver', 'open', 'processing']) assert.ok(seen.includes(name), name)
  const { close } = closer(installation)
  close('2023-03-10', { cashNote: 'Không có' })
  assert.deepEqual(
    (await look('/cuoi-ngay')).filter((name) => !seen.includes(name)),
    [],
  )
  await app.close()
})

test('each reading of the register of a day is told to the audit before it is sent', async () => {
  const installation = testInstallation()
  const { db } = installation
  deskOf(installation).log({ at: '2023-03-06T08:00' })
  const { close, unit } = closer(installation)
  close('2023-03-06')
  const app = await serviceApp(installation, groupCommit(db))
  const get = () =>
    app.inject({ url: '/cuoi-ngay/so.pdf?unit=xa-ngoc-ky&ngay=2023-03-06', headers: { [OFFICER]: COUNTER } })
  assert.equal((await get()).statusCode, 200)
  assert.equal((await get()).statusCode, 200)
  const told = db.prepare(`SELECT data FROM audit_entries WHERE kind = 'exported'`).pluck().all() as string[]
  const entry = { what: 'day_register', by: 'page', format: 'pdf', units: [unit.id], rows: 1 }
  assert.deepEqual(
    told.map((data) => JSON.parse(data)),
    Array(2).fill({ ...entry, from: '2023-03-06', to: '2023-03-06' }),
  )
  await app.close()
})
