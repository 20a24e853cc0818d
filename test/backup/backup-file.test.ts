import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { openDatabase } from '../../db/open.ts'
import { openAlarms } from '../../db/queries/alarms.ts'
import { backupDatabase } from '../../src/backup/backup-database.ts'
import { backupProblem } from '../../src/backup/backup-file.ts'
import { backupsToRemove } from '../../src/backup/backup-names.ts'
import { backupStanding } from '../../src/backup/backup-standing.ts'
import { restoreBackup } from '../../src/backup/restore.ts'
import { addDays } from '../../src/domain/calendar/day.ts'
import { tidy } from '../../src/tidy.ts'
import { verifyDatabase } from '../../src/verify.ts'
import { runJob } from '../../workers/run-job.ts'
import { randomHistory } from '../support/random-history.ts'
import { runCli } from '../support/run-cli.ts'
import { tempInstallation } from '../support/temp-installation.ts'

const COUNT = 'SELECT count(*) FROM dossiers'

test('a backup is one sound file with its hash beside it, and restoring it brings back what it held', async () => {
  const installation = tempInstallation('2023-03-06T08:00')
  const { db, config, clock } = installation
  randomHistory(installation, { from: '2023-03-06', days: 3, perDay: 15, seed: 21 })
  installation.at('2023-03-09T01:00')
  const held = db.prepare(COUNT).pluck().get()
  const backup = backupDatabase(installation, config)
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
  for (const { check, problem } of verifyDatabase({ db: restored })) assert.equal(problem, null, check)
  restored.close()
  assert.equal(basename(keptAside!), 'before-restore-motcua-20230313-090000.db')
  const aside = openDatabase(keptAside!, { busyTimeoutMs: 0, readOnly: true })
  assert.equal(aside.prepare(COUNT).pluck().get(), later)
  aside.close()
  installation.close()
})

test('while a backup is made and recounted in another process, writing never waits', async () => {
  const installation = tempInstallation('2023-03-06T08:00')
  const { db, config, env } = installation
  randomHistory(installation, { from: '2023-03-06', days: 20, perDay: 40, seed: 23 })
  // Without patience, a write that would have to wait is refused.
  db.pragma('busy_timeout = 0')
  let over = false
  const running = runCli(['backup'], { env }).finally(() => {
    over = true
  })
  const insert = db.prepare(`INSERT INTO code_sequences (agency_code, day, last) VALUES ('X 1', ?, 1)`)
  const isAtWork = () =>
    existsSync(config.backupDir) && readdirSync(config.backupDir).some((name) => name.endsWith('.part'))
  const writes = { done: 0, refused: 0 }
  for (let n = 0; !over; n += 1) {
    const atWork = isAtWork()
    const outcome = attempt(() => insert.run(addDays('2023-01-01', n))) ? 'done' : 'refused'
    if (atWork && isAtWork()) writes[outcome] += 1
    await setImmediate()
  }
  const { code, out, err } = await running
  assert.equal(code, 0, err)
  assert.equal(writes.refused, 0)
  assert.ok(writes.done > 0, 'something was written while the copy was made and looked at')
  assert.equal(backupProblem(out.trim()), null)
  installation.close()
})

function attempt(write: () => unknown): boolean {
  try {
    write()
    return true
  } catch (error) {
    if ((error as { code?: string }).code !== 'SQLITE_BUSY') throw error
    return false
  }
}

const DAMAGES = [
  ['UPDATE day_cells SET due = due + 1', /Số liệu khớp với hồ sơ/],
  ['UPDATE dossiers SET kiosk = 1 - kiosk WHERE id = 3', /Hồ sơ khớp với lịch sử/],
  [
    'PRAGMA foreign_keys = OFF; UPDATE dossiers SET applicant_id = 99999 WHERE id = 1',
    /Các bảng liên kết đúng/,
  ],
] as const

for (const [damage, why] of DAMAGES) {
  test(`a copy that does not add up is not called a backup, and the alarm says why: ${damage}`, async () => {
    const installation = tempInstallation('2023-03-06T08:00')
    const { db, config } = installation
    randomHistory(installation, { from: '2023-03-06', days: 3, perDay: 15, seed: 24 })
    installation.at('2023-03-09T01:00')
    db.exec(damage)
    const work = {
      subject: '2023-03-09',
      version: 1,
      payload: { day: '2023-03-09' },
      outboxId: null,
    } as const
    assert.equal(await runJob(installation, { job: 'backup', ...work }), 'failed')
    const [alarm] = openAlarms(db)
    assert.equal(alarm?.kind, 'job_failed')
    assert.match(alarm.detail, why)
    assert.deepEqual(readdirSync(config.backupDir), ['not-a-backup.db'], 'kept, but not as a backup')
    assert.equal(backupStanding(db).last, null)
    installation.close()
  })
}

test('gaps among the codes are the office’s affair and stop no backup', () => {
  const installation = tempInstallation('2023-03-06T08:00')
  randomHistory(installation, { from: '2023-03-06', days: 3, perDay: 15, seed: 25 })
  installation.db.exec(`INSERT INTO code_sequences VALUES ('000.00.00.H00', '2023-03-06', 4)`)
  assert.equal(backupProblem(backupDatabase(installation, installation.config).file), null)
  installation.close()
})

test('nothing is restored while another process has the database open', async () => {
  const installation = tempInstallation('2023-03-06T08:00')
  const { db, config, clock } = installation
  const { file } = backupDatabase(installation, config)
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
  const { file } = backupDatabase(installation, config)
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

test('of the backups made before an upgrade the newest of each of the last 3 upgrades are kept, beside the others', () => {
  const before = (day: string, to: string) => `motcua-202303${day}-120000-before-upgrade-${to}.db`
  const upgrades = [
    before('01', '0001'),
    before('02', '0002'),
    before('03', '0002'),
    before('04', '0003'),
    before('05', '0005'),
  ]
  const nightly = ['motcua-20230304-010000.db', 'motcua-20230304-130000.db']
  assert.deepEqual(backupsToRemove([...upgrades, ...nightly]).toSorted(), [
    before('01', '0001'),
    before('02', '0002'),
    'motcua-20230304-010000.db',
  ])
})

test('what a process that died left unfinished goes after a day, and what is being made stays', () => {
  const installation = tempInstallation('2023-03-10T01:00')
  const { backupDir } = installation.config
  mkdirSync(join(backupDir, 'rehearsal-abc'), { recursive: true })
  mkdirSync(join(backupDir, 'rehearsal-new'))
  for (const name of ['motcua-20230309-010000.db.part', 'motcua-20230310-010000.db.part'])
    writeFileSync(join(backupDir, name), '')
  const twoDaysAgo = Temporal.Now.instant().epochMilliseconds / 1000 - 2 * 86_400
  for (const name of ['rehearsal-abc', 'motcua-20230309-010000.db.part'])
    utimesSync(join(backupDir, name), twoDaysAgo, twoDaysAgo)
  tidy(installation, installation.config)
  assert.deepEqual(readdirSync(backupDir).toSorted(), ['motcua-20230310-010000.db.part', 'rehearsal-new'])
  installation.close()
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
