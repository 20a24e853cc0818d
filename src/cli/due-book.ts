import { existsSync } from 'node:fs'
import type { WorkCalendar } from '../domain/calendar/calendar.ts'
import type { LocalDay } from '../domain/calendar/day.ts'
import type { DeadlineRule } from '../domain/deadlines/deadline.ts'
import { RuleError } from '../domain/refusals.ts'
import { cliConfig } from './installation-here.ts'

/** What a due date is looked up in: a calendar, and the rules of procedures by the day. */
export interface DueBook {
  readonly calendar: WorkCalendar
  /** Throws RuleError: unknown_procedure, procedure_not_in_force. */
  rule(procedure: string, day: LocalDay): DeadlineRule
}

/** The book of the installation where there is one, else the one shipped with the product. */
export async function dueBook(unit: string | undefined): Promise<DueBook> {
  const { databaseFile } = cliConfig()
  if (!existsSync(databaseFile)) {
    if (unit !== undefined) throw new RuleError('no_database', { file: databaseFile })
    return (await import('./due-book-shipped.ts')).shippedDueBook()
  }
  return (await import('./due-book-installed.ts')).installedDueBook(databaseFile, unit)
}
