import type { RateVariant, Term } from '../../src/domain/rates.ts'
import type { Counter } from '../../src/domain/tally.ts'

/** The definitions of rates in use, by code; a province that counts differently adds a row. */
export const RATE_VARIANTS = {
  V1: {
    code: 'V1',
    kind: 'on_time',
    name: 'Tỷ lệ giải quyết đúng hạn (trên số đã giải quyết)',
    formula: '(trước hạn + đúng hạn) / đã giải quyết; không tính rút, dừng',
    numerator: plus('early', 'onTime'),
    denominator: plus('resolved'),
    source: 'Cách tính phổ biến của hệ thống một cửa điện tử (betimes + ontime) / release',
    verified: true,
  },
  V2: {
    code: 'V2',
    kind: 'on_time',
    name: 'Tỷ lệ đúng hạn toàn diện (tính cả hồ sơ đang giải quyết)',
    formula: '(trước hạn + đúng hạn + đang giải quyết trong hạn) / (đã giải quyết + đang giải quyết)',
    numerator: plus('early', 'onTime', 'openInTime'),
    denominator: plus('resolved', 'open'),
    source: 'QĐ 766/QĐ-TTg, tài liệu mô tả công thức, chỉ số 2.1; không tính rút, dừng',
    verified: true,
  },
  V2x: {
    code: 'V2x',
    kind: 'on_time',
    name: 'Tỷ lệ đúng hạn theo Bộ chỉ số 766 (tính cả rút, dừng)',
    formula:
      '(trước hạn + đúng hạn + rút, dừng trong hạn + đang giải quyết trong hạn) / (kết thúc trong kỳ + đang giải quyết)',
    numerator: plus('early', 'onTime', 'withdrawnInTime', 'stoppedInTime', 'openInTime'),
    denominator: plus('ended', 'open'),
    source: 'QĐ 766/QĐ-TTg, tài liệu mô tả công thức, chỉ số 2.1',
    verified: true,
    validFrom: '2022-08-01',
  },
  V3: {
    code: 'V3',
    kind: 'on_time',
    name: 'Tỷ lệ đúng hạn theo Cổng Dịch vụ công quốc gia (ước tính)',
    formula: '(trước hạn + đúng hạn + rút, dừng trong hạn) / tiếp nhận trong kỳ',
    numerator: plus('early', 'onTime', 'withdrawnInTime', 'stoppedInTime'),
    denominator: plus('received'),
    source: 'Quan sát từ Cổng Dịch vụ công quốc gia: totalOnTime / totalReceived',
    verified: false,
    validFrom: '2022-08-01',
  },
  V4: {
    code: 'V4',
    kind: 'on_time',
    name: 'Tỷ lệ đúng hạn trên số tiếp nhận',
    formula: '(trước hạn + đúng hạn) / tiếp nhận trong kỳ; có thể vượt 100 %',
    numerator: plus('early', 'onTime'),
    denominator: plus('received'),
    source: 'NĐ 61/2018/NĐ-CP, điều 30 khoản 2 điểm c',
    verified: true,
  },
  V6: {
    code: 'V6',
    kind: 'on_time',
    name: 'Tỷ lệ đúng hạn trên số đến hạn',
    formula: 'đã trả trước hạn, đúng hạn / hồ sơ đến hạn giải quyết trong kỳ',
    numerator: plus('dueMet'),
    denominator: plus('due'),
    source: 'Báo cáo của Trung tâm Phục vụ hành chính công tỉnh Vĩnh Phúc, tháng 8 và 9/2021',
    verified: true,
  },
  V7: {
    code: 'V7',
    kind: 'on_time',
    name: 'Tỷ lệ đúng hạn bằng 100 % trừ tỷ lệ trễ',
    formula:
      '(tiếp nhận + kỳ trước chuyển qua − đang quá hạn − đã giải quyết quá hạn) / (tiếp nhận + kỳ trước chuyển qua)',
    numerator: [...plus('received', 'carriedOver'), ...minus('openOverdue', 'late')],
    denominator: plus('received', 'carriedOver'),
    source: 'Cách tính thống kê tình hình xử lý hồ sơ, motcua.gialai.gov.vn',
    verified: true,
  },
  N1: {
    code: 'N1',
    kind: 'online',
    name: 'Tỷ lệ hồ sơ trực tuyến mức độ 3, 4 trên tổng số tiếp nhận',
    formula: 'tiếp nhận trực tuyến / tiếp nhận trong kỳ',
    numerator: plus('receivedLevel3', 'receivedLevel4'),
    denominator: plus('received'),
    source: 'TT 01/2018/TT-VPCP, điều 13 khoản 9; QĐ 766/QĐ-TTg, chỉ số 3.3',
    verified: true,
  },
  N2: {
    code: 'N2',
    kind: 'online',
    name: 'Tỷ lệ hồ sơ trực tuyến trên số đủ điều kiện trực tuyến',
    formula: 'tiếp nhận trực tuyến / tiếp nhận của thủ tục đang cung cấp mức độ 3, 4',
    numerator: plus('receivedLevel3', 'receivedLevel4'),
    denominator: plus('eligible'),
    source: 'Chỉ tiêu của các tỉnh giao trên thủ tục đủ điều kiện',
    verified: false,
  },
  N4: {
    code: 'N4',
    kind: 'online',
    name: 'Tỷ lệ hồ sơ trực tuyến mức độ 4 (toàn trình)',
    formula: 'tiếp nhận mức độ 4 / tiếp nhận trong kỳ',
    numerator: plus('receivedLevel4'),
    denominator: plus('received'),
    source: 'NĐ 224/2026/NĐ-CP, điều 19 khoản 2 điểm b; chỉ tiêu dịch vụ công toàn trình',
    verified: true,
  },
  digitisation: {
    code: 'digitisation',
    kind: 'digitisation',
    name: 'Tỷ lệ số hóa thành phần hồ sơ',
    formula: 'hồ sơ đã số hóa thành phần / tiếp nhận trong kỳ',
    numerator: plus('digitised'),
    denominator: plus('received'),
    source: 'QĐ 766/QĐ-TTg, tài liệu mô tả công thức, chỉ số 4.2',
    verified: true,
  },
  eResult: {
    code: 'eResult',
    kind: 'e_result',
    name: 'Tỷ lệ kết quả điện tử',
    formula: 'kết quả điện tử có ký số / đã giải quyết',
    numerator: plus('eResult'),
    denominator: plus('resolved'),
    source: 'QĐ 766/QĐ-TTg, tài liệu mô tả công thức, chỉ số 4.1',
    verified: true,
  },
  payment: {
    code: 'payment',
    kind: 'payment',
    name: 'Tỷ lệ thanh toán trực tuyến',
    formula: 'hồ sơ thanh toán trực tuyến / hồ sơ có thu phí, lệ phí',
    numerator: plus('paidOnline'),
    denominator: plus('feeDue'),
    source: 'QĐ 766/QĐ-TTg, tài liệu mô tả công thức, chỉ số 3.6',
    verified: true,
  },
  apology: {
    code: 'apology',
    kind: 'apology',
    name: 'Tỷ lệ xin lỗi, hẹn lại đúng quy định',
    formula: 'có văn bản xin lỗi trước hạn ít nhất 01 ngày / hồ sơ trở thành quá hạn trong kỳ',
    numerator: plus('apologised'),
    denominator: plus('becameLate'),
    source: 'NĐ 61/2018/NĐ-CP, điều 19 khoản 9 (công thức của phần mềm)',
    verified: false,
  },
  receipt: {
    code: 'receipt',
    kind: 'receipt',
    name: 'Tỷ lệ hồ sơ trực tuyến được tiếp nhận trong 08 giờ làm việc',
    formula: 'tiếp nhận hoặc từ chối trong 08 giờ / (trong 08 giờ + quá 08 giờ)',
    numerator: plus('receiptsInTime'),
    denominator: plus('receiptsInTime', 'lateReceipts'),
    source: 'NĐ 45/2020/NĐ-CP, điều 11 (công thức của phần mềm)',
    verified: false,
  },
  timeliness: {
    code: 'timeliness',
    kind: 'timeliness',
    name: 'Tỷ lệ hồ sơ nhập kịp thời',
    formula: 'hồ sơ nhập trong 01 ngày làm việc sau tiếp nhận / tiếp nhận trong kỳ',
    numerator: [...plus('received'), ...minus('enteredLate')],
    denominator: plus('received'),
    source: 'Công thức của phần mềm, dùng để xếp loại tháng',
    verified: false,
  },
} as const satisfies Record<string, RateVariant>

export type RateCode = keyof typeof RATE_VARIANTS

/** Which definition is meant where none is named. The overdue pending (Ol) always stand beside V1. */
export const DEFAULT_VARIANTS = {
  headline: 'V1',
  ranking: 'V2',
  online: 'N1',
} as const satisfies Record<string, RateCode>

function plus(...counters: readonly Counter[]): readonly Term[] {
  return counters.map((counter) => ({ counter, sign: 1 }))
}

function minus(...counters: readonly Counter[]): readonly Term[] {
  return counters.map((counter) => ({ counter, sign: -1 }))
}
