import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Db } from '../../db/open.ts'
import { cohortOf } from '../../db/queries/cohort.ts'
import { longOverdueCount } from '../../db/queries/long-overdue.ts'
import { proceduresWithOnlineDossiers } from '../../db/queries/online-activity.ts'
import { type TallyQuery, tallyRows } from '../../db/queries/tallies.ts'
import { addDays } from '../../src/domain/calendar/day.ts'
import { testInstallation } from '../support/test-installation.ts'

const GRAINS = ['unit', 'field', 'procedure', 'channel', 'officer', 'cell', 'all'] as const

/** Two years of cells of thirty units, so that ANALYZE has something to be misled by. */
function filled(): Db {
  const { db } = testInstallation()
  const insert = db.prepare(
    `INSERT INTO day_cells (day, unit_id, receiving_unit_id, procedure_id, channel, officer_id, received)
       VALUES (?, ?, ?, ?, ?, ?, 1)`,
  )
  db.transaction(() => {
    for (let day = 0; day < 730; day++) {
      for (let unit = 1; unit <= 30; unit++) {
        insert.run(addDays('2022-01-01', day), unit, unit % 2 === 0 ? 1 : unit, 1 + (day % 9), day % 4, unit)
      }
    }
  })()
  return db
}

const db = filled()
let isAnalysed = false

function analyse(): void {
  if (!isAnalysed) db.exec('ANALYZE')
  isAnalysed = true
}

/** Whatever a statement names. */
const NAMED = { from: '', to: '', today: '', units: '[]', unitId: 3, lateThrough: '' }

/** The plan of every statement `run` prepares, one line each. */
function plansOf(run: (db: Db) => void): readonly string[] {
  const plans: string[] = []
  const watched = new Proxy(db, {
    get(target, name) {
      if (name !== 'prepare') return Reflect.get(target, name)
      return (sql: string) => {
        const variables = sql.match(/\?/g) ?? []
        const rows = target
          .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
          .all(...variables.map(() => '[3]'), ...(sql.includes('@to') ? [{ ...NAMED }] : []))
        plans.push(rows.map(({ detail }) => detail).join('; '))
        return target.prepare(sql)
      }
    },
  })
  run(watched)
  return plans
}

for (const analysed of [false, true]) {
  const when = analysed ? 'after ANALYZE' : 'without statistics'
  const check = (
    grain: (typeof GRAINS)[number],
    attribution: TallyQuery['attribution'],
    unitIds: number[] | null,
  ) => {
    if (analysed) analyse()
    return plansOf((watched) =>
      tallyRows(watched, { from: '2023-03-01', to: '2023-03-31', grain, attribution, unitIds }),
    )
  }

  test(`the tallies of all units are read by day along the primary key, ${when}`, () => {
    for (const grain of GRAINS) {
      const [flows, count, later] = check(grain, grain === 'unit' ? 'receiving' : 'resolving', null)
      assert.match(flows!, /^SEARCH day_cells USING PRIMARY KEY \(day>\? AND day<\?\)/, grain)
      assert.match(count!, /SEARCH day_cells USING PRIMARY KEY \(day>\?\)/, grain)
      assert.match(later!, /^SEARCH day_cells USING PRIMARY KEY \(day>\? AND day<\?\)/, grain)
    }
    const [flows, , later] = check('unit', 'resolving', null)
    assert.match(flows!, /^SEARCH day_cells USING PRIMARY KEY/)
    assert.match(later!, /^SEARCH day_cells USING PRIMARY KEY/)
  })

  test(`the tallies of one unit are read along the index of the attribution, ${when}`, () => {
    for (const grain of GRAINS) {
      const [flows, , later, stocks] = check(grain, 'resolving', [3])
      assert.match(
        flows!,
        /^SEARCH day_cells USING INDEX day_cells_unit \(unit_id=\? AND day>\? AND day<\?\)/,
        grain,
      )
      assert.match(
        later!,
        /^SEARCH day_cells USING INDEX day_cells_unit \(unit_id=\? AND day>\? AND day<\?\)/,
        grain,
      )
      assert.match(stocks!, /^SEARCH stocks USING PRIMARY KEY \(unit_id=\?\)/, grain)
      const [receiving] = check(grain, 'receiving', [3])
      assert.match(
        receiving!,
        /^SEARCH day_cells USING INDEX day_cells_receiving \(receiving_unit_id=\? AND day>\?/,
      )
    }
  })

  test(`the procedures used online are read by day, ${when}`, () => {
    if (analysed) analyse()
    for (const attribution of ['resolving', 'receiving'] as const) {
      const [plan] = plansOf((watched) =>
        proceduresWithOnlineDossiers(watched, '2023-03-01', '2023-03-31', attribution),
      )
      assert.match(plan!, /^SEARCH day_cells USING PRIMARY KEY \(day>\? AND day<\?\)/)
    }
  })
}

test('the cohort of a period reads only the dossiers received in it', () => {
  for (const unitIds of [null, [3]]) {
    const [plan] = plansOf((watched) =>
      cohortOf(watched, { from: '2023-03-01', to: '2023-03-31', today: '2023-05-01', unitIds }),
    )
    assert.match(
      plan!,
      /SEARCH d USING INDEX dossiers_unit_received \(unit_id=\? AND accepted_on>\? AND accepted_on<\?\)/,
    )
  }
})

test('what has been overdue for long is found without passing through the dossiers', () => {
  const [plan] = plansOf((watched) =>
    longOverdueCount(watched, { unitId: 3, to: '2023-03-31', lateThrough: '2023-03-24' }),
  )
  assert.match(plan!, /SCAN o; SEARCH d USING INTEGER PRIMARY KEY/)
  assert.match(plan!, /dossiers_late/)
  assert.match(plan!, /dossiers_pending/)
})
