import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { formView, inputField, typedIn } from '../../src/web/forms.ts'
import { html } from '../../src/web/html.ts'
import { pageApp, textOf } from '../support/page-app.ts'
import { type TestInstallation, testInstallation } from '../support/test-installation.ts'

const HEAD = 'xa-ngoc-ky.chu-tich'

let installation: TestInstallation
let app: FastifyInstance

before(async () => {
  installation = testInstallation()
  app = await pageApp(installation)
})
after(() => app.close())

const send = (headers: Record<string, string>, officer = HEAD) =>
  app.inject({
    method: 'POST',
    url: '/toi-la',
    headers: { 'content-type': 'application/x-www-form-urlencoded', host: 'mot-cua.local', ...headers },
    payload: new URLSearchParams({ officer }).toString(),
  })

test('a form sent by another site is refused, by either header that tells', async () => {
  for (const headers of [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://evil.example' },
    { origin: 'null' },
  ]) {
    const { statusCode, body, headers: answer } = await send(headers)
    assert.equal(statusCode, 403)
    assert.match(textOf(body), /được gửi từ một trang khác/)
    assert.equal(answer['set-cookie'], undefined)
  }
  assert.equal((await send({ 'sec-fetch-site': 'same-origin' })).statusCode, 303)
  assert.equal((await send({ origin: 'http://mot-cua.local' })).statusCode, 303)
})

test('who sits at a browser says so once and is named on every page', async () => {
  const said = await send({ 'sec-fetch-site': 'same-origin' })
  const cookie = String(said.headers['set-cookie']).split(';')[0]!
  assert.match(String(said.headers['set-cookie']), /HttpOnly; SameSite=Strict/)
  const name = installation.db.prepare('SELECT name FROM officers WHERE key = ?').pluck().get(HEAD) as string
  const { body } = await app.inject({ url: '/', headers: { cookie } })
  assert.ok(textOf(body).includes(name))
})

test('an officer who is not there is refused, and the choice comes back', async () => {
  const { statusCode, body } = await send({ 'sec-fetch-site': 'same-origin' }, 'khong-co-ai')
  assert.equal(statusCode, 422)
  assert.match(textOf(body), /Không có cán bộ “khong-co-ai”/)
})

test('a refused form keeps what was typed, markup in it included, and its key', () => {
  const typed = typedIn({ once: 'k1', name: ' <b>"Đào" ', twice: ['a', 'b'] })
  assert.deepEqual(typed, { once: 'k1', name: '<b>"Đào"', twice: 'b' })
  const state = { typed, refusal: 'Hãy sửa.' }
  const form = String(
    formView({
      action: '/x',
      state,
      fields: html`${inputField(state, { name: 'name', label: 'Tên' })}`,
      submit: 'Ghi',
    }),
  )
  assert.match(form, /value="k1"/)
  assert.match(form, /value="&lt;b&gt;&quot;Đào&quot;"/)
  assert.match(form, /role="alert"/)
})
