import { type Step, stepsOf } from '../../db/queries/steps.ts'
import { agencyName } from '../catalogue/agency-name.ts'
import { stepHolder } from '../catalogue/step-holder.ts'
import { type Instant, localDayOf } from '../domain/calendar/day.ts'
import type { Dossier, EndClass } from '../domain/life-cycle/dossier.ts'
import { endClassOf } from '../domain/life-cycle/lateness.ts'
import { type Act, TRANSITIONS } from '../domain/life-cycle/life-cycle.ts'
import type { ControlSheetRow } from '../paper/paper-data.ts'
import { type PaperParts, shopOffice } from './paper-parts.ts'
import { paperMoment } from './paper-words.ts'

type Place = 'shop' | 'resolver' | 'signer' | 'partner'

/** From whom to whom an act hands the dossier (TT 01/2018 form 05: “1. Giao, 2. Nhận”). */
const HANDS: Partial<Record<Act, readonly [from: Place, to: Place]>> = {
  transfer: ['shop', 'resolver'],
  request_supplement: ['resolver', 'shop'],
  supply_supplement: ['shop', 'resolver'],
  begin_verification: ['resolver', 'partner'],
  end_verification: ['partner', 'resolver'],
  begin_consultation: ['resolver', 'partner'],
  end_consultation: ['partner', 'resolver'],
  send_for_signature: ['resolver', 'signer'],
  return_from_signature: ['signer', 'resolver'],
  finish: ['resolver', 'shop'],
  withdraw: ['resolver', 'shop'],
  stop: ['resolver', 'shop'],
  reopen: ['shop', 'resolver'],
}

interface Handed {
  readonly at: Instant
  readonly row: ControlSheetRow
}

/** The hand-overs of a dossier as its timeline tells them, oldest first; steps of other agencies by their own limits. */
export function controlRows(parts: PaperParts): readonly ControlSheetRow[] {
  const handed = [...handedByActs(parts), ...handedBySteps(parts)]
  return handed.sort((a, b) => a.at - b.at).map(({ row }) => row)
}

function handedByActs(parts: PaperParts): readonly Handed[] {
  const { events, dossier, catalogue } = parts
  const names = placesOf(parts)
  const ending = events.findLast(({ act }) => act === 'finish')
  let wasTransferred = false
  let isAtShop = true
  return events.flatMap((event): readonly Handed[] => {
    const { act, occurredAt: at, actorId } = event
    wasTransferred ||= (JSON.parse(event.changes) as Partial<Dossier>).transferredAt != null
    const hands = HANDS[act]
    if (hands === undefined || !wasTransferred) return []
    const [from, to] = hands
    const wasAtShop = isAtShop
    // More was asked for, or all ended, before the folder left the shop.
    if (wasAtShop && to === 'shop' && act !== 'finish') return []
    isAtShop = to === 'shop'
    const officer = actorId === null ? undefined : catalogue.officerById.get(actorId)
    const givenBy = officer === undefined ? names[from] : `${names[from]} (${officer.name})`
    const result = event === ending && dossier.endClass !== null ? RESULTS[dossier.endClass] : null
    const own = { at, row: rowOf({ givenBy, takenBy: names[to], at, result, note: TRANSITIONS[act].label }) }
    if (!wasAtShop || from === 'shop') return [own]
    // Work begun without a transfer implies it (src/domain/life-cycle/implied-transfer.ts).
    const implied = rowOf({ givenBy: names.shop, takenBy: names.resolver, at, result: null, note: '' })
    return [{ at, row: implied }, own]
  })
}

/** Each step begins where the one before ends: its agency hands on, early, in time or late by its own limit. */
function handedBySteps({ deps, dossier, catalogue, day }: PaperParts): readonly Handed[] {
  const steps = stepsOf(deps.db, dossier.id)
  const holder = ({ actor }: Step) => stepHolder(catalogue, actor, day)
  return steps.flatMap((step, index) => {
    const before = steps[index - 1]
    if (before === undefined || step.startedAt === null) return []
    const at = step.startedAt
    const row = { givenBy: holder(before), takenBy: holder(step), result: resultOf(before), note: step.name }
    return [{ at, row: rowOf({ ...row, at }) }]
  })
}

function resultOf({ dueAt, endedAt }: Step): string | null {
  if (dueAt === null || endedAt === null) return null
  const clock = { dueAt, dueOn: localDayOf(dueAt), lateOn: null, pausedSince: null, endedOn: null }
  return RESULTS[endClassOf(clock, endedAt, 'minute')]
}

const RESULTS = {
  early: 'Trước hạn',
  on_time: 'Đúng hạn',
  late: 'Quá hạn',
} as const satisfies Record<EndClass, string>

/** The partner is written in by hand: the timeline does not say which agency was asked. */
function placesOf(parts: PaperParts): Readonly<Record<Place, string>> {
  const resolver = agencyName(parts.catalogue, parts.then.unitId, parts.day).name
  return { shop: shopOffice(parts).shop, resolver, signer: `Lãnh đạo ${resolver}`, partner: '' }
}

function rowOf(row: Omit<ControlSheetRow, 'at'> & { readonly at: Instant }): ControlSheetRow {
  return { ...row, at: paperMoment(row.at) }
}
