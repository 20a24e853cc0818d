import type { Period } from '../domain/calendar/periods.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import type { Counter } from '../domain/counting/tally.ts'
import { type Html, html } from '../web/html.ts'
import type { UnitMap } from './scope.ts'

/** Where the figures stand: which period, and which unit if not all. */
export interface Place {
  readonly period: Pick<Period, 'key'>
  /** Key of the unit chosen in the filter. */
  readonly unit?: string | undefined
  /** `today`: by the units of today. */
  readonly map?: UnitMap | undefined
}

export function reportHref({ period, unit, map }: Place): string {
  const query = new URLSearchParams({ ...(unit !== undefined && { unit }), ...(map === 'today' && { map }) })
  return `/bao-cao/${period.key}${query.size === 0 ? '' : `?${query}`}`
}

/** The dossiers behind one figure: the counters it is the sum of. */
export function dossiersHref({ period, unit, map }: Place, counters: readonly Counter[]): string {
  const place = `${unit === undefined ? '' : `&unit=${encodeURIComponent(unit)}`}${map === 'today' ? '&map=today' : ''}`
  return `/bao-cao/${period.key}/ho-so?counter=${counters.join(',')}${place}`
}

/** A count that opens its dossiers; 0 opens nothing. */
export function countLink(n: number, place: Place, counters: readonly Counter[], what: string): Html {
  if (n === 0) return html`<span class="zero">0</span>`
  return html`<a href="${dossiersHref(place, counters)}" aria-label="${formatCount(n)} hồ sơ ${what}">${formatCount(n)}</a>`
}
