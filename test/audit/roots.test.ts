import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { openAlarms } from '../../db/queries/alarms.ts'
import { auditRoots } from '../../db/queries/audit-roots.ts'
import { lastProof } from '../../src/audit/last-proof.ts'
import { recordAudit } from '../../src/audit/record-audit.ts'
import { sealAnew } from '../../src/audit/root-seal.ts'
import { rootLines, rootsFileIn } from '../../src/audit/roots-file.ts'
import { sealAudit } from '../../src/audit/seal-audit.ts'
import { SYSTEM_ACTOR } from '../../src/deps.ts'
import { logDossier } from '../../src/dossiers/log-dossier.ts'
import { vaultOf } from '../../src/vault.ts'
import { verifyInstallation } from '../../src/verify.ts'
import { runCli } from '../support/run-cli.ts'
import { type TempInstallation, tempInstallation } from '../support/temp-installation.ts'

const INTAKE = {
  act: 'accept',
  unit: 'xa-ngoc-ky',
  procedure: '1.004873',
  channel: 'counter',
  applicant: { name: 'Mẫu' },
} as const

/** A day's work: a dossier by the system, which no entry names, and an entry. */
function work(installation: TempInstallation, at: string): void {
  installation.at(at)
  logDossier(installation, SYSTEM_ACTOR, INTAKE)
  recordAudit(installation, { kind: 'exported', actorId: null })
}

/** Two days of work, each sealed in the night after it. */
function sealed(): TempInstallation {
  const installation = tempInstallation('2023-03-06T09:00')
  for (const day of ['06', '07', '08']) {
    work(installation, `2023-03-${day}T09:00`)
    installation.at(`2023-03-${String(Number(day) + 1).padStart(2, '0')}T00:05`)
    sealAudit(installation, installation.config)
  }
  return installation
}

function problems({ db, config, vault }: TempInstallation): Readonly<Record<string, string>> {
  const rootsFile = rootsFileIn(config.dataDir)
  const findings = verifyInstallation(db, { ...config, rootsFile, vault })
  return Object.fromEntries(
    findings.flatMap(({ check, problem }) => (problem === null ? [] : [[check, problem]])),
  )
}

test('every night seals the day that is over, in the database, in the file and in words for the log', () => {
  const installation = sealed()
  const roots = auditRoots(installation.db)
  assert.deepEqual(
    roots.map(({ day, lastId, lastEventId }) => [day, lastId, lastEventId]),
    [
      ['2023-03-06', 1, 1],
      ['2023-03-07', 2, 2],
      ['2023-03-08', 3, 3],
    ],
  )
  const lines = rootLines(rootsFileIn(installation.config.dataDir))
  assert.deepEqual(
    lines.map((line) => line.split(' ').slice(0, 2)),
    [
      ['2023-03-06', '1'],
      ['2023-03-07', '2'],
      ['2023-03-08', '3'],
    ],
  )
  assert.deepEqual(lastProof(installation.db), { at: installation.clock.now(), through: 3 })
  assert.deepEqual(problems(installation), {})
  installation.close()
})

test('sealing again in the same night changes nothing, and days that were missed are made up for', () => {
  const installation = sealed()
  const { db, config } = installation
  const before = readFileSync(rootsFileIn(config.dataDir), 'utf8')
  assert.deepEqual(sealAudit(installation, config).roots, [])
  assert.equal(readFileSync(rootsFileIn(config.dataDir), 'utf8'), before)
  work(installation, '2023-03-10T09:00')
  installation.at('2023-03-13T00:05')
  sealAudit(installation, config)
  assert.deepEqual(
    auditRoots(db)
      .map(({ day, lastId }) => [day, lastId])
      .slice(3),
    [
      ['2023-03-09', 3],
      ['2023-03-10', 4],
      ['2023-03-11', 4],
      ['2023-03-12', 4],
    ],
  )
  assert.deepEqual(problems(installation), {})
  installation.close()
})

test('two runs at once seal a day once', () => {
  const installation = sealed()
  const { config, vault, db } = installation
  work(installation, '2023-03-09T09:00')
  installation.at('2023-03-10T00:05')
  let meanwhile = 0
  const hash = (text: string) => {
    if (text.startsWith('2023-03-09') && meanwhile === 0) {
      meanwhile = 1
      meanwhile = sealAudit(installation, config).roots.length
    }
    return vault.hash(text)
  }
  sealAudit({ ...installation, vault: { ...vault, hash } }, config)
  assert.equal(meanwhile, 1)
  assert.equal(auditRoots(db).length, 4)
  assert.deepEqual(problems(installation), {})
  installation.close()
})

test('what a killed run left undone in the file is made up for by the next one', () => {
  const installation = sealed()
  const file = rootsFileIn(installation.config.dataDir)
  const whole = readFileSync(file, 'utf8')
  writeFileSync(file, whole.slice(0, -40))
  sealAudit(installation, installation.config)
  assert.equal(readFileSync(file, 'utf8'), whole)
  installation.close()
})

for (const [what, break_, said] of [
  ['is gone', (file: string) => rmSync(file), /^Thiếu tệp audit-roots.txt/],
  ['was cut', (file: string) => writeFileSync(file, '#\n'), /^Tệp audit-roots.txt thiếu gốc ngày 2023-03-06/],
] as const) {
  test(`a file of roots that ${what} is reported every night until somebody makes it anew, which is an entry`, async () => {
    const installation = sealed()
    const { db, config } = installation
    const file = rootsFileIn(config.dataDir)
    break_(file)
    for (const night of ['2023-03-10T00:05', '2023-03-11T00:05']) {
      installation.at(night)
      assert.match(sealAudit(installation, config).problem!, said)
      assert.match(problems(installation)['roots_file']!, said)
      assert.deepEqual(
        openAlarms(db).map(({ kind }) => kind),
        ['audit_broken'],
      )
    }
    const { code, err } = await runCli(['audit', 'renew-roots'], { env: installation.env })
    assert.equal(code, 0, err)
    assert.equal(rootLines(file).length, auditRoots(db).length)
    const entry = db
      .prepare(`SELECT data FROM audit_entries WHERE kind = 'operated' ORDER BY id DESC LIMIT 1`)
      .pluck()
      .get() as string
    assert.equal(JSON.parse(entry).command, 'renew_roots')
    assert.equal(sealAudit(installation, config).problem, null)
    assert.deepEqual(openAlarms(db), [])
    installation.close()
  })
}

test('a clock that is set back seals nothing twice', () => {
  const installation = sealed()
  installation.at('2023-03-07T00:05')
  assert.deepEqual(sealAudit(installation, installation.config).roots, [])
  assert.deepEqual(problems(installation), {})
  installation.close()
})

const TAMPERINGS = [
  [
    'an event of the system changed',
    `UPDATE events SET changes = '{}' WHERE id = 2`,
    'roots',
    /ngày 2023-03-07: các việc trên hồ sơ số 2 đến 2/,
  ],
  ['an event removed', 'DELETE FROM events WHERE id = 3', 'roots', /ngày 2023-03-08/],
  [
    'an event put in',
    `INSERT INTO events (dossier_id, seq, act, occurred_at, recorded_at, changes) SELECT dossier_id, 9, act, occurred_at, recorded_at, changes FROM events WHERE id = 3; UPDATE audit_roots SET last_event_id = 4 WHERE day = '2023-03-08'`,
    'roots',
    /ngày 2023-03-08/,
  ],
  [
    'a root removed',
    `DELETE FROM audit_roots WHERE day = '2023-03-07'`,
    'roots',
    /^Thiếu gốc ngày 2023-03-07/,
  ],
  [
    'the first root removed',
    `DELETE FROM audit_roots WHERE day = '2023-03-06'`,
    'roots',
    /^Gốc ngày 2023-03-07/,
  ],
  [
    'the last root removed',
    `DELETE FROM audit_roots WHERE day = '2023-03-08'`,
    'roots_file',
    /^Gốc ngày 2023-03-08 có trong tệp/,
  ],
  [
    'a root with another hash',
    `UPDATE audit_roots SET hash = zeroblob(32) WHERE day = '2023-03-07'`,
    'roots',
    /^Gốc ngày 2023-03-07: mục số 2/,
  ],
  [
    'a seal the key does not make',
    `UPDATE audit_roots SET seal = zeroblob(16) WHERE day = '2023-03-07'`,
    'seals',
    /^Gốc ngày 2023-03-07: khoá/,
  ],
  [
    'the last entry removed',
    'DELETE FROM audit_entries WHERE id = 3',
    'roots',
    /^Gốc ngày 2023-03-08: mục số 3 không còn/,
  ],
] as const

for (const [what, sql, check, said] of TAMPERINGS) {
  test(`${what}: verify says so, and so does the next night’s alarm`, () => {
    const installation = sealed()
    const { db, config } = installation
    db.exec(
      `DROP TRIGGER audit_entries_keep; DROP TRIGGER audit_entries_stay; PRAGMA foreign_keys = OFF; ${sql}`,
    )
    assert.match(problems(installation)[check]!, said)
    installation.at('2023-03-10T00:05')
    assert.match(sealAudit(installation, config).problem!, said)
    assert.deepEqual(
      openAlarms(db).map(({ kind, detail }) => [kind, said.test(detail)]),
      [['audit_broken', true]],
    )
    installation.close()
  })
}

test('the alarm goes when everything proves again', () => {
  const installation = sealed()
  const { db, config } = installation
  const [root] = auditRoots(db)
  db.exec(`UPDATE audit_roots SET seal = zeroblob(16) WHERE day = '2023-03-06'`)
  sealAudit(installation, config)
  assert.equal(openAlarms(db).length, 1)
  db.prepare('UPDATE audit_roots SET seal = ? WHERE day = ?').run(root!.seal, root!.day)
  assert.equal(sealAudit(installation, config).problem, null)
  assert.deepEqual(openAlarms(db), [])
  installation.close()
})

test('whoever writes everything anew without the key is seen by the seals, with the key by the file', () => {
  const installation = sealed()
  const { db, config } = installation
  db.exec(`DROP TRIGGER audit_entries_keep; DROP TRIGGER audit_entries_stay;
    DELETE FROM audit_entries; DELETE FROM audit_roots`)
  const forge = (vault: TempInstallation['vault']) => {
    db.exec('DELETE FROM audit_roots')
    sealAudit({ ...installation, vault }, { dataDir: config.backupDir })
  }
  for (const _ of [1, 2, 3]) recordAudit(installation, { kind: 'imported', actorId: null })
  installation.at('2023-03-09T00:05')
  mkdirSync(config.backupDir, { recursive: true })
  forge(vaultOf(randomBytes(32)))
  assert.match(problems(installation)['seals']!, /khoá tại máy không tạo ra/)
  forge(installation.vault)
  const { seals, roots, audit, roots_file: file } = problems(installation)
  assert.deepEqual([seals, roots, audit], [undefined, undefined, undefined])
  assert.match(file!, /có trong tệp audit-roots.txt mà không có/)
  installation.close()
})

test('a line put into the file, or one changed there, is seen', () => {
  const installation = sealed()
  const file = rootsFileIn(installation.config.dataDir)
  const whole = readFileSync(file, 'utf8')
  writeFileSync(file, whole.replace('2023-03-07 2', '2023-03-07 1'))
  assert.match(problems(installation)['roots_file']!, /^Gốc ngày 2023-03-07 khác/)
  writeFileSync(file, whole)
  appendFileSync(file, '2023-03-09 9 00 9 00 00\n')
  assert.match(problems(installation)['roots_file']!, /^Gốc ngày 2023-03-09 có trong tệp/)
  rmSync(file)
  assert.match(problems(installation)['roots_file']!, /^Thiếu tệp/)
  assert.equal(existsSync(file), false)
  installation.close()
})

test('roots sealed anew with another key hold, and the file needs no change', () => {
  const installation = sealed()
  const { db } = installation
  const vault = vaultOf(randomBytes(32))
  sealAnew(db, vault)
  assert.match(problems(installation)['seals']!, /^Gốc ngày 2023-03-06/)
  assert.deepEqual(problems({ ...installation, vault }), {})
  installation.close()
})
