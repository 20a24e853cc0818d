import { type FolderRow, foldersOnTheWay } from '../../db/queries/hand-overs.ts'
import {
  decidedFor,
  dueOf,
  failedMessageAlarms,
  foldersWaiting,
  type Movement,
  movementsOf,
} from '../../db/queries/morning.ts'
import { readSetting } from '../../db/queries/settings.ts'
import { absentOn, postsOn } from '../accounts/posts.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { isTooLong } from '../custody/standing.ts'
import type { Deps } from '../deps.ts'
import { previousWorkingDay } from '../domain/calendar/calendar.ts'
import { addDays, type Instant, instantAt, localDayOf } from '../domain/calendar/day.ts'

/** What a line of the morning is about. `news`: the badge counts it while it is new. */
export const LINES = {
  today: { news: true },
  overdue: { news: false },
  assigned: { news: true },
  sent_back: { news: true },
  answered: { news: false },
  decided: { news: true },
  folders: { news: false },
  late_folders: { news: false },
  failed: { news: true },
} as const satisfies Record<string, { readonly news: boolean }>

export type LineKind = keyof typeof LINES

export interface Mention {
  readonly id: number
  readonly code: string | null
  /** When it became so. */
  readonly at: Instant
}

export interface Line {
  readonly kind: LineKind
  readonly n: number
  /** How many came since this officer last looked. */
  readonly fresh: number
  /** The dossiers it is about, where it is about any. */
  readonly dossiers: readonly Mention[]
}

/** Nobody is told what happened longer ago, however long they were away. In ms. */
const LONGEST_AWAY_MS = 14 * 24 * 60 * 60_000

/** Setting: when an officer last looked at their morning. */
export function seenSetting(officerId: number): `seen:${number}` {
  return `seen:${officerId}`
}

/**
 * What is there for an officer and whoever they stand in for: lines with something in them only, in their order. `news`:
 * without what no badge counts and every page would have to look for.
 */
export function morningOf(
  deps: Pick<Deps, 'db' | 'clock'>,
  officerId: number,
  { news }: { readonly news: boolean } = { news: false },
): readonly Line[] {
  const { db, clock } = deps
  const catalogue = catalogueOf(db)
  const now = clock.now()
  const day = localDayOf(now)
  const before = previousWorkingDay(catalogue.calendar(null), day)
  const [today, tomorrow, yesterday] = [day, addDays(day, 1), before].map((each) => instantAt(each, 0)) as [
    Instant,
    Instant,
    Instant,
  ]
  const stored = readSetting(db, seenSetting(officerId))
  const seen = typeof stored === 'number' ? stored : yesterday
  const since = Math.max(Math.min(seen, yesterday), now - LONGEST_AWAY_MS)
  const officerIds = [officerId, ...absentOn(catalogue, officerId, day)]
  const units = [...new Set(postsOn(catalogue, officerId, day).map(({ unitId }) => unitId))]
  const due = (from: Instant, to: Instant) =>
    dueOf(db, { officerIds, from, to }).map(({ id, code }) => ({ id, code, at: today }))
  const moved = movementsOf(db, { officerIds, me: officerId, since })
  const folders = foldersWaiting(db, { unitIds: units, officerIds, since: seen })
  const late = news ? [] : lateFolders(deps, units)
  const failed = failedMessageAlarms(
    db,
    units.flatMap((id) => catalogue.unitById.get(id)?.key ?? []),
  )
  const of = (kind: LineKind, dossiers: readonly Mention[]): Line => ({
    ...{ kind, dossiers, n: dossiers.length },
    fresh: dossiers.filter(({ at }) => at > seen).length,
  })
  const lines: readonly Line[] = [
    of('today', due(today, tomorrow)),
    of('overdue', due(yesterday, today)),
    of('sent_back', moves(moved, 'sent_back')),
    of('answered', moves(moved, 'answered')),
    of('assigned', moves(moved, 'assigned')),
    of(
      'decided',
      decidedFor(db, officerId, since).map((request) => ({
        id: request.dossierId ?? 0,
        code: request.code,
        at: request.decidedAt,
      })),
    ),
    { kind: 'folders', ...folders, dossiers: [] },
    of(
      'late_folders',
      late.map((folder) => ({
        id: folder.dossierId,
        code: folder.code,
        at: isTooLong(deps, folder, seen) ? seen : now,
      })),
    ),
    {
      kind: 'failed',
      n: failed.length,
      fresh: failed.filter(({ raisedAt }) => raisedAt > seen).length,
      dossiers: [],
    },
  ]
  return lines.filter(({ n }) => n > 0)
}

/** What the badge says: everything new since this officer last looked. */
export function newFor(deps: Pick<Deps, 'db' | 'clock'>, officerId: number): number {
  return morningOf(deps, officerId, { news: true })
    .filter(({ kind }) => LINES[kind].news)
    .reduce((sum, { fresh }) => sum + fresh, 0)
}

/** Folders that have been too long on their way to these units or from them, the longest first. */
function lateFolders(deps: Pick<Deps, 'db' | 'clock'>, unitIds: readonly number[]): readonly FolderRow[] {
  const now = deps.clock.now()
  return foldersOnTheWay(deps.db, unitIds).filter((folder) => isTooLong(deps, folder, now))
}

const MOVED = {
  return_from_signature: 'sent_back',
  reopen: 'sent_back',
  supply_supplement: 'answered',
} as const satisfies Partial<Record<Movement['act'], LineKind>>

/** The dossiers of one kind of movement, each once, the newest first. */
function moves(moved: readonly Movement[], kind: LineKind): readonly Mention[] {
  const kindOf = (act: Movement['act']): LineKind =>
    (MOVED as Partial<Record<string, LineKind>>)[act] ?? 'assigned'
  const found = new Map<number, Mention>()
  for (const { id, code, act, recordedAt } of moved)
    if (kindOf(act) === kind && !found.has(id)) found.set(id, { id, code, at: recordedAt })
  return [...found.values()]
}
