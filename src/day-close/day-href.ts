import type { Unit } from '../catalogue/catalogue.ts'
import type { LocalDay } from '../domain/calendar/day.ts'

export const DAY_PAGE = '/cuoi-ngay'

/** `/cuoi-ngay?unit=…&ngay=2023-03-06` */
export function dayHref(unit: Unit | undefined, day: LocalDay): string {
  return `${DAY_PAGE}?${new URLSearchParams({ unit: unit?.key ?? '', ngay: day })}`
}
