import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import type { Db } from '../../db/open.ts'
import type { QueueScope } from '../../db/queries/queue-scope.ts'
import {
  foundByCode,
  foundByDay,
  foundByName,
  foundByNameNear,
  foundByNumber,
  foundByTail,
} from '../../db/queries/search.ts'
import { type QueueFilter, type QueueView, queueCounts, queueRows } from '../../db/queries/work-queue.ts'
import { weekOfDossiers } from '../support/week-of-dossiers.ts'

const SEEN: QueueScope = { kind: 'seen', unitIds: [3], officerIds: [5], procedureVersionIds: [] }
const UNITS: QueueScope = { kind: 'units', unitIds: [3], through: [4] }
const MINE: QueueScope = { kind: 'officers', officerIds: [5], unitIds: [3] }

let db: Db

before(() => {
  db = weekOfDossiers().db
})

/** The plan of every statement `run` prepares, one line each; with and without what ANALYZE says. */
function plansOf(run: (db: Db) => void): readonly string[] {
  const plans: string[] = []
  const watched = new Proxy(db, {
    get(target, name) {
      if (name !== 'prepare') return Reflect.get(target, name)
      return (sql: string) => {
        const names = [...new Set([...sql.matchAll(/@(\w+)/g)].map(([, each]) => each!))]
        const values = Object.fromEntries(
          names.map((each) => [each, each === 'hash' ? Buffer.alloc(16) : '[3]']),
        )
        const variables = (sql.match(/\?/g) ?? []).map(() => 'x')
        const rows = target
          .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
          .all(...variables, ...(names.length > 0 ? [values] : []))
        plans.push(rows.map(({ detail }) => detail).join('; '))
        return target.prepare(sql)
      }
    },
  })
  run(watched)
  return plans
}

function filter(scope: QueueScope): QueueFilter {
  return { scope, today: '2023-03-13', soon: '2023-03-15', closedUnitIds: [], steppedVersionIds: [] }
}

function rowsPlan(scope: QueueScope, view: QueueView): string {
  const order = { sort: 'due', backwards: false, limit: 51 } as const
  return plansOf((watched) => queueRows(watched, { ...filter(scope), ...order, view })).at(-1)!
}

for (const analysed of [false, true]) {
  const when = analysed ? 'after ANALYZE' : 'without statistics'
  const ready = () => analysed && db.exec('ANALYZE')

  test(`one’s own work and a unit’s are read along their indexes, ${when}`, () => {
    ready()
    assert.match(rowsPlan(MINE, 'urgent'), /SEARCH d USING INDEX dossiers_assigned \(assignee_id=\?\)/)
    assert.match(rowsPlan(UNITS, 'overdue'), /SEARCH d USING INDEX dossiers_pending \(unit_id=\?\)/)
    for (const scope of [MINE, UNITS, SEEN]) {
      assert.match(
        rowsPlan(scope, 'result_ready'),
        /SEARCH d USING INDEX dossiers_to_return \(receiving_unit_id=\?\)/,
      )
      assert.match(
        rowsPlan(scope, 'submitted'),
        /SEARCH d USING INDEX dossiers_to_receive \(receiving_unit_id=\?\)/,
      )
      assert.match(
        rowsPlan(scope, 'in_transit'),
        /USING (COVERING )?INDEX hand_over_folders_open \(to_unit_id=\?\)/,
      )
    }
  })

  test(`what is on its way is read along the index of open folders, ${when}`, () => {
    ready()
    for (const scope of [MINE, UNITS, SEEN, { kind: 'all' } as const]) {
      const counted = plansOf((watched) => queueCounts(watched, filter(scope))).find((plan) =>
        plan.includes('hand_over_folders_dossier'),
      )!
      assert.match(counted, /INDEX hand_over_folders_open/)
      assert.match(counted, /SEARCH d USING INTEGER PRIMARY KEY/)
      assert.match(counted, /SEARCH h USING INTEGER PRIMARY KEY/)
      for (const plan of [counted, rowsPlan(scope, 'in_transit')]) assert.doesNotMatch(plan, /SCAN (d|h)\b/)
    }
  })

  test(`everything somebody may see is read among what is pending, never among what has ended, ${when}`, () => {
    ready()
    for (const scope of [SEEN, { kind: 'all' } as const]) {
      assert.match(rowsPlan(scope, 'urgent'), /SCAN d USING INDEX dossiers_pending/)
    }
  })

  test(`the newest of many units are met on the way back through all, and put in no order first, ${when}`, () => {
    ready()
    const newest = { view: 'newest', sort: 'due', backwards: true, limit: 51 } as const
    const after = { mark: 9, id: 9 }
    const plan = plansOf((watched) =>
      queueRows(watched, { ...filter({ kind: 'all' }), ...newest, after }),
    ).at(-1)!
    assert.match(plan, /SEARCH d USING INTEGER PRIMARY KEY \(rowid<\?\)/)
    for (const scope of [UNITS, SEEN]) {
      const few = plansOf((watched) => queueRows(watched, { ...filter(scope), ...newest })).at(-1)!
      assert.match(few, /INDEX dossiers_unit_received \(unit_id=\?\)/)
      assert.doesNotMatch(few, /SCAN d(;|$)/)
    }
  })

  test(`counting reads the same indexes and scans no table, ${when}`, () => {
    ready()
    for (const scope of [MINE, UNITS, SEEN, { kind: 'all' } as const]) {
      for (const plan of plansOf((watched) => queueCounts(watched, filter(scope)))) {
        assert.doesNotMatch(
          plan,
          /SCAN (d|dossiers|hand_over_folders|dossier_steps)(;|$)/,
          `${scope.kind}: ${plan}`,
        )
        assert.doesNotMatch(plan, /TEMP B-TREE/)
      }
    }
  })

  test(`searching goes from the words, the numbers or the codes to the dossiers, ${when}`, () => {
    ready()
    for (const scope of [SEEN, { kind: 'all' } as const]) {
      const seen = { scope, limit: 8 }
      const [words, people] = plansOf((watched) => foundByName(watched, '"dao"*', seen))
      assert.match(words!, /SCAN persons_words VIRTUAL TABLE INDEX \d+:.*M/)
      assert.match(people!, /SEARCH d USING (COVERING )?INDEX dossiers_applicant \(applicant_id=\?\)/)
      const [number] = plansOf((watched) => foundByNumber(watched, Buffer.alloc(16), seen))
      assert.match(number!, /persons_id_number .*persons_phone .*dossiers_applicant/)
      const [tail] = plansOf((watched) => foundByTail(watched, Buffer.alloc(16), seen))
      assert.match(tail!, /persons_id_tail .*persons_phone_tail .*dossiers_applicant/)
      const [day] = plansOf((watched) => foundByDay(watched, ['000.24.35.H23-230306'], seen))
      assert.match(day!, /SEARCH d USING INDEX dossiers_code_unique \(code>\? AND code<\?\)/)
      const [code] = plansOf((watched) => foundByCode(watched, ['000'], { ...seen, ofEach: 8 }))
      assert.match(
        code!,
        /^SEARCH dossiers USING (COVERING )?INDEX dossiers_code_unique \(code>\? AND code<\?\)$/,
      )
    }
    const [near] = plansOf((watched) =>
      foundByNameNear(watched, ['% dao%'], { unitId: 3, most: 9, limit: 8 }),
    )
    assert.match(near!, /SEARCH dossiers USING INDEX dossiers_receiving_received \(receiving_unit_id=\?\)/)
    assert.doesNotMatch(near!, /TEMP B-TREE/)
  })
}
