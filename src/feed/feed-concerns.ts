import { openAlarms } from '../../db/queries/alarms.ts'
import { unansweredSince } from '../../db/queries/feed-sent.ts'
import type { Config } from '../config.ts'
import type { Deps } from '../deps.ts'
import { askedUnits } from './asked.ts'
import { feedStanding, lastPeriods, PATIENCE_MS } from './standing.ts'

/** Weeks for which children are waited for; what is older than that is seen in its own report. */
const WEEKS = 8

/** A child's revisions are to be acknowledged within this time, in ms. */
const ANSWER_MS = 48 * 60 * 60_000

/** Of a parent: by child and week, what has not come a day after the hour of closing. */
export function lateChildren(deps: Pick<Deps, 'db' | 'clock'>): ReadonlyMap<string, string> {
  const weeks = lastPeriods(deps, deps.clock.now() - PATIENCE_MS, 'week', WEEKS)
  const late = feedStanding(deps, weeks).flatMap(({ child, arrivals }) =>
    arrivals
      .filter(({ isLate }) => isLate)
      .map(({ period, missing }): [string, string] => [
        `${child.installation} ${period.key}`,
        `${child.label} chưa gửi ${period.label} của: ${missing.join(', ')}.`,
      ]),
  )
  return new Map(late)
}

/** Messages not to be trusted are told of for a day; the next one is told of again. */
export function distrusted({ db, clock }: Pick<Deps, 'db' | 'clock'>): ReadonlyMap<string, string> {
  const isYoung = (raisedAt: number) => Math.abs(clock.now() - raisedAt) < PATIENCE_MS
  const open = openAlarms(db).filter(({ kind, raisedAt }) => kind === 'feed_untrusted' && isYoung(raisedAt))
  return new Map(open.map(({ subject, detail }) => [subject, detail]))
}

/** Of a child: what the parent has not acknowledged in two days. */
export function unansweredFigures(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { feedUrl }: Pick<Config, 'feedUrl'>,
): ReadonlyMap<string, string> {
  const asked = feedUrl === null ? null : askedUnits(db)
  if (asked === null) return new Map()
  const n = unansweredSince(db, { ...asked, takenBy: clock.now() - ANSWER_MS })
  return new Map(n === 0 ? [] : [['parent', `${n} bản số liệu chưa được tuyến trên nhận sau hai ngày.`]])
}
