import { addDays, instantAt, isoWeekday, localDayOf } from '../../../src/domain/calendar/day.ts'
import { dayNumber } from '../../../src/domain/calendar/day-number.ts'
import type { ProcedureSeed, ProcedureVersionSeed } from '../reference-types.ts'
import { procedures } from '../tu-ky/procedures.ts'
import {
  AT_THE_COUNTER,
  BUSIEST_DAY,
  FROM_HOME,
  FROM_HOME_ON_A_DAY_OFF,
  onlineChance,
  SEASON,
  type UnitProfile,
  unitProfiles,
} from './demand.ts'
import { addOfficeMinutes, momentOn } from './office-time.ts'
import { type Random, random } from './prng.ts'
import type { StoryCalendar, StoryChannel } from './story.ts'

/** A dossier before its life: who wants what, how it came, when the shop took it (or refused it). */
export interface Arrival {
  readonly seeds: readonly [number, number, number, number]
  readonly profile: UnitProfile
  readonly procedure: ProcedureSeed
  readonly version: ProcedureVersionSeed
  readonly channel: StoryChannel
  readonly assisted: boolean
  readonly submittedAt: number | null
  /** Of a refusal at intake: the moment of the refusal. */
  readonly acceptedAt: number
  readonly fate: 'normal' | 'refused_at_intake' | 'duplicate'
}

const BY_CODE = new Map(procedures.map((procedure) => [procedure.code, procedure]))
const RECEIVING_CLOCK_MINUTES = 480
/** 0 to 23 o'clock: people submit in office hours and after supper. */
const HOURS_AT_HOME = [1, 0, 0, 0, 0, 1, 3, 7, 11, 12, 10, 6, 4, 6, 9, 9, 7, 5, 5, 8, 11, 9, 5, 2]

/** All arrivals of the days `from` to `to`; each unit's day has a random stream of its own. */
export function arrivals(seed: number, calendar: StoryCalendar, from: string, to: string): Arrival[] {
  const found: Arrival[] = []
  for (let day = from; day <= to; day = addDays(day, 1)) {
    const busy = SEASON[Number(day.slice(5, 7)) - 1]! * holidayDip(calendar, day)
    for (const [index, profile] of unitProfiles.entries()) {
      const draw = random(seed, index, dayNumber(day))
      const candidates = draw.count(profile.perDay * busy * BUSIEST_DAY)
      for (let turn = 0; turn < candidates; turn += 1) {
        const arrival = arrive([seed, index, dayNumber(day), turn + 1], calendar, profile, day, draw)
        if (arrival === null) continue
        found.push(arrival)
        if (draw.chance(0.0018)) found.push(duplicateOf(arrival))
      }
    }
  }
  return found
}

function arrive(
  seeds: Arrival['seeds'],
  calendar: StoryCalendar,
  profile: UnitProfile,
  day: string,
  draw: Random,
): Arrival | null {
  const codes = Object.keys(profile.procedures)
  const procedure = BY_CODE.get(codes[draw.weighted(Object.values(profile.procedures))]!)!
  const version = procedure.versions.find(
    (row) => row.validFrom <= day && (row.validTo === null || day <= row.validTo),
  )
  const level = version?.onlineLevel ?? 2
  const online = level > 2 && draw.chance(onlineChance(day) + profile.onlineBias)
  const assisted = online && draw.chance(0.42)
  const fromHome = online && !assisted
  if (version === undefined || !draw.chance(attendance(calendar, day, fromHome) / BUSIEST_DAY)) return null
  const channel = online
    ? onlineChannel(level, draw)
    : draw.chance(0.012) && !version.instant
      ? 'postal'
      : 'counter'
  const submittedAt = !online ? null : assisted ? momentOn(calendar, day, draw) : fromHomeAt(day, draw)
  const acceptedAt =
    submittedAt === null
      ? momentOn(calendar, day, draw)
      : receivedAt(calendar, submittedAt, assisted, profile, draw)
  const refused = draw.chance(online ? 0.012 : 0.0015)
  return {
    seeds,
    profile,
    procedure,
    version,
    channel,
    assisted,
    submittedAt,
    acceptedAt,
    fate: refused && !version.instant ? 'refused_at_intake' : 'normal',
  }
}

function attendance(calendar: StoryCalendar, day: string, fromHome: boolean): number {
  const weekday = isoWeekday(day) - 1
  const off = !calendar.isWorkingDay(day)
  if (!fromHome) return off ? 0 : AT_THE_COUNTER[weekday] || AT_THE_COUNTER[4]
  return off && weekday < 5 ? FROM_HOME_ON_A_DAY_OFF : FROM_HOME[weekday]!
}

/** Nobody comes in the week before Tết, few in the week after: three days off or more on Monday to Friday. */
function holidayDip(calendar: StoryCalendar, day: string): number {
  const isHoliday = (distance: number) => {
    const other = addDays(day, distance)
    return isoWeekday(other) <= 5 && !calendar.isWorkingDay(other)
  }
  const ahead = [1, 2, 3, 4, 5, 6, 7].filter(isHoliday).length
  const behind = [-1, -2, -3, -4, -5, -6].filter(isHoliday).length
  if (ahead >= 3) return 0.55
  return behind >= 3 ? 0.75 : 1
}

/** A procedure at level 4 also admits level 3: the fee is then paid at the counter. */
function onlineChannel(level: number, draw: Random): StoryChannel {
  return level === 4 && draw.chance(0.85) ? 'level4' : 'level3'
}

function fromHomeAt(day: string, draw: Random): number {
  return instantAt(day, draw.weighted(HOURS_AT_HOME) * 60) + draw.between(0, 3_599) * 1000
}

/** Most are received within the hour; some only after the 8 working hours of NĐ 45/2020 art 11. */
function receivedAt(
  calendar: StoryCalendar,
  submittedAt: number,
  assisted: boolean,
  profile: UnitProfile,
  draw: Random,
): number {
  if (assisted) return submittedAt + draw.between(3, 12) * 60_000
  const late = draw.chance(profile.lateReceipt)
  const minutes = late
    ? RECEIVING_CLOCK_MINUTES + 20 + draw.waiting(300)
    : Math.min(3 + draw.waiting(75), RECEIVING_CLOCK_MINUTES - 10)
  return addOfficeMinutes(calendar, submittedAt, minutes) + draw.between(0, 59) * 1000
}

/** The same dossier entered twice within minutes; the second one will be voided. */
function duplicateOf(arrival: Arrival): Arrival {
  const later = ((arrival.seeds[3] % 5) + 3) * 60_000
  const [seed, unit, day, turn] = arrival.seeds
  return {
    ...arrival,
    seeds: [seed, unit, day, turn + 5_000],
    submittedAt: arrival.submittedAt,
    acceptedAt: arrival.acceptedAt + later,
    fate: 'duplicate',
  }
}

/** Local day on which the dossier counts as received; null if it never does. */
export function receivedOn({ fate, acceptedAt }: Arrival): string | null {
  return fate === 'normal' ? localDayOf(acceptedAt) : null
}
