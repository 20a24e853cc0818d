import { type Catalogue, versionOn } from '../catalogue/catalogue.ts'
import { unitName } from '../catalogue/unit-choices.ts'
import type { LocalDay } from '../domain/calendar/day.ts'
import type { Option } from '../web/forms.ts'

/** Officers of one unit, by name. */
export interface OfficerGroup {
  readonly unit: string
  readonly officers: readonly Option[]
}

const WORKING: ReadonlySet<string> = new Set(['counter', 'officer', 'head'])

/** Who works on dossiers in these units today: those a dossier can be given to. */
export function officersIn(
  catalogue: Catalogue,
  unitIds: ReadonlySet<number>,
  today: LocalDay,
): readonly OfficerGroup[] {
  const posts = catalogue.officers.flatMap(({ key, name, memberships }) =>
    memberships
      .filter(
        (post) =>
          unitIds.has(post.unitId) && WORKING.has(post.role) && versionOn([post], today) !== undefined,
      )
      .map(({ unitId }) => ({ unitId, value: key, label: name })),
  )
  return [...Map.groupBy(posts, ({ unitId }) => unitId)]
    .map(([unitId, officers]) => ({
      unit: unitName(catalogue.unitById.get(unitId), today),
      officers: officers.toSorted((a, b) => a.label.localeCompare(b.label, 'vi')),
    }))
    .sort((a, b) => a.unit.localeCompare(b.unit, 'vi'))
}
