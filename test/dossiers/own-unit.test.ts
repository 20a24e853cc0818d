import assert from 'node:assert/strict'
import { test } from 'node:test'
import { endMembership } from '../../db/queries/memberships.ts'
import type { Permission } from '../../src/accounts/access.ts'
import { bumpCatalogue, catalogueOf } from '../../src/catalogue/catalogue.ts'
import type { Actor } from '../../src/deps.ts'
import { standFor } from '../../src/dossiers/own-unit.ts'
import { applyReorganisations } from '../../src/reorganisations/apply-reorganisation.ts'
import { deskOf } from '../support/desk.ts'
import { givePost } from '../support/people.ts'
import { refused } from '../support/refused.ts'
import { planOf, record } from '../support/reorganised.ts'
import { type TestInstallation, testInstallation } from '../support/test-installation.ts'

const officer = ({ db }: TestInstallation, key: string, role: Actor['role'] = 'officer'): Actor => ({
  officerId: catalogueOf(db).officerByKey.get(key)!.id,
  role,
})

const setting = () => {
  const installation = testInstallation('2024-11-28T09:00')
  const as = (key: string) => deskOf(installation, officer(installation, key))
  return { installation, as, system: deskOf(installation) }
}

test('an officer works on the dossiers of the unit that resolves, receives or holds them, and of no other', () => {
  const { as, system } = setting()
  const dossier = system.log({
    unit: 'bo-phan-mot-cua-huyen',
    resolvingUnit: 'phong-tu-phap',
    procedure: '2.000528',
  })
  as('phong-tu-phap.chuyen-vien-1').act(dossier, 'begin_verification')
  as('bo-phan-mot-cua-huyen.quay-1').act(dossier, 'end_verification')
  const error = refused('not_your_unit', () => as('xa-ngoc-ky.mot-cua-1').act(dossier, 'finish'))
  assert.match(error.message, /28|Phòng Tư pháp/)
  refused('not_your_unit', () => as('xa-ngoc-ky.chu-tich').act(dossier, 'void'))
})

test('who takes a dossier in belongs to the shop or to the unit that resolves', () => {
  const { as } = setting()
  as('xa-ngoc-ky.mot-cua-1').log()
  refused('not_your_unit', () => as('xa-tai-son.mot-cua-1').log())
})

test('who heads a unit above works on the dossiers below it; who supervises it only reads and decides', () => {
  const { installation, as, system } = setting()
  const dossier = system.log()
  refused('not_permitted', () => as('huyen-tu-ky.giam-sat').act(dossier, 'transfer'))
  as('huyen-tu-ky.chu-tich').act(dossier, 'void')
  const { unitByKey } = catalogueOf(installation.db)
  const unitIds = [unitByKey.get('xa-ngoc-ky')!.id]
  const moment = { day: '2024-11-28', now: installation.clock.now() }
  const roleOf = (key: string, role: Actor['role'], permission: Permission) => {
    const actor = officer(installation, key, role)
    return standFor(catalogueOf(installation.db), { actor, permission, unitIds, ...moment }).role
  }
  assert.equal(roleOf('huyen-tu-ky.giam-sat', 'supervisor', 'corrections_decide'), 'supervisor')
  assert.equal(roleOf('xa-ngoc-ky.chu-tich', 'head', 'dossiers_write'), 'head')
  assert.equal(roleOf('xa-ngoc-ky.cong-an', 'officer', 'dossiers_write'), 'officer')
  refused('not_permitted', () => roleOf('xa-ngoc-ky.cong-an', 'officer', 'corrections_decide'))
  // A role that is held elsewhere gives nothing here.
  refused('not_permitted', () => roleOf('xa-ngoc-ky.cong-an', 'head', 'corrections_decide'))
})

test('a head is head in their own unit only', () => {
  const { installation, system } = setting()
  const dossier = system.log()
  const stranger = officer(installation, 'xa-ngoc-ky.mot-cua-1', 'head')
  refused('head_only', () => deskOf(installation, stranger).act(dossier, 'void'))
})

test('operator and system are bound to no unit', () => {
  const { installation, system } = setting()
  const dossier = system.log()
  deskOf(installation, { officerId: null, role: 'operator' }).act(dossier, 'transfer')
  deskOf(installation, officer(installation, 'xa-ha-ky.cong-an', 'operator')).act(dossier, 'void')
})

test('the units that have a step of their own in an inter-agency procedure take part', () => {
  const { as, system } = setting()
  const dossier = system.log({ procedure: '2.000986' })
  as('xa-ngoc-ky.mot-cua-1').act(dossier, 'finish_step')
  refused('not_your_unit', () => as('xa-ha-ky.mot-cua-1').act(dossier, 'finish_step'))
})

test('officers of a merged unit work on moved dossiers from the day on, not before; those of the old unit correct what is dated before', () => {
  const { installation, as, system } = setting()
  installation.at('2024-11-29T14:00')
  const [one, two, three] = [system.log(), system.log(), system.log()]
  record(installation, planOf(installation, 0))
  refused('not_your_unit', () => as('xa-tai-son.mot-cua-1').act(one, 'finish'))
  installation.at('2024-12-02T08:00')
  applyReorganisations(installation, '2024-12-02')
  as('xa-tai-son.mot-cua-1').act(one, 'finish')
  refused('not_your_unit', () => as('xa-tai-son.mot-cua-1').act(two, 'finish', { at: '2024-11-29T16:00' }))
  const old = as('xa-ngoc-ky.mot-cua-1').act(two, 'finish', { at: '2024-11-29T16:00' })
  assert.equal(old.endedOn, '2024-11-29')
  as('xa-ngoc-ky.mot-cua-1').act(three, 'finish')
  refused('not_your_unit', () => as('xa-ha-ky.mot-cua-1').act(three, 'return_result'))
})

/** The last day of every post somebody holds. */
function leaves({ db }: TestInstallation, key: string, lastDay: string): number {
  const { id, memberships } = catalogueOf(db).officerByKey.get(key)!
  for (const post of memberships) endMembership(db, post.id, lastDay)
  bumpCatalogue(db)
  return id
}

test('who has left a unit does nothing in it any more, not even what is dated into their days there', () => {
  const { installation, as, system } = setting()
  const dossier = system.log()
  const id = leaves(installation, 'xa-ngoc-ky.chu-tich', '2024-11-28')
  givePost(installation, id, { unit: 'xa-ha-ky', role: 'head', from: '2024-11-29' })
  installation.at('2024-11-29T09:00')
  const late = { at: '2024-11-28T16:00' }
  refused('not_your_unit', () => as('xa-ngoc-ky.chu-tich').act(dossier, 'void', late))
  as('huyen-tu-ky.chu-tich').act(dossier, 'void', late)
})

test('who was head and works on in the unit as an officer does there what officers do', () => {
  const { installation, as, system } = setting()
  const dossier = system.log()
  const id = leaves(installation, 'xa-ngoc-ky.chu-tich', '2024-11-28')
  givePost(installation, id, { unit: 'xa-ngoc-ky', role: 'officer', from: '2024-11-29' })
  installation.at('2024-11-29T09:00')
  const late = { at: '2024-11-28T16:00' }
  refused('head_only', () => as('xa-ngoc-ky.chu-tich').act(dossier, 'void', late))
  as('xa-ngoc-ky.chu-tich').act(dossier, 'transfer', late)
})

test('of a unit that is no more, who worked in it speaks in the role they hold now, and of that unit only', () => {
  const { installation, as, system } = setting()
  const [one, two] = [system.log({ unit: 'xa-tai-son' }), system.log({ unit: 'xa-binh-lang' })]
  record(installation, planOf(installation, 0))
  installation.at('2024-12-02T08:00')
  applyReorganisations(installation, '2024-12-02')
  // The heads of two communes: the first one heads what they became, the other is a deputy.
  const late = { at: '2024-11-29T16:00' }
  refused('head_only', () => as('xa-tai-son.chu-tich').act(one, 'void', late))
  refused('not_your_unit', () => as('xa-tai-son.chu-tich').act(two, 'transfer', late))
  as('xa-tai-son.chu-tich').act(one, 'transfer', late)
})
