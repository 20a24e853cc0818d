import { acknowledged, acknowledgeSent, refuseSent, sendAgain } from '../../db/queries/feed-sent.ts'
import { catalogueOf } from '../catalogue/catalogue.ts'
import type { Deps } from '../deps.ts'
import { type Asked, keepAsked } from './asked.ts'

/** What the parent says to one message. It carries nothing but keys and a sentence. */
export interface Answer {
  readonly unit: string
  readonly period: string
  readonly revision: number
  /** Null: it has it. */
  readonly refusal: string | null
  /** It cannot take this one because it has not got those before: these are to be sent again. */
  readonly missesEarlier: boolean
}

/** What the parent asks for, and all that it holds of it. */
export interface Held extends Asked {
  /** [unit, period, revisions] */
  readonly held: readonly (readonly [string, string, readonly number[]])[]
}

/** Notes an answer of the parent. Safe twice, and in any order. */
export function takeAnswer({ db, clock }: Pick<Deps, 'db' | 'clock'>, answer: Answer): void {
  const unitId = catalogueOf(db).unitByKey.get(answer.unit)?.id
  if (unitId === undefined) return
  const { period: periodKey, revision, refusal, missesEarlier } = answer
  const note = db.transaction(() => {
    if (refusal === null) return acknowledgeSent(db, { periodKey, unitId, revision }, clock.now())
    refuseSent(db, { periodKey, unitId, revision }, refusal)
    if (!missesEarlier) return
    for (const sent of acknowledged(db)) {
      if (sent.unitId === unitId && sent.periodKey === periodKey && sent.revision < revision)
        sendAgain(db, sent)
    }
  })
  note.immediate()
}

/**
 * Keeps what the parent asks for, and sends again what it had acknowledged and no longer holds: it was restored from
 * an older backup. Returns how many revisions these are.
 */
export function takeHeld({ db }: Pick<Deps, 'db'>, { units, since, held }: Held): number {
  const unitById = catalogueOf(db).unitById
  const has = new Set(
    held.flatMap(([unit, period, revisions]) => revisions.map((n) => `${unit}|${period}|${n}`)),
  )
  const note = db.transaction(() => {
    keepAsked(db, { units, since })
    const lost = acknowledged(db).filter(
      ({ unitId, periodKey, revision }) => !has.has(`${unitById.get(unitId)?.key}|${periodKey}|${revision}`),
    )
    for (const sent of lost) sendAgain(db, sent)
    return lost.length
  })
  return note.immediate()
}
