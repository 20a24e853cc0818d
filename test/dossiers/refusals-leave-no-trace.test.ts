import assert from 'node:assert/strict'
import { test } from 'node:test'
import { groupCommit } from '../../db/group-commit.ts'
import { findDossierById } from '../../db/queries/dossiers.ts'
import { PLAIN_ACTS } from '../../src/domain/life-cycle/life-cycle.ts'
import { RuleError } from '../../src/domain/refusals.ts'
import { type ActRequest, actOnDossier } from '../../src/dossiers/act-on-dossier.ts'
import { type IntakeInput, logDossier } from '../../src/dossiers/log-dossier.ts'
import { COUNTER, SYSTEM } from '../support/desk.ts'
import { type TestInstallation, testInstallation } from '../support/test-installation.ts'

/** Everything in the file, table by table. */
function everything({ db }: TestInstallation) {
  const tables = db.prepare<[], { name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'table'`).all()
  return tables.map(({ name }) => [name, db.prepare(`SELECT * FROM "${name}"`).raw().all()])
}

const ACCEPT: IntakeInput = {
  act: 'accept',
  unit: 'xa-ngoc-ky',
  procedure: '2.000986',
  channel: 'counter',
  applicant: { name: 'Nguyễn Văn Mẫu', idNumber: '999090123456' },
}

test('whatever is refused in a group of writes, the file holds only what was accepted', async () => {
  const [installation, untouched] = [testInstallation(), testInstallation()]
  const { write } = groupCommit(installation.db)
  const { write: writeUntouched } = groupCommit(untouched.db)
  const good = await write(() => logDossier(installation, SYSTEM, ACCEPT))
  await writeUntouched(() => logDossier(untouched, SYSTEM, ACCEPT))
  const vaulted = (tables: ReturnType<typeof everything>) => tables.filter(([name]) => name !== 'persons')
  assert.deepEqual(vaulted(everything(installation)), vaulted(everything(untouched)))

  const before = everything(installation)
  const bad: Partial<IntakeInput>[] = [
    { procedure: '0.000000' },
    { unit: 'xa-khong-co' },
    { assignee: 'khong-ai' },
    { channel: 'level4', procedure: '2.000815' },
    { applicant: { name: 'Trần Thị Mới' }, proxy: { name: '' } },
    { act: 'resolve_at_once' },
    { act: 'refuse_intake' },
    { at: installation.clock.now() + 3_600_000 },
  ]
  const refusals = await Promise.allSettled(
    bad.map((change) => write(() => logDossier(installation, COUNTER, { ...ACCEPT, ...change }))),
  )
  assert.ok(refusals.every((each) => each.status === 'rejected' && each.reason instanceof RuleError))
  assert.deepEqual(everything(installation), before)
  assert.notEqual(findDossierById(installation.db, good.id), null)
})

test('every act refused for a dossier changes nothing, not even a count', async () => {
  const installation = testInstallation()
  const { write } = groupCommit(installation.db)
  const { id } = await write(() => logDossier(installation, SYSTEM, ACCEPT))
  await write(() =>
    actOnDossier(installation, SYSTEM, id, { act: 'request_supplement', reason: 'Thiếu bản sao' }),
  )
  const before = everything(installation)
  const requests = PLAIN_ACTS.flatMap((act): ActRequest[] => [
    { act, version: 1, reason: 'Theo quy định' },
    { act, at: installation.clock.now() - 60_000 * 60, reason: '' },
  ])
  const outcomes = await Promise.allSettled(
    requests
      .filter(({ act, version }) => version === 1 || !['amend', 'assign'].includes(act))
      .map((request) => write(() => actOnDossier(installation, COUNTER, id, request))),
  )
  for (const [i, outcome] of outcomes.entries()) {
    assert.ok(outcome.status === 'rejected' && outcome.reason instanceof RuleError, String(requests[i]?.act))
  }
  assert.deepEqual(everything(installation), before)
})
