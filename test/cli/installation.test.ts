import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { openDatabase } from '../../db/open.ts'
import { loadTuKy } from '../../db/seeds/load-reference.ts'
import { UsageError } from '../../src/cli/command.ts'
import { COMMANDS } from '../../src/cli/commands.ts'
import { processTerminal } from '../../src/cli/terminal.ts'
import { readConfig } from '../../src/config.ts'
import { runCli } from '../support/run-cli.ts'

const folder = mkdtempSync(join(tmpdir(), 'motcua-cli-'))
const inFolder = (name: string) => ({ DATA_DIR: join(folder, name, 'data') })

after(() => rmSync(folder, { recursive: true }))

test('help names every command, and each command explains itself', async () => {
  const { code, out } = await runCli(['help'])
  assert.equal(code, 0)
  for (const [name, { load }] of Object.entries(COMMANDS)) {
    assert.match(out, new RegExp(`^  ${name} `, 'm'))
    assert.match((await load()).usage, new RegExp(`^motcua ${name}`))
  }
  const usage = await runCli(['due', '--help'])
  assert.deepEqual([usage.code, usage.out], [0, `${(await COMMANDS.due.load()).usage}\n`])
})

const WRONG = [
  ['report'],
  ['report', '2023-W50', '2023-W51'],
  ['report', '2023-W50', '--by', 'colour'],
  ['report', '2023-W50', '--attribution', 'both'],
  ['report', '2023-W50', '--reading', '0'],
  ['report', '2023-W50', '--bogus'],
  ['close'],
  ['close', '2023-W50', '--due'],
  ['index'],
  ['index', '22'],
  ['restore'],
  ['backup', 'somewhere'],
  ['restore', '--rehearse'],
  ['restore', '--from-copy'],
  ['key'],
  ['key', 'lose'],
  ['key', 'export'],
  ['key', 'check', 'file'],
  ['key', 'give-up'],
  ['verify', 'one', 'two'],
  ['serve', '--port', '80'],
] as const

test('a wrong command line is refused before anything is opened', async () => {
  const terminal = processTerminal()
  for (const [name, ...args] of WRONG) {
    const { invoke } = await COMMANDS[name].load()
    await assert.rejects(invoke(args, terminal), UsageError, [name, ...args].join(' '))
  }
})

test('no command or an unknown one ends with 2 and the help', async () => {
  for (const args of [[], ['nothing'], ['toString'], ['--bogus']]) {
    const { code, out, err } = await runCli(args)
    assert.deepEqual([code, out], [2, ''])
    assert.match(err, /Cách dùng/)
  }
})

test('without an installation, what needs one says how to make it', async () => {
  const commands = [
    ['report', '2023'],
    ['close', '--due'],
    ['recount'],
    ['index', '2022'],
    ['backup'],
    ['verify'],
  ]
  const results = await Promise.all(commands.map((args) => runCli(args, { env: inFolder('none') })))
  for (const { code, err } of results) {
    assert.equal(code, 1, err)
    assert.match(err, /npm start/)
  }
})

test('migrate makes an empty installation, twice is harmless, and its key is for the owner alone', async () => {
  const env = inFolder('empty')
  for (const args of [['migrate'], ['migrate'], ['seed']]) assert.equal((await runCli(args, { env })).code, 0)
  assert.equal(statSync(`${env.DATA_DIR}.key`).mode & 0o777, 0o600)
  assert.equal(statSync(env.DATA_DIR).mode & 0o777, 0o700)
  const report = JSON.parse((await runCli(['report', '2023', '--json'], { env })).out)
  assert.deepEqual([report.rows, report.total.counters.received], [[], 0])
  assert.equal((await runCli(['verify'], { env })).code, 0)
})

test('with a database, due dates come from its calendar and procedures', async () => {
  const env = inFolder('due')
  await runCli(['migrate'], { env })
  const unknown = await runCli(['due', '1.001193', '--received', '2023-03-06T09:00'], { env })
  assert.deepEqual([unknown.code, unknown.out], [1, ''])
  const db = openDatabase(join(env.DATA_DIR, 'motcua.db'), { busyTimeoutMs: 5_000 })
  loadTuKy(db)
  db.exec(`INSERT INTO calendar_days (date, unit_id, kind, name, provisional, added_in)
    SELECT '2023-03-07', id, 'closure', 'Mất điện', 0, 1 FROM units WHERE key = 'xa-ngoc-ky'`)
  const agencyCode = db
    .prepare(
      `SELECT agency_code FROM unit_versions JOIN units u ON u.id = unit_id WHERE u.key = 'xa-ngoc-ky'`,
    )
    .pluck()
    .get() as string
  db.exec(`UPDATE settings SET value = value + 1 WHERE key = 'catalogue_version'`)
  db.close()
  const ask = async (...args: string[]) => {
    const { out } = await runCli(['due', '3wd', '--received', '2023-03-06T09:00', ...args], { env })
    return JSON.parse(out).due_at
  }
  assert.equal(await ask(), '2023-03-09T17:00:00+07:00')
  assert.equal(await ask('--unit', 'xa-ngoc-ky'), '2023-03-10T17:00:00+07:00')
  assert.equal(await ask('--unit', agencyCode), '2023-03-10T17:00:00+07:00')
})

test('the demonstration never takes the place of a real installation, and only it has a shifted clock', async () => {
  const env = inFolder('real')
  await runCli(['migrate'], { env })
  const clock = await runCli(['report', '2023'], { env: { ...env, CLOCK_START: '2024-01-08T07:30' } })
  assert.equal(clock.code, 1)
  assert.match(clock.err, /trình diễn/)
  const db = openDatabase(join(env.DATA_DIR, 'motcua.db'), { busyTimeoutMs: 5_000 })
  loadTuKy(db)
  db.close()
  const { code, err } = await runCli(['demo', '--no-serve', '--from', '2024-01-02'], { env })
  assert.equal(code, 1)
  assert.match(err, /DATA_DIR/)
})

test('an empty installation gives way to the demonstration', async () => {
  const env = inFolder('gives-way')
  await runCli(['migrate'], { env })
  const { code, out, err } = await runCli(['demo', '--no-serve', '--from', '2024-01-02'], { env })
  assert.equal(code, 0, err)
  assert.match(out, /Tuần 1\/2024/)
})

test('a second place is a full path outside the data, or name:path of rclone', () => {
  const read = (place: string) => readConfig({ DATA_DIR: '/srv/data', BACKUP_COPY_TO: place }, '/')
  for (const place of ['/mnt/usb/motcua', 'nas:motcua', 'kho-s3:motcua/sao-luu', ''])
    assert.equal(read(place).backupCopyTo, place || null)
  for (const place of ['usb', './usb', '/srv/data', '/srv/data/copies', ':sftp,host=nas,pass=x:motcua'])
    assert.throws(() => read(place), /BACKUP_COPY_TO/, place)
})

test('wrong settings of the environment are all named at once', async () => {
  const { code, err } = await runCli(['report', '2023'], { env: { PORT: 'x', LOG_LEVEL: 'loud' } })
  assert.equal(code, 1)
  assert.match(err, /PORT.*\n.*LOG_LEVEL/)
})
