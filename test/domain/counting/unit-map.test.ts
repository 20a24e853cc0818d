import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isSplit, type UnitLink, unitByMap } from '../../../src/domain/counting/unit-map.ts'

const link = (fromUnitId: number, toUnitId: number, kind: UnitLink['kind'], onDay: string): UnitLink => ({
  fromUnitId,
  toUnitId,
  kind,
  onDay,
})
const LINKS = [
  link(30, 40, 'merge', '2025-07-01'), // written down before the earlier one
  link(4, 30, 'merge', '2024-12-01'),
  link(5, 40, 'split_part', '2025-07-01'),
  link(5, 41, 'split_part', '2025-07-01'),
  link(6, 5, 'rename', '2024-12-01'),
  link(7, 40, 'transfer_function', '2025-07-01'),
]

test('a unit is followed through every merger and renaming up to the day', () => {
  assert.deepEqual(
    ['2024-11-30', '2024-12-01', '2025-06-30', '2025-07-01'].map((day) => unitByMap(LINKS, 4, day)),
    [4, 30, 30, 40],
  )
})

test('a unit that was split stands alone, with those it came from; functions take no history along', () => {
  assert.deepEqual(
    [5, 6, 7, 99].map((unit) => unitByMap(LINKS, unit, '2026-01-01')),
    [5, 5, 7, 99],
  )
  assert.deepEqual([isSplit(LINKS, 5, '2025-07-01'), isSplit(LINKS, 5, '2025-06-30')], [true, false])
})

test('a unit founded again under links that lead back is not followed for ever', () => {
  const back = [link(1, 2, 'merge', '2024-01-01'), link(2, 1, 'rename', '2025-01-01')]
  assert.equal(unitByMap(back, 1, '2026-01-01'), 1)
})
