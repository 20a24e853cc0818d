import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { tokensOf } from '../../db/queries/tokens.ts'
import { PERMISSIONS } from '../../src/accounts/access.ts'
import { createAccount } from '../../src/accounts/create-account.ts'
import { createClient } from '../../src/accounts/create-client.ts'
import { endPost } from '../../src/accounts/end-post.ts'
import { endingTokens } from '../../src/accounts/ending-tokens.ts'
import { issueToken, TOKEN_SCOPES } from '../../src/accounts/issue-token.ts'
import {
  changeInstallationRole,
  disableAccount,
  enableAccount,
  resetPassword,
} from '../../src/accounts/manage-accounts.ts'
import { postsOn } from '../../src/accounts/posts.ts'
import { revokeToken } from '../../src/accounts/revoke-token.ts'
import { ROLE_LABELS, ROLES } from '../../src/accounts/roles.ts'
import { catalogueOf } from '../../src/catalogue/catalogue.ts'
import { SYSTEM_OPERATOR } from '../../src/deps.ts'
import type { RuleError } from '../../src/domain/refusals.ts'
import { deskOf } from '../support/desk.ts'
import { serviceApp } from '../support/service-app.ts'
import { type TestInstallation, testInstallation } from '../support/test-installation.ts'

let here: TestInstallation
let app: FastifyInstance

before(async () => {
  here = testInstallation()
  app = await serviceApp(here)
})
after(() => app.close())

let made = 0
function client(unit = 'xa-ngoc-ky') {
  made += 1
  return createClient(here, SYSTEM_OPERATOR, { name: `Phần mềm ${made}`, units: [unit] })
}

function tokenOf(username: string, scopes: readonly string[], days = 180) {
  return issueToken(here, SYSTEM_OPERATOR, username, { label: 'Máy chủ', scopes, days })
}

async function ask(url: string, token: string, payload?: object) {
  const { statusCode, body } = await app.inject({
    url,
    headers: { authorization: `Bearer ${token}` },
    ...(payload && { method: 'POST', payload }),
  })
  return { status: statusCode, code: (JSON.parse(body) as { code?: string }).code, body }
}

function refusedWith(code: string, work: () => unknown): void {
  assert.throws(work, (error: RuleError) => {
    assert.equal(error.code, code)
    return true
  })
}

test('a token opens what its scopes name, and nothing else', async () => {
  const { secret } = tokenOf(client().username, ['catalogue_read'])
  assert.match(secret, /^mc_[\w-]{43}$/)
  assert.equal((await ask('/api/v1/units', secret)).status, 200)
  for (const url of [
    '/api/v1/dossiers',
    '/api/v1/reports/2023-W09',
    '/api/v1/exchange/dossiers?since=2023-03-01',
  ])
    assert.deepEqual(
      (({ status, code }) => [status, code])(await ask(url, secret)),
      [403, 'not_permitted'],
      url,
    )
  const { status, code } = await ask('/api/v1/dossiers', secret, {
    unit: 'xa-ngoc-ky',
    procedure: '1.004873',
    channel: 'counter',
    applicant: { name: 'Nguyễn Văn Mẫu' },
  })
  assert.deepEqual([status, code], [403, 'not_permitted'])
})

test('a token works in the units of its program and those below, nowhere else', async () => {
  const there = deskOf(here).log({ unit: 'xa-ha-ky' })
  const own = deskOf(here).log({ unit: 'xa-ngoc-ky' })
  const commune = tokenOf(client().username, ['dossiers_write']).secret
  const district = tokenOf(client('huyen-tu-ky').username, ['dossiers_write']).secret
  const forward = (code: string | null, token: string) =>
    ask(`/api/v1/dossiers/${code}/acts/finish`, token, { outcome: 'granted' })
  const refused = await forward(there.code, commune)
  assert.equal(refused.status, 403, refused.body)
  assert.equal((await forward(own.code, commune)).status, 200)
  assert.equal((await forward(there.code, district)).status, 200)
})

test('a revoked token opens nothing from that moment on, and is not revoked twice', async () => {
  const { id, secret } = tokenOf(client().username, ['catalogue_read'])
  revokeToken(here, SYSTEM_OPERATOR, id)
  const { status, code } = await ask('/api/v1/units', secret)
  assert.deepEqual([status, code], [401, 'not_signed_in'])
  refusedWith('unknown_token', () => revokeToken(here, SYSTEM_OPERATOR, id))
  refusedWith('unknown_token', () => revokeToken(here, SYSTEM_OPERATOR, 99_999))
})

test('a token is over at the end of its last day', async () => {
  const { secret } = tokenOf(client().username, ['catalogue_read'], 1)
  here.at('2023-03-07T08:59')
  assert.equal((await ask('/api/v1/units', secret)).status, 200)
  here.at('2023-03-07T09:00')
  assert.equal((await ask('/api/v1/units', secret)).status, 401)
  here.at('2023-03-06T09:00')
})

test('a disabled program’s tokens open nothing, and work again when it is enabled', async () => {
  const { username } = client()
  const { secret } = tokenOf(username, ['catalogue_read'])
  disableAccount(here, SYSTEM_OPERATOR, username)
  assert.equal((await ask('/api/v1/units', secret)).status, 401)
  refusedWith('client_disabled', () => tokenOf(username, ['catalogue_read']))
  enableAccount(here, SYSTEM_OPERATOR, username)
  assert.equal((await ask('/api/v1/units', secret)).status, 200)
})

test('a program whose posts have ended may do nothing', async () => {
  const { username, officerId } = client()
  const { secret } = tokenOf(username, ['dossiers_read'])
  const [post] = postsOn(catalogueOf(here.db), officerId, '2023-03-06')
  endPost(here, SYSTEM_OPERATOR, username, { post: post!.id, lastDay: '2023-03-05', anyway: false })
  const { status, code } = await ask('/api/v1/dossiers', secret)
  assert.deepEqual([status, code], [403, 'no_post'])
})

test('a token opens no page', async () => {
  const { secret } = tokenOf(client().username, TOKEN_SCOPES)
  const headers = { authorization: `Bearer ${secret}` }
  const { statusCode, headers: sent } = await app.inject({ url: '/ho-so', headers })
  assert.equal(statusCode, 303)
  assert.match(String(sent.location), /^\/dang-nhap/)
})

test('the day of its last use is kept', async () => {
  const { id, username } = client()
  const { secret } = tokenOf(username, ['catalogue_read'])
  assert.equal(tokensOf(here.db, id)[0]?.lastUsedOn, null)
  await ask('/api/v1/units', secret)
  await new Promise((resolve) => setImmediate(resolve))
  assert.equal(tokensOf(here.db, id)[0]?.lastUsedOn, '2023-03-06')
})

test('only the hash of a token is kept', () => {
  const { secret } = tokenOf(client().username, ['catalogue_read'])
  const kept = here.db.prepare('SELECT hex(token_hash) || label || scopes FROM api_tokens').pluck().all()
  const told = here.db.prepare(`SELECT data FROM audit_entries WHERE kind = 'token_issued'`).pluck().all()
  assert.ok(![...kept, ...told].some((text) => String(text).includes(secret.slice(3))))
})

test('a token is issued to a program, for what a program may do, for 1 to 366 days', () => {
  const { username } = client()
  const order = { label: 'Máy chủ', scopes: ['dossiers_read'], days: 180 }
  const issue =
    (change: object, name = username) =>
    () =>
      issueToken(here, SYSTEM_OPERATOR, name, { ...order, ...change })
  for (const scope of ['accounts', 'audit_read', 'webhooks', 'corrections_decide', 'own_account', 'khong-co'])
    refusedWith('invalid_scopes', issue({ scopes: ['dossiers_read', scope] }))
  refusedWith('scopes_required', issue({ scopes: [] }))
  for (const days of [0, 367, 1.5, Number.NaN, -1]) refusedWith('invalid_token_life', issue({ days }))
  refusedWith('token_label_required', issue({ label: ' ' }))
  const { username: somebody } = createAccount(here, SYSTEM_OPERATOR, { name: 'Trần Văn Bê', kind: 'person' })
  refusedWith('not_a_client', issue({}, somebody))
  issue({ days: 366 })()
})

test('a program has a unit, no password and no role of a person', () => {
  const add = (units: readonly string[]) => () =>
    createClient(here, SYSTEM_OPERATOR, { name: 'Phần mềm lẻ', units })
  refusedWith('unit_of_client_required', add([]))
  const { username } = client()
  refusedWith('not_a_person', () => resetPassword(here, SYSTEM_OPERATOR, username, 'hash'))
  for (const role of ['administrator', 'auditor'] as const)
    refusedWith('not_a_person', () =>
      changeInstallationRole(here, SYSTEM_OPERATOR, { username, role, held: true }),
    )
})

test('a token that ends within two weeks is told of, unless it was issued for so short a time', () => {
  const alone = testInstallation()
  const { username } = createClient(alone, SYSTEM_OPERATOR, { name: 'Cổng tỉnh', units: ['xa-ngoc-ky'] })
  const issue = (label: string, days: number) =>
    issueToken(alone, SYSTEM_OPERATOR, username, { label, scopes: ['dossiers_read'], days }).id
  const long = issue('Máy chủ', 30)
  issue('Thử', 14)
  assert.deepEqual([...endingTokens(alone)], [])
  alone.at('2023-03-22T08:59')
  assert.deepEqual([...endingTokens(alone)], [])
  alone.at('2023-03-22T09:00')
  assert.deepEqual(
    [...endingTokens(alone)],
    [[`token ${long}`, `Khoá số ${long} “Máy chủ” của Cổng tỉnh hết hạn ngày 05/04/2023.`]],
  )
  disableAccount(alone, SYSTEM_OPERATOR, username)
  assert.equal(endingTokens(alone).size, 0)
  enableAccount(alone, SYSTEM_OPERATOR, username)
  revokeToken(alone, SYSTEM_OPERATOR, long)
  assert.equal(endingTokens(alone).size, 0)
})

test('the API’s own document and docs/api.md say how to call with a token, and every scope', async () => {
  const { body } = await app.inject('/api/v1/openapi.json')
  const { components, security } = JSON.parse(body) as {
    components: { securitySchemes: Record<string, { type: string; scheme?: string; in?: string }> }
    security: Record<string, readonly string[]>[]
  }
  const schemes = security
    .flatMap((each) => Object.keys(each))
    .map((name) => components.securitySchemes[name])
  assert.deepEqual(
    schemes.map((scheme) => [scheme?.type, scheme?.scheme ?? scheme?.in]),
    [
      ['http', 'bearer'],
      ['apiKey', 'cookie'],
    ],
  )
  const page = readFileSync(new URL('../../docs/api.md', import.meta.url), 'utf8')
  for (const scope of TOKEN_SCOPES)
    assert.ok(page.includes(`| \`${scope}\` | ${PERMISSIONS[scope].label} |`), scope)
})

test('docs/accounts.md tells of every role', () => {
  const page = readFileSync(new URL('../../docs/accounts.md', import.meta.url), 'utf8')
  for (const role of ROLES) assert.ok(page.includes(`| \`${role}\` | ${ROLE_LABELS[role]} |`), role)
})
