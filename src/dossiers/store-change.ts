import type { Db } from '../../db/open.ts'
import { addToCells } from '../../db/queries/cells.ts'
import { FACT_COLUMNS, insertDossier, type StoredDossier, updateDossier } from '../../db/queries/dossiers.ts'
import { explanationId } from '../../db/queries/explanations.ts'
import { keepLateChanges } from '../../db/queries/late-changes.ts'
import {
  addText,
  appendEvent,
  closePause,
  openPause,
  overdueSpellsOf,
  pausesOf,
  replaceStays,
  staysOf,
  unitStaysOf,
} from '../../db/queries/timeline.ts'
import { auditAct } from '../audit/audit-act.ts'
import { type Instant, localDayOf } from '../domain/calendar/day.ts'
import {
  type Contribution,
  type CountingFacts,
  contributionChanges,
  contributions,
  NO_FACTS,
  supplementDaysOf,
} from '../domain/counting/contributions.ts'
import { withStay } from '../domain/counting/stays.ts'
import type { Due } from '../domain/deadlines/deadline.ts'
import type { ActResult } from '../domain/life-cycle/acts.ts'
import type { Dossier } from '../domain/life-cycle/dossier.ts'
import type { Act } from '../domain/life-cycle/life-cycle.ts'
import { NOTHING_HAPPENED } from '../domain/life-cycle/nothing-happened.ts'
import { RuleError } from '../domain/refusals.ts'
import { checkClosedDays } from './closed-days.ts'
import { checkWords } from './is-erased.ts'
import type { Acting } from './own-unit.ts'

export interface Happening {
  readonly act: Act
  readonly at: Instant
  readonly recordedAt: Instant
  readonly actor: Acting
  readonly reason?: string | undefined
  readonly note?: string | undefined
}

/** The desk's part of a new row. */
export type NewRow = Pick<StoredDossier, 'code' | 'slipNumber' | 'applicantId' | 'proxyId' | 'sittingId'>

/** Writes a new dossier, its first event and what it adds to the cells: one transaction, the caller's. */
export function storeNew(db: Db, row: NewRow, result: ActResult, happening: Happening): StoredDossier {
  const facts = withExplanation(db, result.next, result.due)
  const inserted = { ...facts, ...row, version: 1, recordedAt: happening.recordedAt }
  const id = insertDossier(db, inserted)
  const eventId = storeHappening(db, id, 1, happening, JSON.stringify(changedFacts(NOTHING_HAPPENED, facts)))
  count(db, eventId, happening, contributionChanges([], contributions(facts, NO_FACTS)))
  return { ...inserted, id }
}

/**
 * Writes what an act made of a dossier: row, pauses, event, cells, in the caller's transaction.
 * `beside` changes the rows beside the dossier's that decide what it contributes. Refuses with `stale` when somebody
 * changed the row since it was read, and with `dossier_erased` words about a dossier whose people are gone.
 */
export function storeChange(
  db: Db,
  before: StoredDossier,
  result: ActResult,
  happening: Happening,
  desk: Partial<NewRow> = {},
  beside: () => void = () => {},
): StoredDossier {
  checkWords(db, before, happening)
  const factsBefore = countingFacts(db, before)
  beside()
  const after: StoredDossier = { ...before, ...withExplanation(db, result.next, result.due), ...desk }
  if (!updateDossier(db, after)) throw new RuleError('stale')
  if (result.closePause) closePause(db, before.id, happening.at)
  if (result.openPause) openPause(db, before.id, { ...result.openPause, fromAt: happening.at })
  if (happening.act === 'assign') storeHandOver(db, before, after, factsBefore, happening.at)
  const seq = before.version + 1
  const eventId = storeHappening(db, before.id, seq, happening, JSON.stringify(changedFacts(before, after)))
  const changes = contributionChanges(
    contributions(before, factsBefore),
    contributions(after, countingFacts(db, after)),
  )
  count(db, eventId, happening, changes)
  return { ...after, version: seq }
}

/** Moves the cells; what it changes on days of closed periods is kept for their revisions, and takes the right to. */
function count(db: Db, eventId: number, happening: Happening, changes: readonly Contribution[]): void {
  addToCells(db, changes)
  const late = keepLateChanges(db, eventId, localDayOf(happening.recordedAt), changes)
  checkClosedDays(db, happening, late)
}

/** The facts an act set: what its event records, and from which the row can be rebuilt. */
export function changedFacts(before: Partial<Dossier>, after: Dossier): Partial<Dossier> {
  const changed: Record<string, unknown> = {}
  for (const name of FACT_COLUMNS) {
    if (before[name] !== after[name]) changed[name] = after[name]
  }
  return changed as Partial<Dossier>
}

/** The row's facts as its events tell them, oldest first: from the blank dossier, one change after the other. */
export function rebuild(events: readonly { readonly changes: string }[]): Dossier {
  const changes = events.map((event) => JSON.parse(event.changes) as Partial<Dossier>)
  return Object.assign({}, NOTHING_HAPPENED, ...changes) as Dossier
}

/** The facts beside the row that decide what it contributes to the cells. */
export function countingFacts(db: Db, dossier: StoredDossier): CountingFacts {
  const unitStays = dossier.unitSince === null ? [] : unitStaysOf(db, dossier.id)
  if (dossier.acceptedAt === null) return { ...NO_FACTS, unitStays }
  const supplementDays =
    dossier.supplementCount > 0 ? supplementDaysOf(pausesOf(db, dossier.id), dossier.acceptedAt) : []
  return {
    supplementDays,
    stays: staysOf(db, dossier.id),
    unitStays,
    overdueSpells: overdueSpellsOf(db, dossier.id),
  }
}

function storeHandOver(
  db: Db,
  before: StoredDossier,
  after: StoredDossier,
  facts: CountingFacts,
  at: Instant,
): void {
  if (after.acceptedOn === null) return
  const first = [{ from: after.acceptedOn, officerId: before.assigneeId ?? 0 }]
  const stays = facts.stays.length > 0 ? facts.stays : first
  replaceStays(db, before.id, withStay(stays, localDayOf(at), after.assigneeId ?? 0))
}

function storeHappening(db: Db, id: number, seq: number, happening: Happening, changes: string): number {
  const { act, at: occurredAt, recordedAt, actor } = happening
  const event = {
    ...{ seq, act, occurredAt, recordedAt, changes },
    ...{ actorId: actor.officerId, onBehalfOfId: actor.onBehalfOfId },
  }
  const eventId = appendEvent(db, id, event)
  // What the machine does by itself, an import or a night's work, is covered by the roots of the days.
  if (actor.role !== 'system') auditAct(db, id, eventId, event)
  if (happening.reason) addText(db, id, seq, 'reason', happening.reason)
  if (happening.note) addText(db, id, seq, 'note', happening.note)
  return eventId
}

function withExplanation(db: Db, facts: Dossier, due: Due | undefined): Dossier {
  if (due === undefined) return facts
  const { calendarVersion, receiptDay, provisional, strip } = due
  return { ...facts, explanationId: explanationId(db, { calendarVersion, receiptDay, provisional, strip }) }
}
