import type { Db } from '../../db/open.ts'
import { keepFormula } from '../../db/queries/formulas.ts'
import { closingOf, NEWEST_REVISION, type SnapshotRow, snapshotChains } from '../../db/queries/snapshots.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { tallyOf } from '../domain/counting/tally-sums.ts'
import { breakdownText, differenceText, figuresHash, figuresText } from '../reports/figures.ts'
import { formulaVersionOf } from '../reports/formula-version.ts'
import { NO_EVENT } from '../reports/revise-from-cells.ts'
import type { CheckedMessage } from './check-message.ts'
import type { FeedMessage } from './message.ts'

/**
 * A message as a revision of our own: our ids, our definitions of rates, so that a table has one definition for all
 * its rows, and a hash over our text. The events behind it stay where they were recorded.
 */
export function fedSnapshot(db: Db, message: FeedMessage, checked: CheckedMessage): SnapshotRow {
  const { unitId, period, cells } = checked
  const { revision, kind, closedAt, takenAt, calendarVersion, figures } = message
  const tally = tallyOf(figures.tally)
  const { longOverdue, rates } = figures
  const texts = {
    figures: rates ? figuresText({ tally, longOverdue, rates }) : differenceText({ tally, longOverdue }),
    breakdown: breakdownText(cells),
  }
  const query = { periodKey: period.key, unitId, revision: NEWEST_REVISION, withBreakdown: false }
  const last = snapshotChains(db, query).at(-1)
  const cause = last === undefined ? null : NO_EVENT
  const follows = last === undefined ? null : { hash: last.hash, cause: NO_EVENT }
  return {
    unitId,
    revision,
    kind,
    throughChange: 0,
    closedAt,
    takenAt,
    formulaVersion: closingOf(db, period.key)?.formulaVersion ?? formulaInForce(db),
    calendarVersion,
    ...texts,
    hash: figuresHash({ periodKey: period.key, unitId, ...texts, follows }),
    cause,
  }
}

function formulaInForce(db: Db): string {
  const catalogue = catalogueOf(db)
  const version = formulaVersionOf(catalogue)
  keepFormula(db, version, catalogue.variants)
  return version
}
