import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SYSTEM_ACTOR } from '../../src/deps.ts'
import { parseInstant } from '../../src/domain/calendar/day.ts'
import { COUNTERS } from '../../src/domain/counting/tally-sums.ts'
import { PLAIN_ACTS } from '../../src/domain/life-cycle/life-cycle.ts'
import { RuleError } from '../../src/domain/refusals.ts'
import { actOnDossier } from '../../src/dossiers/act-on-dossier.ts'
import { logDossier } from '../../src/dossiers/log-dossier.ts'
import type { TestInstallation } from '../support/test-installation.ts'
import { apiUnderTest, INTAKE } from './api-under-test.ts'

const UNITS = ['xa-ngoc-ky', 'xa-dai-son'] as const
const PROCEDURES = ['1.004873', '1.001193', '2.000815'] as const
const OFFICERS = ['xa-ngoc-ky.mot-cua-1', 'xa-ngoc-ky.mot-cua-2', ''] as const
const PERIODS = [
  '2023-W10',
  '2023-W12',
  '2023-W14',
  '2023-03',
  '2023-04',
  '2023-Q1',
  '2023-03-09..2023-03-09',
  '2023-03-15..2023-03-15',
  '2023-04-12..2023-04-13',
] as const
const SUPPLEMENT_ACTS = ['request_supplement', 'supply_supplement'] as const
const HOUR_MS = 3_600_000

test('behind every figure of every period stand exactly the dossiers it counts', async () => {
  const api = await apiUnderTest('2023-03-01T08:00')
  const acts = randomHistory(api.installation)
  assert.ok(acts > 300, `the history is long enough: ${acts}`)
  const counted = new Set<string>()
  for (const period of PERIODS) {
    for (const attribution of ['resolving', 'receiving']) {
      for (const unit of ['', ...UNITS]) {
        const scope = `unit=${unit}&attribution=${attribution}`
        const { json } = await api.get(`reports/${period}?${scope}&reading=current`)
        for (const counter of COUNTERS) {
          const listed = await wholeList(api.get, `reports/${period}/dossiers?counter=${counter}&${scope}`)
          assert.equal(listed.total, json.total.tally[counter], `${period} ${scope} ${counter}`)
          assert.equal(listed.sum, listed.total, `${period} ${scope} ${counter}: list`)
          if (listed.total !== 0) counted.add(counter)
        }
      }
    }
  }
  const never = COUNTERS.filter((counter) => !counted.has(counter))
  assert.deepEqual(never, ['transferredIn', 'transferredOut'], 'the history reaches every other counter')
})

test('a figure of one procedure, field or channel opens to its own dossiers', async () => {
  const api = await apiUnderTest('2023-03-01T08:00')
  randomHistory(api.installation)
  for (const [by, name] of [
    ['procedure', 'procedure'],
    ['field', 'field'],
    ['channel', 'channel'],
  ] as const) {
    const { json } = await api.get(`reports/2023-03?by=${by}&reading=current`)
    assert.ok(json.rows.length > 0)
    for (const row of json.rows) {
      for (const counter of ['received', 'resolved', 'open', 'openOverdue']) {
        const { total } = await wholeList(
          api.get,
          `reports/2023-03/dossiers?counter=${counter}&${name}=${row.key}`,
        )
        assert.equal(total, row.tally[counter], `${by} ${row.key} ${counter}`)
      }
    }
  }
})

test('rates are printed, and a week with nothing in it has none', async () => {
  const api = await apiUnderTest('2023-03-06T09:00')
  const empty = (await api.get('reports/2023-W09')).json
  assert.equal(empty.total.rates.V1, null)
  await api.post('dossiers', INTAKE)
  await api.post('dossiers/1/acts/finish', { outcome: 'granted' })
  const { json } = await api.get('reports/2023-W10')
  assert.deepEqual(json.total.rates.V1, { numerator: 1, denominator: 1, text: '1/1', ranked: false })
  assert.equal(json.total.form06.endedEarly, 1)
  assert.deepEqual(json.broken, [])
  assert.ok(json.variants.some(({ code }: { code: string }) => code === 'V1'))
})

async function wholeList(
  get: (path: string) => Promise<{ status: number; text: string; json: Page }>,
  path: string,
) {
  let sum = 0
  let total = 0
  let cursor: string | null = ''
  while (cursor !== null) {
    const answer = await get(`${path}&limit=200${cursor === '' ? '' : `&cursor=${cursor}`}`)
    assert.equal(answer.status, 200, answer.text)
    sum += answer.json.items.reduce((n, { times }) => n + times, 0)
    total = answer.json.total
    cursor = answer.json.nextCursor
  }
  return { sum, total }
}

interface Page {
  readonly total: number
  readonly items: readonly { readonly times: number }[]
  readonly nextCursor: string | null
}

/** Some hundred dossiers to which anything happens that the rules admit, until the end of April; the number of acts done. */
function randomHistory(installation: TestInstallation): number {
  const next = generator(20230301)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T
  const chance = (p: number) => next() < p
  const end = parseInstant('2023-04-28T16:00')
  const { db, clock } = installation
  const ids: number[] = []
  let acts = 0
  const attempt = (work: () => void) => {
    db.exec('SAVEPOINT attempt')
    try {
      work()
      acts += 1
    } catch (error) {
      if (!(error instanceof RuleError)) throw error
      db.exec('ROLLBACK TO attempt')
    }
    db.exec('RELEASE attempt')
  }
  while (clock.now() < end) {
    clock.set(clock.now() + Math.floor(next() * HOUR_MS))
    if (ids.length < 400 && chance(0.3)) {
      attempt(() => {
        const act = pick([
          'submit',
          'submit',
          'accept',
          'accept',
          'accept',
          'resolve_at_once',
          'refuse_intake',
        ] as const)
        const dossier = logDossier(installation, SYSTEM_ACTOR, {
          ...INTAKE,
          act,
          unit: pick(UNITS),
          procedure: act === 'resolve_at_once' ? '2.000815' : pick(PROCEDURES),
          channel: act === 'submit' ? 'online' : pick(['counter', 'postal', 'online'] as const),
          at: clock.now() - (chance(0.2) ? 80 * HOUR_MS : 0),
          assisted: chance(0.3),
          digitised: chance(0.3),
          eResult: chance(0.3),
          fee: chance(0.5) ? 8000 : 0,
          feePayment: chance(0.5) ? 'online' : 'cash',
          reason: 'Lý do',
        })
        ids.push(dossier.id)
      })
      continue
    }
    if (ids.length === 0) continue
    attempt(() => {
      const now = clock.now()
      actOnDossier(installation, SYSTEM_ACTOR, pick(chance(0.6) ? ids.slice(-8) : ids), {
        act: pick(chance(0.4) ? SUPPLEMENT_ACTS : PLAIN_ACTS),
        reason: 'Lý do',
        outcome: pick(['granted', 'granted', 'refused'] as const),
        appointmentAt: now + 240 * HOUR_MS,
        assignee: pick(OFFICERS),
        days: 1,
        eResult: chance(0.5),
      })
    })
  }
  return acts
}

/** mulberry32: the same history every time. */
function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
