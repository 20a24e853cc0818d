import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { pageApp, textOf } from '../support/page-app.ts'
import { receiver } from '../support/receiver.ts'
import { type TestInstallation, testInstallation } from '../support/test-installation.ts'
import { troubledWebhooks } from '../support/troubled-webhooks.ts'

const PATH = '/quan-tri/webhook'

let installation: TestInstallation
let app: FastifyInstance

before(async () => {
  installation = testInstallation()
  app = await pageApp(installation)
})
after(() => app.close())

const get = (url: string, officer?: string) =>
  app.inject({ url, ...(officer && { headers: { 'x-motcua-officer': officer } }) })

const send = (url: string, fields: Readonly<Record<string, string>>) =>
  app.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(fields).toString(),
  })

test('a webhook is added on the page and its secret is shown once', async () => {
  assert.match(textOf((await get(PATH)).body), /Chưa có nơi nào được báo/)
  const fields = {
    once: 'k-1',
    label: 'Cổng tỉnh',
    url: 'https://nhan.example/x',
    'act-finish': '1',
    unit: '',
  }
  const added = await send(PATH, fields)
  assert.equal(added.statusCode, 200)
  assert.match(added.body, /<code>whsec_[\w+/=]{44}<\/code>/)
  const again = await send(PATH, fields)
  assert.equal(again.statusCode, 303)
  const shown = await get(String(again.headers.location))
  assert.doesNotMatch(shown.body, /whsec_/)
  assert.match(textOf(shown.body), /https:\/\/nhan\.example\/x Báo về Có kết quả, mọi đơn vị/)
})

test('what is wrong is said on the form, and what was typed stays', async () => {
  const refused = await send(PATH, { label: 'Cổng <b>tỉnh', url: 'https://a:b@x.vn', 'act-accept': '1' })
  assert.equal(refused.statusCode, 422)
  assert.match(textOf(refused.body), /không được chứa tên đăng nhập hay mật khẩu/)
  assert.match(refused.body, /value="Cổng &lt;b&gt;tỉnh"/)
  assert.match(refused.body, /id="f-act-accept"[^>]* checked/)
  assert.match(refused.body, /<details class="webhook-acts" open>/)
})

test('the buttons pause, go on, rotate the secret, send a test and remove', async () => {
  const there = await receiver()
  await send(PATH, { label: 'Thử nút', url: there.url })
  const id = installation.db.prepare('SELECT max(id) FROM webhooks').pluck().get() as number
  const press = (fields: Readonly<Record<string, string>>) => send(`${PATH}/${id}`, fields)
  assert.equal((await press({ do: 'pause' })).statusCode, 303)
  assert.match(textOf((await get(`${PATH}/${id}`)).body), /Tạm dừng từ 06\/03\/2023 09:00/)
  await press({ do: 'resume' })
  assert.match(textOf((await get(`${PATH}/${id}`)).body), /Chưa gửi tin nào/)
  assert.match((await press({ do: 'rotate', once: 'k-2' })).body, /whsec_/)
  assert.equal((await press({ do: 'rotate', once: 'k-2' })).statusCode, 303, 'a second click rotates nothing')
  assert.match(textOf((await press({ do: 'test' })).body), /Tin gửi thử đã được nhận \(204\)/)
  there.answer((response) => response.writeHead(403).end('<i>sai khoá</i>'))
  assert.match((await press({ do: 'test' })).body, /không được nhận \(403\): &lt;i&gt;sai khoá/)
  const removed = await press({ do: 'remove' })
  assert.equal(removed.headers.location, PATH)
  assert.equal((await get(`${PATH}/${id}`)).statusCode, 404)
  await there.close()
})

test('the log says how each message stands, and sends one again', async () => {
  installation = testInstallation()
  const page = await pageApp(installation)
  await troubledWebhooks(installation)
  const text = textOf((await page.inject(`${PATH}/1`)).body)
  assert.match(text, /Chưa gửi được từ 06\/03\/2023 09:00, 2 tin đang chờ/)
  assert.match(text, /Tiếp nhận đã nhận 06\/03\/2023 09:00 \S+-0001 1 204 Gửi lại/)
  assert.match(text, /Tiếp nhận thử lại 06\/03\/2023 09:01 \S+-0002 1 503: Đang bảo trì/)
  assert.match(text, /Có kết quả chờ đến lượt \S+-0002 0 –/)
  assert.match(text, /thôi gửi \S+-0003 8 503/)
  const list = textOf((await page.inject(PATH)).body)
  assert.match(list, /2 webhook chưa gửi được/)
  assert.match(list, /Lưu trữ Tạm dừng chưa có 0 0/)
  const onlyGivenUp = (await page.inject(`${PATH}/1?xem=given_up`)).body
  const [, id = ''] = /name="resend" value="(\d+)"/.exec(onlyGivenUp) ?? []
  assert.equal(onlyGivenUp.match(/name="resend"/g)?.length, 1)
  const resent = await page.inject({
    method: 'POST',
    url: `${PATH}/1`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: `xem=given_up&resend=${id}`,
  })
  assert.equal(resent.headers.location, `${PATH}/1?xem=given_up`)
  assert.match(textOf((await page.inject(`${PATH}/1?xem=given_up`)).body), /Không có tin nào ở đây/)
  await page.close()
})

test('a clerk sees no webhook', async () => {
  for (const path of [PATH, `${PATH}/1`]) {
    const { statusCode, body } = await get(path, 'xa-ngoc-ky.mot-cua-1')
    assert.equal(statusCode, 403)
    assert.match(textOf(body), /Việc “Xem webhook và nhật ký gửi” dành cho: quản trị viên/)
  }
})
