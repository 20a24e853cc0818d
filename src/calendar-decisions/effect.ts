import { createHash } from 'node:crypto'
import type { StoredDossier } from '../../db/queries/dossiers.ts'
import { isWorkingDay } from '../domain/calendar/calendar.ts'
import { type Instant, localDayOf } from '../domain/calendar/day.ts'
import { lateOnAsOf } from '../domain/life-cycle/lateness.ts'
import type { DecisionPlan } from './plan-decision.ts'
import { changeFor, type DossierPlan } from './plan-moves.ts'

/** In which list of the preview a dossier stands; one may stand in several. */
export const EFFECTS = ['moved', 'in_time_again', 'receiving', 'kept', 'appointment'] as const
export type EffectKind = (typeof EFFECTS)[number]

export interface EffectLine {
  readonly effect: EffectKind
  readonly dossierId: number
  readonly code: string | null
  readonly unitId: number
  readonly from: Instant
  /** The same as `from` where nothing moves. */
  readonly to: Instant
}

export type EffectTotals = Readonly<Record<EffectKind, number>>

export interface Effect {
  readonly lines: readonly EffectLine[]
  readonly totals: EffectTotals
  readonly byUnit: readonly { readonly unitId: number; readonly totals: EffectTotals }[]
  /** Of the moved, those that stay overdue: the new date has passed too, or they were late before it. */
  readonly stillOverdue: number
  /** Names this effect: the same world and the same decision give the same one. */
  readonly fingerprint: string
}

/** What a decision would do, as people look at it. */
export function effectOf(plan: DecisionPlan): Effect {
  const dossiers = [...plan.dossiers.values()].sort((a, b) => a.before.id - b.before.id)
  const waiting = plan.waiting.map((result) => appointmentLine(result, result.appointmentAt))
  const lines = [...dossiers.flatMap((dossier) => linesOf(plan, dossier)), ...waiting]
  const stillOverdue = dossiers.filter(
    ({ move, before }) => move !== null && move.next.lateOn !== null && before.dueAt !== move.next.dueAt,
  )
  return {
    lines,
    totals: totalsOf(lines),
    byUnit: [...Map.groupBy(lines, ({ unitId }) => unitId)].map(([unitId, own]) => ({
      unitId,
      totals: totalsOf(own),
    })),
    stillOverdue: stillOverdue.length,
    fingerprint: fingerprintOf(plan, dossiers, lines),
  }
}

function linesOf(plan: DecisionPlan, { before, move, kept }: DossierPlan): readonly EffectLine[] {
  const next = move?.next ?? before
  const line = (effect: EffectKind, from: Instant | null, to: Instant | null) =>
    from === null || to === null ? [] : [lineOf(before, effect, from, to)]
  const wasLate = lateOnAsOf(before, plan.today) !== null
  // Who was told to come on that day has to hear of it, whether or not the promise moves by itself.
  const { appointmentAt } = before
  const { before: was, after: is } = changeFor(plan.setting, before.receivingUnitId)
  const day = appointmentAt === null ? null : localDayOf(appointmentAt)
  return [
    ...(next.dueAt !== before.dueAt ? line('moved', before.dueAt, next.dueAt) : []),
    ...(wasLate && next.lateOn === null && move !== null && next.dueAt !== before.dueAt
      ? line('in_time_again', before.dueAt, next.dueAt)
      : []),
    ...(next.receivingDueAt !== before.receivingDueAt
      ? line('receiving', before.receivingDueAt, next.receivingDueAt)
      : []),
    ...(kept ? line('kept', before.dueAt, next.dueAt) : []),
    ...(day !== null && isWorkingDay(was, day) && !isWorkingDay(is, day)
      ? line('appointment', appointmentAt, next.appointmentAt)
      : []),
  ]
}

type Listed = Pick<StoredDossier, 'id' | 'code' | 'unitId'>

function lineOf({ id, code, unitId }: Listed, effect: EffectKind, from: Instant, to: Instant): EffectLine {
  return { effect, dossierId: id, code, unitId, from, to }
}

function appointmentLine(dossier: Listed, at: Instant): EffectLine {
  return lineOf(dossier, 'appointment', at, at)
}

function totalsOf(lines: readonly EffectLine[]): EffectTotals {
  const counts = Map.groupBy(lines, ({ effect }) => effect)
  return Object.fromEntries(
    EFFECTS.map((effect) => [effect, counts.get(effect)?.length ?? 0]),
  ) as EffectTotals
}

function fingerprintOf(
  plan: DecisionPlan,
  dossiers: readonly DossierPlan[],
  lines: readonly EffectLine[],
): string {
  const said = [
    plan.input,
    plan.setting.catalogue.version,
    plan.today,
    dossiers.map(({ before, move }) => [before.id, move?.next.lateOn ?? null]),
    lines.map(({ effect, dossierId, to }) => [effect, dossierId, to]),
  ]
  return createHash('sha256').update(JSON.stringify(said)).digest('base64url').slice(0, 22)
}
