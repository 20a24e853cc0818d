import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { COLUMN_NAMES } from '../../src/imports/columns.ts'
import { ENCODINGS } from '../../src/imports/decode-text.ts'
import { ROWS_AT_MOST } from '../../src/imports/read-register.ts'
import { OUTCOMES } from '../../src/imports/register-row.ts'
import { importFile } from '../support/import-file.ts'
import { testInstallation } from '../support/test-installation.ts'

const read = (file: string) => readFileSync(new URL(`../../docs/${file}`, import.meta.url))
const page = read('import.md').toString()

test('docs/import.md says what each column means, in the order of the export', () => {
  const rows = page.split('\n').filter((line) => line.startsWith('| `'))
  const named = rows.flatMap((line) =>
    [...(line.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name),
  )
  assert.deepEqual(named, COLUMN_NAMES)
  for (const outcome of OUTCOMES) assert.ok(page.includes(`\`${outcome}\``), outcome)
  assert.equal(ENCODINGS.length, 6)
  assert.ok(page.includes(`${ROWS_AT_MOST.toLocaleString('vi')} dòng`))
})

test('the sample register does what docs/import.md says it does', () => {
  const installation = testInstallation('2023-03-20T09:00')
  const sample = read('samples/so-theo-doi.csv')
  const first = importFile(installation, sample)
  assert.deepEqual([first.rows, first.added, first.errors, first.warnings], [4, 4, 0, 0])
  const late = installation.db
    .prepare('SELECT code, late_on AS lateOn FROM dossiers WHERE late_on IS NOT NULL')
    .all()
  assert.deepEqual(
    late.map((row) => ({ ...(row as object) })),
    [{ code: '000.24.35.H23-230306-0002', lateOn: '2023-03-10' }],
  )
  assert.equal(importFile(installation, sample).unchanged, 4)
  const newer = sample.toString().replace('21/03/2023;;;', '21/03/2023;20/03/2023 08:00;đồng ý;')
  const second = importFile(installation, newer)
  assert.deepEqual([second.changed, second.unchanged], [1, 3])
  installation.db.close()
})
