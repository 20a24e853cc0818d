import assert from 'node:assert/strict'
import { test } from 'node:test'
import { upsertSetting } from '../../db/queries/settings.ts'
import { parsePeriod } from '../../src/domain/calendar/periods.ts'
import { closePeriod } from '../../src/reports/close-period.ts'
import { type ApiUnderTest, apiUnderTest, INTAKE } from './api-under-test.ts'

const CLERK = { 'x-motcua-officer': 'xa-ngoc-ky.mot-cua-1' }
const HEAD = { 'x-motcua-officer': 'xa-ngoc-ky.chu-tich' }
const OTHER_HEAD = { 'x-motcua-officer': 'xa-dai-son.chu-tich' }
const ABOVE = { 'x-motcua-officer': 'huyen-tu-ky.giam-sat' }
const REASON = 'Mất mạng chiều thứ Sáu'

/** Monday 13/03, week 10 closed, with one dossier of that week accepted on its Thursday. */
async function closedWeek(): Promise<ApiUnderTest & { readonly code: string }> {
  const api = await apiUnderTest('2023-03-09T09:00')
  const { json } = await api.post('dossiers', { ...INTAKE, fee: 8_000 }, CLERK)
  api.installation.at('2023-03-13T06:00')
  closePeriod(api.installation, parsePeriod('2023-W10'))
  api.installation.at('2023-03-13T10:00')
  return { ...api, code: json.code }
}

test('a clerk’s intake into a closed week waits whole and sealed, and is done as asked when it is approved', async () => {
  const { post, get, installation } = await closedWeek()
  const body = { ...INTAKE, at: '2023-03-10T16:00', reason: REASON }
  const key = { ...CLERK, 'idempotency-key': 'a1' }
  const asked = await post('dossiers', body, key)
  assert.deepEqual([asked.status, asked.json.waiting], [202, true])
  assert.match(asked.json.detail, /Đã gửi đề nghị đính chính số 1/)
  const again = await post('dossiers', body, key)
  assert.deepEqual(
    [again.status, again.json, again.headers['idempotency-replayed']],
    [202, asked.json, 'true'],
  )
  assert.equal(count(installation, 'dossiers'), 1)
  const sealed = installation.db.prepare('SELECT request FROM correction_requests').pluck().get() as Buffer
  assert.equal(sealed.includes('Đào') || sealed.includes('999190001234'), false)

  const [waiting] = (await get('corrections')).json.corrections
  assert.deepEqual(
    [waiting.act, waiting.day, waiting.reason, waiting.unit.key, waiting.requestedBy.key],
    ['accept', '2023-03-10', REASON, 'xa-ngoc-ky', CLERK['x-motcua-officer']],
  )
  assert.equal(waiting.periods[0].key, '2023-W10')
  assert.ok(waiting.periods[0].changes.some(({ counter, n }: Change) => counter === 'received' && n === 1))
  assert.doesNotMatch(JSON.stringify(waiting), /Đào|999190001234/)
  assert.equal(count(installation, 'dossiers'), 1, 'looking changes nothing')

  assert.equal((await post('corrections/1/approve', {}, CLERK)).json.code, 'not_permitted')
  assert.equal((await post('corrections/1/approve', {}, OTHER_HEAD)).json.code, 'not_your_unit')
  installation.at('2023-03-14T08:00')
  const [approved, second] = await Promise.all([
    post('corrections/1/approve', { note: 'Đúng' }, HEAD),
    post('corrections/1/approve', {}, ABOVE),
  ])
  assert.deepEqual([approved.status, approved.json.status], [200, 'approved'])
  assert.deepEqual([second.status, second.json.code], [409, 'request_decided'])
  assert.equal(count(installation, 'dossiers'), 2, 'two approvals do it once')
  const { code } = approved.json.dossier
  assert.match(code, /-230310-0001$/)
  const full = (await get(`dossiers/${code}`)).json
  assert.equal(full.acceptedAt, '2023-03-10T16:00:00+07:00')
  assert.equal(full.applicant.idNumber, '999190001234')
  const [event] = full.timeline
  assert.equal(event.actor.key, CLERK['x-motcua-officer'])
  assert.equal(event.approvedBy.key, HEAD['x-motcua-officer'])
  assert.equal(event.recordedAt, '2023-03-14T08:00:00+07:00')
  assert.equal(installation.db.prepare('SELECT request FROM correction_requests').pluck().get(), null)
})

interface Change {
  readonly counter: string
  readonly n: number
}

test('without a reason it is refused, and what else is wrong is said before anything is kept', async () => {
  const { post, fingerprint, code } = await closedWeek()
  const before = fingerprint()
  const refused = async (path: string, body: object, expected: string) => {
    const { status, json } = await post(path, body, CLERK)
    assert.deepEqual([status >= 400, json.code], [true, expected])
  }
  await refused('dossiers', { ...INTAKE, at: '2023-03-10T16:00' }, 'closed_period')
  await refused(
    'dossiers',
    { ...INTAKE, at: '2023-03-10T16:00', reason: REASON, procedure: '9.9' },
    'unknown_procedure',
  )
  await refused(
    `dossiers/${code}/acts/return_result`,
    { at: '2023-03-10T16:00', reason: REASON },
    'act_not_allowed',
  )
  await refused(`dossiers/${code}/acts/void`, { reason: REASON }, 'head_only')
  assert.equal(fingerprint(), before)
})

test('further back than one working day in an open period a clerk may ask too', async () => {
  const { post, get, installation } = await apiUnderTest('2023-03-15T10:00')
  const bare = await post('dossiers', { ...INTAKE, at: '2023-03-13T09:00' }, CLERK)
  assert.equal(bare.json.code, 'back_dated_too_far')
  const asked = await post('dossiers', { ...INTAKE, at: '2023-03-13T09:00', reason: REASON }, CLERK)
  assert.equal(asked.status, 202)
  const [waiting] = (await get('corrections')).json.corrections
  assert.deepEqual(waiting.periods, [])
  assert.equal((await post('corrections/1/approve', {}, HEAD)).json.dossier.code.slice(-11), '230313-0001')
  assert.equal(count(installation, 'dossiers'), 1)
})

test('what no longer can be done when it is approved stays waiting, with the reason', async () => {
  const { post, get, code } = await closedWeek()
  const finish = { outcome: 'granted', at: '2023-03-10T10:00', reason: REASON }
  assert.equal((await post(`dossiers/${code}/acts/finish`, finish, CLERK)).status, 202)
  assert.equal((await post(`dossiers/${code}/acts/finish`, { outcome: 'granted' }, CLERK)).status, 200)
  const refused = await post('corrections/1/approve', {}, HEAD)
  assert.deepEqual([refused.status, refused.json.code], [409, 'act_not_allowed'])
  const [waiting] = (await get('corrections')).json.corrections
  assert.match(waiting.refusal, /Không thể “Có kết quả”/)
  assert.equal((await post('corrections/1/reject', {}, HEAD)).status, 400)
  const rejected = await post('corrections/1/reject', { note: 'Đã khép hôm nay' }, HEAD)
  assert.deepEqual([rejected.json.status, rejected.json.decisionNote], ['rejected', 'Đã khép hôm nay'])
  assert.deepEqual((await get('corrections')).json.corrections, [])
  assert.equal((await get('corrections?status=decided')).json.corrections.length, 1)
  assert.equal((await post('corrections/9/approve', {}, HEAD)).json.code, 'unknown_request')
})

test('the head corrects a closed week alone, recorded as approved by themselves, unless a second person is needed', async () => {
  const { post, get, installation, code } = await closedWeek()
  const done = await post(
    `dossiers/${code}/acts/finish`,
    { outcome: 'granted', at: '2023-03-10T10:00', reason: REASON },
    HEAD,
  )
  assert.equal(done.status, 200)
  const [own] = (await get('corrections?status=decided')).json.corrections
  assert.deepEqual([own.decidedBy.key, own.dossier.code], [HEAD['x-motcua-officer'], code])
  assert.ok(own.periods[0].changes.some(({ counter, n }: Change) => counter === 'early' && n === 1))

  upsertSetting(installation.db, 'corrections_need_second_person', true)
  const asked = await post(`dossiers/${code}/acts/void`, { reason: 'Nhập trùng' }, HEAD)
  assert.equal(asked.status, 202)
  const id = asked.json.request
  assert.equal((await post(`corrections/${id}/approve`, {}, HEAD)).json.code, 'own_request')
  assert.equal((await post(`corrections/${id}/approve`, {}, ABOVE)).json.status, 'approved')
  assert.equal((await get(`dossiers/${code}`)).json.state, 'voided')
})

test('voiding, amending and correcting what a closed week counted is a correction; everyday work is not', async () => {
  const { post, code } = await closedWeek()
  const today = async (path: string, body: object) =>
    (await post(`dossiers/${code}/${path}`, body, CLERK)).status
  assert.equal(await today('acts/amend', { overdueReason: 'Chờ xác minh' }), 200, 'counted nowhere')
  assert.equal(await today('acts/amend', { feePayment: 'online' }), 200, 'known later')
  assert.equal(await today('acts/request_supplement', { reason: 'Thiếu' }), 200)
  assert.equal(await today('acts/supply_supplement', {}), 200)
  assert.equal(await today('acts/request_supplement', { reason: 'Thiếu nữa' }), 200, 'a second one')
  assert.equal(await today('acts/amend', { digitised: true }), 422)
  assert.equal(await today('acts/amend', { digitised: true, reason: 'Đã số hoá hôm đó' }), 202)
  assert.equal(await today('correction', { channel: 'postal', reason: 'Gửi qua bưu điện' }), 202)
})

test('a correction within the open period is done at once, by whoever logged it', async () => {
  const { post, get } = await apiUnderTest('2023-03-09T09:00')
  const { json } = await post('dossiers', INTAKE, CLERK)
  const body = { procedure: '1.001193', reason: 'Chọn nhầm thủ tục' }
  const corrected = await post(`dossiers/${json.code}/correction`, body, { ...CLERK, 'if-match': '"1"' })
  assert.deepEqual([corrected.status, corrected.json.procedure.key], [200, '1.001193'])
  const stale = await post(`dossiers/${json.code}/correction`, body, { ...CLERK, 'if-match': '"1"' })
  assert.equal(stale.status, 412)
  assert.equal((await get(`dossiers/${json.code}`)).json.timeline.at(-1).reason, 'Chọn nhầm thủ tục')
})

function count({ db }: ApiUnderTest['installation'], table: string): number {
  return db.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number
}
