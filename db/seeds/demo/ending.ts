import { addDays, instantAt, localDayOf } from '../../../src/domain/calendar/day.ts'
import type { Life } from './life.ts'
import { addOfficeMinutes, momentOn, openMoment } from './office-time.ts'
import type { StoryAct } from './story.ts'

const APOLOGIES = [
  'Số lượng hồ sơ tăng đột biến, cán bộ thụ lý chưa kịp giải quyết',
  'Cần xác minh thêm thông tin tại nơi cư trú trước đây',
  'Đang chờ ý kiến của cơ quan phối hợp',
]
const OVERDUE_REASONS = [
  'staff_overload',
  'equipment_or_network',
  'other_agency_late',
  'complex_verification',
  'applicant_cause',
  'conflicting_rules',
] as const
const OVERDUE_WEIGHTS = [40, 12, 20, 18, 6, 4]
const REFUSED_ON_THE_MERITS = 'Không đủ điều kiện theo quy định, đã trả lời bằng văn bản'

/** The result, in time or late with or without an apology, and its way to the applicant. */
export function end(life: Life, dueOn: string, workedAt: number, lateChance: number): void {
  const { draw } = life
  const readyAt = workedAt + draw.between(8, 50) * 60_000
  const inTime = !draw.chance(lateChance) && localDayOf(readyAt) <= dueOn
  const finish = inTime ? finishInTime(life, dueOn, readyAt) : finishLate(life, dueOn, workedAt)
  life.acts.push(finish)
  const handedAt = handOver(life, finish.at)
  if (inTime && handedAt !== null && draw.chance(0.0015)) closeAgain(life, handedAt)
}

function finishInTime(life: Life, dueOn: string, readyAt: number): StoryAct {
  const { calendar, draw } = life
  const day = draw.chance(0.7) ? dayBetween(life, localDayOf(readyAt), dueOn) : dueOn
  const overtime = draw.chance(0.015)
  const at = overtime
    ? Math.max(readyAt, instantAt(day, calendar.shifts.at(-1)![1] + draw.between(5, 70)))
    : momentOn(calendar, day, draw, readyAt)
  return finished(life, localDayOf(at) <= dueOn ? at : readyAt)
}

/** A working day from `from` to the day before `dueOn`, if there is one. */
function dayBetween({ calendar, draw }: Life, from: string, dueOn: string): string {
  const days: string[] = []
  for (let day = from; day < dueOn; day = addDays(day, 1)) if (calendar.isWorkingDay(day)) days.push(day)
  return days.length === 0 ? dueOn : days[Math.floor(draw.next() ** 0.7 * days.length)]!
}

function finishLate(life: Life, dueOn: string, workedAt: number): StoryAct {
  const { calendar, draw, acts } = life
  // Done in time, but clicked days later: late all the same, with its own cause.
  const forgotten = draw.chance(0.12)
  const tail = draw.chance(0.05) ? draw.between(10, 70) : 0
  const daysLate = forgotten ? draw.between(2, 6) : 1 + Math.floor(draw.waiting(1.6)) + tail
  const day = calendar.addWorkingDays(dueOn, daysLate)
  const at = momentOn(calendar, day, draw, openMoment(calendar, workedAt) + 600_000)
  if (!forgotten) apologise(life, dueOn, workedAt, at)
  const overdueReason = forgotten ? 'data_entry_error' : OVERDUE_REASONS[draw.weighted(OVERDUE_WEIGHTS)]!
  const apologisedAt = acts.at(-1)!.at
  return { ...finished(life, Math.max(at, apologisedAt + 60_000)), overdueReason }
}

/** NĐ 61/2018 art 19.9: at the latest one working day before the due date, once; some are late, some missing. */
function apologise(
  { calendar, draw, acts }: Life,
  dueOn: string,
  workedAt: number,
  finishedAt: number,
): void {
  const lastDay = calendar.addWorkingDays(dueOn, -1)
  const inTime = localDayOf(workedAt) <= lastDay && draw.chance(0.6)
  const late = !inTime && draw.chance(0.3)
  if (!inTime && !late) return
  const at = momentOn(calendar, inTime ? lastDay : calendar.addWorkingDays(dueOn, 1), draw, workedAt + 60_000)
  if (at >= finishedAt || localDayOf(at) > calendar.addWorkingDays(dueOn, 1)) return
  acts.push({
    act: 'apologise',
    at,
    actorRole: 'officer',
    reason: draw.pick(APOLOGIES),
    newAppointmentOn: calendar.addWorkingDays(dueOn, draw.between(2, 7)),
  })
}

function finished({ draw }: Life, at: number): StoryAct {
  const outcome = (['granted', 'refused', 'partly'] as const)[draw.weighted([985, 12, 3])]!
  return {
    act: 'finish',
    at,
    actorRole: 'officer',
    outcome,
    ...(outcome === 'refused' && { reason: REFUSED_ON_THE_MERITS }),
  }
}

/** Waiting for the applicant costs no time; a few never come. Returns null for those. */
function handOver({ arrival, calendar, draw, acts, eResult }: Life, finishedAt: number): number | null {
  if (eResult && arrival.submittedAt !== null && draw.chance(0.8)) {
    const at = finishedAt + draw.between(1, 15) * 60_000
    acts.push({ act: 'return_result', at, actorRole: 'officer', returnMode: 'online' })
    return at
  }
  if (draw.chance(0.012)) return null
  const byPost = arrival.channel === 'postal' || (arrival.submittedAt !== null && draw.chance(0.08))
  const wait = arrival.version.limit === 'same-day' ? 10 + draw.waiting(120) : 20 + draw.waiting(500)
  const at = addOfficeMinutes(calendar, finishedAt, wait)
  acts.push({ act: 'return_result', at, actorRole: 'counter', returnMode: byPost ? 'postal' : 'counter' })
  return at
}

/** A wrong result, noticed when handed over: opened again by the head and put right within the hour. */
function closeAgain({ draw, acts }: Life, handedAt: number): void {
  const reopenedAt = handedAt + draw.between(5, 20) * 60_000
  const finishedAt = reopenedAt + draw.between(10, 30) * 60_000
  acts.push({
    act: 'reopen',
    at: reopenedAt,
    actorRole: 'head',
    reason: 'Kết quả in sai thông tin, thu hồi để cấp lại',
  })
  acts.push({ act: 'finish', at: finishedAt, actorRole: 'officer', outcome: 'granted' })
  acts.push({ act: 'return_result', at: finishedAt + 300_000, actorRole: 'counter', returnMode: 'counter' })
}
