import assert from 'node:assert/strict'
import { test } from 'node:test'
import { raiseAlarm } from '../../db/queries/alarms.ts'
import { insertCorrection } from '../../db/queries/correction-requests.ts'
import { actorOfOfficer } from '../../src/accounts/acting.ts'
import { recordSubstitution } from '../../src/accounts/record-substitution.ts'
import { catalogueOf } from '../../src/catalogue/catalogue.ts'
import { SYSTEM_OPERATOR } from '../../src/deps.ts'
import { parseInstant } from '../../src/domain/calendar/day.ts'
import { type Line, morningOf, newFor } from '../../src/morning/morning.ts'
import { submitted, telling } from '../support/citizens.ts'
import { foldersOfOfficer } from '../support/custody.ts'
import { deskOf } from '../support/desk.ts'
import { linksOf, pageApp, textOf } from '../support/page-app.ts'
import { withAccount } from '../support/people.ts'
import { type TestInstallation, testInstallation } from '../support/test-installation.ts'
import { waitFor } from '../support/wait-for.ts'

const ME = 'xa-ngoc-ky.cong-an'
const OTHER = 'xa-ngoc-ky.mot-cua-1'

const idOf = ({ db }: TestInstallation, key: string) => catalogueOf(db).officerByKey.get(key)!.id
const deskAs = (installation: TestInstallation, key: string) =>
  deskOf(installation, actorOfOfficer(installation, idOf(installation, key))!)
const told = (lines: readonly Line[]) => lines.map(({ kind, n, fresh }) => `${kind} ${n}/${fresh}`)
const mine = (installation: TestInstallation, key = ME) =>
  told(morningOf(installation, idOf(installation, key)))

test('a quiet morning says nothing', () => {
  assert.deepEqual(mine(testInstallation()), [])
})

test('a dossier given by somebody else is new until the first page was opened; one’s own doing never is', () => {
  const installation = testInstallation('2023-03-06T09:00')
  deskAs(installation, OTHER).log({ assignee: ME })
  deskAs(installation, ME).log({ assignee: ME })
  assert.deepEqual(mine(installation), ['assigned 1/1'])
  const later = deskAs(installation, OTHER).log()
  deskAs(installation, OTHER).act(later, 'assign', { assignee: ME })
  assert.deepEqual(mine(installation), ['assigned 2/2'])
  assert.deepEqual(mine(installation, OTHER), [])
})

test('what came back from signature, was supplemented or reopened is told by its kind', () => {
  const installation = testInstallation('2023-03-06T09:00')
  const desk = deskAs(installation, OTHER)
  const [signed, asked] = [desk.log({ assignee: ME }), desk.log({ assignee: ME })]
  const head = deskOf(installation, { officerId: null, role: 'head' })
  head.act(signed, 'send_for_signature')
  head.act(signed, 'return_from_signature')
  head.act(asked, 'request_supplement')
  head.act(asked, 'supply_supplement')
  assert.deepEqual(mine(installation), ['sent_back 1/1', 'answered 1/1', 'assigned 2/2'])
  assert.equal(newFor(installation, idOf(installation, ME)), 3, 'what was answered is shown and not counted')
})

test('what falls due today and what became overdue since the last working day, not what waits or was late before', () => {
  const installation = testInstallation('2023-03-06T09:00')
  const desk = deskAs(installation, OTHER)
  for (const day of ['2023-03-06', '2023-03-07', '2023-03-08', '2023-03-09']) {
    installation.at(`${day}T09:00`)
    desk.log({ assignee: ME })
    const paused = desk.log({ assignee: ME })
    desk.act(paused, 'request_supplement')
  }
  // Due on Thursday, Friday, Monday and Tuesday.
  installation.at('2023-03-13T08:00')
  const [first, second] = morningOf(installation, idOf(installation, ME))
  assert.deepEqual(told([first!, second!]), ['today 1/1', 'overdue 1/1'])
})

test('a cancelled dossier is nobody’s work in the morning', () => {
  const installation = testInstallation('2023-03-06T09:00')
  const dossier = deskAs(installation, OTHER).log({ assignee: ME })
  deskOf(installation, { officerId: null, role: 'head' }).act(dossier, 'void')
  installation.at('2023-03-09T08:00')
  assert.deepEqual(mine(installation), [])
})

test('a decision on one’s own request, and not on another’s or by oneself', () => {
  const installation = testInstallation('2023-03-06T09:00')
  const dossier = deskOf(installation).log()
  const unitId = dossier.unitId
  const ask = (requestedBy: number, decidedBy: number) =>
    insertCorrection(installation.db, {
      ...{ dossierId: dossier.id, unitId, act: 'finish', day: '2023-03-03', request: null, reason: 'x' },
      ...{ requestedBy, requestedAt: installation.clock.now(), status: 'approved', decidedBy },
      ...{ decidedAt: installation.clock.now(), decisionNote: null, eventId: null },
    })
  const [me, other] = [idOf(installation, ME), idOf(installation, OTHER)]
  ask(me, other)
  ask(other, me)
  ask(me, me)
  assert.deepEqual(mine(installation), ['decided 1/1'])
})

test('folders on their way to one’s unit, and messages of one’s unit that failed', () => {
  const installation = testInstallation('2023-03-06T09:00')
  const { db, clock } = installation
  const dossier = deskOf(installation).log()
  db.prepare(
    `INSERT INTO hand_overs (id, number, from_unit_id, to_unit_id, sent_at) VALUES (1, 'BG-1', 1, ?, ?)`,
  ).run(dossier.unitId, clock.now())
  db.prepare(
    `INSERT INTO hand_over_folders (hand_over_id, dossier_id, to_unit_id, sent_at) VALUES (1, ?, ?, ?)`,
  ).run(dossier.id, dossier.unitId, clock.now())
  raiseAlarm(db, { kind: 'message_failed', subject: 'xa-ngoc-ky', detail: 'x', raisedAt: clock.now() })
  raiseAlarm(db, { kind: 'message_failed', subject: 'xa-tai-son', detail: 'x', raisedAt: clock.now() })
  assert.deepEqual(mine(installation), ['folders 1/1', 'failed 1/1'])
})

test('of folders sent at once each is new, and what goes to a colleague is only theirs', () => {
  const installation = testInstallation('2023-03-06T09:00')
  const codes = Array.from({ length: 5 }, () => deskOf(installation).log().code!)
  const counter = foldersOfOfficer(installation, OTHER)
  counter.send({ toOfficer: ME, codes: codes.slice(0, 4) })
  counter.send({ toOfficer: 'xa-ngoc-ky.chu-tich', codes: codes.slice(4) })
  assert.deepEqual(mine(installation), ['folders 4/4'])
  assert.deepEqual(mine(installation, OTHER), [])
})

test('folders too long on their way are told to who sent them and to who waits for them, as many as the list shows', async () => {
  const installation = testInstallation('2023-03-06T08:00')
  const codes = [1, 2, 3].map(() => deskOf(installation).log().code!)
  const counter = foldersOfOfficer(installation, OTHER)
  counter.send({ to: 'phong-tu-phap', codes: codes.slice(0, 2) })
  installation.at('2023-03-06T14:00')
  counter.send({ to: 'phong-tu-phap', codes: codes.slice(2) })
  assert.deepEqual(mine(installation, OTHER), ['late_folders 2/2'])
  assert.deepEqual(mine(installation, 'phong-tu-phap.chuyen-vien-1'), ['folders 3/3', 'late_folders 2/2'])
  assert.equal(newFor(installation, idOf(installation, OTHER)), 0)
  const app = await pageApp(installation)
  const page = (url: string) => app.inject({ url, headers: { 'x-motcua-officer': OTHER } })
  assert.match((await page('/')).body, /href="\/ban-giao\/dang-chuyen\?cua=toi"><strong class="n">2</)
  assert.match(textOf((await page('/ban-giao/dang-chuyen?cua=toi')).body), /Quá 4 giờ làm việc 2 hồ sơ/)
  assert.doesNotMatch(
    (
      await app.inject({
        url: '/ban-giao/dang-chuyen?cua=toi',
        headers: { 'x-motcua-officer': 'xa-an-thanh.mot-cua-1' },
      })
    ).body,
    new RegExp(codes[0]!),
  )
  await app.close()
})

test('whoever stands in for somebody sees that morning too', () => {
  const installation = testInstallation('2023-03-06T09:00')
  deskAs(installation, 'xa-ngoc-ky.chu-tich').log({ assignee: ME })
  for (const key of [ME, OTHER]) withAccount(installation, key)
  const to = { absent: ME, substitute: OTHER, from: '2023-03-06', to: '2023-03-10', reason: 'Nghỉ phép' }
  installation.db
    .transaction(() => recordSubstitution(installation, SYSTEM_OPERATOR, to as never))
    .immediate()
  assert.deepEqual(mine(installation, OTHER), ['assigned 1/1'])
})

test('the rail counts what is new, the first page shows it, and then it is seen', async () => {
  const installation = testInstallation('2023-03-06T09:00')
  const dossier = deskAs(installation, OTHER).log({ assignee: ME })
  const app = await pageApp(installation)
  const page = async (url: string) =>
    textOf((await app.inject({ url, headers: { 'x-motcua-officer': ME } })).body)
  assert.match(await page('/ho-so'), /Hôm nay 1 việc mới Việc của tôi/)
  assert.match(await page('/ho-so'), /Hôm nay 1 việc mới/, 'another page does not see it')
  installation.at('2023-03-06T09:10')
  const morning = await page('/')
  assert.match(morning, new RegExp(`Sáng nay .*1 hồ sơ mới được giao mới ${dossier.code}`))
  assert.doesNotMatch(morning, /việc mới/)
  const seen = () =>
    installation.db
      .prepare(`SELECT value FROM settings WHERE key = ?`)
      .pluck()
      .get(`seen:${idOf(installation, ME)}`)
  await waitFor('the mark', () => seen() === String(parseInstant('2023-03-06T09:10')))
  assert.doesNotMatch(await page('/ho-so'), /việc mới/)
  assert.match(await page('/'), /Sáng nay .*1 hồ sơ mới được giao 000/, 'it is still there, no longer new')
})

test('a number of the morning opens exactly its dossiers, and that of failed messages is that of their list', async () => {
  const installation = telling(testInstallation('2023-03-06T09:00'), {
    mail: { url: 'smtp://127.0.0.1:1', from: 'motcua@xa.example' },
  })
  const codes = Array.from({ length: 5 }, () => deskAs(installation, OTHER).log({ assignee: ME }).code)
  for (const n of [1, 2]) {
    const { desk, dossier } = submitted(installation, { phone: `091234567${n}` })
    desk.act(dossier, 'accept')
  }
  const { db, clock } = installation
  db.exec(`UPDATE messages SET status = 'failed', error = 'refused 550', settled_at = 1`)
  raiseAlarm(db, { kind: 'message_failed', subject: 'xa-ngoc-ky', detail: 'x', raisedAt: clock.now() })
  const app = await pageApp(installation)
  const page = async (url: string, officer = ME) =>
    (await app.inject({ url, headers: { 'x-motcua-officer': officer } })).body
  const [, morning = ''] = (await page('/')).split('class="morning"')
  assert.match(
    morning,
    /<a href="\/sang-nay\/assigned"><strong class="n">5<\/strong> hồ sơ mới được giao<\/a>/,
  )
  assert.match(morning, /<a href="\/sang-nay\/assigned">và 2 hồ sơ nữa<\/a>/)
  const list = await page('/sang-nay/assigned')
  assert.match(textOf(list), /5 hồ sơ mới được giao/)
  assert.deepEqual(
    linksOf(list)
      .filter((href) => href.startsWith('/ho-so/000'))
      .toSorted(),
    codes.map((code) => `/ho-so/${code}`),
  )
  assert.match(textOf(await page('/sang-nay/assigned', OTHER)), /Không còn hồ sơ nào ở dòng này/)
  assert.equal((await app.inject('/sang-nay/folders')).statusCode, 404)
  assert.match(textOf(morning), /2 tin cho người dân không gửi được/)
  assert.match(textOf(await page('/tin-nhan?xem=loi')), /2 tin không gửi được/)
})
