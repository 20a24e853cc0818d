import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { REFUSALS } from '../../src/domain/refusals.ts'
import { TRANSPORT_PROBLEMS } from '../../src/web/problems.ts'
import { apiUnderTest } from './api-under-test.ts'

const NOT_DOCUMENTED = ['GET /api/v1/openapi.json']

test('every route of the API is in the OpenAPI document, with a Vietnamese summary', async () => {
  const { get, app } = await apiUnderTest()
  const { json } = await get('openapi.json')
  assert.equal(json.openapi, '3.1.0')
  const documented = new Set<string>()
  for (const [path, operations] of Object.entries<Record<string, { summary?: string; operationId?: string }>>(
    json.paths,
  )) {
    for (const [method, { summary, operationId }] of Object.entries(operations)) {
      documented.add(`${method.toUpperCase()} ${path}`)
      assert.ok(summary && operationId, `${method} ${path} has a summary and an id`)
    }
  }
  const served = routesOf(app.printRoutes({ commonPrefix: false }))
  const missing = served.filter((route) => !documented.has(route) && !NOT_DOCUMENTED.includes(route))
  assert.deepEqual(missing, [])
  assert.ok(served.length > 35, `routes are read: ${served.length}`)
})

test('the document says what is refused and how, and its references lead somewhere', async () => {
  const { get } = await apiUnderTest()
  const { json, text } = await get('openapi.json')
  for (const [, pointer = ''] of text.matchAll(/"\$ref":"#([^"]+)"/g)) {
    const found = pointer
      .split('/')
      .slice(1)
      .reduce((node, key) => node?.[key], json)
    assert.ok(found, pointer)
  }
  const refused = json.paths['/api/v1/dossiers'].post.responses['4XX']
  assert.equal(refused.content['application/problem+json'].schema.$ref, '#/components/schemas/Problem')
  assert.equal(
    json.paths['/api/v1/dossiers'].post.requestBody.content['application/json'].schema.additionalProperties,
    false,
  )
})

test('the pages to browse the document need nothing from elsewhere', async () => {
  const { get } = await apiUnderTest()
  for (const path of ['/api/docs', '/api/docs/']) {
    const page = await get(path)
    assert.equal(page.status, 200)
    const assets = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address = '']) => address)
    assert.ok(assets.length > 3)
    for (const address of assets) {
      assert.doesNotMatch(address, /^https?:|^\/\//)
      assert.equal((await get(address.replace(/^\./, '/api/docs'))).status, 200, address)
    }
  }
})

test('docs/api.md lists every code with which a request may be refused', () => {
  const text = readFileSync(new URL('../../docs/api.md', import.meta.url), 'utf8')
  const codes = [...Object.keys(REFUSALS), ...Object.keys(TRANSPORT_PROBLEMS)]
  assert.deepEqual(
    codes.filter((code) => !text.includes(`\`${code}\``)),
    [],
  )
})

test('no code is given two sentences: of two, one would be said for the other', () => {
  const domain = new URL('../../src/domain/', import.meta.url)
  const files = readdirSync(domain).filter((name) => /^refusals.*\.ts$/.test(name))
  const given = files.flatMap((name) => {
    const text = readFileSync(new URL(name, domain), 'utf8')
    return [...text.matchAll(/^ {2}(\w+): \{/gm)].map(([, code]) => code!)
  })
  assert.ok(given.length >= Object.keys(REFUSALS).length)
  assert.deepEqual(
    given.filter((code, nth) => given.indexOf(code) !== nth),
    [],
  )
})

test('the list of problems is served, each with a status and a sentence', async () => {
  const { json } = await (await apiUnderTest()).get('problems')
  assert.equal(json.problems.length, Object.keys(REFUSALS).length + Object.keys(TRANSPORT_PROBLEMS).length)
  for (const { code, status, sentence } of json.problems)
    assert.ok(status >= 400 && sentence.length > 5, code)
})

/** `GET /api/v1/…` of the tree that Fastify prints, parameters as OpenAPI writes them. */
function routesOf(tree: string): readonly string[] {
  const parts: string[] = []
  const routes: string[] = []
  for (const line of tree.split('\n')) {
    const found = /^([│ ]*)(?:├──|└──) (\S*?)(?: \((.+)\))?$/.exec(line)
    if (found === null) continue
    const [, indent = '', part = '', methods] = found
    parts.length = indent.length / 4
    parts.push(part)
    const path = parts.join('').replace(/:(\w+)/g, '{$1}')
    if (!path.startsWith('/api/v1')) continue
    for (const method of (methods ?? '').split(', ')) {
      if (method === 'GET' || method === 'POST') routes.push(`${method} ${path}`)
    }
  }
  return routes
}
