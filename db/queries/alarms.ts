import type { AlarmKind } from '../../src/alarms.ts'
import type { Db } from '../open.ts'
import { prepared } from '../prepared.ts'

export interface Alarm {
  readonly id: number
  readonly kind: AlarmKind
  readonly subject: string
  /** Vietnamese, for the person who looks at it. */
  readonly detail: string
  readonly raisedAt: number
}

/** Raises an alarm, or brings the detail of the open one of the same kind and subject up to date. Safe twice. */
export function raiseAlarm(db: Db, alarm: Omit<Alarm, 'id'>): void {
  const changed = prepared(
    db,
    'UPDATE alarms SET detail = ? WHERE kind = ? AND subject = ? AND cleared_at IS NULL',
  ).run(alarm.detail, alarm.kind, alarm.subject).changes
  if (changed > 0) return
  prepared(db, 'INSERT INTO alarms (kind, subject, detail, raised_at) VALUES (?, ?, ?, ?)').run(
    alarm.kind,
    alarm.subject,
    alarm.detail,
    alarm.raisedAt,
  )
}

/** Says that what was raised is in order again; nothing where there is no open alarm. */
export function clearAlarm(db: Db, { kind, subject }: Pick<Alarm, 'kind' | 'subject'>, at: number): void {
  prepared(db, 'UPDATE alarms SET cleared_at = ? WHERE kind = ? AND subject = ? AND cleared_at IS NULL').run(
    at,
    kind,
    subject,
  )
}

/** Alarms a person must look at, oldest first. */
export function openAlarms(db: Db): readonly Alarm[] {
  return prepared<Alarm>(
    db,
    `SELECT id, kind, subject, detail, raised_at AS raisedAt FROM alarms WHERE cleared_at IS NULL ORDER BY raised_at, id`,
  ).all()
}
