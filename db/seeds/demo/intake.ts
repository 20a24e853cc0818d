import { addDays, instantAt, localDayOf, minuteOfDay } from '../../../src/domain/calendar/day.ts'
import type { Life } from './life.ts'
import { addOfficeMinutes, momentOn, openMoment } from './office-time.ts'

const REFUSALS_AT_INTAKE = [
  'Thủ tục không thuộc thẩm quyền giải quyết của đơn vị',
  'Hồ sơ nộp trùng với hồ sơ đã tiếp nhận',
  'Giấy tờ đính kèm không đọc được, đã hướng dẫn nộp lại đầy đủ',
  'Người nộp không thuộc đối tượng thực hiện thủ tục',
]
// NĐ 61/2018 art 18.2: received after 15:00, transferred at the start of the next working day.
const TRANSFER_CUTOFF_MINUTE = 15 * 60

/**
 * From the submission to the shop's decision. Returns the moment of acceptance (as it counts), or null where
 * the story ends here: refused, or entered twice and voided.
 */
export function intake({ arrival, calendar, draw, acts }: Life): number | null {
  const { submittedAt, assisted, acceptedAt, fate, version } = arrival
  if (submittedAt !== null) {
    acts.push({ act: 'submit', at: submittedAt, actorRole: assisted ? 'counter' : 'applicant' })
  }
  if (fate === 'refused_at_intake') {
    acts.push({
      act: 'refuse_intake',
      at: acceptedAt,
      actorRole: 'counter',
      reason: draw.pick(REFUSALS_AT_INTAKE),
    })
    return null
  }
  if (version.instant) {
    acts.push({
      act: 'resolve_at_once',
      at: acceptedAt,
      actorRole: 'counter',
      outcome: 'granted',
      returnMode: 'counter',
    })
  } else {
    // The power was off, or the line: written on paper, typed in on the next working morning.
    const fromPaper = submittedAt === null && version.limit !== 'same-day' && draw.chance(0.008)
    const nextDay = calendar.addWorkingDays(localDayOf(acceptedAt), 1)
    const recordedAt = openMoment(calendar, momentOn(calendar, nextDay, draw))
    acts.push({
      act: 'accept',
      at: acceptedAt,
      actorRole: 'counter',
      ...(fromPaper && { recordedAt, reason: 'Mất điện, nhập bù từ sổ giấy' }),
    })
  }
  if (fate !== 'duplicate') return acceptedAt
  acts.push({
    act: 'void',
    at: addOfficeMinutes(calendar, lastMoment(acts), 20 + draw.waiting(240)),
    actorRole: 'head',
    reason: 'Nhập trùng hồ sơ',
  })
  return null
}

/** The transfer to the resolver; a same-day dossier is sometimes resolved at the counter without one. */
export function beginWork({ arrival, calendar, draw, acts }: Life, dueOn: string): number {
  const acceptedAt = arrival.acceptedAt
  const recordedAt = lastMoment(acts)
  const dueToday = dueOn === localDayOf(acceptedAt)
  if (arrival.version.limit === 'same-day' && draw.chance(0.15)) return recordedAt
  const afterCutoff = minuteOfDay(recordedAt) > TRANSFER_CUTOFF_MINUTE
  const late = !dueToday && draw.chance(0.03)
  const wait = dueToday ? draw.between(2, 15) : draw.between(8, 110)
  const nextOpening = openMoment(calendar, nextMidnight(recordedAt))
  const at =
    late || (afterCutoff && !dueToday)
      ? addOfficeMinutes(calendar, nextOpening, late ? draw.between(60, 300) : draw.between(0, 15))
      : addOfficeMinutes(calendar, recordedAt, wait)
  acts.push({ act: 'transfer', at, actorRole: 'counter' })
  return at
}

function nextMidnight(at: number): number {
  return instantAt(addDays(localDayOf(at), 1), 0)
}

function lastMoment(acts: Life['acts']): number {
  const last = acts.at(-1)!
  return last.recordedAt ?? last.at
}
