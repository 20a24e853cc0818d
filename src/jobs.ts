/**
 * The contract between those who ask for work and those who do it: every job with its payload.
 * Payloads carry ids and periods, never people. The truth about what ran is the ledger in SQLite (job_runs);
 * a queue only ticks and carries.
 */
export interface JobPayloads {
  /** Move the open dossiers of every reorganisation whose day has come. */
  readonly 'apply-reorganisation': { readonly day: string }
  /** Prove the audit and seal the days that are over. */
  readonly 'seal-audit': { readonly day: string }
  /** Close one period of all units: revision 1 of their snapshots. */
  readonly 'close-period': { readonly periodKey: string }
  /** Revise the closed periods of which anything was changed since. */
  readonly 'revise-periods': { readonly day: string }
  /** Recount the open figures from the dossiers and raise an alarm on the first difference. */
  readonly recount: { readonly day: string }
  /** Score the automatic criteria of every issued set and rank the units. */
  readonly 'recompute-index': { readonly day: string }
  /** Online backup, verified by opening and recounting it. */
  readonly backup: { readonly day: string }
  /** Copy the newest backup and the documents to the second place. */
  readonly 'copy-backup': { readonly day: string }
  /** Send closed revisions to the installation above. */
  readonly 'feed-upward': { readonly day: string }
  /** Tell the installations that feed this one what is asked of them and held. */
  readonly 'feed-held': { readonly day: string }
  /** Remove what may go: idempotency keys older than 48 hours, old backups, sent outbox rows. */
  readonly tidy: { readonly day: string }
  /** Import the registers that lie ready in the watched folders. */
  readonly 'import-folder': { readonly day: string }
  /** Write one uploaded register, whole or not at all. */
  readonly 'import-register': { readonly importId: number }
  /** Print the books of a closed register: `2023|xa-ngoc-ky`. */
  readonly 'print-register': { readonly register: string }
}

export type JobName = keyof JobPayloads

/** What an administrator reads of each job. */
export const JOB_LABELS = {
  'apply-reorganisation': 'Chuyển hồ sơ theo sắp xếp đơn vị',
  'seal-audit': 'Niêm phong nhật ký kiểm tra',
  'close-period': 'Chốt kỳ báo cáo',
  'revise-periods': 'Lập bản điều chỉnh kỳ đã chốt',
  recount: 'Đếm lại số liệu',
  'recompute-index': 'Tính chỉ số CCHC',
  backup: 'Sao lưu',
  'copy-backup': 'Chép bản sao lưu sang nơi thứ hai',
  'feed-upward': 'Gửi số liệu lên tuyến trên',
  'feed-held': 'Báo tuyến dưới số liệu đã nhận',
  tidy: 'Dọn dẹp',
  'import-folder': 'Nhập sổ từ thư mục',
  'import-register': 'Nhập sổ theo dõi',
  'print-register': 'Lập sổ theo dõi của năm',
} as const satisfies Record<JobName, string>

/** Jobs without an hour: they run when a person asks for them, or when installations that feed each other have to. */
export const ON_DEMAND = [
  'import-register',
  'print-register',
  'feed-upward',
  'feed-held',
] as const satisfies readonly JobName[]

export const QUEUE_NAME = 'motcua'

/** In the Redis of a parent: what its children send, and for each of them what it answers. */
export const FEED_QUEUE = 'motcua-feed'

export function answerQueue(installation: string): string {
  return `motcua-feed-ack-${installation}`
}
/** Beside the jobs, so that no slow receiver holds up a closing: messages to webhooks. */
export const WEBHOOK_QUEUE_NAME = 'motcua-webhooks'
