import type { Db } from '../../db/open.ts'
import { newestRevision } from '../../db/queries/snapshots.ts'

/**
 * The numbers that a run gives: one for each period, the same for every unit, so that revision n of a period is one
 * moment of all its units here. A run that takes up an interrupted one goes on with its number.
 */
export function revisionNumbers(db: Db, afterChange: number): (periodKey: string, before: number) => number {
  const numbers = new Map<string, number>()
  return (periodKey, before) => {
    let number = numbers.get(periodKey)
    if (number === undefined) {
      const newest = newestRevision(db, periodKey, 'own')
      const isUnfinished = newest !== null && newest.revision > 1 && newest.throughChange > afterChange
      number = isUnfinished ? newest.revision : (newest?.revision ?? 0) + 1
      numbers.set(periodKey, number)
    }
    return Math.max(number, before + 1)
  }
}
