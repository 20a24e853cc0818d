import { type Instant, instantAt, type LocalDay, localDayOf, parseDay } from '../domain/calendar/day.ts'
import { CHANNELS } from '../domain/counting/tally.ts'
import { RuleError } from '../domain/refusals.ts'
import type { IntakeInput } from '../dossiers/log-dossier.ts'
import type { Typed } from '../web/forms.ts'

/** A row typed from a slip, as an intake at its real time. */
export function typedRow(typed: Typed, now: Instant): IntakeInput {
  const [procedure = ''] = (typed['procedure'] ?? '').split(' ')
  const day = typedDay(typed['day'] ?? '', localDayOf(now))
  const papers = (typed['papers'] ?? '').split(/[;\n]/).flatMap((name) => {
    const text = name.trim()
    return text === '' ? [] : [{ name: text, form: 'original' as const, copies: 1, digitised: false }]
  })
  return {
    act: 'accept',
    unit: typed['unit'] ?? '',
    procedure,
    at: instantAt(day, typedMinute(typed['time'] ?? '')),
    channel: CHANNELS.find((channel) => channel === typed['channel']) ?? 'counter',
    applicant: {
      name: typed['name'] ?? '',
      idNumber: typed['idNumber'] || undefined,
      phone: typed['phone'] || undefined,
    },
    papers,
  }
}

/**
 * A day as people write it; without a year, the last one that is not to come.
 * Example: '9/3' on 2023-03-13 → 2023-03-09; '28/12' on 2023-01-03 → 2022-12-28.
 */
export function typedDay(text: string, today: LocalDay): LocalDay {
  const parts = /^(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?$/.exec(text)
  if (parts === null) return dayOf(text, text)
  const [, day = '', month = '', year] = parts
  const of = (whole: string) => `${whole}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const thisYear = today.slice(0, 4)
  if (year !== undefined) return dayOf(of(year), text)
  return of(thisYear) > today ? dayOf(of(String(Number(thisYear) - 1)), text) : dayOf(of(thisYear), text)
}

function dayOf(day: string, typed: string): LocalDay {
  try {
    return parseDay(day)
  } catch {
    throw new RuleError('invalid_written_day', { value: typed })
  }
}

/** '8:30', '0830', '830', '8h30', '8' → minutes after midnight. */
export function typedMinute(text: string): number {
  const parts = /^(\d{1,2})(?:[:hg.]?(\d{2}))?[hg]?$/i.exec(text.trim())
  const [hour, minute] = [Number(parts?.[1] ?? Number.NaN), Number(parts?.[2] ?? 0)]
  if (!(hour < 24 && minute < 60)) throw new RuleError('invalid_time', { value: text })
  return hour * 60 + minute
}
