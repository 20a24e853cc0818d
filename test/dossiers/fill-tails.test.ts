import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { fillTails } from '../../src/dossiers/fill-tails.ts'
import { recordPerson } from '../../src/dossiers/record-person.ts'
import { tailHash } from '../../src/tail-hash.ts'
import { vaultOf } from '../../src/vault.ts'
import { testInstallation } from '../support/test-installation.ts'

const PERSON = { name: 'Vũ Thị Hiên', idNumber: '030190001234', phone: '0912345678' }

function tailsOf(installation: ReturnType<typeof testInstallation>, id: number) {
  return installation.db
    .prepare<[number], { idTail: Buffer | null; phoneTail: Buffer | null }>(
      'SELECT id_tail_hash AS idTail, phone_tail_hash AS phoneTail FROM persons WHERE id = ?',
    )
    .get(id)!
}

test('of a number the last four digits are kept, as a keyed hash that says nothing without the key', () => {
  const installation = testInstallation()
  const id = recordPerson(installation, PERSON)
  const { idTail, phoneTail } = tailsOf(installation, id)
  assert.deepEqual(idTail, tailHash(installation.vault, '1234'))
  assert.deepEqual(phoneTail, tailHash(installation.vault, '5678'))
  assert.notDeepEqual(idTail, tailHash(vaultOf(randomBytes(32)), '1234'))
})

test('numbers recorded before that get their last digits at night, once; others are left alone', () => {
  const installation = testInstallation()
  const old = recordPerson(installation, PERSON)
  recordPerson(installation, { name: 'Không Có Số' })
  installation.db.exec('UPDATE persons SET id_tail_hash = NULL, phone_tail_hash = NULL')
  assert.equal(fillTails(installation), 1)
  assert.deepEqual(tailsOf(installation, old).idTail, tailHash(installation.vault, '1234'))
  assert.deepEqual(tailsOf(installation, old).phoneTail, tailHash(installation.vault, '5678'))
  assert.equal(fillTails(installation), 0)
})

test('numbers this key does not open wait for a night on which it does', () => {
  const installation = testInstallation()
  recordPerson(installation, PERSON)
  installation.db.exec('UPDATE persons SET id_tail_hash = NULL, phone_tail_hash = NULL')
  assert.equal(fillTails({ ...installation, vault: vaultOf(randomBytes(32)) }), 0)
  assert.equal(fillTails(installation), 1)
})
