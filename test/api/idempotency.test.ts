import assert from 'node:assert/strict'
import { test } from 'node:test'
import { apiUnderTest, INTAKE } from './api-under-test.ts'

const KEY = { 'idempotency-key': 'a2f1c0de-0001' }

test('a double click makes one dossier and both clicks get the same answer', async () => {
  const { post, installation } = await apiUnderTest()
  const [first, second] = await Promise.all([post('dossiers', INTAKE, KEY), post('dossiers', INTAKE, KEY)])
  assert.deepEqual([first?.status, second?.status], [201, 201])
  assert.deepEqual(first?.json, second?.json)
  assert.equal(first?.headers.location, second?.headers.location)
  assert.deepEqual(
    [first?.headers['idempotency-replayed'], second?.headers['idempotency-replayed']],
    [undefined, 'true'],
  )
  assert.equal(count(installation.db, 'dossiers'), 1)
  assert.equal(count(installation.db, 'events'), 1)
})

test('the same key with another body is refused and changes nothing', async () => {
  const { post, fingerprint } = await apiUnderTest()
  await post('dossiers', INTAKE, KEY)
  const before = fingerprint()
  const other = await post('dossiers', { ...INTAKE, note: 'khác' }, KEY)
  assert.deepEqual([other.status, other.json.code], [422, 'idempotency_mismatch'])
  assert.equal(fingerprint(), before)
})

test('a repeated act is answered from its first run, before If-Match and the rules are asked', async () => {
  const { post, installation } = await apiUnderTest()
  const { json } = await post('dossiers', INTAKE)
  const path = `dossiers/${json.id}/acts/transfer`
  const first = await post(path, {}, { ...KEY, 'if-match': '"1"' })
  const again = await post(path, {}, { ...KEY, 'if-match': '"1"' })
  assert.deepEqual([first.status, again.status, again.json.state], [200, 200, 'processing'])
  assert.equal(count(installation.db, 'events'), 2)
  const elsewhere = await post('dossiers', INTAKE)
  const other = await post(`dossiers/${elsewhere.json.id}/acts/transfer`, {}, KEY)
  assert.equal(other.json.code, 'idempotency_mismatch')
})

test('a refused request leaves its key free', async () => {
  const { post, installation } = await apiUnderTest()
  const refused = await post('dossiers', { ...INTAKE, procedure: '9.999999' }, KEY)
  assert.equal(refused.json.code, 'unknown_procedure')
  assert.equal(count(installation.db, 'idempotency_keys'), 0)
  assert.equal((await post('dossiers', INTAKE, KEY)).status, 201)
})

test('a key belongs to an actor and an operation, and is forgotten after 48 hours', async () => {
  const { post, installation } = await apiUnderTest('2023-03-06T09:00')
  await post('dossiers', INTAKE, KEY)
  const clerk = await post('dossiers', INTAKE, { ...KEY, 'x-motcua-officer': 'xa-ngoc-ky.mot-cua-1' })
  assert.equal(clerk.json.code, '000.24.35.H23-230306-0002')
  installation.at('2023-03-08T08:59')
  assert.equal((await post('dossiers', INTAKE, KEY)).json.code, '000.24.35.H23-230306-0001')
  installation.at('2023-03-08T09:00')
  assert.equal((await post('dossiers', INTAKE, KEY)).json.code, '000.24.35.H23-230308-0001')
})

test('what is remembered of a request names no one', async () => {
  const { post, installation } = await apiUnderTest()
  await post('dossiers', INTAKE, KEY)
  const rows = JSON.stringify(installation.db.prepare('SELECT * FROM idempotency_keys').all())
  for (const secret of ['Đào', '999190001234', '0912345678', 'Ngọc Lâm']) assert.ok(!rows.includes(secret))
})

test('a key that is no key is refused', async () => {
  const { post, fingerprint } = await apiUnderTest()
  const before = fingerprint()
  for (const key of ['', 'có dấu cách', 'x'.repeat(201)]) {
    const answer = await post('dossiers', INTAKE, { 'idempotency-key': key })
    assert.deepEqual([answer.status, answer.json.code], [422, 'invalid_idempotency_key'], key)
  }
  assert.equal(fingerprint(), before)
})

function count(db: import('../../db/open.ts').Db, table: string): number {
  return db.prepare<[], { n: number }>(`SELECT count(*) AS n FROM ${table}`).get()!.n
}
