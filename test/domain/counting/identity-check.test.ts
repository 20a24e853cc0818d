import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RATE_VARIANTS } from '../../../db/seeds/rate-variants.ts'
import { brokenForm06Identities, form06Row, requireForm06 } from '../../../src/domain/counting/form06.ts'
import { brokenPublishedIdentities } from '../../../src/domain/counting/published-figures.ts'
import { formatRate } from '../../../src/domain/counting/rate-format.ts'
import { rate } from '../../../src/domain/counting/rates.ts'
import { brokenTallyIdentities } from '../../../src/domain/counting/tally-check.ts'
import { tallyOf } from '../../../src/domain/counting/tally-sums.ts'
import { RuleError } from '../../../src/domain/refusals.ts'

const SOUND = tallyOf({
  received: 10,
  receivedCounter: 3,
  receivedLevel3: 3,
  receivedLevel4: 4,
  carriedOver: 3,
  early: 3,
  onTime: 2,
  late: 3,
  withdrawnInTime: 1,
  open: 4,
  openOverdue: 1,
})

test('a tally that adds up breaks no identity', () => {
  assert.deepEqual(brokenTallyIdentities(SOUND), [])
})

const BREAKS = [
  ['balance', { ...SOUND, carriedOver: 5 }, 15, 13],
  ['ended', { ...SOUND, resolved: 9, early: 4 }, 9, 10],
  ['resolved', { ...SOUND, early: 4 }, 8, 9],
  ['closed', { ...SOUND, stoppedLate: 1 }, 1, 2],
  ['open', { ...SOUND, openOverdue: 2 }, 4, 5],
  ['channels', { ...SOUND, receivedPostal: 1 }, 10, 11],
] as const

for (const [code, tally, left, right] of BREAKS) {
  test(`a tally that breaks "${code}" is told so with both sides`, () => {
    assert.deepEqual(
      brokenTallyIdentities(tally).map(({ sentence: _, ...broken }) => broken),
      [{ code, left, right, difference: left - right }],
    )
  })
}

test('the sentence names the columns, both sums and the difference', () => {
  assert.equal(
    brokenTallyIdentities({ ...SOUND, carriedOver: 5 })[0]?.sentence,
    'Số liệu không khớp: tiếp nhận trong kỳ (10) + kỳ trước chuyển qua (5) = 15 phải bằng kết thúc trong kỳ (9) + đang giải quyết (4) = 13; lệch 2.',
  )
})

test('transfers between units and hand-overs between officers are part of the balance', () => {
  const transferred = tallyOf({ ...SOUND, transferredIn: 2, transferredOut: 1, open: 5 })
  assert.deepEqual(brokenTallyIdentities(transferred), [])
  const officer = tallyOf({ ...SOUND, handedIn: 3, handedOut: 1, open: 6 })
  assert.deepEqual(brokenTallyIdentities(officer), [])
  assert.deepEqual(brokenForm06Identities(form06Row(officer, 'officers')), [])
  assert.equal(brokenForm06Identities(form06Row(officer)).length, 1)
  assert.match(
    brokenTallyIdentities({ ...transferred, transferredIn: 0 })[0]?.sentence ?? '',
    /chuyển giao đi \(1\) = 15; lệch 2/,
  )
})

test('late withdrawals and stops stand in column (10), the others in (9)', () => {
  const row = form06Row(tallyOf({ late: 1, withdrawnLate: 1, stoppedLate: 2, onTime: 1, stoppedInTime: 1 }))
  assert.deepEqual([row.ended, row.endedEarly, row.endedOnTime, row.endedLate], [6, 0, 2, 4])
  assert.deepEqual([row.closedInTime, row.closedLate], [1, 3])
})

test('Biểu II.06 with a row that does not add up is refused', () => {
  const row = form06Row(SOUND)
  requireForm06(row, 'Thị trấn Tứ Kỳ')
  assert.throws(
    () => requireForm06({ ...row, endedLate: 4, pendingOverdue: 2 }, 'Thị trấn Tứ Kỳ'),
    (error) =>
      error instanceof RuleError &&
      error.code === 'table_does_not_add_up' &&
      error.message.includes('Thị trấn Tứ Kỳ') &&
      error.message.includes('cột (7)') &&
      error.message.includes('cột (11)'),
  )
  assert.deepEqual(
    brokenForm06Identities({ ...row, total: 20 }).map(({ code }) => code),
    ['(3)=(4)+(5)+(6)', '(3)=(7)+(11)'],
  )
})

test('a published row of Biểu II.06 without some columns is checked as far as it goes', () => {
  assert.deepEqual(brokenForm06Identities({ total: 13, ended: 9, pending: 4 }), [])
  assert.equal(brokenForm06Identities({ total: 13, ended: 9, pending: 5 })[0]?.difference, -1)
})

test('Vĩnh Phúc, provincial centre, 9/2021, adds up and its rates are found again', () => {
  assert.deepEqual(
    brokenPublishedIdentities({
      total: 6302,
      received: 4131,
      carriedOver: 2171,
      due: 4169,
      dueMet: 4157,
      dueMissed: 12,
      online: 1598,
      level3: 61,
      level4: 1537,
    }),
    [],
  )
  const tally = tallyOf({
    received: 4131,
    receivedLevel3: 61,
    receivedLevel4: 1537,
    carriedOver: 2171,
    due: 4169,
    dueMet: 4157,
  })
  assert.equal(formatRate(rate(RATE_VARIANTS.V6, tally)), '99,71 %')
  assert.equal(formatRate({ numerator: 12, denominator: 4169 }), '0,29 %')
  assert.equal(formatRate({ numerator: 90, denominator: 4169 }), '2,16 %')
})

const HUE = [
  {
    level: 'levels 1–2',
    figures: {
      total: 268763,
      processed: 257141,
      notProcessed: 11622,
      early: 124907,
      onTime: 102770,
      late: 19852,
    },
    difference: 9612,
  },
  {
    level: 'level 3',
    figures: { total: 68544, processed: 61827, notProcessed: 6717, early: 43434, onTime: 11795, late: 4331 },
    difference: 2267,
  },
  {
    level: 'level 4',
    figures: { total: 1665, processed: 1611, notProcessed: 54, early: 952, onTime: 388, late: 268 },
    difference: 3,
  },
] as const

for (const { level, figures, difference } of HUE) {
  test(`Thừa Thiên Huế, ${level}: ${difference} processed dossiers are in no class, and the row is refused`, () => {
    const broken = brokenPublishedIdentities(figures)
    assert.deepEqual(
      broken.map((each) => [each.code, each.difference]),
      [['processed', difference]],
    )
    assert.throws(
      () =>
        requireForm06(
          {
            total: figures.total,
            ended: figures.processed,
            pending: figures.notProcessed,
            endedEarly: figures.early,
            endedOnTime: figures.onTime,
            endedLate: figures.late,
          },
          level,
        ),
      RuleError,
    )
  })
}

test('the refusal of Thừa Thiên Huế names the columns and the difference', () => {
  assert.equal(
    brokenPublishedIdentities(HUE[0].figures)[0]?.sentence,
    'Số liệu không khớp: đã xử lý (257.141) phải bằng trước hạn (124.907) + đúng hạn (102.770) + quá hạn (19.852) = 247.529; lệch 9.612.',
  )
})
