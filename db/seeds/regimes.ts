import type { FormsSeed, RegimeSeed } from './reference-types.ts'

const TT01_2018: FormsSeed = {
  circular: 'Thông tư 01/2018/TT-VPCP',
  validFrom: '2019-01-06',
  validTo: '2025-09-14',
  numbers: {
    receiptSlip: 1,
    supplementRequest: 2,
    refusalSlip: 3,
    apologySlip: 4,
    stopNotice: null,
    controlSheet: 5,
    trackingRegister: 6,
  },
  verified: true,
}

const TT03_2025: FormsSeed = {
  circular: 'Thông tư 03/2025/TT-VPCP',
  validFrom: '2025-09-15',
  validTo: null,
  numbers: {
    receiptSlip: 1,
    supplementRequest: 2,
    refusalSlip: 3,
    apologySlip: 4,
    stopNotice: 5,
    controlSheet: 6,
    trackingRegister: 7,
  },
  verified: false,
}

/** The circulars that lay down the forms, by date of receipt. */
export const FORM_CIRCULARS: readonly FormsSeed[] = [TT01_2018, TT03_2025]

// NĐ 61/2018: art 18.2 (15:00), 19.4 (3 working days), 19.9 (apology, one re-appointment);
// NĐ 45/2020 art 11 (8 working hours).
const CLOCKS = {
  supplementNoticeWorkingDays: 3,
  receivingClockHours: 8,
  transferCutoff: '15:00',
  maxReappointments: 1,
  apologyWorkingDaysBefore: 1,
} as const

/**
 * The one-stop mechanism by date of receipt. A new row begins where something a dossier shows or obeys
 * changes: the names of the online channels on 15/8/2022, the mechanism itself on 1/7/2025.
 */
export const regimes: readonly RegimeSeed[] = [
  {
    key: 'nd61-muc-do',
    name: 'Nghị định 61/2018/NĐ-CP, dịch vụ công trực tuyến theo mức độ 1–4',
    validFrom: '2018-06-21',
    validTo: '2022-08-14',
    legalBasis: [
      'Nghị định 61/2018/NĐ-CP',
      'Nghị định 43/2011/NĐ-CP',
      'Nghị định 45/2020/NĐ-CP',
      'Nghị định 107/2021/NĐ-CP',
    ],
    onlineScale: 'levels',
    channelLabels: {
      counter: 'Trực tiếp',
      postal: 'Bưu chính công ích',
      level3: 'Trực tuyến mức độ 3',
      level4: 'Trực tuyến mức độ 4',
    },
    shopName: 'Bộ phận Tiếp nhận và Trả kết quả',
    supplementExpiryWorkingDays: null,
    supplementExpiryVerified: true,
    ...CLOCKS,
    forms: [TT01_2018],
  },
  {
    key: 'nd61-toan-trinh',
    name: 'Nghị định 61/2018/NĐ-CP, dịch vụ công trực tuyến toàn trình và một phần',
    validFrom: '2022-08-15',
    validTo: '2025-06-30',
    legalBasis: [
      'Nghị định 61/2018/NĐ-CP',
      'Nghị định 107/2021/NĐ-CP',
      'Nghị định 42/2022/NĐ-CP',
      'Nghị định 45/2020/NĐ-CP',
      'Thông tư 01/2023/TT-VPCP',
    ],
    onlineScale: 'modes',
    channelLabels: {
      counter: 'Trực tiếp',
      postal: 'Bưu chính công ích',
      level3: 'Trực tuyến một phần',
      level4: 'Trực tuyến toàn trình',
    },
    shopName: 'Bộ phận Tiếp nhận và Trả kết quả',
    supplementExpiryWorkingDays: null,
    supplementExpiryVerified: true,
    ...CLOCKS,
    forms: [TT01_2018],
  },
  {
    // Whether NĐ 118/2025 keeps every clock of NĐ 61/2018 was not checked against its text; the same
    // values are taken over. NĐ 224/2026 replaces NĐ 42/2022 on 1/7/2026 and keeps toàn trình / một phần.
    key: 'nd118-2025',
    name: 'Nghị định 118/2025/NĐ-CP, dịch vụ công trực tuyến toàn trình và một phần',
    validFrom: '2025-07-01',
    validTo: null,
    legalBasis: [
      'Nghị định 118/2025/NĐ-CP',
      'Nghị định 42/2022/NĐ-CP (đến 30/6/2026)',
      'Nghị định 224/2026/NĐ-CP (từ 01/7/2026)',
      'Nghị định 45/2020/NĐ-CP',
      'Thông tư 01/2023/TT-VPCP',
    ],
    onlineScale: 'modes',
    channelLabels: {
      counter: 'Trực tiếp',
      postal: 'Bưu chính công ích',
      level3: 'Trực tuyến một phần',
      level4: 'Trực tuyến toàn trình',
    },
    shopName: 'Trung tâm Phục vụ hành chính công',
    supplementExpiryWorkingDays: 15,
    supplementExpiryVerified: false,
    ...CLOCKS,
    forms: [TT01_2018, TT03_2025],
  },
]
