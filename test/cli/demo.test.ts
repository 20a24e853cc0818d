import assert from 'node:assert/strict'
import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { pino } from 'pino'
import { openDatabase } from '../../db/open.ts'
import { findAccountByName } from '../../db/queries/accounts.ts'
import { readSetting } from '../../db/queries/settings.ts'
import { verifyPassword } from '../../src/accounts/passwords.ts'
import { principalOfToken } from '../../src/accounts/principal.ts'
import { tryMessages } from '../../src/cli/demo.ts'
import { readConfig } from '../../src/config.ts'
import { openInstallation } from '../../src/installation.ts'
import { type CliResult, runCli } from '../support/run-cli.ts'

const FROM = '2023-12-04'

const folder = mkdtempSync(join(tmpdir(), 'motcua-demo-'))
const dataDir = join(folder, 'data')
const databaseFile = join(dataDir, 'motcua.db')
const env = { DATA_DIR: dataDir }
const cli = (...args: string[]) => runCli(args, { env })
let first: CliResult

/** Runs commands that only read, side by side. */
function each(commands: readonly string[][]) {
  return Promise.all(commands.map(async (args) => ({ args, ...(await cli(...args)) })))
}

before(async () => {
  first = await cli('demo', '--no-serve', '--from', FROM)
})

after(() => rmSync(folder, { recursive: true }))

test('the demonstration keeps messages in the trial mailbox, unless something else was said', () => {
  const modeOf = (given: NodeJS.ProcessEnv) => {
    tryMessages(given)
    return given['MESSAGES']
  }
  assert.equal(modeOf({}), 'mailbox')
  assert.equal(modeOf({ MESSAGES: '' }), 'mailbox')
  assert.equal(modeOf({ MESSAGES: 'off' }), 'off')
  assert.equal(modeOf({ SMTP_URL: 'smtp://localhost' }), undefined)
  assert.equal(modeOf({ MESSAGE_GATEWAY_URL: 'https://nhan.example' }), undefined)
})

test('the demonstration is made, its periods are closed, and the latest week and month are printed', () => {
  assert.equal(first.code, 0, first.err)
  assert.match(first.err, /Tạo dữ liệu trình diễn: 100 %/)
  assert.match(first.out, /^Tuần 1\/2024 \(01\/01\/2024 – 07\/01\/2024\)\nChốt 08\/01\/2024 06:00, bản 1/m)
  assert.match(first.out, /^Tháng 12\/2023\nChốt 03\/01\/2024 06:00, bản 1/m)
  assert.match(first.out, /^Xã Ngọc Kỳ .* \d+,\d\d %/m)
  const db = openDatabase(databaseFile, { busyTimeoutMs: 5_000, readOnly: true })
  assert.equal(readSetting(db, 'demo'), true)
  db.close()
})

/** What is printed, but for the passwords and the token, which are new each time. */
function withoutSecrets(out: string): string {
  return out.replace(/[a-z2-9]{4}(-[a-z2-9]{4}){3}/g, '(password)').replace(/mc_[\w-]{43}/g, '(token)')
}

test('a second run uses what is there and prints the same', async () => {
  const made = statSync(databaseFile).ino
  const second = await cli('demo', '--no-serve', '--from', FROM)
  assert.equal(second.code, 0, second.err)
  assert.match(second.err, /^Dùng lại/)
  assert.equal(withoutSecrets(second.out), withoutSecrets(first.out))
  assert.equal(statSync(databaseFile).ino, made)
  assert.deepEqual(
    readdirSync(dataDir).filter((file) => file.includes('unfinished')),
    [],
  )
})

test('each role has an account with a password that works at once; those of the run before work no more', async () => {
  const secretsOf = (out: string) => ({
    people: [...out.matchAll(/ ([a-z]+\.[a-z]+) +([a-z2-9]{4}(?:-[a-z2-9]{4}){3})$/gm)].map(
      ([, username = '', password = '']) => ({ username, password }),
    ),
    token: /mc_[\w-]{43}/.exec(out)?.[0] ?? '',
  })
  const before = secretsOf(first.out)
  const again = await cli('demo', '--no-serve')
  const { people, token } = secretsOf(again.out)
  for (const label of [
    'Cán bộ một cửa +Xã Ngọc Kỳ',
    'Công chức giải quyết +Xã Ngọc Kỳ',
    'Người đứng đầu đơn vị +Xã Ngọc Kỳ',
    'Người theo dõi, giám sát +Huyện Tứ Kỳ',
    'Người thẩm định chỉ số +Huyện Tứ Kỳ',
    'Quản trị viên +toàn hệ thống',
    'Người kiểm tra +toàn hệ thống',
  ])
    assert.match(again.out, new RegExp(`^${label} +\\S+ +\\S+$`, 'm'))
  assert.equal(people.length, 7)
  const config = readConfig({ ...env, LOG_LEVEL: 'silent' }, folder)
  const installation = openInstallation(config, pino({ level: 'silent' }))
  const { db } = installation
  for (const { username, password } of people) {
    const account = findAccountByName(db, username)
    assert.equal(account?.temporaryUntil, null)
    assert.ok(await verifyPassword(account.passwordHash, password), username)
    const old = before.people.find((person) => person.username === username)
    assert.equal(await verifyPassword(account.passwordHash, old?.password ?? ''), false)
  }
  assert.equal(principalOfToken(installation, token)?.actor?.role, 'client')
  assert.equal(principalOfToken(installation, before.token), null)
  db.close()
})

test('everything that must hold in an installation holds in the demonstration', async () => {
  const { code, out } = await cli('verify')
  assert.equal(code, 0, out)
  assert.equal(out.match(/^✔/gm)?.length, out.trimEnd().split('\n').length)
})

test('the cells agree with a recount of the dossiers, also when they were made anew from them', async () => {
  for (const args of [['recount'], ['recount', '2023-W50'], ['recount', '--repair']]) {
    const { code, out, err } = await cli(...args)
    assert.deepEqual([code, out], [0, ''], args.join(' '))
    assert.match(err, /0 chênh lệch\.\n$/)
  }
})

test('a report as JSON has the period, every counter and every rate of each row, and adds up', async () => {
  const report = JSON.parse((await cli('report', '2023-W50', '--json')).out)
  assert.deepEqual(report.period, {
    key: '2023-W50',
    from: '2023-12-11',
    to: '2023-12-17',
    label: 'Tuần 50/2023 (11/12/2023 – 17/12/2023)',
  })
  assert.deepEqual([report.by, report.attribution, report.as_of], ['unit', 'resolving', '2023-12-17'])
  assert.deepEqual(report.closed, {
    at: '2023-12-18T06:00:00+07:00',
    revision: 1,
    taken_at: '2023-12-18T06:00:00+07:00',
  })
  assert.match(report.formula_version, /^ct-/)
  assert.match(report.calendar_version, /^\d{4}-/)
  assert.deepEqual(report.broken, [])
  const counters = [
    'received',
    'carried_over',
    'ended',
    'early',
    'on_time',
    'late',
    'closed',
    'open',
    'open_overdue',
  ]
  for (const row of [...report.rows, report.total]) {
    for (const counter of counters) assert.equal(typeof row.counters[counter], 'number', counter)
    for (const code of ['V1', 'V2', 'V2x', 'V3', 'V4', 'V5', 'V6', 'V7', 'N1', 'N2', 'N4']) {
      assert.ok(row.rates[code] === null || row.rates[code].denominator > 0, code)
    }
  }
  const { numerator, denominator, text } = report.total.rates.N1
  assert.equal(denominator, report.total.counters.received)
  assert.match(text, /^\d+,\d\d %$/)
  assert.ok(numerator > 0 && numerator < denominator)
  const sum = report.rows.reduce(
    (total: number, row: { counters: { received: number } }) => total + row.counters.received,
    0,
  )
  assert.equal(sum, report.total.counters.received)
})

test('every grain, attribution, reading and kind of period is answered', async () => {
  const asked = [
    ['2023-12', '--by', 'field'],
    ['2023-12@15-14', '--by', 'procedure'],
    ['2023-Q4', '--by', 'channel', '--reading', 'current'],
    ['2023-H2', '--by', 'officer'],
    ['2023', '--attribution', 'receiving'],
    ['2023@21-20', '--unit', 'xa-ngoc-ky'],
    ['2023-12-11..2023-12-17', '--reading', '2'],
    ['2024-W02'],
  ]
  for (const { args, code, out, err } of await each(asked.map((args) => ['report', ...args]))) {
    assert.deepEqual([code, err], [0, ''], args.join(' '))
    assert.match(out, /^Tổng số +\d/m, args.join(' '))
  }
})

test('a running week is counted up to the demonstration’s own today', async () => {
  const report = JSON.parse((await cli('report', '2024-W02', '--json')).out)
  assert.deepEqual([report.as_of, report.closed], ['2024-01-08', null])
})

test('refusals end with 1 and a sentence', async () => {
  const refused = [
    ['report', '2023-W54'],
    ['report', '2023-W50', '--unit', 'nowhere'],
    ['close', '2024-W02'],
    ['index', '2019'],
    ['restore', join(folder, 'nothing.db')],
    ['verify', join(folder, 'nothing.db')],
  ]
  for (const { args, code, out, err } of await each(refused)) {
    assert.deepEqual([code, out], [1, ''], args.join(' '))
    assert.match(err, /^\p{Lu}[^\n]+\.\n$/u, args.join(' '))
  }
})

test('closing a closed period leaves it as it was; nothing else is due', async () => {
  assert.match((await cli('close', '2023-W50')).out, /đã chốt từ trước, 18\/12\/2023 06:00/)
  const { code, out, err } = await cli('close', '--due')
  assert.deepEqual([code, out, err], [0, '', 'Không có kỳ nào đến giờ chốt.\n'])
})

test('the index ranks the communes of its year and shows one unit’s criteria', async () => {
  const ranking = JSON.parse((await cli('index', '2022', '--json')).out)
  assert.deepEqual([ranking.set_id, ranking.rows.length], ['TK-XA-2022', 23])
  const sheet = JSON.parse((await cli('index', '2022', '--unit', 'xa-ngoc-ky', '--json')).out)
  assert.deepEqual([sheet.rows.length, sheet.rows[0].key], [1, 'xa-ngoc-ky'])
  assert.ok(sheet.criteria.length > 5)
  assert.match((await cli('index', '2022')).out, /Xã Ngọc Kỳ/)
})

test('a backup is checked, verified and restored; a damaged one is refused', async () => {
  const backup = await cli('backup')
  const file = backup.out.trim()
  assert.ok(existsSync(file), backup.err)
  assert.deepEqual(await cli('verify', file), { code: 0, out: `✔ ${file}\n`, err: '' })
  const restored = await cli('restore', file)
  assert.equal(restored.code, 0, restored.err)
  assert.equal((await cli('verify')).code, 0)
  const damaged = join(folder, 'damaged.db')
  copyFileSync(file, damaged)
  writeFileSync(damaged, 'x'.repeat(5_000), { flag: 'r+' })
  assert.equal((await cli('verify', damaged)).code, 1)
})

test('the clock may be set for the demonstration, and never runs back behind what was recorded', async () => {
  const later = { env: { ...env, CLOCK_START: '2024-01-09T09:00' } }
  assert.equal(JSON.parse((await runCli(['report', '2024-W02', '--json'], later)).out).as_of, '2024-01-09')
  const earlier = { env: { ...env, CLOCK_START: '2023-01-09T09:00' } }
  assert.match(
    JSON.parse((await runCli(['report', '2024-W02', '--json'], earlier)).out).as_of,
    /^2024-01-0[5-8]$/,
  )
})
