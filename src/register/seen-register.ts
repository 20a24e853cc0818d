import { unitsGranted } from '../accounts/seen-units.ts'
import { catalogueOf, type Unit } from '../catalogue/catalogue.ts'
import type { Actor, Deps } from '../deps.ts'
import { localDayOf } from '../domain/calendar/day.ts'
import { RuleError } from '../domain/refusals.ts'
import { type OwnUnitQuestion, standFor, stands } from '../dossiers/own-unit.ts'
import type { Register } from './stored-book.ts'

type Reading = Pick<Deps, 'db' | 'clock'>

/** Refuses (`export_of_own_unit`) the register of a unit that somebody does not see. */
export function mustSeeRegister(deps: Reading, actor: Actor, { unit }: Register): void {
  const seen = unitsGranted(deps, actor, 'registers_read')
  if (seen !== null && !seen.has(unit.id)) throw new RuleError('export_of_own_unit')
}

/** The shops whose registers somebody sees. */
export function shopsSeen(deps: Reading, actor: Actor): readonly Unit[] {
  const seen = unitsGranted(deps, actor, 'registers_read')
  return catalogueOf(deps.db).units.filter(
    ({ id, kind }) => (kind === 'shop' || kind === 'shop_and_resolver') && (seen === null || seen.has(id)),
  )
}

/** Whether they may close it: the head of the unit or a supervisor above it. */
export function closes(deps: Reading, actor: Actor, register: Register): boolean {
  return stands(catalogueOf(deps.db), closing(deps, actor, register))
}

/** Refuses who is not the head of the unit, a supervisor above it or the operator. */
export function mustClose(deps: Reading, actor: Actor, register: Register): void {
  standFor(catalogueOf(deps.db), closing(deps, actor, register))
}

function closing({ clock }: Reading, actor: Actor, { unit }: Register): OwnUnitQuestion {
  const now = clock.now()
  return { actor, permission: 'registers_close', unitIds: [unit.id], day: localDayOf(now), now }
}
