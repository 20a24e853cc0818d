import type { CriteriaSet } from '../../src/domain/reform-index/criteria-set.ts'
import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

export interface IssuedSet {
  readonly id: number
  readonly hash: string
  readonly set: CriteriaSet
}

/** The newest issued version of every criteria set, by year. */
export function issuedSets(db: Db): readonly IssuedSet[] {
  return prepared<{ id: number; hash: string; definition: string }>(
    db,
    `SELECT id, hash, definition FROM criteria_sets c WHERE status = 'issued' AND version =
       (SELECT max(version) FROM criteria_sets WHERE set_id = c.set_id AND status = 'issued') ORDER BY year, set_id`,
  )
    .all()
    .map(({ id, hash, definition }) => ({ id, hash, set: JSON.parse(definition) as CriteriaSet }))
}
