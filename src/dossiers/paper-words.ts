import type { FormsSeed } from '../../db/seeds/reference-types.ts'
import { FORM_CIRCULARS, regimes } from '../../db/seeds/regimes.ts'
import { versionOn } from '../catalogue/catalogue.ts'
import { DOSSIER_PAPERS, type DossierPaperKind, KIND_LABELS } from '../documents/kinds.ts'
import { type Instant, type LocalDay, localDayOf } from '../domain/calendar/day.ts'
import type { PaperTemplate } from '../paper/paper-data.ts'
import { fullDay, longDay, timeOfDay } from '../web/formats.ts'

/** '09 giờ 05 phút, ngày 06 tháng 03 năm 2023' */
export function paperMoment(at: Instant): string {
  return `${paperTime(at)}, ${paperDay(localDayOf(at))}`
}

/** A moment somebody is to come: '17 giờ 00 phút, thứ Năm, ngày 09 tháng 03 năm 2023' */
export function paperAppointment(at: Instant): string {
  const day = localDayOf(at)
  const weekday = longDay(day).replace(` ${fullDay(day)}`, '')
  return `${paperTime(at)}, ${weekday}, ${paperDay(day)}`
}

/** 'ngày 06 tháng 03 năm 2023' */
export function paperDay(day: LocalDay): string {
  const [year, month, date] = day.split('-')
  return `ngày ${date} tháng ${month} năm ${year}`
}

/** What the one-stop shop is called under the law of `day`. */
export function shopName(day: LocalDay): string {
  return (versionOn(regimes, day) ?? regimes[0]!).shopName
}

/** The title of a paper under the circular of `day`. */
export function paperTitle(kind: DossierPaperKind, day: LocalDay): string {
  return kind === 'apology-slip' && day >= FORMS_OF_2025 ? APOLOGY_2025 : TITLES[kind]
}

/** What lists call a paper about a dossier received on `day`; null: not received. */
export function paperLabel(kind: PaperTemplate, day: LocalDay | null): string {
  const ofDossier = DOSSIER_PAPERS.find((each) => each === kind)
  return day === null || ofDossier === undefined ? KIND_LABELS[kind] : paperTitle(ofDossier, day)
}

/**
 * Number and circular for the foot of the page; null where the circular has no such form, or its layout was not
 * checked.
 */
export function formLabel(kind: DossierPaperKind, day: LocalDay): string | null {
  return circularLabel(FORM_OF[kind], day)
}

/** The same of any form the circulars number. */
export function circularLabel(form: keyof FormsSeed['numbers'], day: LocalDay): string | null {
  const circular = versionOn(FORM_CIRCULARS, day)
  const number = circular?.numbers[form] ?? null
  if (circular === undefined || number === null || !circular.verified) return null
  return `Mẫu số ${String(number).padStart(2, '0')}, ${circular.circular}`
}

/** TT 03/2025/TT-VPCP comes into force: form 04 is renamed, form 05 is new. */
export const FORMS_OF_2025: LocalDay = '2025-09-15'

const APOLOGY_2025 = 'Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết'

const TITLES = {
  'receipt-slip': 'Giấy tiếp nhận hồ sơ và hẹn trả kết quả',
  'supplement-request': 'Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ',
  'refusal-slip': 'Phiếu từ chối tiếp nhận giải quyết hồ sơ',
  'apology-slip': 'Phiếu xin lỗi và hẹn lại ngày trả kết quả',
  'stop-notice': 'Thông báo dừng giải quyết hồ sơ',
  'control-sheet': 'Phiếu kiểm soát quá trình giải quyết hồ sơ',
} as const satisfies Record<DossierPaperKind, string>

const FORM_OF = {
  'receipt-slip': 'receiptSlip',
  'supplement-request': 'supplementRequest',
  'refusal-slip': 'refusalSlip',
  'apology-slip': 'apologySlip',
  'stop-notice': 'stopNotice',
  'control-sheet': 'controlSheet',
} as const satisfies Record<DossierPaperKind, string>

function paperTime(at: Instant): string {
  return timeOfDay(at).replace(':', ' giờ ').concat(' phút')
}
