import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { backupDatabase } from '../../src/backup/backup-database.ts'
import { SYSTEM_ACTOR } from '../../src/deps.ts'
import { logDossier } from '../../src/dossiers/log-dossier.ts'
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

test('the key opens what it sealed, another key opens nothing of it, and each is told', async () => {
  const { config, env, close } = withNumbers()
  const right = await runCli(['key', 'check'], { env })
  assert.equal(right.code, 0, right.err)
  assert.match(right.out, /^Khoá [0-9a-f]{12}: mở được 2\/2 số đã niêm phong\.$/m)
  writeFileSync(config.keyFile, OTHER_KEY)
  const wrong = await runCli(['key', 'check'], { env })
  assert.equal(wrong.code, 1)
  assert.match(wrong.out, /0\/2/)
  assert.match(wrong.err, /key import/)
  close()
})

test('an exported key that is lost here and imported again opens the numbers', async () => {
  const { config, env, close } = withNumbers()
  const file = join(dirname(config.dataDir), 'usb-key.txt')
  const exported = await runCli(['key', 'export', file], { env })
  assert.equal(exported.code, 0, exported.err)
  assert.equal(statSync(file).mode & 0o777, 0o600)
  const before = readFileSync(config.keyFile, 'utf8')
  rmSync(config.keyFile)
  const imported = await runCli(['key', 'import', file], { env })
  assert.equal(imported.code, 0, imported.err)
  assert.equal(readFileSync(config.keyFile, 'utf8'), before)
  assert.equal(statSync(config.keyFile).mode & 0o777, 0o600)
  assert.equal((await runCli(['key', 'check'], { env })).code, 0)
  close()
})

test('a wrong key that is here gives way to the right one and is kept beside it', async () => {
  const { config, env, close } = withNumbers()
  const file = join(dirname(config.dataDir), 'usb-key.txt')
  await runCli(['key', 'export', file], { env })
  writeFileSync(config.keyFile, OTHER_KEY)
  const { code, err } = await runCli(['key', 'import', file], { env })
  assert.equal(code, 0, err)
  assert.equal(readFileSync(`${config.keyFile}.before-import-1`, 'utf8'), OTHER_KEY)
  close()
})

test('a key with a slip, or one that does not open the numbers, is refused and nothing changes', async () => {
  const { config, env, close } = withNumbers()
  const file = join(dirname(config.dataDir), 'usb-key.txt')
  await runCli(['key', 'export', file], { env })
  const text = readFileSync(file, 'utf8')
  const before = readFileSync(config.keyFile, 'utf8')
  const letter = text.split('\n')[1]![5]!
  writeFileSync(file, text.replace(letter, letter === 'A' ? 'B' : 'A'))
  const slip = await runCli(['key', 'import', file], { env })
  assert.deepEqual([slip.code, /chép sai/.test(slip.err)], [1, true])
  const other = { ...env, DATA_DIR: join(dirname(config.dataDir), 'other') }
  await runCli(['migrate'], { env: other })
  const foreign = join(dirname(config.dataDir), 'foreign-key.txt')
  await runCli(['key', 'export', foreign], { env: other })
  const wrong = await runCli(['key', 'import', foreign], { env })
  assert.deepEqual([wrong.code, /không mở được/.test(wrong.err)], [1, true])
  assert.equal(readFileSync(config.keyFile, 'utf8'), before)
  close()
})

test('a key is exported neither among the data nor over another file', async () => {
  const { config, env, close } = withNumbers()
  const among = await runCli(['key', 'export', join(config.dataDir, 'key.txt')], { env })
  const over = await runCli(['key', 'export', config.databaseFile.replace('motcua.db', '../data.key')], {
    env,
  })
  assert.deepEqual([among.code, over.code], [1, 1])
  assert.ok(!existsSync(join(config.dataDir, 'key.txt')))
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

test('with the key lost for good, work goes on without the numbers that nothing opens, and with a new key', async () => {
  const { config, db, env, close } = withNumbers()
  const unharmed = await runCli(['key', 'give-up', '--lose-numbers'], { env })
  assert.match(unharmed.err, /Đã xoá 0 số/)
  rmSync(config.keyFile)
  const { code, err } = await runCli(['key', 'give-up', '--lose-numbers'], { env })
  assert.equal(code, 0, err)
  assert.match(err, /Đã xoá 2 số/)
  const left = `SELECT count(*) FROM persons WHERE coalesce(id_number_sealed, id_number_hash, phone_sealed, phone_hash) IS NOT NULL`
  assert.equal(db.prepare(left).pluck().get(), 0)
  assert.equal(db.prepare('SELECT name FROM persons').pluck().get(), 'Mẫu')
  assert.equal((await runCli(['verify'], { env })).code, 0)
  assert.ok(existsSync(config.keyFile))
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
  const { config, env, db, close } = installation
  const { file } = backupDatabase(installation, config)
  db.close()
  for (const [there, why] of [
    [OTHER_KEY, /Đã khôi phục[\s\S]*không mở được số định danh/],
    ['half a key', /Đã khôi phục[\s\S]*hỏng hoặc có chỗ chép sai/],
  ] as const) {
    writeFileSync(config.keyFile, there)
    const { code, err } = await runCli(['restore', file], { env })
    assert.equal(code, 1)
    assert.match(err, why)
  }
  close()
})
