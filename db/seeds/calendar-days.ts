import type { CalendarDay, CalendarDayKind } from '../../src/domain/calendar/calendar.ts'

/** The last year all of whose days off the Government has decided; 2027 is a projection. */
export const DECIDED_THROUGH = 2026

/** The last year the calendar projects when no decision is known. */
export const PROJECT_THROUGH = 2030

export const CALENDAR_VERSION = '2026-11-23'

// Numbers of yearly decisions are given where the document itself was read or is cited by an authority; the
// other days name the article they rest on. The swap of 31/8/2026 is known from provincial notices only.
const HOLIDAYS_2012 = 'Bộ luật Lao động 2012, Điều 115'
const COMPENSATION_2012 = 'Bộ luật Lao động 2012, khoản 3 Điều 115'
const HOLIDAYS_2019 = 'Bộ luật Lao động 2019, Điều 112'
const COMPENSATION_2019 = 'Bộ luật Lao động 2019, khoản 3 Điều 111'
const CULTURE_DAY = 'Nghị quyết 28/2026/QH16'
const DECISION_2019 = 'Công văn 6519/VPCP-KGVX ngày 11/7/2018'
const DECISION_2021 = 'Công văn 9895/VPCP-KGVX ngày 26/11/2020'
const DECISION_2023 = 'Công văn 8056/VPCP-KGVX ngày 01/12/2022'
const SWAP_2024 = 'Công văn 2450/VPCP-KGVX ngày 12/4/2024'
const SWAP_2025 = 'Công văn 8726/VPCP-KGVX ngày 26/11/2024'
const SWAP_NEW_YEAR_2026 = 'Công văn 12729/VPCP-KGVX ngày 25/12/2025'

const ROWS: readonly (readonly [date: string, kind: CalendarDayKind, name: string, document?: string])[] = [
  // 2018
  ['2018-01-01', 'holiday', 'Tết Dương lịch', HOLIDAYS_2012],
  ['2018-02-14', 'holiday', 'Tết Nguyên đán', HOLIDAYS_2012],
  ['2018-02-15', 'holiday', 'Tết Nguyên đán', HOLIDAYS_2012],
  ['2018-02-16', 'holiday', 'Tết Nguyên đán', HOLIDAYS_2012],
  ['2018-02-17', 'holiday', 'Tết Nguyên đán', HOLIDAYS_2012],
  ['2018-02-18', 'holiday', 'Tết Nguyên đán', HOLIDAYS_2012],
  ['2018-02-19', 'compensatory', 'Nghỉ bù Tết Nguyên đán', COMPENSATION_2012],
  ['2018-02-20', 'compensatory', 'Nghỉ bù Tết Nguyên đán', COMPENSATION_2012],
  ['2018-04-25', 'holiday', 'Giỗ Tổ Hùng Vương', HOLIDAYS_2012],
  ['2018-04-30', 'holiday', 'Ngày Chiến thắng', HOLIDAYS_2012],
  ['2018-05-01', 'holiday', 'Ngày Quốc tế lao động', HOLIDAYS_2012],
  ['2018-09-02', 'holiday', 'Quốc khánh', HOLIDAYS_2012],
  ['2018-09-03', 'compensatory', 'Nghỉ bù Quốc khánh', COMPENSATION_2012],
  ['2018-12-31', 'swap_off', 'Nghỉ hoán đổi Tết Dương lịch 2019 (làm bù 05/01/2019)', DECISION_2019],
  // 2019
  ['2019-01-01', 'holiday', 'Tết Dương lịch', HOLIDAYS_2012],
  ['2019-01-05', 'make_up', 'Làm bù ngày 31/12/2018', DECISION_2019],
  ['2019-02-04', 'holiday', 'Tết Nguyên đán', DECISION_2019],
  ['2019-02-05', 'holiday', 'Tết Nguyên đán', DECISION_2019],
  ['2019-02-06', 'holiday', 'Tết Nguyên đán', DECISION_2019],
  ['2019-02-07', 'holiday', 'Tết Nguyên đán', DECISION_2019],
  ['2019-02-08', 'holiday', 'Tết Nguyên đán', DECISION_2019],
  ['2019-04-14', 'holiday', 'Giỗ Tổ Hùng Vương', HOLIDAYS_2012],
  ['2019-04-15', 'compensatory', 'Nghỉ bù Giỗ Tổ Hùng Vương', COMPENSATION_2012],
  ['2019-04-29', 'swap_off', 'Nghỉ hoán đổi (làm bù 04/05/2019)', DECISION_2019],
  ['2019-04-30', 'holiday', 'Ngày Chiến thắng', HOLIDAYS_2012],
  ['2019-05-01', 'holiday', 'Ngày Quốc tế lao động', HOLIDAYS_2012],
  ['2019-05-04', 'make_up', 'Làm bù ngày 29/04/2019', DECISION_2019],
  ['2019-09-02', 'holiday', 'Quốc khánh', HOLIDAYS_2012],
  // 2020
  ['2020-01-01', 'holiday', 'Tết Dương lịch', HOLIDAYS_2012],
  ['2020-01-23', 'holiday', 'Tết Nguyên đán', HOLIDAYS_2012],
  ['2020-01-24', 'holiday', 'Tết Nguyên đán', HOLIDAYS_2012],
  ['2020-01-25', 'holiday', 'Tết Nguyên đán', HOLIDAYS_2012],
  ['2020-01-26', 'holiday', 'Tết Nguyên đán', HOLIDAYS_2012],
  ['2020-01-27', 'holiday', 'Tết Nguyên đán', HOLIDAYS_2012],
  ['2020-01-28', 'compensatory', 'Nghỉ bù Tết Nguyên đán', COMPENSATION_2012],
  ['2020-01-29', 'compensatory', 'Nghỉ bù Tết Nguyên đán', COMPENSATION_2012],
  ['2020-04-02', 'holiday', 'Giỗ Tổ Hùng Vương', HOLIDAYS_2012],
  ['2020-04-30', 'holiday', 'Ngày Chiến thắng', HOLIDAYS_2012],
  ['2020-05-01', 'holiday', 'Ngày Quốc tế lao động', HOLIDAYS_2012],
  ['2020-09-02', 'holiday', 'Quốc khánh', HOLIDAYS_2012],
  // 2021
  ['2021-01-01', 'holiday', 'Tết Dương lịch', HOLIDAYS_2019],
  ['2021-02-10', 'holiday', 'Tết Nguyên đán', DECISION_2021],
  ['2021-02-11', 'holiday', 'Tết Nguyên đán', DECISION_2021],
  ['2021-02-12', 'holiday', 'Tết Nguyên đán', DECISION_2021],
  ['2021-02-13', 'holiday', 'Tết Nguyên đán', DECISION_2021],
  ['2021-02-14', 'holiday', 'Tết Nguyên đán', DECISION_2021],
  ['2021-02-15', 'compensatory', 'Nghỉ bù Tết Nguyên đán', DECISION_2021],
  ['2021-02-16', 'compensatory', 'Nghỉ bù Tết Nguyên đán', DECISION_2021],
  ['2021-04-21', 'holiday', 'Giỗ Tổ Hùng Vương', HOLIDAYS_2019],
  ['2021-04-30', 'holiday', 'Ngày Chiến thắng', HOLIDAYS_2019],
  ['2021-05-01', 'holiday', 'Ngày Quốc tế lao động', HOLIDAYS_2019],
  ['2021-05-03', 'compensatory', 'Nghỉ bù Ngày Quốc tế lao động', COMPENSATION_2019],
  ['2021-09-02', 'holiday', 'Quốc khánh', HOLIDAYS_2019],
  ['2021-09-03', 'holiday', 'Quốc khánh', DECISION_2021],
  // 2022
  ['2022-01-01', 'holiday', 'Tết Dương lịch', HOLIDAYS_2019],
  ['2022-01-03', 'compensatory', 'Nghỉ bù Tết Dương lịch', COMPENSATION_2019],
  ['2022-01-31', 'holiday', 'Tết Nguyên đán', HOLIDAYS_2019],
  ['2022-02-01', 'holiday', 'Tết Nguyên đán', HOLIDAYS_2019],
  ['2022-02-02', 'holiday', 'Tết Nguyên đán', HOLIDAYS_2019],
  ['2022-02-03', 'holiday', 'Tết Nguyên đán', HOLIDAYS_2019],
  ['2022-02-04', 'holiday', 'Tết Nguyên đán', HOLIDAYS_2019],
  ['2022-04-10', 'holiday', 'Giỗ Tổ Hùng Vương', HOLIDAYS_2019],
  ['2022-04-11', 'compensatory', 'Nghỉ bù Giỗ Tổ Hùng Vương', COMPENSATION_2019],
  ['2022-04-30', 'holiday', 'Ngày Chiến thắng', HOLIDAYS_2019],
  ['2022-05-01', 'holiday', 'Ngày Quốc tế lao động', HOLIDAYS_2019],
  ['2022-05-02', 'compensatory', 'Nghỉ bù Ngày Chiến thắng', COMPENSATION_2019],
  ['2022-05-03', 'compensatory', 'Nghỉ bù Ngày Quốc tế lao động', COMPENSATION_2019],
  ['2022-09-01', 'holiday', 'Quốc khánh', HOLIDAYS_2019],
  ['2022-09-02', 'holiday', 'Quốc khánh', HOLIDAYS_2019],
  // 2023
  ['2023-01-01', 'holiday', 'Tết Dương lịch', HOLIDAYS_2019],
  ['2023-01-02', 'compensatory', 'Nghỉ bù Tết Dương lịch', COMPENSATION_2019],
  ['2023-01-20', 'holiday', 'Tết Nguyên đán', DECISION_2023],
  ['2023-01-21', 'holiday', 'Tết Nguyên đán', DECISION_2023],
  ['2023-01-22', 'holiday', 'Tết Nguyên đán', DECISION_2023],
  ['2023-01-23', 'holiday', 'Tết Nguyên đán', DECISION_2023],
  ['2023-01-24', 'holiday', 'Tết Nguyên đán', DECISION_2023],
  ['2023-01-25', 'compensatory', 'Nghỉ bù Tết Nguyên đán', DECISION_2023],
  ['2023-01-26', 'compensatory', 'Nghỉ bù Tết Nguyên đán', DECISION_2023],
  ['2023-04-29', 'holiday', 'Giỗ Tổ Hùng Vương', HOLIDAYS_2019],
  ['2023-04-30', 'holiday', 'Ngày Chiến thắng', HOLIDAYS_2019],
  ['2023-05-01', 'holiday', 'Ngày Quốc tế lao động', HOLIDAYS_2019],
  ['2023-05-02', 'compensatory', 'Nghỉ bù Giỗ Tổ Hùng Vương', COMPENSATION_2019],
  ['2023-05-03', 'compensatory', 'Nghỉ bù Ngày Chiến thắng', COMPENSATION_2019],
  ['2023-09-01', 'holiday', 'Quốc khánh', DECISION_2023],
  ['2023-09-02', 'holiday', 'Quốc khánh', HOLIDAYS_2019],
  ['2023-09-04', 'compensatory', 'Nghỉ bù Quốc khánh', DECISION_2023],
  // 2024
  ['2024-01-01', 'holiday', 'Tết Dương lịch', HOLIDAYS_2019],
  ['2024-02-08', 'holiday', 'Tết Nguyên đán', HOLIDAYS_2019],
  ['2024-02-09', 'holiday', 'Tết Nguyên đán', HOLIDAYS_2019],
  ['2024-02-10', 'holiday', 'Tết Nguyên đán', HOLIDAYS_2019],
  ['2024-02-11', 'holiday', 'Tết Nguyên đán', HOLIDAYS_2019],
  ['2024-02-12', 'holiday', 'Tết Nguyên đán', HOLIDAYS_2019],
  ['2024-02-13', 'compensatory', 'Nghỉ bù Tết Nguyên đán', COMPENSATION_2019],
  ['2024-02-14', 'compensatory', 'Nghỉ bù Tết Nguyên đán', COMPENSATION_2019],
  ['2024-04-18', 'holiday', 'Giỗ Tổ Hùng Vương', HOLIDAYS_2019],
  ['2024-04-29', 'swap_off', 'Nghỉ hoán đổi (làm bù 04/05/2024)', SWAP_2024],
  ['2024-04-30', 'holiday', 'Ngày Chiến thắng', HOLIDAYS_2019],
  ['2024-05-01', 'holiday', 'Ngày Quốc tế lao động', HOLIDAYS_2019],
  ['2024-05-04', 'make_up', 'Làm bù ngày 29/04/2024', SWAP_2024],
  ['2024-09-02', 'holiday', 'Quốc khánh', HOLIDAYS_2019],
  ['2024-09-03', 'holiday', 'Quốc khánh', HOLIDAYS_2019],
  // 2025
  ['2025-01-01', 'holiday', 'Tết Dương lịch', HOLIDAYS_2019],
  ['2025-01-27', 'holiday', 'Tết Nguyên đán', HOLIDAYS_2019],
  ['2025-01-28', 'holiday', 'Tết Nguyên đán', HOLIDAYS_2019],
  ['2025-01-29', 'holiday', 'Tết Nguyên đán', HOLIDAYS_2019],
  ['2025-01-30', 'holiday', 'Tết Nguyên đán', HOLIDAYS_2019],
  ['2025-01-31', 'holiday', 'Tết Nguyên đán', HOLIDAYS_2019],
  ['2025-04-07', 'holiday', 'Giỗ Tổ Hùng Vương', HOLIDAYS_2019],
  ['2025-04-26', 'make_up', 'Làm bù ngày 02/05/2025', SWAP_2025],
  ['2025-04-30', 'holiday', 'Ngày Chiến thắng', HOLIDAYS_2019],
  ['2025-05-01', 'holiday', 'Ngày Quốc tế lao động', HOLIDAYS_2019],
  ['2025-05-02', 'swap_off', 'Nghỉ hoán đổi (làm bù 26/04/2025)', SWAP_2025],
  ['2025-09-01', 'holiday', 'Quốc khánh', HOLIDAYS_2019],
  ['2025-09-02', 'holiday', 'Quốc khánh', HOLIDAYS_2019],
  // 2026
  ['2026-01-01', 'holiday', 'Tết Dương lịch', HOLIDAYS_2019],
  ['2026-01-02', 'swap_off', 'Nghỉ hoán đổi (làm bù 10/01/2026)', SWAP_NEW_YEAR_2026],
  ['2026-01-10', 'make_up', 'Làm bù ngày 02/01/2026', SWAP_NEW_YEAR_2026],
  ['2026-02-16', 'holiday', 'Tết Nguyên đán', HOLIDAYS_2019],
  ['2026-02-17', 'holiday', 'Tết Nguyên đán', HOLIDAYS_2019],
  ['2026-02-18', 'holiday', 'Tết Nguyên đán', HOLIDAYS_2019],
  ['2026-02-19', 'holiday', 'Tết Nguyên đán', HOLIDAYS_2019],
  ['2026-02-20', 'holiday', 'Tết Nguyên đán', HOLIDAYS_2019],
  ['2026-04-26', 'holiday', 'Giỗ Tổ Hùng Vương', HOLIDAYS_2019],
  ['2026-04-27', 'compensatory', 'Nghỉ bù Giỗ Tổ Hùng Vương', COMPENSATION_2019],
  ['2026-04-30', 'holiday', 'Ngày Chiến thắng', HOLIDAYS_2019],
  ['2026-05-01', 'holiday', 'Ngày Quốc tế lao động', HOLIDAYS_2019],
  ['2026-08-22', 'make_up', 'Làm bù ngày 31/08/2026'],
  ['2026-08-31', 'swap_off', 'Nghỉ hoán đổi (làm bù 22/08/2026)'],
  ['2026-09-01', 'holiday', 'Quốc khánh', HOLIDAYS_2019],
  ['2026-09-02', 'holiday', 'Quốc khánh', HOLIDAYS_2019],
  ['2026-11-24', 'holiday', 'Ngày Văn hóa Việt Nam', CULTURE_DAY],
  // 2027
  ['2027-01-01', 'holiday', 'Tết Dương lịch', HOLIDAYS_2019],
  ['2027-02-04', 'holiday', 'Tết Nguyên đán', HOLIDAYS_2019],
  ['2027-02-05', 'holiday', 'Tết Nguyên đán', HOLIDAYS_2019],
  ['2027-02-06', 'holiday', 'Tết Nguyên đán', HOLIDAYS_2019],
  ['2027-02-07', 'holiday', 'Tết Nguyên đán', HOLIDAYS_2019],
  ['2027-02-08', 'holiday', 'Tết Nguyên đán', HOLIDAYS_2019],
  ['2027-02-09', 'compensatory', 'Nghỉ bù Tết Nguyên đán', COMPENSATION_2019],
  ['2027-02-10', 'compensatory', 'Nghỉ bù Tết Nguyên đán', COMPENSATION_2019],
  ['2027-04-16', 'holiday', 'Giỗ Tổ Hùng Vương', HOLIDAYS_2019],
  ['2027-04-30', 'holiday', 'Ngày Chiến thắng', HOLIDAYS_2019],
  ['2027-05-01', 'holiday', 'Ngày Quốc tế lao động', HOLIDAYS_2019],
  ['2027-05-03', 'compensatory', 'Nghỉ bù Ngày Quốc tế lao động', COMPENSATION_2019],
  ['2027-09-02', 'holiday', 'Quốc khánh', HOLIDAYS_2019],
  ['2027-09-03', 'holiday', 'Quốc khánh', HOLIDAYS_2019],
  ['2027-11-24', 'holiday', 'Ngày Văn hóa Việt Nam', CULTURE_DAY],
]

/**
 * Days off and make-up days of civil servants, 2018–2027, weekends that are holidays included (a staffed
 * Saturday does not receive on a holiday). Every day of 2027 is provisional.
 */
export const CALENDAR_DAYS: readonly CalendarDay[] = ROWS.map(([date, kind, name, document]) => ({
  date,
  kind,
  name,
  ...(document !== undefined && { document }),
  ...(date > `${DECIDED_THROUGH}-12-31` && { provisional: true }),
}))
