import type { BookSums } from '../../db/queries/register-book.ts'
import type { Unit } from '../catalogue/catalogue.ts'
import type { LocalDay } from '../domain/calendar/day.ts'
import type { State } from '../domain/life-cycle/dossier.ts'

export const DAY_PAGE = '/cuoi-ngay'

/** `/cuoi-ngay?unit=…&ngay=2023-03-06` */
export function dayHref(unit: Unit | undefined, day: LocalDay): string {
  return `${DAY_PAGE}?${new URLSearchParams({ unit: unit?.key ?? '', ngay: day })}`
}

/** What of a day can be looked at dossier by dossier: a sum, the state of today, what is overdue today. */
export type DayNumber = keyof BookSums | State | 'overdue'

/** `/cuoi-ngay/ho-so?unit=…&ngay=2023-03-06&so=received` */
export function dayDossiersHref(unit: Unit, day: LocalDay, number: DayNumber): string {
  return `${DAY_PAGE}/ho-so?${new URLSearchParams({ unit: unit.key, ngay: day, so: number })}`
}
