import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type ApiUnderTest, apiUnderTest, INTAKE } from './api-under-test.ts'

const RUNS_A_ROUTE = 100

/** Values that have broken programs before, and some that are nearly right. */
const NASTY = [
  '',
  ' ',
  '0',
  '-1',
  '1e309',
  'null',
  'NaN',
  '../../etc/passwd',
  "' OR 1=1 --",
  '%00',
  '\u0000',
  '\ud800',
  '💥'.repeat(50),
  'a'.repeat(500),
  '__proto__',
  'constructor',
  'toString',
  '9999999999999999999',
  '2023-02-30',
  '2023-13-01T25:61',
  '0000-00-00',
  '9999-12-31T23:59:59Z',
  '2023-03-06T09:00',
  '2023-03-06',
  '2023-W10',
  '2023-W10..2023-W11',
  '2100',
  '1990-01-01..2100-12-31',
  '000.24.35.H23-230306-0001',
  '1',
  '2',
  'xa-ngoc-ky',
  '1.004873',
  'counter',
  'accepted',
  'granted',
  'true',
  'received',
  'xa-ngoc-ky.mot-cua-1',
  'none',
  '3wd',
  '500wd',
  '15:00',
  '*',
  '"1"',
] as const

const text = fc.oneof(
  fc.constantFrom(...NASTY),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ maxLength: 20 }),
)
const pathValue = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('1', '2', '2023-W10', '2023', '1.004873') },
  { weight: 1, arbitrary: text },
)
const anything = fc.oneof(
  text,
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<unknown>(...Object.values(INTAKE), INTAKE),
)

test('garbage thrown at every endpoint is answered below 500, and what is refused changes nothing', async (t) => {
  const api = await apiUnderTest('2023-03-06T09:00')
  await api.post('dossiers', INTAKE)
  await api.post('dossiers', { ...INTAKE, act: 'submit', channel: 'online' })
  const { json } = await api.get('openapi.json')
  for (const [path, operations] of Object.entries<Record<string, Operation>>(json.paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      await t.test(`${method} ${path}`, () => throwGarbage(api, method, path, operation))
    }
  }
})

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[]
  readonly requestBody?: {
    readonly content: { 'application/json': { schema: { properties: Record<string, unknown> } } }
  }
}

async function throwGarbage(
  api: ApiUnderTest,
  method: string,
  path: string,
  operation: Operation,
): Promise<void> {
  const names = (where: string) =>
    (operation.parameters ?? []).filter((p) => p.in === where).map(({ name }) => name)
  const fields = Object.keys(operation.requestBody?.content['application/json'].schema.properties ?? {})
  const query = names('query')
  const request = fc.record({
    params: fc.dictionary(fc.constantFrom(...names('path'), '-'), pathValue, { minKeys: 1 }),
    query: fc.array(
      fc.tuple(
        fc.oneof(
          { weight: 9, arbitrary: fc.constantFrom(...query, 'limit') },
          { weight: 1, arbitrary: text },
        ),
        text,
      ),
      {
        maxLength: 4,
      },
    ),
    headers: fc.dictionary(
      fc.constantFrom(
        'if-match',
        'idempotency-key',
        'x-motcua-officer',
        'authorization',
        'cookie',
        'accept',
        'accept-encoding',
        'x-nobody-knows',
      ),
      fc.oneof(
        fc.constantFrom('*', '"1"', '"2"', 'key-1', 'xa-ngoc-ky.mot-cua-1', 'xa-ngoc-ky.chu-tich'),
        fc.string({ maxLength: 30 }).filter((value) => /^[\x20-\x7e]*$/.test(value)),
      ),
      { maxKeys: 1 },
    ),
    body: fc.oneof(
      fc.dictionary(fc.constantFrom(...fields, 'zzz'), anything, { maxKeys: 6 }),
      fc
        .dictionary(fc.constantFrom(...fields, 'reason'), anything, { maxKeys: 6 })
        .map((more) => ({ ...INTAKE, ...more })),
      fc.record({ reason: fc.constant('Lý do'), outcome: fc.constant('granted') }, { requiredKeys: [] }),
      fc
        .tuple(fc.constantFrom(...fields, 'zzz'), anything)
        .map(([field, value]) => ({ ...nearlyRight(fields), [field]: value })),
      anything,
    ),
    bytes: fc.oneof(
      { weight: 9, arbitrary: fc.constant(null) },
      { weight: 1, arbitrary: fc.uint8Array({ maxLength: 60 }) },
    ),
  })
  await fc.assert(
    fc.asyncProperty(request, async ({ params, query: pairs, headers, body, bytes }) => {
      const asked = path.replace(/\{(\w+)\}/g, (_, name: string) => encoded(params[name] ?? '1') || '1')
      const search = pairs.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&')
      const address = search === '' ? asked : `${asked}?${search}`
      const before = rowsOf(api)
      const answer =
        method === 'get'
          ? await api.get(address, headers)
          : await api.post(address, bytes ? Buffer.from(bytes) : body, headers)
      assert.ok(answer.status < 500, `${answer.status} ${address} ${answer.text.slice(0, 300)}`)
      if (answer.status < 400) return
      assert.match(String(answer.headers['content-type']), /^application\/problem\+json/)
      assert.ok(answer.json.detail.length > 10 && answer.json.code)
      assert.deepEqual(rowsOf(api), before, 'a refusal changes nothing')
    }),
    { numRuns: RUNS_A_ROUTE },
  )
}

/** A body of these fields that a rule has to judge. */
function nearlyRight(fields: readonly string[]): object {
  const right = {
    reason: 'Lý do',
    outcome: 'granted',
    days: 1,
    assignee: null,
    appointmentAt: '2023-03-20T08:00',
    ...INTAKE,
  }
  return Object.fromEntries(Object.entries(right).filter(([field]) => fields.includes(field)))
}

/** Enough of every table a request may write to see that it did not. */
function rowsOf({ installation: { db } }: ApiUnderTest): unknown {
  return db
    .prepare(
      `SELECT (SELECT count(*) || ':' || sum(version) FROM dossiers) AS dossiers, (SELECT count(*) FROM events) AS events,
         (SELECT count(*) FROM persons) AS persons, (SELECT sum(last) FROM code_sequences) AS numbers,
         (SELECT sum(received + overdue_delta) FROM day_cells) AS cells, (SELECT count(*) FROM idempotency_keys) AS keys,
         (SELECT count(*) FROM dossier_papers) AS papers, (SELECT count(*) FROM explanations) AS explanations`,
    )
    .get()
}

function encoded(value: string): string {
  return encodeURIComponent(value.toWellFormed())
}
