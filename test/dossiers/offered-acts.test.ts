import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findDossierById, type StoredDossier } from '../../db/queries/dossiers.ts'
import { offeredActs } from '../../src/dossiers/offered-acts.ts'
import { deskOf, HEAD } from '../support/desk.ts'
import { testInstallation } from '../support/test-installation.ts'

/** Đăng ký kết hôn: the law allows 5 working days more. */
const LONGER = '1.000894'

test('an extension is offered as long as it would be taken: not once the days are used up or it is late', () => {
  const installation = testInstallation('2023-03-01T09:00')
  const desk = deskOf(installation, HEAD)
  const dossiers = Array.from({ length: 4 }, () => desk.log({ procedure: LONGER }))
  const [, paused, used, partly] = dossiers as [StoredDossier, StoredDossier, StoredDossier, StoredDossier]
  desk.act(paused, 'begin_verification')
  desk.act(used, 'extend', { days: 5 })
  desk.act(partly, 'extend', { days: 2 })
  const none = desk.log()
  const offered: boolean[] = []
  for (const day of ['2023-03-02', '2023-03-10', '2023-05-04']) {
    installation.at(`${day}T09:00`)
    for (const { id } of [...dossiers, none]) {
      const { next, others } = offeredActs(installation, HEAD, findDossierById(installation.db, id)!)
      const isOffered = next === 'extend' || others.includes('extend')
      assert.equal(
        isOffered,
        isTaken(() => desk.act({ id }, 'extend', { days: 1 })),
        `${day} ${id}`,
      )
      offered.push(isOffered)
    }
  }
  assert.ok(offered.includes(true) && offered.includes(false))

  function isTaken(act: () => unknown): boolean {
    const UNDO = new Error('undo')
    try {
      installation.db.transaction(() => {
        act()
        throw UNDO
      })()
    } catch (error) {
      return error === UNDO
    }
    return false
  }
})
