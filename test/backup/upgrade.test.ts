import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { pino } from 'pino'
import { migrateDatabase } from '../../db/migrate.ts'
import { copyDatabase } from '../../db/one-file.ts'
import { type Db, openDatabase } from '../../db/open.ts'
import { rowsByTable } from '../../db/queries/table-counts.ts'
import { backupProblem } from '../../src/backup/backup-file.ts'
import { backupsAmong } from '../../src/backup/backup-names.ts'
import { restoreBackup } from '../../src/backup/restore.ts'
import { upgradeDatabase } from '../../src/upgrade.ts'
import { verifyDatabase } from '../../src/verify.ts'
import { earlierMigrations, laterMigrations } from '../support/migrations-folder.ts'
import { randomHistory } from '../support/random-history.ts'
import { runCli } from '../support/run-cli.ts'
import { type TempInstallation, tempInstallation } from '../support/temp-installation.ts'

const log = pino({ level: 'silent' })

/** What the next version might do: a column more, and a table made anew under the feet of those that refer to it. */
const NEXT = [
  'ALTER TABLE dossiers ADD colour text',
  'CREATE TABLE new_persons AS SELECT * FROM persons',
  'DROP TABLE persons',
  'ALTER TABLE new_persons RENAME TO persons',
  'CREATE UNIQUE INDEX persons_id ON persons (id)',
]

function withHistory(): TempInstallation & { readonly root: string } {
  const installation = tempInstallation('2023-03-06T08:00')
  randomHistory(installation, { from: '2023-03-06', days: 4, perDay: 12, seed: 94 })
  installation.at('2023-03-10T09:00')
  return { ...installation, root: dirname(installation.config.dataDir) }
}

function upgrade({ db, config, clock }: TempInstallation, migrations: string): void {
  upgradeDatabase(db, { backupDir: config.backupDir, clock, log, migrations })
}

const schemaOf = (db: Db) => db.prepare('SELECT sql FROM sqlite_schema ORDER BY name').pluck().all()
const backups = (folder: string) =>
  existsSync(folder) ? backupsAmong(readdirSync(folder)).map(({ name }) => name) : []

test('an older database is kept as it was, then brought up to date; once', () => {
  const installation = withHistory()
  const { db, config, root } = installation
  const before = { rows: rowsByTable(db), schema: schemaOf(db) }
  const migrations = laterMigrations(root, 'next', NEXT)
  upgrade(installation, migrations)
  upgrade(installation, migrations)
  assert.equal(db.prepare('SELECT count(colour) FROM dossiers').pluck().get(), 0)
  assert.equal(db.pragma('foreign_keys', { simple: true }), 1)
  const [name, ...more] = backups(config.backupDir)
  assert.match(name!, /^motcua-20230310-090000-before-upgrade-\d{4}\.db$/)
  assert.deepEqual(more, [])
  assert.equal(backupProblem(join(config.backupDir, name!)), null)
  const kept = openDatabase(join(config.backupDir, name!), { busyTimeoutMs: 0, readOnly: true })
  assert.deepEqual({ rows: rowsByTable(kept), schema: schemaOf(kept) }, before)
  kept.close()
  installation.close()
})

const FAILURES = [
  ['a wrong statement', [...NEXT, 'INSERT INTO nowhere VALUES (1)'], /nowhere/],
  ['rows that point at nothing', ['DELETE FROM persons WHERE id = 1'], /FOREIGN KEY/],
] as const

for (const [what, statements, why] of FAILURES) {
  test(`an upgrade that fails through ${what} leaves the database as it was, and names the backup`, () => {
    const installation = withHistory()
    const { db, config, root } = installation
    const before = { rows: rowsByTable(db), schema: schemaOf(db) }
    const migrations = laterMigrations(root, 'wrong', statements)
    for (const moment of ['2023-03-10T09:00', '2023-03-10T09:01', '2023-03-10T09:02']) {
      installation.at(moment)
      assert.throws(
        () => upgrade(installation, migrations),
        (error: Error & { code?: string }) => {
          assert.equal(error.code, 'upgrade_failed')
          assert.match(error.message, why)
          assert.ok(error.message.includes(backups(config.backupDir)[0]!))
          return true
        },
      )
    }
    assert.deepEqual({ rows: rowsByTable(db), schema: schemaOf(db) }, before)
    assert.equal(backups(config.backupDir).length, 1, 'trying again and again does not fill the disk')
    for (const { check, problem } of verifyDatabase(installation)) assert.equal(problem, null, check)
    installation.close()
  })
}

test('without room for the backup nothing is upgraded', () => {
  const installation = withHistory()
  const { db, config, root } = installation
  const schema = schemaOf(db)
  writeFileSync(config.backupDir, 'a file where the folder should be')
  assert.throws(() => upgrade(installation, laterMigrations(root, 'next', NEXT)), {
    code: 'upgrade_without_backup',
  })
  assert.deepEqual(schemaOf(db), schema)
  installation.close()
})

/** An installation whose schema is that of the version before this one. */
function earlier(): {
  readonly root: string
  readonly dataDir: string
  readonly file: string
  open(): Db
  close(): void
} {
  const installation = tempInstallation('2023-03-06T08:00')
  const { config, db, close } = installation
  const root = dirname(config.dataDir)
  db.close()
  rmSync(config.dataDir, { recursive: true })
  mkdirSync(config.dataDir)
  const open = () => openDatabase(config.databaseFile, { busyTimeoutMs: 0 })
  const old = open()
  migrateDatabase(old, { folder: earlierMigrations(root) })
  old
    .prepare(`INSERT INTO settings (key, value) VALUES ('note', ?)`)
    .run(JSON.stringify('x'.repeat(3_000_000)))
  old.close()
  return { root, dataDir: config.dataDir, file: config.databaseFile, open, close }
}

test('on a full disk the command line refuses the upgrade with a sentence, and the old database is untouched', () => {
  const { dataDir, file, open, close } = earlier()
  const before = readFileSync(file)
  const command = `ulimit -f 1000; exec "${process.execPath}" src/cli.ts migrate`
  const { status, stderr } = spawnSync('sh', ['-c', command], {
    cwd: fileURLToPath(new URL('../../', import.meta.url)),
    env: { PATH: process.env['PATH'], DATA_DIR: dataDir },
    encoding: 'utf8',
  })
  assert.equal(status, 1)
  assert.match(stderr, /^Chưa nâng cấp cơ sở dữ liệu: .*Dữ liệu còn nguyên/)
  assert.deepEqual(backups(join(dataDir, 'backups')), [])
  assert.ok(readFileSync(file).equals(before))
  open().close()
  close()
})

test('of two processes that open an older database at once one upgrades it, and both go on', async () => {
  const { dataDir, open, close } = earlier()
  const env = { DATA_DIR: dataDir }
  const results = await Promise.all([1, 2].map(() => runCli(['migrate'], { env })))
  for (const { code, err } of results) assert.equal(code, 0, err)
  assert.equal(backups(join(dataDir, 'backups')).length, 1)
  const db = open()
  const applied = db
    .prepare('SELECT count(*), count(DISTINCT hash) FROM __drizzle_migrations')
    .raw()
    .get() as number[]
  assert.equal(applied[0], applied[1])
  db.close()
  close()
})

test('a new installation is made without a backup', async () => {
  const { dataDir, file, close } = earlier()
  rmSync(file)
  assert.equal((await runCli(['migrate'], { env: { DATA_DIR: dataDir } })).code, 0)
  assert.deepEqual(readdirSync(dataDir), ['motcua.db'])
  close()
})

test('the way back: the old version refuses the upgraded database, takes the backup, and everything is as it was', async () => {
  const installation = withHistory()
  const { db, config, clock, env, root } = installation
  const before = { rows: rowsByTable(db), schema: schemaOf(db) }
  upgrade(installation, laterMigrations(root, 'next', NEXT))
  db.exec(`UPDATE dossiers SET colour = 'xanh'`)
  db.close()
  // The version of this test is the old one now.
  const refused = await runCli(['verify'], { env })
  assert.equal(refused.code, 1)
  assert.match(refused.err, /mới hơn.*before-upgrade/)
  const [kept] = backups(config.backupDir)
  // Neither is it taken from a copy of the new version.
  const newer = join(root, 'newer.db')
  const upgraded = openDatabase(config.databaseFile, { busyTimeoutMs: 0 })
  copyDatabase(upgraded, newer)
  upgraded.close()
  assert.throws(() => restoreBackup(config, { clock, file: newer }), { code: 'database_newer' })
  const restored = await runCli(['restore', kept!], { env })
  assert.equal(restored.code, 0, restored.err)
  const back = openDatabase(config.databaseFile, { busyTimeoutMs: 0 })
  // The restoring itself is an entry of the audit.
  const rows = new Map(before.rows).set('audit_entries', (before.rows.get('audit_entries') ?? 0) + 1)
  assert.deepEqual({ rows: rowsByTable(back), schema: schemaOf(back) }, { ...before, rows })
  back.close()
  assert.equal((await runCli(['verify'], { env })).code, 0)
  // And forward again.
  const again = openDatabase(config.databaseFile, { busyTimeoutMs: 0 })
  clock.set(clock.now() + 60_000)
  upgrade({ ...installation, db: again }, laterMigrations(root, 'next', NEXT))
  assert.equal(again.prepare('SELECT count(colour) FROM dossiers').pluck().get(), 0)
  again.close()
  installation.close()
})
