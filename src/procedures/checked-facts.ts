import type { Catalogue } from '../catalogue/catalogue.ts'
import type { VersionFacts } from './facts.ts'
import { type FactProblem, readFacts } from './read-facts.ts'

/** Who may hold a step besides a unit named by its key. */
const PLACES = ['shop', 'resolver', 'leader', 'clerk']

/** Facts as `readFacts` reads them whose steps are held by somebody there is. */
export function checkedFacts(
  catalogue: Catalogue,
  cell: (fact: keyof VersionFacts) => string | undefined,
  before: VersionFacts | null,
): { readonly facts: VersionFacts } | { readonly problems: readonly FactProblem[] } {
  const read = readFacts(cell, before)
  if ('problems' in read) return read
  const stranger = read.facts.steps.find(
    ({ actor }) => !PLACES.includes(actor) && !catalogue.unitByKey.has(actor),
  )
  if (stranger === undefined) return read
  const expected = `nơi làm có thật: ${PLACES.join(', ')} hoặc mã đơn vị trong danh mục`
  return { problems: [{ fact: 'steps', text: stranger.actor, expected }] }
}
