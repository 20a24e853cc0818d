import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadDemo } from '../../db/seeds/demo/load-demo.ts'
import { stories } from '../../db/seeds/demo/stories.ts'
import { storySetting } from '../../db/seeds/demo/story-setting.ts'
import { catalogueOf } from '../../src/catalogue/catalogue.ts'
import { localDayOf, parseInstant } from '../../src/domain/calendar/day.ts'
import { parsePeriod } from '../../src/domain/calendar/periods.ts'
import { report } from '../../src/reports/report.ts'
import { testInstallation } from '../support/test-installation.ts'

const SPAN = { from: '2023-11-27', to: '2024-01-07', until: parseInstant('2024-01-08T07:30') }

const installation = testInstallation('2024-01-08T07:30')
const { db } = installation
const told: [done: number, total: number][] = []
const counts = loadDemo(installation, SPAN, (done, total) => told.push([done, total]))
const all = [...stories({ ...storySetting(catalogueOf(db)), ...SPAN })]
const one = <T>(sql: string) => db.prepare(sql).pluck().get() as T

test('every story becomes a dossier, every act an event, none of them refused', () => {
  const acts = all.reduce((sum, story) => sum + story.acts.length, 0)
  assert.deepEqual(counts, { dossiers: all.length, acts })
  assert.equal(one('SELECT count(*) FROM dossiers'), all.length)
  assert.equal(one('SELECT count(*) FROM events'), acts)
  assert.deepEqual(told.at(-1), [acts, acts])
})

test('events stand in the order in which they were recorded, none after the demonstration begins', () => {
  assert.equal(
    one('SELECT count(*) FROM events a JOIN events b ON b.id = a.id + 1 WHERE b.recorded_at < a.recorded_at'),
    0,
  )
  assert.ok(one<number>('SELECT max(recorded_at) FROM events') < SPAN.until)
})

test('the online share of the cells is that of the stories, to the dossier', () => {
  const december = all.filter((story) => {
    const accepted = story.acts.find(({ act }) => act === 'accept' || act === 'resolve_at_once')
    const voided = story.acts.some(({ act }) => act === 'void')
    return accepted !== undefined && !voided && localDayOf(accepted.at).startsWith('2023-12')
  })
  const online = december.filter(({ channel }) => channel === 'level3' || channel === 'level4')
  const { total, broken } = report(installation, {
    period: parsePeriod('2023-12'),
    by: 'unit',
    attribution: 'resolving',
  })
  assert.deepEqual(total.rates.N1, { numerator: online.length, denominator: december.length })
  assert.deepEqual(broken, [])
})

test('dossiers are shared out among the officers of their unit by field', () => {
  const { rows } = report(installation, {
    period: parsePeriod('2023-12'),
    by: 'officer',
    attribution: 'resolving',
  })
  assert.ok(rows.length > 60 && rows.every(({ key }) => key !== ''))
  const strangers = one<number>(`SELECT count(*) FROM dossiers d WHERE NOT EXISTS
    (SELECT 1 FROM memberships m WHERE m.officer_id = d.assignee_id AND m.unit_id = d.unit_id)`)
  assert.equal(strangers, 0)
  const policeWork = `SELECT count(DISTINCT p.field_id) FROM dossiers d JOIN officers o ON o.id = d.assignee_id
    JOIN procedures p ON p.id = d.procedure_id WHERE o.key LIKE '%.cong-an'`
  assert.equal(one(policeWork), 1)
})

test('ID and phone numbers lie sealed, and open with the key', () => {
  const person = db.prepare('SELECT id_number_sealed AS sealed FROM persons LIMIT 1').get() as {
    sealed: Buffer
  }
  assert.match(installation.vault.open(person.sealed), /^999\d{9}$/)
  const { idNumber, phone } = all[0]!.applicant
  for (const text of [idNumber, phone]) assert.ok(!db.serialize().includes(text))
})

test('every dossier has the papers its procedure requires', () => {
  const bare = `SELECT count(*) FROM dossiers d WHERE NOT EXISTS (SELECT 1 FROM dossier_papers WHERE dossier_id = d.id)
    AND EXISTS (SELECT 1 FROM procedure_components c WHERE c.procedure_version_id = d.procedure_version_id AND c.required)`
  assert.equal(one(bare), 0)
})
