import assert from 'node:assert/strict'
import { test } from 'node:test'
import { staysOf } from '../../db/queries/timeline.ts'
import { parsePeriod } from '../../src/domain/calendar/periods.ts'
import { withStay } from '../../src/domain/counting/stays.ts'
import { report } from '../../src/reports/report.ts'
import { deskOf } from '../support/desk.ts'
import { testInstallation } from '../support/test-installation.ts'

const [ONE, TWO, HEAD] = ['xa-ngoc-ky.mot-cua-1', 'xa-ngoc-ky.mot-cua-2', 'xa-ngoc-ky.chu-tich']

function setting() {
  const installation = testInstallation('2023-03-31T09:00')
  const officers = (period: string) => {
    const { rows, broken } = report(installation, {
      period: parsePeriod(period),
      by: 'officer',
      attribution: 'resolving',
    })
    assert.deepEqual(broken, [])
    return Object.fromEntries(
      rows.map(({ key, tally: t }) => [
        key,
        [t.received, t.carriedOver, t.transferredIn, t.ended, t.open, t.transferredOut, t.openOverdue],
      ]),
    )
  }
  return { installation, officers, ...deskOf(installation) }
}

test('a hand-over takes the dossier, and its lateness, out of one stock into the other', () => {
  const { log, act, officers } = setting()
  const dossier = log({ at: '2023-03-06T09:00', assignee: ONE })
  act(dossier, 'assign', { at: '2023-03-14T09:00', assignee: TWO })
  assert.deepEqual(officers('2023-W10'), { [ONE!]: [1, 0, 0, 0, 1, 0, 1] }, 'due on Thursday 9 March')
  assert.deepEqual(officers('2023-W11'), { [ONE!]: [0, 1, 0, 0, 0, 1, 0], [TWO!]: [0, 0, 1, 0, 1, 0, 1] })
  act(dossier, 'finish', { at: '2023-03-15T09:00' })
  assert.deepEqual(officers('2023-W11')[TWO!], [0, 0, 1, 1, 0, 0, 0])
})

test('handed over on the first day of lateness, it was never in the overdue stock of the predecessor', () => {
  const { log, act, officers } = setting()
  const dossier = log({ at: '2023-03-06T09:00', assignee: ONE })
  act(dossier, 'assign', { at: '2023-03-10T09:00', assignee: TWO })
  assert.deepEqual(officers('2023-W10'), { [ONE!]: [1, 0, 0, 0, 0, 1, 0], [TWO!]: [0, 0, 1, 0, 1, 0, 1] })
})

test('who has it at the end of the day counts: handed over and ended the same day, it is the successor’s', () => {
  const { log, act, officers } = setting()
  const dossier = log({ at: '2023-03-06T09:00', assignee: ONE })
  act(dossier, 'finish', { at: '2023-03-08T09:00' })
  act(dossier, 'assign', { at: '2023-03-08T10:00', assignee: TWO })
  assert.deepEqual(officers('2023-W10'), { [ONE!]: [1, 0, 0, 0, 0, 1, 0], [TWO!]: [0, 0, 1, 1, 0, 0, 0] })
})

test('handed on twice in a day, or back again, only the evening counts', () => {
  const { installation, log, act, officers } = setting()
  const dossier = log({ at: '2023-03-06T09:00', assignee: ONE })
  act(dossier, 'assign', { at: '2023-03-08T09:00', assignee: TWO })
  act(dossier, 'assign', { at: '2023-03-08T10:00', assignee: HEAD })
  assert.deepEqual(officers('2023-W10')[HEAD!], [0, 0, 1, 0, 1, 0, 1])
  act(dossier, 'assign', { at: '2023-03-08T11:00', assignee: ONE })
  assert.deepEqual(officers('2023-W10'), { [ONE!]: [1, 0, 0, 0, 1, 0, 1] })
  assert.equal(staysOf(installation.db, dossier.id).length, 1)
})

test('a hand-over recorded late replaces those dated after it, as the dossier says', () => {
  const { log, act, officers } = setting()
  const dossier = log({ at: '2023-03-06T09:00', assignee: ONE })
  act(dossier, 'assign', { at: '2023-03-15T09:00', assignee: TWO })
  const changed = act(dossier, 'assign', { at: '2023-03-07T09:00', assignee: HEAD })
  assert.notEqual(changed.assigneeId, null)
  assert.deepEqual(officers('2023-W11'), { [HEAD!]: [0, 1, 0, 0, 1, 0, 1] })
  const back = act(dossier, 'assign', { at: '2023-03-06T10:00', assignee: HEAD })
  assert.equal(back.assigneeId, changed.assigneeId)
  assert.deepEqual(officers('2023-W10'), { [HEAD!]: [1, 0, 0, 0, 1, 0, 1] }, 'his from the first day')
})

test('a dossier given to nobody stands under nobody', () => {
  const { log, act, officers } = setting()
  const dossier = log({ at: '2023-03-06T09:00', assignee: ONE })
  act(dossier, 'assign', { at: '2023-03-07T09:00' })
  assert.deepEqual(officers('2023-W10')[''], [0, 0, 1, 0, 1, 0, 1])
})

test('a stay begins each day on which the dossier changed hands', () => {
  const first = [{ from: '2023-03-06', officerId: 1 }]
  assert.deepEqual(withStay(first, '2023-03-08', 1), first)
  assert.deepEqual(withStay(first, '2023-03-06', 2), [{ from: '2023-03-06', officerId: 2 }])
  assert.deepEqual(withStay([...first, { from: '2023-03-09', officerId: 2 }], '2023-03-08', 3), [
    ...first,
    { from: '2023-03-08', officerId: 3 },
  ])
})
