import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { openAlarms } from '../../db/queries/alarms.ts'
import { waitingInOutbox } from '../../db/queries/outbox.ts'
import { backupDatabase } from '../../src/backup/backup-database.ts'
import { backupProblem } from '../../src/backup/backup-file.ts'
import { backupStanding } from '../../src/backup/backup-standing.ts'
import { copyBackups } from '../../src/backup/copy-backups.ts'
import { findBackup } from '../../src/backup/find-backup.ts'
import { secondPlace } from '../../src/backup/second-place.ts'
import { storedAs } from '../../src/documents/document-store.ts'
import { parseInstant } from '../../src/domain/calendar/day.ts'
import { beatOnce } from '../../workers/embedded-runner.ts'
import { randomHistory } from '../support/random-history.ts'
import { runCli } from '../support/run-cli.ts'
import { rcloneMissing, type TestSftp, testSftp } from '../support/sftp.ts'
import { type TempInstallation, tempInstallation } from '../support/temp-installation.ts'

interface Scene {
  readonly installation: TempInstallation
  readonly to: string
  /** The folder behind the place, as its own machine sees it. */
  readonly folder: string
  gone(): Promise<void> | void
  back(): Promise<void> | void
}

async function onDisk(work: (scene: Scene) => Promise<void>): Promise<void> {
  const installation = withHistory()
  const folder = join(dirname(installation.config.dataDir), 'usb', 'motcua')
  mkdirSync(folder, { recursive: true })
  await work({
    installation,
    to: folder,
    folder,
    gone: () => renameSync(dirname(folder), `${dirname(folder)}-unplugged`),
    back: () => renameSync(`${dirname(folder)}-unplugged`, dirname(folder)),
  })
  installation.close()
}

async function onSftp(work: (scene: Scene) => Promise<void>): Promise<void> {
  const installation = withHistory()
  const sftp: TestSftp = await testSftp()
  try {
    const { remote: to, folder, down: gone, up: back } = sftp
    await work({ installation, to, folder, gone, back })
  } finally {
    await sftp.close()
    installation.close()
  }
}

function withHistory(): TempInstallation {
  const installation = tempInstallation('2023-03-06T08:00')
  randomHistory(installation, { from: '2023-03-06', days: 3, perDay: 12, seed: 91 })
  installation.at('2023-03-09T01:00')
  return installation
}

/** A document as its writer leaves it: a row, and the file under its hash. */
function addDocument({ db, config }: TempInstallation, text: string): string {
  const sha256 = createHash('sha256').update(text).digest('hex')
  const file = join(config.documentsDir, storedAs(sha256))
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
  db.prepare(
    `INSERT INTO documents (kind, subject, version, template, media_type, sha256, bytes, issued_at)
       VALUES ('slip', ?, 1, 't', 'application/pdf', ?, ?, 0)`,
  ).run(sha256, sha256, Buffer.byteLength(text))
  return sha256
}

const alarmKinds = ({ db }: TempInstallation) => openAlarms(db).map(({ kind }) => kind)

const PLACES = [
  ['a folder', onDisk, false],
  ['an SFTP server', onSftp, rcloneMissing],
] as const

for (const [kind, scene, skip] of PLACES) {
  test(`on ${kind}: the newest backup and its documents are copied, whole and once`, { skip }, () =>
    scene(async ({ installation, to, folder }) => {
      const { config, db } = installation
      const documents = ['một', 'hai'].map((text) => addDocument(installation, text))
      const { file } = backupDatabase(installation, config)
      assert.equal(await copyBackups(installation, config, to), 1)
      assert.deepEqual(readdirSync(folder).toSorted(), [
        'documents',
        'motcua-20230309-010000.db',
        'motcua-20230309-010000.db.sha256',
      ])
      assert.equal(backupProblem(join(folder, basename(file))), null)
      for (const sha256 of documents)
        assert.ok(readFileSync(join(folder, 'documents', storedAs(sha256))).length > 0)
      const at = parseInstant('2023-03-09T01:00')
      assert.deepEqual(backupStanding(db).lastCopy, { at, to })
      assert.equal(await copyBackups(installation, config, to), 0, 'what is there is not copied again')
    }),
  )

  test(`on ${kind}: a copy that was cut off is no copy and is made again`, { skip }, () =>
    scene(async ({ installation, to, folder }) => {
      const { config } = installation
      const { file } = backupDatabase(installation, config)
      const there = join(folder, basename(file))
      mkdirSync(folder, { recursive: true })
      writeFileSync(there, readFileSync(file).subarray(0, 5_000))
      const wanted = { backup: 'latest', fromCopy: true }
      const asked = () => findBackup({ ...config, backupCopyTo: to }, wanted, config.dataDir)
      await assert.rejects(asked, { code: 'unknown_backup' })
      assert.equal(await copyBackups(installation, config, to), 1)
      assert.equal(backupProblem(await asked()), null)
    }),
  )

  test(`on ${kind}: a backup that was damaged there is refused, and nothing of it stays`, { skip }, () =>
    scene(async ({ installation, to, folder }) => {
      const { config } = installation
      const { file } = backupDatabase(installation, config)
      await copyBackups(installation, config, to)
      const there = join(folder, basename(file))
      writeFileSync(there, readFileSync(there).fill(7, 8192, 9000))
      assert.notEqual(
        await secondPlace(to).hash(basename(file)),
        await secondPlace(to).hash(`${basename(file)}.sha256`),
      )
      const wanted = { backup: basename(file), fromCopy: true }
      await assert.rejects(
        findBackup({ ...config, backupCopyTo: to }, wanted, config.dataDir),
        /sai mã SHA-256/,
      )
      assert.ok(!existsSync(join(config.dataDir, basename(file))))
    }),
  )

  test(`on ${kind}: the rule that keeps backups here keeps them there too`, { skip }, () =>
    scene(async ({ installation, to, folder }) => {
      const { config } = installation
      const leave = (where: string, name: string) => {
        const hash = createHash('sha256').update(name).digest('hex')
        writeFileSync(join(where, name), name)
        writeFileSync(join(where, `${name}.sha256`), `${hash}  ${name}\n`)
      }
      mkdirSync(folder, { recursive: true })
      for (let day = 1; day <= 8; day += 1) leave(folder, `motcua-2023031${day}-010000.db`)
      writeFileSync(join(folder, 'notes.txt'), 'not ours')
      installation.at('2023-03-19T01:00')
      backupDatabase(installation, config)
      leave(config.backupDir, 'motcua-20230319-120000-before-upgrade-0002.db')
      await copyBackups(installation, config, to)
      const kept = readdirSync(folder).filter((name) => !name.endsWith('.sha256'))
      assert.deepEqual(kept.toSorted(), [
        'motcua-20230312-010000.db',
        ...[3, 4, 5, 6, 7, 8, 9].map((day) => `motcua-2023031${day}-010000.db`),
        'motcua-20230319-120000-before-upgrade-0002.db',
        'notes.txt',
      ])
      assert.equal(
        readdirSync(folder).length,
        2 * (kept.length - 1) + 1,
        'hashes come and go with their backups',
      )
    }),
  )

  test(
    `on ${kind}: a place that is gone fails no backup, raises its own alarm, and is tried again until it is back`,
    { skip },
    () =>
      scene(async ({ installation: plain, to, folder, gone, back }) => {
        const installation = { ...plain, config: { ...plain.config, backupCopyTo: to } }
        const { db } = installation
        const outcomes = () =>
          db
            .prepare(
              `SELECT outcome || ' ' || attempts FROM job_runs WHERE job IN ('backup', 'copy-backup') ORDER BY id`,
            )
            .pluck()
            .all()
        await gone()
        await beatOnce(installation)
        await beatOnce(installation)
        assert.deepEqual(outcomes(), ['done 1', 'failed 1'])
        assert.deepEqual(alarmKinds(installation), ['backup_copy_failed'])
        assert.match(openAlarms(db)[0]!.detail, /Hãy (gắn ổ đĩa|thử “rclone lsd)/)
        assert.ok(!existsSync(folder) || to !== folder, 'a folder that is gone is not made up for')
        await back()
        installation.at('2023-03-09T01:02')
        await beatOnce(installation)
        assert.deepEqual(outcomes(), ['done 1', 'done 2'])
        assert.deepEqual(alarmKinds(installation), [])
        assert.ok(existsSync(join(folder, 'motcua-20230309-010000.db')))
      }),
  )
}

test('without a second place the night copies nothing and nobody is alarmed', async () => {
  const installation = withHistory()
  for (const moment of ['2023-03-09T01:00', '2023-03-09T01:01']) {
    installation.at(moment)
    await beatOnce(installation)
  }
  const run = installation.db
    .prepare(`SELECT outcome, rows FROM job_runs WHERE job = 'copy-backup'`)
    .raw()
    .all()
  assert.deepEqual(run, [['done', 0]])
  assert.equal(backupStanding(installation.db).lastCopy, null)
  assert.deepEqual(alarmKinds(installation), [])
  installation.close()
})

test('a backup by hand is copied too; where that fails, the backup stands and the workers copy it later', () =>
  onDisk(async ({ installation, to, gone, back }) => {
    const { db, env, config } = installation
    const first = await runCli(['backup'], { env: { ...env, BACKUP_COPY_TO: to } })
    assert.equal(first.code, 0, first.err)
    assert.ok(existsSync(join(to, basename(first.out.trim()))))
    await gone()
    // A backup has the name of its second.
    await sleep(1_000)
    const { code, out, err } = await runCli(['backup'], { env: { ...env, BACKUP_COPY_TO: to } })
    assert.equal(code, 1)
    assert.equal(backupProblem(out.trim()), null)
    assert.match(err, /Bản sao lưu tốt.*gắn ổ đĩa/)
    assert.deepEqual(alarmKinds(installation), ['backup_copy_failed'])
    assert.equal(waitingInOutbox(db).length, 1)
    await back()
    const list = await runCli(['backup', '--list'], { env: { ...env, BACKUP_COPY_TO: to } })
    assert.equal(list.out.match(/motcua-\d{8}-\d{6}\.db/g)?.length, 3, list.out)
    assert.match(list.out, /Nơi thứ hai, .*\n.*0 giờ trước/)
    await beatOnce({ ...installation, config: { ...config, backupCopyTo: to } })
    assert.deepEqual([waitingInOutbox(db).length, alarmKinds(installation)], [0, []])
  }))

test('a newest backup, or a newest copy, older than 36 hours is an alarm until there is a younger one', () =>
  onDisk(async ({ installation: plain, to }) => {
    const installation = { ...plain, config: { ...plain.config, backupCopyTo: to } }
    const { db } = installation
    const beat = async (moment: string) => {
      installation.at(moment)
      await beatOnce(installation)
      return alarmKinds(installation)
    }
    assert.deepEqual(await beat('2023-03-09T01:00'), [])
    assert.deepEqual(await beat('2023-03-09T01:01'), [])
    db.exec(`UPDATE day_cells SET due = due + 1`)
    assert.deepEqual(await beat('2023-03-10T12:59'), ['recount_differs', 'job_failed'])
    const late = ['backup_copy_old', 'backup_old', 'job_failed', 'recount_differs']
    assert.deepEqual((await beat('2023-03-10T13:02')).toSorted(), late)
    db.exec(`UPDATE day_cells SET due = due - 1`)
    assert.deepEqual(await beat('2023-03-11T01:00'), ['backup_copy_old'])
    assert.deepEqual(await beat('2023-03-11T01:01'), [])
  }))

test('a document whose file is missing or cut is an alarm after the backup, which stands, and restoring brings it back', () =>
  onDisk(async ({ installation, to }) => {
    const { config, db, env } = installation
    const [first, second] = ['một', 'hai'].map((text) => addDocument(installation, text)) as [string, string]
    backupDatabase(installation, config)
    await copyBackups(installation, config, to)
    rmSync(join(config.documentsDir, storedAs(first)))
    writeFileSync(join(config.documentsDir, storedAs(second)), 'h')
    installation.at('2023-03-09T02:00')
    const { file, documentProblem } = backupDatabase(installation, config)
    assert.equal(backupProblem(file), null)
    assert.match(documentProblem!, /2 tệp/)
    assert.deepEqual(alarmKinds(installation), ['documents_missing'])
    const withPlace = { env: { ...env, BACKUP_COPY_TO: to } }
    const wrong = await runCli(['verify'], withPlace)
    assert.match(wrong.out, /✘ Giấy tờ đã lập còn nguyên/)
    const restored = await runCli(['restore', '--documents'], withPlace)
    assert.equal(restored.code, 0, restored.err)
    assert.equal(readFileSync(join(config.documentsDir, storedAs(second)), 'utf8'), 'hai')
    installation.at('2023-03-09T03:00')
    assert.equal(backupDatabase(installation, config).documentProblem, null)
    assert.deepEqual(openAlarms(db), [])
  }))
