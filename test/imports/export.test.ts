import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import * as XLSX from '@e965/xlsx'
import type { FastifyInstance } from 'fastify'
import { catalogueOf } from '../../src/catalogue/catalogue.ts'
import { COLUMN_NAMES } from '../../src/imports/columns.ts'
import { exportRegister } from '../../src/imports/export-register.ts'
import { readTable } from '../../src/imports/read-table.ts'
import { importableUnits, importersSeen } from '../../src/imports/seen-imports.ts'
import { pausesCsv } from '../../src/imports/write-csv.ts'
import { workbookPieces } from '../../src/imports/write-workbook.ts'
import { COUNTER, deskOf } from '../support/desk.ts'
import { everyState } from '../support/every-state.ts'
import { EVERYTHING, exported, importFile } from '../support/import-file.ts'
import { textOf } from '../support/page-app.ts'
import { actorNow, person } from '../support/people.ts'
import { serviceApp } from '../support/service-app.ts'
import { testInstallation } from '../support/test-installation.ts'

const installation = testInstallation('2023-03-06T09:00')
const states = everyState(installation)
let app: FastifyInstance

before(async () => {
  const desk = deskOf(installation)
  installation.at('2023-03-08T10:00')
  desk.log({ unit: 'xa-hung-dao', applicant: { name: '=HYPERLINK("http://x")' }, at: '2023-03-08T09:30' })
  app = await serviceApp(installation)
})

after(async () => {
  await app.close()
  installation.db.close()
})

const rowsOf = (csv: string | Buffer) => readTable(Buffer.from(csv)).rows.slice(1)
const at = (row: readonly string[], column: (typeof COLUMN_NAMES)[number]) =>
  row[COLUMN_NAMES.indexOf(column)] ?? ''
const register = (query: string, headers = {}) => app.inject({ url: `/api/v1/register?${query}`, headers })

test('what is exported, imported elsewhere and exported again gives the same bytes, in either format', () => {
  for (const asExcel of [true, false]) {
    const copy = testInstallation('2023-03-08T10:00')
    const first = exported(installation)
    const report = asExcel
      ? importFile(copy, first.excel)
      : importFile(copy, first.csv, { pauses: first.pauses })
    assert.deepEqual([report.errors, report.added], [0, 11])
    const second = exported(copy)
    assert.equal(second.csv.toString(), first.csv.toString())
    assert.equal(second.pauses.toString(), first.pauses.toString())
    assert.deepEqual(second.excel, first.excel)
    copy.db.close()
  }
})

test('every state but the voided one is in the register, several pauses in its second part', () => {
  const rows = rowsOf(exported(installation).csv)
  const codes = Object.entries(states).map(
    ([state, { code, slipNumber }]) => [state, code ?? slipNumber ?? ''] as const,
  )
  for (const [state, code] of codes)
    assert.equal(
      rows.some((row) => at(row, 'code') === code),
      state !== 'voided',
      state,
    )
  assert.deepEqual(
    rows
      .map((row) => at(row, 'outcome'))
      .filter((outcome) => outcome !== '')
      .sort(),
    ['granted', 'granted', 'not_accepted', 'stopped', 'withdrawn'],
  )
  const pauses = rowsOf([...pausesCsv(exportRegister(installation, EVERYTHING))].join(''))
  assert.deepEqual(pauses, [
    [states['awaiting_supplement']!.code, '2023-03-07T10:00', '2023-03-07T11:00', 'supplement'],
  ])
})

test('a workbook opens elsewhere with its two sheets, all cells text, markup and control characters tamed', () => {
  const cells = ['<b>&"\u0001', '=1+1', '  _x0041_ ', 'Nguyễn\r\nĐào']
  const bytes = Buffer.concat([...workbookPieces([[{ cells, earlier: [['a', 'b', 'c', 'd']] }]])])
  const book = XLSX.read(bytes, { type: 'buffer' })
  assert.deepEqual(book.SheetNames, ['register', 'pauses'])
  const [sheet, pauses] = book.SheetNames.map((name) => book.Sheets[name]!)
  const row = XLSX.utils.sheet_to_json<string[]>(sheet!, { header: 1 })[0]!
  assert.deepEqual(
    row.map((text: string) => text.replace(/\r\n?/g, '\n')),
    ['<b>&"', '=1+1', '  _x0041_ ', 'Nguyễn\nĐào'],
  )
  assert.equal(sheet!['B1'].f, undefined)
  assert.equal(XLSX.utils.sheet_to_json(pauses!, { header: 1 }).length, 2)
})

test('unit, year and days choose what is exported; what nobody can read is refused in words', async () => {
  const count = async (query: string) => rowsOf((await register(query)).body).length
  assert.equal(await count('unit=xa-ngoc-ky'), 10)
  assert.equal(await count('unit=huyen-tu-ky'), 11)
  assert.equal(await count('year=2023'), 11)
  assert.equal(await count('year=2022'), 0)
  assert.equal(await count('from=2023-03-07&to=2023-03-08'), 2)
  assert.equal(await count('to=2023-03-06'), 9)
  for (const [query, code] of [
    ['year=2023&from=2023-01-01', 'year_or_days'],
    ['from=2023-03-08&to=2023-03-07', 'days_reversed'],
    ['unit=xa-khong-co', 'unknown_unit'],
  ] as const)
    assert.equal((await register(query)).json().code, code)
})

test('the download is never kept, has no numbers of people, and a name is no formula', async () => {
  deskOf(installation, COUNTER).log({ applicant: { name: 'Trần Thị Mơ', idNumber: '999190001234' } })
  const { headers, body } = await register('format=csv')
  assert.equal(headers['cache-control'], 'no-store')
  assert.match(String(headers['content-disposition']), /attachment; filename="so-theo-doi\.csv"/)
  assert.match(body, /Trần Thị Mơ/)
  assert.doesNotMatch(body, /999190001234/)
  assert.match(body, /"'=HYPERLINK/)
  const page = await app.inject('/quan-tri/xuat-so/tep?format=xlsx&unit=xa-ngoc-ky&year=&from=&to=')
  assert.equal(page.headers['cache-control'], 'no-store')
  assert.equal(readTable(page.rawPayload).rows.length, 12)
})

test('a head exports the register of the units they head, and no other', async () => {
  const as = { 'x-motcua-officer': headOf('xa-ngoc-ky') }
  assert.equal((await register('unit=xa-ngoc-ky', as)).statusCode, 200)
  assert.equal(
    (await register('', as)).body,
    (await register('unit=xa-ngoc-ky', as)).body,
    'without a unit: of all their own',
  )
  assert.equal((await register('unit=xa-hung-dao', as)).json().code, 'export_of_own_unit')
  const cookie = { 'x-motcua-officer': headOf('xa-ngoc-ky') }
  const book = (unit: string) => app.inject({ url: `/quan-tri/so-theo-doi/2023/${unit}`, headers: cookie })
  assert.deepEqual(
    [(await book('xa-ngoc-ky')).statusCode, (await book('xa-hung-dao')).statusCode],
    [200, 403],
  )
})

test('who heads one unit and only works or watches in another takes out nothing of that, nor imports into it', async () => {
  const key = 'hai-noi'
  const posts = [
    { unit: 'xa-ngoc-ky', role: 'head' },
    { unit: 'xa-hung-dao', role: 'counter' },
    { unit: 'xa-tai-son', role: 'appraiser' },
  ] as const
  const officerId = person(installation, key, 'Lê Hai Nơi', { posts })
  const as = { 'x-motcua-officer': key }
  assert.equal((await register('unit=xa-hung-dao', as)).json().code, 'export_of_own_unit')
  assert.equal((await register('', as)).body, (await register('unit=xa-ngoc-ky', as)).body)
  const form = textOf((await app.inject({ url: '/quan-tri/xuat-so', headers: as })).body)
  assert.match(form, /Xã Ngọc Kỳ/)
  assert.doesNotMatch(form, /Xã Hưng Đạo|Xã Tái Sơn/)
  const { unitByKey } = catalogueOf(installation.db)
  const headed = unitByKey.get('xa-ngoc-ky')!.id
  assert.deepEqual([...(importableUnits(installation, officerId) ?? [])], [headed])
  assert.deepEqual(importersSeen(installation, actorNow(installation, key)!)?.unitKeys, ['xa-ngoc-ky'])
  const book = (unit: string) => app.inject({ url: `/quan-tri/so-theo-doi/2023/${unit}`, headers: as })
  assert.deepEqual(
    [(await book('xa-hung-dao')).statusCode, (await book('xa-tai-son')).statusCode],
    [200, 403],
    'a clerk reads the year’s register of the unit, an appraiser does not',
  )
})

function headOf(unit: string): string {
  const officer = installation.db
    .prepare(
      `SELECT o.key FROM officers o JOIN memberships m ON m.officer_id = o.id JOIN units u ON u.id = m.unit_id
         WHERE u.key = ? AND m.role = 'head' AND m.valid_from <= '2023-03-08' AND coalesce(m.valid_to, '9') >= '2023-03-08'`,
    )
    .get(unit) as { key: string }
  return officer.key
}

test('a clerk exports nothing, and a refused choice comes back as it was typed', async () => {
  const officer = 'xa-ngoc-ky.mot-cua-1'
  assert.equal((await register('', { 'x-motcua-officer': officer })).json().code, 'not_permitted')
  for (const url of ['/quan-tri/xuat-so', '/quan-tri/xuat-so/tep?format=csv'])
    assert.equal((await app.inject({ url, headers: { 'x-motcua-officer': officer } })).statusCode, 403)
  const wrong = await app.inject('/quan-tri/xuat-so/tep?year=20233&format=csv')
  assert.equal(wrong.statusCode, 422)
  assert.match(textOf(wrong.body), /Năm “20233” không hợp lệ/)
  assert.match(wrong.body, /value="20233"/)
})
