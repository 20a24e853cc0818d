import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { findDossierById, type StoredDossier } from '../../db/queries/dossiers.ts'
import { papersOf } from '../../db/queries/papers.ts'
import { removeUnnamedPeople } from '../../db/queries/tidy.ts'
import { eventsOf, textsOf } from '../../db/queries/timeline.ts'
import { dossierHref } from '../../src/dossiers/dossier-table.ts'
import { fullPerson } from '../../src/dossiers/masked-person.ts'
import { deskOf } from '../support/desk.ts'
import { pageApp, textOf } from '../support/page-app.ts'
import { OFFICER } from '../support/signed-in.ts'
import { type TestInstallation, testInstallation } from '../support/test-installation.ts'

const CLERK = 'xa-ngoc-ky.mot-cua-1'
const PERSON = {
  name: 'Nguyễn Thị Đao',
  idNumber: '030190001234',
  phone: '0912345678',
  address: 'Thôn',
  birthYear: 1990,
  sex: 'female',
  email: 'dao@nhamm.vn',
} as const

let here: TestInstallation
let app: FastifyInstance
let desk: ReturnType<typeof deskOf>

before(async () => {
  here = testInstallation('2023-03-07T08:00')
  desk = deskOf(here)
  app = await pageApp(here)
})
after(() => app.close())

const accepted = () =>
  desk.log({
    at: '2023-03-06T09:00',
    applicant: PERSON,
    papers: [{ name: 'Giấy cam đoan', form: 'original', copies: 2, digitised: true }],
  })
const now = ({ id }: StoredDossier) => findDossierById(here.db, id) as StoredDossier
const at = (dossier: StoredDossier) => `${dossierHref(dossier)}/nguoi-nop`
const open = (dossier: StoredDossier, officer = CLERK) =>
  app.inject({ url: at(dossier), headers: { [OFFICER]: officer } })
const send = (dossier: StoredDossier, fields: Readonly<Record<string, string>>, officer = CLERK) =>
  app.inject({
    method: 'POST',
    url: at(dossier),
    headers: { 'content-type': 'application/x-www-form-urlencoded', [OFFICER]: officer },
    payload: new URLSearchParams(fields).toString(),
  })

/** The fields of the page's form as they stand. */
async function formOf(dossier: StoredDossier): Promise<Record<string, string>> {
  const { body } = await open(dossier)
  const main = body.slice(body.indexOf('<main'))
  const inputs = [...main.matchAll(/<input ([^>]*)>/g)].flatMap(([, text = '']): [string, string][] => {
    const name = /name="([^"]+)"/.exec(text)?.[1]
    if (name === undefined || (/type="checkbox"/.test(text) && !/ checked/.test(text))) return []
    return [[name, /value="([^"]*)"/.exec(text)?.[1] ?? '']]
  })
  const selects = [...main.matchAll(/<select [^>]*name="([^"]+)"[\s\S]*?<\/select>/g)].map(
    ([text, name]): [string, string] => [name!, /value="([^"]*)" selected/.exec(text)?.[1] ?? ''],
  )
  return Object.fromEntries([...inputs, ...selects])
}

test('a name, an address and an e-mail are put right; the timeline says which, never what', async () => {
  const dossier = accepted()
  const slip = await app.inject({
    url: `${dossierHref(dossier)}/giay-to/receipt-slip.pdf`,
    headers: { [OFFICER]: CLERK },
  })
  assert.equal(slip.statusCode, 200)
  const form = await formOf(dossier)
  assert.deepEqual(
    [form['name'], form['phone'], form['birthYear'], form['sex'], form['otherPapers']],
    [PERSON.name, PERSON.phone, '1990', 'female', 'Giấy cam đoan'],
  )
  const right = { ...form, name: 'Nguyễn Thị Đào', address: 'Thôn Đông', email: 'dao@nha.vn' }
  for (const _ of ['click', 'second click']) assert.equal((await send(dossier, right)).statusCode, 303)
  const after = now(dossier)
  assert.equal(after.version, dossier.version + 1)
  assert.deepEqual(
    { ...fullPerson(here, after.applicantId) },
    { ...PERSON, name: 'Nguyễn Thị Đào', address: 'Thôn Đông', email: 'dao@nha.vn', isErased: false },
  )
  const notes = textsOf(here.db, dossier.id).map(({ text }) => text)
  assert.deepEqual(notes, ['Sửa họ tên người nộp, địa chỉ người nộp, thư điện tử người nộp.'])
  assert.equal(eventsOf(here.db, dossier.id).at(-1)?.changes, '{}')
  const page = await app.inject({ url: dossierHref(dossier), headers: { [OFFICER]: CLERK } })
  assert.match(textOf(page.body), /đã khác bản 1/)
  assert.match(textOf(page.body), /Thư điện tử dao@nha\.vn/)
  const search = await app.inject({ url: '/ho-so?q=nguyen+thi+dao', headers: { [OFFICER]: CLERK } })
  assert.equal(search.headers.location, dossierHref(dossier))
})

test('papers, the representative and the way back are put right, and stay where they are not touched', async () => {
  const dossier = accepted()
  const form = await formOf(dossier)
  assert.equal((await send(dossier, form)).statusCode, 303)
  assert.equal(now(dossier).version, dossier.version, 'the same again is no change')
  const [position] = Object.keys(form).flatMap((name) => /^copies-(\d+)$/.exec(name)?.[1] ?? [])
  const right = {
    ...form,
    once: 'people-2',
    [`paper-${position}`]: '1',
    otherPapers: 'Giấy cam đoan; Sơ yếu lý lịch',
    proxyName: 'Trần Văn Hải',
    proxyIdNumber: '030085000777',
    returnMode: 'postal',
  }
  assert.equal((await send(dossier, right)).statusCode, 303)
  const after = now(dossier)
  assert.deepEqual(
    [after.returnMode, after.byProxy, after.applicantId],
    ['postal', true, dossier.applicantId],
  )
  assert.equal(fullPerson(here, after.proxyId)?.name, 'Trần Văn Hải')
  assert.equal(papersOf(here.db, dossier.id).length, 3)
  const away = { ...(await formOf(dossier)), once: 'people-3', proxyName: '', proxyIdNumber: '' }
  assert.equal((await send(dossier, away)).statusCode, 303)
  assert.deepEqual([now(dossier).proxyId, now(dossier).byProxy], [null, false])
})

test('a wrong number comes back at its field; who was overtaken loses nothing', async () => {
  const dossier = accepted()
  const form = await formOf(dossier)
  const wrong = await send(dossier, { ...form, idNumber: '0301' })
  assert.equal(wrong.statusCode, 422)
  assert.match(wrong.body, /id="e-idNumber"/)
  desk.act(dossier, 'transfer')
  const late = await send(dossier, { ...form, name: 'Nguyễn Thị Đào' })
  assert.equal(late.statusCode, 412)
  assert.match(textOf(late.body), /Người khác vừa làm Chuyển xử lý/)
  assert.match(late.body, /value="Nguyễn Thị Đào"/)
  assert.equal(fullPerson(here, now(dossier).applicantId)?.name, PERSON.name)
})

test('only who handles the dossier may, and reading its form is told to the audit', async () => {
  const dossier = accepted()
  const readings = () =>
    here.db
      .prepare(`SELECT count(*) FROM audit_entries WHERE kind = 'person_read' AND dossier_id = ?`)
      .pluck()
      .get(dossier.id)
  await open(dossier)
  assert.equal(readings(), 1)
  for (const officer of ['xa-ha-ky.mot-cua-1', 'huyen-tu-ky.giam-sat'])
    assert.equal((await send(dossier, { name: 'X' }, officer)).statusCode, 403, officer)
})

test('whoever was put right out of every dossier is removed at night, nobody else', async () => {
  const [one, other] = [accepted(), accepted()]
  const wrong = one.applicantId!
  assert.equal(other.applicantId, wrong)
  const people = () => here.db.prepare('SELECT count(*) FROM persons WHERE id = ?').pluck().get(wrong)
  await send(one, { ...(await formOf(one)), name: 'Nguyễn Thị Đào' })
  removeUnnamedPeople(here.db)
  assert.equal(people(), 1, 'another dossier is still theirs')
  await send(other, { ...(await formOf(other)), name: 'Nguyễn Thị Đào' })
  here.db
    .prepare(`UPDATE dossiers SET applicant_id = ? WHERE applicant_id = ?`)
    .run(now(other).applicantId, wrong)
  assert.ok(removeUnnamedPeople(here.db) >= 1)
  assert.equal(people(), 0)
  assert.equal(fullPerson(here, now(one).applicantId)?.name, 'Nguyễn Thị Đào')
})
