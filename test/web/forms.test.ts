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

const leave = (headers: Record<string, string>) =>
  app.inject({
    method: 'POST',
    url: '/dang-xuat',
    headers: { 'x-motcua-officer': HEAD, host: 'localhost:8080', ...headers },
  })

test('a form sent by another site is refused, by either header that tells', async () => {
  for (const headers of [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://evil.example' },
    { origin: 'null' },
  ]) {
    const { statusCode, body, headers: answer } = await leave(headers)
    assert.equal(statusCode, 403)
    assert.match(textOf(body), /được gửi từ một trang khác/)
    assert.equal(answer['set-cookie'], undefined)
  }
  assert.equal((await leave({ 'sec-fetch-site': 'same-origin' })).statusCode, 303)
  assert.equal((await leave({ origin: 'http://localhost:8080' })).statusCode, 303)
})

test('a page asked for under another name than the installation’s is refused', async () => {
  const { statusCode, body } = await app.inject({ url: '/', headers: { host: 'mot-cua.evil.example' } })
  assert.equal(statusCode, 403)
  assert.match(textOf(body), /không phải của hệ thống này/)
})

test('who is signed in is named on every page', async () => {
  const name = installation.db.prepare('SELECT name FROM officers WHERE key = ?').pluck().get(HEAD) as string
  const { body } = await app.inject({ url: '/', headers: { 'x-motcua-officer': HEAD } })
  assert.ok(textOf(body).includes(name))
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
