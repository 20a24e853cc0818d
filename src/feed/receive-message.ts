import { clearAlarm, raiseAlarm } from '../../db/queries/alarms.ts'
import { type FeedChild, findFeedChild } from '../../db/queries/feed-children.ts'
import { insertReceived } from '../../db/queries/feed-received.ts'
import { upsertPeriod } from '../../db/queries/periods.ts'
import { insertSnapshot } from '../../db/queries/snapshots.ts'
import type { Deps } from '../deps.ts'
import { RuleError } from '../domain/refusals.ts'
import { checkMessage } from './check-message.ts'
import { fedSnapshot } from './fed-snapshot.ts'
import { isSignedBy } from './feed-keys.ts'
import { readMessage } from './message.ts'
import type { Answer } from './take-answer.ts'

export interface Received {
  /** To whom the answer goes. */
  readonly installation: string
  readonly answer: Answer
  /** False: refused, or there already. */
  readonly isNew: boolean
}

/**
 * Takes what came through the queue: a message of a registered child, signed by it, that adds up, is stored as a
 * revision of the unit's period in one transaction. The same message again changes nothing. What is refused is
 * answered with the reason and raises an alarm; null: whoever sent it is not to be trusted and gets no answer.
 */
export function receiveMessage(deps: Pick<Deps, 'db' | 'clock'>, envelope: unknown): Received | null {
  const { db, clock } = deps
  const opened = openEnvelope(envelope)
  const child = opened === null ? null : findFeedChild(db, opened.installation)
  if (opened === null || child === null || !isSignedBy(child.publicKey, opened.text, opened.signature)) {
    distrust(deps, child?.installation ?? 'unknown', opened?.installation ?? '')
    return null
  }
  const { installation } = child
  const { unit = '', period = '', revision = 0 } = opened.value
  const answered = { unit: String(unit), period: String(period), revision: Number(revision) }
  const alarm = { kind: 'feed_refused', subject: subjectOf({ installation, ...answered }) } as const
  try {
    const isNew = store(deps, child, opened)
    return { installation, isNew, answer: { ...answered, refusal: null, missesEarlier: false } }
  } catch (error) {
    if (!(error instanceof RuleError)) throw error
    const missesEarlier = error.code === 'feed_misses_earlier'
    // It comes by itself once those before have come.
    if (!missesEarlier)
      raiseAlarm(db, {
        ...alarm,
        detail: `${answered.unit}, bản ${answered.revision}: ${error.message}`,
        raisedAt: clock.now(),
      })
    return { installation, isNew: false, answer: { ...answered, refusal: error.message, missesEarlier } }
  }
}

/** What the alarm about a refused message is about. */
export function subjectOf(of: { installation: string; period: string; unit: string }): string {
  return `${of.installation} ${of.period} ${of.unit}`
}

interface Opened {
  readonly text: string
  readonly signature: string
  readonly value: Readonly<Record<string, unknown>>
  readonly installation: string
}

function openEnvelope(envelope: unknown): Opened | null {
  const { message: text, signature } = (envelope ?? {}) as Partial<Record<string, unknown>>
  if (typeof text !== 'string' || typeof signature !== 'string') return null
  try {
    const value = JSON.parse(text) as Readonly<Record<string, unknown>>
    const installation = value['installation']
    return typeof installation === 'string' ? { text, signature, value, installation } : null
  } catch {
    return null
  }
}

/** Anybody who reaches the queue can write any name into a message: only registered names become subjects. */
function distrust({ db, clock }: Pick<Deps, 'db' | 'clock'>, subject: string, name: string): void {
  const detail =
    subject === 'unknown'
      ? `Có số liệu gửi đến dưới tên “${name.slice(0, 60)}” chưa đăng ký; đã bỏ qua.`
      : 'Có số liệu mang tên hệ thống này nhưng chữ ký không đúng; đã bỏ qua.'
  raiseAlarm(db, { kind: 'feed_untrusted', subject, detail, raisedAt: clock.now() })
}

function store(
  deps: Pick<Deps, 'db' | 'clock'>,
  child: FeedChild,
  { value, text, signature }: Opened,
): boolean {
  const { db, clock } = deps
  const message = readMessage(value)
  const now = clock.now()
  const write = db.transaction(() => {
    const checked = checkMessage(db, child, message, now)
    if (!checked.isThere) {
      const { unitId, period } = checked
      const { revision, closedAt, hash } = message
      upsertPeriod(db, period)
      insertSnapshot(db, period.key, fedSnapshot(db, message, checked))
      insertReceived(db, {
        childId: child.id,
        unitId,
        periodKey: period.key,
        revision,
        receivedAt: now,
        closedAt,
        hash,
        message: text,
        signature,
      })
    }
    clearAlarm(db, { kind: 'feed_refused', subject: subjectOf(message) }, now)
    clearAlarm(db, { kind: 'feed_untrusted', subject: child.installation }, now)
    return !checked.isThere
  })
  return write.immediate()
}
