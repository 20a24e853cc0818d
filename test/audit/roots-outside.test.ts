import assert from 'node:assert/strict'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { openDatabase } from '../../db/open.ts'
import { openAlarms } from '../../db/queries/alarms.ts'
import { auditRoots } from '../../db/queries/audit-roots.ts'
import { recordAudit } from '../../src/audit/record-audit.ts'
import { ROOTS_FILE, rootLines, rootsFileIn } from '../../src/audit/roots-file.ts'
import { sealAudit } from '../../src/audit/seal-audit.ts'
import { backupDatabase } from '../../src/backup/backup-database.ts'
import { copyBackups } from '../../src/backup/copy-backups.ts'
import { rehearseRestore } from '../../src/backup/rehearse-restore.ts'
import { restoreBackup } from '../../src/backup/restore.ts'
import { giveUpNumbers } from '../../src/key-file.ts'
import { openVault } from '../../src/vault.ts'
import { verifyInstallation } from '../../src/verify.ts'
import { type TempInstallation, tempInstallation } from '../support/temp-installation.ts'

/** An installation with its key on disk, two days of the audit sealed. */
function sealed(): TempInstallation {
  const plain = tempInstallation('2023-03-06T09:00')
  const installation = { ...plain, vault: openVault(plain.config.keyFile) }
  for (const day of ['06', '07']) night(installation, day)
  return installation
}

function night(installation: TempInstallation, day: string): void {
  installation.at(`2023-03-${day}T09:00`)
  recordAudit(installation, { kind: 'exported', actorId: null })
  installation.at(`2023-03-${String(Number(day) + 1).padStart(2, '0')}T00:05`)
  sealAudit(installation, installation.config)
}

const days = (file: string) => rootLines(file).map((line) => line.split(' ')[0])

test('the second place has the roots, and more of them every night', async () => {
  const installation = sealed()
  const { config, db } = installation
  const to = mkdtempSync(join(tmpdir(), 'motcua-place-'))
  backupDatabase(installation, config)
  await copyBackups(installation, config, to)
  assert.deepEqual(days(join(to, ROOTS_FILE)), ['2023-03-06', '2023-03-07'])
  night(installation, '08')
  await copyBackups(installation, config, to)
  assert.deepEqual(days(join(to, ROOTS_FILE)), ['2023-03-06', '2023-03-07', '2023-03-08'])
  assert.deepEqual(openAlarms(db), [])
  installation.close()
  rmSync(to, { recursive: true })
})

test('roots written anew here do not overwrite those at the second place: they are kept there, and an alarm says so', async () => {
  const installation = sealed()
  const { config, db } = installation
  const to = mkdtempSync(join(tmpdir(), 'motcua-place-'))
  await copyBackups(installation, { ...config, backupDir: emptyFolder(config.backupDir) }, to)
  const before = readFileSync(join(to, ROOTS_FILE), 'utf8')
  rmSync(rootsFileIn(config.dataDir))
  db.exec('DELETE FROM audit_roots')
  sealAudit(installation, config)
  await copyBackups(installation, config, to)
  const kept = 'audit-roots-until-20230308-000500.txt'
  assert.equal(readFileSync(join(to, kept), 'utf8'), before)
  assert.deepEqual(days(join(to, ROOTS_FILE)), ['2023-03-07'])
  const [alarm] = openAlarms(db)
  assert.deepEqual(
    [alarm?.kind, alarm?.subject, alarm?.detail.includes(kept)],
    ['audit_broken', 'second-place', true],
  )
  await copyBackups(installation, config, to)
  assert.equal(openAlarms(db).length, 1, 'until somebody has looked at it')
  rmSync(join(to, kept))
  await copyBackups(installation, config, to)
  assert.deepEqual(openAlarms(db), [])
  installation.close()
  rmSync(to, { recursive: true })
})

function emptyFolder(folder: string): string {
  mkdirSync(folder, { recursive: true })
  return folder
}

test('a backup is looked at like the database: one with a broken chain gets no name', () => {
  const installation = sealed()
  const { config, db } = installation
  db.exec('DROP TRIGGER audit_entries_keep; UPDATE audit_entries SET at = at + 1 WHERE id = 2')
  assert.throws(() => backupDatabase(installation, config), {
    code: 'copy_does_not_add_up',
    message: /Mục số 2/,
  })
  installation.close()
})

test('an older backup rehearses well although the file of the roots goes on', async () => {
  const installation = sealed()
  const { config } = installation
  const { file } = backupDatabase(installation, config)
  night(installation, '08')
  const { findings } = await rehearseRestore(installation, config, {
    backup: file,
    fromCopy: false,
    documents: false,
  })
  const checks = ['audit', 'roots', 'seals', 'roots_file']
  const seen = findings.filter(({ check }) => checks.includes(check))
  assert.deepEqual(
    seen.map(({ check, problem }) => [check, problem]),
    checks.map((check) => [check, null]),
  )
  installation.close()
})

test('after a restore the file ends where the backup does, what it had is kept beside, and days are sealed anew', () => {
  const installation = sealed()
  const { config, clock } = installation
  const { file } = backupDatabase(installation, config)
  night(installation, '08')
  installation.db.close()
  const roots = rootsFileIn(config.dataDir)
  const before = readFileSync(roots, 'utf8')
  restoreBackup(config, { clock, file })
  assert.deepEqual(days(roots), ['2023-03-06', '2023-03-07'])
  const aside = readdirSync(config.dataDir).find((name) => /^before-restore-.*audit-roots\.txt$/.test(name))
  assert.equal(readFileSync(join(config.dataDir, aside!), 'utf8'), before)
  const db = openDatabase(config.databaseFile, { busyTimeoutMs: 0 })
  installation.at('2023-03-10T00:05')
  sealAudit({ ...installation, db }, config)
  assert.deepEqual(days(roots), ['2023-03-06', '2023-03-07', '2023-03-08', '2023-03-09'])
  const { documentsDir } = config
  const findings = verifyInstallation(db, {
    ...installation.config,
    documentsDir,
    rootsFile: roots,
    vault: installation.vault,
  })
  assert.deepEqual(
    findings.filter(({ problem }) => problem !== null),
    [],
  )
  db.close()
  installation.close()
})

test('on a machine that has only the backup, the file is made from its roots', () => {
  const installation = sealed()
  const { config, clock } = installation
  const { file } = backupDatabase(installation, config)
  installation.db.close()
  const roots = rootsFileIn(config.dataDir)
  const before = readFileSync(roots, 'utf8')
  rmSync(roots)
  restoreBackup(config, { clock, file })
  assert.ok(existsSync(roots))
  assert.equal(readFileSync(roots, 'utf8'), before)
  installation.close()
})

test('where a key is lost for good and given up, the roots are sealed with the one at hand, and it is said', () => {
  const installation = sealed()
  const { db, config } = installation
  rmSync(config.keyFile)
  giveUpNumbers(db, config.keyFile)
  const rootsFile = rootsFileIn(config.dataDir)
  const vault = openVault(config.keyFile)
  const findings = verifyInstallation(db, { ...config, rootsFile, vault })
  assert.deepEqual(
    findings.filter(({ problem }) => problem !== null),
    [],
  )
  const last = db.prepare('SELECT kind, data FROM audit_entries ORDER BY id DESC LIMIT 1').get()
  assert.deepEqual(last, { kind: 'operated', data: '{"command":"key_give_up","removed":0}' })
  assert.equal(auditRoots(db).length, 2)
  installation.close()
})
