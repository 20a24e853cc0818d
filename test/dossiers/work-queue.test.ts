import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import {
  QUEUE_SORTS,
  QUEUE_VIEWS,
  type QueuePlace,
  queueCounts,
  queueRows,
} from '../../db/queries/work-queue.ts'
import { officerActor } from '../../src/accounts/acting.ts'
import { bumpCatalogue, catalogueOf } from '../../src/catalogue/catalogue.ts'
import { SYSTEM_OPERATOR } from '../../src/deps.ts'
import { firstScope, SCOPES, type ScopeName, scopesOf } from '../../src/dossiers/queue-scope.ts'
import { filterOf, type QueueParams, queueHref, readAsk } from '../../src/dossiers/work-queue-query.ts'
import { foldersOfOfficer } from '../support/custody.ts'
import { deskOf } from '../support/desk.ts'
import { pageApp, textOf } from '../support/page-app.ts'
import { type TestInstallation, testInstallation } from '../support/test-installation.ts'
import { weekOfDossiers } from '../support/week-of-dossiers.ts'

let week: TestInstallation

before(() => {
  week = weekOfDossiers()
})

function queue(deps: TestInstallation, officer: string | null, scope: ScopeName, params: QueueParams = {}) {
  const actor = officer === null ? SYSTEM_OPERATOR : officerActor(deps, officer)
  const ask = readAsk({ scope, ...params }, 'all')
  const filter = filterOf(deps, scopesOf(deps, actor)[scope]!, ask)
  return {
    counts: queueCounts(deps.db, filter),
    rows: queueRows(deps.db, { ...ask, ...filter, limit: 1000 }),
    page: (limit: number, last: QueuePlace | undefined) => {
      const href = queueHref({ ...ask, after: last })
      const { after } = readAsk(Object.fromEntries(new URL(href, 'http://x').searchParams), 'all')
      return queueRows(deps.db, { ...ask, ...filter, limit, after })
    },
  }
}

test('every count is the length of its list, in every scope and with every filter', () => {
  const filters: readonly QueueParams[] = [
    {},
    { procedure: '1.004873' },
    { channel: 'level4' },
    { assignee: 'xa-ngoc-ky.mot-cua-1' },
    { assignee: 'none' },
    { state: 'processing' },
    { unit: 'xa-ngoc-ky' },
    { from: '2023-03-06', to: '2023-03-08' },
  ]
  let counted = 0
  for (const officer of [
    'huyen-tu-ky.chu-tich',
    'xa-ngoc-ky.mot-cua-1',
    'bo-phan-mot-cua-huyen.quay-1',
    null,
  ]) {
    for (const scope of officer === null ? (['all'] as const) : SCOPES) {
      for (const filter of filters) {
        for (const view of QUEUE_VIEWS) {
          if (view === 'urgent' || view === 'newest') continue
          const { counts, rows } = queue(week, officer, scope, { ...filter, view })
          assert.equal(rows.length, counts[view], `${officer} ${scope} ${view} ${JSON.stringify(filter)}`)
          counted += rows.length
        }
      }
    }
  }
  assert.ok(counted > 500, String(counted))
})

test('every number of the first page is the length of the list it opens', async () => {
  const week = weekOfDossiers()
  // A department of the commune: a list of the commune shows what is below it.
  const id = (key: string) => catalogueOf(week.db).unitByKey.get(key)!.id
  week.db
    .prepare('UPDATE unit_versions SET parent_unit_id = ? WHERE unit_id = ?')
    .run(id('xa-ngoc-ky'), id('xa-quang-phuc'))
  bumpCatalogue(week.db)
  const app = await pageApp(week)
  let followed = 0
  for (const officer of ['huyen-tu-ky.chu-tich', 'xa-ngoc-ky.mot-cua-1', 'phong-tu-phap.truong', 'bhxh']) {
    const { body } = await app.inject({ url: '/', headers: { 'x-motcua-officer': officer } })
    for (const [, href, words] of body.matchAll(/<a href="(\/viec[^"]*)"[^>]*>([\s\S]*?)<\/a>/g)) {
      const n = /count-value n">([\d.]+)</.exec(words!)?.[1] ?? /^[\d.]+$/.exec(words!)?.[0]
      if (n === undefined) continue
      const { scope, ...params } = Object.fromEntries(
        new URL(href!.replaceAll('&amp;', '&'), 'http://x').searchParams,
      )
      const { rows } = queue(week, officer, scope as ScopeName, params)
      assert.equal(rows.length, Number(n), `${officer} ${href}`)
      followed += 1
    }
  }
  assert.ok(followed > 30, String(followed))
  await app.close()
})

test('a submission that waits for more from the applicant is late for nobody on the first page', async () => {
  const installation = testInstallation('2023-03-06T09:00')
  const desk = deskOf(installation)
  desk.act(desk.log({ act: 'submit', channel: 'level4' }), 'ask_before_acceptance')
  installation.at('2023-03-13T09:00')
  const app = await pageApp(installation)
  const read = async () => {
    const headers = { 'x-motcua-officer': 'xa-ngoc-ky.mot-cua-1' }
    return textOf((await app.inject({ url: '/', headers })).body)
  }
  assert.doesNotMatch(await read(), /quá 8 giờ/)
  desk.log({ act: 'submit', channel: 'level4', at: '2023-03-09T09:00' })
  assert.match(await read(), /Trực tuyến chờ nhận 2 đã có hồ sơ quá 8 giờ/)
  await app.close()
})

test('overdue are those late by now, and those due before today whose clock runs', () => {
  const { rows } = queue(week, null, 'all', { view: 'overdue' })
  assert.ok(rows.length > 0)
  for (const { lateOn, dueOn, pausedSince } of rows) {
    assert.ok(lateOn !== null || (dueOn !== null && dueOn < '2023-03-13' && pausedSince === null))
  }
})

test('a dossier due on Thursday is soon from Tuesday, today on Thursday and overdue on Friday', () => {
  const installation = testInstallation('2023-03-06T09:00')
  deskOf(installation).log()
  const lists = (day: string) => {
    installation.at(`${day}T09:00`)
    const { counts } = queue(installation, null, 'all')
    return [counts.soon, counts.today, counts.overdue]
  }
  assert.deepEqual(lists('2023-03-06'), [0, 0, 0])
  assert.deepEqual(lists('2023-03-07'), [1, 0, 0])
  assert.deepEqual(lists('2023-03-08'), [1, 0, 0])
  assert.deepEqual(lists('2023-03-09'), [0, 1, 0])
  assert.deepEqual(lists('2023-03-10'), [0, 0, 1])
})

test('a list sorted by anything and read page by page shows every dossier once, in order', () => {
  for (const sort of [...QUEUE_SORTS, ...QUEUE_SORTS.map((name) => `-${name}`)]) {
    const { rows, page } = queue(week, null, 'all', { view: 'open', sort })
    const read: number[] = []
    for (let after: QueuePlace | undefined; ; ) {
      const part = page(7, after)
      read.push(...part.map(({ id }) => id))
      after = part.at(-1)
      if (part.length < 7) break
    }
    assert.deepEqual(
      read,
      rows.map(({ id }) => id),
      sort,
    )
    assert.ok(read.length > 14)
  }
  const byCode = queue(week, null, 'all', { view: 'open', sort: '-code' }).rows.map(({ code }) => code ?? '')
  assert.deepEqual(byCode, byCode.toSorted().reverse())
})

test('the next page begins where the last one ended, whatever became of its last dossier', () => {
  const installation = testInstallation('2023-03-06T09:00')
  const desk = deskOf(installation)
  const [first, second, third, fourth] = ['An', 'Bình', 'Chi', 'Dung'].map((name) =>
    desk.log({ applicant: { name: `Lê ${name}` } }),
  )
  const lists = ['due', 'code', 'received', 'applicant'].map((sort) => {
    const { page } = queue(installation, null, 'all', { view: 'open', sort })
    return { sort, page, last: page(2, undefined).at(-1) }
  })
  desk.act(second!, 'request_supplement')
  installation.at('2023-03-20T09:00')
  desk.act(second!, 'supply_supplement')
  for (const { sort, page, last } of lists) {
    const rest = page(10, last).map(({ id }) => id)
    assert.equal(last?.id, second!.id)
    assert.deepEqual(rest.slice(0, 2), [third!.id, fourth!.id], sort)
    assert.ok(!rest.includes(first!.id))
  }
  const { page } = queue(installation, null, 'all', { view: 'result_ready' })
  for (const dossier of [first, second, third]) {
    desk.act(dossier!, 'finish')
    installation.at(`2023-03-20T1${dossier!.id}:00`)
  }
  const [ready] = page(1, undefined)
  desk.act(ready!, 'return_result')
  assert.equal(page(1, ready)[0]?.id, second!.id, 'the last one of the page has left the list')
})

test('no name stands in the address of a page', () => {
  const { rows } = queue(week, null, 'all', { view: 'open', sort: 'applicant' })
  for (const { mark } of rows) assert.equal(typeof mark, 'number')
})

test('mine are those assigned to me and to whoever I stand in for today, and no other', () => {
  const installation = testInstallation('2023-03-06T09:00')
  const desk = deskOf(installation)
  const own = desk.log({ assignee: 'xa-ngoc-ky.mot-cua-1' })
  const absent = desk.log({ assignee: 'xa-ngoc-ky.mot-cua-2' })
  desk.log()
  const mine = () => queue(installation, 'xa-ngoc-ky.mot-cua-1', 'mine').rows.map(({ id }) => id)
  assert.deepEqual(mine(), [own.id])
  const { officerByKey } = catalogueOf(installation.db)
  installation.db
    .prepare(
      `INSERT INTO substitutions (absent_id, substitute_id, from_on, to_on, reason, recorded_at)
         VALUES (?, ?, '2023-03-06', '2023-03-07', 'Đi học', 0)`,
    )
    .run(officerByKey.get('xa-ngoc-ky.mot-cua-2')!.id, officerByKey.get('xa-ngoc-ky.mot-cua-1')!.id)
  bumpCatalogue(installation.db)
  assert.deepEqual(mine(), [own.id, absent.id])
  installation.at('2023-03-08T09:00')
  assert.deepEqual(mine(), [own.id])
})

test('a shop sees what it received until the department that resolves it has a result', () => {
  const installation = testInstallation('2023-03-06T09:00')
  const desk = deskOf(installation)
  const dossier = desk.log({ unit: 'bo-phan-mot-cua-huyen', procedure: '1.001612' })
  const at = (officer: string, view: string) =>
    queue(installation, officer, 'units', { view }).rows.map(({ id }) => id)
  assert.notEqual(dossier.unitId, dossier.receivingUnitId)
  const department = catalogueOf(installation.db).unitById.get(dossier.unitId)!.key
  const officer = `${department}.chuyen-vien-1`
  assert.deepEqual(at('bo-phan-mot-cua-huyen.quay-1', 'open'), [dossier.id])
  assert.deepEqual(at(officer, 'open'), [dossier.id])
  assert.deepEqual(at('xa-ngoc-ky.mot-cua-1', 'open'), [])
  desk.act(dossier, 'finish')
  assert.deepEqual(at('bo-phan-mot-cua-huyen.quay-1', 'result_ready'), [dossier.id])
  assert.deepEqual(at(officer, 'result_ready'), [])
  assert.deepEqual(at(officer, 'open'), [])
})

test('what waits for the citizen and what waits for another agency are lists of their own', () => {
  const installation = testInstallation('2023-03-06T09:00')
  const desk = deskOf(installation)
  const [supplement, payment, verified, consulted, plain] = Array.from({ length: 5 }, () => desk.log())
  desk.act(supplement!, 'request_supplement')
  desk.act(payment!, 'request_payment')
  desk.act(verified!, 'begin_verification')
  desk.act(consulted!, 'begin_consultation')
  const ids = (view: string) =>
    queue(installation, null, 'all', { view })
      .rows.map(({ id }) => id)
      .sort()
  assert.deepEqual(ids('waiting_citizen'), [supplement!.id, payment!.id])
  assert.deepEqual(ids('waiting_agency'), [verified!.id, consulted!.id])
  assert.ok(ids('open').includes(plain!.id))
})

test('a step of another agency that runs makes a dossier wait for that agency', () => {
  const installation = testInstallation('2023-03-06T09:00')
  const desk = deskOf(installation)
  const stepped = [...catalogueOf(installation.db).procedures].find(({ versions }) =>
    versions.some(({ steps, validTo }) => steps.length > 0 && validTo === null),
  )!
  const dossier = desk.log({ procedure: stepped.code })
  const elsewhere = () => queue(installation, null, 'all', { view: 'waiting_agency' }).rows
  const before = elsewhere().length
  const holdBy = (actor: string) =>
    installation.db
      .prepare('UPDATE dossier_steps SET actor = ? WHERE dossier_id = ? AND ended_at IS NULL')
      .run(actor, dossier.id)
  assert.equal(before, 0)
  for (const place of ['shop', 'resolver', 'leader', 'clerk']) {
    holdBy(place)
    assert.deepEqual(elsewhere(), [], place)
  }
  holdBy('bao-hiem-xa-hoi')
  assert.equal(elsewhere()[0]?.stepActor, 'bao-hiem-xa-hoi')
})

test('what was submitted is first by its own clock; those asked for more come last, for their clock stands', () => {
  const installation = testInstallation('2023-03-06T08:00')
  const desk = deskOf(installation)
  const online = { act: 'submit', channel: 'level4' } as const
  const [asked, second] = [desk.log(online), desk.log({ ...online, at: '2023-03-06T08:00' })]
  installation.at('2023-03-06T09:00')
  const third = desk.log(online)
  desk.act(asked, 'ask_before_acceptance')
  const { rows, counts } = queue(installation, 'xa-ngoc-ky.mot-cua-1', 'units', { view: 'submitted' })
  assert.deepEqual(
    rows.map(({ id }) => id),
    [second.id, third.id, asked.id],
  )
  assert.equal(counts.nextReceivingDueAt, rows[0]?.receivingDueAt)
})

test('a paper folder on its way counts for who gets it and who sent it, until it is received or recalled', () => {
  const installation = testInstallation('2023-03-06T09:00')
  const codes = [deskOf(installation).log().code!, deskOf(installation).log().code!]
  const counter = foldersOfOfficer(installation, 'xa-ngoc-ky.mot-cua-1')
  const of = (officer: string, scope: ScopeName = 'units') => {
    const { counts, rows } = queue(installation, officer, scope, { view: 'in_transit' })
    assert.equal(counts.in_transit, rows.length)
    return rows.map(({ code }) => code)
  }
  const sheet = counter.send({ to: 'bo-phan-mot-cua-huyen', codes: [codes[0]!] })
  counter.send({ toOfficer: 'xa-ngoc-ky.chu-tich', codes: [codes[1]!] })
  assert.deepEqual(of('bo-phan-mot-cua-huyen.quay-1'), [codes[0]])
  for (const scope of SCOPES) assert.deepEqual(of('xa-ngoc-ky.mot-cua-1', scope), codes, scope)
  assert.deepEqual(of('xa-ngoc-ky.mot-cua-2'), codes)
  assert.deepEqual(of('xa-ngoc-ky.mot-cua-2', 'mine'), [])
  assert.deepEqual(of('xa-ngoc-ky.chu-tich', 'mine'), [codes[1]])
  assert.deepEqual(of('xa-an-thanh.mot-cua-1', 'all'), [])
  counter.recall(sheet)
  foldersOfOfficer(installation, 'xa-ngoc-ky.chu-tich').receive({ codes: [codes[1]!] })
  assert.deepEqual(of('bo-phan-mot-cua-huyen.quay-1'), [])
  assert.deepEqual(of('xa-ngoc-ky.mot-cua-1'), [])
})

test('the list of folders on their way says from where to where, and how many have been too long', async () => {
  const installation = testInstallation('2023-03-06T08:00')
  const codes = [1, 2, 3].map(() => deskOf(installation).log().code!)
  const counter = foldersOfOfficer(installation, 'xa-ngoc-ky.mot-cua-1')
  counter.send({ to: 'bo-phan-mot-cua-huyen', codes: codes.slice(0, 2) })
  installation.at('2023-03-06T14:30')
  counter.send({ toOfficer: 'xa-ngoc-ky.chu-tich', codes: codes.slice(2) })
  const app = await pageApp(installation)
  const url = '/viec?scope=units&view=in_transit'
  const page = await app.inject({ url, headers: { 'x-motcua-officer': 'xa-ngoc-ky.mot-cua-1' } })
  const text = textOf(page.body)
  assert.match(text, /Bản giấy trên đường 3 2 quá 4 giờ/)
  assert.match(text, /2 đã giao, nơi nhận chưa xác nhận · 1 trong đơn vị\. 2 quá 4 giờ làm việc\./)
  assert.match(text, /Ngọc Kỳ → .* → Đỗ Đình Phúc/)
  await app.close()
})

test('everything is what somebody may see, and no more', () => {
  const { rows } = queue(week, 'xa-ngoc-ky.mot-cua-1', 'all', { view: 'newest' })
  const own = catalogueOf(week.db).unitByKey.get('xa-ngoc-ky')!.id
  assert.ok(rows.length > 0)
  assert.ok(rows.every(({ unitId, receivingUnitId }) => unitId === own || receivingUnitId === own))
  const all = week.db.prepare('SELECT count(*) AS n FROM dossiers').get() as { n: number }
  assert.equal(queue(week, 'huyen-tu-ky.chu-tich', 'all', { view: 'newest' }).rows.length, all.n)
})

test('somebody begins with their own work where they have any, else with that of their unit', () => {
  const installation = testInstallation('2023-03-06T09:00')
  const first = (officer: string) =>
    firstScope(installation, scopesOf(installation, officerActor(installation, officer)))
  assert.equal(first('xa-ngoc-ky.mot-cua-1'), 'units')
  deskOf(installation).log({ assignee: 'xa-ngoc-ky.mot-cua-1' })
  assert.equal(first('xa-ngoc-ky.mot-cua-1'), 'mine')
  assert.equal(first('xa-ngoc-ky.mot-cua-2'), 'units')
  assert.equal(firstScope(installation, scopesOf(installation, SYSTEM_OPERATOR)), 'all')
})
