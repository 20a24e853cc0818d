import type { LocalDay } from '../domain/calendar/day.ts'
import { isStepPlace, STEP_PLACES } from '../domain/step-places.ts'
import type { Catalogue } from './catalogue.ts'
import { unitName } from './unit-choices.ts'

/** Who holds a step, in the words of `day`. */
export function stepHolder(catalogue: Catalogue, actor: string, day: LocalDay): string {
  return isStepPlace(actor) ? STEP_PLACES[actor] : unitName(catalogue.unitByKey.get(actor), day)
}
