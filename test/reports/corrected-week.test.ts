import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lateSumsOf } from '../../db/queries/late-changes.ts'
import { eventIdOf } from '../../db/queries/timeline.ts'
import { parsePeriod } from '../../src/domain/calendar/periods.ts'
import { FLOWS, type Flow } from '../../src/domain/counting/tally.ts'
import { type CorrectionRequest, correctDossier } from '../../src/dossiers/correct-dossier.ts'
import { report } from '../../src/reports/report.ts'
import { HEAD } from '../support/desk.ts'
import type { TestInstallation } from '../support/test-installation.ts'
import { weekOfDossiers } from '../support/week-of-dossiers.ts'

const WEEK = parsePeriod('2023-W10')
const WRONG: readonly CorrectionRequest[] = [
  { channel: 'postal' },
  { receivingUnit: 'xa-quang-phuc' },
  { procedure: '1.001193', channel: 'counter' },
]

/** Flows of the closed week by unit and received channel, as a map of what is not zero. */
function figures(installation: TestInstallation, reading: 'closed' | 'current') {
  const sums = new Map<string, number>()
  const { rows } = report(installation, { period: WEEK, by: 'unit', attribution: 'resolving', reading })
  for (const { id, tally } of rows) {
    for (const flow of FLOWS) if (tally[flow] !== 0) sums.set(`${id}|${flow}`, tally[flow])
  }
  return sums
}

test('the newest numbers of a closed week are the old ones and what corrections changed since', () => {
  const installation = weekOfDossiers()
  const { db } = installation
  const old = figures(installation, 'closed')
  const ids = db
    .prepare(
      `SELECT d.id FROM dossiers d JOIN units u ON u.id = d.unit_id WHERE d.accepted_on BETWEEN '2023-03-06' AND '2023-03-10'
         AND d.state <> 'voided' AND u.key = 'xa-ngoc-ky' AND d.channel <> 'postal' ORDER BY d.id`,
    )
    .pluck()
    .all() as number[]
  assert.ok(ids.length > 6)
  for (const [index, id] of ids.entries()) {
    const request = { ...WRONG[index % WRONG.length], reason: 'Nhập nhầm' }
    const { version } = db.transaction(() => correctDossier(installation, HEAD, id, request))()
    for (const { day, unitId, flow, n } of lateSumsOf(db, eventIdOf(db, id, version))) {
      if (day < WEEK.from || day > WEEK.to) continue
      add(old, unitId, flow, n)
    }
  }
  const asClosed = figures(installation, 'closed')
  const today = figures(installation, 'current')
  const sorted = (map: Map<string, number>) => [...map].filter(([, n]) => n !== 0).sort()
  assert.notDeepEqual(sorted(asClosed), sorted(today), 'the closed week is read as it was closed')
  assert.deepEqual(sorted(old), sorted(today))
})

function add(sums: Map<string, number>, unitId: number, flow: Flow, n: number): void {
  const key = `${unitId}|${flow}`
  sums.set(key, (sums.get(key) ?? 0) + n)
}
