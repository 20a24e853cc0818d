import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Queue } from 'bullmq'
import type { FastifyInstance } from 'fastify'
import { openAlarms, raiseAlarm } from '../../db/queries/alarms.ts'
import { entriesAfter } from '../../db/queries/audit.ts'
import { claimRun, failRun, finishRun } from '../../db/queries/job-ledger.ts'
import { askedRetries } from '../../db/queries/job-retries.ts'
import { hasFreshRequest, waitingInOutbox } from '../../db/queries/outbox.ts'
import { parseInstant, printInstant } from '../../src/domain/calendar/day.ts'
import { nextDue } from '../../src/job-runs/next-due.ts'
import { queueCounts } from '../../src/job-runs/queue-counts.ts'
import type { JobName } from '../../src/jobs.ts'
import { runJob } from '../../workers/run-job.ts'
import type { Work } from '../../workers/schedule.ts'
import { tick } from '../../workers/tick.ts'
import { deskOf } from '../support/desk.ts'
import { pageApp, textOf } from '../support/page-app.ts'
import { redisMissing, testRedis } from '../support/redis.ts'
import { refusedLater } from '../support/refused.ts'
import { OFFICER } from '../support/signed-in.ts'
import { type TempInstallation, tempInstallation } from '../support/temp-installation.ts'

const HREF = '/quan-tri/viec-nen'

let here: TempInstallation
let app: FastifyInstance

before(async () => {
  here = tempInstallation('2023-03-13T09:00')
  app = await pageApp(here)
})
after(async () => {
  await app.close()
  here.close()
})

const get = (url: string, officer?: string) =>
  app.inject({ url, ...(officer && { headers: { [OFFICER]: officer } }) })
const post = (url: string, officer?: string) =>
  app.inject({
    method: 'POST',
    url,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      ...(officer && { [OFFICER]: officer }),
    },
    payload: '',
  })

/** A run of the schedule that failed, with its words. */
function failed(job: JobName, subject: string, words: string): number {
  const claim = { job, subject, version: 1, runner: 'test', now: here.clock.now() }
  const run = claimRun(here.db, claim)!
  failRun(here.db, run, words, here.clock.now() + 500)
  return run.id
}

const carriedAt = async (moment: string) => {
  here.at(moment)
  const carried: Work[] = []
  await tick(here, async (work) => carried.push(work))
  return carried.map(({ job, subject }) => `${job} ${subject}`)
}

test('the page says of each job when it is due, how it last went and why it failed', async () => {
  const run = claimRun(here.db, {
    ...{ job: 'recount', subject: '2023-03-13', version: 1, runner: 'test' },
    now: parseInstant('2023-03-13T01:00'),
  })!
  finishRun(here.db, run, { rows: 1234, checksum: null }, parseInstant('2023-03-13T01:01') + 5000)
  failed('backup', '2023-03-13', 'Đĩa đầy.')
  const text = textOf((await get(HREF)).body)
  assert.match(text, /Đếm lại số liệu 14\/03 01:00 13\/03\/2023 01:01 13\/03\/2023 1 phút 5 giây 1\.234/)
  assert.match(text, /Sao lưu 14\/03 01:00 chưa chạy lần nào .* Đĩa đầy\. 13\/03\/2023, 1 lần thử; thử lại/)
  assert.match(text, /Nhập sổ theo dõi khi có yêu cầu/)
  assert.match(text, /0 tin chờ gửi; 0 tin đã thôi gửi/)
})

test('a closing is due at the hour of its setting', () => {
  deskOf(here).log()
  assert.equal(printInstant(nextDue(here).get('close-period')!), '2023-03-16T06:00:00+07:00')
})

test('runs are filtered by outcome and read on from where the list ended', async () => {
  for (let n = 10; n < 70; n += 1) {
    here.at(`2023-03-13T09:${n % 60 < 10 ? `0${n % 60}` : n % 60}`)
    const claim = { job: 'import-register', subject: `lan-${n}`, version: n, runner: 'x' } as const
    finishRun(
      here.db,
      claimRun(here.db, { ...claim, now: here.clock.now() })!,
      { rows: n, checksum: null },
      here.clock.now(),
    )
  }
  const subjects = (body: string) => [...body.matchAll(/<td>(lan-\d+)<\/td>/g)].map(([, subject]) => subject)
  const first = await get(`${HREF}?xem=done`)
  const next = /href="(\/quan-tri\/viec-nen\?xem=done&amp;truoc=[\d.]+)#lan-chay"/.exec(first.body)?.[1]
  assert.ok(next)
  const second = await get(next.replace('&amp;', '&'))
  const all = [...subjects(first.body), ...subjects(second.body)].filter(
    (subject, index, list) => list.indexOf(subject) === index,
  )
  assert.equal(all.length, 60)
  assert.ok(!textOf((await get(`${HREF}?xem=done`)).body).includes('Chạy lại ngay'))
  assert.match(textOf((await get(`${HREF}?xem=failed`)).body), /Chạy lại ngay/)
  assert.equal((await get(`${HREF}?truoc=x`)).statusCode, 422)
})

test('a failed run that a person wants now is tried at the next beat, not at its turn, and once', async () => {
  here.at('2023-03-13T09:30')
  const id = failed('tidy', '2023-03-13', 'Bị khoá.')
  const again = claimRun(here.db, {
    job: 'tidy',
    subject: '2023-03-13',
    version: 1,
    runner: 'x',
    now: here.clock.now(),
  })!
  failRun(here.db, again, 'Vẫn bị khoá.', here.clock.now())
  assert.ok(!(await carriedAt('2023-03-13T09:30')).includes('tidy 2023-03-13'), 'a minute has to pass')
  for (const _ of [1, 2]) assert.equal((await post(`${HREF}/${id}/chay-lai`)).statusCode, 303)
  assert.equal(askedRetries(here.db).length, 1)
  assert.ok(hasFreshRequest(here.db), 'the worker looks within a second')
  assert.deepEqual(waitingInOutbox(here.db), [], 'it is no work of its own')
  assert.match(textOf((await get(HREF)).body), /Đã yêu cầu chạy lại/)
  const carried: Work[] = []
  await tick(here, async (work) => carried.push(work))
  const work = carried.find(({ job }) => job === 'tidy')!
  assert.equal(work.version, 1)
  assert.equal(await runJob(here, work), 'done')
  assert.deepEqual(askedRetries(here.db), [])
  assert.equal(hasFreshRequest(here.db), false)
  const asked = entriesAfter(here.db, 0, 1000).filter(
    ({ actorId, kind }) => kind === 'job_run' && actorId !== null,
  )
  assert.deepEqual(
    asked.map(({ data }) => JSON.parse(data)),
    [{ job: 'tidy', subject: '2023-03-13', outcome: 'retry_asked' }],
  )
})

test('a retry that fails again waits for its turn like any other', async () => {
  here.at('2023-03-13T09:40')
  const id = failed('recompute-index', '2023-03-13', 'Lỗi.')
  await post(`${HREF}/${id}/chay-lai`)
  const claim = { job: 'recompute-index', subject: '2023-03-13', version: 1, runner: 'x' } as const
  failRun(here.db, claimRun(here.db, { ...claim, now: here.clock.now() })!, 'Lại lỗi.', here.clock.now())
  assert.ok(!(await carriedAt('2023-03-13T09:40')).includes('recompute-index 2023-03-13'))
  assert.ok((await carriedAt('2023-03-13T09:42')).includes('recompute-index 2023-03-13'))
})

test('what is done, unknown or overtaken by a later night is not tried again', async () => {
  const old = failed('backup', '2023-03-12', 'Mất điện.')
  const later = failed('backup', '2023-03-13', 'Đĩa đầy.')
  here.db.prepare('UPDATE job_runs SET started_at = started_at - 86400000 WHERE id = ?').run(old)
  const overtaken = await post(`${HREF}/${old}/chay-lai`)
  assert.equal(overtaken.statusCode, 409)
  assert.match(textOf(overtaken.body), /đã được làm ở lần sau \(13\/03\/2023\)/)
  const done = here.db.prepare(`SELECT id FROM job_runs WHERE outcome = 'done' LIMIT 1`).pluck().get()
  assert.match(textOf((await post(`${HREF}/${done}/chay-lai`)).body), /lần này đã xong/)
  assert.match(textOf((await post(`${HREF}/999999/chay-lai`)).body), /Không có lần chạy số 999999/)
  assert.match(textOf((await post(`${HREF}/abc/chay-lai`)).body), /Không có lần chạy số abc/)
  await post(`${HREF}/${later}/chay-lai`)
  here.at('2023-03-15T08:00')
  await tick(here, async () => {})
  assert.deepEqual(askedRetries(here.db), [], 'the night after made it good: nothing asks for ever')
})

test('an alarm about what happened is cleared by a person, one about how things stand is not', async () => {
  const at = here.clock.now()
  raiseAlarm(here.db, { kind: 'job_failed', subject: 'backup', detail: 'Đĩa đầy.', raisedAt: at })
  raiseAlarm(here.db, { kind: 'audit_broken', subject: 'chuỗi', detail: 'Khác.', raisedAt: at })
  const { body } = await get(HREF)
  assert.equal(body.split('Đã xử lý, tắt cảnh báo').length, 2)
  const idOf = (kind: string) => openAlarms(here.db).find((alarm) => alarm.kind === kind)?.id
  assert.equal((await post(`${HREF}/canh-bao/${idOf('job_failed')}/tat`)).statusCode, 303)
  assert.equal(idOf('job_failed'), undefined)
  const stays = await post(`${HREF}/canh-bao/${idOf('audit_broken')}/tat`)
  assert.equal(stays.statusCode, 409)
  assert.match(textOf(stays.body), /tự tắt khi hết nguyên nhân/)
  assert.ok(idOf('audit_broken'))
  const told = entriesAfter(here.db, 0, 1000).filter(({ kind }) => kind === 'alarm_cleared')
  assert.deepEqual(
    told.map(({ data }) => JSON.parse(data)),
    [{ alarm: 'job_failed', what: 'dismissed' }],
  )
})

test('who may see the status sees the jobs and no button', async () => {
  const { statusCode, body } = await get(HREF, 'huyen-tu-ky.giam-sat')
  assert.equal(statusCode, 200)
  assert.doesNotMatch(body, /chay-lai|\/tat"/)
  assert.equal((await post(`${HREF}/1/chay-lai`, 'huyen-tu-ky.giam-sat')).statusCode, 403)
  assert.match(textOf((await get(`${HREF}/hang-doi`)).body), /Chưa đặt REDIS_URL/)
  assert.equal((await get(`${HREF}/bull-board/`)).headers.location, `${HREF}/hang-doi`)
})

test('a Redis that is not there is said to be away within seconds', async () => {
  const begun = performance.now()
  await refusedLater('queue_unreachable', queueCounts('redis://127.0.0.1:1'))
  assert.ok(performance.now() - begun < 6_000)
})

test('the numbers of the queues are read when somebody asks', { skip: redisMissing }, async () => {
  const redis = await testRedis()
  const queue = new Queue('motcua', { connection: { url: redis.url } })
  await queue.add('tidy', {})
  await queue.add('backup', {}, { delay: 60_000 })
  const [jobs, webhooks] = await queueCounts(redis.url)
  assert.deepEqual(jobs, { queue: 'motcua', waiting: 1, active: 0, delayed: 1, failed: 0 })
  assert.equal(webhooks?.waiting, 0)
  await queue.close()
  await redis.close()
})

test('the jobs in the queues can be looked at one by one by an administrator, and nothing be done to them', {
  skip: redisMissing,
}, async () => {
  const redis = await testRedis()
  const queue = new Queue('motcua', { connection: { url: redis.url } })
  const { id } = await queue.add('tidy', { why: 'test' })
  const withRedis = await pageApp(here, redis.url)
  const look = (path: string, officer?: string) =>
    withRedis.inject({
      url: `${HREF}/${path}`,
      ...(officer && { headers: { [OFFICER]: officer } }),
    })
  assert.match((await look('hang-doi')).body, /bull-board\//)
  assert.equal((await look('bull-board/', 'xa-ngoc-ky.chu-tich')).statusCode, 403)
  const page = await look('bull-board/')
  assert.equal(page.statusCode, 200)
  assert.match(String(page.headers['content-security-policy']), /script-src 'self';/)
  assert.equal(page.headers['x-frame-options'], 'DENY')
  const script = /src="(static\/js\/main[^"]+)"/.exec(page.body)![1]!
  assert.equal((await look(`bull-board/${script}`)).statusCode, 200)
  const { queues } = (await look('bull-board/api/queues?activeQueue=motcua')).json()
  assert.deepEqual(
    queues.map(({ name, readOnlyMode, counts }: BoardQueue) => [name, readOnlyMode, counts.waiting]),
    [
      ['motcua', true, 1],
      ['motcua-webhooks', true, 0],
    ],
  )
  const put = { method: 'PUT', url: `${HREF}/bull-board/api/queues/motcua/${id}/clean` } as const
  assert.equal((await withRedis.inject(put)).statusCode, 404)
  assert.equal(await queue.getWaitingCount(), 1)
  await withRedis.close()
  await queue.close()
  await redis.close()
})

interface BoardQueue {
  readonly name: string
  readonly readOnlyMode: boolean
  readonly counts: { readonly waiting: number }
}
