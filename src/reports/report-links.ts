import type { Period } from '../domain/calendar/periods.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import type { Counter } from '../domain/counting/tally.ts'
import { type Html, html } from '../web/html.ts'

/** Where the figures stand: which period, and which unit if not all. */
export interface Place {
  readonly period: Pick<Period, 'key'>
  /** Key of the unit chosen in the filter. */
  readonly unit?: string | undefined
}

export function reportHref({ period, unit }: Place): string {
  return `/bao-cao/${period.key}${unit === undefined ? '' : `?unit=${encodeURIComponent(unit)}`}`
}

/** Biểu II.06 of the same place, to print. */
export function form06Href({ period, unit }: Place): string {
  return `/bao-cao/${period.key}/bieu-ii06.pdf${unit === undefined ? '' : `?unit=${encodeURIComponent(unit)}`}`
}

/** The dossiers behind one figure: the counters it is the sum of. */
export function dossiersHref({ period, unit }: Place, counters: readonly Counter[]): string {
  const place = unit === undefined ? '' : `&unit=${encodeURIComponent(unit)}`
  return `/bao-cao/${period.key}/ho-so?counter=${counters.join(',')}${place}`
}

/** A count that opens its dossiers; 0 opens nothing. */
export function countLink(n: number, place: Place, counters: readonly Counter[], what: string): Html {
  if (n === 0) return html`<span class="zero">0</span>`
  return html`<a href="${dossiersHref(place, counters)}" aria-label="${formatCount(n)} hồ sơ ${what}">${formatCount(n)}</a>`
}
