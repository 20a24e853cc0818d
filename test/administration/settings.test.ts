import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { entriesAfter } from '../../db/queries/audit.ts'
import { readSetting, upsertSetting } from '../../db/queries/settings.ts'
import { idleSince } from '../../src/accounts/session.ts'
import { importLimitMib } from '../../src/imports/upload-register.ts'
import { jobMinutes } from '../../src/job-times.ts'
import { formatTarget, rateTargets } from '../../src/reports/targets.ts'
import { INTERNAL_SETTINGS, SETTING_NAMES, SETTINGS } from '../../src/settings/settings.ts'
import { pageApp, textOf } from '../support/page-app.ts'
import { OFFICER } from '../support/signed-in.ts'
import { type TestInstallation, testInstallation } from '../support/test-installation.ts'

const HREF = '/quan-tri/thiet-lap'

let here: TestInstallation
let app: FastifyInstance

before(async () => {
  here = testInstallation()
  app = await pageApp(here)
})
after(() => app.close())

const get = (url: string, officer?: string) =>
  app.inject({ url, ...(officer && { headers: { [OFFICER]: officer } }) })
const set = (name: string, fields: Readonly<Record<string, string>>) =>
  app.inject({
    method: 'POST',
    url: `${HREF}/${name}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(fields).toString(),
  })
const told = () =>
  entriesAfter(here.db, 0, 1000)
    .filter(({ kind }) => kind === 'setting_changed')
    .map(({ data }) => JSON.parse(data) as Record<string, unknown>)

test('every key of the table of settings that SQL or TypeScript names is in the list, or marked internal', () => {
  const known: readonly string[] = [...SETTING_NAMES, ...INTERNAL_SETTINGS]
  const files = globSync(['src/**/*.ts', 'workers/**/*.ts', 'db/**/*.ts'], {
    cwd: new URL('../..', import.meta.url).pathname,
  })
  const named = files.flatMap((file) => {
    const text = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')
    const literal =
      /(?:(?:read|upsert|remove|whole|hour)Setting\((?:deps\.)?db, |settings WHERE key = )'([a-z_]+)'/g
    return [...text.matchAll(literal)].map(([, key]) => key as string)
  })
  assert.ok(named.length > 10, 'they are found')
  assert.deepEqual(
    named.filter((key) => !known.includes(key)),
    [],
  )
})

test('the page shows every setting once, with what it is, its value and its default', async () => {
  upsertSetting(here.db, 'retention_years', { default: 20, '1.004873': 70 })
  const { body } = await get(HREF)
  for (const name of SETTING_NAMES) {
    assert.equal(body.split(`id="${name}"`).length, 2, name)
    assert.ok(textOf(body).includes(SETTINGS[name].about), name)
  }
  assert.match(textOf(body), /20 năm, 1 thủ tục đặt riêng 10 năm/)
})

test('a value within its bounds is kept, told to the audit once, and obeyed', async () => {
  const before = told().length
  for (const _ of [1, 2]) {
    const { statusCode, headers } = await set('session_idle_minutes', { value: '30' })
    assert.deepEqual([statusCode, headers.location], [303, `${HREF}#session_idle_minutes`])
  }
  assert.deepEqual(told().slice(before), [{ setting: 'session_idle_minutes', value: 30 }])
  assert.equal(idleSince(here, here.clock.now()), here.clock.now() - 30 * 60_000)
  await set('import_max_mib', { value: '7' })
  assert.equal(importLimitMib(here), 7)
  await set('night_at', { value: '02:15' })
  const { backup, recount, 'import-folder': folder } = jobMinutes(here.db)
  assert.deepEqual([backup, recount, folder], [135, 135, 30])
  await set('rate_targets', { V2: '98', N1: '60' })
  assert.deepEqual(rateTargets(here.db).V2, { numerator: 98, denominator: 100 })
  const decimals = await set('rate_targets', { V2: '98', N1: '70,54' })
  assert.equal(decimals.statusCode, 303)
  const { V2, N1 } = rateTargets(here.db)
  assert.deepEqual(N1, { numerator: 7054, denominator: 10_000 })
  assert.deepEqual([V2, N1].map(formatTarget), ['98 %', '70,54 %'])
  assert.match((await app.inject(`${HREF}/rate_targets`)).body, /name="N1"[^>]* value="70,54"/)
})

test('a value out of bounds comes back as it was typed with the bounds, and changes nothing', async () => {
  for (const [name, value, sentence] of [
    ['session_hours', '25', /“25” không dùng được\. Hãy nhập từ 1 đến 24/],
    ['session_hours', '-1', /“-1” không dùng được/],
    ['session_hours', '', /“” không dùng được/],
    ['close_at', '05:59', /Hãy nhập từ 06:00 đến 12:00/],
    ['close_at', '99:00', /“99:00” không dùng được/],
  ] as const) {
    const { statusCode, body } = await set(name, { value })
    assert.equal(statusCode, 422)
    assert.match(textOf(body), sentence)
    assert.match(body, new RegExp(`value="${value}"`))
  }
  const percents = await set('rate_targets', { V2: '101', N1: '70' })
  assert.match(textOf(percents.body), /“101” không dùng được\. Hãy nhập từ 0 đến 100/)
  const fine = await set('rate_targets', { V2: '4,567', N1: '70' })
  assert.match(textOf(fine.body), /Hãy nhập từ 0 đến 100, nhiều nhất hai chữ số sau dấu phẩy/)
  const whole = await set('session_hours', { value: '4,5' })
  assert.match(textOf(whole.body), /Hãy nhập từ 1 đến 24, số nguyên/)
  assert.equal(readSetting(here.db, 'session_hours'), undefined)
  assert.equal(readSetting(here.db, 'close_at'), undefined)
})

test('a value that a hand put out of bounds into the table is not obeyed', () => {
  upsertSetting(here.db, 'import_max_mib', 100_000)
  assert.equal(importLimitMib(here), 20)
})

test('a flag is ticked and unticked; terms of single procedures stay beside a new one for all', async () => {
  await set('calendar_may_shorten', { value: '1' })
  assert.equal(readSetting(here.db, 'calendar_may_shorten'), true)
  assert.match((await get(`${HREF}/calendar_may_shorten`)).body, /type="checkbox" value="1" checked/)
  await set('calendar_may_shorten', {})
  assert.equal(readSetting(here.db, 'calendar_may_shorten'), false)
  await set('retention_years', { value: '15' })
  assert.deepEqual(readSetting(here.db, 'retention_years'), { default: 15, '1.004873': 70 })
})

test('back to the default forgets the setting', async () => {
  await set('night_at', { reset: '1' })
  assert.equal(readSetting(here.db, 'night_at'), undefined)
  assert.deepEqual(told().at(-1), { setting: 'night_at', value: 'default' })
})

test('what the product keeps for itself, and what has a page of its own, is not set here', async () => {
  for (const name of ['demo', 'catalogue_version', 'corrections_need_second_person', 'constructor'])
    assert.equal((await set(name, { value: '1' })).statusCode, 404, name)
  assert.equal(readSetting(here.db, 'demo'), undefined)
})

test('only an administrator sees and changes settings', async () => {
  assert.equal((await get(HREF, 'xa-ngoc-ky.chu-tich')).statusCode, 403)
})
