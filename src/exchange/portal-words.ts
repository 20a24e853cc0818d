import { NATIONAL_PORTAL } from '../../db/seeds/national-portal.ts'
import { type Instant, printInstant } from '../domain/calendar/day.ts'

/** A moment as the portal writes it. Example: 2023-03-09T17:00 → '20230309170000'; null → ''. */
export function portalMoment(at: Instant | null): string {
  if (at === null) return ''
  const [year, month, day, hour, minute, second] = printInstant(at).split(/[-T:.+]/)
  const parts = { year, month, day, hour, minute, second }
  return NATIONAL_PORTAL.moment.map((part) => parts[part]).join('')
}
