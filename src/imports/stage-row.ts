import { addToSums, type CellSums, emptySums } from '../../db/queries/cells.ts'
import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { explanationId } from '../../db/queries/explanations.ts'
import { stageSums } from '../../db/queries/import-cells.ts'
import {
  stageDossier,
  stageEvent,
  stageKnown,
  stageLateChange,
  stageNumber,
  stagePause,
  stagePerson,
  stageText,
} from '../../db/queries/import-stage.ts'
import { findPerson, type PersonRow } from '../../db/queries/persons.ts'
import type { Actor, Deps } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import {
  type Contribution,
  type CountingFacts,
  contributionChanges,
  contributions,
  NO_FACTS,
  supplementDaysOf,
} from '../domain/counting/contributions.ts'
import type { Due } from '../domain/deadlines/deadline.ts'
import type { Dossier, PauseRow } from '../domain/life-cycle/dossier.ts'
import type { Act } from '../domain/life-cycle/life-cycle.ts'
import { NOTHING_HAPPENED } from '../domain/life-cycle/nothing-happened.ts'
import { changedFacts, countingFacts } from '../dossiers/store-change.ts'
import { sealedPerson } from './compare-person.ts'
import { correctedFacts } from './corrected-facts.ts'
import type { KnownChange } from './plan-row.ts'
import type { Life } from './play-row.ts'
import type { RegisterRow } from './register-row.ts'

export interface StageSetting {
  readonly actor: Actor
  /** Names the file in every timeline: the first characters of its hash. */
  readonly source: string
  /** Last day of any closed period, or null. */
  readonly closedThrough: string | null
}

/** What is staged row by row; ids below 0 are dossiers to come. */
export interface Stager {
  /**
   * Writes the strips of due dates that these lives need, in a short transaction of its own: they are shared and
   * never changed, so they may stand there before the dossiers that point at them.
   */
  explain(lives: readonly Life[]): void
  addNew(row: RegisterRow, life: Life): void
  addChange(row: RegisterRow, change: KnownChange): void
  /** Stages what only the sum of all rows tells; returns how many people wait to be written. */
  finish(): { readonly people: number }
}

const NOBODY = 0
const CODE_PARTS = /^((?:KTN-)?)(.+)-(\d\d)(\d\d)(\d\d)-(\d+)$/

export function stager(deps: Deps, { actor, source, closedThrough }: StageSetting): Stager {
  const { db, vault } = deps
  const now = deps.clock.now()
  const today = localDayOf(now)
  const sums: CellSums = emptySums()
  const people = new Map<string, number>()
  const numbers = new Map<string, number>()
  const explanations = new Map<Due, number>()
  let [dossiers, events, persons] = [0, 0, NOBODY]

  function addNew(row: RegisterRow, life: Life): void {
    dossiers -= 1
    const id = dossiers
    const facts = stageLife(id, 0, NOTHING_HAPPENED, life.steps)
    const applicantId = row.applicant === null ? null : personOf(sealedPerson(vault, row.applicant))
    const { code, slipNumber } = row
    stageDossier(db, {
      ...facts,
      id,
      version: life.steps.length,
      code,
      slipNumber,
      applicantId,
      proxyId: null,
      recordedAt: now,
    })
    stageTexts(id, 1, row, row.note)
    for (const pause of life.pauses) stagePause(db, id, pause)
    raise(code ?? slipNumber)
    count([], contributions(facts, factsOf(facts, life.pauses)))
  }

  function addChange(row: RegisterRow, { dossier, how, life, person }: KnownChange): void {
    const { id, version } = dossier
    stageKnown(db, id, version)
    const before = countingFacts(db, dossier)
    const facts =
      how === 'correct' ? stageCorrection(dossier, life) : stageLife(id, version, dossier, life.steps)
    const isOnlyPerson = life.steps.length === 0
    if (isOnlyPerson) stageAct(id, version + 1, 'amend', now, {})
    const added = how === 'correct' || isOnlyPerson ? 1 : life.steps.length
    const applicantId = person === null ? existing(dossier.applicantId) : personOf(person)
    stageDossier(db, {
      ...dossier,
      ...facts,
      code: row.code ?? dossier.code,
      version: version + added,
      applicantId,
    })
    stageTexts(id, version + 1, row, null)
    for (const pause of life.pauses) stagePause(db, id, pause)
    raise(dossier.code === null ? row.code : null)
    const after = {
      ...before,
      ...factsOf(facts, life.pauses),
      stays: before.stays,
      unitStays: before.unitStays,
      overdueSpells: before.overdueSpells,
    }
    count(contributions(dossier, before), contributions(facts, after))
  }

  /** One event for each step; returns the facts after the last one. */
  function stageLife(id: number, seq: number, first: Partial<Dossier>, steps: Life['steps']): Dossier {
    let before = first
    for (const [index, step] of steps.entries()) {
      const explained = step.due === undefined ? (before.explanationId ?? null) : explain(step.due)
      const facts = { ...step.facts, explanationId: explained }
      stageAct(id, seq + index + 1, step.act, step.at, changedFacts(before, facts))
      before = facts
    }
    return before as Dossier
  }

  function stageCorrection(dossier: StoredDossier, life: Life): Dossier {
    const due = life.steps.findLast((step) => step.due !== undefined)?.due
    const explained = due === undefined ? dossier.explanationId : explain(due)
    const facts = {
      ...correctedFacts(dossier, (life.steps.at(-1) as Life['steps'][number]).facts),
      explanationId: explained,
    }
    stageAct(dossier.id, dossier.version + 1, 'correct', now, changedFacts(dossier, facts))
    return facts
  }

  function stageAct(
    dossierId: number,
    seq: number,
    act: Act,
    occurredAt: number,
    changes: Partial<Dossier>,
  ): void {
    events += 1
    const event = { id: events, dossierId, seq, act, occurredAt, recordedAt: now, actorId: actor.officerId }
    stageEvent(db, { ...event, changes: JSON.stringify(changes) })
  }

  function stageTexts(id: number, seq: number, { row }: RegisterRow, note: string | null): void {
    stageText(db, id, seq, 'note', `Nhập từ tệp ${source}, dòng ${row}`)
    if (note !== null) stageText(db, id, seq, 'note', note)
  }

  function explain(due: Due): number {
    return explanations.get(due) as number
  }

  const writeExplanations = db.transaction((dues: readonly Due[]) => {
    for (const due of dues) {
      const { calendarVersion, receiptDay, provisional, strip } = due
      explanations.set(due, explanationId(db, { calendarVersion, receiptDay, provisional, strip }))
    }
  })

  /** Who it is: below 0 somebody known, above 0 somebody staged; the same particulars are one person. */
  function personOf(person: PersonRow): number {
    if (person.idNumberHash === null) return stageNewPerson(person)
    const key = [
      person.idNumberHash.toString('base64'),
      person.name,
      person.phoneHash?.toString('base64'),
      person.address,
    ].join('|')
    const known = people.get(key) ?? existing(findPerson(db, person)) ?? stageNewPerson(person)
    people.set(key, known)
    return known
  }

  function stageNewPerson(person: PersonRow): number {
    persons += 1
    stagePerson(db, persons, person)
    return persons
  }

  function count(before: readonly Contribution[], after: readonly Contribution[]): void {
    const changes = before.length === 0 ? after : contributionChanges(before, after)
    addToSums(sums, changes)
    if (closedThrough === null) return
    for (const change of changes)
      if (change.day <= closedThrough && change.day < today) stageLateChange(db, events, change)
  }

  function raise(number: string | null): void {
    const [, slip = '', agency = '', year, month, day, n] = CODE_PARTS.exec(number ?? '') ?? []
    if (n === undefined) return
    const key = `${slip === '' ? '' : 'KTN '}${agency}|20${year}-${month}-${day}`
    numbers.set(key, Math.max(numbers.get(key) ?? 0, Number(n)))
  }

  return {
    explain(lives) {
      const dues = lives.flatMap(({ steps }) => steps.flatMap(({ due }) => due ?? []))
      const fresh = [...new Set(dues)].filter((due) => !explanations.has(due))
      if (fresh.length > 0) writeExplanations.immediate(fresh)
    },
    addNew,
    addChange,
    finish() {
      for (const [key, last] of numbers) {
        const [agencyCode = '', day = ''] = key.split('|')
        stageNumber(db, agencyCode, day, last)
      }
      stageSums(db, sums)
      return { people: persons }
    },
  }
}

function existing<T extends number | null>(id: T): T {
  return (id === null ? null : -id) as T
}

function factsOf(facts: Dossier, pauses: readonly PauseRow[]): CountingFacts {
  return facts.supplementCount > 0
    ? { ...NO_FACTS, supplementDays: supplementDaysOf(pauses, facts.acceptedAt) }
    : NO_FACTS
}
