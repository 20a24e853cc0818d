import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { adjustWeek } from '../support/adjusted-week.ts'
import { serviceApp } from '../support/service-app.ts'
import { weekOfDossiers } from '../support/week-of-dossiers.ts'

let app: FastifyInstance

before(async () => {
  const installation = weekOfDossiers()
  adjustWeek(installation)
  app = await serviceApp(installation)
})
after(() => app.close())

async function get(path: string) {
  const reply = await app.inject({ method: 'GET', url: `/api/v1/reports/${path}` })
  return { status: reply.statusCode, json: reply.json() }
}

test('the revisions of a week: by unit, with number, kind, moment, hash and events', async () => {
  const { json } = await get('2023-W10/revisions?unit=xa-ngoc-ky')
  assert.equal(json.period.key, '2023-W10')
  const [first, second, ...others] = json.revisions
  assert.deepEqual(others, [])
  assert.deepEqual(
    [first.revision, first.kind, first.takenAt, first.events],
    [1, 'full', '2023-03-13T06:00:00+07:00', []],
  )
  assert.deepEqual(
    [second.revision, second.kind, second.takenAt, second.unit.label],
    [2, 'full', '2023-03-14T01:00:00+07:00', 'Xã Ngọc Kỳ'],
  )
  assert.match(second.hash, /^[0-9a-f]{64}$/)
  const [event] = second.events
  assert.match(event.code, /^000\.24\.35\.H23-230309-\d{4}$/)
  assert.deepEqual(
    [event.act, event.occurredAt, event.recordedAt, event.reason],
    [
      'accept',
      '2023-03-09T14:10:00+07:00',
      '2023-03-13T09:00:00+07:00',
      'Bàn tiếp nhận ghi sổ giấy khi mất điện, nay nhập bù',
    ],
  )
})

test('the adjustments of a week: what differs from revision 1, and why', async () => {
  const { json } = await get('2023-W10/adjustments')
  const receivedOf = (row: { counters: { counter: string }[] }) =>
    row.counters.find(({ counter }) => counter === 'received')
  assert.deepEqual(receivedOf(json.total), { counter: 'received', before: 51, after: 53, difference: 2 })
  assert.deepEqual(
    json.rows.map(({ key }: { key: string }) => key),
    ['thi-tran-tu-ky', 'xa-ngoc-ky', 'xa-quang-phuc'],
  )
  assert.deepEqual(
    json.events.map(({ act, revision }: { act: string; revision: number | null }) => [act, revision]),
    [
      ['accept', 2],
      ['accept', 2],
      ['finish', 2],
      ['void', 2],
      ['accept', null],
    ],
  )
})

test('two revisions compared, and a revision with what is now', async () => {
  const { json } = await get('2023-W10/comparison?from=1&to=2')
  assert.deepEqual([json.from, json.to, json.events.length], [1, 2, 4])
  const v1 = json.total.rates.find(({ code }: { code: string }) => code === 'V1')
  assert.deepEqual([v1.before.text, v1.after.text], ['67,74 %', '68,75 %'])
  const now = await get('2023-W10/comparison?from=2&to=current')
  assert.deepEqual([now.json.to, now.json.events.length], ['current', 1])
})

test('a report names the revision it read and the bridge to the period before', async () => {
  const { json } = await get('2023-W10?reading=2')
  assert.deepEqual(json.closed, {
    at: '2023-03-13T06:00:00+07:00',
    revision: 2,
    takenAt: '2023-03-14T01:00:00+07:00',
  })
  assert.equal(json.bridge, null)
  const { bridge } = (await get('2023-W11')).json
  const { previous, open, adjustment, carriedOver, unexplained, rows, events } = bridge
  assert.deepEqual([previous.key, open, adjustment, carriedOver, unexplained], ['2023-W10', 40, 2, 42, 0])
  assert.deepEqual([rows.length, events.map(({ act }: { act: string }) => act)], [2, ['accept', 'accept']])
  const other = (await get('2023-W11?attribution=receiving')).json
  assert.equal(other.bridge, null)
})

const REFUSED = [
  ['2023-W11/revisions', 404, 'period_not_closed'],
  ['2023-W11/adjustments', 404, 'period_not_closed'],
  ['2023-W10/comparison?from=1&to=9', 404, 'unknown_revision'],
  ['2023-W10/comparison?from=2&to=1', 422, 'revisions_reversed'],
  ['2023-W10/comparison?from=0&to=1', 400, undefined],
  ['2023-W10/comparison?from=1', 400, undefined],
  ['2023-W10/revisions?unit=nowhere', 422, 'unknown_unit'],
] as const

for (const [path, status, code] of REFUSED) {
  test(`${path} is refused with ${status} ${code ?? 'and the field'}`, async () => {
    const answer = await get(path)
    assert.equal(answer.status, status)
    if (code !== undefined) assert.equal(answer.json.code, code)
  })
}
