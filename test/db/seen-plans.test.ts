import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Db } from '../../db/open.ts'
import { pendingCounts } from '../../db/queries/desk-counts.ts'
import { listDossiers } from '../../db/queries/dossier-list.ts'
import { queueRows } from '../../db/queries/work-queue.ts'
import { testInstallation } from '../support/test-installation.ts'

const { db } = testInstallation()
const seen = { unitIds: [3, 4], officerIds: [7], procedureVersionIds: [9] }
const days = { today: '2023-03-06', soon: '2023-03-08', limit: 51 }

/** The plan of the last statement that `run` prepares. */
function planOf(run: (db: Db) => void): string {
  const plans: string[] = []
  const watched = new Proxy(db, {
    get(target, name) {
      if (name !== 'prepare') return Reflect.get(target, name)
      return (sql: string) => {
        const given = Object.fromEntries([...sql.matchAll(/@(\w+)/g)].map(([, word = '']) => [word, '[]']))
        const explain = target.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
        plans.push(
          explain
            .all(given)
            .map(({ detail }) => detail)
            .join('; '),
        )
        return target.prepare(sql)
      }
    },
  })
  run(watched)
  return plans.at(-1)!
}

test('the pending dossiers of some units are counted without a look at any other', () => {
  assert.match(
    planOf((watched) => pendingCounts(watched, { ...days, seen })),
    /^SCAN d USING INDEX dossiers_pending/,
  )
})

test('the newest dossiers of few units are gathered along the indexes of their units', () => {
  const order = { view: 'newest', sort: 'due', backwards: true } as const
  const newest = { ...days, ...order, closedUnitIds: [], steppedVersionIds: [] }
  const gathered = [
    planOf((watched) => queueRows(watched, { ...newest, scope: { kind: 'seen', ...seen } })),
    planOf((watched) => listDossiers(watched, { sort: 'recorded', seen, ...days })),
  ]
  for (const plan of gathered) {
    assert.match(plan, /COVERING INDEX dossiers_unit_received \(unit_id=\?\)/)
    assert.match(plan, /COVERING INDEX dossiers_receiving_received \(receiving_unit_id=\?\)/)
    assert.match(plan, /SCAN d USING INDEX dossiers_pending/)
    assert.doesNotMatch(plan, /SCAN d(;|$)/)
  }
})
