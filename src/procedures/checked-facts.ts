import type { Catalogue } from '../catalogue/catalogue.ts'
import { isStepPlace, STEP_PLACES } from '../domain/step-places.ts'
import type { VersionFacts } from './facts.ts'
import { type FactProblem, readFacts } from './read-facts.ts'

/** Facts as `readFacts` reads them whose steps are held by somebody there is. */
export function checkedFacts(
  catalogue: Catalogue,
  cell: (fact: keyof VersionFacts) => string | undefined,
  before: VersionFacts | null,
): { readonly facts: VersionFacts } | { readonly problems: readonly FactProblem[] } {
  const read = readFacts(cell, before)
  if ('problems' in read) return read
  const stranger = read.facts.steps.find(
    ({ actor }) => !isStepPlace(actor) && !catalogue.unitByKey.has(actor),
  )
  if (stranger === undefined) return read
  const expected = `nơi làm có thật: ${Object.keys(STEP_PLACES).join(', ')} hoặc mã đơn vị trong danh mục`
  return { problems: [{ fact: 'steps', text: stranger.actor, expected }] }
}
