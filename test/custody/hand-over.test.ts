import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  custodyOf,
  foldersComing,
  foldersOf,
  foldersOnTheWay,
  lastDestination,
} from '../../db/queries/hand-overs.ts'
import { upsertSetting } from '../../db/queries/settings.ts'
import { catalogueOf } from '../../src/catalogue/catalogue.ts'
import { cameBack, isOnTheWay, isTooLong, unitsCameTo, wentAstray } from '../../src/custody/standing.ts'
import { RuleError } from '../../src/domain/refusals.ts'
import { foldersOfOfficer, sheetsOf } from '../support/custody.ts'
import { deskOf } from '../support/desk.ts'
import { refused } from '../support/refused.ts'
import { planOf, record } from '../support/reorganised.ts'
import { type TestInstallation, testInstallation } from '../support/test-installation.ts'

const COUNTER = 'xa-ngoc-ky.mot-cua-1'
const TO = 'phong-tu-phap'
const RECEIVER = 'phong-tu-phap.chuyen-vien-1'
const OFFICER = 'xa-ngoc-ky.van-hoa-xa-hoi'
const HEAD = 'xa-ngoc-ky.chu-tich'

function withDossiers(n: number, moment = '2023-03-06T09:00') {
  const installation = testInstallation(moment)
  const desk = deskOf(installation)
  const dossiers = Array.from({ length: n }, () => desk.log())
  const codes = dossiers.map(({ code }) => code as string)
  return { installation, desk, dossiers, codes }
}

test('a sheet is numbered by the agency and the day, and holds every folder once', () => {
  const { installation, codes } = withDossiers(3)
  const counter = foldersOfOfficer(installation, COUNTER)
  const sheet = counter.send({ to: TO, codes: codes.slice(0, 2) })
  assert.equal(sheet.number, 'BG-000.24.35.H23-230306-0001')
  assert.deepEqual(
    foldersOf(installation.db, sheet.id).map(({ code }) => code),
    codes.slice(0, 2),
  )
  assert.equal(counter.send({ to: TO, codes: codes.slice(2) }).number, 'BG-000.24.35.H23-230306-0002')
  installation.at('2023-03-07T09:00')
  const next = deskOf(installation).log()
  assert.equal(counter.send({ to: TO, codes: [next.code!] }).number, 'BG-000.24.35.H23-230307-0001')
})

test('a folder that is on its way is not sent again before it is received or taken back', () => {
  const { installation, codes } = withDossiers(1)
  const counter = foldersOfOfficer(installation, COUNTER)
  const sheet = counter.send({ to: TO, codes })
  const refusal = refused('folder_on_the_way', () => counter.send({ to: 'xa-an-thanh', codes }))
  assert.match(refusal.message, new RegExp(sheet.number))
  assert.equal(counter.recall(sheet), 1)
  refused('nothing_to_recall', () => counter.recall(sheet))
  counter.send({ to: TO, codes })
})

test('the unit that is offered is the one folders went to last', () => {
  const { installation, codes } = withDossiers(3)
  const counter = foldersOfOfficer(installation, COUNTER)
  const { unitByKey, unitById } = catalogueOf(installation.db)
  const from = unitByKey.get('xa-ngoc-ky')!.id
  for (const [n, to] of ['xa-an-thanh', TO, 'xa-an-thanh'].entries()) {
    counter.send({ to, codes: [codes[n]!] })
    assert.equal(unitById.get(lastDestination(installation.db, from)!.toUnitId)!.key, to)
  }
})

test('a folder received is on its way no more, and goes on from there', () => {
  const { installation, codes, dossiers } = withDossiers(1)
  const sheet = foldersOfOfficer(installation, COUNTER).send({ to: TO, codes })
  const receiver = foldersOfOfficer(installation, RECEIVER)
  installation.at('2023-03-06T10:15')
  receiver.receive({ codes })
  refused('nothing_to_recall', () => foldersOfOfficer(installation, COUNTER).recall(sheet))
  const again = refused('folder_not_on_the_way', () => receiver.receive({ codes }))
  assert.match(again.message, /Phòng Tư pháp huyện Tứ Kỳ đã nhận lúc 06\/03\/2023 10:15/)
  receiver.send({ to: 'xa-ngoc-ky', codes })
  const chain = custodyOf(installation.db, dossiers[0]!.id)
  assert.deepEqual(
    chain.map((folder) => [folder.number, folder.receivedAt !== null, wentAstray(installation, folder)]),
    [
      ['BG-000.24.35.H23-230306-0001', true, false],
      [chain[1]!.number, false, false],
    ],
  )
})

test('a folder scanned where it was not sent to is taken there, and the chain says that it went astray', () => {
  const { installation, codes, dossiers } = withDossiers(2)
  foldersOfOfficer(installation, COUNTER).send({ to: TO, codes })
  const found = foldersOfOfficer(installation, 'xa-an-thanh.mot-cua-1')
  found.receive({ codes: [codes[0]!] })
  const [astray] = custodyOf(installation.db, dossiers[0]!.id)
  assert.equal(wentAstray(installation, astray!), true)
  assert.equal(catalogueOf(installation.db).unitById.get(astray!.unitId)!.key, 'xa-an-thanh')
  assert.equal(catalogueOf(installation.db).unitById.get(astray!.toUnitId)!.key, TO)
  // It lies there, so there it may be sent on, though the dossier is none of theirs.
  found.send({ to: TO, codes: [codes[0]!] })
  refused('dossier_elsewhere', () => {
    const other = deskOf(installation).log()
    found.send({ to: TO, codes: [other.code!] })
  })
})

test('within a unit a folder goes to a person, and whoever of the unit scans it has received it', () => {
  const { installation, codes, dossiers } = withDossiers(2)
  const { db } = installation
  const counter = foldersOfOfficer(installation, COUNTER)
  const officer = foldersOfOfficer(installation, OFFICER)
  const head = foldersOfOfficer(installation, HEAD)
  refused('hand_over_to_itself', () => counter.send({ toOfficer: COUNTER, codes }))
  refused('unknown_officer', () => counter.send({ toOfficer: 'xa-ngoc-ky.khong-co', codes }))
  const other = refused('receiver_not_there', () => counter.send({ toOfficer: RECEIVER, codes }))
  assert.match(other.message, /không giữ vị trí xử lý hồ sơ nào ở Xã Ngọc Kỳ hôm nay/)
  const sheet = counter.send({ toOfficer: OFFICER, codes })
  assert.deepEqual([sheet.fromUnitId, sheet.toOfficerId], [sheet.toUnitId, officer.actor.officerId])
  assert.equal(foldersComing(db, [sheet.toUnitId]).length, 2)
  officer.receive({ codes: [codes[0]!] })
  head.receive({ codes: [codes[1]!] })
  const received = codes.map((_, n) => custodyOf(db, dossiers[n]!.id)[0]!)
  assert.deepEqual(
    received.map((folder) => [
      folder.receivedById,
      wentAstray(installation, folder),
      cameBack(installation, folder),
    ]),
    [
      [officer.actor.officerId, false, false],
      [head.actor.officerId, false, false],
    ],
  )
  officer.send({ toOfficer: HEAD, codes: [codes[0]!] })
  head.receive({ codes: [codes[0]!] })
  head.send({ to: TO, codes })
})

test('a folder within a unit is taken back by scanning or from the sheet, is too long on its way and goes astray like any other', () => {
  const { installation, codes, dossiers } = withDossiers(3)
  const counter = foldersOfOfficer(installation, COUNTER)
  const sheet = counter.send({ toOfficer: OFFICER, codes })
  counter.receive({ codes: [codes[0]!] })
  foldersOfOfficer(installation, 'xa-an-thanh.mot-cua-1').receive({ codes: [codes[1]!] })
  const first = (n: number) => custodyOf(installation.db, dossiers[n]!.id)[0]!
  assert.deepEqual([cameBack(installation, first(0)), wentAstray(installation, first(0))], [true, false])
  assert.deepEqual([cameBack(installation, first(1)), wentAstray(installation, first(1))], [false, true])
  assert.equal(isTooLong(installation, first(2), installation.at('2023-03-06T15:01')), true)
  assert.equal(counter.recall(sheet), 1)
})

test('a folder that its sender scans again came back, and did not go astray', () => {
  const { installation, codes, dossiers } = withDossiers(1)
  const counter = foldersOfOfficer(installation, COUNTER)
  counter.send({ to: TO, codes })
  counter.receive({ codes })
  const [folder] = custodyOf(installation.db, dossiers[0]!.id)
  assert.deepEqual([cameBack(installation, folder!), wentAstray(installation, folder!)], [true, false])
})

test('whoever sent before is offered whom they sent to last, others of the unit where it did', () => {
  const { installation, codes } = withDossiers(2)
  const counter = foldersOfOfficer(installation, COUNTER)
  const { toOfficerId, fromUnitId } = counter.send({ toOfficer: OFFICER, codes: [codes[0]!] })
  foldersOfOfficer(installation, HEAD).send({ to: TO, codes: [codes[1]!] })
  const last = (me: number | null) => lastDestination(installation.db, fromUnitId, me)?.toOfficerId
  assert.deepEqual([last(counter.actor.officerId), last(null)], [toOfficerId, null])
})

test('a folder is sent from where it was scanned last, and from nowhere else', () => {
  const { installation, codes } = withDossiers(1)
  const counter = foldersOfOfficer(installation, COUNTER)
  counter.send({ to: TO, codes })
  const receiver = foldersOfOfficer(installation, RECEIVER)
  receiver.receive({ codes })
  const refusal = refused('folder_elsewhere', () => counter.send({ to: 'xa-an-thanh', codes }))
  assert.match(refusal.message, /ở Phòng Tư pháp huyện Tứ Kỳ/)
  const sheet = receiver.send({ to: 'xa-ngoc-ky', codes })
  receiver.recall(sheet)
  refused('folder_elsewhere', () => counter.send({ to: 'xa-an-thanh', codes }))
  receiver.send({ to: 'xa-ngoc-ky', codes })
  counter.receive({ codes })
  counter.send({ to: 'xa-an-thanh', codes })
})

test('all codes of one receipt are taken or none', () => {
  const { installation, codes } = withDossiers(2)
  foldersOfOfficer(installation, COUNTER).send({ to: TO, codes: [codes[0]!] })
  const receiver = foldersOfOfficer(installation, RECEIVER)
  refused('folder_not_on_the_way', () => receiver.receive({ codes }))
  assert.equal(foldersOnTheWay(installation.db, null).length, 1)
})

test('nothing, the same code twice, an unknown code or one’s own unit make no sheet', () => {
  const { installation, codes } = withDossiers(1)
  const counter = foldersOfOfficer(installation, COUNTER)
  refused('nothing_to_hand_over', () => counter.send({ to: TO, codes: [] }))
  refused('folder_twice', () => counter.send({ to: TO, codes: [codes[0]!, codes[0]!] }))
  refused('unknown_dossier', () => counter.send({ to: TO, codes: ['000.24.35.H23-230306-9999'] }))
  refused('hand_over_to_itself', () => counter.send({ to: 'xa-ngoc-ky', codes }))
  refused('unknown_unit', () => counter.send({ to: 'xa-khong-co', codes }))
  refused('not_your_unit', () => counter.send({ from: TO, to: 'xa-ngoc-ky', codes }))
  refused('not_your_unit', () => counter.receive({ unit: TO, codes }))
  assert.equal(sheetsOf(installation).length, 0)
})

test('a folder is too long on its way after four working hours of where it goes, or as many as are set', () => {
  const { installation, codes } = withDossiers(1, '2023-03-10T15:00')
  foldersOfOfficer(installation, COUNTER).send({ to: TO, codes })
  const [folder] = foldersOnTheWay(installation.db, null)
  const isLateAt = (moment: string) => isTooLong(installation, folder!, installation.at(moment))
  // Friday 15:00 to 17:00, then Monday from 07:30: the fourth hour ends at 09:30.
  assert.equal(isLateAt('2023-03-12T12:00'), false)
  assert.equal(isLateAt('2023-03-13T09:30'), false)
  assert.equal(isLateAt('2023-03-13T09:31'), true)
  upsertSetting(installation.db, 'folder_hours', 6)
  assert.equal(isLateAt('2023-03-13T09:31'), false)
  assert.equal(isLateAt('2023-03-13T13:31'), true)
})

test('paper that moves changes no dossier, no event and no figure', () => {
  const { installation, codes } = withDossiers(2)
  const picture = () =>
    ['dossiers', 'events', 'day_cells', 'stocks', 'pauses'].map((table) =>
      installation.db.prepare(`SELECT * FROM ${table}`).all(),
    )
  const before = picture()
  const counter = foldersOfOfficer(installation, COUNTER)
  const sheet = counter.send({ to: TO, codes })
  foldersOfOfficer(installation, RECEIVER).receive({ codes: [codes[0]!] })
  counter.recall(sheet)
  assert.deepEqual(picture(), before)
})

test('what was on its way to a unit that ended is received by its successor, and is not astray', () => {
  const installation = testInstallation('2024-11-29T10:00')
  const desk = deskOf(installation)
  const dossier = desk.log()
  foldersOfOfficer(installation, COUNTER).send({ to: 'xa-cong-lac', codes: [dossier.code!] })
  record(installation, planOf(installation, 0))
  installation.at('2024-12-02T09:00')
  const { lineage, unitByKey } = catalogueOf(installation.db)
  const ended = unitByKey.get('xa-cong-lac')!
  const link = lineage.find(({ fromUnitId }) => fromUnitId === ended.id)!
  const coming = unitsCameTo(lineage, link.toUnitId, '2024-12-02')
  assert.ok(coming.includes(ended.id))
  assert.deepEqual(
    foldersComing(installation.db, coming).map(({ code }) => code),
    [dossier.code],
  )
  const successor = catalogueOf(installation.db).unitById.get(link.toUnitId)!
  const officer = catalogueOf(installation.db).officers.find(({ memberships }) =>
    memberships.some((post) => post.unitId === successor.id && post.validTo === null),
  )!
  foldersOfOfficer(installation, officer.key).receive({ unit: successor.key, codes: [dossier.code!] })
  assert.equal(wentAstray(installation, custodyOf(installation.db, dossier.id)[0]!), false)
})

test('what lay in a unit that ended is sent on by its successor', () => {
  const installation = testInstallation('2024-11-29T10:00')
  const dossier = deskOf(installation).log()
  const codes = [dossier.code!]
  foldersOfOfficer(installation, COUNTER).send({ to: 'xa-cong-lac', codes })
  foldersOfOfficer(installation, 'xa-cong-lac.mot-cua-1').receive({ codes })
  record(installation, planOf(installation, 0))
  installation.at('2024-12-02T09:00')
  const { lineage, unitById, unitByKey, officers } = catalogueOf(installation.db)
  const link = lineage.find(({ fromUnitId }) => fromUnitId === unitByKey.get('xa-cong-lac')!.id)!
  const successor = unitById.get(link.toUnitId)!
  const officer = officers.find(({ memberships }) =>
    memberships.some(({ unitId, validTo }) => unitId === successor.id && validTo === null),
  )!
  foldersOfOfficer(installation, officer.key).send({ from: successor.key, to: TO, codes })
  assert.equal(foldersOnTheWay(installation.db, null).length, 1)
})

test('whatever is sent, received and taken back, a folder is on its way at most once and every sheet adds up', () => {
  const step = fc.record({
    what: fc.constantFrom('send', 'send', 'receive', 'recall'),
    who: fc.constantFrom(COUNTER, COUNTER, RECEIVER),
    to: fc.constantFrom(TO, 'xa-an-thanh'),
    which: fc.uniqueArray(fc.nat(3), { minLength: 1, maxLength: 4 }),
  })
  fc.assert(
    fc.property(fc.array(step, { minLength: 12, maxLength: 24 }), (steps) => {
      const { installation, codes, dossiers } = withDossiers(4)
      for (const { what, who, to, which } of steps) {
        const officer = foldersOfOfficer(installation, who)
        const chosen = which.map((n) => codes[n]!)
        const sheet = sheetsOf(installation)[which[0]! % Math.max(1, sheetsOf(installation).length)]
        unlessRefused(() => {
          if (what === 'send') officer.send({ to, codes: chosen })
          else if (what === 'receive') officer.receive({ codes: chosen })
          else if (sheet !== undefined) officer.recall(sheet)
        })
        checkLaws(installation, dossiers)
      }
    }),
    { numRuns: 12 },
  )
})

function unlessRefused(work: () => void): void {
  try {
    work()
  } catch (error) {
    if (!(error instanceof RuleError)) throw error
  }
}

function checkLaws(installation: TestInstallation, dossiers: readonly { readonly id: number }[]): void {
  for (const { id } of dossiers) {
    const chain = custodyOf(installation.db, id)
    assert.ok(chain.filter(isOnTheWay).length <= 1)
    assert.ok(chain.every(({ receivedAt, recalledAt }) => receivedAt === null || recalledAt === null))
  }
  const open = foldersOnTheWay(installation.db, null).length
  let stillOpen = 0
  for (const { id, sent, received, recalled } of sheetsOf(installation)) {
    assert.equal(foldersOf(installation.db, id).length, sent)
    stillOpen += sent - received - recalled
  }
  assert.equal(open, stillOpen)
}
