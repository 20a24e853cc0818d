import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findDossierById, type StoredDossier } from '../../db/queries/dossiers.ts'
import { seenAmong } from '../../db/queries/seen.ts'
import { queueRows } from '../../db/queries/work-queue.ts'
import { maySee, mustSee, seenDossiers, seenUnits } from '../../src/accounts/seen-units.ts'
import { catalogueOf } from '../../src/catalogue/catalogue.ts'
import { SYSTEM_OPERATOR } from '../../src/deps.ts'
import { scopesOf } from '../../src/dossiers/queue-scope.ts'
import { filterOf, readAsk } from '../../src/dossiers/work-queue-query.ts'
import { applyReorganisations } from '../../src/reorganisations/apply-reorganisation.ts'
import { deskOf } from '../support/desk.ts'
import { asOfficer, newOfficer, standIn } from '../support/posts.ts'
import { refused } from '../support/refused.ts'
import { planOf, record } from '../support/reorganised.ts'
import { type TestInstallation, testInstallation } from '../support/test-installation.ts'

const setting = (moment = '2024-11-28T09:00') => {
  const installation = testInstallation(moment)
  const sees = (key: string, dossier: StoredDossier) =>
    maySee(installation, asOfficer(installation, key), findDossierById(installation.db, dossier.id)!)
  return { installation, sees, desk: deskOf(installation) }
}

const keysSeen = (installation: TestInstallation, key: string) => {
  const { unitById } = catalogueOf(installation.db)
  const seen = seenUnits(installation, asOfficer(installation, key))
  return seen && [...seen].map((id) => unitById.get(id)!.key).sort()
}

test('a person sees the dossiers of the unit of their post, and of no other', () => {
  const { sees, desk } = setting()
  const own = desk.log()
  assert.ok(sees('xa-ngoc-ky.mot-cua-1', own))
  assert.ok(sees('xa-ngoc-ky.chu-tich', own))
  assert.ok(!sees('xa-ha-ky.mot-cua-1', own))
  assert.ok(!sees('xa-ha-ky.chu-tich', own))
})

test('a post in a unit opens everything below it, and nothing above or beside it', () => {
  const { installation, sees, desk } = setting()
  const own = desk.log()
  assert.ok(sees('huyen-tu-ky.giam-sat', own))
  const district = keysSeen(installation, 'huyen-tu-ky.chu-tich')!
  assert.ok(
    district.includes('bo-phan-mot-cua-huyen'),
    'the shop is below the office that is below the district',
  )
  assert.ok(!district.includes('tinh-hai-duong'))
  assert.deepEqual(keysSeen(installation, 'xa-ngoc-ky.mot-cua-1'), ['xa-ngoc-ky'])
})

test('the shop sees what it received for an office, and the office what it resolves', () => {
  const { sees, desk } = setting()
  const dossier = desk.log({
    unit: 'bo-phan-mot-cua-huyen',
    resolvingUnit: 'phong-tu-phap',
    procedure: '2.000528',
  })
  assert.ok(sees('bo-phan-mot-cua-huyen.quay-1', dossier))
  assert.ok(sees('phong-tu-phap.chuyen-vien-1', dossier))
  assert.ok(!sees('phong-noi-vu.truong', dossier))
})

test('a dossier that was handed over is seen by who has it now, and no longer by who had it', () => {
  const { installation, sees, desk } = setting()
  const dossier = desk.log({ at: '2024-11-28T08:00' })
  assert.ok(!sees('xa-tai-son.mot-cua-1', dossier))
  const plan = planOf(installation, 0, {
    takeovers: [{ from: 'xa-ngoc-ky', to: 'xa-ha-ky' }],
  })
  record(installation, plan)
  installation.at('2024-12-02T09:00')
  applyReorganisations(installation, '2024-12-02')
  assert.ok(sees('xa-ha-ky.mot-cua-1', dossier), 'it follows')
  assert.ok(!sees('xa-dai-hop.mot-cua-1', dossier))
})

test('whoever works in the unit that an old one has become sees what the old one ended', () => {
  const { installation, sees, desk } = setting()
  const dossier = desk.log({ at: '2024-11-28T08:00' })
  desk.act(dossier, 'finish', { at: '2024-11-28T08:30' })
  const plan = planOf(installation, 0)
  record(installation, plan)
  installation.at('2024-12-02T09:00')
  applyReorganisations(installation, '2024-12-02')
  const successor = plan.lineage.find(({ from }) => from === 'xa-ngoc-ky')!.to
  newOfficer(installation, 'moi', { unit: successor, role: 'counter' })
  assert.ok(sees('moi', dossier))
  assert.deepEqual(
    keysSeen(installation, 'moi'),
    [successor, ...plan.lineage.filter(({ to }) => to === successor).map(({ from }) => from)].sort(),
  )
})

test('a unit with a step of its own sees the dossiers of that procedure', () => {
  const { installation, sees, desk } = setting()
  const joint = desk.log({ procedure: '2.000986' })
  newOfficer(installation, 'bhxh', { unit: 'bao-hiem-xa-hoi', role: 'officer' })
  assert.ok(sees('bhxh', joint))
  assert.ok(!sees('bhxh', desk.log()))
})

test('a dossier is seen by who has been given it, wherever their post is, and by who stands in for them', () => {
  const { installation, sees, desk } = setting()
  const dossier = desk.log({ assignee: 'xa-ngoc-ky.mot-cua-1' })
  const { db } = installation
  db.prepare('UPDATE dossiers SET unit_id = ?, receiving_unit_id = ?, holder_unit_id = ? WHERE id = ?').run(
    ...Array.from({ length: 3 }, () => catalogueOf(db).unitByKey.get('xa-ha-ky')!.id),
    dossier.id,
  )
  assert.ok(sees('xa-ngoc-ky.mot-cua-1', dossier))
  assert.ok(!sees('xa-ngoc-ky.mot-cua-2', dossier))
  newOfficer(installation, 'thay', { unit: 'xa-tai-son', role: 'officer' })
  assert.ok(!sees('thay', dossier))
  standIn(installation, 'xa-ngoc-ky.mot-cua-1', 'thay')
  assert.ok(sees('thay', dossier))
  assert.deepEqual(
    keysSeen(installation, 'thay'),
    ['xa-ngoc-ky', 'xa-tai-son'],
    'with the unit of the absent',
  )
})

test('an auditor sees every dossier; an administrator without a post none; the operator of the machine all', () => {
  const { installation, sees, desk } = setting()
  const dossier = desk.log()
  newOfficer(installation, 'kiem-tra', { wide: 'auditor' })
  newOfficer(installation, 'quan-tri', { wide: 'administrator' })
  assert.ok(sees('kiem-tra', dossier))
  assert.ok(!sees('quan-tri', dossier))
  assert.equal(seenUnits(installation, asOfficer(installation, 'quan-tri'))?.size, 0)
  assert.ok(maySee(installation, SYSTEM_OPERATOR, dossier))
})

test('who may not see a dossier is told where to ask', () => {
  const { installation, desk } = setting()
  const dossier = desk.log()
  const error = refused('dossier_elsewhere', () =>
    mustSee(installation, asOfficer(installation, 'xa-ha-ky.chu-tich'), dossier),
  )
  assert.match(error.message, /Xã Ngọc Kỳ/)
})

test('a list shows nothing that may not be opened, and of the pending ones everything that may', () => {
  const { installation, desk } = setting()
  const { db } = installation
  newOfficer(installation, 'bhxh', { unit: 'bao-hiem-xa-hoi', role: 'officer' })
  newOfficer(installation, 'quan-tri', { wide: 'administrator' })
  const logged = [
    desk.log(),
    desk.log({ procedure: '2.000986' }),
    desk.log({ unit: 'xa-ha-ky' }),
    desk.log({ unit: 'xa-ha-ky', assignee: 'xa-ha-ky.cong-an' }),
    desk.log({ unit: 'bo-phan-mot-cua-huyen', resolvingUnit: 'phong-tu-phap', procedure: '2.000528' }),
  ]
  desk.act(logged[0]!, 'finish')
  desk.act(logged[1]!, 'void')
  const readers = [
    'xa-ngoc-ky.mot-cua-1',
    'xa-ha-ky.cong-an',
    'bo-phan-mot-cua-huyen.quay-1',
    'phong-tu-phap.truong',
    'huyen-tu-ky.chu-tich',
    'bhxh',
    'quan-tri',
  ]
  for (const key of readers) {
    const actor = asOfficer(installation, key)
    const seen = seenDossiers(installation, actor)
    const idsIn = (view: 'newest' | 'open') => {
      const ask = readAsk({ scope: 'all', view }, 'all')
      const filter = filterOf(installation, scopesOf(installation, actor).all!, ask)
      return queueRows(db, { ...ask, ...filter, limit: 50 }).map(({ id }) => id)
    }
    const stored = logged.map(({ id }) => findDossierById(db, id)!)
    const opened = stored.filter((dossier) => maySee(installation, actor, dossier))
    const pending = opened.filter(({ endedAt, state }) => endedAt === null && state !== 'voided')
    assert.deepEqual(idsIn('open').toSorted(), pending.map(({ id }) => id).toSorted(), key)
    const listed = new Set(idsIn('newest'))
    assert.ok(listed.isSubsetOf(new Set(opened.map(({ id }) => id))), key)
    const among = seenAmong(
      db,
      seen,
      logged.map(({ id }) => id),
    )
    assert.deepEqual([...among].toSorted(), [...listed].toSorted(), `gathered or filtered: ${key}`)
  }
})
