import type { PaperTemplate } from '../paper/paper-data.ts'

/** The papers about one dossier: each kind is the template of its name. */
export const DOSSIER_PAPERS = [
  'receipt-slip',
  'supplement-request',
  'refusal-slip',
  'apology-slip',
  'stop-notice',
  'control-sheet',
] as const satisfies readonly PaperTemplate[]

export type DossierPaperKind = (typeof DOSSIER_PAPERS)[number]

/** What lists call each kind; a paper's own title is that of the law of its day. */
export const KIND_LABELS = {
  'receipt-slip': 'Giấy tiếp nhận hồ sơ và hẹn trả kết quả',
  'supplement-request': 'Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ',
  'refusal-slip': 'Phiếu từ chối tiếp nhận giải quyết hồ sơ',
  'apology-slip': 'Phiếu xin lỗi và hẹn lại',
  'stop-notice': 'Thông báo dừng giải quyết hồ sơ',
  'control-sheet': 'Phiếu kiểm soát quá trình giải quyết hồ sơ',
  'sitting-slip': 'Giấy tiếp nhận của một lượt nộp',
  'emergency-slips': 'Phiếu nhận hồ sơ khi hệ thống ngừng',
  'form-ii06': 'Biểu số II.06',
  'register-book': 'Sổ theo dõi hồ sơ',
  'hand-over-sheet': 'Phiếu bàn giao hồ sơ giấy',
  'fee-receipt': 'Biên lai thu phí, lệ phí',
  'day-register': 'Sổ theo dõi hồ sơ trong ngày',
} as const satisfies Record<PaperTemplate, string>
