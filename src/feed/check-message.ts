import type { Db } from '../../db/open.ts'
import { type FeedChild, feedUnits } from '../../db/queries/feed-children.ts'
import { type ReceivedRow, receivedRevisions } from '../../db/queries/feed-received.ts'
import { NEWEST_REVISION, snapshotChains } from '../../db/queries/snapshots.ts'
import type { Cell } from '../../db/queries/tallies.ts'
import { type Catalogue, catalogueOf } from '../catalogue/catalogue.ts'
import { type Instant, localDayOf } from '../domain/calendar/day.ts'
import { type Period, parsePeriod } from '../domain/calendar/periods.ts'
import { CHANNEL_INDEX } from '../domain/counting/contributions.ts'
import { brokenTallyIdentities } from '../domain/counting/tally-check.ts'
import { addTallies, COUNTED, COUNTERS, tallyOf } from '../domain/counting/tally-sums.ts'
import { RuleError } from '../domain/refusals.ts'
import type { FeedMessage } from './message.ts'

export interface CheckedMessage {
  readonly unitId: number
  readonly period: Period
  /** Its breakdown by our own ids. */
  readonly cells: readonly Cell[]
  /** This very message came before. */
  readonly isThere: boolean
}

/**
 * What a message of a child means here. Refuses a unit the child does not answer for, a period that is none or not
 * over, procedures and units we do not know, figures that do not add up, and a revision that we hold with another
 * content or cannot put after the one before.
 */
export function checkMessage(db: Db, child: FeedChild, message: FeedMessage, now: Instant): CheckedMessage {
  const catalogue = catalogueOf(db)
  const unitId = unitAnsweredFor(db, catalogue, child, message.unit)
  const period = checkedPeriod(child, message.period, now)
  const before = receivedRevisions(db, { childId: child.id, unitId, periodKey: period.key })
  const same = before.find(({ revision }) => revision === message.revision)
  if (same !== undefined && same.hash !== message.hash) throw new RuleError('feed_conflict', named(message))
  if (same !== undefined) return { unitId, period, cells: [], isThere: true }
  checkFollows(db, message, { unitId, period }, before)
  const cells = message.breakdown.map((cell) => cellOf(catalogue, unitId, cell))
  checkAddsUp(message, cells)
  return { unitId, period, cells, isThere: false }
}

function named({ unit, period, revision }: FeedMessage) {
  return { unit, period, revision }
}

function unitAnsweredFor(db: Db, { unitByKey }: Catalogue, child: FeedChild, key: string): number {
  const unit = unitByKey.get(key)
  if (unit === undefined || !feedUnits(db).get(child.id)?.includes(unit.id))
    throw new RuleError('feed_unit_not_answered', { unit: key, installation: child.installation })
  return unit.id
}

function checkedPeriod({ sinceOn, untilOn, installation }: FeedChild, key: string, now: Instant): Period {
  const period = parsePeriod(key)
  if (period.kind === 'range' || period.key !== key) throw new RuleError('invalid_period', { value: key })
  if (period.to >= localDayOf(now)) throw new RuleError('feed_period_running', { period: period.label })
  if (period.to < sinceOn || (untilOn !== null && period.to > untilOn))
    throw new RuleError('feed_outside_time', { period: period.label, installation })
  return period
}

/** Revisions are stored in their order, each after the one that it was made from. */
function checkFollows(
  db: Db,
  message: FeedMessage,
  { unitId, period }: { readonly unitId: number; readonly period: Period },
  before: readonly ReceivedRow[],
): void {
  const [last] = before
  if (last === undefined) {
    const query = { periodKey: period.key, unitId, revision: NEWEST_REVISION, withBreakdown: false }
    if (snapshotChains(db, query).length > 0)
      throw new RuleError('feed_closed_here', { unit: message.unit, period: period.label })
  }
  if (last !== undefined && last.revision > message.revision)
    throw new RuleError('feed_conflict', named(message))
  const lastHash = last === undefined ? null : (JSON.parse(last.message) as FeedMessage).snapshotHash
  if (lastHash !== message.previousHash || (last === undefined && message.kind === 'difference'))
    throw new RuleError('feed_misses_earlier', named(message))
}

function cellOf(
  { procedureByCode, unitByKey }: Catalogue,
  unitId: number,
  [code, channel, receivingKey, counters]: FeedMessage['breakdown'][number],
): Cell {
  const procedure = procedureByCode.get(code)
  if (procedure === undefined) throw new RuleError('feed_unknown_procedure', { procedure: code })
  const receiving = unitByKey.get(receivingKey)
  if (receiving === undefined) throw new RuleError('feed_unknown_unit', { unit: receivingKey })
  const place = { unitId, receivingUnitId: receiving.id, procedureId: procedure.id, officerId: 0 }
  return { id: 0, place: { ...place, channel: CHANNEL_INDEX[channel] }, tally: tallyOf(counters) }
}

/** Identities hold, the parts are the whole, and where it is the whole figures nothing is below zero. */
function checkAddsUp(message: FeedMessage, cells: readonly Cell[]): void {
  const refuse = (problems: string): never => {
    throw new RuleError('feed_does_not_add_up', { problems, ...named(message) })
  }
  const tally = tallyOf(message.figures.tally)
  const broken = brokenTallyIdentities(tally)
  if (broken.length > 0) refuse(broken.map(({ sentence }) => sentence).join(' '))
  const parts = addTallies(cells.map((cell) => cell.tally))
  const differs = COUNTERS.find((counter) => parts[counter] !== tally[counter])
  if (differs !== undefined)
    refuse(`“${differs}”: tổng ${tally[differs]}, cộng theo thủ tục ${parts[differs]}.`)
  const { kind, figures } = message
  if ((kind === 'full') !== (figures.rates !== undefined)) refuse('Thiếu hoặc thừa tỷ lệ.')
  if (kind === 'difference') return
  const negative = COUNTED.find((counter) => counter !== 'overdueDelta' && tally[counter] < 0)
  if (negative !== undefined || figures.longOverdue < 0) refuse(`“${negative ?? 'longOverdue'}” nhỏ hơn 0.`)
}
