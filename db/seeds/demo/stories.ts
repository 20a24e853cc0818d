import { addDays, instantAt, localDayOf } from '../../../src/domain/calendar/day.ts'
import { communeKeys, DISTRICT_SHOP, units } from '../tu-ky/units.ts'
import { type Arrival, arrivals } from './arrivals.ts'
import { actsOf } from './life.ts'
import { meetOnlineTargets } from './online-target.ts'
import { person } from './people.ts'
import { type Random, random } from './prng.ts'
import type { DueOf, Story, StoryAct, StoryApplicant, StoryCalendar } from './story.ts'

export interface StorySetting {
  readonly calendar: StoryCalendar
  readonly dueOf: DueOf
  /** First and last day on which dossiers arrive. */
  readonly from: string
  readonly to: string
  /** Acts recorded at or after this instant have not happened yet; default: the midnight after `to`. */
  readonly until?: number
  readonly seed?: number
}

export const DEMO_SPAN = { from: '2021-12-01', to: '2023-12-31' } as const

const SEED = 70_54
const PEOPLE_PER_DAILY_DOSSIER = 330

/**
 * About 60,000 invented dossiers of `DEMO_SPAN`, in the order of their first acts, the same ones on every run.
 * The days of an earlier, shorter span keep their dossiers when the span grows, except that online shares of
 * a year with a target (2022: 70.54 %) are met only once the span holds the whole year.
 */
export function* stories(setting: StorySetting): Generator<Story, void, undefined> {
  const { calendar, dueOf, from, to } = setting
  const seed = setting.seed ?? SEED
  const until = setting.until ?? instantAt(addDays(to, 1), 0)
  const all = meetOnlineTargets(arrivals(seed, calendar, from, to), from, to)
  all.sort((a, b) => firstMoment(a) - firstMoment(b) || compareSeeds(a, b))
  let ref = 1
  for (const arrival of all) {
    const story = tell(arrival, calendar, dueOf, until, ref)
    if (story === null) continue
    yield story
    ref += 1
  }
}

function firstMoment({ submittedAt, acceptedAt }: Arrival): number {
  return submittedAt ?? acceptedAt
}

function compareSeeds({ seeds: a }: Arrival, { seeds: b }: Arrival): number {
  return a[1] - b[1] || a[2] - b[2] || a[3] - b[3]
}

/** Null where nothing of it is recorded yet. */
function tell(
  arrival: Arrival,
  calendar: StoryCalendar,
  dueOf: DueOf,
  until: number,
  ref: number,
): Story | null {
  const { profile, procedure, version, channel, assisted, submittedAt } = arrival
  const draw = random(...arrival.seeds)
  const day = localDayOf(arrival.acceptedAt)
  const quantity = quantityOf(procedure.code, draw)
  const fee = feeOf(procedure.code, version.fee, quantity, draw)
  const paidOnline = fee > 0 && submittedAt !== null && draw.chance(channel === 'level4' ? 0.7 : 0.25)
  const eResult = !version.instant && draw.chance(eResultChance(day, submittedAt !== null))
  const acts = actsOf({ arrival, calendar, draw, acts: [], paidOnline, eResult }, dueOf)
  const known = acts.filter((act) => recordedAt(act) < until)
  if (known.length === 0) return null
  return {
    ref,
    unit: profile.key,
    receivingUnit: communeKeys.includes(profile.key) ? profile.key : DISTRICT_SHOP,
    procedure: procedure.code,
    channel,
    assisted,
    submittedAt,
    acts: known,
    applicant: applicantOf(arrival),
    quantity,
    fee,
    paidOnline,
    digitised: submittedAt !== null || draw.chance(digitisedChance(day, version.instant)),
    eResult,
  }
}

function recordedAt({ at, recordedAt }: StoryAct): number {
  return recordedAt ?? at
}

/** People of the commune, who come more than once; at the district, people of every commune. */
function applicantOf({ seeds, profile, fate }: Arrival): StoryApplicant {
  const [seed, unit, day, turn] = seeds
  // A duplicate is the dossier of the same person: its turn is that of the first entry plus a constant.
  const draw = random(seed + 2, unit, day, fate === 'duplicate' ? turn - 5_000 : turn)
  const commune = communeKeys.indexOf(profile.key)
  const home = commune === -1 ? draw.between(0, communeKeys.length - 1) : commune
  const name = UNIT_NAMES.get(communeKeys[home]!)!
  const people = commune === -1 ? 2_000 : Math.round(profile.perDay * PEOPLE_PER_DAILY_DOSSIER)
  return person(seed, home, name, draw.between(0, people - 1))
}

const UNIT_NAMES = new Map(units.map((unit) => [unit.key, inSentence(unit.versions[0]!.name)]))

function inSentence(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1)
}

function quantityOf(code: string, draw: Random): number {
  if (code === '2.000815') return 1 + Math.floor(draw.waiting(3))
  return code === '2.000635' ? 1 + Math.floor(draw.waiting(1.2)) : 1
}

/** Certified copies by the page: 2,000 each for two pages, 1,000 from the third, 200,000 a copy at most. */
function feeOf(code: string, fee: number, quantity: number, draw: Random): number {
  if (code !== '2.000815') return fee * quantity
  const pages = 1 + Math.floor(draw.waiting(1.5))
  return Math.min(pages <= 2 ? pages * 2_000 : 4_000 + (pages - 2) * 1_000, 200_000) * quantity
}

function eResultChance(day: string, online: boolean): number {
  const grown = day < '2022-06-01' ? 0.1 : day < '2022-12-01' ? 0.3 : day < '2023-06-01' ? 0.5 : 0.7
  return online ? grown : grown / 3
}

/** Digitising at the counter began at districts on 1/12/2022 and at communes on 1/6/2023. */
function digitisedChance(day: string, instant: boolean): number {
  const habit = day < '2022-12-01' ? 0.05 : day < '2023-06-01' ? 0.25 : 0.65
  return instant ? habit / 2 : habit
}
