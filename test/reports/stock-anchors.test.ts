import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Db } from '../../db/open.ts'
import { type TallyGrain, type TallyRow, tallyRows } from '../../db/queries/tallies.ts'
import { SYSTEM_ACTOR } from '../../src/deps.ts'
import { parsePeriod } from '../../src/domain/calendar/periods.ts'
import { actOnDossier } from '../../src/dossiers/act-on-dossier.ts'
import { closePeriod } from '../../src/reports/close-period.ts'
import { rebuildCells } from '../../src/reports/rebuild-cells.ts'
import { randomHistory } from '../support/random-history.ts'
import { testInstallation } from '../support/test-installation.ts'

const GRAINS: readonly TallyGrain[] = ['unit', 'procedure', 'channel', 'officer', 'cell', 'all']
const PERIODS = [
  '2023-03',
  '2023-W14',
  '2023-04',
  '2023-04-30..2023-04-30',
  '2023-05-01..2023-05-10',
] as const

function sorted(rows: readonly TallyRow[]): readonly string[] {
  return rows.map((row) => JSON.stringify(row)).sort()
}

/** Every table read forward from the stocks of closed months, and read back from today's totals. */
function assertSameBothWays(db: Db): void {
  for (const key of PERIODS) {
    for (const grain of GRAINS) {
      for (const unitIds of [null, [23, 24]]) {
        const { from, to } = parsePeriod(key)
        const query = { from, to, grain, attribution: 'resolving', unitIds } as const
        const forward = tallyRows(db, { ...query, laterCellsAtMost: 0 })
        assert.deepEqual(sorted(forward), sorted(tallyRows(db, query)), `${key} ${grain}`)
      }
    }
  }
}

test('stocks read forward from a closed month are those read back from today, also after corrections and a rebuild', () => {
  const installation = testInstallation()
  const { db } = installation
  randomHistory(installation, { from: '2023-02-20', days: 60, perDay: 20, seed: 7 })
  installation.at('2023-05-10T09:00')
  for (const key of ['2023-02', '2023-03', '2023-04']) closePeriod(installation, parsePeriod(key))
  const anchors = () =>
    db.prepare('SELECT * FROM stock_anchors WHERE open <> 0 OR overdue <> 0 ORDER BY 1, 2, 3, 4, 5, 6').all()
  assert.ok(anchors().length > 50)
  assertSameBothWays(db)

  const before = JSON.stringify(anchors())
  const old = db
    .prepare<[], { id: number }>(
      `SELECT id FROM dossiers WHERE accepted_on < '2023-03-10' AND state <> 'voided'`,
    )
    .all()
  for (const { id } of old.slice(0, 30))
    actOnDossier(installation, SYSTEM_ACTOR, id, { act: 'void', reason: 'nhập trùng' })
  assert.notEqual(JSON.stringify(anchors()), before)
  assertSameBothWays(db)

  const moved = anchors()
  rebuildCells(installation)
  assert.deepEqual(anchors(), moved)
  db.close()
})
