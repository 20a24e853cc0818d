import { test } from 'node:test'
import fc from 'fast-check'
import { addHistoryProcedures, anyHistory, playHistory } from './any-history.ts'
import { testInstallation } from './test-installation.ts'

/**
 * The suite plays the same histories every time; `HISTORIES=500 npm test` plays that many new ones. Each is some sixty
 * acts that happened and as many that were refused.
 */
const WHICH =
  process.env.HISTORIES === undefined
    ? { seed: 20230306, numRuns: 100 }
    : { numRuns: Number(process.env.HISTORIES) }

export const HISTORY_LENGTH = 120

/** An installation on which histories are played and undone, and a test for what holds after any of them. */
export function histories() {
  const installation = testInstallation()
  addHistoryProcedures(installation)
  const { db } = installation

  function undone(body: () => void): void {
    db.exec('BEGIN')
    try {
      body()
    } finally {
      db.exec('ROLLBACK')
    }
  }

  function law<T>(name: string, arbitrary: fc.Arbitrary<T>, check: (value: T) => void): void {
    test(name, () => {
      const property = fc.property(anyHistory(HISTORY_LENGTH), arbitrary, (history, value) =>
        undone(() => {
          playHistory(installation, history)
          check(value)
        }),
      )
      fc.assert(property, WHICH)
    })
  }

  return { installation, undone, law, which: WHICH }
}
