import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { openDatabase } from '../../db/open.ts'
import { backupDatabase } from '../../src/backup/backup-database.ts'
import { backupsAmong } from '../../src/backup/backup-names.ts'
import { restoreBackup } from '../../src/backup/restore.ts'
import { SYSTEM_ACTOR } from '../../src/deps.ts'
import { logDossier } from '../../src/dossiers/log-dossier.ts'
import { exportKey, giveUpNumbers, importKey, keyProblem, tryKey } from '../../src/key-file.ts'
import { openVault } from '../../src/vault.ts'
import { runCli } from '../support/run-cli.ts'
import { type TempInstallation, tempInstallation } from '../support/temp-installation.ts'

/** An installation with its key on disk and one sealed number of each kind. */
function withNumbers(): TempInstallation {
  const plain = tempInstallation('2023-03-06T08:00')
  const installation = { ...plain, vault: openVault(plain.config.keyFile) }
  const applicant = { name: 'Mẫu', idNumber: '030088000017', phone: '0900000000' }
  const where = { unit: 'xa-ngoc-ky', procedure: '1.004873', channel: 'counter' } as const
  logDossier(installation, SYSTEM_ACTOR, { act: 'accept', ...where, applicant })
  return installation
}

const OTHER_KEY = Buffer.alloc(32, 9).toString('base64')

const usb = ({ config }: TempInstallation) => join(dirname(config.dataDir), 'usb-key.txt')

test('the key opens what it sealed, another key opens nothing of it, and each is told', async () => {
  const { db, config, env, close } = withNumbers()
  assert.deepEqual(tryKey(db, config.keyFile), { sealed: 2, opened: 2 })
  writeFileSync(config.keyFile, OTHER_KEY)
  const wrong = await runCli(['key', 'check'], { env })
  assert.equal(wrong.code, 1)
  assert.match(wrong.out, /^Khoá [0-9a-f]{12}: mở được 0\/2 số đã niêm phong\.$/m)
  assert.match(wrong.err, /key import/)
  close()
})

test('an exported key that is lost here and imported again opens the numbers', async () => {
  const installation = withNumbers()
  const { config, env, close } = installation
  const file = usb(installation)
  const exported = await runCli(['key', 'export', file], { env })
  assert.equal(exported.code, 0, exported.err)
  assert.equal(statSync(file).mode & 0o777, 0o600)
  const before = readFileSync(config.keyFile, 'utf8')
  rmSync(config.keyFile)
  const imported = await runCli(['key', 'import', file], { env })
  assert.equal(imported.code, 0, imported.err)
  assert.equal(readFileSync(config.keyFile, 'utf8'), before)
  assert.equal(statSync(config.keyFile).mode & 0o777, 0o600)
  close()
})

test('a wrong key that is here gives way to the right one and is kept beside it', () => {
  const installation = withNumbers()
  const { db, config, close } = installation
  exportKey(config.keyFile, usb(installation))
  writeFileSync(config.keyFile, OTHER_KEY)
  const aside = importKey(db, config.keyFile, usb(installation))
  assert.equal(readFileSync(join(dirname(config.keyFile), aside!), 'utf8'), OTHER_KEY)
  assert.equal(keyProblem(db, config.keyFile), null)
  close()
})

test('a key with a slip, or one that does not open the numbers, is refused and nothing changes', () => {
  const installation = withNumbers()
  const { db, config, close } = installation
  const file = usb(installation)
  exportKey(config.keyFile, file)
  const before = readFileSync(config.keyFile, 'utf8')
  const lines = readFileSync(file, 'utf8').split('\n')
  lines[1] = `${lines[1]!.startsWith('A') ? 'B' : 'A'}${lines[1]!.slice(1)}`
  writeFileSync(file, lines.join('\n'))
  assert.throws(() => importKey(db, config.keyFile, file), { code: 'damaged_key' })
  const foreign = `${config.keyFile}.foreign`
  writeFileSync(foreign, OTHER_KEY)
  exportKey(foreign, `${foreign}.txt`)
  assert.throws(() => importKey(db, config.keyFile, `${foreign}.txt`), { code: 'wrong_key' })
  assert.equal(readFileSync(config.keyFile, 'utf8'), before)
  close()
})

test('a key is exported neither among the data nor over another file', async () => {
  const { config, env, close } = withNumbers()
  const among = await runCli(['key', 'export', join(config.dataDir, 'key.txt')], { env })
  assert.equal(among.code, 1)
  assert.ok(!existsSync(join(config.dataDir, 'key.txt')))
  assert.throws(() => exportKey(config.keyFile, config.keyFile), { code: 'file_exists' })
  close()
})

test('where numbers are sealed, no new key is made in the place of one that is missing', async () => {
  const { config, env, close } = withNumbers()
  rmSync(config.keyFile)
  const { code, err } = await runCli(['verify'], { env })
  assert.equal(code, 1)
  assert.match(err, /Không có khoá.*key import/)
  assert.ok(!existsSync(config.keyFile))
  close()
})

test('with the key lost for good, work goes on without the numbers that nothing opens; a backup keeps them', async () => {
  const { config, db, env, close } = withNumbers()
  assert.equal(giveUpNumbers(db, config.keyFile), 0, 'what the key opens stays')
  rmSync(config.keyFile)
  const { code, err } = await runCli(['key', 'give-up', '--lose-numbers'], { env })
  assert.equal(code, 0, err)
  assert.match(err, /Đã xoá 2 số/)
  const left = `SELECT count(*) FROM persons WHERE coalesce(id_number_sealed, id_number_hash, phone_sealed, phone_hash) IS NOT NULL`
  assert.equal(db.prepare(left).pluck().get(), 0)
  assert.equal(db.prepare('SELECT name FROM persons').pluck().get(), 'Mẫu')
  const [kept] = backupsAmong(readdirSync(config.backupDir))
  const backup = openDatabase(join(config.backupDir, kept!.name), { busyTimeoutMs: 0, readOnly: true })
  assert.equal(backup.prepare(left).pluck().get(), 1)
  backup.close()
  assert.equal(keyProblem(db, config.keyFile), null)
  close()
})

test('the key is in no backup', () => {
  const installation = withNumbers()
  const { config, close } = installation
  const { file } = backupDatabase(installation, config)
  const key = readFileSync(config.keyFile)
  const bytes = readFileSync(file)
  assert.ok(!bytes.includes(key))
  assert.ok(!bytes.includes(Buffer.from(key.toString(), 'base64')))
  assert.deepEqual(readdirSync(config.backupDir).length, 2)
  close()
})

test('restoring without the right key says that the numbers cannot be read, and restores all the same', async () => {
  const installation = withNumbers()
  const { config, env, db, clock, close } = installation
  const { file } = backupDatabase(installation, config)
  db.close()
  writeFileSync(config.keyFile, OTHER_KEY)
  const { code, err } = await runCli(['restore', file], { env })
  assert.equal(code, 1)
  assert.match(err, /Đã khôi phục[\s\S]*không mở được số định danh/)
  writeFileSync(config.keyFile, 'half a key')
  assert.match(restoreBackup(config, { clock, file }).keyProblem!, /hỏng hoặc có chỗ chép sai/)
  rmSync(config.keyFile)
  clock.set(clock.now() + 1000)
  assert.match(restoreBackup(config, { clock, file }).keyProblem!, /Không có khoá/)
  close()
})
