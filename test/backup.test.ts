import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { test } from 'node:test'
import { openDatabase } from '../db/open.ts'
import { backupDatabase, backupProblem } from '../src/backup.ts'
import { backupsToRemove, unfinishedBackups } from '../src/backup-keep.ts'
import { addDays } from '../src/domain/calendar/day.ts'
import { restoreBackup } from '../src/restore.ts'
import { tidy } from '../src/tidy.ts'
import { verifyDatabase } from '../src/verify.ts'
import { randomHistory } from './support/random-history.ts'
import { tempInstallation } from './support/temp-installation.ts'

const COUNT = 'SELECT count(*) FROM dossiers'

test('a backup is one sound file with its hash beside it, and restoring it brings back what it held', async () => {
  const installation = tempInstallation('2023-03-06T08:00')
  const { db, config, clock } = installation
  randomHistory(installation, { from: '2023-03-06', days: 3, perDay: 15, seed: 21 })
  installation.at('2023-03-09T01:00')
  const held = db.prepare(COUNT).pluck().get()
  const backup = await backupDatabase(installation, config)
  assert.equal(basename(backup.file), 'motcua-20230309-010000.db')
  assert.deepEqual(readdirSync(config.backupDir).sort(), [
    'motcua-20230309-010000.db',
    'motcua-20230309-010000.db.sha256',
  ])
  assert.equal(
    spawnSync('sha256sum', ['-c', `${basename(backup.file)}.sha256`], { cwd: config.backupDir }).status,
    0,
  )
  assert.equal(backupProblem(backup.file), null)

  randomHistory(installation, { from: '2023-03-09', days: 2, perDay: 15, seed: 22 })
  const later = db.prepare(COUNT).pluck().get()
  assert.notEqual(later, held)
  db.close()
  installation.at('2023-03-13T09:00')
  const { keptAside } = restoreBackup(config, { clock, file: backup.file })

  const restored = openDatabase(config.databaseFile, { busyTimeoutMs: 0 })
  assert.equal(restored.prepare(COUNT).pluck().get(), held)
  assert.equal(restored.pragma('journal_mode', { simple: true }), 'wal')
  for (const { check, problem } of verifyDatabase({ db: restored, clock })) assert.equal(problem, null, check)
  restored.close()
  assert.equal(basename(keptAside!), 'before-restore-motcua-20230313-090000.db')
  const aside = openDatabase(keptAside!, { busyTimeoutMs: 0, readOnly: true })
  assert.equal(aside.prepare(COUNT).pluck().get(), later)
  aside.close()
  installation.close()
})

test('a backup taken while others write is one moment of the database', async () => {
  const installation = tempInstallation('2023-03-06T08:00')
  const { db, config } = installation
  randomHistory(installation, { from: '2023-03-06', days: 3, perDay: 15, seed: 23 })
  const other = openDatabase(config.databaseFile, { busyTimeoutMs: 1000 })
  const running = backupDatabase(installation, config)
  for (let n = 0; n < 20; n += 1) {
    other
      .prepare(`INSERT INTO code_sequences (agency_code, day, last) VALUES ('X', ?, 1)`)
      .run(addDays('2023-01-01', n))
    await new Promise(setImmediate)
  }
  const { file } = await running
  assert.equal(backupProblem(file), null)
  other.close()
  assert.equal(db.prepare(`SELECT count(*) FROM code_sequences WHERE agency_code = 'X'`).pluck().get(), 20)
  installation.close()
})

test('nothing is restored while another process has the database open', async () => {
  const installation = tempInstallation('2023-03-06T08:00')
  const { db, config, clock } = installation
  const { file } = await backupDatabase(installation, config)
  assert.throws(() => restoreBackup(config, { clock, file }), { code: 'database_in_use' })
  assert.equal(db.prepare(COUNT).pluck().get(), 0)
  const held = `import('better-sqlite3').then(({ default: Database }) => {
    const db = new Database(process.argv[1]); db.prepare('SELECT count(*) FROM dossiers').get()
    console.log('open'); setInterval(() => {}, 1000) })`
  db.close()
  const { spawn } = await import('node:child_process')
  const child = spawn(process.execPath, ['-e', held, config.databaseFile], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await new Promise((resolve) => child.stdout.once('data', resolve))
  assert.throws(() => restoreBackup(config, { clock, file }), { code: 'database_in_use' })
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await gone
  assert.deepEqual(
    readdirSync(config.dataDir).filter((name) => name.endsWith('.part')),
    [],
  )
  restoreBackup(config, { clock, file })
  installation.close()
})

test('a damaged or missing backup is refused and the database stays', async () => {
  const installation = tempInstallation('2023-03-06T08:00')
  const { db, config, clock } = installation
  const { file } = await backupDatabase(installation, config)
  db.close()
  const bytes = readFileSync(file)
  writeFileSync(file, bytes.fill(7, 8192, 9000))
  assert.throws(() => restoreBackup(config, { clock, file }), { code: 'damaged_backup' })
  writeFileSync(join(config.backupDir, 'other.db'), 'not a database at all')
  assert.throws(() => restoreBackup(config, { clock, file: join(config.backupDir, 'other.db') }), {
    code: 'damaged_backup',
  })
  assert.throws(() => restoreBackup(config, { clock, file: join(config.backupDir, 'none.db') }), {
    code: 'unknown_backup',
  })
  assert.ok(existsSync(config.databaseFile))
  installation.close()
})

test('a backup is kept for 7 days, 5 weeks and 12 months', () => {
  const nightly = Array.from(
    { length: 500 },
    (_, n) => `motcua-${addDays('2022-01-01', n).replaceAll('-', '')}-010000.db`,
  )
  const removed = new Set(
    backupsToRemove([...nightly, 'before-restore-motcua-20220101-010000.db', 'notes.txt']),
  )
  const kept = nightly.filter((file) => !removed.has(file)).map((file) => file.slice(7, 15))
  assert.deepEqual(kept, [
    ...['20220630', '20220731', '20220831', '20220930', '20221031', '20221130', '20221231'],
    ...['20230131', '20230228', '20230331', '20230423', '20230430', '20230507'],
    ...['20230509', '20230510', '20230511', '20230512', '20230513', '20230514', '20230515'],
  ])
  assert.ok(!removed.has('notes.txt') && !removed.has('before-restore-motcua-20220101-010000.db'))
})

test('what a killed process left of a backup of an earlier day may go', () => {
  const left = ['motcua-20230309-010000.db.part', 'motcua-20230309-010000.db.part-wal']
  const others = ['motcua-20230310-010000.db.part', 'motcua-20230309-010000.db', 'notes.part']
  assert.deepEqual(unfinishedBackups([...left, ...others], '2023-03-10'), left)
})

test('tidying removes old answers and old backups, and nothing else', () => {
  const installation = tempInstallation('2023-03-10T01:00')
  const { db, config, clock } = installation
  const key = db.prepare(`INSERT INTO idempotency_keys VALUES (1, 'log', ?, 'h', '{}', ?)`)
  const hour = 60 * 60_000
  for (let n = 0; n < 2_500; n += 1) key.run(`old ${n}`, clock.now() - 49 * hour)
  key.run('young', clock.now() - 47 * hour)
  const request = db.prepare(
    `INSERT INTO outbox (job, payload, created_at, sent_at) VALUES ('backup', '{}', 0, ?)`,
  )
  for (const sentAt of [clock.now() - 200 * hour, null, clock.now() - hour, clock.now() - 200 * hour])
    request.run(sentAt)
  assert.equal(tidy(installation, config).rows, 2_501)
  assert.deepEqual(db.prepare('SELECT key FROM idempotency_keys').pluck().all(), ['young'])
  assert.deepEqual(
    db.prepare('SELECT id FROM outbox').pluck().all(),
    [2, 3, 4],
    'the newest stays: its number must not return',
  )
  installation.close()
})
