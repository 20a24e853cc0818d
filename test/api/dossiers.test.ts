import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bumpCatalogue } from '../../src/catalogue/catalogue.ts'
import { apiUnderTest, INTAKE } from './api-under-test.ts'

test('a dossier accepted at the counter gets its code, its due date, a location and an ETag', async () => {
  const { post, get } = await apiUnderTest('2023-03-06T09:00')
  const created = await post('dossiers', INTAKE)
  assert.equal(created.status, 201)
  assert.equal(created.headers.location, '/api/v1/dossiers/000.24.35.H23-230306-0001')
  assert.equal(created.headers.etag, '"1"')
  assert.equal(created.json.state, 'accepted')
  assert.equal(created.json.stateLabel, 'Đã tiếp nhận')
  assert.equal(created.json.nationalCode, 2)
  assert.equal(created.json.dueAt, '2023-03-09T17:00:00+07:00')
  assert.equal(created.json.workingDaysLeft, 3)
  assert.ok(!created.text.includes('Đào'), 'the answer to a write carries no personal data')

  const shown = await get(String(created.headers.location))
  assert.equal(shown.status, 200)
  assert.equal(shown.headers.etag, '"1"')
  assert.equal(shown.json.applicant.name, 'Nguyễn Thị Đào')
  assert.equal(shown.json.applicant.idNumber, '999190001234')
  assert.equal(shown.json.explanation.strip.at(-1).n, 3)
  assert.deepEqual(
    shown.json.timeline.map((event: { label: string }) => event.label),
    ['Tiếp nhận'],
  )
  assert.ok(shown.json.acts.some(({ act }: { act: string }) => act === 'transfer'))
})

test('a dossier is found by its code in small letters, and by its id', async () => {
  const { post, get } = await apiUnderTest()
  const { json } = await post('dossiers', INTAKE)
  assert.equal((await get(`dossiers/${json.code.toLowerCase()}`)).json.id, json.id)
  assert.equal((await get(`dossiers/${json.id}`)).json.code, json.code)
  const missing = await get('dossiers/000.24.35.H23-230306-9999')
  assert.equal(missing.status, 404)
  assert.equal(missing.json.code, 'unknown_dossier')
})

test('every opening act is possible through the same door', async () => {
  const { post } = await apiUnderTest('2023-03-06T09:00')
  const submitted = await post('dossiers', { ...INTAKE, act: 'submit', channel: 'online' })
  assert.deepEqual([submitted.status, submitted.json.state, submitted.json.code], [201, 'submitted', null])
  assert.equal(submitted.headers.location, `/api/v1/dossiers/${submitted.json.id}`)
  const refused = await post('dossiers', {
    ...INTAKE,
    act: 'refuse_intake',
    reason: 'Không thuộc thẩm quyền',
  })
  assert.deepEqual([refused.json.state, refused.json.slipNumber !== null], ['not_accepted', true])
  const atOnce = await post('dossiers', {
    ...INTAKE,
    act: 'resolve_at_once',
    procedure: '2.000815',
    quantity: 3,
  })
  assert.deepEqual([atOnce.json.state, atOnce.json.outcome], ['returned', 'granted'])
})

test('a life from submission to the result is walked act by act', async () => {
  const { post, get, installation } = await apiUnderTest('2023-03-06T08:00')
  const { json } = await post('dossiers', { ...INTAKE, act: 'submit', channel: 'level4' })
  const walk = async (act: string, body: object = {}) => {
    const answer = await post(`dossiers/${json.id}/acts/${act}`, body)
    assert.equal(answer.status, 200, `${act}: ${answer.text}`)
    return answer.json
  }
  assert.equal((await walk('ask_before_acceptance', { reason: 'Thiếu ảnh' })).nationalCode, 5)
  await walk('answer_before_acceptance')
  assert.equal((await walk('accept')).code, '000.24.35.H23-230306-0001')
  await walk('assign', { assignee: 'xa-ngoc-ky.mot-cua-2' })
  installation.at('2023-03-07T08:00')
  assert.equal((await walk('request_supplement', { reason: 'Thiếu giấy khai sinh' })).paused, true)
  installation.at('2023-03-09T08:00')
  assert.equal((await walk('supply_supplement')).dueAt, '2023-03-14T17:00:00+07:00')
  await walk('apologise', { reason: 'Chờ xác minh', appointmentAt: '2023-03-16T17:00' })
  await walk('assign', { assignee: null })
  await walk('finish', { outcome: 'granted', eResult: true })
  assert.equal((await walk('return_result', { returnMode: 'online' })).state, 'returned')
  await walk('amend', { fee: 8000, feePayment: 'cash', feePaidAt: '2023-03-09T08:00', note: 'Thu tại quầy' })
  await walk('reopen', { reason: 'Trả nhầm kết quả' })

  const { timeline } = (await get(`dossiers/${json.id}/timeline`)).json
  assert.equal(timeline.length, 13)
  assert.equal(
    timeline.find(({ act }: { act: string }) => act === 'request_supplement').reason,
    'Thiếu giấy khai sinh',
  )
  assert.ok(timeline.some(({ note }: { note: string | null }) => note === 'Thu tại quầy'))
})

test('an act takes exactly its own fields and refuses those of another', async () => {
  const { post } = await apiUnderTest()
  const { json } = await post('dossiers', INTAKE)
  const answer = await post(`dossiers/${json.id}/acts/transfer`, { outcome: 'granted' })
  assert.equal(answer.status, 400)
  assert.deepEqual(answer.json.errors[0].field, 'outcome')
  const missing = await post(`dossiers/${json.id}/acts/finish`, {})
  assert.deepEqual(missing.json.errors, [
    { in: 'body', field: 'outcome', detail: 'Thiếu trường này. Hãy gửi kèm.' },
  ])
})

test('an act the state does not admit is a conflict that names the possible ones', async () => {
  const { post } = await apiUnderTest()
  const { json } = await post('dossiers', INTAKE)
  const answer = await post(`dossiers/${json.id}/acts/return_result`, {})
  assert.equal(answer.status, 409)
  assert.match(answer.json.detail, /Chuyển xử lý/)
})

test('what only the head may do is refused to a clerk, and done by the head', async () => {
  const { post, get } = await apiUnderTest()
  const { json } = await post('dossiers', INTAKE, { 'x-motcua-officer': 'xa-ngoc-ky.mot-cua-1' })
  const path = `dossiers/${json.id}/acts/void`
  const clerk = await post(path, { reason: 'Nhập trùng' }, { 'x-motcua-officer': 'xa-ngoc-ky.mot-cua-1' })
  assert.deepEqual([clerk.status, clerk.json.code], [403, 'head_only'])
  const head = await post(path, { reason: 'Nhập trùng' }, { 'x-motcua-officer': 'xa-ngoc-ky.chu-tich' })
  assert.equal(head.json.state, 'voided')
  const { timeline } = (await get(`dossiers/${json.id}`)).json
  assert.deepEqual(
    timeline.map(({ actor }: { actor: { key: string } }) => actor.key),
    ['xa-ngoc-ky.mot-cua-1', 'xa-ngoc-ky.chu-tich'],
  )
})

test('who holds two posts on a day acts with the wider one', async () => {
  const { post, installation } = await apiUnderTest('2023-03-06T09:00')
  const { json } = await post('dossiers', INTAKE)
  const clerk = { 'x-motcua-officer': 'xa-ngoc-ky.mot-cua-1' }
  const promote = (from: string) => {
    installation.db
      .prepare(
        `INSERT INTO memberships (officer_id, unit_id, role, title, valid_from, field_slugs)
           SELECT officer_id, unit_id, 'head', 'Quyền Chủ tịch', ?, '[]' FROM memberships
             WHERE officer_id = (SELECT id FROM officers WHERE key = 'xa-ngoc-ky.mot-cua-1')`,
      )
      .run(from)
    bumpCatalogue(installation.db)
  }
  promote('2023-03-07')
  const path = `dossiers/${json.id}/acts/void`
  assert.equal((await post(path, { reason: 'Nhập trùng' }, clerk)).json.code, 'head_only')
  installation.at('2023-03-07T08:00')
  assert.equal((await post(path, { reason: 'Nhập trùng' }, clerk)).status, 200)
})

test('an officer nobody knows, or whose membership has ended, may not act', async () => {
  const { post, fingerprint } = await apiUnderTest('2023-03-06T09:00')
  const before = fingerprint()
  for (const [key, refusal] of [
    ['khong-co-ai', [401, 'not_signed_in']],
    ['; DROP TABLE dossiers', [401, 'not_signed_in']],
    ['xa-quang-phuc.chu-tich', [403, 'no_post']],
  ] as const) {
    const answer = await post('dossiers', INTAKE, { 'x-motcua-officer': key })
    assert.deepEqual([answer.status, answer.json.code], refusal, key)
  }
  assert.equal(fingerprint(), before)
})

test('a stale If-Match is 412 and changes nothing; a current one, * and none pass', async () => {
  const { post, fingerprint } = await apiUnderTest()
  const { json } = await post('dossiers', INTAKE)
  const path = `dossiers/${json.id}/acts`
  assert.equal((await post(`${path}/transfer`, {}, { 'if-match': '"1"' })).headers.etag, '"2"')
  const before = fingerprint()
  const stale = await post(`${path}/finish`, { outcome: 'granted' }, { 'if-match': '"1"' })
  assert.deepEqual([stale.status, stale.json.code], [412, 'stale'])
  assert.match(stale.json.detail, /người khác thay đổi/)
  const broken = await post(`${path}/finish`, { outcome: 'granted' }, { 'if-match': 'W/"2"' })
  assert.deepEqual([broken.status, broken.json.code], [422, 'invalid_if_match'])
  assert.equal(fingerprint(), before)
  assert.equal((await post(`${path}/send_for_signature`, {}, { 'if-match': '*' })).status, 200)
  assert.equal((await post(`${path}/finish`, { outcome: 'granted' })).status, 200)
})
