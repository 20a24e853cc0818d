import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { pdfText } from '../support/pdf.ts'
import { apiUnderTest, INTAKE } from './api-under-test.ts'

const KEY = { 'idempotency-key': 'a2f1c0de-0002' }

test('a dossier’s documents are listed, issued and fetched as they were issued', async () => {
  const { app, get, post } = await apiUnderTest()
  const { code } = (await post('dossiers', INTAKE)).json
  const path = `dossiers/${code}/documents`
  const before = await get(path)
  assert.deepEqual(
    before.json.items.map(({ kind, nth, documents }: { kind: string; nth: number; documents: unknown[] }) => [
      kind,
      nth,
      documents,
    ]),
    [
      ['receipt-slip', 1, []],
      ['control-sheet', 1, []],
    ],
  )
  assert.equal((await get(`${path}/receipt-slip`)).json.code, 'unknown_document')
  const made = await post(path, { kind: 'receipt-slip' }, { 'x-motcua-officer': 'xa-ngoc-ky.mot-cua-1' })
  assert.equal(made.status, 201)
  assert.equal(made.headers.location, `/api/v1/dossiers/${code}/documents/receipt-slip?version=1`)
  assert.deepEqual(
    [made.json.version, made.json.issuedBy, made.json.voidedAt],
    [1, 'xa-ngoc-ky.mot-cua-1', null],
  )
  const pdf = await app.inject({ method: 'GET', url: String(made.headers.location) })
  assert.equal(pdf.headers['content-type'], 'application/pdf')
  assert.equal(pdf.headers['cache-control'], 'no-store')
  assert.equal(pdf.rawPayload.length, made.json.bytes)
  assert.match(pdfText(pdf.rawPayload), /GIẤY TIẾP NHẬN HỒ SƠ/)
  assert.equal((await post(path, { kind: 'receipt-slip' })).json.id, made.json.id)
  assert.equal((await get(path)).json.items[0].documents[0].sha256, made.json.sha256)
})

test('a repeated request gets the document it made, although the dossier has changed since', async () => {
  const { app, get, post } = await apiUnderTest()
  const { code } = (await post('dossiers', INTAKE)).json
  const path = `dossiers/${code}/documents`
  const [first, twin] = await Promise.all([
    post(path, { kind: 'receipt-slip' }, KEY),
    post(path, { kind: 'receipt-slip' }, KEY),
  ])
  assert.equal(first!.json.id, twin!.json.id)
  assert.deepEqual(
    [first, twin].filter((answer) => answer!.headers['idempotency-replayed'] === 'true').length,
    1,
  )
  await post(`dossiers/${code}/acts/amend`, { quantity: 5 })
  const again = await post(path, { kind: 'receipt-slip' }, KEY)
  assert.deepEqual([again.json.version, again.headers['idempotency-replayed']], [1, 'true'])
  assert.equal((await get(path)).json.items[0].documents.length, 1)
  assert.equal((await post(path, { kind: 'receipt-slip', nth: 1 }, KEY)).json.code, 'idempotency_mismatch')
  const next = await post(path, { kind: 'receipt-slip' })
  assert.equal(next.json.version, 2)
  const [newest, old] = (await get(path)).json.items[0].documents
  assert.deepEqual([newest.voidedAt, old.voidCause], [null, 'replaced'])
  const stored = await app.inject({ method: 'GET', url: `/api/v1/${path}/receipt-slip?version=1` })
  assert.equal(createHash('sha256').update(stored.rawPayload).digest('hex'), old.sha256)
})

test('a document nothing calls for, a wrong kind and an unknown dossier are refused and leave nothing', async () => {
  const { post, fingerprint } = await apiUnderTest()
  const { code } = (await post('dossiers', INTAKE)).json
  const before = fingerprint()
  const cases = [
    [code, { kind: 'stop-notice' }, 409, 'nothing_to_print'],
    [code, { kind: 'bien-lai' }, 400, 'invalid_request'],
    [code, { kind: 'receipt-slip', ban: 1 }, 400, 'invalid_request'],
    ['000.24.35.H23-230306-0099', { kind: 'receipt-slip' }, 404, 'unknown_dossier'],
  ] as const
  for (const [which, body, status, refusal] of cases) {
    const answer = await post(`dossiers/${which}/documents`, body, KEY)
    assert.deepEqual([answer.status, answer.json.code], [status, refusal])
  }
  assert.equal(fingerprint(), before)
})
