import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { apiUnderTest, INTAKE } from './api-under-test.ts'

const CLICKS = 300

test('300 acceptances at once get the numbers 1 to 300, and the counters say 300', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'motcua-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const { post, get } = await apiUnderTest('2023-03-06T09:00', join(folder, 'motcua.db'))
  const answers = await Promise.all(
    Array.from({ length: CLICKS }, (_, i) => {
      const broken = i % 10 === 3
      return post('dossiers', broken ? { ...INTAKE, assignee: 'khong-co' } : INTAKE)
    }),
  )
  const made = answers.filter(({ status }) => status === 201)
  assert.equal(made.length, CLICKS - CLICKS / 10)
  const numbers = made.map(({ json }) => Number(json.code.slice(-4))).sort((a, b) => a - b)
  assert.deepEqual(
    numbers,
    Array.from({ length: made.length }, (_, i) => i + 1),
    'refused requests take no number',
  )
  const { json } = await get('reports/2023-W10?unit=xa-ngoc-ky')
  assert.equal(json.total.tally.received, made.length)
  assert.equal(json.total.tally.open, made.length)
  assert.deepEqual(json.broken, [])
})

test('of many who finish one dossier with the same If-Match one succeeds and the others are told', async () => {
  const { post } = await apiUnderTest()
  await post('dossiers', INTAKE)
  const answers = await Promise.all(
    Array.from({ length: 20 }, () =>
      post('dossiers/1/acts/finish', { outcome: 'granted' }, { 'if-match': '"1"' }),
    ),
  )
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, ...Array<number>(19).fill(412)])
})
