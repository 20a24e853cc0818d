import assert from 'node:assert/strict'
import { test } from 'node:test'
import { terminalTable } from '../../src/cli/terminal-table.ts'

interface Row {
  readonly name: string
  readonly n: string
}

const COLUMNS = [
  { head: 'Đơn vị', align: 'left', cell: ({ name }: Row) => name },
  { head: 'R', align: 'right', cell: ({ n }: Row) => n },
] as const

test('columns are aligned by letters, however their marks are encoded', () => {
  const rows = [
    { name: 'Xã Ngọc Kỳ'.normalize('NFD'), n: '1.234' },
    { name: 'Xã Hà Thanh', n: '5' },
  ]
  assert.equal(
    terminalTable(COLUMNS, rows, { name: 'Tổng số', n: '1.239' }),
    [
      'Đơn vị           R',
      '───────────  ─────',
      'Xã Ngọc Kỳ   1.234',
      'Xã Hà Thanh      5',
      '───────────  ─────',
      'Tổng số      1.239',
      '',
    ].join('\n'),
  )
})

test('a table without rows has its heads', () => {
  assert.equal(terminalTable(COLUMNS, []), 'Đơn vị  R\n──────  ─\n')
})
