import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { officerActor } from '../../src/accounts/acting.ts'
import type { Actor } from '../../src/deps.ts'
import { dossierAt } from '../../src/dossiers/dossier-at.ts'
import { searchDossiers } from '../../src/dossiers/search-dossiers.ts'
import { deskOf, SYSTEM } from '../support/desk.ts'
import { refused } from '../support/refused.ts'
import { type TestInstallation, testInstallation } from '../support/test-installation.ts'

let installation: TestInstallation
let dao: StoredDossier
let dam: StoredDossier
let elsewhere: StoredDossier

before(() => {
  installation = testInstallation('2023-03-06T09:00')
  const desk = deskOf(installation)
  dam = desk.log({ applicant: { name: 'Nguyễn Thị Đạo', idNumber: '030190001234', phone: '0912345678' } })
  dao = desk.log({ applicant: { name: 'Nguyễn Thị Đào', idNumber: '030190005555', phone: '0987651234' } })
  elsewhere = desk.log({ unit: 'xa-quang-phuc', applicant: { name: 'Nguyễn Thị Đào' } })
})

const found = (q: string, actor: Actor = SYSTEM) => searchDossiers(installation, actor, { q, limit: 20 })

test('a name is found without marks, in any order, its last word unfinished', () => {
  for (const q of ['nguyen thi dao', 'dao nguyen thi', 'Thị Đ', 'nguye']) {
    assert.equal(found(q).length, 3, q)
  }
  assert.deepEqual(found('nguye thi'), [])
  assert.deepEqual(found('nguyen thi dung'), [])
})

test('of those with the same letters the very marks come first', () => {
  assert.deepEqual(found('Nguyễn Thị Đào'), [elsewhere.id, dao.id, dam.id])
  assert.deepEqual(found('thị đạo'), [dam.id, elsewhere.id, dao.id])
})

test('which of two ways a keyboard writes a tone makes no difference to the order', () => {
  const desk = deskOf(installation)
  const [old, now, other] = ['Lê Thị Thủy', 'Lê Thị Thuỷ', 'Lê Thị Thùy'].map((name) =>
    desk.log({ applicant: { name } }),
  )
  for (const q of ['Thuỷ', 'thủy']) assert.deepEqual(found(q), [now!.id, old!.id, other!.id], q)
})

test('an organisation with a number in its name is found by it', () => {
  const applicant = { name: 'Công ty TNHH 1 thành viên 27-7' }
  const company = deskOf(installation).log({ applicant })
  const clerk = officerActor(installation, 'xa-ngoc-ky.mot-cua-1')
  for (const q of ['cong ty 27', 'Công ty TNHH 1 thành viên 27-7', '27 cong ty'])
    for (const actor of [SYSTEM, clerk]) assert.deepEqual(found(q, actor), [company.id], q)
  assert.deepEqual(found('cong ty 28'), [])
})

test('what a Telex keyboard left behind finds the name all the same', () => {
  assert.equal(found('nguyeenx thij ddao').length, 3)
})

test('a whole ID or phone number finds its people, whatever stands between the digits', () => {
  assert.deepEqual(found('030190001234'), [dam.id])
  assert.deepEqual(found('0987 651 234'), [dao.id])
  assert.deepEqual(found('+84 987 651 234'), [dao.id])
  assert.deepEqual(found('030190001235'), [])
})

test('numbers written with the country code or with dots are kept, and found, as the others are', () => {
  const { db, vault } = installation
  const abroad = deskOf(installation).log({
    applicant: { name: 'Lê Văn Xa', idNumber: '030.185.009.999', phone: '+84 912 000 111' },
  })
  for (const q of ['0912000111', '84912000111', '+84 912.000.111', '030185009999', '030 185 009 999'])
    assert.deepEqual(found(q), [abroad.id], q)
  const phone = db.prepare('SELECT phone_sealed FROM persons WHERE id = ?').pluck().get(abroad.applicantId)
  assert.equal(vault.open(phone as Buffer), '0912000111')
  // As it was kept before.
  const earlier = vault.hash('+84912000222')
  db.prepare('UPDATE persons SET phone_hash = ? WHERE id = ?').run(earlier, abroad.applicantId)
  assert.deepEqual(found('0912000222'), [abroad.id])
})

test('the last four digits of either number find their people', () => {
  assert.deepEqual(found('1234').toSorted(), [dam.id, dao.id].toSorted())
  assert.deepEqual(found('5678'), [dam.id])
})

test('a code is found whole, by its last part, by a middle one, without dots and from the beginning', () => {
  const code = dao.code ?? ''
  for (const q of [code, code.slice(-11), code.replaceAll('.', ''), code.slice(4), code.toLowerCase()]) {
    assert.ok(found(q).includes(dao.id), q)
  }
  assert.deepEqual(found(code), [dao.id])
  assert.ok(found(code.slice(0, 20)).includes(dam.id))
})

test('what is scanned from a slip without a code finds its dossier, for whoever may see it', () => {
  const desk = deskOf(installation)
  const refusal = { act: 'refuse_intake', reason: 'Không thuộc thẩm quyền' } as const
  const turned = desk.log({ ...refusal, applicant: { name: 'Phạm Văn Khải' } })
  const online = desk.log({ act: 'submit', channel: 'level4', unit: 'xa-quang-phuc' })
  const clerk = officerActor(installation, 'xa-ngoc-ky.mot-cua-1')
  const slip = turned.slipNumber!
  assert.match(slip, /^KTN-/)
  for (const q of [slip, ` ${slip.toLowerCase()} `, `CTN-${turned.id}`]) {
    assert.deepEqual(found(q), [turned.id], q)
    assert.deepEqual(found(q, clerk), [turned.id], q)
    assert.equal(dossierAt(installation, clerk, q.trim()).id, turned.id)
  }
  assert.deepEqual(found(`ctn-${online.id}`), [online.id])
  assert.deepEqual(found(`CTN-${online.id}`, clerk), [])
  refused('dossier_elsewhere', () => dossierAt(installation, clerk, `CTN-${online.id}`))
  for (const none of ['KTN-000.24.35.H23-230306-9999', 'KTN-000.00.00.H00-230306-0001', 'CTN-9999'])
    refused('unknown_dossier', () => dossierAt(installation, SYSTEM, none))
})

test('only dossiers somebody may see are found', () => {
  const clerk = officerActor(installation, 'xa-ngoc-ky.mot-cua-1')
  const other = officerActor(installation, 'xa-quang-phuc.mot-cua-1')
  assert.deepEqual(found('nguyen thi dao', clerk).toSorted(), [dam.id, dao.id].toSorted())
  assert.deepEqual(found('nguyen thi dao', other), [elsewhere.id])
  for (const q of ['030190001234', '5678', dam.code ?? '', (dam.code ?? '').slice(-11), 'H23']) {
    assert.ok(!found(q, other).includes(dam.id), q)
    assert.ok(found(q, clerk).includes(dam.id), q)
  }
})

test('signs that mean something to the search engine mean nothing', () => {
  for (const q of ['"', 'nguyen" OR "x', 'AND', 'a*', '(((', 'thi NEAR dao', '%', '_', "'"]) {
    assert.doesNotThrow(() => found(q), q)
  }
  assert.deepEqual(found(''), [])
})
