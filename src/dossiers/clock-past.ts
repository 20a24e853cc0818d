import type { TimelineEvent } from '../../db/queries/timeline.ts'
import type { ClockStep } from '../domain/life-cycle/clock-replay.ts'
import type { Past } from '../domain/life-cycle/correction.ts'
import type { Dossier, PauseRow } from '../domain/life-cycle/dossier.ts'
import { TRANSITIONS } from '../domain/life-cycle/life-cycle.ts'

/** What an accepted dossier's timeline says of its reception and its clock. */
export function clockPast(events: readonly TimelineEvent[], pauses: readonly PauseRow[]): Past {
  const told = events.map((event) => ({ ...event, set: JSON.parse(event.changes) as Partial<Dossier> }))
  const acceptance = told.findIndex(({ set }) => typeof set.acceptedOn === 'string')
  const before = told.slice(0, acceptance)
  const momentsOf = (act: string) =>
    before.filter((event) => event.act === act).map(({ occurredAt }) => occurredAt)
  const askedAt = momentsOf('ask_before_acceptance')
  return {
    attended: told[acceptance]?.set.attended ?? true,
    acceptanceRecordedAt: told[acceptance]?.recordedAt ?? 0,
    askedAt,
    answeredAt: momentsOf('answer_before_acceptance'),
    steps: stepsOf(told.slice(acceptance), pauses.slice(askedAt.length)),
  }
}

interface Told extends TimelineEvent {
  readonly set: Partial<Dossier>
}

function stepsOf(events: readonly Told[], pauses: readonly PauseRow[]): readonly ClockStep[] {
  const steps: ClockStep[] = []
  const toCome = [...pauses]
  let stands = false
  let extensionDays = 0
  for (const { act, occurredAt: at, set } of events) {
    const { clock } = TRANSITIONS[act]
    const ends = clock === 'stop' || clock === 'start_and_stop'
    if (stands && (ends || clock === 'pause' || clock === 'go_on')) {
      steps.push({ kind: 'go_on', at, answered: clock === 'go_on' })
      stands = false
    }
    const pause = clock === 'pause' ? toCome.shift() : undefined
    if (pause !== undefined) {
      steps.push({ kind: 'pause', at, pause })
      stands = true
    }
    if (clock === 'extend') steps.push({ kind: 'extend', at, days: (set.extensionDays ?? 0) - extensionDays })
    if (act === 'apologise') steps.push({ kind: 'apologise', at, appointmentAt: set.appointmentAt ?? at })
    if (ends) steps.push({ kind: 'end', at })
    extensionDays = set.extensionDays ?? extensionDays
  }
  return steps
}
