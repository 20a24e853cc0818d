import { type Instant, localDayOf, parseInstant, printInstant } from '../domain/calendar/day.ts'
import { type DeadlineMode, type DeadlineRule, type Due, dueDate } from '../domain/deadlines/deadline.ts'
import { parseLimit } from '../domain/deadlines/time-limit.ts'
import { RuleError } from '../domain/refusals.ts'
import type { DueBook } from './due-book.ts'

/** A question as it was typed or as it stood in a line of JSON: nothing in it is checked yet. */
export interface DueQuestion {
  readonly limit?: unknown
  readonly procedure?: unknown
  readonly cutoff?: unknown
  readonly mode?: unknown
  readonly received?: unknown
  readonly attended?: unknown
  readonly id?: unknown
}

/**
 * The answer as one line of JSON. Without `attended` a dossier that comes outside opening hours is taken for an
 * automatic acceptance, received on the next working day.
 * Throws RuleError for a wrong field and for a day outside the calendar.
 */
export function dueAnswer(book: DueBook, question: DueQuestion): string {
  const received = parseInstant(text(question.received))
  const attended = readAttended(question.attended)
  const due = dueDate(book.calendar, ruleOf(book, question, received), received, { attended })
  const id = question.id === undefined ? '' : `"id":${JSON.stringify(question.id)},`
  const mark = due.provisional ? ',"provisional":true' : ''
  return `{${id}"due_at":"${printInstant(due.dueAt)}","receipt_day":"${due.receiptDay}"${mark},"strip":${stripText(due)}}`
}

/** Minutes after midnight of '15:00', null for none. Throws RuleError('invalid_time'). */
export function readCutoff(cutoff: unknown): number | null {
  if (cutoff === undefined || cutoff === null) return null
  const parts = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text(cutoff))
  if (parts === null) throw new RuleError('invalid_time', { value: text(cutoff) })
  return Number(parts[1]) * 60 + Number(parts[2])
}

function ruleOf(book: DueBook, question: DueQuestion, received: Instant): DeadlineRule {
  const published =
    question.procedure === undefined ? null : book.rule(text(question.procedure), localDayOf(received))
  return {
    limit: question.limit === undefined && published ? published.limit : parseLimit(text(question.limit)),
    cutoffMinute:
      question.cutoff === undefined && published ? published.cutoffMinute : readCutoff(question.cutoff),
    mode: question.mode === undefined && published ? published.mode : readMode(question.mode),
  }
}

function readMode(mode: unknown): DeadlineMode {
  if (mode === undefined || mode === null) return 'day_end'
  if (mode !== 'day_end' && mode !== 'hour_exact') throw new RuleError('invalid_mode', { value: text(mode) })
  return mode
}

function readAttended(attended: unknown): boolean {
  if (attended === undefined || attended === null) return false
  if (typeof attended !== 'boolean') throw new RuleError('invalid_attended', { value: text(attended) })
  return attended
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
}

/** Dossiers of one day and limit share their strip, so its text is made once. */
function stripText({ strip }: Due): string {
  let written = WRITTEN.get(strip)
  if (written === undefined) {
    written = JSON.stringify(strip)
    WRITTEN.set(strip, written)
  }
  return written
}

const WRITTEN = new WeakMap<Due['strip'], string>()
