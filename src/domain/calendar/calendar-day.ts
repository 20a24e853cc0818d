import type { LocalDay } from './day.ts'

/** Why a day differs from the ordinary week; only `make_up` (làm bù) is a working day. */
export type CalendarDayKind = 'holiday' | 'compensatory' | 'swap_off' | 'make_up' | 'closure'

/** One row of a calendar: an exception from the ordinary week, with the document that made it. */
export interface CalendarDay {
  readonly date: LocalDay
  readonly kind: CalendarDayKind
  /** Vietnamese, as printed on the slip: 'Tết Nguyên đán', 'Nghỉ bù Quốc khánh'. */
  readonly name: string
  readonly document?: string
  readonly provisional?: boolean
}
