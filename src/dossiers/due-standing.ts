import type { DossierRow } from '../../db/queries/dossier-rows.ts'
import type { WorkCalendar } from '../domain/calendar/calendar.ts'
import { addDays, type LocalDay, localDayOf } from '../domain/calendar/day.ts'
import { overdueWorkingDays, workingDaysLeft } from '../domain/deadlines/deadline.ts'
import type { EndClass } from '../domain/life-cycle/dossier.ts'
import { lateOnAsOf } from '../domain/life-cycle/lateness.ts'
import { distance, shortDay } from '../web/formats.ts'

/** How a dossier stands in time: four meanings while it is open, one when it has ended. */
export type Meaning = 'in_time' | 'due_soon' | 'overdue' | 'paused' | 'ended'

export interface Standing {
  readonly meaning: Meaning
  readonly text: string
}

/** Working days before the due date from which it is due soon. */
export const SOON_WORKING_DAYS = 2

type Timed = Pick<
  DossierRow,
  'state' | 'dueAt' | 'dueOn' | 'lateOn' | 'pausedSince' | 'endedOn' | 'endKind' | 'endClass'
>

/** Where the dossier stands on `today`; null before it was accepted, since nothing is due then. */
export function standingOf(dossier: Timed, calendar: WorkCalendar, today: LocalDay): Standing | null {
  const { dueOn, endedOn } = dossier
  if (dossier.state === 'voided') return { meaning: 'ended', text: 'đã huỷ' }
  if (dueOn === null) return null
  if (endedOn !== null) return endedStanding(dossier, calendar, dueOn, endedOn)
  const lateOn = lateOnAsOf(dossier, today)
  if (lateOn !== null) {
    // Late by the minute on the due date itself.
    if (today < lateOn) return { meaning: 'overdue', text: 'quá giờ hẹn hôm nay' }
    return { meaning: 'overdue', text: distance(workingDaysLeft(calendar, today, addDays(lateOn, -1))) }
  }
  if (dossier.pausedSince !== null) {
    return { meaning: 'paused', text: `tạm dừng từ ${shortDay(localDayOf(dossier.pausedSince))}` }
  }
  const left = workingDaysLeft(calendar, today, dueOn)
  return { meaning: left <= SOON_WORKING_DAYS ? 'due_soon' : 'in_time', text: distance(left) }
}

const ENDED = { early: 'xong trước hạn', on_time: 'xong đúng hạn' } as const satisfies Partial<
  Record<EndClass, string>
>
const CLOSED = { withdrawn: 'đã rút', stopped: 'đã dừng' } as const

function endedStanding(dossier: Timed, calendar: WorkCalendar, dueOn: LocalDay, endedOn: LocalDay): Standing {
  const { endKind, endClass, lateOn } = dossier
  if (endKind === 'withdrawn' || endKind === 'stopped') return { meaning: 'ended', text: CLOSED[endKind] }
  if (endClass !== 'late') return { meaning: 'ended', text: ENDED[endClass ?? 'on_time'] }
  const due = lateOn === null ? dueOn : addDays(lateOn, -1)
  const days = overdueWorkingDays(calendar, due, endedOn)
  return { meaning: 'overdue', text: days === 0 ? 'xong quá hạn' : `xong quá hạn ${days} ngày làm việc` }
}
