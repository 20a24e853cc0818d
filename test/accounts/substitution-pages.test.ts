import assert from 'node:assert/strict'
import { test } from 'node:test'
import { catalogueOf } from '../../src/catalogue/catalogue.ts'
import { enterOrAsk } from '../../src/corrections/enter-or-ask.ts'
import { deskOf } from '../support/desk.ts'
import { textOf } from '../support/page-app.ts'
import { actorNow, person, withAccount } from '../support/people.ts'
import { serviceApp } from '../support/service-app.ts'
import { testInstallation } from '../support/test-installation.ts'

const HEAD = 'xa-ngoc-ky.chu-tich'
const CLERK = 'xa-ngoc-ky.mot-cua-1'

async function setting() {
  const installation = testInstallation('2023-03-13T09:00')
  const app = await serviceApp(installation)
  for (const key of [HEAD, CLERK, 'xa-ngoc-ky.cong-an']) withAccount(installation, key)
  const nameOf = (key: string) => catalogueOf(installation.db).officerByKey.get(key)!.name
  const read = async (officer: string, url: string) => {
    const reply = await app.inject({ url, headers: { 'x-motcua-officer': officer } })
    return textOf(reply.body)
  }
  const send = async (officer: string, url: string, fields: Record<string, string>) => {
    const type = 'application/x-www-form-urlencoded'
    const headers = { 'x-motcua-officer': officer, 'content-type': type, 'sec-fetch-site': 'same-origin' }
    const payload = new URLSearchParams(fields).toString()
    const reply = await app.inject({ method: 'POST', url, headers, payload })
    return { status: reply.statusCode, location: reply.headers.location, text: textOf(reply.body) }
  }
  const api = async (officer: string, method: 'GET' | 'POST', path: string, payload?: object) => {
    const headers = { 'x-motcua-officer': officer }
    const reply = await app.inject({
      method,
      url: `/api/v1/${path}`,
      headers,
      ...(payload !== undefined && { payload }),
    })
    return { status: reply.statusCode, json: reply.json() }
  }
  return { installation, nameOf, read, send, api }
}

const LEAVE = {
  absent: HEAD,
  substitute: CLERK,
  from: '2023-03-13',
  to: '2023-03-15',
  reason: 'Đi họp ở tỉnh',
}

test('one hands one’s posts over on the page; a refusal keeps what was typed', async () => {
  const { read, send, nameOf } = await setting()
  const page = await read(HEAD, '/uy-quyen')
  assert.match(page, /Những vị trí được uỷ quyền: Chủ tịch UBND, Xã Ngọc Kỳ/)
  assert.match(page, /Chưa ghi lần uỷ quyền nào/)
  const refused = await send(HEAD, '/uy-quyen', { ...LEAVE, to: '2023-03-12' })
  assert.equal(refused.status, 422)
  assert.match(refused.text, /Ngày cuối phải không sớm hơn ngày đầu.*Đi họp ở tỉnh/)
  assert.equal((await send(HEAD, '/uy-quyen', { ...LEAVE, from: 'mai' })).status, 422)
  const done = await send(HEAD, '/uy-quyen', { ...LEAVE, once: 'a-1' })
  assert.deepEqual([done.status, done.location], [303, '/uy-quyen'])
  assert.equal((await send(HEAD, '/uy-quyen', { ...LEAVE, once: 'a-1' })).status, 303, 'a second click')
  const row = `${nameOf(HEAD)} ${nameOf(CLERK)} 13/03/2023 15/03/2023 đang thay Đi họp ở tỉnh Kết thúc`
  assert.ok((await read(HEAD, '/uy-quyen')).includes(row))
  assert.ok((await read(CLERK, '/uy-quyen')).includes(row))
  assert.match(await read('xa-ngoc-ky.cong-an', '/uy-quyen'), /Chưa ghi lần uỷ quyền nào/)
})

test('a line over every page says for whom one stands in and until when, until it is ended', async () => {
  const { read, send, nameOf } = await setting()
  const line = `Đang thay ${nameOf(HEAD)}, đến hết 15/03/2023.`
  assert.ok(!(await read(CLERK, '/ho-so')).includes(line))
  await send(HEAD, '/uy-quyen', LEAVE)
  for (const url of ['/', '/ho-so', '/tai-khoan', '/uy-quyen', '/khong-co'])
    assert.ok((await read(CLERK, url)).includes(line), url)
  assert.ok(!(await read(HEAD, '/ho-so')).includes(line))
  assert.ok((await read(CLERK, '/tai-khoan')).includes(`thay ${nameOf(HEAD)}`))
  assert.equal((await send(CLERK, '/uy-quyen/1/ket-thuc', {})).status, 303)
  assert.ok(!(await read(CLERK, '/ho-so')).includes(line))
  assert.match(await read(HEAD, '/uy-quyen'), /đã kết thúc 13\/03 09:00/)
  const again = await send(HEAD, '/uy-quyen/1/ket-thuc', {})
  assert.deepEqual([again.status, /đã kết thúc/.test(again.text)], [422, true])
})

test('a head chooses among the people of the unit, an administrator among all, a clerk has no choice', async () => {
  const { installation, read, nameOf } = await setting()
  person(installation, 'quan-tri', 'Phạm Quản Trị', { roles: ['administrator'] })
  const elsewhere = nameOf('xa-ha-ky.mot-cua-1')
  const choices = (page: string) => /Người vắng (.*?) Chọn/.exec(page)?.[1] ?? ''
  const ofHead = choices(await read(HEAD, '/uy-quyen'))
  assert.ok(ofHead.includes(`${nameOf(HEAD)} (tôi)`) && ofHead.includes(nameOf(CLERK)))
  assert.ok(!ofHead.includes(elsewhere))
  assert.ok(choices(await read('quan-tri', '/uy-quyen')).includes(elsewhere))
  assert.doesNotMatch(await read(CLERK, '/uy-quyen'), /\(tôi\)/)
  const form = await read(HEAD, `/uy-quyen?vang=${CLERK}`)
  assert.ok(form.includes(`Những vị trí của ${nameOf(CLERK)} được uỷ quyền`))
  assert.match(await read('quan-tri', '/uy-quyen'), /Hôm nay ông\/bà không giữ vị trí nào/)
})

test('the timeline says who acted for whom, on the page and in the API', async () => {
  const { installation, read, send, api, nameOf } = await setting()
  const dossier = deskOf(installation).log()
  await send(HEAD, '/uy-quyen', LEAVE)
  installation.db
    .transaction(() =>
      enterOrAsk(installation, actorNow(installation, CLERK)!, {
        kind: 'act',
        which: dossier.id,
        request: { act: 'void', reason: 'Nhập trùng' },
      }),
    )
    .immediate()
  assert.ok((await read(HEAD, `/ho-so/${dossier.code}`)).includes(`${nameOf(CLERK)} thay ${nameOf(HEAD)}`))
  const { json } = await api(HEAD, 'GET', `dossiers/${dossier.code}/timeline`)
  const [first, last] = [json.timeline[0], json.timeline.at(-1)]
  assert.deepEqual([first.onBehalfOf, last.actor.key, last.onBehalfOf.key], [null, CLERK, HEAD])
})

test('“Việc của tôi” has one’s own dossiers and, marked, those of whoever one stands in for', async () => {
  const { installation, read, send, nameOf } = await setting()
  const desk = deskOf(installation)
  const own = desk.log({ assignee: CLERK })
  const theirs = desk.log({ assignee: HEAD })
  const other = desk.log()
  const page = '/viec?scope=mine&view=open'
  const before = await read(CLERK, page)
  assert.deepEqual(
    [own, theirs, other].map(({ code }) => before.includes(code!)),
    [true, false, false],
  )
  await send(HEAD, '/uy-quyen', LEAVE)
  const list = await read(CLERK, page)
  assert.ok(list.includes(own.code!) && list.includes(theirs.code!) && !list.includes(other.code!))
  assert.equal(list.split(` thay ${nameOf(HEAD)} `).length - 1, 1)
})

test('by the API: recorded for oneself or one’s people, listed, ended, refused in words', async () => {
  const { api, send } = await setting()
  const { absent: _, ...own } = LEAVE
  const made = await api(HEAD, 'POST', 'substitutions', own)
  assert.deepEqual(
    [made.status, made.json.absent.key, made.json.substitute.key, made.json.state],
    [201, HEAD, CLERK, 'running'],
  )
  const again = await api(HEAD, 'POST', 'substitutions', { ...own, from: '2023-03-15', to: '2023-03-20' })
  assert.deepEqual([again.status, again.json.code], [409, 'substitution_overlaps'])
  assert.equal(
    (await api(CLERK, 'POST', 'substitutions', { ...LEAVE, absent: 'xa-ha-ky.chu-tich' })).status,
    403,
  )
  const days = { from: '2023-03-20', to: '2023-03-20' }
  const theirs = { ...LEAVE, ...days, absent: 'xa-ngoc-ky.cong-an' }
  assert.equal((await api(HEAD, 'POST', 'substitutions', theirs)).json.state, 'coming')
  assert.equal((await api(HEAD, 'GET', 'substitutions')).json.substitutions.length, 2)
  assert.equal((await api('xa-ngoc-ky.cong-an', 'GET', 'substitutions')).json.substitutions.length, 1)
  const ended = await api(HEAD, 'POST', 'substitutions/1/end', {})
  assert.deepEqual([ended.status, ended.json.state], [200, 'over'])
  assert.equal((await api(HEAD, 'POST', 'substitutions/9/end', {})).json.code, 'unknown_substitution')
  assert.equal((await send(HEAD, '/uy-quyen/x/ket-thuc', {})).status, 422)
})
