import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Db } from '../../db/open.ts'
import { pendingCounts, waitingCounts } from '../../db/queries/desk-counts.ts'
import { listDossiers } from '../../db/queries/dossier-list.ts'
import { dossierRows, dossiersByCode, dossiersByName } from '../../db/queries/dossier-rows.ts'
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

test('the pending lists of some units pass through the pending dossiers and no others', () => {
  for (const view of ['urgent', 'open', 'overdue', 'today', 'soon', 'paused'] as const)
    assert.match(
      planOf((watched) => dossierRows(watched, { view, unitIds: null, seen, ...days })),
      /^SCAN d USING INDEX dossiers_pending/,
      view,
    )
  assert.match(
    planOf((watched) => dossierRows(watched, { view: 'open', unitIds: [3], seen, ...days })),
    /^SEARCH d USING INDEX dossiers_pending \(unit_id=\?\)/,
  )
  assert.match(
    planOf((watched) => pendingCounts(watched, { ...days, seen })),
    /^SCAN d USING INDEX dossiers_pending/,
  )
})

test('what waits at a shop is found by the indexes of what waits', () => {
  const plan = planOf((watched) => dossierRows(watched, { view: 'submitted', unitIds: null, seen, ...days }))
  assert.match(plan, /USING INDEX dossiers_to_receive/)
  assert.match(
    planOf((watched) => waitingCounts(watched, [3])),
    /USING INDEX dossiers_to_return/,
  )
})

test('the newest dossiers of few units are gathered along the indexes of their units', () => {
  const gathered = [
    planOf((watched) => dossierRows(watched, { view: 'newest', unitIds: null, seen, ...days })),
    planOf((watched) => listDossiers(watched, { sort: 'recorded', seen, ...days })),
    planOf((watched) => dossiersByCode(watched, { text: '000', seen, limit: 51 })),
  ]
  for (const plan of gathered) {
    assert.match(plan, /COVERING INDEX dossiers_unit_received \(unit_id=\?\)/)
    assert.match(plan, /COVERING INDEX dossiers_receiving_received \(receiving_unit_id=\?\)/)
    assert.match(plan, /SCAN d USING INDEX dossiers_pending/)
    assert.doesNotMatch(plan, /SCAN d(;|$)/)
  }
})

test('a rare name leads to its dossiers', () => {
  assert.match(
    planOf((watched) => dossiersByName(watched, { text: 'bui thi kin', seen, limit: 51 })),
    /SEARCH p USING INDEX persons_name.*SEARCH d USING INDEX dossiers_applicant/,
  )
})
