import { clearAlarm, openAlarms } from '../../db/queries/alarms.ts'
import {
  childOfUnit,
  endFeedChild,
  type FeedChild,
  feedChildren,
  findFeedChild,
  giveFeedUnit,
  insertFeedChild,
  setFeedKey,
} from '../../db/queries/feed-children.ts'
import { addToOutbox } from '../../db/queries/outbox.ts'
import { must } from '../accounts/access.ts'
import type { AlarmKind } from '../alarms.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import { INSTALLATION_NAME } from '../config.ts'
import type { Actor, Deps } from '../deps.ts'
import { addDays, type LocalDay, localDayOf, parseDay } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'
import { findUnit } from '../reports/scope.ts'
import { publicText, readPublicKey } from './feed-keys.ts'

export interface ChildInput {
  readonly installation: string
  readonly label: string
  readonly publicKey: string
  /** Periods that end on this day or later come from it. */
  readonly since: string
  /** Keys or codes. */
  readonly units: readonly string[]
}

/** Alarms about messages of a child: nothing more of it will come. */
const OF_MESSAGES: ReadonlySet<AlarmKind> = new Set(['feed_refused', 'feed_untrusted'])

/** Registers an installation that feeds this one, with its key and the units it answers for. */
export function addChild(deps: Pick<Deps, 'db' | 'clock'>, actor: Actor, input: ChildInput): void {
  must(actor, 'children')
  const { db, clock } = deps
  const { installation } = input
  if (!INSTALLATION_NAME.test(installation)) throw new RuleError('invalid_installation', { installation })
  const sinceOn = parseDay(input.since)
  const publicKey = publicText(readPublicKey(input.publicKey))
  const add = db.transaction(() => {
    if (findFeedChild(db, installation) !== null) throw new RuleError('installation_taken', { installation })
    const unitIds = freeUnits(deps, input.units, sinceOn)
    const label = input.label || installation
    const id = insertFeedChild(db, { installation, label, publicKey, sinceOn, addedAt: clock.now() })
    for (const unitId of unitIds) giveFeedUnit(db, id, unitId)
    auditChild(deps, actor, id, 'added')
    tellChildren(deps)
  })
  add.immediate()
}

/** From tomorrow on nothing of it is expected or taken; what has come stays. */
export function removeChild(deps: Pick<Deps, 'db' | 'clock'>, actor: Actor, installation: string): void {
  must(actor, 'children')
  const { db, clock } = deps
  const end = db.transaction(() => {
    const { id } = requireChild(deps, installation)
    endFeedChild(db, id, localDayOf(clock.now()))
    auditChild(deps, actor, id, 'removed')
    for (const { kind, subject } of openAlarms(db))
      if (OF_MESSAGES.has(kind) && subject.split(' ')[0] === installation)
        clearAlarm(db, { kind, subject }, clock.now())
    tellChildren(deps)
  })
  end.immediate()
}

/** After a child has made itself a new key. */
export function renewChildKey(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  { installation, publicKey }: Pick<ChildInput, 'installation' | 'publicKey'>,
): void {
  must(actor, 'children')
  const text = publicText(readPublicKey(publicKey))
  const renew = deps.db.transaction(() => {
    const { id } = requireChild(deps, installation)
    setFeedKey(deps.db, id, text)
    auditChild(deps, actor, id, 'key_renewed')
  })
  renew.immediate()
}

function auditChild(
  deps: Pick<Deps, 'db' | 'clock'>,
  { officerId }: Actor,
  child: number,
  what: 'added' | 'removed' | 'key_renewed',
): void {
  recordAudit(deps, { kind: 'child_changed', actorId: officerId, data: { child, what } })
}

function requireChild({ db }: Pick<Deps, 'db'>, installation: string): FeedChild {
  const child = findFeedChild(db, installation)
  if (child !== null) return child
  const known = feedChildren(db).map((each) => each.installation)
  throw new RuleError('unknown_installation', { installation, known: known.join(', ') || '–' })
}

/** A unit is answered for by one installation at a time. */
function freeUnits({ db }: Pick<Deps, 'db'>, units: readonly string[], since: LocalDay): readonly number[] {
  if (units.length === 0) throw new RuleError('feed_without_units')
  const catalogue = catalogueOf(db)
  return units.map((text) => {
    const { id, key } = findUnit(catalogue, text, since)
    const before = childOfUnit(db, id)
    if (before !== null && (before.untilOn === null || before.untilOn >= since))
      throw new RuleError('unit_fed_already', {
        unit: key,
        installation: before.installation,
        from: before.untilOn === null ? '' : addDays(before.untilOn, 1),
      })
    return id
  })
}

/** The workers tell the children at the next tick. */
function tellChildren({ db, clock }: Pick<Deps, 'db' | 'clock'>): void {
  const now = clock.now()
  addToOutbox(db, { job: 'feed-held', payload: JSON.stringify({ day: localDayOf(now) }) }, now)
}
