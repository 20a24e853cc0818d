import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findDossierById } from '../../db/queries/dossiers.ts'
import { officerActor } from '../../src/accounts/acting.ts'
import { actOnMany } from '../../src/dossiers/act-on-many.ts'
import { deskOf } from '../support/desk.ts'
import { refused as refusedWith } from '../support/refused.ts'
import { type TestInstallation, testInstallation } from '../support/test-installation.ts'

const CLERK = 'xa-ngoc-ky.mot-cua-1'
const OTHER = 'xa-ngoc-ky.mot-cua-2'

function many(
  deps: TestInstallation,
  chosen: Parameters<typeof actOnMany>[2],
  request: Parameters<typeof actOnMany>[3],
) {
  return deps.db.transaction(() => actOnMany(deps, officerActor(deps, CLERK), chosen, request)).immediate()
}

test('several dossiers are given to an officer at once, each with an event of its own', () => {
  const installation = testInstallation()
  const desk = deskOf(installation)
  const dossiers = [desk.log(), desk.log(), desk.log()]
  const { id, refused } = many(installation, dossiers, { act: 'assign', assignee: OTHER })
  assert.equal(id, 3)
  assert.deepEqual(refused, [])
  const events = installation.db.prepare(`SELECT count(*) AS n FROM events WHERE act = 'assign'`).get()
  assert.deepEqual(events, { n: 3 })
})

test('what one dossier refuses is told by its code, to who may see it, and hinders no other', () => {
  const installation = testInstallation()
  const desk = deskOf(installation)
  const good = desk.log()
  const gone = desk.act(desk.log(), 'transfer')
  const elsewhere = desk.log({ unit: 'xa-quang-phuc' })
  const { id, refused } = many(installation, [good, gone, elsewhere], { act: 'transfer' })
  assert.equal(id, 1)
  assert.deepEqual(
    refused.map(({ code }) => code),
    [gone.code, null],
  )
  assert.match(refused[0]!.sentence, /Chuyển xử lý/)
  assert.match(refused[1]!.sentence, /Quang Phục/)
  assert.equal(findDossierById(installation.db, good.id)?.state, 'processing')
  assert.equal(findDossierById(installation.db, elsewhere.id)?.version, elsewhere.version)
})

test('a dossier somebody changed since it was chosen is left alone', () => {
  const installation = testInstallation()
  const desk = deskOf(installation)
  const seen = desk.log()
  desk.act(seen, 'assign', { assignee: CLERK })
  const { id, refused } = many(installation, [seen], { act: 'assign', assignee: OTHER })
  assert.equal(id, 0)
  assert.equal(refused.length, 1)
})

test('nothing chosen, nobody to give it to, or too many at once is refused as a whole', () => {
  const installation = testInstallation()
  const dossier = deskOf(installation).log()
  refusedWith('nothing_chosen', () => many(installation, [], { act: 'transfer' }))
  refusedWith('assignee_required', () => many(installation, [dossier], { act: 'assign' }))
  const tooMany = Array.from({ length: 201 }, () => dossier)
  refusedWith('too_many_chosen', () => many(installation, tooMany, { act: 'transfer' }))
})
