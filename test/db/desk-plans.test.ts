import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Db } from '../../db/open.ts'
import { unreceiptedIds } from '../../db/queries/day-desk.ts'
import { cashOfDays, receiptsOfDays } from '../../db/queries/fee-receipts.ts'
import { foldersOnTheWay, foldersReceived, lastDestination } from '../../db/queries/hand-overs.ts'
import { dueMessages, eraseMessages, lastReason, messagesOf } from '../../db/queries/messages.ts'
import {
  decidedFor,
  dueOf,
  failedMessageAlarms,
  foldersWaiting,
  movementsOf,
} from '../../db/queries/morning.ts'
import { testInstallation } from '../support/test-installation.ts'

const { db } = testInstallation()

/** The plan of every statement `run` prepares. */
function planOf(run: (db: Db) => void): string {
  const plans: string[] = []
  const watched = new Proxy(db, {
    get(target, name) {
      if (name !== 'prepare') return Reflect.get(target, name)
      return (sql: string) => {
        const named = Object.fromEntries([...sql.matchAll(/@(\w+)/g)].map(([, key]) => [key!, '[1]']))
        const places = (sql.match(/\?/g) ?? []).map(() => '[1]')
        const rows = target
          .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
          .all(...places, ...(Object.keys(named).length > 0 ? [named] : []))
        plans.push(rows.map(({ detail }) => detail).join('; '))
        return target.prepare(sql)
      }
    },
  })
  run(watched)
  return plans.join(' | ')
}

const LISTS: Readonly<Record<string, readonly [run: (db: Db) => void, uses: RegExp]>> = {
  'what falls due': [
    (watched) => dueOf(watched, { officerIds: [1], from: 0, to: 1 }),
    /SEARCH d USING INDEX dossiers_assigned \(assignee_id=\? AND due_at>\? AND due_at<\?\)/,
  ],
  'what was moved': [
    (watched) => movementsOf(watched, { officerIds: [1], me: 1, since: 0 }),
    /SEARCH d USING INDEX dossiers_assigned \(assignee_id=\?\); .*SEARCH e USING INDEX events_seq \(dossier_id=\?\)/,
  ],
  'decided requests': [
    (watched) => decidedFor(watched, 1, 0),
    /SEARCH r USING INTEGER PRIMARY KEY \(rowid>\?\)/,
  ],
  'folders on their way': [
    (watched) => foldersWaiting(watched, { unitIds: [1], officerIds: [1], since: 0 }),
    /USING (COVERING )?INDEX hand_over_folders_open \(to_unit_id=\?\)/,
  ],
  'folders received': [
    (watched) => foldersReceived(watched, 1, 0),
    /SEARCH f USING INDEX hand_over_folders_received \(to_unit_id=\? AND received_at>\?\)/,
  ],
  'where a unit last sent': [
    (watched) => lastDestination(watched, 1),
    /^SEARCH h USING INDEX hand_overs_from \(from_unit_id=\?\)$/,
  ],
  'the receipts of days': [
    (watched) => receiptsOfDays(watched, 1, '2023-03-06', '2023-03-06'),
    /SEARCH r USING INTEGER PRIMARY KEY .*INDEX fee_receipts_day \(unit_id=\? AND taken_on>\? AND taken_on<\?\).*INDEX fee_receipts_voided \(unit_id=\? AND voided_on>\? AND voided_on<\?\)/,
  ],
  'the cash of days': [
    (watched) => cashOfDays(watched, 1, '2023-03-06', '2023-03-06'),
    /INDEX fee_receipts_day \(unit_id=\? AND taken_on>\? AND taken_on<\?\).*INDEX fee_receipts_voided \(unit_id=\? AND voided_on>\? AND voided_on<\?\)/,
  ],
  'fees without a receipt': [
    (watched) => unreceiptedIds(watched, 1, { fromAt: 0, untilAt: 1 }),
    /SEARCH d USING INDEX dossiers_fee_paid \(receiving_unit_id=\? AND fee_paid_at>\? AND fee_paid_at<\?\)/,
  ],
  'failed messages of units': [
    (watched) => failedMessageAlarms(watched, ['x']),
    /USING INDEX alarms_open \(kind=\? AND subject=\?\)/,
  ],
  'due messages': [(watched) => dueMessages(watched, 1, 1), /USING INDEX messages_due \(send_at<\?\)/],
  'messages of a dossier': [
    (watched) => messagesOf(watched, 1),
    /USING INDEX messages_dossier \(dossier_id=\?\)/,
  ],
  'what is erased': [
    (watched) => eraseMessages(watched, [1], 1),
    /SEARCH messages USING INDEX messages_dossier \(dossier_id=\?\)/,
  ],
  'the last reason': [
    (watched) => lastReason(watched, 1, ['x']),
    /SEARCH t USING INDEX dossier_texts_dossier \(dossier_id=\?\); .*SEARCH e USING INDEX events_seq \(dossier_id=\? AND seq=\?\)/,
  ],
}

test('what is on its way is found among what is open alone', () => {
  assert.match(
    planOf((watched) => foldersOnTheWay(watched, [1])),
    /SCAN f USING INDEX hand_over_folders_open; .*SEARCH h USING INTEGER PRIMARY KEY .*SEARCH d USING INTEGER PRIMARY KEY/,
  )
})

test('fees paid at a shop between two moments are read along an index of what was paid', () => {
  const [{ detail }] = db
    .prepare<unknown[], { detail: string }>(
      'EXPLAIN QUERY PLAN SELECT id FROM dossiers WHERE receiving_unit_id = ? AND fee_paid_at >= ? AND fee_paid_at < ?',
    )
    .all(1, 0, 1) as [{ detail: string }]
  assert.match(
    detail,
    /SEARCH dossiers USING .*INDEX dossiers_fee_paid \(receiving_unit_id=\? AND fee_paid_at>\? AND fee_paid_at<\?\)/,
  )
})

for (const [name, [run, uses]] of Object.entries(LISTS)) {
  test(`${name} are read along an index, and no table is walked`, () => {
    const plan = planOf(run)
    assert.match(plan, uses)
    assert.doesNotMatch(plan, /SCAN (?!json_each|value|CONSTANT|\(subquery)\w+(?! VIRTUAL)/)
  })
}
