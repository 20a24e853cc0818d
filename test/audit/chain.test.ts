import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { groupCommit } from '../../db/group-commit.ts'
import { openDatabase } from '../../db/open.ts'
import { entriesAfter } from '../../db/queries/audit.ts'
import { AUDIT_KINDS, type AuditKind } from '../../src/audit/kinds.ts'
import { proveChain } from '../../src/audit/prove-chain.ts'
import { type Audited, chained, recordAudit } from '../../src/audit/record-audit.ts'
import { SYSTEM_ACTOR } from '../../src/deps.ts'
import { RuleError } from '../../src/domain/refusals.ts'
import { actOnDossier } from '../../src/dossiers/act-on-dossier.ts'
import { logDossier } from '../../src/dossiers/log-dossier.ts'
import { deskOf } from '../support/desk.ts'
import { byCode, erasing, KIN } from '../support/erasing.ts'
import { officerOf } from '../support/late-facts.ts'
import { asOfficer } from '../support/posts.ts'
import { tempInstallation } from '../support/temp-installation.ts'
import { type TestInstallation, testInstallation } from '../support/test-installation.ts'

const INTAKE = {
  act: 'accept',
  unit: 'xa-ngoc-ky',
  procedure: '1.004873',
  channel: 'counter',
  applicant: { name: 'Nguyễn Thị Đào', idNumber: '030190000001' },
} as const

/** Past the triggers, as somebody with the file in hand would. */
function tamper({ db }: TestInstallation, sql: string, ...args: readonly unknown[]): void {
  db.exec('DROP TRIGGER IF EXISTS audit_entries_keep; DROP TRIGGER IF EXISTS audit_entries_stay')
  db.prepare(sql).run(...args)
}

const KINDS = Object.keys(AUDIT_KINDS).filter((kind) => kind !== 'act') as AuditKind[]
const ENTRY = fc.record({
  kind: fc.constantFrom(...KINDS),
  actorId: fc.option(fc.integer({ min: 1, max: 40 })),
  dossierId: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
  data: fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), fc.oneof(fc.integer(), fc.boolean(), fc.string())),
})

function withEntries(entries: readonly Audited[]): TestInstallation {
  const installation = testInstallation()
  for (const entry of entries) recordAudit(installation, entry)
  return installation
}

test('a chain of any entries proves through its last one', () => {
  fc.assert(
    fc.property(fc.array(ENTRY, { maxLength: 12 }), (entries) => {
      const { db } = withEntries(entries)
      assert.deepEqual(proveChain(db), { through: entries.length, problem: null })
      db.close()
    }),
    { numRuns: 15 },
  )
})

const CHANGES = {
  at: 'UPDATE audit_entries SET at = at + 1 WHERE id = ?',
  kind: `UPDATE audit_entries SET kind = kind || 'x' WHERE id = ?`,
  actor: 'UPDATE audit_entries SET actor_id = coalesce(actor_id, 0) + 1 WHERE id = ?',
  dossier: 'UPDATE audit_entries SET dossier_id = coalesce(dossier_id, 0) + 1 WHERE id = ?',
  data: `UPDATE audit_entries SET data = data || ' ' WHERE id = ?`,
  hash: 'UPDATE audit_entries SET hash = zeroblob(32) WHERE id = ?',
} as const

for (const [what, sql] of Object.entries(CHANGES)) {
  test(`whichever entry has another ${what}, the chain breaks at that one`, () => {
    fc.assert(
      fc.property(fc.array(ENTRY, { minLength: 1, maxLength: 8 }), fc.nat(), (entries, pick) => {
        const installation = withEntries(entries)
        const id = 1 + (pick % entries.length)
        tamper(installation, sql, id)
        const { through, problem } = proveChain(installation.db)
        assert.equal(through, id - 1)
        assert.match(problem!, new RegExp(`^Mục số ${id}, ghi 06/03/2023 09:00, không khớp mã băm`))
        installation.db.close()
      }),
      { numRuns: 8 },
    )
  })
}

test('whichever entry but the last is taken away, the chain names it', () => {
  fc.assert(
    fc.property(fc.array(ENTRY, { minLength: 2, maxLength: 8 }), fc.nat(), (entries, pick) => {
      const installation = withEntries(entries)
      const id = 1 + (pick % (entries.length - 1))
      tamper(installation, 'DELETE FROM audit_entries WHERE id = ?', id)
      assert.match(proveChain(installation.db).problem!, new RegExp(`^Thiếu mục số ${id}:`))
      installation.db.close()
    }),
    { numRuns: 10 },
  )
})

test('an entry put in between, its hash made right, breaks the chain at the one after it', () => {
  fc.assert(
    fc.property(fc.array(ENTRY, { minLength: 2, maxLength: 8 }), fc.nat(), (entries, pick) => {
      const installation = withEntries(entries)
      const { db } = installation
      const id = 1 + (pick % entries.length)
      const before = entriesAfter(db, id - 2, 2).find((each) => each.id === id - 1)?.hash ?? Buffer.alloc(32)
      tamper(installation, 'UPDATE audit_entries SET id = -id - 1 WHERE id >= ?', id)
      db.exec('UPDATE audit_entries SET id = -id WHERE id < 0')
      const forged = { id, at: 1, kind: 'exported', actorId: null, dossierId: null, data: '{}' }
      db.prepare('INSERT INTO audit_entries VALUES (?, ?, ?, ?, ?, ?, ?)').run(
        ...Object.values(forged),
        chained(before, forged),
      )
      assert.match(proveChain(db).problem!, new RegExp(`^Mục số ${id + 1},`))
      db.close()
    }),
    { numRuns: 10 },
  )
})

test('an entry written anew, its hash made right, breaks the chain at the one after it', () => {
  fc.assert(
    fc.property(fc.array(ENTRY, { minLength: 2, maxLength: 8 }), fc.nat(), (entries, pick) => {
      const installation = withEntries(entries)
      const { db } = installation
      const id = 1 + (pick % (entries.length - 1))
      const [first, second] = entriesAfter(db, Math.max(id - 2, 0), 2)
      const entry = { ...(id === 1 ? first! : second!), kind: 'forged' }
      const hash = chained(id === 1 ? Buffer.alloc(32) : first!.hash, entry)
      tamper(installation, `UPDATE audit_entries SET kind = 'forged', hash = ? WHERE id = ?`, hash, id)
      assert.match(proveChain(db).problem!, new RegExp(`^Mục số ${id + 1},`))
      db.close()
    }),
    { numRuns: 10 },
  )
})

test('entries are append-only: the database itself refuses to change or remove one', () => {
  const { db } = withEntries([{ kind: 'exported', actorId: null }])
  for (const sql of ['UPDATE audit_entries SET at = 0', 'DELETE FROM audit_entries'])
    assert.throws(() => db.exec(sql), /append-only/)
})

function acted() {
  const installation = testInstallation('2023-03-06T09:00')
  const clerk = officerOf(installation, 'mot-cua-1')
  const dossier = logDossier(installation, clerk, INTAKE)
  actOnDossier(installation, clerk, dossier.id, { act: 'transfer' })
  return { installation, dossier, clerk }
}

test('every act of a person is an entry that names its event; what the system does is none', () => {
  const { installation, dossier, clerk } = acted()
  logDossier(installation, SYSTEM_ACTOR, INTAKE)
  const entries = entriesAfter(installation.db, 0, 10)
  assert.deepEqual(
    entries.map(({ kind, actorId, dossierId, data }) => [kind, actorId, dossierId, JSON.parse(data).event]),
    [
      ['act', clerk.officerId, dossier.id, 1],
      ['act', clerk.officerId, dossier.id, 2],
    ],
  )
  assert.equal(proveChain(installation.db).problem, null)
})

for (const column of ['act', 'occurred_at', 'recorded_at', 'actor_id', 'changes', 'seq'] as const) {
  test(`an event with another ${column} is named with its entry and its dossier`, () => {
    const { installation, dossier } = acted()
    const value = { act: `'finish'`, changes: `'{}'`, actor_id: 'NULL' } as Record<string, string>
    tamper(installation, `UPDATE events SET ${column} = ${value[column] ?? `${column} + 9`} WHERE id = 2`)
    const { problem } = proveChain(installation.db)
    assert.match(problem!, /^Mục số 2, .*: việc số 2 của hồ sơ .* khác với lúc ghi\.$/)
    assert.ok(problem!.includes(dossier.code!))
  })
}

test('an event that is gone is named too', () => {
  const { installation } = acted()
  tamper(installation, 'DELETE FROM events WHERE id = 1')
  assert.match(proveChain(installation.db).problem!, /^Mục số 1, .*việc số 1 của hồ sơ .* không còn\.$/)
})

test('taking a person’s data away leaves the chain whole, with every act and every word-free entry there was', () => {
  const { installation, db, erase, later } = erasing()
  const head = deskOf(installation, asOfficer(installation, 'xa-ngoc-ky.chu-tich'))
  const dossier = head.log({ applicant: KIN, note: 'Bà Kín tới nộp' })
  head.act(dossier, 'finish', { reason: 'Bà Kín đã ký' })
  head.act(dossier, 'return_result')
  const before = entriesAfter(db, 0, 100)
  assert.equal(before.length, 3)
  later()
  erase(byCode(dossier))
  assert.deepEqual(entriesAfter(db, 0, 100).slice(0, 3), before)
  assert.deepEqual(proveChain(db), { through: entriesAfter(db, 0, 100).length, problem: null })
  installation.close()
})

test('nothing of a person stands in an entry, be it said of them or about them', () => {
  const { installation, dossier, clerk } = acted()
  const words = { reason: 'Bà Đào gọi điện', note: 'Nguyễn Thị Đào hẹn lại' }
  actOnDossier(installation, clerk, dossier.id, { act: 'request_supplement', ...words })
  const entries = entriesAfter(installation.db, 0, 10)
  assert.equal(entries.length, 3)
  assert.doesNotMatch(JSON.stringify(entries), /Nguyễn|Đào|030190000001/)
})

test('an act that is refused leaves no entry', async () => {
  const { installation, dossier, clerk } = acted()
  const writer = groupCommit(installation.db)
  const refused = writer.write(() => {
    actOnDossier(installation, clerk, dossier.id, { act: 'finish', outcome: 'granted' })
    throw new RuleError('stale')
  })
  await assert.rejects(refused, { code: 'stale' })
  assert.deepEqual(proveChain(installation.db), { through: 2, problem: null })
})

test('writers of several connections at once make one chain', async () => {
  const installation = tempInstallation('2023-03-06T09:00')
  const { config, clock } = installation
  const connections = [0, 1, 2].map(() => openDatabase(config.databaseFile, { busyTimeoutMs: 0 }))
  const writers = connections.map((db) => ({ db, writer: groupCommit(db) }))
  const writes = Array.from({ length: 60 }, (_, n) => {
    const { db, writer } = writers[n % writers.length]!
    return writer.write(() => recordAudit({ db, clock }, { kind: 'exported', actorId: n, data: { n } }))
  })
  await Promise.all(writes)
  assert.deepEqual(proveChain(installation.db), { through: 60, problem: null })
  for (const db of connections) db.close()
  installation.close()
})
