import assert from 'node:assert/strict'
import { test } from 'node:test'
import { groupCommit } from '../../db/group-commit.ts'
import { issueDocument } from '../../src/documents/issue-document.ts'
import { storedDocument } from '../../src/documents/stored-document.ts'
import { parsePeriod } from '../../src/domain/calendar/periods.ts'
import { FORM06_COLUMNS, type Form06Column, form06Row } from '../../src/domain/counting/form06.ts'
import { form06Says } from '../../src/reports/form06-says.ts'
import { type ReportRequest, report } from '../../src/reports/report.ts'
import { deskOf } from '../support/desk.ts'
import { pdfShape, pdfText } from '../support/pdf.ts'
import { refused } from '../support/refused.ts'
import type { TestInstallation } from '../support/test-installation.ts'
import { weekOfDossiers } from '../support/week-of-dossiers.ts'

type Asked = { readonly key?: string; readonly unit?: string; readonly reading?: ReportRequest['reading'] }

function says(installation: TestInstallation, { key = '2023-W10', unit, reading }: Asked = {}) {
  return form06Says(installation, { period: parsePeriod(key), unit, reading })
}

async function printed(installation: TestInstallation, asked: Asked = {}): Promise<Buffer> {
  const writer = groupCommit(installation.db)
  const actor = { officerId: null, role: 'operator' } as const
  const row = await issueDocument(installation, writer, {
    kind: 'form-ii06',
    ...says(installation, asked),
    actor,
  })
  return storedDocument(installation, row)
}

test('every unit’s columns (3) to (13) are those of the report, and the identities are written out', async () => {
  const installation = weekOfDossiers()
  const text = pdfText(await printed(installation))
  const { rows, total } = report(installation, {
    period: parsePeriod('2023-W10'),
    by: 'unit',
    attribution: 'resolving',
  })
  const noted = (n: number, closed: number) => (closed === 0 ? `${n}` : `(${closed}) ${n}`)
  for (const { label, tally } of [...rows, total]) {
    const row = form06Row(tally)
    const figures = (Object.keys(FORM06_COLUMNS) as Form06Column[]).map((column) =>
      noted(row[column], { endedOnTime: row.closedInTime, endedLate: row.closedLate }[column as string] ?? 0),
    )
    assert.ok(text.includes(` ${label} ${figures.join(' ')} `), `${label} ${figures.join(' ')} in ${text}`)
  }
  const all = form06Row(total.tally)
  for (const identity of [
    `(3) ${all.total} = (4) ${all.receivedOnline} + (5) ${all.receivedDirect} + (6) ${all.carriedOver}`,
    `(7) ${all.ended} = (8) ${all.endedEarly} + (9) ${all.endedOnTime} + (10) ${all.endedLate}`,
    `(11) ${all.pending} = (12) ${all.pendingInTime} + (13) ${all.pendingOverdue}`,
    `(3) ${all.total} = (7) ${all.ended} + (11) ${all.pending}`,
  ])
    assert.ok(text.includes(identity), identity)
  for (let column = 1; column <= 13; column += 1) assert.ok(text.includes(` (${column}) `), `(${column})`)
  const { V1 } = total.rates
  assert.ok(text.includes(`(${V1?.numerator}/${V1?.denominator})`))
  for (const part of [
    'Biểu số II.06',
    'ỦY BAN NHÂN DÂN HUYỆN TỨ KỲ',
    'Chốt 13/03/2023 06:00 · bản 1 · công thức ct-',
    'NGƯỜI LẬP BIỂU',
    'CHỦ TỊCH UBND HUYỆN',
    'trong đó hồ sơ rút, dừng',
    'V2,',
    'N1,',
  ])
    assert.ok(text.includes(part), part)
})

test('one unit alone reports by field, with the same total', async () => {
  const installation = weekOfDossiers()
  const { says: paper, subject } = says(installation, { unit: 'xa-ngoc-ky' })
  assert.equal(subject, '2023-W10|r1|xa-ngoc-ky')
  assert.equal(paper.rowsAre, 'Lĩnh vực')
  const byUnit = says(installation).says.rows.find(({ label }) => label === 'Xã Ngọc Kỳ')
  assert.deepEqual(paper.total.figures, byUnit?.figures)
  const text = pdfText(await printed(installation, { unit: 'xa-ngoc-ky' }))
  for (const part of ['Hộ tịch', 'ỦY BAN NHÂN DÂN XÃ NGỌC KỲ', 'CHỦ TỊCH UBND'])
    assert.ok(text.includes(part), part)
})

test('what was closed prints the same later; what is not closed is a new version when its figures move', async () => {
  const installation = weekOfDossiers()
  const closed = await printed(installation)
  const running = await printed(installation, { key: '2023-03' })
  assert.match(pdfText(running), /Số liệu tạm tính đến 13\/03\/2023/)
  deskOf(installation).log()
  installation.at('2023-03-14T09:00')
  assert.ok((await printed(installation)).equals(closed))
  const later = await printed(installation, { key: '2023-03' })
  assert.match(pdfText(later), /Bản 2, thay cho bản ngày 13\/03\/2023/)
  assert.equal(says(installation, { reading: 'current' }).subject, '2023-W10|r0|all')
})

test('a table that does not add up is not printed', () => {
  const installation = weekOfDossiers()
  installation.db.exec(
    `UPDATE snapshots SET figures = replace(figures, '"carriedOver":10', '"carriedOver":11')`,
  )
  const error = refused('table_does_not_add_up', () => says(installation))
  assert.match(error.message, /không được xuất bảng/)
})

test('forty units go on to numbered pages with the heading repeated', async () => {
  const installation = weekOfDossiers()
  const { says: paper } = says(installation)
  const rows = Array.from({ length: 40 }, (_, n) => ({
    ...paper.rows[0]!,
    label: `Phòng Nông nghiệp và Phát triển nông thôn huyện số ${n + 1}`,
  }))
  const actor = { officerId: null, role: 'operator' } as const
  const request = {
    kind: 'form-ii06',
    subject: 'x',
    says: { ...paper, rows, withMoved: true },
    actor,
  } as const
  const row = await issueDocument(installation, groupCommit(installation.db), request)
  const pdf = storedDocument(installation, row)
  const { pages, size } = pdfShape(pdf)
  assert.ok(pages > 1)
  assert.equal(size, '297×210')
  const text = pdfText(pdf)
  assert.ok(text.split('Số hồ sơ đang giải quyết').length - 1 >= pages - 1)
  assert.ok(text.includes('Chuyển giao') && text.includes(`trang ${pages}/${pages}`))
})
