import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clockMinute, clockTime } from '../../../src/domain/calendar/clock-time.ts'

test('minutes are written as a clock does, and read back', () => {
  for (const [minutes, time] of [
    [0, '00:00'],
    [5, '00:05'],
    [450, '07:30'],
    [900, '15:00'],
    [1439, '23:59'],
  ] as const) {
    assert.equal(clockTime(minutes), time)
    assert.equal(clockMinute(time), minutes)
  }
})

test('a length of time has more hours than a day', () => {
  assert.equal(clockTime(1530), '25:30')
})
