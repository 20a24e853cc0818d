import { type Catalogue, type Officer, versionOn } from '../../../src/catalogue/catalogue.ts'
import { type Actor, SYSTEM_ACTOR } from '../../../src/deps.ts'
import { localDayOf } from '../../../src/domain/calendar/day.ts'
import type { Paper } from '../../queries/papers.ts'
import type { Story, StoryAct } from './story.ts'

/** Who does what in a story, and what was handed in. */
export interface Desk {
  actor(story: Story, act: StoryAct): Actor
  /** Key of the officer who resolves it. */
  assignee(story: Story): string
  papers(story: Story, day: string): readonly Paper[]
}

type Role = 'counter' | 'officer' | 'head'

interface Post {
  readonly officer: Officer
  readonly role: Role
  readonly fields: readonly string[]
  readonly validFrom: string
  readonly validTo: string | null
}

export function demoDesk(catalogue: Catalogue): Desk {
  const people = peopleByPost(catalogue)
  const fieldOf = (story: Story) => {
    const { fieldId } = catalogue.procedureByCode.get(story.procedure)!
    return catalogue.fieldById.get(fieldId)!.slug
  }
  const at = (unit: string, roles: readonly Role[], day: string) =>
    roles.flatMap((role) => people.get(`${unit} ${role}`) ?? []).filter((post) => inForce(post, day))

  const resolver = (story: Story): Post => {
    const field = fieldOf(story)
    const all = at(story.unit, ['officer', 'counter'], localDayOf(story.acts[0]!.at))
    const able = all.filter(({ fields }) => fields.includes(field))
    const willing = able.length > 0 ? able : all.filter(({ fields }) => fields.length === 0)
    return pick(willing.length > 0 ? willing : all, story.ref)
  }
  const posts = {
    applicant: () => null,
    counter: (story: Story, day: string) => pick(at(story.receivingUnit, ['counter'], day), story.ref),
    officer: (story: Story) => resolver(story),
    head: (story: Story, day: string) => pick(at(story.unit, ['head'], day), 0),
  } as const satisfies Record<StoryAct['actorRole'], (story: Story, day: string) => Post | null>

  return {
    actor(story, act) {
      const post = posts[act.actorRole](story, localDayOf(act.at))
      // Nobody did it: the names are of invented people, the acts are the seed's.
      return post === null ? SYSTEM_ACTOR : { officerId: post.officer.id, role: 'system' }
    },
    assignee: (story) => resolver(story).officer.key,
    papers(story, day) {
      const version = versionOn(catalogue.procedureByCode.get(story.procedure)!.versions, day)
      const online = story.submittedAt !== null && !story.assisted
      return (version?.components ?? [])
        .filter(({ required }) => required)
        .map(({ name, original, copies }) => ({
          name,
          form: online ? 'electronic' : original ? 'original' : 'copy',
          copies,
          digitised: story.digitised,
        }))
    },
  }
}

/** All posts at counters, desks and heads of units, by `<unit key> <role>`. */
function peopleByPost(catalogue: Catalogue): ReadonlyMap<string, readonly Post[]> {
  const posts = catalogue.officers.flatMap((officer) =>
    officer.memberships.flatMap(({ unitId, role, fieldSlugs: fields, validFrom, validTo }) =>
      role === 'counter' || role === 'officer' || role === 'head'
        ? [{ unit: catalogue.unitById.get(unitId)!.key, officer, role, fields, validFrom, validTo }]
        : [],
    ),
  )
  return Map.groupBy(posts, ({ unit, role }) => `${unit} ${role}`)
}

function inForce({ validFrom, validTo }: Post, day: string): boolean {
  return validFrom <= day && (validTo === null || day <= validTo)
}

function pick(posts: readonly Post[], turn: number): Post {
  const post = posts[turn % posts.length]
  if (post === undefined) throw new Error('the reference data has nobody for this post')
  return post
}
