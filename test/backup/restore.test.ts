import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { test } from 'node:test'
import { type Db, openDatabase } from '../../db/open.ts'
import { allSnapshots } from '../../db/queries/snapshots.ts'
import { rowsByTable } from '../../db/queries/table-counts.ts'
import { backupDatabase } from '../../src/backup/backup-database.ts'
import { copyBackups } from '../../src/backup/copy-backups.ts'
import { findBackup } from '../../src/backup/find-backup.ts'
import { rehearseRestore } from '../../src/backup/rehearse-restore.ts'
import { restoreBackup } from '../../src/backup/restore.ts'
import { SYSTEM_ACTOR } from '../../src/deps.ts'
import { parseInstant } from '../../src/domain/calendar/day.ts'
import { parsePeriod } from '../../src/domain/calendar/periods.ts'
import { logDossier } from '../../src/dossiers/log-dossier.ts'
import { closePeriod } from '../../src/reports/close-period.ts'
import { verifyDatabase } from '../../src/verify.ts'
import { randomHistory } from '../support/random-history.ts'
import { runCli } from '../support/run-cli.ts'
import { type TempInstallation, tempInstallation } from '../support/temp-installation.ts'

const FILES = ['motcua.db', 'motcua.db-wal', 'motcua.db-shm']

function withHistory(): TempInstallation {
  const installation = tempInstallation('2023-03-06T08:00')
  randomHistory(installation, { from: '2023-03-06', days: 6, perDay: 15, seed: 92 })
  installation.at('2023-03-13T06:00')
  closePeriod(installation, parsePeriod('2023-W10'))
  return installation
}

/** Everything that must be the same again: the rows of every table, and the closed figures by their hashes. */
function contentOf(db: Db) {
  return { rows: rowsByTable(db), hashes: [...allSnapshots(db)].map(({ hash }) => hash) }
}

test('what was backed up is back after the database file was destroyed: rows, closed figures, recount', async () => {
  const installation = withHistory()
  const { db, config, clock, env } = installation
  const { file } = backupDatabase(installation, config)
  const backup = openDatabase(file, { busyTimeoutMs: 0, readOnly: true })
  const before = contentOf(backup)
  backup.close()
  db.close()
  for (const name of FILES) rmSync(join(config.dataDir, name), { force: true })

  const { code, err } = await runCli(['restore', 'latest'], { env })
  assert.equal(code, 0, err)
  assert.match(err, /Khoá tại máy mở được/)
  const restored = openDatabase(config.databaseFile, { busyTimeoutMs: 0 })
  const after = contentOf(restored)
  // The restoring itself is an entry of the audit.
  assert.deepEqual({ ...after, rows: new Map(after.rows).set('audit_entries', 0) }, before)
  assert.equal(after.rows.get('audit_entries'), 1)
  for (const { check, problem } of verifyDatabase({ db: restored })) assert.equal(problem, null, check)
  restored.close()
  clock.set(parseInstant('2023-03-13T07:00'))
  installation.close()
})

test('the journal that a lost database file left behind is never played into the restored one', () => {
  const installation = withHistory()
  const { db, config, clock } = installation
  const { file } = backupDatabase(installation, config)
  const held = db.prepare('SELECT count(*) FROM dossiers').pluck().get()
  randomHistory(installation, { from: '2023-03-13', days: 3, perDay: 15, seed: 93 })
  // As after a power cut: the journal is there, the file is gone.
  const journal = openDatabase(config.databaseFile, { busyTimeoutMs: 0 })
  rmSync(config.databaseFile)
  restoreBackup(config, { clock, file })
  journal.close()
  db.close()
  const restored = openDatabase(config.databaseFile, { busyTimeoutMs: 0 })
  assert.equal(restored.prepare('SELECT count(*) FROM dossiers').pluck().get(), held)
  for (const { check, problem } of verifyDatabase({ db: restored })) assert.equal(problem, null, check)
  restored.close()
  assert.ok(readdirSync(config.dataDir).some((name) => /^before-restore-.*-wal$/.test(name)))
  installation.close()
})

test('a rehearsal restores and checks everything in a scratch folder while the service works, and leaves nothing', async () => {
  const installation = withHistory()
  const { config, env, db } = installation
  backupDatabase(installation, config)
  const before = contentOf(db)
  const folder = readdirSync(config.backupDir)
  const { code, out, err } = await runCli(['restore', 'latest', '--rehearse'], { env })
  assert.equal(code, 0, err)
  assert.equal(out.match(/^✔/gm)?.length, 13, out)
  const dossiers = db.prepare('SELECT count(*) FROM dossiers').pluck().get()
  assert.match(
    out,
    new RegExp(
      `Tập khôi phục đạt: motcua-20230313-060000\\.db\\n${dossiers} hồ sơ, .* lúc 1[01]/03/2023 .* giây`,
    ),
  )
  assert.deepEqual(readdirSync(config.backupDir), folder)
  assert.deepEqual(contentOf(db), before)
  installation.close()
})

test('a rehearsal from the second place works on a machine that has nothing but it', async () => {
  const installation = withHistory()
  const { config } = installation
  const to = join(dirname(config.dataDir), 'nas')
  mkdirSync(to)
  backupDatabase(installation, config)
  await copyBackups(installation, config, to)
  const env = { DATA_DIR: join(dirname(config.dataDir), 'new/data'), LOG_LEVEL: 'silent', BACKUP_COPY_TO: to }
  const { code, out, err } = await runCli(['restore', 'latest', '--from-copy', '--documents', '--rehearse'], {
    env,
  })
  assert.equal(code, 0, err)
  assert.match(out, /Tập khôi phục đạt/)
  assert.deepEqual(readdirSync(join(env.DATA_DIR, 'backups')), [])
  const real = await runCli(['restore', 'latest', '--from-copy', '--documents'], { env })
  assert.equal(real.code, 0, real.err)
  installation.close()
})

test('a rehearsal says what is wrong and ends with 1; the scratch folder goes all the same', async () => {
  const installation = withHistory()
  const { config, db, env } = installation
  const { file } = backupDatabase(installation, config)
  const copy = openDatabase(file, { busyTimeoutMs: 0 })
  copy.exec('UPDATE day_cells SET due = due + 1; PRAGMA journal_mode = DELETE')
  copy.close()
  const wanted = { backup: file, fromCopy: false, documents: false }
  await assert.rejects(rehearseRestore(installation, config, wanted), { code: 'damaged_backup' })
  rmSync(`${file}.sha256`)
  const { code, out } = await runCli(['restore', basename(file), '--rehearse'], { env })
  assert.equal(code, 1)
  assert.match(out, /✘ Số liệu khớp với hồ sơ.*\n[\s\S]*KHÔNG đạt/)
  assert.ok(!readdirSync(config.backupDir).some((name) => name.startsWith('rehearsal')))
  db.close()
  installation.close()
})

test('what is not there is refused', async () => {
  const installation = withHistory()
  const { config } = installation
  const latest = { backup: 'latest', fromCopy: false }
  await assert.rejects(findBackup(config, latest, ''), { code: 'unknown_backup' })
  await assert.rejects(findBackup(config, { ...latest, fromCopy: true }, ''), { code: 'no_second_place' })
  installation.close()
})

test('the rehearsal of a key that does not open the numbers says so', async () => {
  const installation = withHistory()
  const { config } = installation
  const applicant = { name: 'Mẫu', idNumber: '030088000017' }
  const where = { unit: 'xa-ngoc-ky', procedure: '1.004873', channel: 'counter' } as const
  logDossier(installation, SYSTEM_ACTOR, { act: 'accept', ...where, applicant })
  const { file } = backupDatabase(installation, config)
  const rehearse = () =>
    rehearseRestore(installation, config, { backup: file, fromCopy: false, documents: false })
  assert.match((await rehearse()).keyProblem!, /Không có khoá/)
  writeFileSync(config.keyFile, Buffer.alloc(32, 7).toString('base64'))
  assert.match((await rehearse()).keyProblem!, /không mở được/)
  installation.close()
})
