import assert from 'node:assert/strict'
import { test } from 'node:test'
import { catalogueOf } from '../../src/catalogue/catalogue.ts'
import { parseInstant } from '../../src/domain/calendar/day.ts'
import { closesAt, parsePeriod } from '../../src/domain/calendar/periods.ts'
import { beatOnce } from '../../workers/embedded-runner.ts'
import { attack } from './support/attack.ts'
import { assertWorkDoneOnce } from './support/nothing-lost.ts'
import { CLOCK_START } from './support/processes.ts'
import { moments, RESTARTS } from './support/rounds.ts'

const JUMPS = RESTARTS * 10
const CLOSING = '2023-12-18T06:00'
const DAY_MS = 24 * 60 * 60_000

test(`a clock that jumps ${JUMPS} times back and forth over a closing closes each period once, none before its hour`, () =>
  attack({ from: '2023-12-01' }, async ({ installation }) => {
    const { db, clock } = installation
    const draw = moments('jumping clock')
    const closing = parseInstant(CLOSING)
    for (let jump = 0; jump < JUMPS; jump += 1) {
      const far = jump % 2 === 0 ? 5 * 60_000 : 9 * DAY_MS
      clock.set(Math.round(closing + draw(-far, far)))
      await beatOnce(installation)
    }
    clock.set(parseInstant(CLOCK_START))
    // The second beat is for what becomes due by the work of the first: the copy of the backup.
    await beatOnce(installation)
    await beatOnce(installation)
    assertWorkDoneOnce(installation)
    const closed = db
      .prepare<[], { key: string; closed_at: number }>('SELECT key, closed_at FROM periods')
      .all()
    const calendar = catalogueOf(db).calendar(null)
    for (const { key, closed_at } of closed) assert.ok(closed_at >= closesAt(calendar, parsePeriod(key)), key)
    assert.ok(closed.length > 3)
  }))
