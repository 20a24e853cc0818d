import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { DEMO_SPAN, stories } from '../../db/seeds/demo/stories.ts'
import type { Story, StoryAct, StoryCalendar } from '../../db/seeds/demo/story.ts'
import { procedures } from '../../db/seeds/tu-ky/procedures.ts'
import { units } from '../../db/seeds/tu-ky/units.ts'
import { addDays, instantAt, isoWeekday, localDayOf, minuteOfDay } from '../../src/domain/calendar/day.ts'
import type { State } from '../../src/domain/life-cycle/dossier.ts'
import { nextState, TRANSITIONS, type Transition } from '../../src/domain/life-cycle/life-cycle.ts'

// A small calendar: Monday to Friday, and the two Tết holidays of the span.
const OFF = new Set([
  ...['2022-01-31', '2022-02-01', '2022-02-02', '2022-02-03', '2022-02-04'],
  ...['2023-01-20', '2023-01-23', '2023-01-24', '2023-01-25', '2023-01-26'],
])
const calendar: StoryCalendar = {
  isWorkingDay: (day) => isoWeekday(day) <= 5 && !OFF.has(day),
  addWorkingDays(day, n) {
    let found = day
    for (let left = Math.abs(n); left > 0; ) {
      found = addDays(found, Math.sign(n))
      if (calendar.isWorkingDay(found)) left -= 1
    }
    return found
  },
  shifts: [
    [450, 690],
    [780, 1020],
  ],
}

const LIMITS = new Map(procedures.map(({ code, versions }) => [code, versions[0]!.limit]))

/** Working days as they are, other days as five working days to the week: near enough to aim at. */
function dueOf(code: string, acceptedAt: number) {
  const limit = LIMITS.get(code)!
  const day = localDayOf(acceptedAt)
  const days = limit === 'same-day' ? Number(minuteOfDay(acceptedAt) > 900) : daysOf(limit)
  const dueOn = calendar.addWorkingDays(day, days)
  return { dueAt: instantAt(dueOn, 1020), dueOn }
}

function daysOf(limit: string): number {
  const amount = Number.parseInt(limit, 10)
  return limit.endsWith('wd') ? amount : Math.ceil((amount * 5) / 7)
}

const all = [...stories({ calendar, dueOf, ...DEMO_SPAN })]
const received = all.filter(
  ({ acts }) => acceptedAt(acts) !== null && !acts.some(({ act }) => act === 'void'),
)

test('the same stories come out on every run', () => {
  assert.equal(hashOf(all), hashOf([...stories({ calendar, dueOf, ...DEMO_SPAN })]))
  assert.notEqual(
    hashOf([...stories({ calendar, dueOf, from: '2021-12-01', to: '2021-12-10', seed: 1 })]),
    hashOf([...stories({ calendar, dueOf, from: '2021-12-01', to: '2021-12-10', seed: 2 })]),
  )
})

test('a longer span keeps the dossiers of the shorter one', () => {
  const asked = ({ ref, unit, procedure, submittedAt, applicant }: Story) => [
    ref,
    unit,
    procedure,
    submittedAt,
    applicant.idNumber,
  ]
  const short = [...stories({ calendar, dueOf, from: '2021-12-01', to: '2021-12-20', until: Infinity })]
  const long = [...stories({ calendar, dueOf, from: '2021-12-01', to: '2022-01-05', until: Infinity })]
  assert.deepEqual(long.slice(0, short.length).map(asked), short.map(asked))
})

test('there are about 60,000 stories from 01/12/2021 to 31/12/2023, numbered in the order of time', () => {
  assert.ok(all.length > 57_000 && all.length < 64_000, String(all.length))
  all.forEach((story, index) => {
    assert.equal(story.ref, index + 1)
    assert.ok(index === 0 || story.acts[0]!.at >= all[index - 1]!.acts[0]!.at)
  })
  assert.equal(localDayOf(all[0]!.acts[0]!.at), '2021-12-01')
  assert.equal(localDayOf(all.at(-1)!.acts[0]!.at), '2023-12-31')
})

test('in 2022 the share received online rounds to exactly 70.54 %, and certification is about a fifth', () => {
  const in2022 = received.filter(({ acts }) => localDayOf(acceptedAt(acts)!).startsWith('2022'))
  const online = in2022.filter(({ channel }) => channel === 'level3' || channel === 'level4').length
  assert.equal(Math.floor((online * 10_000) / in2022.length + 0.5), 7054)
  const certification = in2022.filter(({ procedure }) => fieldOf(procedure) === 'chung-thuc').length
  assert.ok(Math.abs(certification / in2022.length - 0.2) < 0.02, String(certification / in2022.length))
})

test('nothing is submitted online that is not offered online, and level 4 only where it is offered', () => {
  for (const { procedure, channel, submittedAt } of all) {
    const level = procedures.find(({ code }) => code === procedure)!.versions[0]!.onlineLevel ?? 2
    const isOnline = channel === 'level3' || channel === 'level4'
    assert.equal(isOnline, submittedAt !== null)
    if (isOnline) assert.ok(level >= (channel === 'level4' ? 4 : 3), procedure)
  }
})

test('the acts of a story follow the table of transitions, with the reasons and the head it asks for', () => {
  for (const { ref, acts } of all) {
    let state: State | null = null
    for (const act of acts) {
      state = nextState(state, act.act)
      const transition: Transition = TRANSITIONS[act.act]
      if (transition.needsReason) assert.ok(act.reason !== undefined, `${ref} ${act.act}`)
      if (transition.role === 'head') assert.equal(act.actorRole, 'head')
    }
  }
})

test('no act comes before the one it follows, neither as it happened nor as it was recorded', () => {
  const until = instantAt('2024-01-01', 0)
  for (const { ref, acts } of all) {
    acts.forEach((act, index) => {
      const before = acts[index - 1]
      if (before !== undefined) assert.ok(act.at >= before.at, `${ref} ${act.act}`)
      if (before !== undefined) assert.ok(recordedAt(act) >= recordedAt(before), `${ref} ${act.act}`)
      assert.ok(recordedAt(act) < until)
    })
  }
})

test('an acceptance entered later is at most one working day old', () => {
  const backDated = all.flatMap(({ acts }) => acts.filter((act) => act.recordedAt !== undefined))
  assert.ok(backDated.length > 10)
  for (const act of backDated) {
    assert.equal(localDayOf(act.recordedAt!), calendar.addWorkingDays(localDayOf(act.at), 1))
  }
})

test('officers work in office hours, with few exceptions after closing; people submit at any time', () => {
  const byStaff = all.flatMap(({ acts }) => acts.filter(({ actorRole }) => actorRole !== 'applicant'))
  const outside = byStaff.filter(({ at }) => !isOpen(at)).length
  assert.ok(outside > 0 && outside / byStaff.length < 0.03, String(outside / byStaff.length))
  assert.ok(byStaff.every(({ at }) => calendar.isWorkingDay(localDayOf(at))))
  const onSundays = all.filter(
    ({ submittedAt }) => submittedAt !== null && isoWeekday(localDayOf(submittedAt)) === 7,
  )
  assert.ok(onSundays.length > 500)
})

test('Mondays are busier than Fridays, and the week before Tết is quiet', () => {
  const perWeekday = [1, 5].map((weekday) => received.filter((s) => weekdayOf(s) === weekday).length)
  assert.ok(perWeekday[0]! > perWeekday[1]! * 1.3)
  const between = (from: string, to: string) =>
    received.filter(({ acts }) => {
      const day = localDayOf(acceptedAt(acts)!)
      return from <= day && day <= to
    }).length
  assert.ok(between('2022-01-24', '2022-01-28') < between('2022-01-10', '2022-01-14') * 0.8)
})

test('units differ: the best answer about 99 % in time, the worst about 90 %', () => {
  const rates = new Map<string, [inTime: number, all: number]>()
  for (const { unit, acts } of received) {
    const finish = acts.find(({ act }) => act === 'finish' || act === 'resolve_at_once')
    if (finish === undefined) continue
    const [inTime, total] = rates.get(unit) ?? [0, 0]
    rates.set(unit, [inTime + Number(finish.overdueReason === undefined), total + 1])
  }
  const shares = [...rates.values()].map(([inTime, total]) => inTime / total).sort()
  assert.ok(shares.at(-1)! > 0.985 && shares[0]! < 0.95 && shares[0]! > 0.88, shares.join(' '))
})

test('every messy case occurs', () => {
  const count = (is: (story: Story) => boolean) => all.filter(is).length
  const has = (name: StoryAct['act']) => (story: Story) => story.acts.some(({ act }) => act === name)
  const often = (name: StoryAct['act']) => (story: Story) =>
    story.acts.filter(({ act }) => act === name).length > 1
  for (const name of Object.keys(TRANSITIONS) as StoryAct['act'][]) {
    if (SILENT.has(name)) continue
    assert.ok(count(has(name)) >= 20, name)
  }
  assert.ok(count(often('request_supplement')) >= 20)
  assert.ok(count(({ acts }) => acts.some((act) => act.overdueReason === 'data_entry_error')) >= 20)
  assert.ok(count(({ acts }) => acts.some((act) => act.outcome === 'refused')) >= 20)
  const open = received.filter(({ acts }) => !acts.some(({ act }) => ENDS.has(act))).length
  assert.ok(open > 100 && open < 600, String(open))
})

test('a new appointment is promised once, for a working day after the promise', () => {
  for (const { acts } of all) {
    const apologies = acts.filter(({ act }) => act === 'apologise')
    assert.ok(apologies.length <= 1)
    for (const { at, newAppointmentOn } of apologies) {
      assert.ok(newAppointmentOn! > localDayOf(at) && calendar.isWorkingDay(newAppointmentOn!))
    }
  }
})

test('no ID number can be real: the province prefix is none of 001 to 096; phones have no assigned prefix', () => {
  const numberOf = new Map<string, string>()
  for (const { applicant } of all) {
    assert.match(applicant.idNumber, /^999[0-3]\d{8}$/)
    assert.match(applicant.phone, /^0000\d{6}$/)
    const identity = `${applicant.name} ${applicant.birthYear} ${applicant.address}`
    assert.equal(numberOf.get(applicant.idNumber) ?? identity, identity)
    numberOf.set(applicant.idNumber, identity)
  }
})

test('the receiving unit is the shop of the resolving unit', () => {
  const shopOf = new Map(units.map(({ key, receivingShop }) => [key, receivingShop]))
  for (const { unit, receivingUnit } of all) assert.equal(receivingUnit, shopOf.get(unit))
})

test('only what has a fee is paid online', () => {
  assert.ok(all.every(({ paidOnline, fee, submittedAt }) => !paidOnline || (fee > 0 && submittedAt !== null)))
})

/** Acts the demo does without. */
const SILENT: ReadonlySet<string> = new Set([
  'correct',
  'calendar_change',
  'transfer_unit',
  'ask_before_acceptance',
  'answer_before_acceptance',
  'begin_consultation',
  'end_consultation',
  'send_for_signature',
  'return_from_signature',
  'assign',
  'finish_step',
  'amend',
])

const ENDS: ReadonlySet<string> = new Set(['finish', 'resolve_at_once', 'withdraw', 'stop'])

function acceptedAt(acts: readonly StoryAct[]): number | null {
  return acts.find(({ act }) => act === 'accept' || act === 'resolve_at_once')?.at ?? null
}

function recordedAt(act: StoryAct): number {
  return act.recordedAt ?? act.at
}

function fieldOf(code: string): string {
  return procedures.find((procedure) => procedure.code === code)!.field
}

function weekdayOf({ acts }: Story): number {
  return isoWeekday(localDayOf(acceptedAt(acts)!))
}

function isOpen(at: number): boolean {
  const minute = minuteOfDay(at)
  return (
    calendar.isWorkingDay(localDayOf(at)) &&
    calendar.shifts.some(([from, to]) => from <= minute && minute < to)
  )
}

function hashOf(list: readonly Story[]): string {
  return createHash('sha256').update(JSON.stringify(list)).digest('hex')
}
