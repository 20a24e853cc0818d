import type { OfficeHours, Shift } from '../../src/domain/calendar/calendar.ts'

const FULL_DAY: readonly Shift[] = [
  [7 * 60 + 30, 11 * 60 + 30],
  [13 * 60, 17 * 60],
]

/**
 * The default hours of a unit: 07:30–11:30 and 13:00–17:00, Monday to Friday, 40 hours (QĐ 188/1999/QĐ-TTg).
 * A unit with other hours, summer hours or a staffed Saturday (QĐ 14/2010/QĐ-TTg) has rows of its own.
 */
export const OFFICE_HOURS: readonly OfficeHours[] = [
  {
    from: '2018-01-01',
    week: { 1: FULL_DAY, 2: FULL_DAY, 3: FULL_DAY, 4: FULL_DAY, 5: FULL_DAY, 6: [], 7: [] },
  },
]
