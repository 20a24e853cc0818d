import assert from 'node:assert/strict'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { csvOf, ENDED, OPEN } from '../support/register-file.ts'
import { runCli } from '../support/run-cli.ts'
import { type TempInstallation, tempInstallation } from '../support/temp-installation.ts'

let here: TempInstallation
let there: TempInstallation
let folder: string

before(() => {
  here = tempInstallation('2023-03-20T09:00')
  there = tempInstallation('2023-03-20T09:00')
  folder = here.config.dataDir
})

after(() => {
  here.close()
  there.close()
})

const cli = ({ env }: TempInstallation, ...args: string[]) => runCli(args, { env })
const dossiers = ({ db }: TempInstallation) =>
  (db.prepare('SELECT count(*) AS n FROM dossiers').get() as { n: number }).n

test('import looks first, says what is wrong by row and column, and writes nothing', async () => {
  const file = join(folder, 'wrong.csv')
  writeFileSync(file, csvOf({}, { code: '000.24.35.H23-230306-0009', accepted_at: '31/02/2023' }))
  const { code, out } = await cli(here, 'import', file)
  assert.equal(code, 1)
  assert.match(out, /✗ dòng 3, Ngày nhận \(accepted_at\): có “31\/02\/2023”, cần ngày có thật/)
  const applied = await cli(here, 'import', file, '--apply', '--json')
  assert.equal(applied.code, 1)
  assert.match(applied.err, /còn 1 chỗ phải sửa nên không có gì được ghi/)
  assert.equal((JSON.parse(applied.out) as { errors: number }).errors, 1)
  assert.equal(dossiers(here), 0)
})

test('what export writes, import reads into another installation, as CSV and as a workbook', async () => {
  const file = join(folder, 'register.csv')
  writeFileSync(
    file,
    csvOf(
      { ...ENDED, applicant: '=1+A1', phone: '+86900000001' },
      { ...OPEN, code: '000.24.35.H23-230306-0009' },
    ),
  )
  const first = await cli(here, 'import', file, '--apply')
  assert.equal(first.code, 0, first.out + first.err)
  assert.match(first.out, /Đã nhập: 2 dòng hồ sơ, 2 mới/)
  const [csv, excel] = [join(folder, 'out.csv'), join(folder, 'out.xlsx')]
  for (const out of [csv, excel]) assert.equal((await cli(here, 'export', out, '--with-numbers')).code, 0)
  const text = readFileSync(csv, 'utf8')
  assert.match(text, /,'=1\+A1,/)
  assert.match(text, /,'\+86900000001,/)
  assert.equal(statSync(csv).mode & 0o077, 0)
  assert.match((await cli(there, 'import', csv, '--apply')).out, /2 mới/)
  assert.match((await cli(there, 'import', excel, '--apply')).out, /2 đã có và không đổi/)
  assert.equal(dossiers(there), 2)
  const names = there.db.prepare('SELECT name FROM persons ORDER BY id').all() as { name: string }[]
  assert.deepEqual(
    names.map(({ name }) => name),
    ['=1+A1', 'Nguyễn Thị Đào'],
  )
})

test('without being asked, export leaves ID and phone numbers out', async () => {
  const out = join(folder, 'plain.csv')
  await cli(here, 'export', out, '--unit', 'xa-ngoc-ky', '--from', '2023-03-01', '--to', '2023-03-31')
  const text = readFileSync(out, 'utf8')
  assert.match(text, /000\.24\.35\.H23-230306-0007/)
  assert.doesNotMatch(text, /900000001/)
})
