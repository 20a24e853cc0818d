import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { KEYS, keysOn } from '../../src/web/keys.ts'

const PAGE = readFileSync(new URL('../../docs/van-hanh.md', import.meta.url), 'utf8')

test('docs/van-hanh.md lists the keys of every page as the pages do, and no other', () => {
  const [, section = ''] = PAGE.split('## Phím tắt\n')
  const rows = (section.split('\n## ')[0] ?? '')
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(1)
  const known = KEYS.flatMap(({ title, keys }) =>
    keys.map((key) => `| ${title} | ${key.keys.map((each) => `\`${each}\``).join(' + ')} | ${key.does} |`),
  )
  assert.deepEqual(rows, known)
})

test('a page has its own keys and the general ones, the general ones last', () => {
  const titles = (route: string | undefined) => keysOn(route).map(({ title }) => title)
  assert.deepEqual(titles('/ho-so/:code'), ['Một hồ sơ', 'Mọi trang', 'Giấy đang xem'])
  assert.deepEqual(titles('/ho-so/:code/da-nhan'), ['Vừa tiếp nhận', 'Mọi trang', 'Giấy đang xem'])
  assert.deepEqual(titles('/viec/danh-sach'), ['Mọi trang', 'Giấy đang xem'])
  assert.deepEqual(titles('/bao-cao'), ['Mọi trang', 'Giấy đang xem'])
  assert.deepEqual(titles(undefined), ['Mọi trang', 'Giấy đang xem'])
})
