import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { findDocument } from '../../db/queries/documents.ts'
import { storedDocument } from '../../src/documents/stored-document.ts'
import { parseInstant } from '../../src/domain/calendar/day.ts'
import { correctDossier } from '../../src/dossiers/correct-dossier.ts'
import { addSupplement, closeRegister } from '../../src/register/close-register.ts'
import { printRegister } from '../../src/register/print-register.ts'
import { registerView } from '../../src/register/register-view.ts'
import { booksOf, closedBook, ROWS_A_BOOK, registerOf } from '../../src/register/stored-book.ts'
import { runJob } from '../../workers/run-job.ts'
import { tick } from '../../workers/tick.ts'
import { deskOf, HEAD } from '../support/desk.ts'
import { everyState } from '../support/every-state.ts'
import { textOf } from '../support/page-app.ts'
import { pdfShape, pdfText } from '../support/pdf.ts'
import { refused } from '../support/refused.ts'
import { serviceApp } from '../support/service-app.ts'
import { type TempInstallation, tempInstallation } from '../support/temp-installation.ts'

const OPERATOR = { officerId: null, role: 'operator' } as const
const KEY = '2023|xa-ngoc-ky'

/** A year with a dossier in every state, one carried over from 2022 and one voided, seen on 2 January 2024. */
function yearOver(): TempInstallation {
  const installation = tempInstallation('2022-12-30T09:00')
  const old = deskOf(installation).log({ at: '2022-12-30T08:30' })
  everyState(installation)
  deskOf(installation).act(old, 'finish', { at: '2023-03-08T09:00' })
  installation.at('2024-01-02T09:00')
  return installation
}

const registerIn = (installation: TempInstallation) => registerOf(installation, '2023', 'xa-ngoc-ky')
const write = ({ db }: TempInstallation, work: () => void) => db.transaction(work).immediate()
const close = (installation: TempInstallation) =>
  write(installation, () => closeRegister(installation, OPERATOR, registerIn(installation)))
const supplement = (installation: TempInstallation) =>
  write(installation, () => addSupplement(installation, OPERATOR, registerIn(installation)))
const textOfBook = (installation: TempInstallation, part: number | string) =>
  pdfText(storedDocument(installation, findDocument(installation.db, 'register-book', `${KEY}|${part}`)!))

const shared = yearOver()
let app: FastifyInstance
before(async () => {
  app = await serviceApp(shared)
})
after(async () => {
  await app.close()
  shared.close()
})

test('a year is closed once, its numbers run from 01 by acceptance, and its sums are those of the counters', async () => {
  const installation = yearOver()
  close(installation)
  refused('register_closed', () => close(installation))
  assert.equal(await printRegister(installation, KEY), 1)
  const text = textOfBook(installation, 1)
  assert.match(text, /SỔ THEO DÕI HỒ SƠ Năm 2023/)
  assert.match(text, /Mẫu số 06, Thông tư 01\/2018\/TT-VPCP/)
  assert.match(text, /Sổ này có 2 trang, từ số 01 đến số 09\./)
  assert.match(text, /Khoá sổ năm 2023, ngày 02\/01\/2024: đã cấp 9 số \(trong đó huỷ 1\)/)
  assert.match(
    text,
    /Năm trước chuyển sang 1 Đã nhận trong năm 8 Đã có kết quả 3 Rút 1 Dừng 1 Chuyển năm sau 4 Đẳng thức: 1 \+ 8 = 3 \+ 1 \+ 1 \+ 4/,
  )
  assert.match(text, /huỷ \(lý do khác\)/)
  assert.match(text, /rút 07\/03\/2023/)
  assert.equal((text.match(/chuyển năm sau/g) ?? []).length, 4)
  const book = findDocument(installation.db, 'register-book', `${KEY}|1`)!
  assert.deepEqual(pdfShape(storedDocument(installation, book)), { pages: 2, size: '297×210' })
  installation.close()
})

test('the register of a running year is not closed, and a clerk closes none', () => {
  const installation = yearOver()
  const running = registerOf(installation, '2024', 'xa-ngoc-ky')
  refused('register_year_runs', () =>
    write(installation, () => closeRegister(installation, OPERATOR, running)),
  )
  const clerk = { officerId: clerkOf(installation), role: 'counter' } as const
  refused('not_permitted', () =>
    write(installation, () => closeRegister(installation, clerk, registerIn(installation))),
  )
  installation.close()
})

function clerkOf({ db }: TempInstallation): number {
  return (db.prepare(`SELECT id FROM officers WHERE key = 'xa-ngoc-ky.mot-cua-1'`).get() as { id: number }).id
}

test('a register whose sums are not those of the counters is not closed', () => {
  const installation = yearOver()
  installation.db
    .prepare(`UPDATE day_cells SET received = received + 1 WHERE day = '2023-03-06' AND received > 0`)
    .run()
  const error = refused('register_does_not_add_up', () => close(installation))
  assert.match(error.message, /Đã nhận trong năm: sổ 8, số liệu 9\./)
  assert.equal(closedBook(installation, registerIn(installation)), null)
  installation.close()
})

test('after the closing no number moves: what comes later is listed with the numbers that follow', async () => {
  const installation = yearOver()
  close(installation)
  await printRegister(installation, KEY)
  const before = closedBook(installation, registerIn(installation))!
  const first = findDocument(installation.db, 'register-book', `${KEY}|1`)!
  refused('register_nothing_to_add', () => supplement(installation))

  installation.at('2024-01-02T10:00')
  const desk = deskOf(installation)
  const late = desk.log({ at: '2023-03-06T08:00' })
  desk.as(HEAD).act({ id: before.ids[1]! }, 'void', { reason: 'Nhập trùng' })
  supplement(installation)
  await printRegister(installation, KEY)
  const text = textOfBook(installation, 'bo-sung')
  assert.match(text, /TRANG BỔ SUNG SỔ THEO DÕI HỒ SƠ, KHOÁ NGÀY 02\/01\/2024/)
  assert.match(text, new RegExp(`10 ${late.code}`))
  assert.match(text, /Số 02 \(000\.24\.35\.H23-230306-\d+\) huỷ ngày 02\/01\/2024 \(nhập trùng\)/)
  assert.match(text, /Trang bổ sung này có 1 trang, từ số 10 đến số 10/)

  installation.at('2024-01-03T09:00')
  const later = desk.log({ at: '2023-03-06T07:45' })
  supplement(installation)
  await printRegister(installation, KEY)
  const next = findDocument(installation.db, 'register-book', `${KEY}|bo-sung`)!
  assert.equal(next.version, 2)
  assert.match(textOfBook(installation, 'bo-sung'), new RegExp(`10 ${late.code}.* 11 ${later.code}`))
  assert.deepEqual(closedBook(installation, registerIn(installation))!.ids, before.ids)
  assert.deepEqual(findDocument(installation.db, 'register-book', `${KEY}|1`), first)
  installation.close()
})

test('a dossier corrected to another moment, or out of the year, keeps its number and is named', async () => {
  const installation = yearOver()
  close(installation)
  const before = closedBook(installation, registerIn(installation))!
  installation.at('2024-01-03T09:00')
  const correct = (id: number, acceptedAt: string) =>
    write(installation, () =>
      correctDossier(installation, HEAD, id, { reason: 'Nhập nhầm', acceptedAt: parseInstant(acceptedAt) }),
    )
  correct(before.ids[0]!, '2022-12-30T10:00')
  correct(before.ids[2]!, '2023-03-06T07:31')
  const view = registerView(installation, registerIn(installation), { typed: {}, refusal: null }, true)
  assert.match(
    textOf(String(view)),
    /Số 01 \(000\.24\.35\.H23-230306-\d+\) không còn thuộc sổ này do đính chính/,
  )
  supplement(installation)
  await printRegister(installation, KEY)
  const text = textOfBook(installation, 'bo-sung')
  assert.match(text, /Số 01 \(.*\) không còn thuộc sổ này do đính chính/)
  assert.doesNotMatch(text, /Số 03/)
  assert.deepEqual(closedBook(installation, registerIn(installation))!.ids, before.ids)
  installation.close()
})

test('a run that died is taken up where it stopped, and a printed book stays as it is', async () => {
  const installation = yearOver()
  close(installation)
  await printRegister(installation, KEY)
  const first = findDocument(installation.db, 'register-book', `${KEY}|1`)!
  installation.at('2024-02-01T09:00')
  assert.equal(await printRegister(installation, KEY), 0)
  assert.equal(findDocument(installation.db, 'register-book', `${KEY}|1`)!.sha256, first.sha256)
  installation.close()
})

test('a long year is split into books whose numbers run on', () => {
  const ids = Array.from({ length: 2 * ROWS_A_BOOK + 1 }, (_, index) => index)
  assert.deepEqual(
    booksOf({ ids }).map((book) => [book[0], book.length]),
    [
      [0, ROWS_A_BOOK],
      [ROWS_A_BOOK, ROWS_A_BOOK],
      [2 * ROWS_A_BOOK, 1],
    ],
  )
  assert.deepEqual(booksOf({ ids: [] }), [[]])
})

test('a unit without a dossier closes an empty register', async () => {
  const installation = tempInstallation('2024-01-02T09:00')
  close(installation)
  await printRegister(installation, KEY)
  assert.match(
    textOfBook(installation, 1),
    /Trong năm không tiếp nhận hồ sơ nào\. Sổ này có 1 trang, không có số nào/,
  )
  installation.close()
})

test('on the page the register is closed, the workers print it, and its books are served as issued', async () => {
  const url = '/quan-tri/so-theo-doi/2023/xa-ngoc-ky'
  const page = async () => textOf((await app.inject(url)).body)
  assert.match(await page(), /Hết năm, chưa khoá: 9 số, từ 01 đến 09.*Khoá sổ năm 2023/)
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  assert.equal(
    (await app.inject({ method: 'POST', url: `${url}/khoa`, headers: form, payload: '' })).statusCode,
    303,
  )
  const waiting = await app.inject(url)
  assert.equal(waiting.headers['refresh'], '3')
  assert.match(textOf(waiting.body), /Đang lập quyển 1 \/ 1/)
  assert.equal((await app.inject(`${url}/quyen-1.pdf`)).statusCode, 404)
  await tick(shared, (piece) => (piece.job === 'print-register' ? runJob(shared, piece) : Promise.resolve()))
  assert.match(await page(), /Quyển 1 : số 01 đến 09.*Từ khi khoá sổ không có gì mới/)
  const pdf = await app.inject(`${url}/quyen-1.pdf`)
  assert.equal(pdf.headers['content-type'], 'application/pdf')
  assert.ok(pdf.rawPayload.equals((await app.inject(`${url}/quyen-1.pdf`)).rawPayload))
  const again = await app.inject({ method: 'POST', url: `${url}/khoa`, headers: form, payload: '' })
  assert.equal(again.statusCode, 422)
  assert.match(textOf(again.body), /đã khoá/)
  const as = async (officer: string, path: string) =>
    (await app.inject({ url: url + path, headers: { 'x-motcua-officer': officer } })).statusCode
  for (const path of ['', '/quyen-1.pdf']) {
    assert.equal(await as('xa-ngoc-ky.mot-cua-1', path), 200)
    assert.equal(await as('xa-tai-son.mot-cua-1', path), 403)
  }
})
