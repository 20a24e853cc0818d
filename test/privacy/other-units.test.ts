import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { InjectOptions } from 'fastify'
import { groupCommit } from '../../db/group-commit.ts'
import { findDossierById } from '../../db/queries/dossiers.ts'
import { issueDossierPaper } from '../../src/dossiers/dossier-papers.ts'
import { deskOf } from '../support/desk.ts'
import { lateFacts } from '../support/late-facts.ts'
import { textOf } from '../support/page-app.ts'
import { asOfficer, clientOf, newOfficer } from '../support/posts.ts'
import { serviceApp } from '../support/service-app.ts'
import { OFFICER } from '../support/signed-in.ts'
import { weekOfDossiers } from '../support/week-of-dossiers.ts'

/** What nobody but Xã Ngọc Kỳ may come to see. */
const SECRET = {
  name: 'Bùi Thị Kín',
  idNumber: '036190123456',
  phone: '0912345678',
  address: 'Số 7 ngõ Khuất',
  reason: 'Lý do chỉ đơn vị biết',
}

const installation = weekOfDossiers()
lateFacts(installation)
const desk = deskOf(installation)
const secret = desk.log({
  applicant: { name: SECRET.name, idNumber: SECRET.idNumber, phone: SECRET.phone, address: SECRET.address },
  at: '2023-03-07T09:00',
  note: SECRET.reason,
})
desk.act(secret, 'finish', { at: '2023-03-08T09:00', reason: SECRET.reason })
const writer = groupCommit(installation.db)
const clerk = asOfficer(installation, 'xa-ngoc-ky.mot-cua-1')
const finished = findDossierById(installation.db, secret.id)!
await issueDossierPaper(installation, writer, clerk, finished, { kind: 'receipt-slip' })
newOfficer(installation, 'quan-tri', { wide: 'administrator' })
newOfficer(installation, 'kiem-tra', { wide: 'auditor' })
const client = clientOf(installation, 'xa-ha-ky', [
  'dossiers_read',
  'dossiers_write',
  'corrections_read',
  'documents_issue',
  'exports',
  'exchange',
  'imports',
  'units_assign',
])
const app = await serviceApp(installation, writer)
after(() => app.close())

const CODE = secret.code!
const as = (officer: string) => ({ [OFFICER]: officer })
const get = (url: string, headers: Record<string, string>) => app.inject({ url, headers })

/** Somebody else's dossier by whatever a guess may hit. */
const ONE = [
  `/ho-so/${CODE}`,
  `/ho-so/so-${secret.id}`,
  `/ho-so?q=${CODE}`,
  `/ho-so/${CODE}/khep`,
  `/ho-so/${CODE}/dinh-chinh`,
  `/ho-so/${CODE}/giay-to/receipt-slip.pdf`,
  `/ho-so/${CODE}/giay-to/receipt-slip.pdf?ban=1`,
  `/ho-so/so-${secret.id}/giay-to/receipt-slip.pdf?lan=1&ban=1`,
  `/api/v1/dossiers/${CODE}`,
  `/api/v1/dossiers/${secret.id}`,
  `/api/v1/dossiers/${CODE}/timeline`,
  `/api/v1/dossiers/${CODE}/documents`,
  `/api/v1/dossiers/${CODE}/documents/receipt-slip`,
  `/api/v1/dossiers/${secret.id}/documents/receipt-slip?version=1`,
]

/** Wherever dossiers are listed, counted or sent on. */
const LISTS = [
  '/',
  '/ho-so',
  '/ho-so?view=newest',
  '/ho-so?view=newest&unit=xa-ngoc-ky',
  '/ho-so?view=overdue&unit=huyen-tu-ky',
  '/ho-so?view=submitted',
  '/ho-so?view=result_ready',
  `/ho-so?q=${CODE.slice(0, -2)}`,
  `/ho-so?q=${encodeURIComponent(SECRET.name)}`,
  '/quan-tri',
  '/quan-tri/khep-muon',
  '/quan-tri/khep-muon?unit=xa-ngoc-ky',
  '/quan-tri/dinh-chinh',
  '/quan-tri/don-vi/sap-xep/cho-phan-cong',
  '/quan-tri/nhap-so',
  '/nhap-bu?unit=xa-ngoc-ky',
  '/nhap-bu/phieu?unit=xa-ngoc-ky&view=used',
  '/nhap-bu/gian-doan',
  '/bao-cao/2023-W10',
  '/bao-cao/2023-W10?unit=xa-ngoc-ky',
  '/bao-cao/2023-W10/ho-so?counter=received',
  '/bao-cao/2023-W10/ho-so?counter=received&unit=xa-ngoc-ky',
  '/bao-cao/2023-W10/ho-so?counter=early,onTime&unit=xa-ngoc-ky',
  '/bao-cao/2023-W10/so-sanh?tu=1&den=hien-tai',
  '/api/v1/dossiers?limit=200',
  '/api/v1/dossiers?limit=200&unit=xa-ngoc-ky',
  '/api/v1/dossiers?limit=200&receivingUnit=xa-ngoc-ky',
  `/api/v1/dossiers?idNumber=${SECRET.idNumber}`,
  `/api/v1/dossiers?phone=${SECRET.phone}`,
  `/api/v1/dossiers?name=${encodeURIComponent('bui thi kin')}`,
  `/api/v1/dossiers?code=${CODE}`,
  '/api/v1/dossiers?assignee=none&limit=200',
  '/api/v1/corrections',
  '/api/v1/corrections?status=decided',
  '/api/v1/reports/2023-W10?unit=xa-ngoc-ky',
  '/api/v1/reports/2023-W10/dossiers?counter=received&unit=xa-ngoc-ky&limit=200',
  '/api/v1/reports/2023-W10/revisions',
  '/api/v1/reports/2023-W10/adjustments',
  '/api/v1/reports/2023-W10/comparison?from=1&to=current',
  '/api/v1/reorganisations/waiting',
  '/api/v1/imports',
  '/api/v1/exchange/dossiers',
  '/api/v1/exchange/progress',
  '/api/v1/register?unit=xa-ngoc-ky&year=2023',
  '/api/v1/register',
  '/quan-tri/xuat-so/tep?unit=xa-ngoc-ky&format=csv',
  '/quan-tri/xuat-so/tep?format=csv',
  '/quan-tri/so-theo-doi/2022/xa-ngoc-ky',
  '/quan-tri/so-theo-doi/2022/xa-ngoc-ky/quyen-1.pdf',
]

const STRANGERS: Readonly<Record<string, Record<string, string>>> = {
  'a clerk of another commune': as('xa-ha-ky.mot-cua-1'),
  'the head of another commune': as('xa-ha-ky.chu-tich'),
  'an administrator without a post': as('quan-tri'),
  'a program of another commune': client,
}

/** Where the words of what was typed come back on the page, they are not told of anybody. */
const leaks = (url: string, body: string) =>
  [CODE, ...Object.values(SECRET)].filter(
    (word) =>
      body.includes(word) &&
      !decodeURIComponent(url).includes(word) &&
      !(word === CODE && url.includes(CODE)),
  )

for (const [who, headers] of Object.entries(STRANGERS)) {
  test(`a dossier of another unit is refused to ${who} by code, by number and by paper`, async () => {
    const isProgram = 'authorization' in headers
    for (const url of ONE.filter((each) => !isProgram || each.startsWith('/api/'))) {
      const { statusCode, body } = await get(url, headers)
      assert.equal(statusCode, 403, url)
      assert.deepEqual(leaks(url, body), [], url)
    }
  })

  test(`no list, count, search, report or file tells ${who} of a dossier of another unit`, async () => {
    const isProgram = 'authorization' in headers
    for (const url of LISTS.filter((each) => !isProgram || each.startsWith('/api/'))) {
      const { statusCode, body } = await get(url, headers)
      assert.ok(statusCode < 404 || statusCode === 422, `${statusCode} ${url}`)
      assert.deepEqual(leaks(url, body), [], url)
      if (!url.startsWith('/ho-so?q='))
        assert.doesNotMatch(body, /000\.24\.35\.H23-23/, `a code of Xã Ngọc Kỳ at ${url}`)
    }
  })
}

test('what is refused to others is open to the unit itself: the addresses are right', async () => {
  for (const url of ONE) assert.ok((await get(url, as('xa-ngoc-ky.chu-tich'))).statusCode < 400, url)
  const told = []
  for (const url of LISTS) {
    const { body } = await get(url, as('xa-ngoc-ky.chu-tich'))
    if (/000\.24\.35\.H23-23/.test(body)) told.push(url)
  }
  for (const url of [
    '/',
    '/ho-so',
    '/quan-tri/khep-muon',
    '/quan-tri/dinh-chinh',
    '/nhap-bu/phieu?unit=xa-ngoc-ky&view=used',
    '/bao-cao/2023-W10/ho-so?counter=received',
    '/bao-cao/2023-W10/so-sanh?tu=1&den=hien-tai',
    '/api/v1/dossiers?limit=200',
    `/api/v1/dossiers?idNumber=${SECRET.idNumber}`,
    '/api/v1/corrections',
    '/api/v1/reports/2023-W10/adjustments',
    '/api/v1/register?unit=xa-ngoc-ky&year=2023',
  ])
    assert.ok(told.includes(url), url)
})

test('the figures stay the same for everybody, with a line on how many dossiers are not shown', async () => {
  const url = '/api/v1/reports/2023-W10/dossiers?counter=received&limit=200'
  const own = (await get(url, as('xa-ngoc-ky.chu-tich'))).json()
  const all = (await get(url, as('huyen-tu-ky.chu-tich'))).json()
  assert.equal(own.total, all.total)
  assert.equal(all.notShown, 0)
  assert.equal(own.items.length, own.total - own.notShown)
  assert.ok(own.notShown > 0)
  const page = textOf((await get('/bao-cao/2023-W10/ho-so?counter=received', as('xa-ngoc-ky.chu-tich'))).body)
  assert.match(page, new RegExp(`${own.total} hồ sơ`))
  assert.match(page, new RegExp(`${own.notShown} hồ sơ thuộc đơn vị khác nên không hiện`))
})

test('somebody else’s dossier cannot be changed, printed or corrected by its code', async () => {
  const acts: readonly Pick<InjectOptions, 'url' | 'payload'>[] = [
    { url: `/api/v1/dossiers/${CODE}/acts/return_result`, payload: {} },
    { url: `/api/v1/dossiers/${CODE}/acts/void`, payload: { reason: 'x' } },
    { url: `/api/v1/dossiers/${CODE}/correction`, payload: { channel: 'postal', reason: 'x' } },
    { url: `/api/v1/dossiers/${CODE}/documents`, payload: { kind: 'receipt-slip' } },
  ]
  for (const headers of [as('xa-ha-ky.chu-tich'), as('xa-ha-ky.mot-cua-1'), client]) {
    for (const act of acts) {
      const { statusCode, body } = await app.inject({ method: 'POST', headers, ...act })
      assert.equal(statusCode, 403, `${act.url}: ${body}`)
      assert.deepEqual(leaks(String(act.url), body), [], String(act.url))
    }
  }
  assert.equal(findDossierById(installation.db, secret.id)?.version, finished.version)
})

test('slips of another shop are neither printed nor cancelled', async () => {
  const { number } = installation.db.prepare('SELECT number FROM emergency_slips LIMIT 1').get() as {
    number: string
  }
  const send = (url: string, typed: Record<string, string>) =>
    app.inject({
      method: 'POST',
      url,
      headers: { ...as('xa-ha-ky.mot-cua-1'), 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams(typed).toString(),
    })
  for (const reply of [
    await send('/nhap-bu/phieu', { unit: 'xa-ngoc-ky', count: '3' }),
    await send('/nhap-bu/phieu/huy', { unit: 'xa-ngoc-ky', slip: number, reason: 'phá' }),
  ]) {
    assert.equal(reply.statusCode, 422)
    assert.match(textOf(reply.body), /không giữ vị trí nào/)
  }
  assert.equal((await get(`/nhap-bu/phieu/${number}.pdf`, as('xa-ha-ky.mot-cua-1'))).statusCode, 403)
})

test('a supervisor or an auditor reads a dossier and is offered no act, no paper to make, no correction', async () => {
  for (const reader of ['kiem-tra', 'huyen-tu-ky.giam-sat']) {
    const { body } = await get(`/ho-so/${CODE}`, as(reader))
    assert.match(textOf(body), /Ông\/bà chỉ xem hồ sơ này/)
    assert.doesNotMatch(body, /\/khep"|\/dinh-chinh"|receipt-slip\.pdf\?lan=1"/)
    assert.match(body, /receipt-slip\.pdf\?lan=1&amp;ban=1/, 'what was issued may be read')
    const issued = installation.db.prepare('SELECT count(*) FROM documents').pluck()
    const before = issued.get()
    const paper = await get(`/ho-so/${CODE}/giay-to/receipt-slip.pdf`, as(reader))
    assert.deepEqual([paper.statusCode, issued.get()], [200, before], 'and nothing is made for it')
    assert.deepEqual((await get(`/api/v1/dossiers/${CODE}`, as(reader))).json().acts, [])
  }
  const clerkActs = (await get(`/api/v1/dossiers/${CODE}`, as('xa-ngoc-ky.mot-cua-1'))).json().acts
  assert.ok(clerkActs.length > 0)
  assert.ok(
    !clerkActs.some(({ headOnly }: { headOnly: boolean }) => headOnly),
    'what heads alone do is not offered',
  )
})

test('who has nothing to do with dossiers is led from the home page to the administration', async () => {
  const reply = await get('/', as('quan-tri'))
  assert.deepEqual([reply.statusCode, reply.headers.location], [303, '/quan-tri'])
})
