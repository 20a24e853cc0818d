import type { Outgoing } from '../../db/queries/feed-sent.ts'
import type { Catalogue } from '../catalogue/catalogue.ts'
import { CHANNELS } from '../domain/counting/tally.ts'
import { addCells } from '../reports/cells.ts'
import { type BreakdownCell, breakdownText, readBreakdown } from '../reports/figures.ts'
import { type FeedMessage, messageText } from './message.ts'

/**
 * A revision of a unit's period as text to be signed. Procedures and units go by code and key; officers are summed
 * away: no person leaves the installation.
 */
export function composeMessage(catalogue: Catalogue, installation: string, row: Outgoing): string {
  const { unitId, periodKey: period, revision, kind, closedAt, takenAt } = row
  const { formulaVersion, calendarVersion, hash: snapshotHash, previousHash } = row
  const unitKey = (id: number) => catalogue.unitById.get(id)!.key
  const nobody = readBreakdown(unitId, row.breakdown).map((cell) => ({
    ...cell,
    place: { ...cell.place, officerId: 0 },
  }))
  const cells = JSON.parse(breakdownText(addCells(nobody))) as BreakdownCell[]
  return messageText({
    installation,
    unit: unitKey(unitId),
    period,
    revision,
    kind,
    closedAt,
    takenAt,
    formulaVersion,
    calendarVersion,
    figures: JSON.parse(row.figures) as FeedMessage['figures'],
    breakdown: cells.map(([procedureId, channel, , receivingUnitId, counters]) => [
      catalogue.procedureById.get(procedureId)!.code,
      CHANNELS[channel]!,
      unitKey(receivingUnitId),
      counters as Record<string, number>,
    ]),
    snapshotHash,
    previousHash,
  })
}
