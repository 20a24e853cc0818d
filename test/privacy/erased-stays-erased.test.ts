import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findDossierById } from '../../db/queries/dossiers.ts'
import { insertReceipt } from '../../db/queries/fee-receipts.ts'
import { addText } from '../../db/queries/timeline.ts'
import { enterOrAsk } from '../../src/corrections/enter-or-ask.ts'
import type { Deps } from '../../src/deps.ts'
import { correctDossier } from '../../src/dossiers/correct-dossier.ts'
import { voidReceipt } from '../../src/fees/void-receipt.ts'
import { HEAD } from '../support/desk.ts'
import { byCode, bytesOnDisk, erasing } from '../support/erasing.ts'
import { asOfficer } from '../support/posts.ts'
import { refused } from '../support/refused.ts'

const written = (deps: Pick<Deps, 'db'>, work: () => unknown) => deps.db.transaction(work).immediate()

test('an erased dossier takes no more words by an act, a correction, a request or a voided receipt', () => {
  const { installation, db, desk, log, end, erase, later } = erasing()
  const dossier = end(log())
  const receipt = insertReceipt(db, {
    ...{ number: 'BL-1', dossierId: dossier.id, unitId: dossier.receivingUnitId, amount: 1, payment: 'cash' },
    ...{ takenAt: installation.clock.now(), takenOn: '2023-03-08', takenById: null },
  })
  later()
  erase(byCode(dossier))
  const words = 'Theo lời ông Bùi Văn Mới'
  const reopened = { act: 'reopen', reason: words } as const
  const clerk = asOfficer(installation, 'xa-ngoc-ky.chu-tich')
  refused('dossier_erased', () => desk.as(HEAD).act(dossier, 'reopen', { reason: words }))
  refused('dossier_erased', () => desk.act(dossier, 'amend', { quantity: 2, reason: '', note: words }))
  refused('dossier_erased', () =>
    written(installation, () =>
      correctDossier(installation, HEAD, dossier.id, { channel: 'postal', reason: words }),
    ),
  )
  refused('dossier_erased', () =>
    written(installation, () =>
      enterOrAsk(installation, clerk, { kind: 'act', which: dossier.id, request: reopened }),
    ),
  )
  refused('dossier_erased', () =>
    written(installation, () => voidReceipt(installation, HEAD, receipt, words)),
  )
  assert.deepEqual(findDossierById(db, dossier.id), dossier)
  assert.ok(!bytesOnDisk(installation).includes('Bùi Văn Mới'))
  installation.close()
})

test('what needs no words can still be done to an erased dossier', () => {
  const { installation, desk, log, end, erase, later } = erasing()
  const dossier = end(log())
  later()
  erase(byCode(dossier))
  assert.equal(desk.act(dossier, 'amend', { quantity: 2, reason: '' }).quantity, 2)
  installation.close()
})

test('words about a dossier that names nobody are taken away when asked', () => {
  const { installation, db, log, end, erase, later } = erasing()
  const dossier = end(log())
  later()
  erase(byCode(dossier))
  // As versions before this rule let it be written, and as registers bring dossiers without an applicant.
  addText(db, dossier.id, 3, 'note', 'Bà Kín gọi lại')
  assert.equal(erase(byCode(dossier)).texts, 1)
  refused('erasure_nobody_left', () => erase(byCode(dossier)))
  assert.ok(!bytesOnDisk(installation).includes('Bà Kín gọi lại'))
  installation.close()
})
