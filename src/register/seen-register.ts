import { may } from '../accounts/access.ts'
import { seenUnits } from '../accounts/seen-units.ts'
import { catalogueOf, type Unit } from '../catalogue/catalogue.ts'
import type { Actor, Deps } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'
import { roleFor } from '../dossiers/own-unit.ts'
import type { Register } from './stored-book.ts'

type Reading = Pick<Deps, 'db' | 'clock'>

/** Refuses (`export_of_own_unit`) the register of a unit that somebody does not see. */
export function mustSeeRegister(deps: Reading, actor: Actor, { unit }: Register): void {
  const seen = seenUnits(deps, actor)
  if (seen !== null && !seen.has(unit.id)) throw new RuleError('export_of_own_unit')
}

/** The shops whose registers somebody sees. */
export function shopsSeen(deps: Reading, actor: Actor): readonly Unit[] {
  const seen = seenUnits(deps, actor)
  return catalogueOf(deps.db).units.filter(
    ({ id, kind }) => (kind === 'shop' || kind === 'shop_and_resolver') && (seen === null || seen.has(id)),
  )
}

/** Whether they may close it: the head of the unit or a supervisor above it. */
export function closes(deps: Reading, actor: Actor, register: Register): boolean {
  if (!may(actor, 'registers_close')) return false
  try {
    mustClose(deps, actor, register)
    return true
  } catch (error) {
    if (error instanceof RuleError) return false
    throw error
  }
}

/** Refuses who is not the head of the unit, a supervisor above it or the operator. */
export function mustClose({ db, clock }: Reading, actor: Actor, { unit }: Register): void {
  const day = localDayOf(clock.now())
  const role = roleFor(catalogueOf(db), { actor, unitIds: [unit.id], day, today: day })
  if (role === 'counter' || role === 'officer') throw new RuleError('register_head_only')
}
