import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bumpCatalogue } from '../../src/catalogue/catalogue.ts'
import { SWAP } from '../support/new-year-2026.ts'
import { apiUnderTest, INTAKE } from './api-under-test.ts'

async function beforeTheSwapApi() {
  const api = await apiUnderTest('2025-12-31T09:00')
  api.installation.db.exec(`DELETE FROM calendar_days WHERE date IN ('2026-01-02', '2026-01-10')`)
  bumpCatalogue(api.installation.db)
  return api
}

test('a decision is previewed without a trace, recorded once, shown and undone', async () => {
  const { post, get, fingerprint } = await beforeTheSwapApi()
  const { json: dossier } = await post('dossiers', INTAKE)
  await post('dossiers', INTAKE)
  const before = fingerprint()
  const preview = await post('calendar/decisions/preview?limit=1', SWAP)
  assert.equal(fingerprint(), before)
  assert.deepEqual(preview.json.totals, { moved: 2, in_time_again: 0, receiving: 0, kept: 0, appointment: 0 })
  assert.deepEqual(preview.json.lines, [
    {
      effect: 'moved',
      dossier: dossier.id,
      code: dossier.code,
      unit: 'xa-ngoc-ky',
      from: '2026-01-06T17:00:00+07:00',
      to: '2026-01-07T17:00:00+07:00',
    },
  ])
  assert.equal(preview.json.nextCursor, '1')
  const next = await post('calendar/decisions/preview?limit=1&cursor=1', SWAP)
  assert.equal(next.json.nextCursor, null)

  const key = { 'idempotency-key': 'swap-2026' }
  const body = { ...SWAP, previewed: preview.json.fingerprint }
  const [first, again] = [
    await post('calendar/decisions', body, key),
    await post('calendar/decisions', body, key),
  ]
  assert.deepEqual([first.status, again.status], [201, 201])
  assert.equal(again.headers['idempotency-replayed'], 'true')
  assert.deepEqual(first.json, again.json)
  assert.equal(first.json.moved, 2)

  const shown = await get(`calendar/decisions/${first.json.id}?limit=1`)
  assert.deepEqual(
    shown.json.added.map(({ date }: { date: string }) => date),
    ['2026-01-02', '2026-01-10'],
  )
  assert.equal(shown.json.moves[0].dueAfter, '2026-01-07T17:00:00+07:00')
  assert.ok(shown.json.nextCursor)
  const look = await get(`calendar/decisions/${first.json.id}/undo`)
  assert.deepEqual(look.json, { goBack: 2, left: {}, newcomers: 0 })
  const undone = await post(`calendar/decisions/${first.json.id}/undo`, {})
  assert.equal(undone.json.undoneAt, '2025-12-31T09:00:00+07:00')
  assert.equal((await get('calendar/decisions')).json.decisions.length, 1)
  assert.equal((await get(`dossiers/${dossier.id}`)).json.dueAt, '2026-01-06T17:00:00+07:00')
})

test('who may not decide is refused, and so are an effect that has changed and a decision nobody knows', async () => {
  const { post, get } = await beforeTheSwapApi()
  const counter = await post('calendar/decisions', SWAP, { 'x-motcua-officer': 'xa-ngoc-ky.mot-cua-1' })
  assert.deepEqual([counter.status, counter.json.code], [403, 'not_permitted'])
  const stale = await post('calendar/decisions', { ...SWAP, previewed: 'khac' })
  assert.deepEqual([stale.status, stale.json.code], [412, 'effect_changed'])
  assert.equal((await get('calendar/decisions/7')).json.code, 'unknown_decision')
  assert.equal((await get('calendar/decisions/x')).status, 400)
  assert.equal((await post('calendar/decisions', { ...SWAP, days: [{ change: 'holiday' }] })).status, 400)
})
