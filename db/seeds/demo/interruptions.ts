import { localDayOf } from '../../../src/domain/calendar/day.ts'
import type { DueClock } from './due-clock.ts'
import type { Life } from './life.ts'
import { addOfficeMinutes, momentOn } from './office-time.ts'

const SUPPLEMENTS = [
  'Bổ sung bản sao giấy tờ chứng minh nơi cư trú',
  'Tờ khai thiếu thông tin, đề nghị kê khai lại theo mẫu',
  'Bổ sung bản chính để đối chiếu',
  'Giấy tờ tùy thân đã hết hạn, đề nghị bổ sung bản còn giá trị',
]
const WITHDRAWALS = ['Người nộp đề nghị rút hồ sơ để bổ sung giấy tờ sau', 'Người nộp không còn nhu cầu']
const HALF_DAY = 240

/**
 * What comes between the transfer and the end: a supplement, a payment, a verification, a withdrawal. Returns
 * the moment from which the dossier is worked on again, or null where it ended without a result.
 */
export function interrupt(life: Life, clock: DueClock, acceptedAt: number, startedAt: number): number | null {
  const { arrival, draw } = life
  const sameDay = arrival.version.limit === 'same-day'
  if (draw.chance(sameDay ? 0.006 : 0.05)) return supplement(life, clock, acceptedAt, startedAt)
  if (arrival.version.fee >= 50_000 && !life.paidOnline && draw.chance(0.14))
    return payment(life, clock, startedAt)
  if (!sameDay && draw.chance(arrival.version.extensionDays === null ? 0.012 : 0.06)) {
    return verification(life, clock, startedAt)
  }
  if (!sameDay && draw.chance(0.006)) return withdrawal(life, startedAt)
  return startedAt
}

/** Asked in time, the limit starts anew; asked later or a second time, only the days are given back. */
function supplement(life: Life, clock: DueClock, acceptedAt: number, startedAt: number): number | null {
  const { calendar, draw, arrival } = life
  const lastInTime = calendar.addWorkingDays(localDayOf(acceptedAt), 2)
  const tooLate = calendar.addWorkingDays(localDayOf(acceptedAt), 5)
  const late = tooLate <= clock.dueOn() && draw.chance(0.3)
  const wished = late
    ? momentOn(calendar, tooLate, draw)
    : addOfficeMinutes(calendar, startedAt, draw.waiting(HALF_DAY))
  const latest = late ? clock.dueOn() : earlierOf(lastInTime, clock.dueOn())
  const askedAt = localDayOf(wished) <= latest ? wished : startedAt + 600_000
  if (localDayOf(askedAt) > clock.dueOn()) return startedAt
  const answeredAt = ask(life, askedAt)
  if (answeredAt === null) return null
  if (late || arrival.version.clockPolicies.supplement === 'resume') clock.resume(askedAt, answeredAt)
  else clock.restart(answeredAt)
  if (!draw.chance(0.06)) return answeredAt
  const againAt = addOfficeMinutes(calendar, answeredAt, 30 + draw.waiting(120))
  if (localDayOf(againAt) > clock.dueOn()) return answeredAt
  const answeredAgainAt = ask(life, againAt)
  if (answeredAgainAt !== null) clock.resume(againAt, answeredAgainAt)
  return answeredAgainAt
}

/** One request and its answer; null where none comes and the dossier is withdrawn, stopped or left waiting. */
function ask({ calendar, draw, acts }: Life, askedAt: number): number | null {
  acts.push({ act: 'request_supplement', at: askedAt, actorRole: 'officer', reason: draw.pick(SUPPLEMENTS) })
  if (draw.chance(0.93)) {
    const answeredAt = addOfficeMinutes(calendar, askedAt, 30 + draw.waiting(4 * HALF_DAY))
    acts.push({ act: 'supply_supplement', at: answeredAt, actorRole: 'counter' })
    return answeredAt
  }
  const silence = draw.between(20, 45) * 2 * HALF_DAY
  if (draw.chance(0.5)) {
    acts.push({
      act: 'withdraw',
      at: addOfficeMinutes(calendar, askedAt, silence / 4),
      actorRole: 'counter',
      reason: draw.pick(WITHDRAWALS),
    })
  } else if (draw.chance(0.8)) {
    acts.push({
      act: 'stop',
      at: addOfficeMinutes(calendar, askedAt, silence),
      actorRole: 'officer',
      reason: 'Quá thời gian hướng dẫn mà người nộp không bổ sung hồ sơ',
    })
  }
  return null
}

function payment({ calendar, draw, acts }: Life, clock: DueClock, startedAt: number): number {
  const askedAt = addOfficeMinutes(calendar, startedAt, draw.waiting(HALF_DAY / 2))
  if (localDayOf(askedAt) > clock.dueOn()) return startedAt
  const paidAt = addOfficeMinutes(calendar, askedAt, 15 + draw.waiting(2 * HALF_DAY))
  acts.push({ act: 'request_payment', at: askedAt, actorRole: 'officer' })
  acts.push({ act: 'pay', at: paidAt, actorRole: 'counter' })
  clock.resume(askedAt, paidAt)
  return paidAt
}

/** Where the law allows it (civil status), the limit is extended; elsewhere the clock simply runs on. */
function verification({ arrival, calendar, draw, acts }: Life, clock: DueClock, startedAt: number): number {
  const askedAt = addOfficeMinutes(calendar, startedAt, 20 + draw.waiting(HALF_DAY / 2))
  if (localDayOf(askedAt) > clock.dueOn()) return startedAt
  const { extensionDays, clockPolicies } = arrival.version
  acts.push({ act: 'begin_verification', at: askedAt, actorRole: 'officer' })
  if (extensionDays !== null && draw.chance(0.75)) {
    const days = draw.between(Math.min(2, extensionDays), extensionDays)
    acts.push({
      act: 'extend',
      at: askedAt,
      actorRole: 'officer',
      days,
      reason: 'Phải xác minh theo quy định',
    })
    clock.extend(days)
  }
  const answeredAt = addOfficeMinutes(calendar, askedAt, 60 + draw.waiting(2 * HALF_DAY))
  acts.push({ act: 'end_verification', at: answeredAt, actorRole: 'officer' })
  if (clockPolicies.verification === 'resume') clock.resume(askedAt, answeredAt)
  return answeredAt
}

function withdrawal({ calendar, draw, acts }: Life, startedAt: number): null {
  const at = addOfficeMinutes(calendar, startedAt, 30 + draw.waiting(HALF_DAY))
  const stopped = draw.chance(0.2)
  acts.push(
    stopped
      ? {
          act: 'stop',
          at,
          actorRole: 'officer',
          reason: 'Có tranh chấp đang được cơ quan có thẩm quyền giải quyết',
        }
      : { act: 'withdraw', at, actorRole: 'counter', reason: draw.pick(WITHDRAWALS) },
  )
  return null
}

function earlierOf(one: string, other: string): string {
  return one < other ? one : other
}
