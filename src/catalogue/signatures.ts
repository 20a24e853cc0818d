import type { LocalDay } from '../domain/calendar/day.ts'
import type { Signature } from '../paper/paper-data.ts'
import { type Catalogue, versionOn } from './catalogue.ts'

export const SIGN_NAME = 'ký, ghi rõ họ tên'
const SIGN_AND_SEAL = 'ký, ghi rõ họ tên, đóng dấu'

/** The officer who acted, or a place to sign. */
export function clerkSignature(catalogue: Catalogue, officerId: number | null, role: string): Signature {
  const officer = officerId === null ? undefined : catalogue.officerById.get(officerId)
  return { role, note: SIGN_NAME, name: officer?.name ?? null }
}

/** The head of a unit on `day`; where none is on record, a place for the head to sign. */
export function headSignature(catalogue: Catalogue, unitId: number | null, day: LocalDay): Signature {
  for (const { name, memberships } of catalogue.officers) {
    const posts = memberships.filter((each) => each.unitId === unitId && each.role === 'head')
    const post = versionOn(posts, day)
    if (post !== undefined) return { role: post.title, note: SIGN_AND_SEAL, name }
  }
  return { role: 'Thủ trưởng cơ quan', note: SIGN_AND_SEAL, name: null }
}
