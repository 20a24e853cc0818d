import type { Period } from '../domain/calendar/periods.ts'
import { formatCount } from '../domain/counting/rate-format.ts'
import type { Counter } from '../domain/counting/tally.ts'
import { type Html, html, when } from '../web/html.ts'
import { type Reading, readingText } from './reading.ts'
import type { UnitMap } from './scope.ts'

/** Where the figures stand: which period, which unit if not all, which revision if not the first. */
export interface Place {
  readonly period: Pick<Period, 'key'>
  /** Key of the unit chosen in the filter. */
  readonly unit?: string | undefined
  readonly reading?: Reading | null
  /** `today`: by the units of today. */
  readonly map?: UnitMap | undefined
  /** Whoever reads may open no dossiers: a figure is a figure. */
  readonly plain?: boolean
}

export function reportHref(place: Place): string {
  return addressOf(`/bao-cao/${place.period.key}`, queryOf(place))
}

/** Biểu II.06 of the same place, to print. */
export function form06Href(place: Place): string {
  return addressOf(`/bao-cao/${place.period.key}/bieu-ii06.pdf`, queryOf(place))
}

/** The dossiers behind one figure: the counters it is the sum of. */
export function dossiersHref(place: Place, counters: readonly Counter[]): string {
  return addressOf(`/bao-cao/${place.period.key}/ho-so`, [`counter=${counters.join(',')}`, ...queryOf(place)])
}

/** Two revisions side by side. */
export function comparisonHref(place: Place, from: number, to: Reading): string {
  const { period, unit } = place
  const pair = [`tu=${from}`, `den=${readingText(to)}`]
  return addressOf(`/bao-cao/${period.key}/so-sanh`, [...pair, ...queryOf({ period, unit })])
}

/** A figure that opens its dossiers, for whoever may open them. */
export function figureLink(figure: string, place: Place, counters: readonly Counter[], label?: string): Html {
  if (place.plain === true) return html`${figure}`
  return html`<a href="${dossiersHref(place, counters)}"${when(label, (words) => html` aria-label="${words}"`)}>${figure}</a>`
}

/** A count that opens its dossiers; 0 opens nothing. */
export function countLink(n: number, place: Place, counters: readonly Counter[], what: string): Html {
  if (n === 0) return html`<span class="zero">0</span>`
  return figureLink(formatCount(n), place, counters, `${formatCount(n)} hồ sơ ${what}`)
}

function queryOf({ unit, reading, map }: Place): readonly string[] {
  return [
    ...(unit === undefined ? [] : [`unit=${encodeURIComponent(unit)}`]),
    ...(reading == null ? [] : [`ban=${readingText(reading)}`]),
    ...(map === 'today' ? ['map=today'] : []),
  ]
}

function addressOf(path: string, query: readonly string[]): string {
  return query.length === 0 ? path : `${path}?${query.join('&')}`
}
