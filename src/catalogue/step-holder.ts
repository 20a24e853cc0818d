import type { LocalDay } from '../domain/calendar/day.ts'
import type { Catalogue } from './catalogue.ts'
import { unitName } from './unit-choices.ts'

/** Who may hold a step of a procedure besides a unit named by its key. */
export const STEP_PLACES = {
  shop: 'Bộ phận Một cửa',
  resolver: 'cơ quan giải quyết',
  leader: 'lãnh đạo',
  clerk: 'văn thư',
} as const

/** A place within the agency, not another agency. */
export function isStepPlace(actor: string): actor is keyof typeof STEP_PLACES {
  return Object.hasOwn(STEP_PLACES, actor)
}

/** Who holds a step, in the words of `day`. */
export function stepHolder(catalogue: Catalogue, actor: string, day: LocalDay): string {
  return isStepPlace(actor) ? STEP_PLACES[actor] : unitName(catalogue.unitByKey.get(actor), day)
}
